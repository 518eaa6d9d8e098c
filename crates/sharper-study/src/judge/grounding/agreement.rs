//! Agreement: what an item states against the passage it stands on, one word at a time: numbers, units, names.
//! What is found here is said to the student and to the author who repairs.

use std::ops::Range;

use sharper_domain::Fault;

use super::quantities::{Quantity, quantities};
use crate::judge::source::{Sentence, Source};
use crate::judge::words::{Role, Word};
use crate::text::Language;

/// One thing in a statement that the passage does not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What kind of thing.
    pub fault: Fault,
    /// The words of the statement that it is about.
    pub text: String,
}

/// Least share of an item's content words in a denied clause for the denial to be about the item.
pub(super) const CLAUSE_COVER: f64 = 0.6;

/// The sentences that an item stands on.
pub(in crate::judge) struct Passage<'s> {
    source: &'s Source,
    range: Range<usize>,
    families: Vec<u32>,
}

impl<'s> Passage<'s> {
    /// The sentences of `range`, which are of one text.
    pub(in crate::judge) fn of(source: &'s Source, range: Range<usize>) -> Passage<'s> {
        let sentences = &source.sentences()[range.clone()];
        let stems = sentences.iter().flat_map(|sentence| &sentence.set);
        let mut families: Vec<u32> = stems.map(|&stem| source.family_of(stem)).collect();
        families.sort_unstable();
        Passage { source, range, families }
    }

    /// Its sentences.
    pub(in crate::judge) fn sentences(&self) -> &'s [Sentence] {
        &self.source.sentences()[self.range.clone()]
    }

    /// Its text.
    fn text(&self) -> &'s str {
        match self.sentences() {
            [first, .., last] if first.text == last.text => {
                self.stretch(first.text, first.span.start, last.span.end)
            }
            [only] => self.stretch(only.text, only.span.start, only.span.end),
            _ => "",
        }
    }

    fn stretch(&self, text: usize, start: usize, end: usize) -> &'s str {
        self.source.text(text).and_then(|text| text.get(start..end)).unwrap_or("")
    }

    /// Whether a word of this family stands in it.
    pub(in crate::judge) fn holds(&self, word: &Word) -> bool {
        self.source.family(&word.stem).is_some_and(|family| self.families.binary_search(&family).is_ok())
    }

    /// Whether the very word (by stem) stands in it.
    pub(in crate::judge) fn says(&self, stem: &str) -> bool {
        self.stem(stem).is_some_and(|stem| self.sentences().iter().any(|sentence| sentence.holds(stem)))
    }

    /// The number of a stem.
    pub(in crate::judge) fn stem(&self, stem: &str) -> Option<u32> {
        self.source.stem(stem)
    }
}

/// Where in an item a text stands: a question may name things that stand elsewhere in the notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::judge) enum Part {
    /// The question.
    Question,
    /// The answer, or a statement that has no question.
    Answer,
}

/// The numbers of `text` that the passage does not state, and the units that it states otherwise.
pub(in crate::judge) fn numbers(text: &str, words: &[Word], part: Part, passage: &Passage<'_>) -> Vec<Issue> {
    if words.iter().all(|word| word.value.is_none()) {
        return Vec::new();
    }
    let stated = quantities(text);
    let there = quantities(passage.text());
    let differs = |quantity: &&Quantity| {
        if quantity.is_small_count() && part == Part::Question {
            return false;
        }
        let same: Vec<&Quantity> =
            there.iter().filter(|other| close(other.amount, quantity.amount)).collect();
        if same.is_empty() {
            let elsewhere = !passage.source.holding_number(quantity.amount).is_empty();
            return !(part == Part::Question && elsewhere);
        }
        let units_differ = |other: &&&Quantity| other.unit.is_some() && other.unit != quantity.unit;
        quantity.unit.is_some() && same.iter().filter(units_differ).count() == same.len()
    };
    stated
        .iter()
        .filter(differs)
        .map(|q| Issue { fault: Fault::NumberDiffers, text: q.text.clone() })
        .collect()
}

fn close(one: f64, two: f64) -> bool {
    (one - two).abs() <= 1e-9 * one.abs().max(two.abs())
}

/// The names of `text` that the passage (for a question: the whole source) does not hold.
pub(in crate::judge) fn names(text: &str, words: &[Word], part: Part, passage: &Passage<'_>) -> Vec<Issue> {
    if passage.source.language() == Language::German {
        return Vec::new();
    }
    let mut issues = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let starts = starts_sentence(text, word.span.start);
        let more = words.get(at + 1).is_some_and(|next| {
            next.capital && next.role == Role::Content && next.span.start <= word.span.end + 1
        });
        let alone = part == Part::Answer && words.len() == 1;
        let name =
            word.capital && word.role == Role::Content && word.value.is_none() && (!starts || more || alone);
        if !name {
            continue;
        }
        let known = match part {
            Part::Question => passage.source.family(&word.stem).is_some(),
            Part::Answer => passage.holds(word),
        };
        let excused = known || part == Part::Question && is_acronym(text.get(word.span.start..word.span.end));
        if !excused {
            let text = text.get(word.span.start..word.span.end).unwrap_or(&word.lower).to_owned();
            issues.push(Issue { fault: Fault::NameDiffers, text });
        }
    }
    issues
}

fn is_acronym(word: Option<&str>) -> bool {
    word.is_some_and(|word| word.len() <= 5 && word.chars().all(|c| c.is_uppercase() || c.is_numeric()))
}

fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text[..at]
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '‘' | '(' | '\'' | '*'));
    before.chars().next_back().is_none_or(|c| matches!(c, '.' | '?' | '!' | ':' | ';' | '\n' | '-' | '•'))
}
