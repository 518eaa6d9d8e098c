//! The glossary: the terms that the notes define, the most important first, in the words of the notes.

use rustc_hash::FxHashSet;
use sharper_domain::{KeyTerm, Passage};

use super::concepts::Concepts;
use crate::compose::distractors::without_article;
use crate::compose::fronts::capital;
use crate::compose::quiz::definition::{Definition, defined};
use crate::compose::{candidates, lines};
use crate::grammar::Line;
use crate::lexicon::{Class, classify};
use crate::read::Document;
use crate::text::{Language, content, key};

/// The worth, as a card, below which a definition is none.
const LEAST: f32 = 0.0;
/// How much the worth of a term's words counts beside the worth of its definition.
const WORDS_OVER_CARD: f32 = 2.0;
/// What a line that a student wrote as a definition is worth as a card.
const LINE: f32 = 2.0;

/// Longest term, in words.
const LONGEST: usize = 5;

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
    for candidate in candidates(docs).into_iter().filter(|candidate| candidate.score >= LEAST) {
        let draft = &candidate.draft;
        let document = &docs[draft.text];
        let stands = document.sentences.get(candidate.sentence).is_some_and(|own| own.span == draft.span);
        let line = stands.then(|| Line::new(document, candidate.sentence));
        if let Some(Definition { term, meaning }) = defined(line.as_ref(), draft) {
            let term = without_article(&term).to_owned();
            let source = Passage { text: draft.text, span: draft.span };
            let rank = rank(candidate.score, &term, draft.text);
            found.push((rank, KeyTerm { term, definition: capital(&meaning), source, verdict: None }));
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

/// Whether it can be a term: a few words, no sign of a formula, no sentence or beginning of one.
fn is_term(term: &str) -> bool {
    let words: Vec<String> = term.split(' ').map(str::to_lowercase).collect();
    let first = words[0].as_str();
    let says = words.iter().any(|word| {
        matches!(
            classify(word),
            Class::Be | Class::Have | Class::Modal | Class::Do | Class::Wh | Class::Pronoun
        )
    });
    term.chars().count() >= 2
        && words.len() <= LONGEST
        && !says
        && (words.len() == 1
            || !matches!(classify(first), Class::VerbBase | Class::VerbThird | Class::Subordinator))
        && !term.contains(['_', '=', '~', '^', '|', '{', '\\', '×'])
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
    let words = definition.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 2);
    words.count() >= 2 && !first.ends_with("ly") && !PREDICATES.contains(&first.as_str())
}

/// The mean worth of a term's stems.
fn worth_of(concepts: &Concepts, worth: &[f32], term: &str, language: Language) -> f32 {
    let stems = content(term, language);
    let sum: f32 = stems.iter().filter_map(|stem| concepts.stem_of(stem)).map(|id| worth[id as usize]).sum();
    sum / stems.len().max(1) as f32
}
