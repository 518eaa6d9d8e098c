//! The question: which terms it asks with, what each is worth, and what kind of answer it wants.

use rustc_hash::FxHashMap;

use super::index::Index;
use super::terms;
use crate::lexicon::{commonness, related};
use crate::text::{Language, guess};

/// One idea of a question: a word and the terms of the notes that stand for it.
#[derive(Debug, Clone)]
pub(super) struct Idea {
    /// What it is worth: the rarer in the notes, the more. 0 for a stop word.
    pub(super) worth: f32,
    /// Terms, and how well they stand for it: 1 for the word itself.
    pub(super) terms: Vec<(u32, f32)>,
}

/// What kind of answer a question wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    /// A number or a date.
    Number,
    /// A person, a place, a thing with a name.
    Name,
    /// Anything.
    Anything,
}

/// A question, read against an index.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) ideas: Vec<Idea>,
    /// Which idea each word is, in order.
    pub(super) order: Vec<usize>,
    pub(super) wants: Wants,
    /// What all its ideas are worth together.
    pub(super) worth: f32,
    /// Which idea a term stands for, and how well.
    pub(super) meaning: FxHashMap<u32, (usize, f32)>,
}

/// Words beyond these are not read: a question is not a book.
const MOST_WORDS: usize = 64;

/// Most terms that stand for one word beside itself.
const LOOKALIKES: usize = 6;

impl Question {
    /// Reads `text` against `index`. Where it is unfinished, its last word may go on.
    pub(super) fn read(text: &str, index: &Index, unfinished: bool) -> Self {
        let language = guess(text);
        let mut question = Question {
            ideas: Vec::new(),
            order: Vec::new(),
            wants: wants(text),
            worth: 0.0,
            meaning: FxHashMap::default(),
        };
        let mut seen: FxHashMap<String, usize> = FxHashMap::default();
        terms::pieces(text, |piece| {
            if question.order.len() >= MOST_WORDS {
                return;
            }
            let key = terms::canonical(piece.text, language);
            let at = *seen.entry(key).or_insert_with(|| {
                let mut idea = idea(piece.text, language, index);
                if unfinished && piece.start + piece.text.len() == text.len() {
                    go_on(&mut idea, piece.text, question.ideas.is_empty(), index);
                }
                question.ideas.push(idea);
                question.ideas.len() - 1
            });
            question.order.push(at);
        });
        question.worth = question.ideas.iter().map(|idea| idea.worth).sum();
        for (at, idea) in question.ideas.iter().enumerate() {
            for &(term, weight) in &idea.terms {
                let known = question.meaning.entry(term).or_insert((at, weight));
                if weight > known.1 {
                    *known = (at, weight);
                }
            }
        }
        question
    }
}

/// Least likeness of a term that stands for a word, and what it counts for: for a word that the notes do not hold,
/// and for one that they do.
const UNKNOWN: (f32, f32) = (0.4, 0.8);
const KNOWN: (f32, f32) = (0.6, 0.5);

/// What a word of the same meaning counts for at best.
const RELATED: f32 = 0.8;

fn idea(word: &str, language: Language, index: &Index) -> Idea {
    let mut terms: Vec<(u32, f32)> = Vec::new();
    for language in index.languages() {
        if let Some(term) = index.vocabulary.find(word, language)
            && !terms.iter().any(|&(known, _)| known == term)
        {
            terms.push((term, 1.0));
        }
    }
    if terms::is_stop(word, language) {
        return Idea { worth: 0.0, terms };
    }
    let live = |term: u32| index.postings.get(term as usize).map_or(0, |postings| postings.live);
    let seen = terms.iter().map(|&(term, _)| live(term)).max().unwrap_or(0);
    let own = worth(word, seen, index.live_chunks);
    let mut stand_in = |term: u32, share: f32| {
        if live(term) == 0 {
            return;
        }
        let its = worth("", live(term), index.live_chunks);
        let weight = share * (its / own).min(1.0);
        match terms.iter_mut().find(|(known, _)| *known == term) {
            Some(known) => known.1 = known.1.max(weight),
            None => terms.push((term, weight)),
        }
    };
    let (least, share) = if seen == 0 { UNKNOWN } else { KNOWN };
    for like in index.vocabulary.lookalikes(&terms::canonical(word, language), LOOKALIKES) {
        if like.likeness >= least {
            stand_in(like.term, share * like.likeness);
        }
    }
    if matches!(language, Language::English | Language::Other) {
        for (stem, weight) in related(&terms::canonical(word, Language::English)) {
            if let Some(term) = index.vocabulary.find_canonical(stem) {
                stand_in(term, RELATED * weight);
            }
        }
    }
    Idea { worth: own, terms }
}

