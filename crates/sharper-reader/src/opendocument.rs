//! OpenDocument: texts (ODT) and slides (ODP).

use std::collections::HashMap;

use sharper_domain::{AnchorKind, Document, FileFault, FileKind};

use crate::Limits;
use crate::archive::Archive;
use crate::math;
use crate::paper::{Paper, emphasise, escape, picture};
use crate::tree::{self, Child, Node};

/// Most cells or rows that one repeated one stands for: a table may claim a million empty ones.
const MOST_REPEATED: usize = 64;

/// A text or a presentation, as `kind` says.
pub(crate) fn read(mut archive: Archive<'_>, kind: FileKind, limits: &Limits) -> Result<Document, FileFault> {
    if let Some(manifest) = archive.part("META-INF/manifest.xml")?
        && tree::xml(&manifest).is_ok_and(|manifest| manifest.find("encryption-data").is_some())
    {
        return Err(FileFault::Encrypted);
    }
    let content = tree::xml(&archive.need("content.xml")?)?;
    let shared = archive.part("styles.xml")?.map(|bytes| tree::xml(&bytes)).transpose()?;
    let title = archive
        .part("meta.xml")?
        .and_then(|bytes| tree::xml(&bytes).ok())
        .and_then(|meta| meta.find("title").map(Node::text));
    let formulas = formulas(&mut archive, &content)?;
    let body = content.find("body").ok_or(FileFault::Damaged)?;

    let mut paper = Paper::new(limits);
    let mut writer = Writer {
        paper: &mut paper,
        styles: Styles::new([shared.as_ref(), Some(&content)]),
        formulas,
        notes: Vec::new(),
        frames: Vec::new(),
    };
    if kind == FileKind::Odp {
        writer.slides(body, limits)?;
    } else {
        writer.blocks(body, 0);
    }
    for (index, note) in std::mem::take(&mut writer.notes).into_iter().enumerate() {
        writer.paper.block(&format!("[^{}]: {note}", index + 1));
    }
    paper.finish(kind, title)
}

/// The formulas of a document, by the name of the part in which each lies.
fn formulas(archive: &mut Archive<'_>, content: &Node) -> Result<HashMap<String, String>, FileFault> {
    let mut objects = Vec::new();
    content.all("object", &mut objects);
    let mut out = HashMap::new();
    for object in objects.iter().take(2_000) {
        let Some(target) = object.attr("href") else { continue };
        let part = format!("{}/content.xml", target.trim_start_matches("./").trim_end_matches('/'));
        if let Some(bytes) = archive.part(&part)?
            && let Ok(tree) = tree::xml(&bytes)
            && let Some(math) = tree.find("math")
        {
            out.insert(target.to_owned(), math::mathml(math));
        }
    }
    Ok(out)
}

#[derive(Default)]
struct Styles {
    /// Parent and display name of a style.
    known: HashMap<String, (String, &'static str)>,
    /// Whether a level of a list is numbered.
    numbered: HashMap<(String, usize), bool>,
}

impl Styles {
    fn new<'a>(parts: impl IntoIterator<Item = Option<&'a Node>>) -> Self {
        let mut out = Self::default();
        for part in parts.into_iter().flatten() {
            let mut found = Vec::new();
            part.all("style", &mut found);
            for node in found {
                let text = node.child("text-properties");
                let is = |name: &str, value: &str| text.and_then(|text| text.attr(name)) == Some(value);
                let look = if is("font-weight", "bold") {
                    "**"
                } else if is("font-style", "italic") {
                    "*"
                } else {
                    ""
                };
                let look = match text.and_then(|text| text.attr("text-position")).unwrap_or_default() {
                    position if position.starts_with("super") => "^",
                    position if position.starts_with("sub") => "_",
                    _ => look,
                };
                let parent = node.attr("parent-style-name").unwrap_or_default().to_owned();
                out.known.insert(node.attr("name").unwrap_or_default().to_owned(), (parent, look));
            }
            let mut lists = Vec::new();
            part.all("list-style", &mut lists);
            for list in lists {
                for level in list.nodes() {
                    let index = level.attr("level").and_then(|level| level.parse().ok()).unwrap_or(1_usize);
                    let numbered = &*level.name == "list-level-style-number"
                        && level.attr("num-format").is_some_and(|format| !format.is_empty());
                    out.numbered.insert((list.attr("name").unwrap_or_default().to_owned(), index), numbered);
                }
            }
        }
        out
    }

