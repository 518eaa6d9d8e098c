//! The blocks of a note: each cleaned by itself, with the bytes that it comes from and what is said beside it.

use std::ops::Range;

use comrak::nodes::{ListType, Node, NodeValue};
use comrak::{Arena, Options, format_html};
use sharper_domain::Anchor;

use super::clean::{PLACE, WHICH, clean};
use super::math::Formula;
use super::source::Lines;
use super::{Reading, Shown, anchor_mark, code, escape};

/// Lists and quotes within each other beyond this are left to the library, as one block.
const DEEPEST: usize = 12;
/// Words, or letters of a script without spaces, from which on something could be made from a block.
const WORTH: (usize, usize) = (6, 24);

/// A walk over the blocks.
pub(super) struct Blocks<'a> {
    text: &'a str,
    lines: Lines<'a>,
    reading: &'a Reading<'a>,
    options: &'a Options<'static>,
    formulas: Vec<Formula>,
    /// The anchors that are not marked yet.
    anchors: &'a [Anchor],
    /// Whether `#passage` is set.
    found: bool,
    shown: Shown,
}

impl<'a> Blocks<'a> {
    pub(super) fn of(text: &'a str, reading: &'a Reading<'a>, options: &'a Options<'static>) -> Self {
        let lines = Lines::of(text);
        let anchors = reading.anchors;
        Self {
            text,
            lines,
            reading,
            options,
            formulas: Vec::new(),
            anchors,
            found: false,
            shown: Shown::default(),
        }
    }

