//! Worth: how well a term of the notes stands beside the right answer.

use super::bank::{Bank, Term, canonical};
use super::kind::{Kind, article, is_plural, kind_of, plain, without_article};
use super::people::is_person;
use crate::lexicon::is_person_noun;

// Weights of what makes a fair rival, set by hand, then moved by a short random search on the open OpenStax questions; no
// book was held out, so their figure there is an upper one.

/// Enumerated with the answer.
const SIBLING: f32 = 3.9;
/// Ends in the same noun as the answer.
const SAME_LAST: f32 = 2.6;
/// Shares a word with it.
const SHARED_WORD: f32 = 0.5;
/// Each letter of a shared ending.
const ENDING: f32 = 0.35;
/// Of the noun that the question asks for.
const ASKED: f32 = 1.2;
/// Bold, a heading, or defined.
const KEY_TERM: f32 = 1.6;
/// The logarithm of its places.
const FREQUENT: f32 = 0.46;
/// Stands as a whole phrase.
const WHOLE: f32 = 0.3;
/// Stands in the same sentence as the answer.
const NEAR: f32 = 1.5;
/// Cost of each degree of commonness.
const COMMON: f32 = 0.12;
/// Cost of each word more or less.
const WORD_GAP: f32 = 0.7;
/// Cost of never standing but inside a longer phrase.
const INNER: f32 = 1.4;
/// Sentences over which nearness falls to a third.
const REACH: f32 = 6.4;

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
            && term.words <= self.words + 2
    }

    /// The worth of a term as a rival.
    pub(super) fn worth(&self, bank: &Bank<'_>, term: &Term) -> f32 {
        let flag = |on: bool| f32::from(u8::from(on));
        let same_last = self.words > 1 && term.words > 1 && term.last == self.last;
        let ending = shared_ending(&term.last, &self.last);
        let shares = shares_word(&term.key, &self.key);
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
        let gap = term.words.abs_diff(self.words) as f32;
        SIBLING * flag(bank.are_siblings(&self.key, &term.key))
            + SAME_LAST * flag(same_last)
            + SHARED_WORD * flag(shares)
            + ENDING * ending as f32
            + ASKED * flag(asked)
            + KEY_TERM * flag(term.key_term)
            + FREQUENT * (1.0 + term.places.len() as f32).ln()
            + WHOLE * flag(term.whole > 0)
            + NEAR * (-(nearest.min(1000) as f32) / REACH).exp()
            - COMMON * term.commonness
            - WORD_GAP * gap
            - INNER * flag(term.whole == 0)
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
