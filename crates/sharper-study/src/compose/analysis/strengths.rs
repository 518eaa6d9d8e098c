//! Strengths: terms that are defined and then illustrated or reasoned about.

use rustc_hash::FxHashSet;
use sharper_domain::{CardForm, Finding, FindingKind, Passage};

use super::survey::Survey;
use super::{MOST, finding};
use crate::compose::Candidate;
use crate::compose::outline::term_of;
use crate::text::{Language, content};

/// Sentences after a definition within which what bears it out must stand.
const NEAR: usize = 6;
/// The worth, as a card, from which a definition is a good one.
const GOOD: f32 = 0.0;

/// What a sentence adds to a definition.
fn adds(text: &str) -> Option<&'static str> {
    let lower = format!(" {} ", text.to_lowercase().replace([',', '(', ')'], " "));
    let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
    if has(&["for example", "for instance", " such as ", " e.g. ", " an example "]) {
        Some("an example")
    } else if has(&[
        " because ",
        " therefore ",
        " as a result",
        " leads to ",
        " causes ",
        " due to ",
        " results in ",
    ]) {
        Some("a reason or a consequence")
    } else {
        None
    }
}

pub(super) fn find(survey: &Survey<'_>) -> Vec<Finding<Passage>> {
    let mut ranked: Vec<&Candidate> = survey
        .pool
        .iter()
        .filter(|card| card.draft.form == CardForm::Definition && card.score > GOOD)
        .filter(|card| survey.docs[card.draft.text].language == Language::English)
        .collect();
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.draft.span.cmp(&b.draft.span)));
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut found = Vec::new();
    for card in ranked {
        let Some(term) = term_of(&card.draft).filter(|term| seen.insert(term.to_lowercase())) else {
            continue;
        };
        if let Some(strength) = strength(survey, card, &term) {
            found.push(strength);
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

fn strength(survey: &Survey<'_>, card: &Candidate, term: &str) -> Option<Finding<Passage>> {
    let document = &survey.docs[card.draft.text];
    let own = document.sentences.get(card.sentence)?;
    let stems: Vec<String> = content(term, Language::English);
    let last = (card.sentence + 1 + NEAR).min(document.sentences.len());
    let more = (card.sentence + 1..last).find_map(|at| {
        let sentence = &document.sentences[at];
        let text = document.sentence_text(sentence);
        let said = content(text, Language::English);
        let about = at == card.sentence + 1 || stems.iter().all(|stem| said.contains(stem));
        (sentence.section == own.section && about).then(|| adds(text)).flatten().map(|what| (at, what))
    })?;
    let (at, what) = more;
    Some(finding(
        FindingKind::Strength,
        format!("Your notes say what “{term}” means and give {what}."),
        format!("Cover the second passage and try to give {what} of your own; then compare."),
        survey.topic(card.draft.text, card.sentence, term),
        vec![Passage { text: card.draft.text, span: card.draft.span }, survey.passage(card.draft.text, at)],
    ))
}
