//! What styles and numberings of a word-processing document say: headings, lists, code, quotations.

use std::collections::HashMap;

use crate::tree::Node;

/// What a style says of a paragraph, its own word before its base's.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    base: Option<String>,
    outline: Option<usize>,
    /// The list and the level in it.
    list: Option<(String, usize)>,
}

/// What a paragraph is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    Heading(usize),
    Code,
    Quote,
    /// A line of a table of contents.
    Contents,
}

/// One level of a list.
#[derive(Debug, Clone, Copy)]
struct Level {
    numbered: bool,
    start: u32,
}

/// Styles and numberings.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The abstract list behind each list.
    lists: HashMap<String, String>,
    levels: HashMap<(String, usize), Level>,
    counters: HashMap<(String, usize), u32>,
}

fn val<'a>(node: &'a Node, path: &[&str]) -> Option<&'a str> {
    node.at(path).and_then(|node| node.attr("val"))
}

/// The list and level that paragraph properties name.
fn list_of(properties: &Node) -> Option<(Option<String>, usize)> {
    let list = properties.child("numPr")?;
    let level = val(list, &["ilvl"]).and_then(|level| level.parse().ok()).unwrap_or(0_usize).min(8);
    Some((val(list, &["numId"]).map(str::to_owned), level))
}

impl Styles {
    /// Reads the parts `styles.xml` and `numbering.xml`.
    pub(super) fn new(styles: Option<&Node>, numbering: Option<&Node>) -> Self {
        let mut out = Self::default();
        let mut found = Vec::new();
        if let Some(styles) = styles {
            styles.all("style", &mut found);
        }
        for node in found {
            let list =
                node.child("pPr").and_then(list_of).and_then(|(list, level)| list.map(|list| (list, level)));
            let style = Style {
                name: val(node, &["name"]).unwrap_or_default().to_lowercase(),
                base: val(node, &["basedOn"]).map(str::to_owned),
                outline: val(node, &["pPr", "outlineLvl"]).and_then(|level| level.parse().ok()),
                list,
            };
            out.styles.insert(node.attr("styleId").unwrap_or_default().to_owned(), style);
        }
        if let Some(numbering) = numbering {
            out.read_lists(numbering);
        }
        out
    }

    fn read_lists(&mut self, numbering: &Node) {
        let mut found = Vec::new();
        numbering.all("abstractNum", &mut found);
        for list in found {
            let id = list.attr("abstractNumId").unwrap_or_default();
            for level in list.nodes().filter(|node| &*node.name == "lvl") {
                let index = level.attr("ilvl").and_then(|index| index.parse().ok()).unwrap_or(0_usize);
                let numbered = !matches!(val(level, &["numFmt"]), Some("bullet" | "none"));
                let start = val(level, &["start"]).and_then(|start| start.parse().ok()).unwrap_or(1);
                self.levels.insert((id.to_owned(), index), Level { numbered, start });
            }
        }
        let mut found = Vec::new();
        numbering.all("num", &mut found);
        for list in found {
            let of = val(list, &["abstractNumId"]).unwrap_or_default().to_owned();
            self.lists.insert(list.attr("numId").unwrap_or_default().to_owned(), of);
        }
    }

    /// The styles of a paragraph, the nearest first. A style that is its own base ends after a few.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id.and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| style.base.as_ref().and_then(|base| self.styles.get(base)))
            .take(12)
    }

    /// What a paragraph with these properties is.
    pub(super) fn role(&self, properties: Option<&Node>) -> Role {
        let style = properties.and_then(|properties| val(properties, &["pStyle"]));
        let own = properties
            .and_then(|properties| val(properties, &["outlineLvl"]))
            .and_then(|level| level.parse::<usize>().ok());
        let names: Vec<&str> = self.chain(style).map(|style| style.name.as_str()).collect();
        let called = |words: &[&str]| names.iter().any(|name| words.iter().any(|word| name.contains(word)));
        if names.first().is_some_and(|name| name.starts_with("toc ") || *name == "table of figures") {
            return Role::Contents;
        }
        if names.first() == Some(&"title") {
            return Role::Heading(1);
        }
        let named = names.iter().find_map(|name| name.strip_prefix("heading ")?.trim().parse::<usize>().ok());
        let outline =
            own.or_else(|| self.chain(style).find_map(|style| style.outline)).filter(|level| *level < 9);
        if let Some(level) = named.or(outline.map(|level| level + 1)) {
            return Role::Heading(level.clamp(1, 6));
        }
        if called(&["source code", "html preformatted", "macro text", "code block", "preformatted"])
            || names.first() == Some(&"code")
        {
            Role::Code
        } else if names
            .iter()
            .any(|name| matches!(*name, "quote" | "intense quote" | "block text" | "quotations"))
        {
            Role::Quote
        } else {
            Role::Plain
        }
    }

    /// The depth and the mark of a paragraph that is an item of a list. Counts it.
    pub(super) fn item(&mut self, properties: Option<&Node>) -> Option<(usize, String)> {
        let style = properties.and_then(|properties| val(properties, &["pStyle"]));
        let from_style = self.chain(style).find_map(|style| style.list.clone());
        let (list, level) = match properties.and_then(list_of) {
            Some((Some(list), level)) => (list, level),
            Some((None, level)) => (from_style?.0, level),
            None => from_style?,
        };
        if list == "0" {
            return None;
        }
        let of = self.lists.get(&list).cloned().unwrap_or_default();
        let shape = self.levels.get(&(of, level)).copied().unwrap_or(Level { numbered: false, start: 1 });
        if !shape.numbered {
            return Some((level, "- ".to_owned()));
        }
        self.counters.retain(|(of, deeper), _| *of != list || *deeper <= level);
        let count = self
            .counters
            .entry((list, level))
            .and_modify(|count| *count = count.saturating_add(1))
            .or_insert(shape.start);
        Some((level, format!("{}. ", (*count).min(999_999))))
    }
}
