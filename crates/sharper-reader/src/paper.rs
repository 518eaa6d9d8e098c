//! Writing the Markdown of a document: blocks, lists, tables, code and anchors, as a student would write them.

use sharper_domain::{Anchor, AnchorKind, Document, FileFault, FileKind};

use crate::Limits;

/// The text of a document while it is written.
pub(crate) struct Paper {
    text: String,
    anchors: Vec<Anchor>,
    /// What the reader of the note should know.
    pub(crate) warnings: Vec<String>,
    /// An anchor that waits for the next block.
    pending: Option<(AnchorKind, String)>,
    /// What stands before each line, from outside in: `> ` or the width of a list's mark.
    indents: Vec<String>,
    /// The open levels of a flat list: how deep each is said to be, and the width of its mark.
    marks: Vec<(usize, usize)>,
    /// The mark of a list item that waits for its first block.
    mark: Option<String>,
    /// Whether the last block was an item of a list.
    after_item: bool,
    /// What stood before the last block, where that was a quotation.
    quoted: Option<String>,
    most: usize,
}

impl Paper {
    /// An empty sheet.
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            text: String::new(),
            anchors: Vec::new(),
            warnings: Vec::new(),
            pending: None,
            indents: Vec::new(),
            marks: Vec::new(),
            mark: None,
            after_item: false,
            quoted: None,
            most: limits.text,
        }
    }

    /// The next block begins a page, a slide, a chapter.
    pub(crate) fn anchor(&mut self, kind: AnchorKind, label: impl Into<String>) {
        self.pending = Some((kind, label.into()));
        self.marks.clear();
    }

    /// Says something that the reader should know, once.
    pub(crate) fn warn(&mut self, warning: &str) {
        if !self.warnings.iter().any(|known| known == warning) {
            self.warnings.push(warning.to_owned());
        }
    }

    /// A paragraph, or anything that stands by itself.
    pub(crate) fn block(&mut self, block: &str) {
        if self.indents.is_empty() {
            self.marks.clear();
        }
        self.put(block);
    }

    fn put(&mut self, block: &str) {
        let block = block.trim_matches('\n');
        if block.trim().is_empty() || self.text.len() > self.most {
            return;
        }
        let tight = self.mark.is_some() && self.after_item;
        let quoted = self
            .indents
            .iter()
            .any(|indent| indent == "> ")
            .then(|| self.indents.concat().trim_end().to_owned());
        if !self.text.is_empty() {
            self.text.push('\n');
            // A quotation goes on over the empty line.
            if let (Some(now), true) = (&quoted, quoted == self.quoted && !tight) {
                self.text.push_str(now);
            }
            self.text.push_str(if tight { "" } else { "\n" });
        }
        self.quoted = quoted;
        let mark = self.mark.take();
        self.after_item = mark.is_some();
        let indent = self.indents.concat();
        for (index, line) in block.lines().enumerate() {
            if index > 0 {
                self.text.push('\n');
            }
            match &mark {
                Some(mark) if index == 0 => {
                    let outer = indent.len().saturating_sub(mark.len());
                    self.text.push_str(&indent[..outer]);
                    self.text.push_str(mark);
                }
                _ if line.trim().is_empty() => self.text.push_str(indent.trim_end()),
                _ => self.text.push_str(&indent),
            }
            if index == 0 {
                self.place_anchor();
            }
            self.text.push_str(line.trim_end_matches([' ', '\r', '\t']));
        }
    }

    fn place_anchor(&mut self) {
        if let Some((kind, label)) = self.pending.take() {
            let line = self.text.rfind('\n').map_or(0, |newline| newline + 1);
            self.anchors.push(Anchor { at: line, kind, label });
        }
    }

    /// A heading of level 1 to 6.
    pub(crate) fn heading(&mut self, level: usize, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        // Bold within a heading says nothing that the heading does not.
        let words = words.strip_prefix("**").and_then(|words| words.strip_suffix("**")).unwrap_or(&words);
        if !words.is_empty() {
            self.block(&format!("{} {words}", "#".repeat(level.clamp(1, 6))));
        }
    }

    /// An item of a list, `depth` levels in; `mark` is `- ` or `3. `.
    pub(crate) fn item(&mut self, depth: usize, mark: &str, words: &str) {
        if words.trim().is_empty() {
            return;
        }
        // A level that was left out adds no indent: with it the item would be a block of code.
        while self.marks.last().is_some_and(|(open, _)| *open >= depth) {
            self.marks.pop();
        }
        self.marks.push((depth, mark.len()));
        let widths: Vec<String> = self.marks.iter().map(|(_, width)| " ".repeat(*width)).collect();
        let count = widths.len();
        self.indents.extend(widths);
        self.mark = Some(mark.to_owned());
        self.put(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        self.mark = None;
        self.indents.truncate(self.indents.len() - count);
    }

    /// What is written until `leave` stands in an item of a list or, with the mark `> `, in a quotation.
    pub(crate) fn enter(&mut self, mark: &str) {
        if mark == "> " {
            self.indents.push(mark.to_owned());
        } else {
            self.indents.push(" ".repeat(mark.len()));
            self.mark = Some(mark.to_owned());
        }
    }

    /// What was entered has no mark: it goes on where the item before it ended.
    pub(crate) fn unmark(&mut self) {
        self.mark = None;
    }

    /// Ends what `enter` began.
    pub(crate) fn leave(&mut self) {
        self.indents.pop();
        self.mark = None;
    }

    /// A list is over: what comes next is not its item.
    pub(crate) fn end_list(&mut self) {
        if self.indents.is_empty() {
            self.after_item = false;
        }
    }

    /// Code, fenced.
    pub(crate) fn code(&mut self, language: &str, code: &str) {
        let code = code.trim_end().trim_start_matches('\n');
        if code.trim().is_empty() {
            return;
        }
        let mut fence = "```".to_owned();
        while code.contains(&fence) {
            fence.push('`');
        }
        self.block(&format!("{fence}{language}\n{code}\n{fence}"));
    }

    /// A table; its first row is its head. Cells hold Markdown of one line.
    pub(crate) fn table(&mut self, rows: &[Vec<String>]) {
        let mut rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
        rows.retain(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()));
        let used =
            |row: &Vec<String>| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        let width = rows.iter().map(used).max().unwrap_or(0);
        if width == 0 {
            return;
        }
        if width == 1 {
            let cells: Vec<String> = rows.into_iter().filter_map(|row| row.into_iter().next()).collect();
            for cell in cells {
                self.block(&cell.replace("\\|", "|"));
            }
            return;
        }
        let mut out = String::new();
        for (index, row) in rows.iter_mut().enumerate() {
            row.resize(width, String::new());
            row.truncate(width);
            out.push_str(&format!("| {} |\n", row.join(" | ")));
            if index == 0 {
                out.push_str(&format!("|{}\n", " --- |".repeat(width)));
            }
        }
        self.block(&out);
    }

    /// The document.
    ///
    /// # Errors
    /// `TooMuch` where there is more text than is allowed, `NoText` where there is none.
    pub(crate) fn finish(mut self, kind: FileKind, title: Option<String>) -> Result<Document, FileFault> {
        if self.text.len() >= self.most {
            return Err(FileFault::TooMuch);
        }
        if !self.text.chars().any(char::is_alphanumeric) {
            return Err(FileFault::NoText);
        }
        self.text.push('\n');
        let title = title.map(|title| one_line(&title)).filter(|title| !title.is_empty());
        Ok(Document { kind, title, text: self.text, anchors: self.anchors, warnings: self.warnings })
    }
}

