//! Reads JSON lines on standard input and writes what the offline quiz author makes of them, so that anyone can
//! measure it:
//!
//! `cargo run --release -p sharper-study --example quiz -- --distractors < questions.jsonl > options.jsonl` reads
//! `{"id","q","answer","source"}` and writes `{"id","distractors":[…]}`.

#![allow(clippy::print_stdout, missing_docs)]

use std::io::{BufRead, Write};

use serde::Deserialize;
use serde_json::json;
use sharper_study::compose::distractors;
use sharper_study::read::Document;

#[derive(Deserialize)]
struct Asked {
    id: String,
    q: String,
    answer: String,
    source: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let asked: Asked = serde_json::from_str(&line?)?;
        let options = distractors(&asked.q, &asked.answer, &Document::parse(&asked.source), 3);
        writeln!(out, "{}", json!({"id": asked.id, "distractors": options}))?;
    }
    Ok(())
}
