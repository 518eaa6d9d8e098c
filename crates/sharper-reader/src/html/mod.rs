//! HTML: the main text of a page as Markdown, without its scripts, its navigation and its styling.

mod furniture;
mod inline;

use std::collections::HashMap;

use sharper_domain::{AnchorKind, Document, FileFault, FileKind};

use self::furniture::{classes, is_block, is_furniture};
use self::inline::{collapse, inline, inlines, wrap};
use crate::Limits;
use crate::encoding;
use crate::paper::Paper;
use crate::tree::{self, Child, Node};

/// A web page.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, FileFault> {
    let declared = declared(bytes);
    let (text, _) = encoding::decode(bytes, declared.as_deref()).ok_or(FileFault::Damaged)?;
    let tree = tree::html(&text)?;
    let mut paper = Paper::new(limits);
    write(&tree, &mut paper, &HashMap::new());
    paper.finish(FileKind::Html, title(&tree))
}

/// The encoding that a page says it has, in its first kilobyte (HTML standard, 13.2.3.2).
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]).to_lowercase();
    let after = &head[head.find("charset=")? + 8..];
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || matches!(character, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// The title of a page.
pub(crate) fn title(tree: &Node) -> Option<String> {
    tree.find("head")?.find("title").map(Node::text)
}

/// Writes the main part of a page. `places` are ids at which a chapter begins, and its title.
pub(crate) fn write(tree: &Node, paper: &mut Paper, places: &HashMap<String, String>) {
    let body = tree.find("body").unwrap_or(tree);
    let mut page = Page { places, paper, words: String::new() };
    page.blocks(main(body));
    page.flush();
}

/// A piece of HTML as Markdown, without a document around it: the field of a card, the output of a cell.
pub(crate) fn fragment(html: &str, limits: &Limits) -> Result<String, FileFault> {
    let tree = tree::html(html)?;
    let mut paper = Paper::new(limits);
    let places = HashMap::new();
    let mut page = Page { places: &places, paper: &mut paper, words: String::new() };
    page.blocks(tree.find("body").unwrap_or(&tree));
    page.flush();
    match paper.finish(FileKind::Html, None) {
        Ok(document) => Ok(document.text.trim_end().to_owned()),
        Err(FileFault::NoText) => Ok(String::new()),
        Err(fault) => Err(fault),
    }
}

/// The part of a page that is its content, where the page says so.
fn main(body: &Node) -> &Node {
    let mut articles = Vec::new();
    body.all("article", &mut articles);
    let only = match articles.as_slice() {
        [article] => Some(*article),
        _ => None,
    };
    let said = body.find("main").or_else(|| role_main(body)).or(only);
    said.filter(|part| part.text().split_whitespace().count() >= 20).unwrap_or(body)
}

fn role_main(node: &Node) -> Option<&Node> {
    node.nodes().find_map(|node| if node.attr("role") == Some("main") { Some(node) } else { role_main(node) })
}

/// A page while it is written.
struct Page<'a> {
    places: &'a HashMap<String, String>,
    paper: &'a mut Paper,
    /// Words of the block that is open.
    words: String,
}

