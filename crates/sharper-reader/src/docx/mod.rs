//! DOCX: the text of a word-processing document, with its headings, lists, tables, notes and formulas.

mod leaves;
mod styles;

use sharper_domain::{Document, FileFault, FileKind};

use self::leaves::{alternative, is_contents, node_lines, row_cells, symbol, table_rows};
use self::styles::{Role, Styles};
use crate::Limits;
use crate::archive::{self, Archive};
use crate::math;
use crate::paper::{Paper, emphasise, escape, picture};
use crate::tree::{self, Node};

/// A word-processing document.
pub(crate) fn read(mut archive: Archive<'_>, limits: &Limits) -> Result<Document, FileFault> {
    let main = main_part(&mut archive)?;
    let document = tree::xml(&archive.need(&main)?)?;
    let part = |archive: &mut Archive<'_>, name: &str| match archive.part(&archive::resolve(&main, name))? {
        Some(bytes) => tree::xml(&bytes).map(Some),
        None => Ok(None),
    };
    let styles = part(&mut archive, "styles.xml")?;
    let numbering = part(&mut archive, "numbering.xml")?;
    let notes = [
        ("footnote", part(&mut archive, "footnotes.xml")?),
        ("endnote", part(&mut archive, "endnotes.xml")?),
    ];
    let title = core_title(&mut archive)?;
    let body = document.find("body").ok_or(FileFault::Damaged)?;

    let mut paper = Paper::new(limits);
    let mut writer = Writer {
        paper: &mut paper,
        styles: Styles::new(styles.as_ref(), numbering.as_ref()),
        code: String::new(),
        boxes: Vec::new(),
        notes: Vec::new(),
    };
    writer.blocks(body);
    writer.flush_code();
    writer.footnotes(&notes);
    if document.find("drawing").is_some() || document.find("pict").is_some() {
        paper.warn("Pictures were left out; only what is written about them was read.");
    }
    paper.finish(FileKind::Docx, title)
}

/// The part that holds the document; programs may call it as they like.
fn main_part(archive: &mut Archive<'_>) -> Result<String, FileFault> {
    if let Some(relations) = archive.part("_rels/.rels")? {
        let relations = tree::xml(&relations)?;
        let mut found = Vec::new();
        relations.all("Relationship", &mut found);
        let main = found
            .iter()
            .find(|relation| relation.attr("Type").is_some_and(|kind| kind.ends_with("/officeDocument")));
        if let Some(target) = main.and_then(|relation| relation.attr("Target")) {
            return Ok(archive::resolve("", target));
        }
    }
    Ok("word/document.xml".to_owned())
}

/// The title that an Office file says it has.
pub(crate) fn core_title(archive: &mut Archive<'_>) -> Result<Option<String>, FileFault> {
    let Some(core) = archive.part("docProps/core.xml")? else { return Ok(None) };
    // The properties are no part of the text: broken ones are no properties.
    Ok(tree::xml(&core).ok().and_then(|core| core.find("title").map(Node::text)))
}

struct Writer<'a> {
    paper: &'a mut Paper,
    styles: Styles,
    /// Lines of code that wait for more.
    code: String,
    /// Boxes that hang on the paragraph that is being read.
    boxes: Vec<&'a Node>,
    /// The notes that were referred to, in order: their kind and id.
    notes: Vec<(&'static str, String)>,
}

impl<'a> Writer<'a> {
    fn blocks(&mut self, node: &'a Node) {
        for node in node.nodes() {
            match &*node.name {
                "p" => self.paragraph(node),
                "tbl" => {
                    self.flush_code();
                    self.table(node);
                }
                // Changes that were tracked: what was taken out is not in the document.
                "del" | "moveFrom" | "sectPr" => {}
                "sdt" if is_contents(node) => {}
                "AlternateContent" => self.blocks(alternative(node)),
                "oMathPara" => {
                    let formula = math::dollars(&math::omml(node), true);
                    self.paper.block(&formula);
                }
                _ => self.blocks(node),
            }
        }
    }

    fn flush_code(&mut self) {
        let code = std::mem::take(&mut self.code);
        self.paper.code("", &code);
    }

