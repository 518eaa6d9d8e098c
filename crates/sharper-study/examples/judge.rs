//! The judge over JSON lines, for measuring: `judge MODE < in.jsonl > out.jsonl`.
//!
//! - `grounding`: `{id, source, statement}` to `{id, score, supported}`
//! - `measures`: the same input to `{id, measures: [[name, value], …]}`, which the weights are fitted on
//! - `safety`: `{id, text}` to `{id, block, score}`
//! - `safety-rules`: the same input to `{id, block}`, by the rules alone
//! - `safety-measures`: the same input to `{id, measures: [[place, value], …]}`

use std::collections::HashMap;
use std::io::{BufRead, Write};

use serde_json::{Value, json};
use sharper_study::judge::{Source, grounding, safety};

fn main() -> std::io::Result<()> {
    let mode = std::env::args().nth(1).unwrap_or_default();
    let mut sources: HashMap<String, Source> = HashMap::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let answer = match mode.as_str() {
            "grounding" | "measures" => ground(&mode, &row, &mut sources),
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
