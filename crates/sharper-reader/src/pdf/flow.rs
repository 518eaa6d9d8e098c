//! Blocks become one text: lines joined, words mended that a line's end had cut, paragraphs that go on over a page's end
//! made whole, and the byte noted at which each page begins.

use std::collections::HashSet;

use sharper_domain::{Anchor, AnchorKind};

use super::blocks::{Block, Kind, ends_sentence};
use super::script;

/// The words of the document, in small letters, to tell a hyphen of the word from one of the line.
#[derive(Debug, Default)]
pub(super) struct Words(HashSet<String>);

impl Words {
    /// The words that stand whole within a line.
    pub(super) fn learn(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let inner = words.len().saturating_sub(1);
        // The first may be the rest of a cut word, and the last its beginning.
        for word in words.into_iter().take(inner).skip(1) {
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
            if word.chars().count() > 1 {
                for part in word.split('-').filter(|_| word.contains('-')) {
                    self.0.insert(part.to_owned());
                }
                self.0.insert(word);
            }
        }
    }

    /// Whether the hyphen between two parts belongs to the word.
    fn is_compound(&self, left: &str, right: &str) -> bool {
        let (left, right) = (left.to_lowercase(), right.to_lowercase());
        let known = |word: &str| self.0.contains(word);
        if known(&format!("{left}{right}")) {
            return false;
        }
        known(&format!("{left}-{right}"))
            || left.chars().count() < 2
            || matches!(
                left.as_str(),
                "well" | "self" | "non" | "high" | "low" | "long" | "short" | "cross" | "half" | "so" | "ill"
            )
            || left.contains('-')
            || (left.chars().count() > 3 && right.chars().count() > 3 && known(&left) && known(&right))
    }
}

/// The text of all blocks and where each of `pages` pages begins in it.
pub(super) fn write(blocks: &[Block], pages: usize, words: &Words) -> (String, Vec<Anchor>) {
    let sizes = heading_sizes(blocks);
    let mut text = String::new();
    let mut starts: Vec<Option<usize>> = vec![None; pages];
    let mut last: Option<&Block> = None;
    for block in blocks {
        let goes_on = last.is_some_and(|last| continues(last, block));
        if !goes_on {
            close(&mut text, last, block);
        }
        let first = block.lines.first().map_or("", String::as_str);
        let mut start = text.len();
        if goes_on {
            start = join(&mut text, first, words);
        } else {
            text.push_str(&opening(block, &sizes));
            match block.kind {
                Kind::Code | Kind::Table => text.push_str(first),
                _ => push_plain(&mut text, first, matches!(block.kind, Kind::Paragraph)),
            }
        }
        for line in block.lines.iter().skip(1) {
            match block.kind {
                Kind::Code | Kind::Table => {
                    text.push('\n');
                    text.push_str(line);
                }
                _ => {
                    join(&mut text, line, words);
                }
            }
        }
        if block.kind == Kind::Code {
            text.push_str("\n```");
        }
        starts[block.page].get_or_insert(start);
        last = Some(block);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    (text.clone(), anchors(&starts, text.len()))
}

/// An anchor for each page; one without text begins where the next text does.
fn anchors(starts: &[Option<usize>], end: usize) -> Vec<Anchor> {
    let mut next = end;
    let mut anchors: Vec<Anchor> = starts
        .iter()
        .enumerate()
        .rev()
        .map(|(page, start)| {
            next = start.unwrap_or(next).min(next);
            Anchor { at: next, kind: AnchorKind::Page, label: (page + 1).to_string() }
        })
        .collect();
    anchors.reverse();
    anchors
}

/// The sizes that headings are set in, largest first, each at least a twentieth smaller than the one before.
fn heading_sizes(blocks: &[Block]) -> Vec<f64> {
    let mut sizes: Vec<f64> = blocks
        .iter()
        .filter_map(|block| match block.kind {
            Kind::Heading(size) => Some(size),
            _ => None,
        })
        .collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|smaller, larger| *smaller > 0.95 * *larger);
    sizes
}

