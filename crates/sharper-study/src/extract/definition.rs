//! Definitions: "X is a Y that …", "X refers to Y", "X means Y".

use super::Finding;
use crate::grammar::{Clause, Line, Tag, core_of, noun_phrase};
use crate::lexicon::{base_of, is_evaluative};

/// Longest term, in words, its determiner left out.
pub(super) const LONGEST_TERM: usize = 6;

/// The definition that a clause is, if it is one.
pub(super) fn find(line: &Line<'_>, clause: &Clause) -> Option<Finding> {
    if clause.negated(line) || !is_term(line, clause.subject.clone()) {
        return None;
    }
    let meaning = match line.tag(clause.verb) {
        Tag::Be if clause.main == clause.verb => defines(line, clause).then(|| clause.rest.clone())?,
        Tag::Be => by_passive(line, clause)?,
        Tag::Verb if clause.main == clause.verb => by_verb(line, clause)?,
        _ => return None,
    };
    (meaning.len() >= 3).then(|| Finding::Definition {
        term: clause.subject.clone(),
        verb: clause.verb,
        meaning,
    })
}

/// Whether a stretch can be a term: short, no pronoun, no pointing or counting determiner.
pub(super) fn is_term(line: &Line<'_>, phrase: std::ops::Range<usize>) -> bool {
    let core = core_of(line, phrase.clone());
    let determiners =
        (phrase.start..core.start).all(|i| line.tag(i) == Tag::Mark || line.is(i, &["a", "an", "the"]));
    determiners
        && (1..=LONGEST_TERM).contains(&core.len())
        && !core
            .clone()
            .any(|i| matches!(line.tag(i), Tag::Pronoun | Tag::Wh) || line.is(i, &[",", ";", ":", "="]))
        && !(core.len() == 1 && is_evaluative(line.lower(core.start)))
        && !is_evaluative(line.lower(head(line, &core)))
        && !(core.start > phrase.start && line.form(core.start).stop)
        && !points_back(line, core.start)
        && line.tag(core.start) != Tag::Numeral
        && core.clone().any(|i| !line.form(i).stop && line.form(i).lower.len() > 1)
}

/// The head of a term: the last word before a preposition.
fn head(line: &Line<'_>, core: &std::ops::Range<usize>) -> usize {
    let end = core.clone().find(|&i| i > core.start && line.tag(i) == Tag::Preposition).unwrap_or(core.end);
    end - 1
}

/// "The former process", "such cells", "the following list": words that need what stood before.
fn points_back(line: &Line<'_>, i: usize) -> bool {
    line.is(
        i,
        &[
            "former",
            "latter",
            "following",
            "above",
            "same",
            "other",
            "such",
            "resulting",
            "next",
            "previous",
            "first",
            "second",
            "recent",
            "most",
            "new",
            "last",
            "best",
            "main",
            "similar",
            "different",
            "common",
            "many",
            "own",
        ],
    )
}

/// What is said of opinions on something; some of these words are nouns too.
const REPORTED: &[&str] = &[
    "thought",
    "believed",
    "said",
    "supposed",
    "assumed",
    "expected",
    "held",
    "reported",
    "estimated",
    "claimed",
];

/// "X is a Y …": Y must be a noun phrase that says what kind of thing X is.
fn defines(line: &Line<'_>, clause: &Clause) -> bool {
    let mut at = clause.rest.start;
    while line.tag(at) == Tag::Adverb {
        at += 1;
    }
    // "X is thought to be the strongest" tells an opinion of X, not what it is.
    if line.is(at, REPORTED) && line.is(at + 1, &["to"]) {
        return false;
    }
    let Some(genus) = noun_phrase(line, at) else { return false };
    let core = core_of(line, genus.clone());
    if core.clone().any(|i| is_evaluative(line.lower(i))) && clause.rest.len() < 14 {
        return false;
    }
    if is_evaluative(line.lower(core.start)) {
        return false;
    }
    let determined = line.tag(genus.start) == Tag::Determiner;
    let after = line.tag(genus.end);
    let qualified = matches!(
        after,
        Tag::Wh | Tag::Preposition | Tag::Participle | Tag::Ing | Tag::To | Tag::Past | Tag::Verb
    );
    let article = line.is(genus.start, &["a", "an", "the", "any", "one", "every", "those", "all"]);
    if determined {
        article && (qualified || core.len() >= 2)
    } else {
        qualified && matches!(line.tag(core.end - 1), Tag::Noun)
    }
}

/// "X is defined as Y", "X is used to describe Y".
fn by_passive(line: &Line<'_>, clause: &Clause) -> Option<std::ops::Range<usize>> {
    let main = line.lower(clause.main);
    let start = clause.rest.start;
    let starts = match main {
        "defined" | "described" | "characterized" | "viewed" | "considered"
            if line.is(start, &["as", "by"]) =>
        {
            start + 1
        }
        "called" | "known" | "termed" => return None,
        _ => return None,
    };
    Some(starts..clause.rest.end)
}

/// "X refers to Y", "X means Y", "X describes Y", "X consists of Y".
fn by_verb(line: &Line<'_>, clause: &Clause) -> Option<std::ops::Range<usize>> {
    let base = base_of(line.lower(clause.main))?;
    let start = clause.rest.start;
    let from = match base.as_str() {
        "refer" if line.is(start, &["to"]) => start + 1,
        "mean" | "describe" | "denote" | "signify" | "comprise" => start,
        "consist" if line.is(start, &["of", "in"]) => start + 1,
        "involve" if line.tag(start) == Tag::Ing => start,
        _ => return None,
    };
    Some(from..clause.rest.end)
}
