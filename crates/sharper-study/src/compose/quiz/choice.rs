//! Multiple choice: one right option and three wrong ones of its kind, or two where there are no three good ones.
//!
//! Three options tell as much as four (Rodriguez, "Three options are optimal for multiple-choice items", 2005); a fourth
//! that nobody would choose only costs reading.

use sharper_domain::CardForm;

use super::definition::{Definition, defined};
use super::item::{Item, shares_words};
use crate::compose::Candidate;
use crate::compose::distractors::{Asked, Bank, is_plural, ranked_rivals, without_article};
use crate::judge::options;
use crate::text::{Language, content, key};

/// Wrong options of a question at most,
const WRONG: usize = 3;
/// and at least.
const FEWEST: usize = 2;
/// How far down the ranking an option may stand.
const DEPTH: usize = 9;
/// Least worth of a wrong option.
const GOOD: f32 = 1.3;

/// The stem of a multiple choice, its key, and what is wrong.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) stem: String,
    pub(super) key: String,
    pub(super) wrong: Vec<String>,
}

/// What the notes say that a term means.
#[derive(Debug)]
pub(super) struct Meaning {
    /// Which text.
    pub(super) text: usize,
    /// The term, without its article.
    pub(super) term: String,
    /// Its canonical form.
    pub(super) key: String,
    /// What it means.
    pub(super) meaning: String,
    section: usize,
    stems: Vec<String>,
}