    /// Whether a style, or one that it comes from, is called so.
    fn is(&self, style: Option<&str>, words: &[&str]) -> bool {
        let mut name = style.unwrap_or_default();
        for _ in 0..8 {
            let plain = name.replace("_20_", " ").to_lowercase();
            if words.iter().any(|word| plain.contains(word)) {
                return true;
            }
            match self.known.get(name) {
                Some((parent, _)) if !parent.is_empty() => name = parent,
                _ => return false,
            }
        }
        false
    }

    fn look(&self, style: Option<&str>) -> &'static str {
        match style {
            Some("Strong_20_Emphasis" | "Strong") => "**",
            Some("Emphasis") => "*",
            style => style.and_then(|style| self.known.get(style)).map_or("", |(_, look)| look),
        }
    }
}

struct Writer<'a> {
    paper: &'a mut Paper,
    styles: Styles,
    formulas: HashMap<String, String>,
    notes: Vec<String>,
    /// Boxes that hang on the paragraph that is being read.
    frames: Vec<&'a Node>,
}

impl<'a> Writer<'a> {
    fn slides(&mut self, body: &'a Node, limits: &Limits) -> Result<(), FileFault> {
        let mut slides = Vec::new();
        body.all("page", &mut slides);
        let pages = u32::try_from(slides.len()).unwrap_or(u32::MAX);
        if pages > limits.pages {
            return Err(FileFault::TooManyPages { pages, most: limits.pages });
        }
        for (index, slide) in slides.into_iter().enumerate() {
            self.paper.anchor(AnchorKind::Slide, (index + 1).to_string());
            let is_title = |node: &&Node| node.attr("class") == Some("title");
            for title in slide.nodes().filter(is_title) {
                self.paper.heading(2, &title.text());
            }
            for node in slide.nodes().filter(|node| !is_title(node) && &*node.name != "notes") {
                self.shape(node);
            }
            let notes = slide
                .child("notes")
                .and_then(|notes| notes.nodes().find(|node| node.attr("class") == Some("notes")));
            let notes = notes.map(|notes| self.inline_text(notes)).unwrap_or_default();
            if !notes.trim().is_empty() {
                self.paper.block(&format!("Notes: {}", notes.trim()));
            }
        }
        Ok(())
    }

    fn shape(&mut self, node: &'a Node) {
        match &*node.name {
            "frame" => self.frame(node),
            "g" => node.nodes().for_each(|node| self.shape(node)),
            _ => self.blocks(node, 0),
        }
    }

    /// A frame: a box of text, a table, a formula or a picture.
    fn frame(&mut self, node: &'a Node) {
        if let Some(words) = node.child("text-box") {
            self.blocks(words, 0);
        } else if let Some(table) = node.child("table") {
            self.table(table);
        } else {
            let words = self.frame_words(node);
            self.paper.block(&words);
        }
    }

    fn frame_words(&self, node: &Node) -> String {
        let formula = node
            .child("object")
            .and_then(|object| object.attr("href"))
            .and_then(|target| self.formulas.get(target));
        let said = node.child("desc").or_else(|| node.child("title")).map(Node::text).unwrap_or_default();
        formula.map_or_else(|| picture(&said), |latex| math::dollars(latex, false))
    }

