//! The rows of a column become blocks: headings, paragraphs, items of lists, tables, listings.

use super::lines::{Piece, Row, rows};

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A heading in type of this size.
    Heading(f64),
    Paragraph,
    /// An item of a list, with the mark that Markdown writes.
    Item(String),
    /// A listing, line by line.
    Code,
    /// A table, a row a line.
    Table,
}

/// A block of a page.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) lines: Vec<String>,
    pub(super) page: usize,
}

/// The blocks of a column, from the top. `body` is the size of the type that most of the document is set in.
pub(super) fn of(column: Vec<Piece>, page: usize, body: f64) -> Vec<Block> {
    let rows = rows(column);
    let measure = Measure::of(&rows, body);
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    let mut above: Option<&Row> = None;
    while let Some(row) = rows.get(at) {
        let table = table_at(&rows[at..]);
        if table > 0 {
            blocks.push(Block { kind: Kind::Table, lines: table_lines(&rows[at..at + table]), page });
            at += table;
            above = None;
            continue;
        }
        let listing = rows[at..].iter().take_while(|row| is_listing(row)).count();
        if listing > 0 && !rows[at..at + listing].iter().all(|row| row.text().split(' ').count() > 12) {
            blocks.push(Block { kind: Kind::Code, lines: listing_lines(&rows[at..at + listing]), page });
            at += listing;
            above = None;
            continue;
        }
        let open = blocks.last_mut().zip(above).filter(|(block, above)| !measure.parted(block, above, row));
        match open {
            Some((block, _)) => block.lines.push(row.text()),
            None => blocks.push(begin(row, page, body)),
        }
        above = Some(row);
        at += 1;
    }
    blocks
}

/// The measures of a column.
struct Measure {
    x0: f64,
    x1: f64,
    /// From base line to base line.
    leading: f64,
    body: f64,
}

impl Measure {
    fn of(rows: &[Row], body: f64) -> Self {
        let mut steps: Vec<f64> = rows.windows(2).map(|pair| pair[1].y - pair[0].y).collect();
        steps.sort_by(f64::total_cmp);
        // Lines of a paragraph stand closer than anything else: the lower part of all steps tells.
        let leading =
            steps.get(steps.len() * 2 / 5).copied().unwrap_or(body * 1.2).clamp(body * 0.9, body * 2.6);
        Self {
            x0: rows.iter().map(|row| row.x0).fold(f64::MAX, f64::min),
            x1: rows.iter().map(|row| row.x1).fold(f64::MIN, f64::max),
            leading,
            body,
        }
    }

    /// Whether `row` begins a new block under `above`, the last row of `block`.
    fn parted(&self, block: &Block, above: &Row, row: &Row) -> bool {
        let step = row.y - above.y;
        if (row.size - above.size).abs() > 0.12 * row.size.max(above.size) {
            // A raised sign may make a row look taller; then the step stays that of a paragraph.
            let both_body = (row.size.min(above.size) - self.body).abs() < 0.05 * self.body;
            if !both_body || step > 1.3 * self.leading || row.size.max(above.size) > 1.25 * self.body {
                return true;
            }
        }
        let usual = self.leading.max(1.05 * row.size) * (row.size / self.body).max(1.0);
        if step > 1.4 * usual || step < 0.0 {
            return true;
        }
        if matches!(block.kind, Kind::Heading(_)) {
            return false;
        }
        let text = row.text();
        let ended = ends_sentence(block.lines.last().map_or("", String::as_str));
        let short = above.x1 < self.x1 - 0.2 * (self.x1 - self.x0);
        if let Some((mark, _)) = item(&text) {
            let bullet = mark == "-";
            return bullet
                || ended
                || short
                || matches!(block.kind, Kind::Item(_)) && row.x0 < above.x0 - 0.3 * row.size;
        }
        if matches!(block.kind, Kind::Item(_)) {
            // Under an item, a row further left than its text belongs to something else.
            return ended && row.x0 < above.x0 - 0.5 * row.size;
        }
        let indented = row.x0 > above.x0 + 0.8 * row.size && row.x0 < above.x0 + 5.0 * row.size;
        (indented && (ended || short)) || (short && ended && starts_afresh(&text))
    }
}

fn starts_afresh(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|letter| letter.is_uppercase() || letter.is_numeric() || !letter.is_alphabetic())
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»'])
        .ends_with(['.', '!', '?', ':', '。', '！', '？', '؟', '…', ';'])
}

/// The first row of a block.
fn begin(row: &Row, page: usize, body: f64) -> Block {
    let text = row.text();
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    if row.size > 1.12 * body && letters >= 2 && text.chars().count() <= 160 {
        return Block { kind: Kind::Heading(row.size), lines: vec![text], page };
    }
    match item(&text) {
        Some((mark, rest)) => Block { kind: Kind::Item(mark), lines: vec![rest.to_owned()], page },
        None => Block { kind: Kind::Paragraph, lines: vec![text], page },
    }
}

