//! Distractors: wrong options of the right answer's kind, from the notes where they have them, never a second right
//! answer.

mod bank;
mod kind;
mod numbers;
mod people;
mod series;
mod term;
mod truth;
mod weights;
mod worth;

use rustc_hash::FxHashSet;

pub(crate) use bank::Bank;
pub(crate) use kind::{Kind, is_plural, kind_of, number, number_word, other_number, without_article};
pub(crate) use truth::Asked;
pub use worth::RIVAL_FEATURES;

use super::cloze::GAP;
use crate::read::Document;
use crate::text::{Language, is_stop_word};
use kind::{article, with_a};
use worth::Rivals;

/// Wrong options for a question, best first, at most `n`: fewer when the notes and what is taught beside the answer
/// have no more good ones. They are written as the answer is, with its article and its capital.
pub fn distractors(question: &str, answer: &str, doc: &Document<'_>, n: usize) -> Vec<String> {
    rivals(question, answer, &Bank::new(doc), n)
}

/// The terms of the notes that are of the answer's kind and not right themselves, each with the numbers by which it is
/// weighed: what the weights are fitted on.
pub fn measured_rivals(
    question: &str,
    answer: &str,
    doc: &Document<'_>,
) -> Vec<(String, [f32; RIVAL_FEATURES])> {
    let bank = Bank::new(doc);
    let rivals = Rivals::new(question, answer, &bank);
    let asked = Asked::new(question, answer);
    if !matches!(rivals.kind, Kind::Name | Kind::Adjective | Kind::Term) {
        return Vec::new();
    }
    let fair = |term: &&term::Term| {
        rivals.fits(&bank, term) && !asked.clashes(&term.text) && !asked.is_also_right(&bank, term)
    };
    bank.terms.iter().filter(fair).map(|term| (term.text.clone(), rivals.features(&bank, term))).collect()
}

/// Whether a word only links others.
fn is_function_word(word: &str) -> bool {
    is_stop_word(word, Language::English)
}

/// The worth of the first thing taught beside the answer, for notes that do not name it; each farther one is worth
/// less.
const BESIDE: f32 = 2.9;
const FARTHER: f32 = 0.3;
/// What a thing taught beside the answer gains when the notes name it too.
const NAMED_TOO: f32 = 1.5;
/// The worth of another year or amount: certainly wrong, certainly of the kind.
const CERTAIN: f32 = 2.0;
/// Least worth of an option.
const LEAST: f32 = 0.4;

/// Wrong options, best first.
pub(crate) fn rivals(question: &str, answer: &str, bank: &Bank<'_>, n: usize) -> Vec<String> {
    ranked_rivals(question, answer, bank, n).into_iter().map(|(option, _)| option).collect()
}

/// Other numbers than the one that a word is, nearest first.
pub(crate) fn other_amounts(word: &str, bank: &Bank<'_>) -> Vec<String> {
    match kind_of(word) {
        Kind::Year => numbers::years(word, bank),
        _ => numbers::amounts(word),
    }
}

/// Wrong options with their worth, best first.
pub(crate) fn ranked_rivals(question: &str, answer: &str, bank: &Bank<'_>, n: usize) -> Vec<(String, f32)> {
    let asked = Asked::new(question, answer);
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut out = Vec::new();
    for (option, worth) in ranked(question, answer, bank) {
        if out.len() == n {
            break;
        }
        let key = bank::canonical(&option);
        let second =
            bank.get(&key).is_some_and(|term| asked.is_also_right(bank, term)) || asked.is_same(bank, &key);
        if asked.clashes(&option)
            || second
            || taken.iter().any(|other| truth::holds(other, &key) || truth::holds(&key, other))
        {
            continue;
        }
        taken.insert(key);
        out.push((option, worth));
    }
    out
}

/// Every option with its worth, best first, written as the answer is.
fn ranked(question: &str, answer: &str, bank: &Bank<'_>) -> Vec<(String, f32)> {
    let rivals = Rivals::new(question, answer, bank);
    match rivals.kind {
        Kind::Year => {
            return numbers::years(answer, bank).into_iter().map(|option| (option, CERTAIN)).collect();
        }
        Kind::Number => {
            return numbers::amounts(answer).into_iter().map(|option| (option, CERTAIN)).collect();
        }
        Kind::Phrase => return Vec::new(),
        Kind::Name | Kind::Adjective | Kind::Term => {}
    }
    let mut found: Vec<(String, f32)> = Vec::new();
    let beside = series::beside(answer);
    let inside = question.find(GAP).is_some_and(|at| at > 0);
    let keys: Vec<String> = beside.iter().map(|other| bank::canonical(other)).collect();
    for (at, other) in beside.iter().enumerate() {
        let Some(other) = in_number(other, answer, rivals.kind) else { continue };
        let named = bank.get(&keys[at]).map_or(0.0, |_| NAMED_TOO);
        found.push((dressed(&other, answer, inside), BESIDE - FARTHER * at.min(8) as f32 + named));
    }
    for term in bank.terms.iter().filter(|term| rivals.fits(bank, term) && !keys.contains(&term.key)) {
        let worth = rivals.worth(bank, term);
        if worth >= LEAST {
            found.push((dressed(&term.text, answer, inside), worth));
        }
    }
    found.sort_by(|(a, x), (b, y)| y.total_cmp(x).then_with(|| a.cmp(b)));
    found
}

/// A member of a series in the grammatical number of the answer; nothing where the rules do not reach.
fn in_number(member: &str, answer: &str, kind: Kind) -> Option<String> {
    let name =
        without_article(answer).starts_with(char::is_uppercase) && member.starts_with(char::is_uppercase);
    let counts = kind == Kind::Term && !name && is_plural(member) != is_plural(answer);
    if counts { other_number(member) } else { Some(member.to_owned()) }
}

/// An option written as the answer is: its article, and its capital where that is one of a beginning.
fn dressed(option: &str, answer: &str, inside: bool) -> String {
    let bare = without_article(option);
    let text = match article(answer) {
        "" => bare.to_owned(),
        "the " => format!("the {bare}"),
        _ if is_plural(bare) => bare.to_owned(),
        _ => with_a(bare),
    };
    if !inside && answer.starts_with(char::is_uppercase) { super::fronts::capital(&text) } else { text }
}
