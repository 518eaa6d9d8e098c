//! Noun phrases: where they begin and end.

use std::ops::Range;

use super::{Line, Tag};

/// Longest noun phrase, in words.
const LONGEST: usize = 9;

/// The noun phrase that begins at `at`: determiner, modifiers, head; without what hangs on it.
pub(crate) fn noun_phrase(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let mut i = at;
    let mut determined = false;
    while line.tag(i) == Tag::Determiner && i < at + 2 {
        determined = true;
        i += 1;
    }
    let mut head = None;
    while i < line.len() && i < at + LONGEST {
        match line.tag(i) {
            Tag::Noun | Tag::Name => head = Some(i),
            Tag::Adjective | Tag::Numeral => {
                if determined && !next_continues(line, i) {
                    head = head.or(Some(i));
                }
            }
            Tag::Ing | Tag::Participle if next_continues(line, i) && head.is_none() => {}
            Tag::Adverb if next_continues(line, i) && head.is_none() && line.lower(i).ends_with("ly") => {}
            Tag::Mark if line.is(i, &["“", "”", "\"", "‘", "’", "/"]) => {}
            Tag::Conjunction if head.is_none() && line.tag(i + 1) == Tag::Adjective && i > at => {}
            _ => break,
        }
        i += 1;
    }
    let head = head?;
    // A numeral after the head belongs to it: "Article 5", "World War 2".
    let end =
        if line.tag(head + 1) == Tag::Numeral && line.tag(head) == Tag::Name { head + 2 } else { head + 1 };
    Some(at..closed(line, at, end))
}

fn next_continues(line: &Line<'_>, i: usize) -> bool {
    line.tag(i + 1).nominal()
        || matches!(line.tag(i + 1), Tag::Ing | Tag::Participle) && line.tag(i + 2).nominal()
}

/// Takes in the closing quotation mark of a phrase that opens with one.
fn closed(line: &Line<'_>, start: usize, end: usize) -> usize {
    let opened = (start..end).any(|i| line.is(i, &["“"])) && !(start..end).any(|i| line.is(i, &["”"]));
    if opened && line.is(end, &["”"]) { end + 1 } else { end }
}

/// The noun phrase without its determiners and outer quotation marks.
pub(crate) fn core_of(line: &Line<'_>, phrase: Range<usize>) -> Range<usize> {
    let mut range = phrase;
    while range.start < range.end
        && (matches!(line.tag(range.start), Tag::Determiner)
            || line.tag(range.start) == Tag::Mark
            || line.tag(range.start) == Tag::Adverb)
    {
        range.start += 1;
    }
    while range.start < range.end && line.tag(range.end - 1) == Tag::Mark {
        range.end -= 1;
    }
    range
}

/// All the noun phrases of a line, in order.
pub(crate) fn noun_phrases(line: &Line<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < line.len() {
        match noun_phrase(line, i) {
            Some(phrase) if !phrase.is_empty() => {
                i = phrase.end.max(i + 1);
                found.push(phrase);
            }
            _ => i += 1,
        }
    }
    found
}

/// The noun phrase that ends right before `end`, with "of" phrases before it.
pub(crate) fn phrase_before(line: &Line<'_>, end: usize) -> Option<Range<usize>> {
    let mut start = end;
    while start > 0 && end - start < 12 {
        let inside = match line.tag(start - 1) {
            Tag::Noun | Tag::Name | Tag::Adjective | Tag::Numeral => true,
            Tag::Preposition => line.is(start - 1, &["of"]) && start < end,
            Tag::Participle | Tag::Ing => start < end && line.tag(start).nominal(),
            Tag::Determiner => start < end,
            _ => false,
        };
        if !inside {
            break;
        }
        start -= 1;
        if line.tag(start) == Tag::Determiner && !(start > 0 && line.tag(start - 1) == Tag::Preposition) {
            break;
        }
    }
    while start < end && line.tag(start) == Tag::Preposition {
        start += 1;
    }
    (start < end && matches!(line.tag(end - 1), Tag::Noun | Tag::Name)).then_some(start..end)
}

/// The subject that begins at `at`: a noun phrase with its prepositional phrases and coordinations, before a
/// finite verb (adverbs between them are allowed). Returns the phrase and the index of the verb.
pub(crate) fn subject_phrase(line: &Line<'_>, at: usize) -> Option<(Range<usize>, usize)> {
    let mut end = noun_phrase(line, at)?.end;
    loop {
        if end > at + 16 {
            return None;
        }
        let mut next = end;
        while matches!(line.tag(next), Tag::Adverb) {
            next += 1;
        }
        if line.tag(next).finite() {
            return Some((at..end, next));
        }
        if line.tag(next) == Tag::Participle && !later_finite(line, next + 1) {
            return Some((at..end, next));
        }
        let linked = match line.tag(end) {
            Tag::Preposition => true,
            Tag::Conjunction => line.is(end, &["and", "or"]),
            _ => false,
        };
        end = if linked { noun_phrase(line, end + 1)?.end } else { return None };
    }
}

/// The head of a noun phrase: its last word before a preposition.
pub(crate) fn head_of(line: &Line<'_>, phrase: &Range<usize>) -> usize {
    let end =
        phrase.clone().find(|&i| i > phrase.start && line.tag(i) == Tag::Preposition).unwrap_or(phrase.end);
    end.saturating_sub(1).max(phrase.start)
}

/// Whether a stretch ends in the middle of a clause: a "that", "which" or "because" without its verb.
pub(crate) fn breaks_off(line: &Line<'_>, range: &Range<usize>) -> bool {
    let opened = range.clone().rev().find(|&i| matches!(line.tag(i), Tag::Wh | Tag::Subordinator));
    let article = range.end > range.start && line.is(range.end - 1, &["a", "an", "the"]);
    let ends_open = article
        || range.end > range.start
            && matches!(line.tag(range.end - 1), Tag::Preposition | Tag::Conjunction | Tag::To | Tag::Be);
    ends_open
        || opened.is_some_and(|open| {
            !(open + 1..range.end)
                .any(|i| line.tag(i).finite() || matches!(line.tag(i), Tag::Participle | Tag::To))
        })
}

/// Whether a finite verb follows before the clause is over.
fn later_finite(line: &Line<'_>, from: usize) -> bool {
    (from..line.len()).take_while(|&i| !line.is(i, &[",", ";"])).any(|i| line.tag(i).finite())
}