/// Most terms that a word which is only begun stands for, and what each counts for.
const BEGUN: (usize, f32) = (32, 0.9);

/// Has an idea stand also for the terms that begin with its word: those in most passages before others. A stop word goes
/// on only where it stands alone.
fn go_on(idea: &mut Idea, word: &str, alone: bool, index: &Index) {
    if idea.worth == 0.0 && !alone || word.starts_with(terms::is_dense) {
        return;
    }
    let live = |term: u32| index.postings.get(term as usize).map_or(0, |postings| postings.live);
    let mut begun: Vec<u32> =
        index.vocabulary.beginning_with(&terms::plain(word)).filter(|&term| live(term) > 0).collect();
    begun.sort_unstable_by_key(|&term| (std::cmp::Reverse(live(term)), term));
    begun.truncate(BEGUN.0);
    let worths = begun.iter().map(|&term| worth("", live(term), index.live_chunks));
    idea.worth = worths.fold(idea.worth, f32::max);
    for term in begun {
        let weight = BEGUN.1 * (worth("", live(term), index.live_chunks) / idea.worth).min(1.0);
        match idea.terms.iter_mut().find(|(known, _)| *known == term) {
            Some(known) => known.1 = known.1.max(weight),
            None => idea.terms.push((term, weight)),
        }
    }
}

/// How many chunks of other people's textbooks the notes are thought to come with when a word is weighed: in a
/// library of two notes, the notes alone tell little.
const PRIOR: f32 = 20.0;

/// The share of those chunks that hold a word of no commonness, and how much it grows with each step of it.
const RARE_SHARE: f32 = 0.002;
const COMMON_GROWTH: f32 = 1.9;

/// The inverse document frequency of a word, mixed with how common it is in textbooks.
fn worth(word: &str, with: u32, chunks: usize) -> f32 {
    let common = if word.is_ascii() { commonness(&word.to_ascii_lowercase()) } else { 0.0 };
    let with = with as f32 + PRIOR * RARE_SHARE * COMMON_GROWTH.powf(common);
    let without = (chunks as f32 + PRIOR - with).max(0.0);
    (1.0 + (without + 0.5) / (with + 0.5)).ln()
}

const NUMBER_SIGNS: &[&str] = &[
    "when",
    "how many",
    "how much",
    "how old",
    "how long",
    "how far",
    "how high",
    "how tall",
    "what year",
    "which year",
    "what date",
    "what day",
    "what century",
    "what decade",
    "what percent",
    "what number",
    "what time",
    "wann",
    "wie viel",
    "wie viele",
    "wie alt",
    "wie lange",
    "wie hoch",
    "welches jahr",
    "welchem jahr",
    "cuándo",
    "cuánto",
    "cuántos",
    "cuánta",
    "cuántas",
    "qué año",
    "quand",
    "combien",
    "quelle année",
];

const NAME_SIGNS: &[&str] = &[
    "who",
    "whom",
    "whose",
    "where",
    "what country",
    "which country",
    "what city",
    "which city",
    "what state",
    "what company",
    "what is the name",
    "what was the name",
    "quién",
    "quiénes",
    "dónde",
    "qui",
    "où",
];

/// What kind of answer the words of a question want.
fn wants(text: &str) -> Wants {
    let padded: String = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .fold(" ".into(), |all, word| all + word + " ");
    let has = |signs: &[&str]| signs.iter().any(|sign| padded.contains(&format!(" {sign} ")));
    if has(NUMBER_SIGNS) {
        Wants::Number
    } else if has(NAME_SIGNS) {
        Wants::Name
    } else {
        Wants::Anything
    }
}
