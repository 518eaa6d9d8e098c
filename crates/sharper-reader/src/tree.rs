//! The tree of an XML or HTML document: elements and text, never deeper than `DEEPEST`.
//!
//! Both parsers build the same tree without recursion, so that every reader can walk it with recursion. No entity but the
//! five of XML, numbered characters and HTML's names is known, and no DTD is read: nothing can grow and nothing is fetched.

use std::collections::HashSet;
use std::rc::Rc;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use sharper_domain::FileFault;

/// Deepest nesting that is kept; what is deeper is read as if it stood in the element at that depth.
const DEEPEST: usize = 120;
/// Most elements of one part: beyond it the tree would not fit into the child's memory.
const MOST_NODES: usize = 1_500_000;
/// Deepest HTML that is parsed: the parser's time grows with the square of the depth. Browsers stop at the same.
const DEEPEST_HTML: usize = 512;
/// Bytes of HTML that are parsed between two looks at the depth.
const CHUNK: usize = 1_024;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Node {
    /// Its local name, without a prefix.
    pub(crate) name: Rc<str>,
    attributes: Vec<(Rc<str>, Box<str>)>,
    /// What stands in it.
    pub(crate) children: Vec<Child>,
}

/// What stands in an element.
#[derive(Debug)]
pub(crate) enum Child {
    /// An element.
    Node(Node),
    /// Characters.
    Text(String),
}

impl Node {
    /// The value of an attribute, by its local name.
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// The values of all attributes of that local name: `id` and `r:id` are two.
    pub(crate) fn attrs<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.attributes.iter().filter(move |(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// Its child elements.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.children.iter().filter_map(|child| match child {
            Child::Node(node) => Some(node),
            Child::Text(_) => None,
        })
    }

    /// Its first child element of that name.
    pub(crate) fn child(&self, name: &str) -> Option<&Node> {
        self.nodes().find(|node| &*node.name == name)
    }

    /// The element at the end of a path of names.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, name| node.child(name))
    }

    /// The first element of that name anywhere below, in the order of the document.
    pub(crate) fn find(&self, name: &str) -> Option<&Node> {
        self.nodes().find_map(|node| if &*node.name == name { Some(node) } else { node.find(name) })
    }

    /// Every element of that name anywhere below, those inside others of that name left out.
    pub(crate) fn all<'a>(&'a self, name: &str, out: &mut Vec<&'a Node>) {
        for node in self.nodes() {
            if &*node.name == name { out.push(node) } else { node.all(name, out) }
        }
    }

    /// All its characters.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        self.gather(&mut out);
        out
    }

    fn gather(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Node(node) => node.gather(out),
            }
        }
    }
}

/// Builds a tree from starts, ends and text.
#[derive(Default)]
struct Builder {
    names: HashSet<Rc<str>>,
    open: Vec<Node>,
    /// Elements open below the deepest that is kept.
    beyond: usize,
    nodes: usize,
}

impl Builder {
    fn new() -> Self {
        Self { open: vec![Node::default()], ..Self::default() }
    }

    fn name(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let name: Rc<str> = Rc::from(name);
        self.names.insert(Rc::clone(&name));
        name
    }

    fn start(&mut self, name: &str) -> Result<(), FileFault> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(FileFault::TooMuch);
        }
        if self.open.len() > DEEPEST {
            self.beyond += 1;
            return Ok(());
        }
        let name = self.name(name);
        self.open.push(Node { name, ..Node::default() });
        Ok(())
    }

    fn attribute(&mut self, name: &str, value: &str) {
        if self.beyond > 0 {
            return;
        }
        let name = self.name(name);
        if let Some(node) = self.open.last_mut() {
            node.attributes.push((name, value.into()));
        }
    }

    fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if self.open.len() > 1
            && let Some(node) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.children.push(Child::Node(node));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(node) = self.open.last_mut() else { return };
        if let Some(Child::Text(before)) = node.children.last_mut() {
            before.push_str(text);
        } else if !text.is_empty() {
            node.children.push(Child::Text(text.to_owned()));
        }
    }

    fn finish(mut self) -> Node {
        self.beyond = 0;
        while self.open.len() > 1 {
            self.end();
        }
        self.open.pop().unwrap_or_default()
    }
}

/// The tree of an XML document: a nameless element that holds its root.
///
/// # Errors
/// `Damaged` where it is not well-formed, `TooMuch` where it has too many elements.
pub(crate) fn xml(bytes: &[u8]) -> Result<Node, FileFault> {
    let text = crate::encoding::marked(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut builder = Builder::new();
    loop {
        match reader.read_event().map_err(|_| FileFault::Damaged)? {
            Event::Start(start) => open(&mut builder, &start)?,
            Event::Empty(start) => {
                open(&mut builder, &start)?;
                builder.end();
            }
            Event::End(_) => builder.end(),
            Event::Text(text) => builder.text(&text.xml10_content()),
            Event::CData(text) => builder.text(&text.xml10_content()),
            Event::GeneralRef(reference) => builder.text(&resolve(&reference)),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            Event::Eof if builder.open.len() > 1 => return Err(FileFault::Damaged),
            Event::Eof => return Ok(builder.finish()),
        }
    }
}

fn open(builder: &mut Builder, start: &BytesStart<'_>) -> Result<(), FileFault> {
    builder.start(start.local_name().as_ref())?;
    for attribute in start.attributes().with_checks(false).flatten() {
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| attribute.value.clone());
        builder.attribute(attribute.key.local_name().as_ref(), &value);
    }
    Ok(())
}

/// The characters that a reference stands for; one that is not known stands for nothing.
fn resolve(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    resolve_html5_entity(&reference.xml10_content()).unwrap_or_default().to_owned()
}

/// The tree of an HTML document, as browsers read it.
///
/// # Errors
/// `TooHard` where elements are nested too deep, `TooMuch` where there are too many.
pub(crate) fn html(text: &str) -> Result<Node, FileFault> {
    let mut parser = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default());
    let mut rest = text;
    while !rest.is_empty() {
        let mut cut = rest.len().min(CHUNK);
        while !rest.is_char_boundary(cut) {
            cut += 1;
        }
        parser.process(rest[..cut].into());
        rest = &rest[cut..];
        if depth(&parser.tokenizer.sink.sink.document) > DEEPEST_HTML {
            return Err(FileFault::TooHard);
        }
    }
    from_dom(&parser.finish().document)
}

/// How deep the last element of a document lies: the one that is being parsed.
fn depth(document: &Handle) -> usize {
    let mut depth = 0;
    let mut node = document.clone();
    while depth <= DEEPEST_HTML {
        let Some(last) = node.children.borrow().last().cloned() else { break };
        node = last;
        depth += 1;
    }
    depth
}

fn from_dom(document: &Handle) -> Result<Node, FileFault> {
    enum Step {
        Enter(Handle),
        Leave,
    }
    let mut builder = Builder::new();
    let mut steps = vec![Step::Enter(document.clone())];
    while let Some(step) = steps.pop() {
        let Step::Enter(node) = step else {
            builder.end();
            continue;
        };
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                builder.start(&name.local)?;
                for attribute in attrs.borrow().iter() {
                    builder.attribute(&attribute.name.local, &attribute.value);
                }
                steps.push(Step::Leave);
            }
            NodeData::Text { contents } => builder.text(&contents.borrow()),
            _ => {}
        }
        steps.extend(node.children.borrow().iter().rev().cloned().map(Step::Enter));
    }
    Ok(builder.finish())
}