    pub(super) fn walk<'n>(mut self, arena: &'n Arena<'n>, root: Node<'n>) -> Shown {
        if let Some(first) = root.first_child().filter(|first| self.is_title(first)) {
            first.detach();
        }
        self.prepare(arena, root);
        self.block(root, 0);
        self.shown
    }

    /// Whether a block is a heading that says the title of the page again.
    fn is_title(&self, block: Node<'_>) -> bool {
        let NodeValue::Heading(heading) = &block.data().value else { return false };
        let said: String = block
            .descendants()
            .filter_map(|node| match &node.data().value {
                NodeValue::Text(text) => Some(text.to_string()),
                NodeValue::Code(code) => Some(code.literal.clone()),
                _ => None,
            })
            .collect();
        heading.level <= 2 && said.trim() == self.reading.title.trim()
    }

    /// Headings go below the page's own without leaving a step out; pictures become words, formulas places.
    fn prepare<'n>(&mut self, arena: &'n Arena<'n>, root: Node<'n>) {
        let nodes: Vec<_> = root.descendants().collect();
        let mut above = 1;
        for node in nodes {
            let mut data = node.data_mut();
            match &mut data.value {
                NodeValue::Heading(heading) => {
                    heading.level = (heading.level + 1).min(above + 1).min(6);
                    above = heading.level;
                }
                NodeValue::Math(math) => {
                    let place = format!("<{PLACE} {WHICH}=\"{}\"></{PLACE}>", self.formulas.len());
                    self.formulas
                        .push(Formula { tex: std::mem::take(&mut math.literal), display: math.display_math });
                    data.value = NodeValue::HtmlInline(place);
                }
                NodeValue::Image(_) => {
                    drop(data);
                    let word = self.reading.locale.t("note-picture");
                    let says = node.first_child().is_some();
                    let text = |text: String| arena.alloc(NodeValue::Text(text.into()).into());
                    node.insert_before(text(format!("[{word}{}", if says { ": " } else { "]" })));
                    for child in node.children().collect::<Vec<_>>() {
                        node.insert_before(child);
                    }
                    if says {
                        node.insert_before(text("]".to_owned()));
                    }
                    node.detach();
                }
                _ => {}
            }
        }
    }

    fn block(&mut self, node: Node<'_>, depth: usize) {
        let data = node.data();
        let (open, close) = match &data.value {
            NodeValue::FrontMatter(_) => return,
            NodeValue::CodeBlock(block) => {
                return self.code(self.lines.bytes(data.sourcepos), &block.info, &block.literal);
            }
            _ if depth > DEEPEST => return self.leaf(node),
            NodeValue::Document => (String::new(), ""),
            NodeValue::BlockQuote => ("<blockquote>".to_owned(), "</blockquote>"),
            NodeValue::List(list) if list.list_type == ListType::Ordered => {
                (format!("<ol start=\"{}\">", list.start), "</ol>")
            }
            NodeValue::List(_) => ("<ul>".to_owned(), "</ul>"),
            NodeValue::Item(_) => ("<li>".to_owned(), "</li>"),
            NodeValue::TaskItem(task) => {
                let sign = if task.symbol.is_some() { "☑" } else { "☐" };
                (format!("<li class=\"task\"><span class=\"tick\">{sign}</span>"), "</li>")
            }
            _ => return self.leaf(node),
        };
        self.shown.html.push_str(&open);
        for child in node.children() {
            self.block(child, depth + 1);
        }
        self.shown.html.push_str(close);
    }

    /// A block without blocks of ours in it.
    fn leaf(&mut self, node: Node<'_>) {
        let mut html = String::new();
        // Writing into a string does not fail.
        let _ = format_html(node, self.options, &mut html);
        let cleaned = clean(&html);
        let data = node.data();
        let bytes = self.lines.bytes(data.sourcepos);
        let table = matches!(data.value, NodeValue::Table(_));
        let counts = table || matches!(data.value, NodeValue::Paragraph | NodeValue::HtmlBlock(_));
        if cleaned.trim().is_empty() {
            return;
        }
        self.open(&bytes, if table { " scrolls" } else { "" }, counts);
        self.with_formulas(&cleaned);
        self.shown.html.push_str("</div>");
    }

    fn code(&mut self, bytes: Range<usize>, info: &str, literal: &str) {
        self.open(&bytes, "", false);
        if info.trim() == "math" {
            Formula { tex: literal.to_owned(), display: true }.write(&mut self.shown.html);
        } else {
            self.shown.html.push_str("<pre tabindex=\"0\" dir=\"ltr\"><code>");
            code::write(literal, info, &mut self.shown.html);
            self.shown.html.push_str("</code></pre>");
        }
        self.shown.html.push_str("</div>");
    }

    /// Opens a block: its bytes, whether it is the passage, whether nothing was made from it, where a page begins.
    fn open(&mut self, bytes: &Range<usize>, class: &str, counts: bool) {
        let meets = |other: &Range<usize>| other.start < bytes.end && bytes.start < other.end;
        let hit = self.reading.passage.as_ref().is_some_and(meets);
        let counts = counts && self.is_worth(bytes);
        self.shown.blocks += u32::from(counts);
        let bare = counts && self.reading.covered.is_some_and(|covered| !covered.iter().any(meets));
        self.shown.uncovered += u32::from(bare);
        let id = if hit && !self.found { " id=\"passage\" tabindex=\"-1\"" } else { "" };
        // A table may be wider than the page: then it is scrolled, also by keys.
        let scrolls = if class.is_empty() || !id.is_empty() { "" } else { " tabindex=\"0\"" };
        self.found |= hit;
        let (hit, bare_class) = (if hit { " hit" } else { "" }, if bare { " bare" } else { "" });
        let html = &mut self.shown.html;
        html.push_str(&format!(
            "<div class=\"block{class}{hit}{bare_class}\" dir=\"auto\" data-from=\"{}\" data-to=\"{}\"{id}{scrolls}>",
            bytes.start, bytes.end
        ));
        let passed = self.anchors.iter().take_while(|anchor| anchor.at < bytes.end).count();
        let (now, later) = self.anchors.split_at(passed);
        self.anchors = later;
        // Pages without a block of their own begin here too: the last one is where the reader is.
        if let Some(anchor) = now.last() {
            html.push_str("<span class=\"page-mark\">");
            escape(&anchor_mark(anchor, self.reading.locale), html);
            html.push_str("</span>");
        }
        if bare {
            html.push_str("<span class=\"gap\" role=\"img\" aria-label=\"");
            let words = self.reading.locale.t("note-gap");
            escape(&words, html);
            html.push_str("\" title=\"");
            escape(&words, html);
            html.push_str("\"></span>");
        }
    }

    fn is_worth(&self, bytes: &Range<usize>) -> bool {
        let text = self.text.get(bytes.clone()).unwrap_or_default();
        let unspaced = text.chars().filter(|c| *c >= '\u{2E80}').count();
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count() >= WORTH.0
            || unspaced >= WORTH.1
    }

    /// Adds clean HTML with the formulas at their places. In clean HTML the signs of an element stand for an element:
    /// in a text they are escaped, and the quotes in an attribute are.
    fn with_formulas(&mut self, cleaned: &str) {
        let (start, end) = (format!("<{PLACE} {WHICH}=\""), format!("\"></{PLACE}>"));
        let mut rest = cleaned;
        while let Some((before, after)) = rest.split_once(&start) {
            self.shown.html.push_str(before);
            let place = after
                .split_once(&end)
                .and_then(|(number, after)| Some((number.parse::<usize>().ok()?, after)));
            match place.and_then(|(number, after)| Some((self.formulas.get(number)?, after))) {
                Some((formula, after)) => {
                    formula.write(&mut self.shown.html);
                    rest = after;
                }
                None => {
                    self.shown.html.push_str(&start);
                    rest = after;
                }
            }
        }
        self.shown.html.push_str(rest);
    }
}