impl Page<'_> {
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.paper.block(&wrap(&words));
    }

    fn blocks(&mut self, node: &Node) {
        for child in &node.children {
            match child {
                Child::Text(text) => self.words.push_str(&collapse(text)),
                Child::Node(node) => self.node(node),
            }
        }
    }

    fn node(&mut self, node: &Node) {
        if is_furniture(node) {
            return;
        }
        if let Some(title) = node.attr("id").and_then(|id| self.places.get(id)) {
            self.flush();
            self.paper.anchor(AnchorKind::Chapter, title.clone());
        }
        if is_block(&node.name) {
            self.flush();
            self.block(node);
            self.flush();
        } else if holds_blocks(node) {
            self.blocks(node);
        } else {
            inline(node, &mut self.words);
        }
    }

    fn block(&mut self, node: &Node) {
        match &*node.name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = node.name[1..].parse().unwrap_or(6);
                let words = wrap(&inlines(node)).replace('\n', " ");
                self.anchors_within(node);
                self.paper.heading(level, &words);
            }
            "ul" | "ol" | "menu" => self.list(node),
            "pre" => self.paper.code(language(node), &node.text()),
            "blockquote" => {
                self.paper.enter("> ");
                self.blocks(node);
                self.flush();
                self.paper.leave();
            }
            "table" => self.table(node),
            "dl" => self.definitions(node),
            "hr" => {}
            "div" if classes(node).any(|class| matches!(class, "math" | "MathJax_Display")) => {
                inline(node, &mut self.words)
            }
            _ => self.blocks(node),
        }
    }

    /// Places inside a heading: `<h2><a id="x"></a>Title</h2>`.
    fn anchors_within(&mut self, node: &Node) {
        for node in node.nodes() {
            if let Some(title) = node.attr("id").and_then(|id| self.places.get(id)) {
                self.paper.anchor(AnchorKind::Chapter, title.clone());
            }
            self.anchors_within(node);
        }
    }

    fn list(&mut self, node: &Node) {
        let ordered = &*node.name == "ol";
        let mut number: i64 =
            node.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1).clamp(0, 1_000_000);
        for child in node.nodes() {
            // A list right inside a list, as old editors write it, stands in the item before.
            if &*child.name != "li" {
                self.paper.enter("  ");
                self.paper.unmark();
                self.node(child);
                self.flush();
                self.paper.leave();
                continue;
            }
            if is_furniture(child) {
                continue;
            }
            if let Some(value) = child.attr("value").and_then(|value| value.parse::<i64>().ok()) {
                number = value.clamp(0, 1_000_000);
            }
            let mark = if ordered { format!("{number}. ") } else { "- ".to_owned() };
            number += 1;
            self.paper.enter(&mark);
            if let Some(title) = child.attr("id").and_then(|id| self.places.get(id)) {
                self.paper.anchor(AnchorKind::Chapter, title.clone());
            }
            self.blocks(child);
            self.flush();
            self.paper.leave();
        }
        self.paper.end_list();
    }

    /// `Term: meaning`, as a student writes it.
    fn definitions(&mut self, node: &Node) {
        let mut term = String::new();
        let mut entries = Vec::new();
        node.all("dt", &mut entries);
        let mut meanings = Vec::new();
        node.all("dd", &mut meanings);
        let is_long = |meaning: &&Node| {
            meaning.nodes().filter(|node| is_block(&node.name)).count() > 1 || holds_list(meaning)
        };
        if entries.is_empty() || meanings.iter().any(is_long) {
            return self.blocks(node);
        }
        let mut parts = Vec::new();
        pairs(node, &mut parts);
        for part in parts {
            let words = wrap(&inlines(part)).replace('\n', " ");
            if &*part.name == "dt" {
                if !term.is_empty() {
                    self.paper.block(&term);
                }
                term = words;
            } else if term.is_empty() {
                self.paper.block(&words);
            } else {
                self.paper.block(&format!("{}: {words}", std::mem::take(&mut term)));
            }
        }
        self.paper.block(&term);
    }

    fn table(&mut self, node: &Node) {
        if let Some(caption) = node.child("caption") {
            self.paper.block(&wrap(&inlines(caption)));
        }
        let mut rows = Vec::new();
        node.all("tr", &mut rows);
        let cells = |row: &&Node| row.nodes().filter(|cell| matches!(&*cell.name, "td" | "th")).count();
        // A table with one cell to a row, or with headings and lists in its cells, lays out a page.
        let widest = rows.iter().map(cells).max().unwrap_or(0);
        let lays_out =
            ["h1", "h2", "h3", "ul", "ol", "pre", "p"].iter().any(|name| node.find(name).is_some())
                && (node.find("h1").is_some()
                    || node.find("h2").is_some()
                    || node.attr("role") == Some("presentation"));
        if widest <= 1 || lays_out {
            for cell in rows.iter().flat_map(|row| row.nodes()) {
                self.blocks(cell);
                self.flush();
            }
            return;
        }
        let table: Vec<Vec<String>> = grid(&rows);
        self.paper.table(&table);
    }
}

/// The cells of a table where they stand: those that span columns or rows leave empty ones beside and below.
fn grid(rows: &[&Node]) -> Vec<Vec<String>> {
    /// Most columns: a span can claim any number.
    const WIDEST: usize = 64;
    let mut below: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for row in rows {
        let mut cells = Vec::new();
        for cell in row.nodes().filter(|cell| matches!(&*cell.name, "td" | "th")) {
            while below.get(cells.len()).is_some_and(|rows| *rows > 0) && cells.len() < WIDEST {
                below[cells.len()] -= 1;
                cells.push(String::new());
            }
            let span = |name: &str| {
                cell.attr(name).and_then(|span| span.trim().parse().ok()).unwrap_or(1_usize).clamp(1, WIDEST)
            };
            let (wide, high) = (span("colspan"), span("rowspan"));
            let words = wrap(&inlines(cell)).replace('\n', " ");
            for column in 0..wide {
                if cells.len() >= WIDEST {
                    break;
                }
                if below.len() <= cells.len() {
                    below.resize(cells.len() + 1, 0);
                }
                below[cells.len()] = high - 1;
                cells.push(if column == 0 { words.clone() } else { String::new() });
            }
        }
        while below.get(cells.len()).is_some_and(|rows| *rows > 0) {
            below[cells.len()] -= 1;
            cells.push(String::new());
        }
        out.push(cells);
    }
    out
}

fn pairs<'a>(node: &'a Node, out: &mut Vec<&'a Node>) {
    for node in node.nodes() {
        match &*node.name {
            "dt" | "dd" => out.push(node),
            _ => pairs(node, out),
        }
    }
}

fn holds_blocks(node: &Node) -> bool {
    node.nodes().any(|node| is_block(&node.name) || holds_blocks(node))
}

fn holds_list(node: &Node) -> bool {
    ["ul", "ol", "pre", "table", "dl"].iter().any(|name| node.find(name).is_some())
}

/// The language of code: `<code class="language-rust">`.
fn language(node: &Node) -> &str {
    let of = |node| {
        let marked: fn(&str) -> Option<&str> =
            |class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-"));
        classes(node)
            .find_map(marked)
            .or_else(|| classes(node).skip_while(|class| *class != "sourceCode").nth(1))
    };
    let is_name = |name: &&str| {
        name.chars().all(|character| character.is_ascii_alphanumeric() || "+-#".contains(character))
    };
    of(node).or_else(|| node.child("code").and_then(of)).filter(is_name).unwrap_or_default()
}
