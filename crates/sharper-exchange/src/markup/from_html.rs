//! The HTML of a field as Markdown: nothing that runs, loads or styles survives it.

use super::dialect::{TAGS, is_harmless};
use super::raw::{FORMULA, formulas, sounds, stripped};
use super::signs::{address, code, escaped, fenced, formula, label, percent, wrapped};
use super::tree::{Element, Piece, parse};
use super::{Files, MEDIA, NoFiles, to_html};

/// Elements of which nothing is for people.
const GONE: [&str; 17] = [
    "script", "style", "head", "title", "iframe", "object", "embed", "applet", "noscript", "template", "svg",
    "math", "form", "select", "textarea", "canvas", "link",
];

/// The Markdown of a field. Files that `files` does not know are left out.
///
/// Letters that Markdown takes for signs are escaped, but only where leaving them alone would say something else.
pub(crate) fn from_html(html: &str, files: &dyn Files) -> String {
    if !html.contains(['<', '&', '\\', '[']) && is_plain(html) {
        return html.trim().to_owned();
    }
    let html = formulas(&sounds(html, files));
    let Some(tree) = parse(&html) else {
        return escaped(&stripped(&html)).trim().to_owned();
    };
    let write = |escapes| Writer { files, escapes }.document(&tree);
    let (bare, careful) = (write(false), write(true));
    if bare == careful || to_html(&bare, &NoFiles) == to_html(&careful, &NoFiles) { bare } else { careful }
}

/// Whether a text has nothing in it that either notation takes for a sign.
fn is_plain(text: &str) -> bool {
    let sign = |sign: char| "\\`*_[]<>$&#~=|!+-.):\n\r\t{}".contains(sign);
    !text.contains(sign) && !text.contains("  ")
}

struct Writer<'a> {
    files: &'a dyn Files,
    /// Whether signs are escaped.
    escapes: bool,
}

