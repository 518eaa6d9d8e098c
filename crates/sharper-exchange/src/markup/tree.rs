//! The tree of a field's HTML: elements and text, never so deep that a walk over it could not end.

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Deepest nesting that is read. The parser's time grows with the square of the depth, and every walk is a recursion.
const DEEPEST: usize = 100;
/// Bytes that are parsed between two looks at the depth.
const CHUNK: usize = 1_024;

/// A piece of HTML.
pub(super) enum Piece {
    /// Characters.
    Text(String),
    /// An element.
    Element(Element),
}

/// An element.
pub(super) struct Element {
    /// Its name, in lower case.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// What stands in it.
    pub(super) children: Vec<Piece>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The elements right in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|piece| match piece {
            Piece::Element(element) => Some(element),
            Piece::Text(_) => None,
        })
    }

    /// Every element of one of these names below, in order.
    pub(super) fn all<'a>(&'a self, names: &[&str], out: &mut Vec<&'a Element>) {
        for element in self.elements() {
            if names.contains(&element.name.as_str()) {
                out.push(element);
            } else {
                element.all(names, out);
            }
        }
    }

    /// All its characters.
    pub(super) fn text(&self) -> String {
        let of = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Element(element) if element.name == "br" => "\n".to_owned(),
            Piece::Element(element) => element.text(),
        };
        self.children.iter().map(of).collect()
    }
}

/// The pieces of a field. `None` where they are nested too deep.
pub(super) fn parse(html: &str) -> Option<Element> {
    let mut parser = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default());
    let mut rest = html;
    while !rest.is_empty() {
        let cut = rest.ceil_char_boundary(CHUNK.min(rest.len()));
        parser.process(rest[..cut].into());
        rest = &rest[cut..];
        if !rest.is_empty() && depth(&parser.tokenizer.sink.sink.document) > DEEPEST {
            return None;
        }
    }
    element("", Vec::new(), &parser.finish().document, 0)
}

/// How deep the last element lies: the one that is being parsed.
fn depth(document: &Handle) -> usize {
    let mut depth = 0;
    let mut node = document.clone();
    while depth <= DEEPEST {
        let Some(last) = node.children.borrow().last().cloned() else { break };
        node = last;
        depth += 1;
    }
    depth
}

fn element(name: &str, attributes: Vec<(String, String)>, node: &Handle, depth: usize) -> Option<Element> {
    if depth > DEEPEST {
        return None;
    }
    let mut children = Vec::new();
    for child in node.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => children.push(Piece::Text(contents.borrow().to_string())),
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow();
                let attributes = attributes.iter();
                let attributes =
                    attributes.map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
                children.push(Piece::Element(element(&name.local, attributes, child, depth + 1)?));
            }
            _ => {}
        }
    }
    Some(Element { name: name.to_owned(), attributes, children })
}
