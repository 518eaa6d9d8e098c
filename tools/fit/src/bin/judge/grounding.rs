//! The weights of the grounding check.
//!
//! Fitted on the sets `openstax_*` (CC BY 4.0) and on questions with answers from SQuAD (CC BY-SA 4.0), where a false
//! statement is the question with the answer to another question of the same paragraph or article.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sharper_study::judge::{Source, grounding};

use crate::descent::{Dense, Linear, fit_dense, logistic};
use crate::{folds, judge, rows, text};

const PENALTY: f64 = 0.06;
/// Every measure is evidence, also where textbooks happen not to show it: the fit moves away from equal weights.
const PRIOR: f64 = 0.15;
const PAIR_WEIGHT: f64 = 0.3;
/// The share of true statements that may fall under the threshold, held out.
const TRUE_FLAGGED: f64 = 0.14;
/// Measures that speak against a statement; all others speak for it, but the length, which says nothing.
const AGAINST: &[&str] = &[
    "missing_share", "swap_gap_max", "swap_gap_mean", "subject_gap", "subject_missing", "names_nowhere", "names_elsewhere",
    "number_nowhere", "number_elsewhere", "number_gap", "number_word_nowhere", "denials", "denies_more", "denies_less",
    "denial_unsupported", "denial_bridged", "denial_gap", "opposite_only", "opposite_gap", "opposite_near", "opposite_beside",
    "direction_against", "odd_word",
    "opposite_elsewhere", "less_unsupported", "object_missing", "lone_missing",
];

struct Row {
    id: String,
    set: String,
    holds: bool,
    pair: String,
    group: String,
    values: Vec<f64>,
}

struct Model {
    means: Vec<f64>,
    scales: Vec<f64>,
    linear: Linear,
}

impl Model {
    fn logit(&self, values: &[f64]) -> f64 {
        let terms = values.iter().zip(&self.means).zip(&self.scales).zip(&self.linear.weights);
        self.linear.bias + terms.map(|(((v, m), s), w)| w * (v - m) / s).sum::<f64>()
    }
}

/// Fits on everything and writes the source file.
pub fn fit(data: &Path) {
    let (names, rows) = read(data);
    let threshold = threshold(&rows, &held_out(&names, &rows));
    let all: Vec<&Row> = rows.iter().collect();
    let model = train(&names, &all);
    fs::write(judge().join("grounding/weights.rs"), source(&names, &model, threshold)).expect("the source can be written");
}

/// Writes the verdicts of cross-validation.
pub fn hold_out(data: &Path, out: &Path) {
    let (names, rows) = read(data);
    let logits = held_out(&names, &rows);
    let threshold = threshold(&rows, &logits);
    let lines = rows.iter().zip(&logits).map(|(row, logit)| {
        json!({"id": row.id, "score": logistic(logit - threshold), "supported": *logit >= threshold}).to_string() + "\n"
    });
    fs::write(out, lines.collect::<String>()).expect("the verdicts can be written");
}

fn read(data: &Path) -> (Vec<&'static str>, Vec<Row>) {
    let mut names = Vec::new();
    let mut sources: HashMap<String, Source> = HashMap::new();
    let mut out = Vec::new();
    for (id, set, holds, pair, group, place, notes, statement) in openstax(data).into_iter().chain(squad(data)) {
        let source = sources.entry(place).or_insert_with(|| Source::new(&[&notes]));
        let measures = grounding::measures(&statement, source);
        names = measures.iter().map(|&(name, _)| name).collect();
        let values = measures.iter().map(|&(_, value)| value).collect();
        out.push(Row { id, set, holds, pair, group, values });
    }
    (names, out)
}

/// Id, set, whether it holds, pair, group, the source's name and text, the statement.
type Example = (String, String, bool, String, String, String, String, String);

fn openstax(data: &Path) -> Vec<Example> {
    let sections = rows(data, "sections");
    let texts: HashMap<&str, &str> = sections.iter().map(|row| (text(row, "id"), text(row, "text"))).collect();
    let chosen = |row: &Value| text(row, "set").starts_with("openstax");
    let example = |row: Value| {
        let place = text(&row, "source_id").to_owned();
        let notes = texts[place.as_str()].to_owned();
        let holds = row["supported"].as_bool() == Some(true);
        let of = |field: &str| text(&row, field).to_owned();
        (of("id"), of("set"), holds, of("pair"), place.clone(), place, notes, of("statement"))
    };
    rows(data, "grounding").into_iter().filter(chosen).map(example).collect()
}