impl Writer<'_> {
    fn document(&self, tree: &Element) -> String {
        self.blocks(tree).join("\n\n")
    }

    /// The blocks in an element; words between blocks are a paragraph.
    fn blocks(&self, element: &Element) -> Vec<String> {
        let mut out = Vec::new();
        let mut words = String::new();
        self.gather(element, &mut words, &mut out);
        paragraphs(&mut words, &mut out);
        out
    }

    fn gather(&self, element: &Element, words: &mut String, out: &mut Vec<String>) {
        for piece in &element.children {
            let child = match piece {
                Piece::Text(text) => {
                    self.text(text, words);
                    continue;
                }
                Piece::Element(child) => child,
            };
            match child.name.as_str() {
                name if GONE.contains(&name) => {}
                "div" | "section" | "article" | "center" | "body" | "html" | "dd" | "dt" | "summary" => {
                    new_line(words);
                    self.gather(child, words, out);
                    new_line(words);
                }
                name if !is_block(name) && !holds_blocks(child) => self.inline(child, words),
                name if !is_block(name) => self.gather(child, words, out),
                _ => {
                    paragraphs(words, out);
                    self.block(child, out);
                }
            }
        }
    }

    fn block(&self, element: &Element, out: &mut Vec<String>) {
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = element.name[1..].parse().unwrap_or(6);
                let words = self.inlines(element);
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                if !words.is_empty() {
                    out.push(format!("{} {words}", "#".repeat(level)));
                }
            }
            "ul" | "ol" => out.extend(self.list(element)),
            "pre" => out.push(fenced(element)),
            "blockquote" => {
                let inner = self.blocks(element).join("\n\n");
                if !inner.is_empty() {
                    let lines: Vec<String> =
                        inner.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
                    out.push(lines.join("\n"));
                }
            }
            "table" => self.table(element, out),
            "hr" => out.push("---".to_owned()),
            _ => out.extend(self.blocks(element)),
        }
    }

    fn list(&self, element: &Element) -> Option<String> {
        let first: usize = element.attribute("start").parse().unwrap_or(1).min(999_999_999);
        let mut items = Vec::new();
        let mut loose = false;
        for (number, item) in (first..).zip(element.elements()) {
            let mark = if element.name == "ol" { format!("{number}. ") } else { "- ".to_owned() };
            loose |= item.elements().any(|child| child.name == "p");
            let blocks = self.blocks(item);
            let joint = if item.elements().any(|child| child.name == "p") { "\n\n" } else { "\n" };
            let inner = blocks.join(joint);
            let indent = " ".repeat(mark.len());
            let mut lines = inner.lines();
            let mut text = format!("{mark}{}", lines.next().unwrap_or_default()).trim_end().to_owned();
            for line in lines {
                text.push('\n');
                text.push_str(format!("{indent}{line}").trim_end());
            }
            items.push(text);
        }
        (!items.is_empty()).then(|| items.join(if loose { "\n\n" } else { "\n" }))
    }

    fn table(&self, element: &Element, out: &mut Vec<String>) {
        let mut rows = Vec::new();
        element.all(&["tr"], &mut rows);
        let cells = |row: &Element| -> Vec<(String, &'static str)> {
            let cells = row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th"));
            cells.map(|cell| (self.cell(cell), alignment(cell))).collect()
        };
        let rows: Vec<_> = rows.into_iter().map(cells).filter(|row| !row.is_empty()).collect();
        let Some(widest) = rows.iter().map(Vec::len).max() else { return };
        let line = |row: &[(String, &str)]| {
            let cells = (0..widest).map(|at| row.get(at).map_or("", |(words, _)| words));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
        let marks = (0..widest).map(|at| rows[0].get(at).map_or("---", |(_, mark)| mark));
        lines.insert(1, format!("| {} |", marks.collect::<Vec<_>>().join(" | ")));
        out.push(lines.join("\n"));
    }

    /// A cell has one line.
    fn cell(&self, cell: &Element) -> String {
        let words = self.blocks(cell).join(" ");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut out = String::with_capacity(words.len());
        for sign in words.chars() {
            if sign == '|' && !out.ends_with('\\') {
                out.push('\\');
            }
            out.push(sign);
        }
        out
    }

    fn inlines(&self, element: &Element) -> String {
        let mut out = String::new();
        for piece in &element.children {
            match piece {
                Piece::Text(text) => self.text(text, &mut out),
                Piece::Element(child) => self.inline(child, &mut out),
            }
        }
        out
    }

    fn inline(&self, element: &Element, out: &mut String) {
        let name = element.name.as_str();
        let style = element.attribute("style").replace(' ', "").to_lowercase();
        match name {
            _ if GONE.contains(&name) => {}
            "br" => out.push('\n'),
            "b" | "strong" => out.push_str(&wrapped(&self.inlines(element), "**", "**")),
            "i" | "em" | "dfn" => out.push_str(&wrapped(&self.inlines(element), "*", "*")),
            "s" | "del" | "strike" => out.push_str(&wrapped(&self.inlines(element), "~~", "~~")),
            "mark" => out.push_str(&wrapped(&self.inlines(element), "==", "==")),
            "code" | "tt" | "samp" => out.push_str(&code(&element.text())),
            FORMULA => out.push_str(&formula(&element.text(), element.attribute("mode"))),
            "img" => self.image(element, out),
            "a" => self.link(element, out),
            "audio" | "video" | "source" => {
                let name = element.attribute("src");
                if let Some(hash) = self.files.hash(name) {
                    out.push_str(&format!("[{}]({MEDIA}{hash})", label(name)));
                }
                out.push_str(&self.inlines(element));
            }
            "rt" => out.push_str(&format!("({})", self.inlines(element))),
            "rp" => {}
            _ if TAGS.contains(&name) => {
                out.push_str(&wrapped(&self.inlines(element), &format!("<{name}>"), &format!("</{name}>")));
            }
            _ if is_block(name) || name == "div" => {
                new_line(out);
                out.push_str(&self.inlines(element));
                new_line(out);
            }
            _ if style.contains("font-weight:bold") || style.contains("font-weight:700") => {
                out.push_str(&wrapped(&self.inlines(element), "**", "**"));
            }
            _ if style.contains("font-style:italic") => {
                out.push_str(&wrapped(&self.inlines(element), "*", "*"));
            }
            _ => out.push_str(&self.inlines(element)),
        }
    }

    fn image(&self, element: &Element, out: &mut String) {
        let source = element.attribute("src");
        let alt = label(element.attribute("alt"));
        let address = match self.files.hash(&percent(source)).or_else(|| self.files.hash(source)) {
            Some(hash) => format!("{MEDIA}{hash}"),
            None if is_harmless(source) => address(source),
            None => return out.push_str(&alt),
        };
        out.push_str(&format!("![{alt}]({address})"));
    }

    fn link(&self, element: &Element, out: &mut String) {
        let source = element.attribute("href");
        let words = self.inlines(element);
        let address = match self.files.hash(source) {
            Some(hash) => format!("{MEDIA}{hash}"),
            None if is_harmless(source) => address(source),
            None => return out.push_str(&words),
        };
        let words = words.trim();
        let words = if words.is_empty() { label(source) } else { words.replace('\n', " ") };
        out.push_str(&format!("[{words}]({address})"));
    }

    fn text(&self, text: &str, out: &mut String) {
        let text = if self.escapes { escaped(text) } else { text.to_owned() };
        for sign in text.chars() {
            match sign {
                ' ' | '\n' | '\t' | '\r' => {
                    if !out.ends_with([' ', '\n']) {
                        out.push(' ');
                    }
                }
                sign => out.push(sign),
            }
        }
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 18] = [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "pre",
        "blockquote",
        "table",
        "hr",
        "dl",
        "details",
        "figure",
        "tr",
    ];
    BLOCKS.contains(&name)
}

fn holds_blocks(element: &Element) -> bool {
    element.elements().any(|child| is_block(&child.name) || holds_blocks(child))
}

/// Ends the line, where one has begun.
fn new_line(words: &mut String) {
    let kept = words.trim_end_matches(' ').len();
    words.truncate(kept);
    if !words.is_empty() && !words.ends_with('\n') {
        words.push('\n');
    }
}

/// Words as paragraphs: an empty line parts them.
fn paragraphs(words: &mut String, out: &mut Vec<String>) {
    let taken = std::mem::take(words);
    let lines: Vec<&str> = taken.lines().map(|line| line.trim_matches([' ', '\t', '\u{a0}'])).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    out.extend(paragraphs.map(|lines| lines.join("\n")));
}

fn alignment(cell: &Element) -> &'static str {
    let said = format!("{} {}", cell.attribute("align"), cell.attribute("style").replace(' ', ""));
    match () {
        () if said.contains("center") => ":---:",
        () if said.contains("right") => "---:",
        () if said.starts_with("left") => ":---",
        () => "---",
    }
}
