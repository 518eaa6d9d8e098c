//! Blocks: what Markdown (or plain text) is made of, with markup taken out and bytes kept.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::offsets::Plain;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading of level 1 to 6; a short line that stands alone in plain text has level 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list.
    Item,
    /// A row of a table; its cells are separated by tabs.
    Row,
    /// The header row of a table.
    HeaderRow,
}

/// A block of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the plain text of the document.
    pub plain: Range<usize>,
    /// Which list it belongs to, counted from 1, when it is an item.
    pub list: usize,
}

/// Everything the Markdown reader gathers.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) plain: Plain,
    pub(super) blocks: Vec<Block>,
    /// Strong or emphasised stretches, in bytes of the plain text.
    pub(super) marked: Vec<Range<usize>>,
}

struct Gatherer<'t> {
    source: &'t str,
    out: Gathered,
    open: Option<(BlockKind, usize)>,
    lists: Vec<usize>,
    list_count: usize,
    /// Depth of what is not read: images, code, metadata, footnotes.
    skipped: usize,
    marks: Vec<usize>,
}

/// Reads `source` into blocks.
pub(super) fn gather(source: &str) -> Gathered {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    // A reference link whose target was lost on the way ("[life cycle][1]") still has readable words.
    let mut lost_target = |link: BrokenLink<'_>| match link.link_type {
        LinkType::Reference => Some((CowStr::Borrowed(""), CowStr::Borrowed(""))),
        _ => None,
    };
    let parser = Parser::new_with_broken_link_callback(source, options, Some(&mut lost_target));
    let mut gatherer = Gatherer {
        source,
        out: Gathered { plain: Plain::with_capacity(source.len()), ..Gathered::default() },
        open: None,
        lists: Vec::new(),
        list_count: 0,
        skipped: 0,
        marks: Vec::new(),
    };
    for (event, range) in parser.into_offset_iter() {
        gatherer.take(event, range);
    }
    gatherer.close();
    gatherer.out
}

impl Gatherer<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.skipped == 0 => self.push(&text, range.start),
            Event::Code(code) if self.skipped == 0 => {
                let inner = self.source[range.clone()].find(&*code).unwrap_or(0);
                self.push(&code, range.start + inner);
            }
            Event::SoftBreak | Event::HardBreak if self.skipped == 0 => self.push("\n", range.start),
            Event::InlineHtml(html) if html.starts_with("<br") => self.push("\n", range.start),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(*level as u8)),
            Tag::Paragraph => {
                let kind = if self.lists.is_empty() { BlockKind::Paragraph } else { BlockKind::Item };
                self.begin(kind);
            }
            Tag::List(_) => {
                self.close();
                self.list_count += 1;
                self.lists.push(self.list_count);
            }
            Tag::Item => self.begin(BlockKind::Item),
            Tag::TableHead => self.begin(BlockKind::HeaderRow),
            Tag::TableRow => self.begin(BlockKind::Row),
            Tag::Strong | Tag::Emphasis => self.marks.push(self.out.plain.text.len()),
            Tag::CodeBlock(CodeBlockKind::Indented) if is_prose(&self.source[range]) => {
                self.begin(BlockKind::Paragraph)
            }
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::FootnoteDefinition(_) => {
                self.skipped += 1
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => {
                self.close()
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::TableCell => self.push("\t", 0),
            TagEnd::Strong | TagEnd::Emphasis => {
                if let Some(start) = self.marks.pop() {
                    self.out.marked.push(start..self.out.plain.text.len());
                }
            }
            TagEnd::CodeBlock if self.skipped == 0 => self.close(),
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::FootnoteDefinition => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some((kind, self.out.plain.text.len()));
    }

    fn push(&mut self, piece: &str, source: usize) {
        if self.open.is_none() {
            // Text that goes on after a nested list belongs to the item around it.
            let kind = if self.lists.is_empty() { BlockKind::Paragraph } else { BlockKind::Item };
            self.begin(kind);
        }
        self.out.plain.push(piece, source);
    }

    fn close(&mut self) {
        let Some((kind, start)) = self.open.take() else { return };
        let list = if kind == BlockKind::Item { self.lists.last().copied().unwrap_or(0) } else { 0 };
        let end = self.out.plain.text.len();
        for line in lines(&mut self.out.plain.text, start..end, kind) {
            let words = self.out.plain.text[line.clone()].trim();
            if words.is_empty() {
                continue;
            }
            let kind = match kind {
                BlockKind::Paragraph if is_title(words) => BlockKind::Heading(6),
                kind => kind,
            };
            self.out.blocks.push(Block { kind, plain: line, list });
        }
        // A block never touches the next one, not even where offsets are looked up.
        self.out.plain.push("\n", self.source.len());
    }
}

