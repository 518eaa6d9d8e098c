//! A candidate: a card that could be made, and what the ranker is told of it.

use sharper_domain::{CardDraft, CardForm, Difficulty};

use crate::extract::{TermKey, TermUse};
use crate::grammar::Line;

/// From which pattern a card was made; the ranker trusts some more than others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Pattern {
    /// X is a Y.
    Is,
    /// X refers to Y.
    Means,
    /// D is called X.
    Naming,
    /// The sentence before describes what this one names.
    NamingBack,
    /// D, called X, which …
    Inserted,
    /// … called what?
    CalledWhat,
    /// X, a Y,
    Apposition,
    /// Term: meaning
    Line,
    /// When?
    When,
    /// Why?
    Why,
    /// How many?
    HowMany,
    /// Who or what does it?
    Subject,
    /// What does it do?
    Object,
    /// A list under its lead-in.
    List,
    /// A gap.
    Cloze,
}

/// How many numbers describe a candidate.
pub const FEATURES: usize = 36;

/// A card that could be made.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The card.
    pub draft: CardDraft,
    /// What the ranker is told of it.
    pub features: [f32; FEATURES],
    /// Its worth, by the ranker.
    pub score: f32,
    pub(crate) term: TermKey,
    pub(crate) section: usize,
    pub(crate) sentence: usize,
    pub(crate) pattern: Pattern,
}

/// A question and its answer before they become a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) form: CardForm,
    pub(crate) difficulty: Difficulty,
    pub(crate) pattern: Pattern,
    /// The words of the term that it tests, in the line.
    pub(crate) term: std::ops::Range<usize>,
    /// Whether it also stands on the sentence before.
    pub(crate) with_previous: bool,
}

/// What is known of the term of a pair, for the ranker.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TermFacts {
    pub(crate) usage: TermUse,
    pub(crate) words: usize,
    pub(crate) in_heading: bool,
    pub(crate) marked: bool,
    pub(crate) name: bool,
    /// Mean commonness of its words over textbooks: 0 for rare words, 1 for everyday ones.
    pub(crate) commonness: f32,
    pub(crate) head_commonness: f32,
    /// Share of its words that look learned (-osis, -ism, -tion…).
    pub(crate) learned: bool,
    pub(crate) quoted: bool,
    pub(crate) bare: bool,
}

/// Describes a pair to the ranker.
pub(crate) fn features(line: &Line<'_>, pair: &Pair, term: &TermFacts, position: f32) -> [f32; FEATURES] {
    let mut out = [0.0; FEATURES];
    out[pair.pattern as usize] = 1.0;
    let flag = |on: bool| f32::from(u8::from(on));
    let words = |text: &str| text.split_whitespace().count() as f32;
    let rest = [
        (1.0 + term.usage.count as f32).ln(),
        flag(term.usage.count <= 1),
        flag(term.words == 1),
        flag(term.words == 2),
        flag(term.words >= 4),
        flag(term.in_heading),
        flag(term.marked),
        flag(term.name),
        term.commonness,
        term.head_commonness,
        flag(term.learned),
        flag(term.quoted),
        flag(term.bare),
        flag(term.usage.first as usize == line.sentence),
        position,
        words(&pair.answer).min(40.0) / 20.0,
        flag(words(&pair.answer) > 25.0),
        words(&pair.question).min(40.0) / 20.0,
        line.len().min(60) as f32 / 30.0,
        flag(pair.with_previous),
    ];
    out[16..16 + rest.len()].copy_from_slice(&rest);
    out
}
