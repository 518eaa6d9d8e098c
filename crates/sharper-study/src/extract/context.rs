//! Contexts: what stands right before and after a term, which tells terms that matter from the rest.

use std::ops::Range;

use crate::grammar::{Line, Tag};

/// How many contexts are told apart.
const CONTEXTS: usize = 20;

/// Whether a line has a word that introduces terms, and whether it is a long list.
pub(crate) fn line_cues(line: &Line<'_>) -> [bool; 2] {
    const CUES: &[&str] = &[
        "called",
        "termed",
        "defined",
        "refers",
        "means",
        "define",
        "definition",
        "term",
        "concept",
        "referred",
    ];
    let cue = (0..line.len()).any(|i| line.is(i, CUES) || line.is(i, &["known"]) && line.is(i + 1, &["as"]));
    let commas = (0..line.len()).filter(|&i| line.is(i, &[","])).count();
    [cue, commas >= 3]
}

/// What stands right before and right after a term.
pub(crate) fn context(line: &Line<'_>, term: &Range<usize>, cues: [bool; 2]) -> [bool; CONTEXTS] {
    let (mut before, mut after) = (term.start, term.end);
    while before > 0
        && (matches!(line.tag(before - 1), Tag::Determiner) || line.is(before - 1, &["“", "\"", "‘"]))
    {
        before -= 1;
    }
    while line.is(after, &["”", "\"", "’"]) {
        after += 1;
    }
    let first = before == 0;
    let last = if first { Tag::Mark } else { line.tag(before - 1) };
    let is_before = |words: &[&str]| !first && line.is(before - 1, words);
    [
        first,
        is_before(&["called", "termed", "named", "as", "dubbed"]),
        last == Tag::Preposition,
        is_before(&["of"]),
        last == Tag::Conjunction,
        is_before(&[",", ":", "—", "–"]),
        last == Tag::Be,
        matches!(last, Tag::Verb | Tag::Past),
        matches!(last, Tag::Noun | Tag::Name | Tag::Adjective),
        line.tag(after) == Tag::Be,
        matches!(line.tag(after), Tag::Verb | Tag::Past | Tag::Modal | Tag::Have),
        line.is(after, &[","]),
        line.is(after, &["—", "–", ":"]),
        line.tag(after) == Tag::Wh,
        line.tag(after) == Tag::Preposition,
        after >= line.end(),
        line.tag(after) == Tag::Conjunction,
        line.tag(after).nominal(),
        cues[0],
        cues[1],
    ]
}
