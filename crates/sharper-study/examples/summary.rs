//! Reads JSON lines `{"id","text","words"}` on standard input and writes `{"id","summary"}`, points and details on
//! end, so that anyone can measure the offline author of summaries:
//!
//! `cargo run --release -p sharper-study --example summary < notes.jsonl > summaries.jsonl`
//!
//! `words` chooses the length: short below 120, medium below 260, else long. With `--full` the whole summary is
//! written; with `--concepts` what the choice is told of the notes (the input of `tools/fit/summary.py`).

#![allow(clippy::print_stdout, missing_docs)]

use std::io::{BufRead, Write};

use serde::Deserialize;
use serde_json::{Value, json};
use sharper_domain::{Passage, SummaryContent, SummaryLength, SummaryOptions, SummaryStyle};
use sharper_study::compose::summary::{Concepts, summary};
use sharper_study::read::Document;

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
    #[serde(default)]
    words: usize,
    #[serde(default)]
    style: Option<SummaryStyle>,
    #[serde(default)]
    focus_areas: Vec<String>,
}

/// A summary as running text.
fn flat(content: &SummaryContent<Passage>) -> String {
    let points = content.summary.main_points.iter();
    let texts = points.flat_map(|point| [point.point.as_str(), point.details.as_str()]);
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn concepts(input: &Input) -> Value {
    let docs = [Document::parse(&input.text)];
    let concepts = Concepts::read(&docs);
    let stems: Vec<Value> = concepts.stems.iter().map(|stem| json!([stem.form, stem.features])).collect();
    let pairs: Vec<Value> = concepts.pairs.iter().map(|(pair, features)| json!([pair, features])).collect();
    let statements: Vec<Value> = concepts
        .statements
        .iter()
        .map(|statement| {
            json!({"kept": statement.text_in(&docs), "words": statement.words, "stems": statement.stems,
                "pairs": statement.pairs, "features": statement.features.as_slice()})
        })
        .collect();
    json!({"id": input.id, "stems": stems, "pairs": pairs, "statements": statements})
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = |word: &str| std::env::args().any(|argument| argument == word);
    let (full, measures) = (asked("--full"), asked("--concepts"));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let input: Input = serde_json::from_str(&line)?;
        if measures {
            writeln!(out, "{}", concepts(&input))?;
            continue;
        }
        let length = match input.words {
            0..120 => SummaryLength::Short,
            120..260 => SummaryLength::Medium,
            _ => SummaryLength::Long,
        };
        let style = input.style.unwrap_or(SummaryStyle::Paragraph);
        let options = SummaryOptions { length, style, focus_areas: input.focus_areas };
        let content = summary(&[Document::parse(&input.text)], &options);
        match full {
            true => writeln!(out, "{}", json!({"id": input.id, "content": content}))?,
            false => writeln!(out, "{}", json!({"id": input.id, "summary": flat(&content)}))?,
        }
    }
    Ok(())
}