/// Longest line that is taken for a note of its own rather than a wrapped line, in bytes.
const SHORT_LINE: usize = 50;

/// The stretches of a block that stand alone: wrapped lines are joined (their breaks become spaces), lines that
/// are notes of their own are kept apart.
fn lines(text: &mut String, block: Range<usize>, kind: BlockKind) -> Vec<Range<usize>> {
    let breaks: Vec<usize> =
        text[block.clone()].match_indices('\n').map(|(at, _)| block.start + at).collect();
    let mut parts = Vec::new();
    let mut start = block.start;
    for (i, &at) in breaks.iter().enumerate() {
        let line_start = if i == 0 { block.start } else { breaks[i - 1] + 1 };
        let next_end = breaks.get(i + 1).copied().unwrap_or(block.end);
        let (line, next) = (text[line_start..at].trim(), text[at + 1..next_end].trim());
        if !matches!(kind, BlockKind::Heading(_)) && stands_alone(line, next) {
            parts.push(start..at);
            start = at + 1;
        } else {
            text.replace_range(at..=at, " ");
        }
    }
    parts.push(start..block.end);
    parts
}

fn stands_alone(line: &str, next: &str) -> bool {
    if super::document::definition_line(line).is_some() && super::document::definition_line(next).is_some() {
        return true;
    }
    let opens = next
        .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '•' | '*' | '–'));
    opens && (line.len() < SHORT_LINE || next.starts_with(['•', '–'])) && !line.ends_with([',', '-'])
}

/// A short line without a stop, in capitals at its beginning, that stands alone: a title in plain text.
fn is_title(line: &str) -> bool {
    line.len() <= 80
        && line.split_whitespace().count() <= 9
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && !line.ends_with(['.', '!', '?', ':', ';', ',', '"', '”', '。', '।'])
        && !line.contains([':', '=', '\t'])
        && super::document::definition_line(line).is_none()
}

/// Whether an indented block is prose that was merely indented, not code.
fn is_prose(code: &str) -> bool {
    let words = code.split_whitespace().count();
    let odd = code
        .chars()
        .filter(|c| matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '_' | '|' | '\\' | '$' | '#'))
        .count();
    words >= 5 && odd * 12 < words && code.contains(['.', ':', '–'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: &str, wanted: &[(BlockKind, &str)]) {
        let gathered = gather(source);
        let found: Vec<(BlockKind, &str)> = gathered
            .blocks
            .iter()
            .map(|block| (block.kind, gathered.plain.text[block.plain.clone()].trim()))
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn markup_is_taken_out() {
        check(
            "# Cells\n\nThe **cell** is [alive][1] and `small`.\n",
            &[(BlockKind::Heading(1), "Cells"), (BlockKind::Paragraph, "The cell is alive and small.")],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        check(
            "The mitochondrion is the part of the cell that makes most of\nthe energy it needs.",
            &[(
                BlockKind::Paragraph,
                "The mitochondrion is the part of the cell that makes most of the energy it needs.",
            )],
        );
    }

    #[test]
    fn lines_that_are_notes_of_their_own_stay_apart() {
        check(
            "Mitosis: cell division into two\nMeiosis: cell division into four",
            &[
                (BlockKind::Paragraph, "Mitosis: cell division into two"),
                (BlockKind::Paragraph, "Meiosis: cell division into four"),
            ],
        );
    }

    #[test]
    fn a_short_line_alone_is_a_heading_and_code_is_left_out() {
        check(
            "The French Revolution\n\nIt began in 1789.\n\n```\nlet x = 1;\n```\n",
            &[(BlockKind::Heading(6), "The French Revolution"), (BlockKind::Paragraph, "It began in 1789.")],
        );
    }

    #[test]
    fn lists_and_tables_keep_their_parts() {
        check(
            "- one thing\n- two\n  - three\n\n| Term | Meaning |\n|---|---|\n| a | b |\n",
            &[
                (BlockKind::Item, "one thing"),
                (BlockKind::Item, "two"),
                (BlockKind::Item, "three"),
                (BlockKind::HeaderRow, "Term\tMeaning"),
                (BlockKind::Row, "a\tb"),
            ],
        );
    }
}
