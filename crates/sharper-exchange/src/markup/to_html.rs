//! Markdown as the HTML of a field: what can be run is not in it, formulas stand between `\(` and `\)`.

use std::borrow::Cow;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, format_html, parse_document};

use super::dialect::{TAGS, is_harmless, options};
use super::{Files, MEDIA, escape, is_played, is_right_to_left};

/// The HTML of a field. Files are called what `files` calls them; one that it does not know becomes words.
pub(crate) fn to_html(markdown: &str, files: &dyn Files) -> String {
    let markdown = markdown.trim();
    if markdown.is_empty() {
        return String::new();
    }
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, markdown, &options);
    let nodes: Vec<Node<'_>> = root.descendants().collect();
    for node in nodes {
        prepare(node, files);
    }
    let mut html = String::new();
    // A `String` takes whatever is written.
    let _ = format_html(root, &options, &mut html);
    let html = html.trim().replace("<br />\n", "<br>").replace("<br />", "<br>");
    let html = alone(&html).unwrap_or(&html).trim().to_owned();
    if is_right_to_left(markdown) { format!("<div dir=\"rtl\">{html}</div>") } else { html }
}

/// What stands in the only paragraph.
fn alone(html: &str) -> Option<&str> {
    let inner = html.strip_prefix("<p>")?.strip_suffix("</p>")?;
    (!inner.contains("<p>")).then_some(inner)
}

fn prepare(node: Node<'_>, files: &dyn Files) {
    let mut data = node.data_mut();
    match &mut data.value {
        NodeValue::Math(math) => {
            let tex = escape(&math.literal).replace("&quot;", "\"");
            let (open, close) = if math.display_math { ("\\[", "\\]") } else { ("\\(", "\\)") };
            data.value = NodeValue::Raw(format!("{open}{tex}{close}"));
        }
        NodeValue::HtmlInline(tag) => {
            let name = tag.trim_start_matches(['<', '/']).trim_end_matches(['>', '/', ' ']).to_lowercase();
            let plain = name == "br" || TAGS.contains(&name.as_str());
            let value = if plain { NodeValue::Raw(tag.to_lowercase()) } else { words(tag) };
            data.value = value;
        }
        NodeValue::HtmlBlock(block) => {
            data.value = NodeValue::Raw(format!("<p>{}</p>", guarded(block.literal.trim_end())));
        }
        NodeValue::Text(text) if text.contains('[') => {
            let safe = guarded(text);
            if safe != escape(text) {
                data.value = NodeValue::Raw(safe);
            }
        }
        NodeValue::Image(image) => match file(&image.url, files) {
            Some(name) if is_played(&name) => {
                drop(data);
                played(node, &name);
            }
            Some(name) => {
                drop(data);
                shown(node, &name);
            }
            None if is_harmless(&image.url) && !image.url.starts_with(MEDIA) => {}
            None => bare(&mut data.value),
        },
        NodeValue::Link(link) => match file(&link.url, files) {
            Some(name) if is_played(&name) => {
                drop(data);
                played(node, &name);
            }
            Some(name) => link.url = name,
            None if is_harmless(&link.url) && !link.url.starts_with(MEDIA) => {}
            None => bare(&mut data.value),
        },
        _ => {}
    }
}

/// What only names a file that is not there, or an address that could do harm, keeps its words.
fn bare(value: &mut NodeValue) {
    *value = NodeValue::Escaped;
}

fn file(address: &str, files: &dyn Files) -> Option<String> {
    files.name(address.strip_prefix(MEDIA)?)
}

fn played(node: Node<'_>, name: &str) {
    for child in node.children().collect::<Vec<_>>() {
        child.detach();
    }
    node.data_mut().value = NodeValue::Raw(format!("[sound:{}]", escape(name)));
}

/// A picture by its name as it is: what is written as `%20` is not found.
fn shown(node: Node<'_>, name: &str) {
    let mut alt = String::new();
    for part in node.descendants() {
        match &part.data().value {
            NodeValue::Text(text) => alt.push_str(text),
            NodeValue::Code(code) => alt.push_str(&code.literal),
            _ => {}
        }
    }
    for child in node.children().collect::<Vec<_>>() {
        child.detach();
    }
    let alt = if alt.is_empty() { String::new() } else { format!(" alt=\"{}\"", escape(&alt)) };
    node.data_mut().value = NodeValue::Raw(format!("<img src=\"{}\"{alt}>", escape(name)));
}

fn words(text: &str) -> NodeValue {
    NodeValue::Text(Cow::Owned(text.to_owned()))
}

/// Words that Anki would take for an order (`[latex]`, `[sound:`) with nothing between the bracket and the word.
fn guarded(text: &str) -> String {
    let mut out = escape(text);
    for order in ["[sound:", "[latex]", "[$]", "[$$]", "[anki:"] {
        out = out.replace(order, &order.replacen('[', "[<span></span>", 1));
    }
    out
}