/// The mark of an item of a list in Markdown, and its text.
fn item(text: &str) -> Option<(String, &str)> {
    let (first, rest) = text.split_once(' ')?;
    if rest.trim().is_empty() {
        return None;
    }
    if matches!(
        first,
        "•" | "◦"
            | "▪"
            | "‣"
            | "●"
            | "○"
            | "■"
            | "□"
            | "·"
            | "∙"
            | "–"
            | "-"
            | "*"
            | "▸"
            | "►"
            | "➢"
            | "✓"
            | "⁃"
            | "\u{FFFD}"
    ) {
        return Some(("-".to_owned(), rest));
    }
    let number = first.trim_start_matches('(').strip_suffix(['.', ')'])?;
    let digits =
        number.len() <= 3 && !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit());
    if digits {
        return Some((format!("{number}."), rest));
    }
    let letter =
        number.len() == 1 && first.ends_with(')') && number.chars().all(|letter| letter.is_ascii_lowercase());
    letter.then(|| (format!("- {first}"), rest))
}

fn is_listing(row: &Row) -> bool {
    row.pitch().is_some()
        && row.pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>() >= 4
        && {
            let mut letters: Vec<char> = row
                .pieces
                .iter()
                .flat_map(|piece| piece.text.chars())
                .filter(|l| !l.is_ascii_digit())
                .collect();
            letters.sort_unstable();
            letters.dedup();
            letters.len() >= 4
        }
}

/// The lines of a listing, indented as they stand.
fn listing_lines(rows: &[Row]) -> Vec<String> {
    let left = rows.iter().map(|row| row.x0).fold(f64::MAX, f64::min);
    rows.iter()
        .map(|row| {
            let pitch = row.pitch().unwrap_or(6.0);
            let mut line = String::new();
            for piece in &row.pieces {
                let column = (((piece.x0 - left) / pitch).round().max(0.0) as usize).min(200);
                while line.chars().count() < column {
                    line.push(' ');
                }
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
                line.push_str(&piece.text);
            }
            line
        })
        .collect()
}

/// How many of the first rows are a table: at least three with cells apart, whose cells stand under one another.
fn table_at(rows: &[Row]) -> usize {
    let Some(first) = rows.first().filter(|row| row.pieces.len() >= 2 && row.pitch().is_none()) else {
        return 0;
    };
    let mut last = first;
    let mut count = 1;
    for row in &rows[1..] {
        let apart = row.pieces.len() >= 2 && row.y - last.y < 4.0 * row.size.max(last.size);
        let under = row
            .pieces
            .iter()
            .filter(|piece| last.pieces.iter().any(|other| stands_under(piece, other)))
            .count();
        if !apart || under * 3 < row.pieces.len().max(last.pieces.len()) * 2 {
            break;
        }
        last = row;
        count += 1;
    }
    // Justified lines break at wide spaces, at another place each; and their pieces fill the line.
    let cells = rows[..count].iter().map(|row| row.pieces.len()).sum::<usize>();
    let words = rows[..count].iter().flat_map(|row| &row.pieces).map(Piece::words).sum::<usize>();
    if count >= 3 && words <= cells * 9 { count } else { 0 }
}

/// Whether two cells share an edge or their middle.
fn stands_under(piece: &Piece, other: &Piece) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() < 0.6 * piece.size;
    near(piece.x0, other.x0)
        || near(piece.x1, other.x1)
        || near((piece.x0 + piece.x1) / 2.0, (other.x0 + other.x1) / 2.0)
}

/// A table in Markdown; its first row becomes the head.
fn table_lines(rows: &[Row]) -> Vec<String> {
    // The columns: pieces that overlap from row to row.
    let mut spans: Vec<(f64, f64)> =
        rows.iter().flat_map(|row| row.pieces.iter().map(|piece| (piece.x0, piece.x1))).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for (x0, x1) in spans {
        match columns.last_mut() {
            Some(column) if x0 < column.1 => column.1 = column.1.max(x1),
            _ => columns.push((x0, x1)),
        }
    }
    let mut lines = Vec::new();
    for row in rows {
        let mut cells = vec![String::new(); columns.len()];
        for piece in &row.pieces {
            let at = columns.iter().position(|column| piece.x0 < column.1).unwrap_or(columns.len() - 1);
            if !cells[at].is_empty() {
                cells[at].push(' ');
            }
            cells[at].push_str(&piece.text.replace('|', "\\|"));
        }
        lines.push(format!("| {} |", cells.join(" | ")));
        if lines.len() == 1 {
            lines.push(format!("|{}", " --- |".repeat(columns.len())));
        }
    }
    lines
}
