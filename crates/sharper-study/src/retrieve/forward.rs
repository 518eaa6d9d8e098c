//! The forward index: the words of each chunk in their order, packed, so that the best chunks can be read again
//! without their text.

use std::ops::Range;

/// A word of a chunk: its term and how it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// The number of its term.
    pub(super) term: u32,
    /// Whether it is a stop word.
    pub(super) stop: bool,
    /// Whether it begins with a capital, or is a number: what names and dates look like.
    pub(super) shape: Shape,
}

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Any other word.
    Plain,
    /// It begins with a capital and is not the first of its sentence.
    Name,
    /// It begins with a digit.
    Number,
}

/// The words of a sentence; `start` and `len` are bytes within its chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) len: usize,
    pub(super) words: Vec<Word>,
}

/// The words of a chunk: first those of its title and its headings, then each sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Forward {
    bytes: Vec<u8>,
}

impl Forward {
    /// Bytes in use.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Writes the words of a chunk and says where.
    pub(super) fn push(&mut self, title: &[Word], headings: &[Word], lines: &[Line]) -> Range<usize> {
        let start = self.bytes.len();
        self.words(title);
        self.words(headings);
        let mut at = 0;
        for line in lines {
            self.number(line.start - at);
            self.number(line.len);
            self.words(&line.words);
            at = line.start;
        }
        start..self.bytes.len()
    }

    /// Copies a chunk from another forward index.
    pub(super) fn copy(&mut self, from: &Forward, range: Range<usize>) -> Range<usize> {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&from.bytes[range]);
        start..self.bytes.len()
    }

    fn words(&mut self, words: &[Word]) {
        self.number(words.len());
        for word in words {
            self.number(((word.term as usize) << 3) | (word.shape as usize * 2) | usize::from(word.stop));
        }
    }

    /// Seven bits a byte, the lowest first; the last byte has its highest bit clear.
    fn number(&mut self, mut value: usize) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// Reads a chunk.
    pub(super) fn read(&self, range: Range<usize>) -> Reader<'_> {
        Reader { bytes: &self.bytes[range] }
    }
}

/// Reads the words of a chunk: title, headings, then sentences until there are no more.
#[derive(Debug, Clone)]
pub(super) struct Reader<'i> {
    bytes: &'i [u8],
}

impl Reader<'_> {
    /// The next words, in place of what `words` held.
    pub(super) fn words(&mut self, words: &mut Vec<Word>) {
        words.clear();
        for _ in 0..self.number() {
            let packed = self.number();
            let shape = match packed >> 1 & 3 {
                1 => Shape::Name,
                2 => Shape::Number,
                _ => Shape::Plain,
            };
            words.push(Word { term: (packed >> 3) as u32, stop: packed & 1 == 1, shape });
        }
    }

    /// The next sentence, in place of what `line` held; false after the last.
    pub(super) fn line(&mut self, line: &mut Line) -> bool {
        if self.bytes.is_empty() {
            return false;
        }
        line.start += self.number();
        line.len = self.number();
        self.words(&mut line.words);
        true
    }

    fn number(&mut self) -> usize {
        let mut value = 0;
        let mut shift = 0;
        while let Some((&byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            value |= usize::from(byte & 0x7F) << shift;
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        value
    }
}

impl Line {
    /// A sentence to read into.
    pub(super) fn empty() -> Self {
        Line { start: 0, len: 0, words: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let word = |term, shape| Word { term, stop: term % 2 == 0, shape };
        let title = vec![word(1, Shape::Plain)];
        let headings = vec![word(300, Shape::Name), word(70_000, Shape::Number)];
        let lines = vec![
            Line { start: 0, len: 12, words: vec![word(2, Shape::Plain)] },
            Line { start: 200, len: 1_000, words: vec![] },
        ];
        let mut forward = Forward::default();
        forward.push(&[], &[], &[]);
        let range = forward.push(&title, &headings, &lines);
        let mut reader = forward.read(range);
        let mut words = Vec::new();
        reader.words(&mut words);
        assert_eq!(words, title);
        reader.words(&mut words);
        assert_eq!(words, headings);
        let mut line = Line::empty();
        for wanted in &lines {
            assert!(reader.line(&mut line));
            assert_eq!(&line, wanted);
        }
        assert!(!reader.line(&mut line));
    }
}
