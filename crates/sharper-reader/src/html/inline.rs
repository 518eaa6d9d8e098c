//! Words within a block of HTML: looks, code, formulas, notes and pictures.

use super::{classes, is_block, is_furniture};
use crate::math;
use crate::paper::{emphasise, escape, picture};
use crate::tree::{Child, Node};

/// The words in an element, in one run.
pub(super) fn inlines(node: &Node) -> String {
    let mut out = String::new();
    inline_children(node, &mut out);
    out
}

fn inline_children(node: &Node, out: &mut String) {
    for child in &node.children {
        match child {
            Child::Text(text) => out.push_str(&collapse(text)),
            Child::Node(node) => inline(node, out),
        }
    }
}

/// Words within a block. Blocks inside them (a cell with paragraphs) are set apart by a space.
pub(super) fn inline(node: &Node, out: &mut String) {
    if is_furniture(node) {
        return;
    }
    let is_mark = |node: &Node| classes(node).any(|class| matches!(class, "math" | "katex-display"));
    match &*node.name {
        "br" => out.push('\n'),
        "b" | "strong" => out.push_str(&emphasise(&inlines(node), "**")),
        "i" | "em" | "dfn" => out.push_str(&emphasise(&inlines(node), "*")),
        "code" | "kbd" | "samp" | "tt" => out.push_str(&code(&node.text())),
        "del" | "s" | "strike" => {}
        "img" if classes(node).any(|class| class.contains("math")) => {}
        "img" => out.push_str(&picture(node.attr("alt").unwrap_or_default())),
        "math" => out.push_str(&math::dollars(&math::mathml(node), node.attr("display") == Some("block"))),
        "script" => {
            let display = node.attr("type").is_some_and(|kind| kind.contains("display"));
            out.push_str(&math::dollars(&node.text(), display));
        }
        // A note's number, and the arrow that leads back from the note.
        "a" if is_note(node) => out.push_str(&format!("[{}]", node.text().trim().trim_matches(['[', ']']))),
        "a" if matches!(node.attr("role"), Some("doc-backlink")) => {}
        "sup" => raised(node, "^", out),
        "sub" => raised(node, "_", out),
        "rt" => out.push_str(&format!(" ({})", inlines(node).trim())),
        "span" | "div" if is_mark(node) && node.find("math").is_none() => {
            out.push_str(&tex_span(&node.text()))
        }
        name if is_block(name) => {
            out.push(' ');
            inline_children(node, out);
            out.push(' ');
        }
        _ => inline_children(node, out),
    }
}

fn is_note(node: &Node) -> bool {
    node.attr("role") == Some("doc-noteref")
        || node.attr("type") == Some("noteref")
        || classes(node).any(|class| matches!(class, "footnote-ref" | "footnoteRef" | "noteref"))
}

/// Superscripts and subscripts: those of formulas keep their mark, those of notes stay words.
fn raised(node: &Node, mark: &str, out: &mut String) {
    let words = inlines(node);
    let words = words.trim();
    let is_note = node.find("a").is_some() || words.starts_with('[');
    // An ordinal (1st), a trademark.
    let is_ordinal = mark == "^" && words.chars().all(char::is_alphabetic) && words.chars().count() > 1;
    match (is_note, is_ordinal || words.is_empty()) {
        (true, _) => out.push_str(&format!("[{}]", words.trim_matches(['[', ']']))),
        (_, true) => out.push_str(words),
        _ if words.chars().count() == 1 => out.push_str(&format!("{mark}{words}")),
        _ => out.push_str(&format!("{mark}({words})")),
    }
}

/// `\(x\)` and `\[x\]` between dollars.
fn tex_span(text: &str) -> String {
    let text = text.trim();
    let between = |open: &str, close: &str| text.strip_prefix(open).and_then(|text| text.strip_suffix(close));
    match (between("\\(", "\\)"), between("\\[", "\\]")) {
        (Some(tex), _) => math::dollars(tex, false),
        (_, Some(tex)) => math::dollars(tex, true),
        _ => escape(text),
    }
}

fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (text.is_empty(), text.contains('`')) {
        (true, _) => String::new(),
        (_, true) => format!("`` {text} ``"),
        _ => format!("`{text}`"),
    }
}

/// Characters of a page: white space is one space.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in escape(text).chars() {
        match character {
            ' ' | '\n' | '\t' | '\r' if out.ends_with(' ') => {}
            '\n' | '\t' | '\r' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// The lines of a block: single spaces, none at the ends.
pub(super) fn wrap(words: &str) -> String {
    let lines: Vec<String> =
        words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.join("\n").trim().replace("\n\n", "\n")
}
