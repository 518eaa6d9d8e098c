//! Apposition: "X, a Y that …," and "X—the Y—" and "X, or Y,".

use std::ops::Range;

use super::Finding;
use super::definition::is_term;
use crate::grammar::{Line, Tag, noun_phrase};

/// Finds each apposition in the line.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    for comma in 1..line.len() {
        if !line.is(comma, &[",", "—", "–", ":"]) {
            continue;
        }
        let Some(term) = term_before(line, comma) else { continue };
        let Some(meaning) = meaning_after(line, comma) else { continue };
        if is_term(line, term.clone()) && meaning.len() >= 4 {
            found.push(Finding::Apposition { term, meaning });
        }
    }
}

/// The noun phrase that ends at the comma: its start is where no more of it stands before.
fn term_before(line: &Line<'_>, comma: usize) -> Option<Range<usize>> {
    let mut start = comma;
    while start > 0 && (line.tag(start - 1).nominal() || line.is(start - 1, &["“", "”", "’"])) {
        start -= 1;
    }
    if start > 0 && line.tag(start - 1) == Tag::Determiner && line.is(start - 1, &["a", "an", "the"]) {
        start -= 1;
    }
    (start < comma && matches!(line.tag(comma - 1), Tag::Noun | Tag::Name | Tag::Mark)).then_some(start..comma)
}

fn meaning_after(line: &Line<'_>, comma: usize) -> Option<Range<usize>> {
    let at = if line.is(comma + 1, &["or"]) { comma + 2 } else { comma + 1 };
    let by_or = at > comma + 1;
    let opens = line.is(at, &["a", "an", "the", "any", "those"]) || by_or && matches!(line.tag(at), Tag::Ing | Tag::Noun | Tag::Adjective);
    if !opens {
        return None;
    }
    let first = if line.tag(at) == Tag::Ing { at..at + 1 } else { noun_phrase(line, at)? };
    // A list ("x, the y, and z") or a new clause ("x, the y is …") is no apposition.
    let end = (first.end..line.end()).find(|&i| line.is(i, &[",", ";", "—", "–", ":"])).unwrap_or(line.end());
    let clause = (at..end).any(|i| line.tag(i).finite()) && !(at..end).any(|i| matches!(line.tag(i), Tag::Wh) || line.tag(at) == Tag::Ing);
    let list = line.is(end + 1, &["and", "or"]) || line.is(end, &[":"]);
    (!clause && !list).then_some(at..end)
}
