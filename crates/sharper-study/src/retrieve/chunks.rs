//! Chunks: a note cut where its headings and sentences end, so that each piece can be found and quoted by itself.

use std::ops::Range;

use crate::text::sentences;

/// A section of a note: its headings from the outermost to its own, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// The words of the headings above and of its own; empty before the first.
    pub(super) path: Vec<String>,
    /// Bytes of the text under the heading; of the heading itself where nothing stands under it.
    pub(super) body: Range<usize>,
}

/// A chunk: neighbouring sentences of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Which section it stands in.
    pub(super) section: usize,
    /// Its sentences, in bytes of the note, in order; never empty ranges.
    pub(super) sentences: Vec<Range<usize>>,
}

/// What a chunk aims at, in bytes: about 200 words, the size of a paragraph in a textbook.
const TARGET: usize = 1_400;

/// The longest stretch that counts as one sentence, in bytes: tables and lists without a stop go on for pages.
const LONGEST_SENTENCE: usize = 700;

/// Longest line that can be a heading in plain text, in bytes.
const SHORT_LINE: usize = 80;

/// The sections of a note, and the chunks they are cut into.
pub(super) fn cut(text: &str) -> (Vec<Section>, Vec<Piece>) {
    let sections = sections(text);
    let mut pieces = Vec::with_capacity(text.len() / TARGET + sections.len());
    for (index, section) in sections.iter().enumerate() {
        let found = sentences_of(text, section.body.clone());
        let total: usize = found.iter().map(Range::len).sum();
        let wanted = total.div_ceil(TARGET).max(1);
        let share = total.div_ceil(wanted).max(1);
        let (mut open, mut size) = (Vec::new(), 0);
        for sentence in found {
            if size > 0 && size + sentence.len() / 2 > share {
                pieces.push(Piece { section: index, sentences: std::mem::take(&mut open) });
                size = 0;
            }
            size += sentence.len();
            open.push(sentence);
        }
        if !open.is_empty() {
            pieces.push(Piece { section: index, sentences: open });
        }
    }
    (sections, pieces)
}

struct Heading<'t> {
    level: u8,
    words: &'t str,
    /// Bytes of the line, or of both lines where the second underlines it.
    lines: Range<usize>,
}

fn sections(text: &str) -> Vec<Section> {
    let headings = headings(text);
    let first = headings.first().map_or(text.len(), |heading| heading.lines.start);
    let mut sections = vec![Section { path: Vec::new(), body: 0..first }];
    let mut open: Vec<&Heading<'_>> = Vec::new();
    for (i, heading) in headings.iter().enumerate() {
        let next = headings.get(i + 1);
        open.retain(|above| above.level < heading.level);
        open.push(heading);
        let end = next.map_or(text.len(), |next| next.lines.start);
        let bare = text[heading.lines.end..end].trim().is_empty();
        let has_children = next.is_some_and(|next| next.level > heading.level);
        let start = if bare && !has_children { heading.lines.start } else { heading.lines.end };
        let path = open.iter().map(|heading| heading.words.to_owned()).collect();
        sections.push(Section { path, body: start..end });
    }
    sections
}

fn headings(text: &str) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let (mut fenced, mut after_blank) = (false, true);
    let mut lines = Lines { text, at: 0 }.peekable();
    while let Some(line) = lines.next() {
        let words = text[line.clone()].trim();
        if words.starts_with("```") || words.starts_with("~~~") {
            fenced = !fenced;
        }
        let under = lines.peek().map(|next| (text[next.clone()].trim(), next.end));
        if !fenced && !words.is_empty() {
            if let Some(level) = marked_level(words) {
                let words = words.trim_matches('#').trim();
                found.push(Heading { level, words, lines: line });
            } else if let Some((level, end)) = under.and_then(|(under, end)| Some((underline(under)?, end)))
                && after_blank
                && words.len() <= 2 * SHORT_LINE
                && !words.contains('|')
            {
                found.push(Heading { level, words, lines: line.start..end });
                lines.next();
            } else if after_blank && under.is_some_and(|(under, _)| under.is_empty()) && is_title(words) {
                found.push(Heading { level: 7, words, lines: line });
            }
        }
        after_blank = words.is_empty();
    }
    found
}

/// The lines of a text, each with its break.
struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        self.at = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at + 1);
        Some(start..self.at)
    }
}

/// The level of a heading that is marked with `#`.
fn marked_level(line: &str) -> Option<u8> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let after = line.get(level..)?;
    let named = after.starts_with(' ') && !after.trim_matches(['#', ' ']).is_empty();
    (matches!(level, 1..=6) && named).then_some(level as u8)
}

/// The level that a line of `=` or `-` gives to the line above it.
fn underline(line: &str) -> Option<u8> {
    let first = line.bytes().next().filter(|byte| matches!(byte, b'=' | b'-'))?;
    (line.len() >= 3 && line.bytes().all(|byte| byte == first)).then_some(if first == b'=' { 1 } else { 2 })
}