impl Meaning {
    /// The meanings among some candidates, one for each term, the best.
    pub(super) fn of(candidates: &[Candidate], banks: &[Bank<'_>]) -> Vec<Meaning> {
        let mut ranked: Vec<&Candidate> =
            candidates.iter().filter(|candidate| candidate.draft.form == CardForm::Definition).collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut found: Vec<Meaning> = Vec::new();
        for candidate in ranked {
            let draft = &candidate.draft;
            let line = banks.get(draft.text).and_then(|bank| bank.line_at(draft.span));
            let Some(Definition { term, meaning }) = defined(line, draft) else { continue };
            let key = key(&term, Language::English);
            if key.is_empty() || found.iter().any(|known| known.text == draft.text && known.key == key) {
                continue;
            }
            found.push(Meaning {
                text: draft.text,
                term: without_article(&term).to_owned(),
                key,
                section: candidate.section,
                stems: content(&meaning, Language::English),
                meaning,
            });
        }
        found
    }
}

/// The fair multiple choice of an item, if it has one. `may_be_longest` says whether the key may be the longest option.
pub(super) fn compose(item: &Item<'_>, meanings: &[Meaning], may_be_longest: bool) -> Option<Options> {
    // Every other definition is asked by its term, the rest by its meaning.
    let by_meaning = item.term.is_some() && item.draft.span.start % 2 == 1;
    if by_meaning && let Some(found) = meaning_choice(item, meanings, may_be_longest) {
        return Some(found);
    }
    term_choice(item, may_be_longest).or_else(|| meaning_choice(item, meanings, may_be_longest))
}

/// A choice among terms.
fn term_choice(item: &Item<'_>, may_be_longest: bool) -> Option<Options> {
    if matches!(item.draft.form, CardForm::List | CardForm::Parts | CardForm::Cause) {
        return None;
    }
    let (stem, key) = item.stem()?;
    // The letters of a short form tell its long one among others.
    if stem.ends_with(" stand for?") {
        return None;
    }
    if !item.is_short(&key) || is_negative(&stem) {
        return None;
    }
    let rivals = ranked_rivals(&stem, &key, item.bank, DEPTH)
        .into_iter()
        .filter(|(_, worth)| *worth >= GOOD)
        .map(|(option, _)| option)
        .filter(|option| alike(option, &key))
        // A meaning that has the last word of its term leaves only terms with that word to choose among.
        .filter(|option| {
            !shares_words(&key, &item.draft.answer) || item.term.is_none() || last(option) == last(&key)
        })
        .collect();
    chosen(stem, key, rivals, may_be_longest)
}

/// A choice among the meanings of terms.
fn meaning_choice(item: &Item<'_>, meanings: &[Meaning], may_be_longest: bool) -> Option<Options> {
    let term = item.term.as_ref()?;
    let key = item.draft.answer.clone();
    if !item.draft.question.starts_with("What ") || shares_words(without_article(term), &key) {
        return None;
    }
    let stem = format!("Which of these describes {term}?");
    let own = Asked::new(&item.draft.question, without_article(term));
    let stems = content(&key, Language::English);
    let words = |text: &str| text.split_whitespace().count();
    let mut rivals: Vec<&Meaning> = meanings
        .iter()
        .filter(|other| other.text == item.draft.text && other.key != own.key)
        .filter(|other| other.key.split(' ').all(|word| !own.key.split(' ').any(|mine| mine == word)))
        .filter(|other| is_plural(&other.term) == is_plural(term) && opens_alike(&other.meaning, &key))
        .filter(|other| words(&other.meaning).abs_diff(words(&key)) <= 2 + words(&key) / 3)
        .filter(|other| overlap(&other.stems, &stems) < 0.34)
        .filter(|other| !shares_words(term, &other.meaning))
        .filter(|other| {
            item.bank.get(&other.key).is_none_or(|known| !item.bank.is_same(&own.key, &known.key))
        })
        .collect();
    rivals.sort_by_key(|other| {
        (item.section() != Some(other.section), words(&other.meaning).abs_diff(words(&key)))
    });
    let rivals = rivals.into_iter().map(|other| other.meaning.clone()).take(DEPTH).collect();
    if is_negative(&stem) {
        return None;
    }
    chosen(stem, key, rivals, may_be_longest)
}

/// Whether a stem denies: easily overlooked, so asked in another form.
fn is_negative(stem: &str) -> bool {
    stem.split(|c: char| !c.is_alphanumeric()).any(|word| {
        ["not", "except", "never", "cannot"].iter().any(|negation| word.eq_ignore_ascii_case(negation))
    })
}

/// Whether two meanings open with a word of the same kind.
fn opens_alike(one: &str, other: &str) -> bool {
    let opens = |text: &str| {
        let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
        matches!(first.as_str(), "a" | "an" | "the" | "any" | "one")
    };
    opens(one) == opens(other)
}

/// Share of common stems.
fn overlap(one: &[String], other: &[String]) -> f32 {
    let common = one.iter().filter(|stem| other.contains(stem)).count() as f32;
    common / one.len().min(other.len()).max(1) as f32
}

/// The last word of an option, in lower case.
fn last(option: &str) -> String {
    option.rsplit(' ').next().unwrap_or_default().to_lowercase()
}

/// Whether two options have a like number of words.
fn alike(option: &str, key: &str) -> bool {
    let (one, two) = (option.split_whitespace().count(), key.split_whitespace().count());
    one.abs_diff(two) <= 3 && option.chars().count() <= 4 * key.chars().count().max(4)
}

/// Whether the key is longer than each other option.
pub(super) fn is_longest(key: &str, options: &[String]) -> bool {
    options.iter().filter(|option| *option != key).all(|option| option.len() < key.len())
}

/// The best three or two, so chosen that their length does not tell the key.
fn chosen(stem: String, key: String, mut rivals: Vec<String>, may_be_longest: bool) -> Option<Options> {
    if rivals.len() < FEWEST {
        return None;
    }
    let wrong = rivals.len().min(WRONG);
    let longer = rivals.iter().position(|option| option.len() >= key.len());
    match longer {
        Some(at) if at >= wrong => rivals.swap(wrong - 1, at),
        None if !may_be_longest => return None,
        _ => {}
    }
    rivals.truncate(wrong);
    let texts: Vec<&str> = rivals.iter().map(String::as_str).chain([key.as_str()]).collect();
    let keys: Vec<bool> = (0..texts.len()).map(|at| at == wrong).collect();
    let faults = options(&texts, &keys, Language::English);
    faults.is_empty().then_some(Options { stem, key, wrong: rivals })
}
