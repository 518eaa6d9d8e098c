//! Which elements of a page hold nothing to read, and which stand by themselves.

use crate::tree::Node;

/// Whether an element holds nothing to read.
pub(super) fn is_furniture(node: &Node) -> bool {
    const NAMES: [&str; 26] = [
        "script", "style", "nav", "noscript", "template", "iframe", "button", "select", "input", "textarea",
        "svg", "head", "object", "embed", "canvas", "audio", "video", "map", "dialog", "menu", "meta",
        "link", "title", "form", "rp", "datalist",
    ];
    const ROLES: [&str; 6] = ["navigation", "banner", "contentinfo", "search", "menu", "dialog"];
    // What encyclopedias and note programs add for their own pages.
    const CLASSES: [&str; 8] = [
        "mw-editsection",
        "navbox",
        "noprint",
        "mw-jump-link",
        "headerlink",
        "anchor-link",
        "sr-only",
        "visually-hidden",
    ];
    let is_tex =
        &*node.name == "script" && node.attr("type").is_some_and(|kind| kind.starts_with("math/tex"));
    // A form may wrap a whole page.
    let is_form = &*node.name == "form" && node.text().split_whitespace().count() > 100;
    (NAMES.contains(&&*node.name) && !is_tex && !is_form)
        || node.attr("role").is_some_and(|role| ROLES.contains(&role))
        || node.attr("aria-hidden") == Some("true")
        || (node.attr("hidden").is_some())
        || node.attr("style").is_some_and(|style| {
            style.replace(' ', "").contains("display:none") && node.find("math").is_none()
        })
        || classes(node).any(|class| CLASSES.contains(&class))
}

pub(super) fn classes(node: &Node) -> impl Iterator<Item = &str> {
    node.attr("class").unwrap_or_default().split_whitespace()
}

pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "th"
            | "thead"
            | "tfoot"
            | "tr"
            | "ul"
            | "caption"
    )
}
