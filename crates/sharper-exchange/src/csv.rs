//! Tables of cards: CSV (RFC 4180) and TSV, as Quizlet and spreadsheets exchange them.
//!
//! A cell that a spreadsheet would run (it begins with `=`, `+`, `-`, `@`, a tab or a line break) gets an apostrophe before
//! it, and so does one that begins with an apostrophe and such a sign; `read` takes it away again.

use sharper_domain::{CardStyle, Deck, DeckCard};

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    /// Commas, with a row of headings, every column.
    Csv,
    /// Tabs, two columns and no headings: what Quizlet takes.
    Tsv,
}

/// The headings of a table that we write.
const HEADINGS: [&str; 7] = ["Front", "Back", "Explanation", "Tags", "Cloze", "Style", "Id"];
/// Most columns that are looked at.
const WIDEST: usize = 64;

/// A deck as a table. Words stay Markdown.
///
/// Reviews, flags and files are not in it; `Tsv` holds only front and back, each on one line.
pub fn write(deck: &Deck, table: Table) -> String {
    let mut writer = ::csv::WriterBuilder::new()
        .delimiter(if table == Table::Tsv { b'\t' } else { b',' })
        .terminator(if table == Table::Tsv { ::csv::Terminator::Any(b'\n') } else { ::csv::Terminator::CRLF })
        .from_writer(Vec::new());
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(deck.cards.len() + 1);
    match table {
        Table::Csv => {
            rows.push(HEADINGS.map(str::to_owned).into());
            rows.extend(deck.cards.iter().map(row));
        }
        Table::Tsv => rows.extend(deck.cards.iter().map(|card| {
            [&card.question, &card.answer]
                .map(|side| side.split_whitespace().collect::<Vec<_>>().join(" "))
                .into()
        })),
    }
    for row in rows {
        let row: Vec<String> = row.iter().map(|cell| neutral(cell)).collect();
        writer.write_record(&row).expect("rows of one length into a Vec cannot fail");
    }
    let bytes = writer.into_inner().expect("a Vec takes whatever is written");
    String::from_utf8(bytes).expect("only strings were written")
}

fn row(card: &DeckCard) -> Vec<String> {
    let style = match card.style {
        CardStyle::Basic => "basic",
        CardStyle::Reversed => "reversed",
        CardStyle::Cloze => "cloze",
    };
    vec![
        card.question.clone(),
        card.answer.clone(),
        card.explanation.clone().unwrap_or_default(),
        card.tags.join(" "),
        card.cloze.clone().unwrap_or_default(),
        style.to_owned(),
        if card.guid.is_empty() { String::new() } else { format!("{}#{}", card.guid, card.ordinal) },
    ]
}

/// A cell that a spreadsheet takes for text.
fn neutral(cell: &str) -> String {
    let behind = cell.trim_start_matches('\'');
    if is_formula(behind) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell that `neutral` was given.
fn original(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(behind) if is_formula(behind.trim_start_matches('\'')) => behind,
        _ => cell,
    }
}

/// Signs, also in their full width, at which spreadsheets begin to compute.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Why a table cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// No row has a front and a back.
    #[error(
        "No row has a front and a back. Put the question into the first column and the answer into the second."
    )]
    NoCards,
    /// More cards than are taken.
    #[error("The table has more than {0} rows. Send it in parts.")]
    TooMany(usize),
}

/// The cards of a table: commas, semicolons or tabs, with or without a row of headings.
///
/// Without headings the first column is the front, the second the back, the third tags where all of it looks like tags.
/// Cards without an id get one made of their row's words, so that the same table again finds the same cards.
///
/// # Errors
/// `NoCards`, or `TooMany` where there are more than `most`.
pub fn read(text: &str, title: &str, most: usize) -> Result<Deck, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (delimiter, text) = delimiter(text);
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.byte_records() {
        // Bytes of a string in a string's slices: only quotes and delimiters were taken away.
        let Ok(record) = record else { continue };
        let cells = record.iter().take(WIDEST).map(|cell| String::from_utf8_lossy(cell).into_owned());
        let row: Vec<String> = cells.map(|cell| original(&cell).to_owned()).collect();
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(row);
        }
        if rows.len() > most + 1 {
            return Err(ReadError::TooMany(most));
        }
    }
    let columns = Columns::of(&mut rows);
    let cards: Vec<DeckCard> = rows.iter().filter_map(|row| columns.card(row)).collect();
    match cards.len() {
        0 => Err(ReadError::NoCards),
        count if count > most => Err(ReadError::TooMany(most)),
        _ => Ok(crate::deck(title, cards)),
    }
}

