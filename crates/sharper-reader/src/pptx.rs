//! PPTX: slides in their order, with tables, diagrams and the speaker's notes.

use std::collections::HashMap;

use sharper_domain::{AnchorKind, Document, FileFault, FileKind};

use crate::Limits;
use crate::archive::{self, Archive};
use crate::docx;
use crate::math;
use crate::paper::{Paper, emphasise, escape, picture};
use crate::tree::{self, Node};

const MAIN: &str = "ppt/presentation.xml";

/// A presentation.
pub(crate) fn read(mut archive: Archive<'_>, limits: &Limits) -> Result<Document, FileFault> {
    let presentation = tree::xml(&archive.need(MAIN)?)?;
    let targets = relations(&mut archive, MAIN)?;
    let mut ids = Vec::new();
    presentation.all("sldId", &mut ids);
    let pages = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    if pages > limits.pages {
        return Err(FileFault::TooManyPages { pages, most: limits.pages });
    }
    let title = docx::core_title(&mut archive)?;
    let mut paper = Paper::new(limits);
    for (index, id) in ids.iter().enumerate() {
        // `r:id` stands beside `id`: the relation's begins with letters.
        let Some((_, target)) = id.attrs("id").find_map(|id| targets.get(id)) else { continue };
        paper.anchor(AnchorKind::Slide, (index + 1).to_string());
        let part = archive::resolve(MAIN, target);
        match archive.part(&part)? {
            Some(bytes) => slide(&mut archive, &part, &tree::xml(&bytes)?, &mut paper)?,
            None => paper.warn("A slide is missing from the file."),
        }
    }
    paper.finish(FileKind::Pptx, title.filter(|title| title != "PowerPoint Presentation"))
}

/// Kind and target of the relations of a part, by id.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<HashMap<String, (String, String)>, FileFault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let Some(bytes) = archive.part(&format!("{folder}/_rels/{name}.rels"))? else {
        return Ok(HashMap::new());
    };
    let tree = tree::xml(&bytes)?;
    let mut found = Vec::new();
    tree.all("Relationship", &mut found);
    let text = |node: &Node, name: &str| node.attr(name).unwrap_or_default().to_owned();
    Ok(found.iter().map(|node| (text(node, "Id"), (text(node, "Type"), text(node, "Target")))).collect())
}

fn slide(archive: &mut Archive<'_>, part: &str, tree: &Node, paper: &mut Paper) -> Result<(), FileFault> {
    let targets = relations(archive, part)?;
    let Some(shapes) = tree.find("spTree") else { return Ok(()) };
    let mut all = Vec::new();
    flatten(shapes, &mut all);
    // The title is said first, wherever it lies.
    all.sort_by_key(|shape| !is_title(shape));
    for shape in all {
        match &*shape.name {
            "sp" => text_shape(shape, paper),
            "pic" => {
                let said = shape.find("cNvPr").and_then(|node| node.attr("descr")).unwrap_or_default();
                paper.block(&picture(said));
            }
            _ => frame(archive, part, &targets, shape, paper)?,
        }
    }
    let notes = targets.values().find(|(kind, _)| kind.ends_with("/notesSlide"));
    if let Some((_, target)) = notes
        && let Some(bytes) = archive.part(&archive::resolve(part, target))?
    {
        speaker_notes(&tree::xml(&bytes)?, paper);
    }
    Ok(())
}

/// The shapes of a slide, those in groups among them.
fn flatten<'a>(node: &'a Node, out: &mut Vec<&'a Node>) {
    for node in node.nodes() {
        match &*node.name {
            "sp" | "pic" | "graphicFrame" => out.push(node),
            "grpSp" => flatten(node, out),
            "AlternateContent" => {
                if let Some(choice) =
                    node.nodes().find(|choice| choice.find("t").is_some()).or_else(|| node.nodes().next())
                {
                    flatten(choice, out);
                }
            }
            _ => {}
        }
    }
}

fn placeholder(shape: &Node) -> Option<&str> {
    shape.nodes().find_map(|node| node.at(&["nvPr", "ph"])).map(|node| node.attr("type").unwrap_or("body"))
}

fn is_title(shape: &Node) -> bool {
    matches!(placeholder(shape), Some("title" | "ctrTitle"))
}

fn text_shape(shape: &Node, paper: &mut Paper) {
    let kind = placeholder(shape);
    let Some(body) = shape.child("txBody") else { return };
    match kind {
        Some("sldNum" | "dt" | "ftr" | "hdr") => {}
        Some("title" | "ctrTitle") => {
            let words: Vec<String> =
                body.nodes().filter(|node| &*node.name == "p").map(|node| words(node, false)).collect();
            paper.heading(2, &words.join(" "));
        }
        kind => paragraphs(body, matches!(kind, Some("body" | "obj")), paper),
    }
}

/// The paragraphs of a shape; those of a body are items of a list unless they say otherwise.
fn paragraphs(body: &Node, listed: bool, paper: &mut Paper) {
    let all: Vec<&Node> = body.nodes().filter(|node| &*node.name == "p").collect();
    let several = all.iter().filter(|node| !words(node, true).trim().is_empty()).count() > 1;
    let mut numbers: Vec<u32> = Vec::new();
    for node in all {
        let words = words(node, true);
        let words = words.trim();
        if words.is_empty() {
            continue;
        }
        let properties = node.child("pPr");
        let has = |name: &str| properties.is_some_and(|properties| properties.child(name).is_some());
        let depth = properties
            .and_then(|node| node.attr("lvl"))
            .and_then(|level| level.parse().ok())
            .unwrap_or(0_usize)
            .min(8);
        numbers.resize(depth + 1, 0);
        if has("buAutoNum") {
            numbers[depth] += 1;
            paper.item(depth, &format!("{}. ", numbers[depth]), words);
        } else if has("buChar") || has("buBlip") || (!has("buNone") && listed && (several || depth > 0)) {
            paper.item(depth, "- ", words);
        } else {
            paper.block(words);
        }
    }
}

