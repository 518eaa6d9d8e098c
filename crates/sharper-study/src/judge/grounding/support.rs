//! Support: how far a source bears out a statement, from fitted weights over the measures.

use sharper_domain::Fault;

use super::agreement::{self, Issue, Part, Passage};
use super::features::{COUNT, NAMES, measure};
use super::overlay::{Statement, middle};
use super::weights::{BIAS, MEANS, SCALES, THRESHOLD, WEIGHTS};
use crate::judge::source::Source;

/// How far a source bears out a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// From 0 (not at all) to 1; at 0.5 the statement counts as supported.
    pub score: f64,
    /// Whether the score suffices.
    pub supported: bool,
    /// What in particular is not borne out, worst first.
    pub issues: Vec<Issue>,
}

/// How far `source` bears out `statement`. Nothing is supported by an empty source, and an empty statement by nothing.
pub fn support(statement: &str, source: &Source) -> Support {
    let read = Statement::read(statement, source);
    if read.len() == 0 || source.sentences().is_empty() {
        let issues = vec![Issue { fault: Fault::Unsupported, text: statement.trim().to_owned() }];
        return Support { score: 0.0, supported: false, issues };
    }
    let measures = measure(&read, source);
    let score = logistic(weigh(&measures) - THRESHOLD);
    let supported = score >= 0.5;
    let passage = Passage::of(source, passage_of(&read, source));
    let mut issues = agreement::numbers(statement, &read.words, Part::Answer, &passage);
    issues.extend(agreement::names(statement, &read.words, Part::Question, &passage));
    issues.extend(super::clauses::denial(&read.words.iter().collect::<Vec<_>>(), &passage));
    if !supported && issues.is_empty() {
        issues.push(Issue { fault: Fault::Unsupported, text: statement.trim().to_owned() });
    }
    Support { score, supported, issues }
}

/// The measures of a statement by name: what the weights are fitted on.
pub fn measures(statement: &str, source: &Source) -> [(&'static str, f64); COUNT] {
    let values = measure(&Statement::read(statement, source), source);
    std::array::from_fn(|at| (NAMES[at], values[at]))
}

fn weigh(measures: &[f64; COUNT]) -> f64 {
    let terms = measures.iter().zip(&MEANS).zip(&SCALES).zip(&WEIGHTS);
    BIAS + terms.map(|(((value, mean), scale), weight)| weight * (value - mean) / scale).sum::<f64>()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The sentences that say most of the statement, with their neighbours.
fn passage_of(statement: &Statement, source: &Source) -> std::ops::Range<usize> {
    let middle = middle(statement, source);
    let sentences = source.sentences();
    let text = sentences[middle].text;
    let from = (middle.saturating_sub(1)..=middle).find(|&at| sentences[at].text == text).unwrap_or(middle);
    let to = (middle + 2).min(sentences.len());
    let to = if sentences[to - 1].text == text { to } else { middle + 1 };
    from..to
}