    fn paragraph(&mut self, node: &'a Node) {
        let properties = node.child("pPr");
        let role = self.styles.role(properties);
        if role == Role::Code {
            self.code.push_str(&node_lines(node));
            self.code.push('\n');
            return;
        }
        self.flush_code();
        let words = self.words(node);
        let words = words.trim();
        match role {
            Role::Contents => {}
            Role::Heading(level) => self.paper.heading(level, words),
            Role::Quote => {
                self.paper.enter("> ");
                self.paper.block(words);
                self.paper.leave();
            }
            Role::Plain | Role::Code => {
                match if words.is_empty() { None } else { self.styles.item(properties) } {
                    Some((depth, mark)) => self.paper.item(depth, &mark, words),
                    None => self.paper.block(words),
                }
            }
        }
        for node in std::mem::take(&mut self.boxes) {
            self.blocks(node);
        }
    }

    /// The words of a paragraph. Runs of one look are set apart together.
    fn words(&mut self, node: &'a Node) -> String {
        let mut runs: Vec<(&'static str, String)> = Vec::new();
        self.runs(node, &mut runs);
        let mut joined: Vec<(&'static str, String)> = Vec::new();
        for (look, words) in runs {
            match joined.last_mut() {
                Some((last, before))
                    if *last == look || (words.trim().is_empty() && !words.contains('\n')) =>
                {
                    before.push_str(&words)
                }
                _ => joined.push((look, words)),
            }
        }
        joined
            .iter()
            .map(|(look, words)| if look.is_empty() { words.clone() } else { emphasise(words, look) })
            .collect()
    }

    fn runs(&mut self, node: &'a Node, out: &mut Vec<(&'static str, String)>) {
        for node in node.nodes() {
            match &*node.name {
                "r" => self.run(node, out),
                "del" | "moveFrom" | "pPr" | "instrText" => {}
                "oMathPara" => out.push(("", math::dollars(&math::omml(node), true))),
                "oMath" => out.push(("", math::dollars(&math::omml(node), false))),
                "AlternateContent" => self.runs(alternative(node), out),
                "p" | "tbl" => {
                    self.runs(node, out);
                    out.push(("", " ".to_owned()));
                }
                _ => self.runs(node, out),
            }
        }
    }

    fn run(&mut self, node: &'a Node, out: &mut Vec<(&'static str, String)>) {
        let on = |name: &str| {
            node.at(&["rPr", name])
                .is_some_and(|node| !matches!(node.attr("val"), Some("0" | "false" | "none" | "off")))
        };
        if on("vanish") || on("webHidden") {
            return;
        }
        let look = if on("b") {
            "**"
        } else if on("i") {
            "*"
        } else {
            ""
        };
        let height = node.at(&["rPr", "vertAlign"]).and_then(|node| node.attr("val")).unwrap_or_default();
        let mut words = String::new();
        self.pieces(node, &mut words);
        let raised = match height {
            "superscript" => "^",
            "subscript" => "_",
            _ => "",
        };
        let plain = words.trim();
        if raised.is_empty()
            || plain.is_empty()
            || plain.starts_with("[^")
            || (raised == "^" && plain.chars().count() > 1 && plain.chars().all(char::is_alphabetic))
        {
            out.push((look, words));
        } else if plain.chars().count() == 1 {
            out.push((look, format!("{raised}{plain}")));
        } else {
            out.push((look, format!("{raised}({plain})")));
        }
    }

    fn pieces(&mut self, node: &'a Node, words: &mut String) {
        for node in node.nodes() {
            match &*node.name {
                "t" => words.push_str(&escape(&node.text())),
                "tab" | "ptab" => words.push(' '),
                "br" | "cr" => words.push(if node.attr("type") == Some("page") { ' ' } else { '\n' }),
                "noBreakHyphen" => words.push('-'),
                "sym" => words.push_str(symbol(node)),
                "footnoteReference" => self.note("footnote", node, words),
                "endnoteReference" => self.note("endnote", node, words),
                "ruby" => {
                    let part = |name: &str| node.child(name).map(node_lines).unwrap_or_default();
                    words.push_str(&format!("{} ({})", part("rubyBase"), part("rt")));
                }
                "AlternateContent" => self.pieces(alternative(node), words),
                "drawing" | "pict" | "object" => self.drawing(node, words),
                _ => {}
            }
        }
    }

