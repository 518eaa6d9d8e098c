//! The document: a note as read, its sections, blocks, sentences and words.

use std::ops::Range;

use sharper_domain::Span;

use super::blocks::{self, Block, BlockKind};
use super::offsets::Plain;
use super::words::{Word, Words};
use crate::text::{Language, guess, sentences};

/// A stretch of a note under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The words of the heading; empty before the first.
    pub title: String,
    /// 1 to 6; 0 before the first heading.
    pub level: u8,
    /// Index of its heading among the blocks.
    pub block: usize,
}

/// A sentence of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the plain text.
    pub plain: Range<usize>,
    /// Its bytes in the note itself.
    pub span: Span,
    /// Which block it stands in.
    pub block: usize,
    /// Which section it stands in.
    pub section: usize,
    /// Whether it is the first of its block.
    pub opens_block: bool,
    /// Its words.
    pub(crate) words: Range<usize>,
}

/// A note that was read.
#[derive(Debug, Clone)]
pub struct Document<'t> {
    /// The note, as the student wrote it.
    pub text: &'t str,
    /// The language it is in.
    pub language: Language,
    /// Its blocks, headings among them.
    pub blocks: Vec<Block>,
    /// Its sections; the first has no heading.
    pub sections: Vec<Section>,
    /// Its sentences, headings and tables left out.
    pub sentences: Vec<Sentence>,
    pub(crate) plain: Plain,
    pub(crate) marked: Vec<Range<usize>>,
    pub(crate) all_words: Vec<Word>,
    pub(crate) words: Words,
}

impl<'t> Document<'t> {
    /// Reads a note, Markdown or plain text. Never fails: what is not understood is left out.
    pub fn parse(text: &'t str) -> Self {
        let gathered = blocks::gather(text);
        let language = guess(&gathered.plain.text);
        let mut document = Document {
            text,
            language,
            blocks: gathered.blocks,
            sections: vec![Section { title: String::new(), level: 0, block: 0 }],
            sentences: Vec::with_capacity(text.len() / 100),
            plain: gathered.plain,
            marked: gathered.marked,
            all_words: Vec::with_capacity(text.len() / 5),
            words: Words::new(language),
        };
        document.marked.sort_unstable_by_key(|range| range.start);
        for block in 0..document.blocks.len() {
            document.read_block(block);
        }
        document
    }

    fn read_block(&mut self, index: usize) {
        let block = &self.blocks[index];
        let range = block.plain.clone();
        match block.kind {
            BlockKind::Heading(level) => {
                let title = self.plain.text[range].trim().to_owned();
                self.sections.push(Section { title, level, block: index });
            }
            BlockKind::Row | BlockKind::HeaderRow => {}
            BlockKind::Paragraph | BlockKind::Item => {
                for (i, found) in sentences(&self.plain.text[range.clone()]).into_iter().enumerate() {
                    let plain = range.start + found.start..range.start + found.end;
                    let first = self.all_words.len();
                    self.words.read(&self.plain.text, plain.clone(), &mut self.all_words);
                    self.sentences.push(Sentence {
                        span: self.span(plain.clone()),
                        plain,
                        block: index,
                        section: self.sections.len() - 1,
                        opens_block: i == 0,
                        words: first..self.all_words.len(),
                    });
                }
            }
        }
    }

    /// The bytes of the note behind a stretch of its plain text, on character boundaries.
    pub(crate) fn span(&self, plain: Range<usize>) -> Span {
        let raw = self.plain.source(plain.start, plain.end);
        let mut start = self.text.floor_char_boundary(raw.start.min(self.text.len()));
        let mut end = self.text.ceil_char_boundary(raw.end.min(self.text.len())).max(start);
        // Marks of emphasis at the edges belong to the words that they touch.
        let bytes = self.text.as_bytes();
        while start > 0 && start < end && matches!(bytes[start - 1], b'*' | b'_' | b'`') {
            start -= 1;
        }
        while start < end && end < bytes.len() && matches!(bytes[end], b'*' | b'_' | b'`') {
            end += 1;
        }
        Span { start, end }
    }

    /// The plain text of a sentence.
    pub fn sentence_text(&self, sentence: &Sentence) -> &str {
        &self.plain.text[sentence.plain.clone()]
    }

    /// The plain text of a block, trimmed.
    pub fn block_text(&self, block: &Block) -> &str {
        self.plain.text[block.plain.clone()].trim()
    }

    /// Whether a stretch of plain text is set in bold or italics.
    pub(crate) fn is_marked(&self, plain: &Range<usize>) -> bool {
        let after = self.marked.partition_point(|range| range.start <= plain.start + 1);
        after > 0 && self.marked[after - 1].end + 1 >= plain.end
    }
}

/// Splits `Term: meaning` or `Term – meaning`: the term's bytes and the meaning's.
pub(crate) fn definition_line(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    const SEPARATORS: [&str; 7] = [": ", " – ", " — ", " - ", "：", " = ", "—"];
    let (at, separator) = SEPARATORS
        .iter()
        .filter_map(|separator| line.find(separator).map(|at| (at, *separator)))
        .min_by_key(|&(at, _)| at)?;
    let (term, meaning) = (line[..at].trim(), line[at + separator.len()..].trim());
    let term_words = term.split_whitespace().count();
    let fits = (1..=6).contains(&term_words)
        && term.len() <= 70
        && !term.contains(['.', '!', '?', ';', ',', '"', '“'])
        && term.starts_with(char::is_alphanumeric)
        && term.chars().any(char::is_alphabetic)
        && (meaning.split_whitespace().count() >= 2 || !meaning.is_ascii() && meaning.chars().count() >= 4);
    let term_start = line.len() - line.trim_start().len();
    let meaning_start = line.len() - line[at + separator.len()..].trim_start().len();
    fits.then(|| (term_start..term_start + term.len(), meaning_start..meaning_start + meaning.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_leads_back_to_the_bytes_it_was_written_in() {
        let text = "# Water\n\nThe **cell**\nwall is rigid. It holds the [life cycle][1] of *Obelia* sp.\n";
        let document = Document::parse(text);
        let quotes: Vec<&str> =
            document.sentences.iter().filter_map(|sentence| sentence.span.of(text)).collect();
        assert_eq!(quotes, ["The **cell**\nwall is rigid.", "It holds the [life cycle][1] of *Obelia* sp."]);
        assert_eq!(document.sentence_text(&document.sentences[0]), "The cell wall is rigid.");
        assert_eq!(document.sections[document.sentences[0].section].title, "Water");
    }

    #[test]
    fn term_and_meaning_are_told_apart() {
        let line = "Osmosis – the movement of water";
        let (term, meaning) = definition_line(line).expect("a definition line");
        assert_eq!((&line[term], &line[meaning]), ("Osmosis", "the movement of water"));
        assert!(definition_line("He said this, and then: nothing more").is_none());
        assert!(definition_line("A plain sentence.").is_none());
    }

    #[test]
    fn bold_words_are_remembered() {
        let document = Document::parse("The **cell wall** is rigid.");
        let at = document.plain.text.find("cell wall").expect("it is there");
        assert!(document.is_marked(&(at..at + 9)));
        assert!(!document.is_marked(&(0..3)));
    }
}
