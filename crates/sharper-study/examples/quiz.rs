//! Reads JSON lines on standard input and writes what the offline quiz author makes of them, so that anyone can
//! measure it:
//!
//! `cargo run --release -p sharper-study --example quiz < notes.jsonl > items.jsonl` reads `{"doc","text","n"}` and
//! writes `{"doc","items":[{"q","options","answer_index"}]}`, multiple choice only; with `--full`, the questions of
//! all kinds as they are. With `--distractors` it reads `{"id","q","answer","source"}` and writes
//! `{"id","distractors":[…]}`, or with `--rivals` instead `{"id","rivals":[[option, numbers],…]}`: every term that could
//! be a wrong option and what it is weighed by (the input of `tools/fit/distractors.py`).

#![allow(clippy::print_stdout, missing_docs)]

use std::io::{BufRead, Write};

use serde::Deserialize;
use serde_json::{Value, json};
use sharper_domain::{CorrectAnswer, QuestionDraft, QuestionKind, QuizOptions};
use sharper_study::compose::{distractors, measured_rivals, quiz};
use sharper_study::read::Document;

#[derive(Deserialize)]
struct Asked {
    id: String,
    q: String,
    answer: String,
    source: String,
}

#[derive(Deserialize)]
struct Notes {
    doc: String,
    text: String,
    #[serde(default = "ten")]
    n: u32,
}

fn ten() -> u32 {
    10
}

fn choice(question: &QuestionDraft) -> Value {
    let place = question.options.iter().position(|option| match &question.correct_answer {
        CorrectAnswer::Text(key) => key == option,
        CorrectAnswer::Truth(_) => false,
    });
    json!({"q": question.question, "options": question.options, "answer_index": place})
}

fn questions(notes: &Notes, full: bool) -> Value {
    let docs = [Document::parse(&notes.text)];
    let kinds = if full { QuestionKind::QUIZ.to_vec() } else { vec![QuestionKind::MultipleChoice] };
    let options = QuizOptions { question_count: notes.n, question_types: kinds, ..QuizOptions::default() };
    let items = quiz(&docs, &options).take(notes.n as usize).map(|question| match full {
        true => json!(question),
        false => choice(&question),
    });
    json!({"doc": notes.doc, "items": items.collect::<Vec<_>>()})
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asks = |flag: &str| std::env::args().any(|argument| argument == flag);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let answer = if asks("--rivals") {
            let asked: Asked = serde_json::from_str(&line)?;
            let rivals = measured_rivals(&asked.q, &asked.answer, &Document::parse(&asked.source));
            json!({"id": asked.id, "rivals": rivals})
        } else if asks("--distractors") {
            let asked: Asked = serde_json::from_str(&line)?;
            let options = distractors(&asked.q, &asked.answer, &Document::parse(&asked.source), 3);
            json!({"id": asked.id, "distractors": options})
        } else {
            questions(&serde_json::from_str(&line)?, asks("--full"))
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