/// A short line that stands alone, begins like a title and does not end like a sentence.
fn is_title(line: &str) -> bool {
    line.len() <= SHORT_LINE
        && line.split_whitespace().count() <= 9
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with(['.', '!', '?', ':', ';', ',', '"', '”', '。', '।', '|'])
        && !line.contains([':', '=', '\t'])
}

/// The sentences of a stretch of a note; a line that is a note of its own is a sentence.
fn sentences_of(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = body.start;
    let mut previous = 0;
    for line in (Lines { text: &text[..body.end], at: body.start }) {
        if line.start > start && breaks(text[previous..line.start].trim(), text[line.clone()].trim_start()) {
            push_sentences(text, start..line.start, &mut found);
            start = line.start;
        }
        previous = line.start;
    }
    push_sentences(text, start..body.end, &mut found);
    found
}

/// Whether a line does not go on from the line before it.
fn breaks(before: &str, line: &str) -> bool {
    let mark = line.trim_start_matches(|c: char| c.is_ascii_digit());
    before.is_empty()
        || line.starts_with(['-', '*', '+', '•', '–', '|', '>'])
        || mark.len() < line.len() && mark.starts_with(['.', ')'])
        || before.len() < SHORT_LINE / 2 && line.starts_with(|c: char| !c.is_lowercase())
}

fn push_sentences(text: &str, stretch: Range<usize>, found: &mut Vec<Range<usize>>) {
    for span in sentences(&text[stretch.clone()]) {
        let mut start = stretch.start + span.start;
        let end = stretch.start + span.end;
        while end - start > LONGEST_SENTENCE {
            let limit = text.floor_char_boundary(start + LONGEST_SENTENCE);
            let space = text[start..limit].rfind(char::is_whitespace).filter(|&at| at > LONGEST_SENTENCE / 2);
            let cut = space.map_or(limit, |at| start + at);
            found.push(start..cut);
            start = cut + (text[cut..end].len() - text[cut..end].trim_start().len());
        }
        if start < end {
            found.push(start..end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[(&[&str], &str)]) {
        let (sections, pieces) = cut(text);
        let found: Vec<(Vec<&str>, String)> = pieces
            .iter()
            .map(|piece| {
                let path = sections[piece.section].path.iter().map(String::as_str).collect();
                let words: Vec<&str> = piece.sentences.iter().map(|range| &text[range.clone()]).collect();
                (path, words.join(" / "))
            })
            .collect();
        let wanted: Vec<_> = wanted.iter().map(|&(path, words)| (path.to_vec(), words.to_owned())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_chunk_knows_the_headings_above_it() {
        check(
            "# Cells\n\nAll life.\n\n## Nucleus\n\nIt holds DNA. It divides.\n\n# Plants\n\nGreen.\n",
            &[
                (&["Cells"], "All life."),
                (&["Cells", "Nucleus"], "It holds DNA. / It divides."),
                (&["Plants"], "Green."),
            ],
        );
    }

    #[test]
    fn underlined_and_lone_lines_are_headings_and_code_is_not() {
        check(
            "Water\n=====\nIt is wet.\n\nThe Three States\n\nIce.\n\n```\n# not one\n```\n",
            &[(&["Water"], "It is wet."), (&["Water", "The Three States"], "Ice. / ``` / # not one / ```")],
        );
    }

    #[test]
    fn a_heading_with_nothing_under_it_is_a_chunk_itself() {
        check("# Todo\n", &[(&["Todo"], "# Todo")]);
    }

    #[test]
    fn items_of_a_list_are_sentences_and_wrapped_lines_are_one() {
        check("- one thing\n- another\n", &[(&[], "- one thing / - another")]);
        let wrapped = "The mitochondrion is the part of the cell that makes most of\nthe energy it needs.";
        check(wrapped, &[(&[], wrapped)]);
    }

    #[test]
    fn a_long_section_is_cut_into_chunks_of_like_size_between_sentences() {
        let text = "The cell is a small room in which the work of life is done. ".repeat(60);
        let (_, pieces) = cut(&text);
        assert_eq!(pieces.len(), 3);
        assert!(pieces.iter().all(|piece| piece.sentences.len() == 20));
    }

    #[test]
    fn a_sentence_without_end_is_cut_at_spaces_and_character_boundaries() {
        for text in ["word ".repeat(1_000), "細".repeat(1_000)] {
            let (_, pieces) = cut(&text);
            let all: Vec<_> = pieces.iter().flat_map(|piece| &piece.sentences).collect();
            assert!(
                all.iter().all(|range| range.len() <= LONGEST_SENTENCE && text.is_char_boundary(range.end))
            );
        }
    }
}
