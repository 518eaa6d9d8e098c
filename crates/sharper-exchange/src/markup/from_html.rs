//! The HTML of a field as Markdown: nothing that runs, loads or styles survives it.

use super::dialect::{TAGS, is_harmless};
use super::tree::{Element, Piece, parse};
use super::{Files, MEDIA, NoFiles, escape, to_html};

/// Elements of which nothing is for people.
const GONE: [&str; 17] = [
    "script", "style", "head", "title", "iframe", "object", "embed", "applet", "noscript", "template", "svg",
    "math", "form", "select", "textarea", "canvas", "link",
];
/// What a formula becomes before the HTML is parsed: an element that no page has.
const FORMULA: &str = "tex-formula";

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

/// `[sound:x]` as a link to the file.
fn sounds(html: &str, files: &dyn Files) -> String {
    replace(html, "[sound:", "]", |name| {
        let name = unescaped(name);
        match files.hash(&name) {
            Some(hash) => format!("<a href=\"{MEDIA}{hash}\">{}</a>", escape(&name)),
            None => String::new(),
        }
    })
}

/// `\(x\)`, `\[x\]` and their older forms as elements, but not inside code.
fn formulas(html: &str) -> String {
    const FORMS: [(&str, &str, &str); 5] = [
        ("\\(", "\\)", "inline"),
        ("\\[", "\\]", "display"),
        ("[$$]", "[/$$]", "display"),
        ("[$]", "[/$]", "inline"),
        ("[latex]", "[/latex]", "inline"),
    ];
    let mut out = html.to_owned();
    for (open, close, mode) in FORMS {
        if out.contains(open) {
            out = outside_code(&out, |part| {
                replace(part, open, close, |tex| {
                    let tex = stripped(&tex.replace("<br>", "\n").replace("<br />", "\n"));
                    format!("<{FORMULA} mode=\"{mode}\">{}</{FORMULA}>", escape(&tex))
                })
            });
        }
    }
    out
}

/// Does it to what stands outside `<pre>` and `<code>`.
fn outside_code(html: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    loop {
        let next = [("<pre", "</pre>"), ("<code", "</code>")];
        let found = next.iter().filter_map(|(open, close)| Some((rest.find(open)?, *close))).min();
        let Some((at, close)) = found else { break };
        out.push_str(&change(&rest[..at]));
        let end = rest[at..].find(close).map_or(rest.len(), |end| at + end + close.len());
        out.push_str(&rest[at..end]);
        rest = &rest[end..];
    }
    out.push_str(&change(rest));
    out
}

fn replace(text: &str, open: &str, close: &str, with: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, (inner, behind))) =
        rest.split_once(open).and_then(|(before, after)| Some((before, after.split_once(close)?)))
    {
        out.push_str(before);
        out.push_str(&with(inner));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Characters without the tags around them.
fn stripped(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let is_tag =
            rest[at + 1..].starts_with(|sign: char| sign.is_ascii_alphabetic() || "/!".contains(sign));
        match rest[at..].find('>') {
            Some(end) if is_tag => rest = &rest[at + end + 1..],
            _ => {
                out.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    unescaped(&out)
}

/// Characters that are written as entities.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape_with(text, quick_xml::escape::resolve_html5_entity)
        .map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

/// Every sign that Markdown may take for one of its own, escaped. A bracket behind a backslash would open a formula.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '[' => out.push_str("&#91;"),
            '\\' | '`' | '*' | '_' | '<' | '>' | '$' | '&' | '#' | '~' | '=' | '|' | '!' | '+' | '-'
            | '.' | ')' => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
    }
    out
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
        self.into_blocks(element, &mut words, &mut out);
        paragraphs(&mut words, &mut out);
        out
    }

    fn into_blocks(&self, element: &Element, words: &mut String, out: &mut Vec<String>) {
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
                    self.into_blocks(child, words, out);
                    new_line(words);
                }
                name if !is_block(name) && !holds_blocks(child) => self.inline(child, words),
                name if !is_block(name) => self.into_blocks(child, words, out),
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
        let mut number: usize = element.attribute("start").parse().unwrap_or(1).min(999_999_999);
        let mut items = Vec::new();
        let mut loose = false;
        for item in element.elements() {
            let mark = if element.name == "ol" { format!("{number}. ") } else { "- ".to_owned() };
            number += 1;
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

/// Marks around each line, with the spaces at its ends outside.
fn wrapped(words: &str, open: &str, close: &str) -> String {
    let of = |line: &str| {
        let inner = line.trim();
        let doubled = inner.starts_with(open) && inner.ends_with(close) && inner.len() > open.len();
        if inner.is_empty() || (doubled && open.len() == 2) {
            return line.to_owned();
        }
        let from = line.find(inner).unwrap_or_default();
        format!("{}{open}{inner}{close}{}", &line[..from], &line[from + inner.len()..])
    };
    words.split('\n').map(of).collect::<Vec<_>>().join("\n")
}

fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    if text.trim().is_empty() {
        return String::new();
    }
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn fenced(element: &Element) -> String {
    let text = element.text();
    let text = text.trim_end_matches('\n');
    let class =
        element.elements().find(|child| child.name == "code").map_or("", |code| code.attribute("class"));
    let language = class.strip_prefix("language-").unwrap_or_default();
    let language = if language.chars().all(|sign| sign.is_alphanumeric() || "+-#".contains(sign)) {
        language
    } else {
        ""
    };
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

/// A formula between dollars. Dollars in it that are not escaped would end it.
fn formula(tex: &str, mode: &str) -> String {
    // A gap in a formula.
    let tex = tex.trim().replace(crate::apkg::cloze::GAP, "\\boxed{?}");
    let mut safe = String::with_capacity(tex.len());
    for sign in tex.chars() {
        if sign == '$' && !safe.ends_with('\\') {
            safe.push('\\');
        }
        safe.push(sign);
    }
    match (safe.is_empty(), mode) {
        (true, _) => String::new(),
        (_, "display") => format!("$${safe}$$"),
        _ => format!("${safe}$"),
    }
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

fn label(text: &str) -> String {
    text.chars().map(|sign| if "[]\n\\".contains(sign) { ' ' } else { sign }).collect()
}

/// An address as Markdown takes it.
fn address(text: &str) -> String {
    let text = text.trim();
    if text.contains([' ', '(', ')', '<', '>']) {
        let safe = text.replace(' ', "%20").replace('(', "%28").replace(')', "%29");
        return safe.replace('<', "%3C").replace('>', "%3E");
    }
    text.to_owned()
}

/// A name whose letters are written as `%20`.
fn percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            _ => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
