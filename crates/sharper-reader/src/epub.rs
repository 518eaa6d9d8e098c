//! EPUB: the chapters of a book in reading order.

use std::collections::HashMap;

use sharper_domain::{AnchorKind, Document, FileFault, FileKind};

use crate::Limits;
use crate::archive::{self, Archive};
use crate::encoding;
use crate::html;
use crate::paper::Paper;
use crate::tree::{self, Node};

/// One entry of a package's manifest.
struct Item {
    path: String,
    media: String,
    properties: String,
}

/// A book.
pub(crate) fn read(mut archive: Archive<'_>, limits: &Limits) -> Result<Document, FileFault> {
    let container = tree::xml(&archive.need("META-INF/container.xml")?)?;
    let package_path = container
        .find("rootfile")
        .and_then(|node| node.attr("full-path"))
        .ok_or(FileFault::Damaged)?
        .to_owned();
    let package = tree::xml(&archive.need(&package_path)?)?;
    let items = manifest(&package, &package_path);
    let mut spine = Vec::new();
    package.all("itemref", &mut spine);
    let chapters: Vec<&Item> =
        spine.iter().filter_map(|node| items.get(node.attr("idref")?)).filter(|item| is_text(item)).collect();
    refuse_locked(&mut archive, &chapters)?;
    let pages = u32::try_from(chapters.len()).unwrap_or(u32::MAX);
    if pages > limits.pages {
        return Err(FileFault::TooManyPages { pages, most: limits.pages });
    }
    let titles = contents(&mut archive, &items)?;
    let title = package.find("metadata").and_then(|node| node.find("title")).map(Node::text);
    let mut paper = Paper::new(limits);
    for item in chapters.iter().filter(|item| !item.properties.split_whitespace().any(|word| word == "nav")) {
        let Some(bytes) = archive.part(&item.path)? else {
            paper.warn("A chapter is missing from the file.");
            continue;
        };
        let tree = page(&bytes)?;
        let empty = HashMap::new();
        let places = titles.get(&item.path).unwrap_or(&empty);
        if let Some(title) = places.get("").cloned().or_else(|| first_heading(&tree)) {
            paper.anchor(AnchorKind::Chapter, title);
        }
        html::write(&tree, &mut paper, places);
    }
    paper.finish(FileKind::Epub, title)
}

fn is_text(item: &Item) -> bool {
    item.media.contains("html") || item.path.ends_with("html") || item.path.ends_with(".htm")
}

fn manifest(package: &Node, base: &str) -> HashMap<String, Item> {
    let Some(manifest) = package.find("manifest") else { return HashMap::new() };
    let text = |node: &Node, name: &str| node.attr(name).unwrap_or_default().to_owned();
    let entry = |node: &Node| {
        let path = archive::resolve(base, &unescape(node.attr("href").unwrap_or_default()));
        (
            text(node, "id"),
            Item { path, media: text(node, "media-type"), properties: text(node, "properties") },
        )
    };
    manifest.nodes().filter(|node| &*node.name == "item").map(entry).collect()
}

/// A book whose chapters are locked. Fonts that are merely garbled lock nothing.
fn refuse_locked(archive: &mut Archive<'_>, chapters: &[&Item]) -> Result<(), FileFault> {
    let Some(bytes) = archive.part("META-INF/encryption.xml")? else { return Ok(()) };
    let tree = tree::xml(&bytes)?;
    let mut locked = Vec::new();
    tree.all("CipherReference", &mut locked);
    let is_chapter = |node: &&Node| {
        let path = unescape(node.attr("URI").unwrap_or_default());
        chapters.iter().any(|item| item.path == path)
    };
    if locked.iter().any(is_chapter) { Err(FileFault::Encrypted) } else { Ok(()) }
}

/// A chapter, read as the XHTML that it should be, else as browsers would.
fn page(bytes: &[u8]) -> Result<Node, FileFault> {
    match tree::xml(bytes) {
        Err(FileFault::Damaged) => {
            let (text, _) = encoding::decode(bytes, None).ok_or(FileFault::Damaged)?;
            tree::html(&text)
        }
        other => other,
    }
}

fn first_heading(tree: &Node) -> Option<String> {
    let body = tree.find("body")?;
    let heading = ["h1", "h2", "h3"].iter().find_map(|name| body.find(name)).map(Node::text);
    let words = heading.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    words.filter(|words| !words.is_empty())
}

/// The titles of the table of contents: by file, then by the id within it (none for its beginning).
fn contents(
    archive: &mut Archive<'_>,
    items: &HashMap<String, Item>,
) -> Result<HashMap<String, HashMap<String, String>>, FileFault> {
    let mut out: HashMap<String, HashMap<String, String>> = HashMap::new();
    let of = |found: fn(&Item) -> bool| items.values().find(|item| found(item));
    let nav = of(|item| item.properties.split_whitespace().any(|word| word == "nav"));
    let ncx = of(|item| item.media == "application/x-dtbncx+xml");
    let Some(item) = nav.or(ncx) else { return Ok(out) };
    let Some(bytes) = archive.part(&item.path)? else { return Ok(out) };
    let Ok(tree) = page(&bytes) else { return Ok(out) };
    let mut found: Vec<(String, String)> = Vec::new();
    let mut navs = Vec::new();
    tree.all("nav", &mut navs);
    for nav in navs.iter().filter(|nav| nav.attr("type").is_none_or(|kind| kind == "toc")) {
        let mut links = Vec::new();
        nav.all("a", &mut links);
        found
            .extend(links.iter().map(|link| (link.attr("href").unwrap_or_default().to_owned(), link.text())));
    }
    points(&tree, &mut found);
    for (target, title) in found {
        let (file, id) = target.split_once('#').unwrap_or((&target, ""));
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() {
            let file = archive::resolve(&item.path, &unescape(file));
            out.entry(file).or_default().entry(id.to_owned()).or_insert(title);
        }
    }
    Ok(out)
}

/// The points of an EPUB 2 table of contents, those within others too.
fn points(node: &Node, out: &mut Vec<(String, String)>) {
    for node in node.nodes() {
        if &*node.name == "navPoint" {
            let title = node.at(&["navLabel", "text"]).map(Node::text).unwrap_or_default();
            let target = node.child("content").and_then(|node| node.attr("src")).unwrap_or_default();
            out.push((target.to_owned(), title));
        }
        points(node, out);
    }
}

/// `Chapter%201.xhtml` as the archive calls it.
fn unescape(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