/// The words of a paragraph of DrawingML.
fn words(node: &Node, looks: bool) -> String {
    let mut out: Vec<(bool, String)> = Vec::new();
    gather(node, looks, &mut out);
    out.iter().map(|(bold, words)| if *bold { emphasise(words, "**") } else { words.clone() }).collect()
}

fn gather(node: &Node, looks: bool, out: &mut Vec<(bool, String)>) {
    for node in node.nodes() {
        match &*node.name {
            "r" | "fld" => {
                let bold = looks
                    && node
                        .child("rPr")
                        .and_then(|node| node.attr("b"))
                        .is_some_and(|bold| bold == "1" || bold == "true");
                let words = escape(&node.child("t").map(Node::text).unwrap_or_default());
                let words = raise(node.child("rPr").and_then(|node| node.attr("baseline")), words);
                match out.last_mut() {
                    Some((last, before)) if *last == bold => before.push_str(&words),
                    _ => out.push((bold, words)),
                }
            }
            "br" => out.push((false, "\n".to_owned())),
            "oMath" => out.push((false, math::dollars(&math::omml(node), false))),
            "oMathPara" => out.push((false, math::dollars(&math::omml(node), true))),
            "pPr" | "endParaRPr" => {}
            "AlternateContent" => {
                if let Some(choice) = node.nodes().next() {
                    gather(choice, looks, out);
                }
            }
            _ => gather(node, looks, out),
        }
    }
}

/// Words above or below the line keep the mark of it; an ordinal (1st) does not.
fn raise(baseline: Option<&str>, words: String) -> String {
    let mark = match baseline.and_then(|height| height.trim_end_matches('%').parse::<i64>().ok()) {
        Some(1..) if !words.chars().all(char::is_alphabetic) || words.chars().count() == 1 => '^',
        Some(..=-1) => '_',
        _ => return words,
    };
    match words.trim().chars().count() {
        0 => words,
        1 => format!("{mark}{}", words.trim()),
        _ => format!("{mark}({})", words.trim()),
    }
}

/// A table, a diagram or a chart.
fn frame(
    archive: &mut Archive<'_>,
    part: &str,
    targets: &HashMap<String, (String, String)>,
    shape: &Node,
    paper: &mut Paper,
) -> Result<(), FileFault> {
    if let Some(table) = shape.find("tbl") {
        let mut rows = Vec::new();
        table.all("tr", &mut rows);
        let cell = |node: &Node| -> String {
            let mut lines = Vec::new();
            node.all("p", &mut lines);
            lines.iter().map(|line| words(line, true)).collect::<Vec<_>>().join(" ")
        };
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|row| row.nodes().filter(|node| &*node.name == "tc").map(cell).collect())
            .collect();
        paper.table(&rows);
        return Ok(());
    }
    let named = |node: &str, attribute: &str| {
        shape.find(node).and_then(|node| node.attr(attribute)).and_then(|id| targets.get(id))
    };
    if let Some((_, target)) = named("relIds", "dm")
        && let Some(bytes) = archive.part(&archive::resolve(part, target))?
    {
        let tree = tree::xml(&bytes)?;
        let mut points = Vec::new();
        tree.all("pt", &mut points);
        for point in points {
            let mut lines = Vec::new();
            point.all("p", &mut lines);
            for line in lines {
                paper.item(0, "- ", &words(line, true));
            }
        }
        paper.end_list();
    } else if let Some((_, target)) = named("chart", "id")
        && let Some(bytes) = archive.part(&archive::resolve(part, target))?
    {
        chart(&tree::xml(&bytes)?, paper);
    }
    Ok(())
}

/// A chart as the table that it was drawn from.
fn chart(tree: &Node, paper: &mut Paper) {
    if let Some(title) = tree.find("chart").and_then(|node| node.child("title")) {
        paper.block(&words(title, false));
    }
    let mut series = Vec::new();
    tree.all("ser", &mut series);
    let values = |node: Option<&Node>| -> Vec<String> {
        let mut found = Vec::new();
        if let Some(node) = node {
            node.all("v", &mut found);
        }
        found.iter().map(|node| escape(&node.text())).collect()
    };
    let labels = values(series.first().and_then(|node| node.child("cat").or_else(|| node.child("xVal"))));
    let mut rows: Vec<Vec<String>> =
        std::iter::once(String::new()).chain(labels).map(|label| vec![label]).collect();
    for node in series.iter().take(16) {
        let column = values(node.child("val").or_else(|| node.child("yVal")));
        let name = values(node.child("tx")).join(" ");
        for (row, value) in rows.iter_mut().zip(std::iter::once(name).chain(column)) {
            row.push(value);
        }
    }
    paper.table(&rows);
}

fn speaker_notes(tree: &Node, paper: &mut Paper) {
    let Some(shapes) = tree.find("spTree") else { return };
    let mut all = Vec::new();
    flatten(shapes, &mut all);
    let bodies = all
        .into_iter()
        .filter(|shape| placeholder(shape) == Some("body"))
        .filter_map(|shape| shape.child("txBody"));
    let lines: Vec<String> = bodies
        .flat_map(Node::nodes)
        .filter(|node| &*node.name == "p")
        .map(|node| words(node, true))
        .filter(|words| !words.trim().is_empty())
        .collect();
    if let Some((first, rest)) = lines.split_first() {
        paper.block(&format!("Notes: {}", first.trim()));
        for line in rest {
            paper.block(line.trim());
        }
    }
}
