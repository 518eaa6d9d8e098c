//! The glossary: the terms that the notes define, the most important first, in the words of the notes.

use rustc_hash::FxHashSet;
use sharper_domain::{CardForm, KeyTerm, Passage};

use super::concepts::Concepts;
use crate::compose::{Candidate, candidates, lines};
use crate::read::Document;
use crate::text::{Language, content, key};

/// The worth, as a card, below which a definition is none.
const LEAST: f32 = 0.0;
/// How much the worth of a term's words counts beside the worth of its definition.
const WORDS_OVER_CARD: f32 = 2.0;
/// What a line that a student wrote as a definition is worth as a card.
const LINE: f32 = 2.0;

/// At most `most` terms with their meanings; only those that `wanted` lets through.
pub(super) fn terms(
    docs: &[Document<'_>],
    concepts: &Concepts,
    worth: &[f32],
    most: usize,
    wanted: impl Fn(&str, &str) -> bool,
) -> Vec<KeyTerm<Passage>> {
    let rank = |card: f32, term: &str, text: usize| {
        card + WORDS_OVER_CARD * worth_of(concepts, worth, term, docs[text].language)
    };
    let mut found: Vec<(f32, KeyTerm<Passage>)> = Vec::new();
    for (text, document) in docs.iter().enumerate() {
        for card in lines::find(document) {
            let source = Passage { text, span: card.span };
            let rank = rank(LINE, &card.term, text);
            found.push((rank, KeyTerm { term: card.term, definition: card.answer, source, verdict: None }));
        }
    }
    for candidate in candidates(docs) {
        if let Some(term) = term_of(&candidate) {
            let draft = candidate.draft;
            let source = Passage { text: draft.text, span: draft.span };
            let rank = rank(candidate.score, &term, draft.text);
            found.push((rank, KeyTerm { term, definition: draft.answer, source, verdict: None }));
        }
    }
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.source.cmp(&y.source)));
    let mut seen = FxHashSet::default();
    let terms = found.into_iter().map(|(_, term)| term);
    terms
        .filter(|term| {
            is_term(&term.term) && is_meaning(&term.definition) && wanted(&term.term, &term.definition)
        })
        .filter(|term| seen.insert(key(&term.term, Language::English)))
        .take(most)
        .collect()
}

/// The term that a card asks the meaning of: "osmosis" in "What is osmosis?".
fn term_of(candidate: &Candidate) -> Option<String> {
    if candidate.draft.form != CardForm::Definition || candidate.score < LEAST {
        return None;
    }
    let asked = candidate.draft.question.strip_suffix('?')?;
    let (question, rest) = asked.split_once(' ')?;
    let (verb, term) = rest.split_once(' ')?;
    let asks = matches!(question, "What" | "Who") && matches!(verb, "is" | "are" | "was" | "were");
    let article = ["the ", "a ", "an "].into_iter().find_map(|article| term.strip_prefix(article));
    asks.then(|| article.unwrap_or(term).to_owned())
}

/// Whether it can be a term: no sign of a formula, no beginning of a sentence.
fn is_term(term: &str) -> bool {
    let first = term.split(' ').next().unwrap_or_default();
    term.chars().count() >= 2
        && !term.contains(['_', '=', '~', '^'])
        && !["where", "use", "let", "if", "when", "this", "that", "term", "terms"].contains(&first)
}

/// Whether it says what a thing is, rather than how it is or what else it is.
fn is_meaning(definition: &str) -> bool {
    const PREDICATES: &[&str] = &[
        "also",
        "that",
        "his",
        "her",
        "their",
        "its",
        "intermediate",
        "similar",
        "born",
        "because",
        "equivalent",
        "often",
    ];
    let first = definition.split(' ').next().unwrap_or_default().to_lowercase();
    !first.ends_with("ly") && !PREDICATES.contains(&first.as_str())
}

/// The mean worth of a term's stems.
fn worth_of(concepts: &Concepts, worth: &[f32], term: &str, language: Language) -> f32 {
    let stems = content(term, language);
    let sum: f32 = stems.iter().filter_map(|stem| concepts.stem_of(stem)).map(|id| worth[id as usize]).sum();
    sum / stems.len().max(1) as f32
}
