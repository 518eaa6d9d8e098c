//! Worth: how well a term of the notes stands beside the right answer.

use super::bank::{Bank, canonical};
use super::kind::{Kind, article, is_plural, kind_of, plain, without_article};
use super::people::is_person;
use super::term::Term;
use super::weights::{RIVAL, RIVAL_BIAS};
use crate::lexicon::{Class, classify, is_person_noun};

/// How many numbers describe a rival.
pub const RIVAL_FEATURES: usize = 11;

/// Sentences over which nearness falls to a third.
const REACH: f32 = 6.0;

/// What is known of the right answer while its rivals are weighed.
#[derive(Debug)]
pub(super) struct Rivals {
    pub(super) kind: Kind,
    key: String,
    last: String,
    words: usize,
    plural: bool,
    capital: bool,
    person: bool,
    /// Whether the answer names a kind of people.
    human: bool,
    places: Vec<usize>,
    /// The article of the answer.
    article: &'static str,
    /// Whether the answer holds a possessive.
    possessive: bool,
    /// The noun that the question asks for: "which type of rock".
    asked: Option<String>,
}

impl Rivals {
    pub(super) fn new(question: &str, answer: &str, bank: &Bank<'_>) -> Self {
        let bare = without_article(answer.trim());
        let key = canonical(bare);
        let known = bank.get(&key);
        let last = bare.split_whitespace().last().map(plain).unwrap_or_default();
        let lower = bare.to_lowercase();
        let written_low = known.is_some_and(|term| !term.name);
        let capitals = bare.split_whitespace().skip(1).any(|word| word.starts_with(char::is_uppercase));
        Rivals {
            kind: match kind_of(answer) {
                Kind::Term if known.is_some_and(|term| term.adjective) => Kind::Adjective,
                kind => kind,
            },
            capital: known.is_some_and(|term| term.name) || !written_low && capitals,
            places: known.map_or_else(|| places_of(bank, &lower), |term| term.places.clone()),
            words: bare.split_whitespace().count(),
            plural: is_plural(answer),
            person: question.starts_with("Who ") || is_person(bare, bank),
            human: question.starts_with("Who ") || is_person_noun(&last),
            article: article(answer),
            possessive: bare.contains(['\'', '’']),
            asked: asked_noun(question),
            key,
            last,
        }
    }

    /// Whether a term is of the answer's kind and number.
    pub(super) fn fits(&self, bank: &Bank<'_>, term: &Term) -> bool {
        let number = self.capital || self.kind == Kind::Adjective || term.plural == self.plural;
        let same_last = self.words > 1 && term.last == self.last;
        let article = match self.article {
            "the " => term.with_the || term.text.contains(" of ") || same_last && !term.name,
            "a " => term.with_a || term.plural || same_last,
            _ => !(term.name && term.with_the),
        };
        number
            && article
            && (!term.name || is_person(&term.text, bank) == self.person)
            && (term.name || self.capital || is_person_noun(&term.last) == self.human)
            && !(self.person && term.name && shares_word(&term.key, &self.key))
            && (self.possessive || !term.text.contains(['\'', '’']))
            && term.name == self.capital
            && term.adjective == (self.kind == Kind::Adjective)
            && (term.name
                || term.adjective
                || classify(&term.last) != Class::Adjective
                || classify(&self.last) == Class::Adjective)
            && term.words <= self.words + 2
    }

    /// The worth of a term as a rival: 0 for the middle one of a text, 1 for one that stands out from the rest.
    pub(super) fn worth(&self, bank: &Bank<'_>, term: &Term) -> f32 {
        self.features(bank, term).iter().zip(RIVAL).map(|(value, weight)| value * weight).sum::<f32>()
            + RIVAL_BIAS
    }

    /// What tells a fair rival from the rest.
    pub(super) fn features(&self, bank: &Bank<'_>, term: &Term) -> [f32; RIVAL_FEATURES] {
        let flag = |on: bool| f32::from(u8::from(on));
        let nearest = self
            .places
            .iter()
            .filter_map(|&own| term.places.iter().map(|&other| own.abs_diff(other)).min())
            .min()
            .unwrap_or(usize::MAX);
        let asked = self.asked.as_deref().is_some_and(|noun| {
            noun == term.last && term.words > 1
                || bank.get(&format!("{} {}", term.key, canonical(noun))).is_some()
        });
        [
            // Enumerated with the answer.
            flag(bank.are_siblings(&self.key, &term.key)),
            // Ends in the same noun.
            flag(self.words > 1 && term.words > 1 && term.last == self.last),
            // Shares a word.
            flag(shares_word(&term.key, &self.key)),
            // Letters of a shared ending.
            shared_ending(&term.last, &self.last) as f32,
            // Of the noun that the question asks for.
            flag(asked),
            // Bold, a heading, or defined.
            flag(term.key_term),
            // The logarithm of its places.
            (1.0 + term.places.len() as f32).ln(),
            // Never stands but inside a longer phrase.
            flag(term.whole == 0),
            // Stands near the answer.
            (-(nearest.min(1000) as f32) / REACH).exp(),
            // How common its rarest word is.
            term.commonness,
            // Words more or less.
            term.words.abs_diff(self.words) as f32,
        ]
    }
}

/// Whether two canonical forms share a word.
fn shares_word(one: &str, other: &str) -> bool {
    one.split(' ').any(|word| other.split(' ').any(|own| own == word))
}

/// The sentences that hold an answer which is no term of its own.
fn places_of(bank: &Bank<'_>, lower: &str) -> Vec<usize> {
    let document = bank.document;
    (0..document.sentences.len())
        .filter(|&i| document.sentence_text(&document.sentences[i]).to_lowercase().contains(lower))
        .collect()
}

/// Letters at the end that two words share, when they look like one suffix: none under three, at most six.
fn shared_ending(one: &str, other: &str) -> usize {
    let count = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    let whole = count == one.chars().count() || count == other.chars().count();
    if count < 3 || whole && one != other { 0 } else { count.min(6) }
}

/// The noun in "What type of rock", "Which organ".
fn asked_noun(question: &str) -> Option<String> {
    let words: Vec<String> = question.split_whitespace().map(plain).collect();
    let at = words.iter().position(|word| word == "what" || word == "which")?;
    let mut next = at + 1;
    if words
        .get(next)
        .is_some_and(|word| matches!(word.as_str(), "type" | "kind" | "form" | "types" | "kinds"))
        && words.get(next + 1).is_some_and(|word| word == "of")
    {
        next += 2;
    }
    words.get(next).filter(|word| word.len() > 2 && !super::is_function_word(word)).cloned()
}
