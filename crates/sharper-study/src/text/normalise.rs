//! Normalising: NFKC, plain quotes and dashes, single spaces, with a way back to the original bytes.

use sharper_domain::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in its normal form, and where each piece of it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normalised {
    /// The normal form.
    pub text: String,
    /// Ascending pairs (byte in `text`, byte in the original): between two pairs bytes go one to one.
    anchors: Vec<(usize, usize)>,
    /// Length of the original, in bytes.
    source_len: usize,
}

impl Normalised {
    /// The original byte at which the normalised byte `at` begins.
    pub fn source_offset(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.source_len;
        }
        let next = self.anchors.partition_point(|&(out, _)| out <= at);
        let Some(&(out, source)) = self.anchors.get(next.wrapping_sub(1)) else { return at };
        let limit = self.anchors.get(next).map_or(self.source_len, |&(_, source)| source);
        (source + (at - out)).min(limit)
    }

    /// The original bytes behind `start..end` of the normalised text; both ends must be character boundaries.
    pub fn source_span(&self, start: usize, end: usize) -> Span {
        let from = self.source_offset(start);
        let to = if end == 0 { 0 } else { self.source_offset(end) };
        Span { start: from, end: to.max(from) }
    }
}

/// Normalises `text`: NFKC; curly quotes and primes to `'` and `"`; all dashes and minus signs to `-`;
/// every run of white space to one space; zero-width characters and soft hyphens out. Case is kept.
pub fn normalise(text: &str) -> Normalised {
    let mut writer =
        Writer { out: String::with_capacity(text.len()), anchors: vec![(0, 0)], after_space: false };
    let mut chars = text.char_indices().peekable();
    while let Some((at, first)) = chars.next() {
        let mut end = at + first.len_utf8();
        if first.is_ascii() && chars.peek().is_none_or(|(_, next)| next.is_ascii()) {
            writer.push(at, first);
            continue;
        }
        while let Some(&(_, next)) = chars.peek() {
            if !is_combining_mark(next) {
                break;
            }
            end += next.len_utf8();
            chars.next();
        }
        for folded in text[at..end].nfkc() {
            writer.push(at, folded);
        }
    }
    Normalised { text: writer.out, anchors: writer.anchors, source_len: text.len() }
}

struct Writer {
    out: String,
    anchors: Vec<(usize, usize)>,
    after_space: bool,
}

impl Writer {
    fn push(&mut self, source: usize, c: char) {
        let plain = match c {
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => return,
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => '\'',
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if plain == ' ' && self.after_space {
            return;
        }
        self.after_space = plain == ' ';
        let at = self.out.len();
        let in_step = self.anchors.last().is_some_and(|&(out, from)| at - out == source.wrapping_sub(from));
        if !in_step {
            self.anchors.push((at, source));
        }
        self.out.push(plain);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, normal: &str) {
        assert_eq!(normalise(text).text, normal);
    }

    #[test]
    fn quotes_dashes_and_ligatures_become_plain() {
        check("“ﬁne” – it’s — 5 − 3", "\"fine\" - it's - 5 - 3");
    }

    #[test]
    fn white_space_is_one_space_and_invisible_characters_go() {
        check("a \n\t b\u{AD}c\u{200B}d", "a bcd");
    }

    #[test]
    fn decomposed_letters_are_composed() {
        check("cafe\u{301}", "café");
    }

    #[test]
    fn a_span_of_the_normal_form_leads_back_to_the_original_bytes() {
        let text = "The “cell  wall” – of e\u{301}lan";
        let normal = normalise(text);
        let start = normal.text.find("cell wall").expect("it is there");
        assert_eq!(normal.source_span(start, start + 9).of(text), Some("cell  wall"));
        let start = normal.text.find("élan").expect("it is there");
        assert_eq!(normal.source_span(start, start + "élan".len()).of(text), Some("e\u{301}lan"));
    }
}