    fn note(&mut self, kind: &'static str, node: &Node, words: &mut String) {
        let id = node.attr("id").unwrap_or_default().to_owned();
        self.notes.push((kind, id));
        words.push_str(&format!("[^{}]", self.notes.len()));
    }

    /// A drawing: the words about it, and the boxes of text in it.
    fn drawing(&mut self, node: &'a Node, words: &mut String) {
        let mut found = Vec::new();
        node.all("txbxContent", &mut found);
        let mut properties = Vec::new();
        node.all("docPr", &mut properties);
        if found.is_empty() {
            let said = properties
                .iter()
                .find_map(|node| node.attr("descr"))
                .or_else(|| node.find("shape").and_then(|node| node.attr("alt")));
            words.push_str(&picture(said.unwrap_or_default()));
        }
        self.boxes.extend(found);
    }

    fn table(&mut self, node: &'a Node) {
        let mut rows = Vec::new();
        table_rows(node, &mut rows);
        let cells = |row: &'a Node| {
            let mut cells = Vec::new();
            row_cells(row, &mut cells);
            cells
        };
        // A table of one column is a frame around text.
        if rows.iter().all(|row| cells(row).len() <= 1) {
            for row in rows {
                self.blocks(row);
            }
            self.flush_code();
            return;
        }
        let mut table = Vec::new();
        for row in rows {
            let mut line = Vec::new();
            for cell in cells(row) {
                let continued =
                    cell.at(&["tcPr", "vMerge"]).is_some_and(|node| node.attr("val") != Some("restart"));
                line.push(if continued { String::new() } else { self.cell(cell) });
                let span = cell
                    .at(&["tcPr", "gridSpan"])
                    .and_then(|node| node.attr("val"))
                    .and_then(|span| span.parse().ok());
                line.resize(line.len() + span.unwrap_or(1_usize).clamp(1, 64) - 1, String::new());
            }
            table.push(line);
        }
        self.paper.table(&table);
        for node in std::mem::take(&mut self.boxes) {
            self.blocks(node);
        }
    }

    /// A cell in one line; a table in it as its rows.
    fn cell(&mut self, node: &'a Node) -> String {
        let mut parts: Vec<String> = Vec::new();
        for node in node.nodes() {
            match &*node.name {
                "p" => parts.push(self.words(node)),
                "tbl" => {
                    let mut rows = Vec::new();
                    table_rows(node, &mut rows);
                    for row in rows {
                        let mut cells = Vec::new();
                        row_cells(row, &mut cells);
                        let cells: Vec<String> = cells.into_iter().map(|cell| self.cell(cell)).collect();
                        parts.push(format!("{};", cells.join(", ")));
                    }
                }
                "tcPr" | "del" => {}
                _ => parts.push(self.cell(node)),
            }
        }
        parts.retain(|part| !part.trim().is_empty());
        parts.join(" ").trim_end_matches(';').to_owned()
    }

    /// The notes, after everything else, in the order in which they were referred to.
    fn footnotes(&mut self, parts: &'a [(&'static str, Option<Node>)]) {
        let mut next = 0;
        // A note may refer to notes.
        while let Some((kind, id)) = self.notes.get(next).cloned() {
            next += 1;
            let part = parts.iter().find(|(name, _)| *name == kind).and_then(|(_, part)| part.as_ref());
            let mut found = Vec::new();
            if let Some(part) = part {
                part.all(kind, &mut found);
            }
            if let Some(note) = found.into_iter().find(|note| note.attr("id") == Some(&id)) {
                let words = self.words(note);
                self.paper
                    .block(&format!("[^{next}]: {}", words.split_whitespace().collect::<Vec<_>>().join(" ")));
            }
            if next > 10_000 {
                break;
            }
        }
    }
}