/// Markdown as a cell of a table holds it: in one line, with its bars escaped.
fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ").replace("\\|", "|").replace('|', "\\|")
}

/// Plain characters as Markdown: what would act as markup is escaped, and nothing else.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        let acts = match character {
            '`' => true,
            '*' => !(before.is_whitespace() && after.is_whitespace()),
            '_' => {
                let inside = before.is_alphanumeric() && after.is_alphanumeric();
                let alone = before.is_whitespace() && after.is_whitespace();
                !inside && !alone && before != '_' && after != '_'
            }
            '<' => after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'),
            '\\' => after.is_ascii_punctuation(),
            _ => false,
        };
        match character {
            '\u{a0}' | '\u{2007}' | '\u{202f}' | '\t' => out.push(' '),
            // A soft hyphen is no character of the word.
            '\u{ad}' | '\u{feff}' | '\u{200b}' => {}
            character if character.is_control() && character != '\n' => {}
            character => {
                if acts {
                    out.push('\\');
                }
                out.push(character);
            }
        }
        before = character;
    }
    out
}

/// Words set apart by `mark` (`**` or `*`): the mark stands at the words, not at the spaces around them.
pub(crate) fn emphasise(words: &str, mark: &str) -> String {
    let inner = words.trim();
    if inner.is_empty() || inner.contains('\n') || !inner.chars().any(char::is_alphanumeric) {
        return words.to_owned();
    }
    let start = words.len() - words.trim_start().len();
    format!("{}{mark}{inner}{mark}{}", &words[..start], &words[start + inner.len()..])
}

/// A picture, by what is said of it; nothing where nothing is.
pub(crate) fn picture(description: &str) -> String {
    let words = description.split_whitespace().collect::<Vec<_>>().join(" ");
    // What programs write by themselves is no description, and neither is the name of a file.
    let automatic = words.is_empty()
        || words.to_lowercase().ends_with(".png")
        || words.to_lowercase().ends_with(".jpg")
        || words.to_lowercase().ends_with(".jpeg")
        || words.to_lowercase().ends_with(".gif")
        || words.to_lowercase().ends_with(".svg");
    if automatic { String::new() } else { format!("*[picture: {}]*", escape(&words)) }
}
