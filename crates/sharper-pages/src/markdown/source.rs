//! From the lines and columns that a parser names to the bytes of a text.

use std::ops::Range;

use comrak::nodes::Sourcepos;

/// Where the lines of a text begin.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let after = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The bytes of a block, on character boundaries. Lines and columns (bytes too) count from 1, the last one included.
    pub(super) fn bytes(&self, place: Sourcepos) -> Range<usize> {
        let from = self.at(place.start.line, place.start.column.saturating_sub(1));
        let to = self.at(place.end.line, place.end.column);
        let to = (to..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(to);
        from..to.max(from)
    }

    fn at(&self, line: usize, column: usize) -> usize {
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        self.text.floor_char_boundary((start + column).min(self.text.len()))
    }
}
