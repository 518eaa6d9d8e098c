//! Fits the judge: how far notes bear out a statement, and what is not safe.
//!
//! `cargo run --release --bin judge -- grounding DATA` writes `crates/sharper-study/src/judge/grounding/weights.rs`;
//! `cargo run --release --bin judge -- safety DATA` writes `crates/sharper-study/src/judge/safety/{weights.rs,*.bin}`.
//! With `--held-out OUT` nothing is fitted into the sources; instead the verdicts of cross-validation by source are
//! written to OUT, one JSON object a line: `{id, score, supported}` or `{id, block, score}`.
//!
//! DATA holds `grounding.jsonl`, `safety.jsonl`, `sections.jsonl`, `retrieval_squad.queries.jsonl` and
//! `retrieval_squad.corpus.jsonl`. Rows without a licence to use them so are never fitted on.

mod descent;
mod grounding;
mod safety;

use std::fs;
use std::path::Path;

use serde_json::Value;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["grounding", data] => grounding::fit(Path::new(data)),
        ["grounding", data, "--held-out", out] => grounding::hold_out(Path::new(data), Path::new(out)),
        ["safety", data] => safety::fit(Path::new(data)),
        ["safety", data, "--held-out", out] => safety::hold_out(Path::new(data), Path::new(out)),
        _ => {
            eprintln!("usage: judge grounding|safety DATA [--held-out OUT]");
            std::process::exit(2);
        }
    }
}

/// The rows of one file.
fn rows(data: &Path, name: &str) -> Vec<Value> {
    let path = data.join(format!("{name}.jsonl"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().map(|line| serde_json::from_str(line).expect("the data are JSON lines")).collect()
}

/// A field that is text.
fn text<'r>(row: &'r Value, field: &str) -> &'r str {
    row[field].as_str().unwrap_or_default()
}

/// The folder of the judge's sources.
fn judge() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/sharper-study/src/judge")
}

/// The fold of each row, so that all rows of one group are in one fold.
fn folds<'r>(groups: impl Iterator<Item = &'r str>, count: usize) -> Vec<usize> {
    let groups: Vec<&str> = groups.collect();
    let mut order = groups.clone();
    order.sort_unstable();
    order.dedup();
    let place = |group: &str| order.binary_search(&group).expect("it is one of them");
    groups.into_iter().map(|group| place(group) % count).collect()
}
