//! Standing alone: whether a sentence can be asked about by someone who does not have the page before them.

use std::ops::Range;

use crate::compose::distractors::Bank;
use crate::compose::summary::standing::standing;
use crate::grammar::{Line, Tag, clause, core_of};
use crate::text::{Language, key};

/// Whether a sentence says something by itself, without a tie to the one before and without a subject that the page
/// brought in: "the result", "the largest mound".
pub(super) fn stands_alone(line: &Line<'_>, bank: &Bank<'_>) -> bool {
    let tied = standing(line).is_none_or(|standing| standing.tied || standing.example);
    !tied && has_known_subject(line, bank)
}

/// Whether the subject of a sentence is a thing that a reader knows, in no case of which only the page spoke.
pub(super) fn has_known_subject(line: &Line<'_>, bank: &Bank<'_>) -> bool {
    clause(line).is_some_and(|clause| is_known(line, &clause.subject, bank)) && !leads_back(line)
}

/// Whether a reader who knows the subject matter knows what a phrase with "the" names.
fn is_known(line: &Line<'_>, phrase: &Range<usize>, bank: &Bank<'_>) -> bool {
    if !line.is(phrase.start, &["the"]) {
        return true;
    }
    let core = core_of(line, phrase.clone());
    let end = core.clone().find(|&i| line.tag(i) == Tag::Preposition).unwrap_or(core.end);
    // "The rate of diffusion", "the cells that line …": said which.
    let told = end < core.end
        || line
            .is(core.end, &["of", "that", "which", "who", "between", "in", "for", "at", "whose", "called"]);
    let compared = line.is(core.start, COMPARED);
    let term = bank.get(&key(&line.text(core.start..end), Language::English));
    let familiar = term.is_some_and(|term| term.name || term.key_term || term.places.len() >= FAMILIAR);
    let named = core.clone().any(|i| line.tag(i) == Tag::Name);
    told || !compared && (familiar || named)
}

/// Sentences of the notes that name a thing which they are about.
const FAMILIAR: usize = 4;

/// Words that choose one of several that were named before.
const COMPARED: &[&str] = &[
    "largest",
    "smallest",
    "biggest",
    "first",
    "second",
    "third",
    "fourth",
    "other",
    "same",
    "highest",
    "lowest",
    "best",
    "worst",
    "oldest",
    "youngest",
    "last",
    "next",
    "latter",
    "former",
    "only",
    "resulting",
    "result",
    "following",
    "remaining",
    "rest",
    "previous",
    "answer",
    "reason",
    "idea",
    "object",
    "example",
];

/// Whether a sentence opens in a case of which the page spoke: "In each case,".
fn leads_back(line: &Line<'_>) -> bool {
    line.tag(0) == Tag::Preposition
        && (1..line.len().min(5)).take_while(|&i| !line.is(i, &[","])).any(|i| {
            line.is(
                i,
                &[
                    "each", "both", "either", "second", "first", "third", "other", "such", "case", "cases",
                    "addition",
                ],
            ) || line
                .is(i, &["example", "fact", "turn", "response", "contrast", "particular", "general", "words"])
        })
}
