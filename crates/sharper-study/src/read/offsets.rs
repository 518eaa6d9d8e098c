//! The way back from plain text (markup out) to the bytes of the note.

use sharper_domain::Span;

/// Plain text gathered from pieces of a source, and where each piece came from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plain {
    /// The text without markup.
    pub(crate) text: String,
    /// Ascending pairs (byte of the text, byte of the source); between two pairs bytes go one to one.
    anchors: Vec<(usize, usize)>,
}

impl Plain {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), anchors: Vec::with_capacity(bytes / 200 + 1) }
    }

    /// Adds `piece`, which stands at byte `source` of the source.
    pub(crate) fn push(&mut self, piece: &str, source: usize) {
        self.anchors.push((self.text.len(), source));
        self.text.push_str(piece);
    }

    /// The source bytes of `start..end`; an end at the end of a piece stays within that piece.
    pub(crate) fn source(&self, start: usize, end: usize) -> Span {
        let from = self.offset(start);
        if end <= start {
            return Span { start: from, end: from };
        }
        let before = self.anchors.partition_point(|&(plain, _)| plain < end);
        let (plain, source) = self.anchors[before.saturating_sub(1)];
        Span { start: from, end: (source + (end - plain)).max(from) }
    }

    fn offset(&self, at: usize) -> usize {
        let next = self.anchors.partition_point(|&(plain, _)| plain <= at);
        match self.anchors.get(next.wrapping_sub(1)) {
            Some(&(plain, source)) => source + (at - plain),
            None => at,
        }
    }
}
