//! Tables as text (CSV, TSV): Markdown tables, or a line for each term where there are two columns.

use sharper_domain::{Document, FileFault, FileKind};

use crate::Limits;
use crate::encoding;
use crate::paper::{Paper, escape};

/// Longest that the words of a first column are for a term, in characters.
const LONGEST_TERM: usize = 80;
/// Most columns that are kept.
const WIDEST: usize = 64;

/// A table.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, FileFault> {
    let (text, _) = encoding::decode(bytes, None).ok_or(FileFault::Unsupported { found: None })?;
    let text = encoding::tidy(&text);
    if text.len() > limits.text {
        return Err(FileFault::TooMuch);
    }
    let rows = rows(&text, delimiter(&text).unwrap_or(b','));
    let mut paper = Paper::new(limits);
    if are_terms(&rows) {
        for row in rows.iter().skip(usize::from(is_head(&rows[0]))) {
            if let [term, meaning] = row.as_slice()
                && !term.is_empty()
            {
                paper.block(&match meaning.is_empty() {
                    true => term.clone(),
                    false => format!("{term}: {meaning}"),
                });
            }
        }
    } else {
        paper.table(&rows);
    }
    paper.finish(FileKind::Csv, None)
}

fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let cell = |cell: &str| escape(cell).split_whitespace().collect::<Vec<_>>().join(" ");
    let records = reader.records().flatten();
    let rows = records.map(|record| record.iter().take(WIDEST).map(cell).collect::<Vec<String>>());
    rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
}

/// What parts the columns: that which stands equally often in every one of the first lines.
pub(crate) fn delimiter(text: &str) -> Option<u8> {
    let head: String = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .take(20)
        .collect::<Vec<_>>()
        .join("\n");
    let score = |delimiter: u8| {
        let widths: Vec<usize> = rows(&head, delimiter).iter().map(Vec::len).collect();
        let usual = widths
            .iter()
            .copied()
            .max_by_key(|width| widths.iter().filter(|other| *other == width).count())?;
        let agree = widths.iter().filter(|width| **width == usual).count();
        (usual > 1 && agree * 10 >= widths.len() * 8).then_some((agree, usual))
    };
    [b'\t', b';', b',', b'|']
        .into_iter()
        .filter_map(|delimiter| Some((score(delimiter)?, delimiter)))
        .max_by_key(|(score, _)| *score)
        .map(|(_, delimiter)| delimiter)
}

/// Whether a table is a list of terms: two columns, the first short, the second said in words.
fn are_terms(rows: &[Vec<String>]) -> bool {
    let two = !rows.is_empty() && rows.iter().all(|row| row.len() == 2);
    let short = rows.iter().all(|row| row.iter().take(1).all(|term| term.chars().count() <= LONGEST_TERM));
    let is_number = |cell: &String| cell.chars().all(|character| !character.is_alphabetic());
    let numbers = rows.iter().filter(|row| row.get(1).is_some_and(is_number)).count();
    two && short && numbers * 2 < rows.len().max(1)
}

/// Whether a row names the columns of a list of terms.
fn is_head(row: &[String]) -> bool {
    const NAMES: [&str; 14] = [
        "term",
        "definition",
        "front",
        "back",
        "question",
        "answer",
        "word",
        "meaning",
        "translation",
        "begriff",
        "bedeutung",
        "término",
        "definición",
        "définition",
    ];
    row.iter().all(|cell| NAMES.contains(&cell.to_lowercase().as_str()))
}
