//! Search over JSON lines, for measuring:
//!
//! - `rank NOTES QUERIES`: notes `{id, title | doc, text}` and queries `{id, q}` to `{id, ranked: [note id, …]}`
//! - `measures NOTES QUERIES`: the same to `{id, candidates: [[note id, [measure, …]], …]}`, to fit the ranking on
//! - `chat QUESTIONS`: `{id, q, context}` to `{id, answer, score, measures}`: the best sentence, or null where the
//!   context is not thought to answer
//! - `speed NOTES QUERIES`: notes over and over until there are 100,000 passages, and how long it all takes

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::time::Instant;

use serde_json::{Value, json};
use sharper_study::retrieve::{Index, Query};

type Answer<T> = Result<T, Box<dyn Error>>;

fn main() -> Answer<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let files: Vec<Vec<Value>> = arguments.iter().skip(1).map(|path| rows(path)).collect::<Answer<_>>()?;
    match (arguments.first().map(String::as_str), &files[..]) {
        (Some("rank"), [notes, queries]) => rank(notes, queries, false),
        (Some("measures"), [notes, queries]) => rank(notes, queries, true),
        (Some("chat"), [questions]) => chat(questions),
        (Some("speed"), [notes, queries]) => speed(notes, queries),
        _ => Err("usage: retrieve (rank|measures|speed) NOTES QUERIES | retrieve chat QUESTIONS".into()),
    }
}

fn rows(path: &str) -> Answer<Vec<Value>> {
    BufReader::new(File::open(path)?).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

fn text<'v>(row: &'v Value, key: &str) -> &'v str {
    row[key].as_str().unwrap_or_default()
}

fn title(row: &Value) -> String {
    row["title"].as_str().map_or_else(|| text(row, "doc").replace('_', " "), str::to_owned)
}

fn rank(notes: &[Value], queries: &[Value], measures: bool) -> Answer<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut index = Index::default();
    for note in notes {
        index.add(&title(note), text(note, "text"));
    }
    for query in queries {
        let found = index.search(&Query { limit: 60, ..Query::new(text(query, "q")) }).passages;
        let id = |note: usize| text(&notes[note], "id");
        let row = if measures {
            let all: Vec<Value> =
                found.iter().map(|passage| json!([id(passage.note), passage.measures.as_slice()])).collect();
            json!({"id": text(query, "id"), "candidates": all})
        } else {
            let mut ranked: Vec<&str> = Vec::new();
            for passage in &found {
                if !ranked.contains(&id(passage.note)) {
                    ranked.push(id(passage.note));
                }
            }
            json!({"id": text(query, "id"), "ranked": ranked})
        };
        writeln!(out, "{row}")?;
    }
    Ok(())
}

fn chat(questions: &[Value]) -> Answer<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for row in questions {
        let context = text(row, "context");
        let mut index = Index::default();
        index.add("", context);
        let found = index.search(&Query::new(text(row, "q")));
        let best = found.passages.first();
        let answer = best.filter(|_| found.answerable >= 0.5).and_then(|best| best.sentence.of(context));
        let measures = best.map_or(&[][..], |best| best.measures.as_slice());
        let row =
            json!({"id": text(row, "id"), "answer": answer, "score": found.answerable, "measures": measures});
        writeln!(out, "{row}")?;
    }
    Ok(())
}

fn speed(notes: &[Value], queries: &[Value]) -> Answer<()> {
    let mut index = Index::default();
    let started = Instant::now();
    let mut bytes = 0;
    for note in notes.iter().cycle() {
        bytes += text(note, "text").len();
        index.add(&title(note), text(note, "text"));
        if index.passages() >= 100_000 {
            break;
        }
    }
    let taken = started.elapsed().as_secs_f64();
    let mut times: Vec<f64> = Vec::with_capacity(queries.len());
    for query in queries {
        let started = Instant::now();
        index.search(&Query::new(text(query, "q")));
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().unwrap_or(0.0);
    println!(
        "{} notes, {} passages, {bytes} bytes: {:.1} MB/s, {} bytes in memory; a search p50 {:.2} ms, p95 {:.2} ms",
        index.notes(),
        index.passages(),
        bytes as f64 / 1e6 / taken,
        index.bytes(),
        at(0.5),
        at(0.95)
    );
    Ok(())
}
