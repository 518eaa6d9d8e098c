//! Signs: what tells a passage that answers a question from one that only speaks of the same things.

use rustc_hash::FxHashSet;

use super::Evidence;
use super::asked::{Asked, Kind, Word};
use super::weights::WEIGHTS;
use crate::compose::opposites::{denies, opposites};
use crate::lexicon::is_month;
use crate::read::Document;
use crate::text::{Language, TokenKind, stem, tokens};

/// How many signs there are.
pub const SIGNS: usize = 14;

/// What was seen of a passage, in this order:
///
/// 1. the log-odds that it answers, as the search sees it, in tens;
/// 2. the question denies and the best sentence does not;
/// 3. the question denies;
/// 4. the question says a word that the passage does not, and the passage says its opposite;
/// 5. the same of the best sentence;
/// 6. the question holds a number that the best sentence does not;
/// 7. names of the question that the best sentence does not hold, of three;
/// 8. content words of the question that the passage does not hold, as a share;
/// 9. the same of the best sentence;
/// 10. how far the kind of thing that is asked for is missing from the best sentence;
/// 11. the question has "un-", "in-", "dis-" … before a word that the passage has without it;
/// 12. the question holds a superlative that the passage does not;
/// 13. the passage holds all content words;
/// 14. the best sentence holds the first content word.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Signs([f32; SIGNS]);

/// The words of a stretch of the notes.
struct Held {
    lower: FxHashSet<String>,
    stems: FxHashSet<String>,
    /// Whether it holds a year or month, a number, a name, that the question does not hold itself.
    time: bool,
    number: bool,
    name: bool,
}

const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "twenty", "thirty", "hundred", "thousand", "million", "billion", "half", "dozen", "several", "many",
];

impl Held {
    fn of(text: &str, asked: &Asked, language: Language) -> Self {
        let said: FxHashSet<&str> = asked.words.iter().map(|word| word.lower.as_str()).collect();
        let mut held = Held {
            lower: FxHashSet::default(),
            stems: FxHashSet::default(),
            time: false,
            number: false,
            name: false,
        };
        for (at, token) in tokens(text).filter(|token| token.kind != TokenKind::Mark).enumerate() {
            let lower = token.text.to_lowercase().replace('’', "'");
            if !said.contains(lower.as_str()) {
                let digits = token.text.starts_with(|c: char| c.is_ascii_digit());
                let value: Option<u32> = lower.trim_end_matches('s').parse().ok();
                held.number |= digits || NUMBERS.contains(&lower.as_str());
                held.time |= value.is_some_and(|value| (1000..2100).contains(&value))
                    || lower == "century"
                    || is_month(&lower);
                held.name |= at > 0 && token.text.starts_with(char::is_uppercase);
            }
            let bare = lower.strip_suffix("'s").unwrap_or(&lower);
            held.stems.insert(stem(bare, language));
            held.lower.insert(lower);
        }
        held
    }

    fn has(&self, word: &Word) -> bool {
        self.stems.contains(&word.stem) || self.lower.contains(&word.lower)
    }

    /// Whether a word is missing here and its opposite is not.
    fn opposes(&self, asked: &Asked) -> bool {
        let opposed = |word: &Word| opposites(&word.lower).any(|other| self.lower.contains(other));
        asked.words.iter().any(|word| !self.lower.contains(&word.lower) && opposed(word))
    }

    /// How far the kind of thing that is asked for is missing here.
    fn lacks(&self, kind: Kind) -> f32 {
        let there = match kind {
            Kind::Time if self.time => 1.0,
            Kind::Time if self.number => 0.5,
            Kind::Amount if self.number => 1.0,
            Kind::Name if self.name => 1.0,
            Kind::Time | Kind::Amount | Kind::Name => 0.0,
            Kind::Meaning | Kind::Anything => 1.0,
        };
        1.0 - there
    }
}

impl Signs {
    /// Of the best passage for a question.
    pub(super) fn of(asked: &Asked, document: &Document<'_>, best: &Evidence) -> Self {
        let language = document.language;
        let passage = Held::of(best.span.of(document.text).unwrap_or_default(), asked, language);
        let sentence = Held::of(best.sentence.of(document.text).unwrap_or_default(), asked, language);
        let flag = |on: bool| f32::from(u8::from(on));
        let content: Vec<&Word> = asked.content().collect();
        let share = |held: &Held| {
            content.iter().filter(|word| !held.has(word)).count() as f32 / content.len().max(1) as f32
        };
        let asks_denial = asked.words.iter().any(|word| denies(&word.lower));
        let says_denial = sentence.lower.iter().any(|lower| denies(lower));
        let number = |word: &&Word| word.lower.starts_with(|c: char| c.is_ascii_digit());
        let names = asked.words.iter().filter(|word| word.name && !sentence.has(word)).count();
        let superlative = |word: &&Word| {
            word.lower.len() > 4 && word.lower.ends_with("est") && !passage.lower.contains(&word.lower)
        };
        let likely = best.answerable.clamp(1e-4, 1.0 - 1e-4);
        Signs([
            (likely / (1.0 - likely)).ln() / 10.0,
            flag(asks_denial && !says_denial),
            flag(asks_denial),
            flag(passage.opposes(asked)),
            flag(sentence.opposes(asked)),
            flag(asked.words.iter().filter(number).any(|word| !sentence.has(word))),
            names.min(3) as f32 / 3.0,
            share(&passage),
            share(&sentence),
            sentence.lacks(asked.kind),
            flag(content.iter().any(|word| is_turned(word, &passage, language))),
            flag(asked.words.iter().filter(superlative).count() > 0),
            flag(share(&passage) == 0.0),
            flag(content.first().is_some_and(|word| sentence.has(word))),
        ])
    }

    /// The signs, in the order above.
    pub fn as_slice(&self) -> &[f32] {
        &self.0
    }

    /// How likely the passage answers the question, 0 to 1.
    pub(super) fn likelihood(&self) -> f32 {
        let sum: f32 = self.0.iter().zip(WEIGHTS).map(|(sign, weight)| sign * weight).sum();
        1.0 / (1.0 + (-sum - WEIGHTS[SIGNS]).exp())
    }
}

/// Whether a word is one of the passage's, turned into its opposite by what stands before it.
fn is_turned(word: &Word, passage: &Held, language: Language) -> bool {
    const BEFORE: &[&str] = &["un", "in", "im", "dis", "non", "ir", "il", "mis", "anti"];
    !passage.has(word)
        && word.lower.len() > 6
        && BEFORE.iter().any(|before| {
            word.lower.strip_prefix(before).is_some_and(|rest| passage.stems.contains(&stem(rest, language)))
        })
}
