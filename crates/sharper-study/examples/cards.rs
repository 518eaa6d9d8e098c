//! Reads JSON lines `{"doc","title","text","n"}` on standard input and writes `{"doc","cards":[{"front","back"}]}`,
//! best card first, so that anyone can measure the offline author:
//!
//! `cargo run --release -p sharper-study --example cards < notes.jsonl > cards.jsonl`
//!
//! With `--full` each card also tells its form, difficulty, topic and quote; with `--candidates` every candidate is
//! written with what the ranker is told of it (the input of `tools/fit`).

#![allow(clippy::print_stdout, missing_docs)]

use std::io::{BufRead, Write};

use serde::Deserialize;
use serde_json::json;
use sharper_domain::FlashcardOptions;
use sharper_study::compose::{candidates, flashcards};
use sharper_study::read::Document;

#[derive(Deserialize)]
struct Input {
    doc: String,
    text: String,
    #[serde(default = "ten")]
    n: u32,
}

fn ten() -> u32 {
    10
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let full = std::env::args().any(|argument| argument == "--full");
    let all = std::env::args().any(|argument| argument == "--candidates");
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let input: Input = serde_json::from_str(&line)?;
        let document = Document::parse(&input.text);
        let docs = [document];
        let options = FlashcardOptions { count: input.n, ..FlashcardOptions::default() };
        let cards: Vec<_> = if all {
            candidates(&docs)
                .into_iter()
                .map(|c| json!({"front": c.draft.question, "back": c.draft.answer, "features": c.features.as_slice()}))
                .collect()
        } else {
            flashcards(&docs, &options)
                .take(input.n as usize)
                .map(|card| match full {
                    true => json!({"front": card.question, "back": card.answer, "form": card.form, "difficulty": card.difficulty,
                        "topic": card.topic, "quote": card.span.of(&input.text)}),
                    false => json!({"front": card.question, "back": card.answer}),
                })
                .collect()
        };
        writeln!(out, "{}", json!({"doc": input.doc, "cards": cards}))?;
    }
    Ok(())
}
