//! The judge over JSON lines, for measuring: `judge MODE < in.jsonl > out.jsonl`.
//!
//! - `grounding`: `{id, source, statement}` to `{id, score, supported}`
//! - `measures`: the same input to `{id, measures: [[name, value], …]}`, which the weights are fitted on
//! - `cards`: `{doc, text, n, repeat?}` to `{doc, cards: [{question, answer, faults, scores}], micros}`, cards by the offline author
//! - `items`: `{id, text, question, answer, quote}` to `{id, faults, scores}`
//! - `safety`: `{id, text}` to `{id, block, score}`
//! - `safety-rules`: the same input to `{id, block}`, by the rules alone
//! - `safety-measures`: the same input to `{id, measures: [[place, value], …]}`

use std::collections::HashMap;
use std::io::{BufRead, Write};

use serde_json::{Value, json};
use sharper_domain::{CardDraft, CardForm, Difficulty, FlashcardOptions, Span};
use sharper_study::compose::flashcards;
use sharper_study::judge::{CardJudge, Source, grounding, safety};
use sharper_study::read::Document;

fn main() -> std::io::Result<()> {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let mut sources: HashMap<String, Source> = HashMap::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let answer = match mode.as_str() {
            "grounding" | "measures" => ground(&mode, &row, &mut sources),
            "cards" => cards(&row),
            "items" => item(&row),
            "safety" => {
                let safety = safety::assess(field(&row, "text"), safety::Age::Teen);
                json!({"id": row["id"], "block": !safety.is_safe, "score": 1.0 - safety.score})
            }
            "safety-rules" => json!({"id": row["id"], "block": safety::breaks_a_rule(field(&row, "text"))}),
            "safety-measures" => json!({"id": row["id"], "measures": safety::measures(field(&row, "text"))}),
            other => return Err(std::io::Error::other(format!("no such mode: {other:?}"))),
        };
        writeln!(out, "{answer}")?;
    }
    out.flush()
}

fn field<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap_or_default()
}

fn ground(mode: &str, row: &Value, sources: &mut HashMap<String, Source>) -> Value {
    let text = field(row, "source");
    let source = sources.entry(text.to_owned()).or_insert_with(|| Source::new(&[text]));
    let statement = field(row, "statement");
    if mode == "measures" {
        return json!({"id": row["id"], "measures": grounding::measures(statement, source).as_slice()});
    }
    let support = grounding::support(statement, source);
    json!({"id": row["id"], "score": support.score, "supported": support.supported})
}

fn cards(row: &Value) -> Value {
    let text = field(row, "text");
    let count = row["n"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(20);
    let options = FlashcardOptions { count, ..FlashcardOptions::default() };
    let drafts: Vec<_> = flashcards(&[Document::parse(text)], &options).collect();
    let source = Source::new(&[text]);
    let mut judge = CardJudge::new(&source, std::iter::empty());
    let repeat = row["repeat"].as_u64().unwrap_or(1);
    let start = std::time::Instant::now();
    let mut checked = Vec::new();
    for draft in &drafts {
        let verdict = (1..repeat).fold(judge.check(draft), |_, _| judge.check(draft));
        if verdict.passed() {
            judge.accept(draft);
        }
        checked
            .push(json!({"question": draft.question, "answer": draft.answer, "quote": draft.span.of(text),
            "faults": verdict.faults, "scores": verdict.scores}));
    }
    json!({"doc": row["doc"], "cards": checked, "micros": start.elapsed().as_micros() as u64})
}

fn item(row: &Value) -> Value {
    let source = Source::new(&[field(row, "text")]);
    let (text, span) = source.locate(field(row, "quote")).unwrap_or((0, Span { start: 0, end: 0 }));
    let draft = CardDraft {
        question: field(row, "question").to_owned(),
        answer: field(row, "answer").to_owned(),
        explanation: None,
        topic: String::new(),
        difficulty: Difficulty::Easy,
        form: CardForm::Fact,
        text,
        span,
    };
    let verdict = CardJudge::new(&source, std::iter::empty()).check(&draft);
    json!({"id": row["id"], "faults": verdict.faults, "scores": verdict.scores})
}
