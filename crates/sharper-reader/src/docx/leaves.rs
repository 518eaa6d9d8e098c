//! Small parts of a word-processing document: rows and cells, alternatives, code, signs of symbol fonts.

use crate::tree::{Child, Node};

pub(super) fn table_rows<'a>(node: &'a Node, out: &mut Vec<&'a Node>) {
    for node in node.nodes() {
        match &*node.name {
            "tr" if node.at(&["trPr", "del"]).is_none() => out.push(node),
            "sdt" | "sdtContent" | "customXml" | "ins" => table_rows(node, out),
            _ => {}
        }
    }
}

pub(super) fn row_cells<'a>(node: &'a Node, out: &mut Vec<&'a Node>) {
    for node in node.nodes() {
        match &*node.name {
            "tc" => out.push(node),
            "sdt" | "sdtContent" | "customXml" => row_cells(node, out),
            _ => {}
        }
    }
}

/// Of several ways to show a thing, the first: programs write the plain one last.
pub(super) fn alternative(node: &Node) -> &Node {
    node.nodes()
        .find(|choice| choice.find("t").is_some() || choice.find("drawing").is_some())
        .or_else(|| node.nodes().next())
        .unwrap_or(node)
}

pub(super) fn is_contents(node: &Node) -> bool {
    node.at(&["sdtPr", "docPartObj", "docPartGallery"]).and_then(|node| node.attr("val"))
        == Some("Table of Contents")
}

/// The characters of a paragraph as they stand, for code.
pub(super) fn node_lines(node: &Node) -> String {
    fn gather(node: &Node, out: &mut String) {
        for child in &node.children {
            let Child::Node(node) = child else { continue };
            match &*node.name {
                "t" => out.push_str(&node.text()),
                "tab" => out.push('\t'),
                "br" | "cr" => out.push('\n'),
                "del" | "moveFrom" | "pPr" | "rPr" => {}
                _ => gather(node, out),
            }
        }
    }
    let mut out = String::new();
    gather(node, &mut out);
    out
}

/// A character of the fonts Symbol and Wingdings that notes use; others say nothing by themselves.
pub(super) fn symbol(node: &Node) -> &'static str {
    match node.attr("char").unwrap_or_default().to_uppercase().as_str() {
        "F0E0" | "F0AE" => "→",
        "F0DE" => "⇒",
        "F061" => "α",
        "F062" => "β",
        "F067" => "γ",
        "F044" => "Δ",
        "F06D" => "μ",
        "F070" => "π",
        "F057" => "Ω",
        "F0B0" => "°",
        "F0B1" => "±",
        "F0B4" => "×",
        "F0A3" => "≤",
        "F0B3" => "≥",
        "F0B9" => "≠",
        "F0FC" => "✓",
        _ => " ",
    }
}
