//! Agreement: what an item states against the passage it stands on, one word at a time: numbers, units, names,
//! denials, opposites. What is found here is said to the student and to the author who repairs.

use std::ops::Range;

use rustc_hash::FxHashSet;
use sharper_domain::Fault;

use super::polarity::opposites;
use super::quantities::{Quantity, quantities};
use crate::judge::source::Source;
use crate::judge::words::{Role, Stems, Word, words};
use crate::text::Language;

/// One thing in a statement that the passage does not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What kind of thing.
    pub fault: Fault,
    /// The words of the statement that it is about.
    pub text: String,
}

/// Words by which a passage denies without saying "not".
const QUIET_DENIALS: &[&str] = &[
    "absence",
    "absent",
    "except",
    "only",
    "rather",
    "instead",
    "unlike",
    "prevent",
    "prevents",
    "prevented",
    "avoid",
    "free",
    "stop",
    "stops",
    "stopped",
    "exclude",
    "excludes",
    "refuse",
    "refused",
    "reject",
    "rejected",
    "deny",
    "denied",
    "prohibit",
    "prohibited",
    "ban",
    "banned",
    "few",
    "little",
    "rarely",
    "seldom",
    "lose",
    "loses",
    "lost",
    "missing",
    "opposed",
    "against",
    "false",
    "wrong",
    "impossible",
    "different",
    "differ",
    "contrast",
    "whereas",
];

/// Words at which a new clause begins.
const CLAUSE_STARTS: &[&str] = &[
    "but", "while", "whereas", "although", "though", "however", "because", "which", "and", "or", "so", "if",
    "unless", "when", "since",
];

/// Least share of an item's content words in a denied clause for the denial to be about the item.
const CLAUSE_COVER: f64 = 0.6;

/// The passage, read once for one item.
pub(in crate::judge) struct Passage<'s> {
    source: &'s Source,
    range: Range<usize>,
    text: &'s str,
    words: Vec<Word>,
    families: FxHashSet<u32>,
}