    fn blocks(&mut self, node: &'a Node, depth: usize) {
        let mut code = String::new();
        for node in node.nodes() {
            let style = node.attr("style-name");
            if &*node.name == "p" && self.styles.is(style, &["preformatted", "source code"]) {
                code.push_str(&lines(node));
                code.push('\n');
                continue;
            }
            self.paper.code("", &std::mem::take(&mut code));
            match &*node.name {
                "h" => {
                    let level = node.attr("outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                    let words = self.words(node);
                    self.paper.heading(level, &words);
                }
                "p" => self.paragraph(node, style),
                "list" => self.list(node, depth, None),
                "table" => self.table(node),
                "frame" => self.frame(node),
                "tracked-changes" | "annotation" | "table-of-content" | "alphabetical-index"
                | "sequence-decls" | "forms" | "notes" => {}
                _ => self.blocks(node, depth),
            }
            for frame in std::mem::take(&mut self.frames) {
                self.blocks(frame, 0);
            }
        }
        self.paper.code("", &code);
    }

    fn paragraph(&mut self, node: &'a Node, style: Option<&str>) {
        let words = self.words(node);
        let name = style.unwrap_or_default();
        if name == "Title" || self.styles.known.get(name).is_some_and(|(parent, _)| parent == "Title") {
            self.paper.heading(1, &words);
        } else if self.styles.is(style, &["quotations"]) {
            self.paper.enter("> ");
            self.paper.block(words.trim());
            self.paper.leave();
        } else {
            self.paper.block(words.trim());
        }
    }

    fn list(&mut self, node: &'a Node, depth: usize, style: Option<&str>) {
        let style = node.attr("style-name").or(style);
        let key = (style.unwrap_or_default().to_owned(), depth + 1);
        let numbered = self.styles.numbered.get(&key).copied().unwrap_or(false);
        let mut number = 0_u32;
        for item in node.nodes().filter(|node| matches!(&*node.name, "list-item" | "list-header")) {
            let mut first = true;
            if let Some(start) = item.attr("start-value").and_then(|start| start.parse::<u32>().ok()) {
                number = start.saturating_sub(1);
            }
            for part in item.nodes() {
                match &*part.name {
                    "list" => self.list(part, depth + 1, style),
                    "p" | "h" if first => {
                        first = false;
                        number = number.saturating_add(1).min(999_999);
                        let mark = if numbered { format!("{number}. ") } else { "- ".to_owned() };
                        let words = self.words(part);
                        self.paper.item(depth, &mark, &words);
                    }
                    "p" | "h" => {
                        let words = self.words(part);
                        self.paper.enter("  ");
                        self.paper.unmark();
                        self.paper.block(words.trim());
                        self.paper.leave();
                    }
                    _ => self.blocks(part, depth + 1),
                }
            }
        }
        if depth == 0 {
            self.paper.end_list();
        }
    }

    fn table(&mut self, node: &'a Node) {
        let mut rows = Vec::new();
        node.all("table-row", &mut rows);
        let repeated = |node: &Node, name: &str| {
            node.attr(name).and_then(|count| count.parse().ok()).unwrap_or(1_usize).clamp(1, MOST_REPEATED)
        };
        let mut table = Vec::new();
        for row in rows {
            let mut cells: Vec<String> = Vec::new();
            for cell in row.nodes().filter(|node| matches!(&*node.name, "table-cell" | "covered-table-cell"))
            {
                let words = self.inline_text(cell);
                for _ in 0..repeated(cell, "number-columns-repeated") {
                    cells.push(words.clone());
                }
            }
            table.push(cells);
        }
        self.paper.table(&table);
    }

    /// All paragraphs below an element in one line.
    fn inline_text(&mut self, node: &'a Node) -> String {
        let mut out = String::new();
        for node in node.nodes() {
            let words = match &*node.name {
                "p" | "h" => self.words(node),
                "annotation" => continue,
                _ => self.inline_text(node),
            };
            if !words.trim().is_empty() {
                out.push_str(words.trim());
                out.push(' ');
            }
        }
        out
    }

    fn words(&mut self, node: &'a Node) -> String {
        let mut out = String::new();
        self.inline(node, &mut out);
        out
    }

    fn inline(&mut self, node: &'a Node, out: &mut String) {
        for child in &node.children {
            let node = match child {
                Child::Text(text) => {
                    out.push_str(&escape(text).replace('\n', " "));
                    continue;
                }
                Child::Node(node) => node,
            };
            match &*node.name {
                "s" | "tab" => out.push(' '),
                "line-break" => out.push('\n'),
                "note" => {
                    let words =
                        node.child("note-body").map(|body| self.inline_text(body)).unwrap_or_default();
                    self.notes.push(words.trim().to_owned());
                    out.push_str(&format!("[^{}]", self.notes.len()));
                }
                "span" => self.span(node, out),
                "frame" => match node.child("text-box") {
                    Some(words) => self.frames.push(words),
                    None => out.push_str(&self.frame_words(node)),
                },
                "ruby-text" => out.push_str(&format!(" ({})", node.text())),
                "annotation" | "annotation-end" | "bookmark" | "change" | "soft-page-break" => {}
                _ => self.inline(node, out),
            }
        }
    }

    fn span(&mut self, node: &'a Node, out: &mut String) {
        let look = self.styles.look(node.attr("style-name"));
        let words = self.words(node);
        let plain = words.trim();
        match look {
            "" => out.push_str(&words),
            "^" | "_" if plain.starts_with("[^") || plain.is_empty() => out.push_str(&words),
            "^" | "_" if plain.chars().count() == 1 => out.push_str(&format!("{look}{plain}")),
            "^" | "_" => out.push_str(&format!("{look}({plain})")),
            look => out.push_str(&emphasise(&words, look)),
        }
    }
}

/// The characters of a paragraph as they stand, for code.
fn lines(node: &Node) -> String {
    let mut out = String::new();
    for child in &node.children {
        match child {
            Child::Text(text) => out.push_str(text),
            Child::Node(node) => match &*node.name {
                "s" => {
                    let count =
                        node.attr("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize).min(200);
                    out.push_str(&" ".repeat(count));
                }
                "tab" => out.push('\t'),
                "line-break" => out.push('\n'),
                _ => out.push_str(&lines(node)),
            },
        }
    }
    out
}