/// What Markdown writes before a block.
fn opening(block: &Block, sizes: &[f64]) -> String {
    match &block.kind {
        Kind::Heading(size) => {
            let level = sizes.iter().filter(|other| **other > 1.05 * size).count().min(5) + 1;
            format!("{} ", "#".repeat(level))
        }
        Kind::Item(mark) => format!("{mark} "),
        Kind::Code => "```\n".to_owned(),
        Kind::Table | Kind::Paragraph => String::new(),
    }
}

/// The white between two blocks: items of one list stand close.
fn close(text: &mut String, last: Option<&Block>, block: &Block) {
    let Some(last) = last else { return };
    let list = matches!((&last.kind, &block.kind), (Kind::Item(_), Kind::Item(_)));
    text.push_str(if list { "\n" } else { "\n\n" });
}

/// Whether a block is the rest of the one before, on the next page or in the next column.
fn continues(last: &Block, block: &Block) -> bool {
    let (Some(end), Some(start)) = (last.lines.last(), block.lines.first()) else { return false };
    if !matches!(last.kind, Kind::Paragraph | Kind::Item(_))
        || block.kind != Kind::Paragraph
        || ends_sentence(end)
    {
        return false;
    }
    let small = start.chars().next().is_some_and(|letter| letter.is_lowercase());
    let long = end.chars().count() >= 20;
    small && (long || end.ends_with(['-', ',', '\u{AD}', '\u{2010}']))
        || long
            && (end.ends_with(',')
                || ends_unspaced(end) && start.chars().next().is_some_and(script::unspaced))
}

fn ends_unspaced(text: &str) -> bool {
    text.chars().next_back().is_some_and(|letter| script::unspaced(letter) && letter.is_alphabetic())
}

/// Appends a line to the paragraph before it. Gives the byte at which its own text begins.
fn join(text: &mut String, line: &str, words: &Words) -> usize {
    // Some programs paint the hyphen apart from its word.
    if let Some(before) = text.strip_suffix(['\u{AD}', '\u{2010}']).and_then(|text| text.strip_suffix(' ')) {
        let at = before.len();
        text.remove(at);
    }
    let soft = text.ends_with('\u{AD}');
    if soft {
        text.pop();
    } else if text.ends_with(['-', '\u{2010}']) {
        let body = text.trim_end_matches(['-', '\u{2010}']);
        let left: String = tail(body);
        let right: String = line.chars().take_while(|letter| letter.is_alphabetic()).collect();
        let small = right.chars().next().is_some_and(char::is_lowercase);
        if left.is_empty() || right.is_empty() || left.chars().any(char::is_numeric) && !small {
            if left.is_empty() {
                text.push(' ');
            }
        } else if small && !words.is_compound(&left, &right) {
            let keep = body.len();
            text.truncate(keep);
        }
    } else {
        let bare = |letter: Option<char>| letter.is_some_and(script::unspaced);
        let close =
            text.ends_with([' ', '\n']) || bare(text.chars().next_back()) && bare(line.chars().next());
        if !close {
            text.push(' ');
        }
    }
    let start = text.len();
    push_plain(text, line, false);
    start
}

/// The letters at the end of a text, with the hyphens among them.
fn tail(text: &str) -> String {
    let from =
        text.char_indices().rev().take_while(|(_, letter)| letter.is_alphanumeric() || *letter == '-').last();
    from.map_or_else(String::new, |(at, _)| text[at..].to_owned())
}

/// Appends text without soft hyphens within; one at its end stays for `join`. A paragraph that begins like a heading of
/// Markdown is kept from being one.
fn push_plain(text: &mut String, line: &str, opens: bool) {
    if opens && line.starts_with('#') {
        text.push('\\');
    }
    let last = line.len().saturating_sub('\u{AD}'.len_utf8());
    text.extend(
        line.char_indices()
            .filter(|(at, letter)| *letter != '\u{AD}' || *at == last)
            .map(|(_, letter)| letter),
    );
}