/// What parts the columns: said by the table (`sep=;`, Anki's `#separator:`), or the sign that most rows agree on.
fn delimiter(text: &str) -> (u8, &str) {
    let mut rest = text;
    let mut said = None;
    while let Some((line, behind)) = rest.split_once('\n') {
        let line = line.trim_end().to_ascii_lowercase();
        let sign = line.strip_prefix("sep=").or_else(|| line.strip_prefix("#separator:"));
        if sign.is_none() && !(line.starts_with('#') && line.contains(':') && said.is_some()) {
            break;
        }
        said = said.or(match sign {
            Some("tab" | "\t") => Some(b'\t'),
            Some("semicolon" | ";") => Some(b';'),
            Some("pipe" | "|") => Some(b'|'),
            _ => Some(b','),
        });
        rest = behind;
    }
    (said.unwrap_or_else(|| guess(rest)), rest)
}

fn guess(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let widths: Vec<usize> = reader.byte_records().take(50).flatten().map(|row| row.len()).collect();
        let wide = widths.iter().filter(|width| **width > 1).count();
        let usual = widths.first().copied().unwrap_or_default();
        let agree = widths.iter().filter(|width| **width == usual && usual > 1).count();
        (wide + agree) * 100 / widths.len().max(1)
    };
    // The first of those that score best: a tab says more than a comma, which stands in sentences too.
    let signs = [b'\t', b';', b',', b'|'];
    signs.into_iter().rev().max_by_key(|sign| score(*sign)).unwrap_or(b',')
}

/// Which column holds what.
#[derive(Debug, Default)]
struct Columns {
    question: usize,
    answer: Option<usize>,
    explanation: Option<usize>,
    tags: Option<usize>,
    cloze: Option<usize>,
    style: Option<usize>,
    id: Option<usize>,
}

impl Columns {
    /// By the headings, which are taken away, or by their order.
    fn of(rows: &mut Vec<Vec<String>>) -> Self {
        let first: Vec<String> =
            rows.first().into_iter().flatten().map(|cell| cell.trim().to_lowercase()).collect();
        let find = |names: &[&str]| first.iter().position(|cell| names.contains(&cell.as_str()));
        let question = find(&["front", "question", "term", "prompt", "q"]);
        let answer = find(&["back", "answer", "definition", "response", "a"]);
        let cloze = find(&["cloze", "text"]);
        if (question.is_some() && answer.is_some())
            || (cloze.is_some() && first.len() > 1 && question.is_some())
        {
            rows.remove(0);
            return Self {
                question: question.unwrap_or_default(),
                answer,
                explanation: find(&["explanation", "extra", "note", "notes", "hint"]),
                tags: find(&["tags", "tag"]),
                cloze,
                style: find(&["style", "type"]),
                id: find(&["id", "guid"]),
            };
        }
        let like_tags = |row: &Vec<String>| {
            row.get(2).is_some_and(|cell| cell.split_whitespace().count() <= 6 && cell.len() <= 120)
        };
        let tags = !rows.is_empty() && rows.iter().all(|row| row.len() == 3 && like_tags(row));
        let wide = rows.iter().any(|row| row.len() > 2);
        Self {
            question: 0,
            answer: Some(1),
            tags: tags.then_some(2),
            explanation: (wide && !tags).then_some(2),
            ..Self::default()
        }
    }

    fn card(&self, row: &[String]) -> Option<DeckCard> {
        let cell =
            |at: Option<usize>| at.and_then(|at| row.get(at)).map(|cell| cell.trim()).unwrap_or_default();
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let (question, answer) = (cell(Some(self.question)), cell(self.answer));
        if question.is_empty() || answer.is_empty() {
            return None;
        }
        let (guid, ordinal) = match cell(self.id).rsplit_once('#') {
            Some((guid, ordinal)) if ordinal.parse::<u32>().is_ok() => {
                (guid.to_owned(), ordinal.parse().unwrap_or(0))
            }
            _ if !cell(self.id).is_empty() => (cell(self.id).to_owned(), 0),
            _ => (crate::identity(&[question, answer]), 0),
        };
        let cloze = some(cell(self.cloze)).filter(|text| !crate::apkg::cloze::numbers(text).is_empty());
        let style = match cell(self.style) {
            "reversed" => CardStyle::Reversed,
            _ if cloze.is_some() => CardStyle::Cloze,
            "cloze" => CardStyle::Cloze,
            _ => CardStyle::Basic,
        };
        Some(DeckCard {
            guid,
            ordinal,
            style,
            explanation: some(cell(self.explanation)),
            cloze,
            tags: cell(self.tags).split_whitespace().map(str::to_owned).collect(),
            ..crate::card(question, answer)
        })
    }
}
