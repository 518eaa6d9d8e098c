//! The glossary: the terms that the notes define, the most important first, in the words of the notes.

use std::ops::Range;

use rustc_hash::FxHashSet;
use sharper_domain::{KeyTerm, Passage};

use super::concepts::{Concepts, Definition};
use crate::compose::candidate::Pair;
use crate::compose::{english, gates, lines};
use crate::extract::Finding;
use crate::grammar::{Line, core_of};
use crate::read::Document;
use crate::text::{Language, content, key};

/// What a finding says that a term means: the term's words and the meaning. `None` for what is no definition.
pub(super) fn definition(line: &Line<'_>, finding: &Finding) -> Option<(Range<usize>, String)> {
    let defines = matches!(
        finding,
        Finding::Definition { .. }
            | Finding::Naming { .. }
            | Finding::Inserted { .. }
            | Finding::Apposition { .. }
            | Finding::Aside { .. }
    );
    if !defines {
        return None;
    }
    let mut pairs = Vec::new();
    english::pairs(line, finding, &mut pairs);
    let asks = |pair: &Pair| {
        pair.form == sharper_domain::CardForm::Definition && !pair.with_previous && gates::passes(pair)
    };
    let pair = pairs.into_iter().find(asks)?;
    Some((core_of(line, pair.term.clone()), pair.answer))
}

/// At most `most` terms with their meanings; only terms that `wanted` lets through.
pub(super) fn terms(
    docs: &[Document<'_>],
    concepts: &Concepts,
    worth: &[f32],
    most: usize,
    wanted: impl Fn(&str, &str) -> bool,
) -> Vec<KeyTerm<Passage>> {
    let mut found: Vec<(f32, KeyTerm<Passage>)> = Vec::new();
    for definition in &concepts.definitions {
        let Definition { text, sentence, term, meaning } = definition;
        let span = docs[*text].sentences[*sentence].span;
        let term = KeyTerm {
            term: term.clone(),
            definition: meaning.clone(),
            source: Passage { text: *text, span },
        };
        found.push((worth_of(concepts, worth, &term.term, docs[*text].language), term));
    }
    for (text, document) in docs.iter().enumerate() {
        for card in lines::find(document) {
            let worth = 1.0 + worth_of(concepts, worth, &card.term, document.language);
            let source = Passage { text, span: card.span };
            found.push((worth, KeyTerm { term: card.term, definition: card.answer, source }));
        }
    }
    found.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| x.source.cmp(&y.source)));
    let mut seen = FxHashSet::default();
    found
        .into_iter()
        .map(|(_, term)| term)
        .filter(|term| wanted(&term.term, &term.definition))
        .filter(|term| seen.insert(key(&term.term, Language::English)))
        .take(most)
        .collect()
}

/// The mean worth of a term's stems.
fn worth_of(concepts: &Concepts, worth: &[f32], term: &str, language: Language) -> f32 {
    let stems = content(term, language);
    let sum: f32 = stems.iter().filter_map(|stem| concepts.stem_of(stem)).map(|id| worth[id as usize]).sum();
    sum / stems.len().max(1) as f32
}