impl<'s> Passage<'s> {
    /// The sentences of `range`, which must be of one text.
    pub(in crate::judge) fn of(source: &'s Source, range: Range<usize>) -> Passage<'s> {
        let sentences = &source.sentences()[range.clone()];
        let text = match (sentences.first(), sentences.last()) {
            (Some(first), Some(last)) if first.text == last.text => source
                .text(first.text)
                .and_then(|text| text.get(first.span.start..last.span.end))
                .unwrap_or(""),
            _ => "",
        };
        let words = words(text, source.language(), &mut Stems::default());
        let families =
            sentences.iter().flat_map(|s| s.set.iter().map(|&stem| source.family_of(stem))).collect();
        Passage { source, range, text, words, families }
    }

    /// Whether a word of this family stands in it.
    pub(in crate::judge) fn holds(&self, word: &Word) -> bool {
        self.source.family(&word.stem).is_some_and(|family| self.families.contains(&family))
    }

    /// Whether the very word (by stem) stands in it.
    fn says(&self, stem: &str) -> bool {
        let sentences = &self.source.sentences()[self.range.clone()];
        self.source.stem(stem).is_some_and(|stem| sentences.iter().any(|sentence| sentence.holds(stem)))
    }

    fn denies(&self) -> bool {
        self.words.iter().any(|word| word.role == Role::Negation || denies_quietly(&word.lower))
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
pub(in crate::judge) fn numbers(text: &str, part: Part, passage: &Passage<'_>) -> Vec<Issue> {
    let stated = quantities(text);
    if stated.is_empty() {
        return Vec::new();
    }
    let there = quantities(passage.text);
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
        if !known && !(part == Part::Question && is_acronym(text.get(word.span.start..word.span.end))) {
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

/// Whether the item affirms what the passage denies, or denies what it affirms, and about which word.
pub(in crate::judge) fn denial(words: &[Word], passage: &Passage<'_>) -> Option<Issue> {
    let issue = |word: &Word| Issue { fault: Fault::NegationDiffers, text: word.lower.clone() };
    let content: Vec<&Word> = words.iter().filter(|word| word.role == Role::Content).collect();
    if let Some(opposite) = swapped_opposite(&content, words, passage) {
        return Some(issue(opposite));
    }
    let denial = words.iter().find(|word| word.role == Role::Negation);
    let quiet = words.iter().any(|word| denies_quietly(&word.lower));
    match denial {
        Some(word) if !passage.denies() && !has_negative_form(words, passage) => Some(issue(word)),
        None if !quiet => denied_clause(&content, passage).map(issue),
        _ => None,
    }
}

fn denies_quietly(lower: &str) -> bool {
    QUIET_DENIALS.contains(&lower)
}

/// Whether the passage says "inactive" where the item says "not active".
fn has_negative_form(words: &[Word], passage: &Passage<'_>) -> bool {
    const PREFIXES: [&str; 9] = ["un", "in", "im", "ir", "il", "non", "dis", "a", "anti"];
    let negative = |word: &Word, other: &Word| {
        other.stem.strip_suffix(word.stem.as_str()).is_some_and(|prefix| PREFIXES.contains(&prefix))
    };
    let opposed = |word: &Word| opposites(&word.stem).iter().any(|opposite| passage.says(opposite));
    words
        .iter()
        .filter(|word| word.role == Role::Content)
        .any(|word| opposed(word) || passage.words.iter().any(|other| negative(word, other)))
}

/// A word that the passage does not say, though it says its opposite and nearly everything else.
fn swapped_opposite<'w>(content: &[&'w Word], words: &[Word], passage: &Passage<'_>) -> Option<&'w Word> {
    let held = content.iter().filter(|word| passage.holds(word)).count();
    if (held as f64) < CLAUSE_COVER * (content.len().saturating_sub(1)) as f64 || held < 2 {
        return None;
    }
    if words.iter().any(|word| word.role == Role::Negation) {
        return None;
    }
    content.iter().copied().find(|word| {
        !passage.holds(word)
            && opposites(&word.stem)
                .iter()
                .any(|opposite| passage.says(opposite) && !words.iter().any(|other| other.stem == *opposite))
    })
}

/// The denying word of the clause that holds most of the item, when it holds enough of it.
fn denied_clause<'p>(content: &[&Word], passage: &'p Passage<'_>) -> Option<&'p Word> {
    let mut best: (usize, Option<&Word>) = (0, None);
    for clause in clauses(passage) {
        let hits = content.iter().filter(|word| clause.iter().any(|other| other.stem == word.stem)).count();
        if hits > best.0 {
            best = (hits, denying(clause));
        }
    }
    let enough = best.0 >= 3 && best.0 as f64 >= CLAUSE_COVER * content.len() as f64;
    best.1.filter(|_| enough)
}

/// The word by which a clause denies; "not only", "not until" and the like affirm.
fn denying(clause: &[Word]) -> Option<&Word> {
    const AFFIRMING: [&str; 5] = ["only", "just", "until", "merely", "simply"];
    let at = clause.iter().position(|word| word.role == Role::Negation)?;
    let affirms = clause.get(at + 1).is_some_and(|next| AFFIRMING.contains(&next.lower.as_str()));
    (!affirms).then(|| &clause[at])
}

fn clauses<'p>(passage: &'p Passage<'_>) -> impl Iterator<Item = &'p [Word]> {
    let mut starts = vec![0];
    for at in 1..passage.words.len() {
        let gap =
            passage.text.get(passage.words[at - 1].span.end..passage.words[at].span.start).unwrap_or("");
        let parted = gap.contains([',', ';', ':', '.', '?', '!', '(', ')', '—', '\n']);
        if parted || CLAUSE_STARTS.contains(&passage.words[at].lower.as_str()) {
            starts.push(at);
        }
    }
    starts.push(passage.words.len());
    let bounds: Vec<(usize, usize)> = starts.windows(2).map(|two| (two[0], two[1])).collect();
    bounds.into_iter().map(|(start, end)| &passage.words[start..end])
}