fn squad(data: &Path) -> Vec<Example> {
    let corpus = rows(data, "retrieval_squad.corpus");
    let texts: HashMap<&str, &str> = corpus.iter().map(|row| (text(row, "id"), text(row, "text"))).collect();
    let questions = rows(data, "retrieval_squad.queries");
    let place = |question: &Value| question["relevant"][0].as_str().unwrap_or_default().to_owned();
    let article = |question: &Value| place(question).split('#').next().unwrap_or_default().to_owned();
    let answers = |question: &Value| -> Vec<String> {
        let list = question["answers"].as_array().into_iter().flatten();
        list.filter_map(|answer| answer.as_str().map(str::to_owned)).collect()
    };
    let mut out = Vec::new();
    for (at, question) in questions.iter().enumerate() {
        let own = answers(question);
        let differs = |other: &&Value| !answers(other).iter().any(|answer| own.contains(answer));
        // The next one in the file that will do: the choice is arbitrary but always the same.
        let after = || questions[at..].iter().chain(&questions[..at]);
        let near = after().filter(differs).find(|other| place(other) == place(question));
        let other = near.or_else(|| after().filter(differs).find(|other| article(other) == article(question)));
        let Some(wrong) = other.and_then(|other| answers(other).into_iter().next()) else { continue };
        let Some(right) = own.first().cloned() else { continue };
        for (holds, answer) in [(true, right), (false, wrong)] {
            let notes = texts[place(question).as_str()].to_owned();
            let statement = format!("{} {answer}", text(question, "q").trim());
            let id = format!("squad-{at}-{holds}");
            let pair = format!("squad-{at}");
            out.push((id, "squad".to_owned(), holds, pair, article(question), place(question), notes, statement));
        }
    }
    out
}

/// Each set and label has the same weight.
fn train(names: &[&str], rows: &[&Row]) -> Model {
    let count = rows.len() as f64;
    let columns = names.len();
    let mean = |c: usize| rows.iter().map(|row| row.values[c]).sum::<f64>() / count;
    let means: Vec<f64> = (0..columns).map(mean).collect();
    let scale = |c: usize| (rows.iter().map(|row| (row.values[c] - means[c]).powi(2)).sum::<f64>() / count).sqrt();
    let scales: Vec<f64> = (0..columns).map(|c| scale(c).max(1e-6)).collect();
    let standard = |row: &&Row| (0..columns).map(|c| (row.values[c] - means[c]) / scales[c]).collect::<Vec<f64>>();
    let standard: Vec<Vec<f64>> = rows.iter().map(standard).collect();
    let mut counts: HashMap<(&str, bool), f64> = HashMap::new();
    rows.iter().for_each(|row| *counts.entry((&row.set, row.holds)).or_default() += 1.0);
    let groups = counts.len() as f64;
    let weights: Vec<f64> = rows.iter().map(|row| 1.0 / (groups * counts[&(row.set.as_str(), row.holds)])).collect();
    let mut pairs: BTreeMap<&str, [Option<usize>; 2]> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.pair.is_empty()) {
        pairs.entry(&row.pair).or_default()[usize::from(row.holds)] = Some(at);
    }
    let difference = |pair: &[Option<usize>; 2]| match *pair {
        [Some(no), Some(yes)] => Some(standard[yes].iter().zip(&standard[no]).map(|(a, b)| a - b).collect()),
        _ => None,
    };
    let pairs: Vec<Vec<f64>> = pairs.values().filter_map(difference).collect();
    let sign = |name: &&str| if *name == "length" { 0.0 } else if AGAINST.contains(name) { -1.0 } else { 1.0 };
    let signs: Vec<f64> = names.iter().map(sign).collect();
    let labels: Vec<f64> = rows.iter().map(|row| f64::from(u8::from(row.holds))).collect();
    let task = Dense {
        rows: &standard, labels: &labels, weights: &weights, signs: &signs, pairs: &pairs, penalty: PENALTY, prior: PRIOR,
        pair_weight: PAIR_WEIGHT,
    };
    Model { linear: fit_dense(&task), means, scales }
}

fn held_out(names: &[&str], rows: &[Row]) -> Vec<f64> {
    let folds = folds(rows.iter().map(|row| row.group.as_str()), 5);
    let models: Vec<Model> = (0..5)
        .map(|fold| {
            let kept = rows.iter().zip(&folds).filter(|&(_, &other)| other != fold).map(|(row, _)| row);
            train(names, &kept.collect::<Vec<_>>())
        })
        .collect();
    rows.iter().zip(&folds).map(|(row, &fold)| models[fold].logit(&row.values)).collect()
}

fn threshold(rows: &[Row], logits: &[f64]) -> f64 {
    let holding = rows.iter().zip(logits).filter(|(row, _)| row.holds && row.set != "squad");
    let mut holding: Vec<f64> = holding.map(|(_, &logit)| logit).collect();
    holding.sort_by(f64::total_cmp);
    holding[(TRUE_FLAGGED * holding.len() as f64) as usize]
}

fn source(names: &[&str], model: &Model, threshold: f64) -> String {
    let mut out = String::from(
        "//! The fitted weights of the grounding check. Generated by `tools/fit` (`judge -- grounding DATA`); do not edit.\n\n\
         use super::features::COUNT;\n\n",
    );
    let bias = model.linear.bias;
    let _ = write!(
        out,
        "/// Added to the weighted sum.\npub(super) const BIAS: f64 = {bias:.5};\n\
         /// The sum from which a statement counts as supported.\npub(super) const THRESHOLD: f64 = {threshold:.5};\n",
    );
    let tables = [
        ("MEANS", "The mean of each measure.", &model.means),
        ("SCALES", "The standard deviation of each measure.", &model.scales),
        ("WEIGHTS", "The weight of each measure, in standard deviations.", &model.linear.weights),
    ];
    for (name, says, values) in tables {
        let _ = write!(out, "\n/// {says}\n#[rustfmt::skip]\npub(super) const {name}: [f64; COUNT] = [\n");
        for (value, measure) in values.iter().zip(names) {
            let _ = writeln!(out, "    {value:.5}, // {measure}");
        }
        out.push_str("];\n");
    }
    out
}
