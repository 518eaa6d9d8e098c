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
        if !line.is(comma, &["—", "–", ":"]) && ends_lead(line, comma) {
            continue;
        }
        let Some(term) = term_before(line, comma) else { continue };
        if let Some(second) = other_name(line, comma)
            && is_term(line, term.clone())
            && is_term(line, second.clone())
        {
            found.push(Finding::Synonym { first: term, second });
            continue;
        }
        let term = name_of(line, term);
        let Some(meaning) = meaning_after(line, comma) else { continue };
        let head = genus(line, &meaning);
        let from_place = term.start > 0
            && line.tag(term.start - 1) == Tag::Preposition
            && crate::lexicon::is_person_noun(line.lower(head));
        if line.is(head, SUMS_UP) || from_place {
            continue;
        }
        if is_term(line, term.clone()) && meaning.len() >= 4 {
            found.push(Finding::Apposition { term, meaning });
        }
    }
}

/// The noun phrase that ends at the comma: its start is where no more of it stands before.
pub(super) fn term_before(line: &Line<'_>, comma: usize) -> Option<Range<usize>> {
    let mut start = comma;
    while start > 0 && (line.tag(start - 1).nominal() || line.is(start - 1, &["“", "”", "’"])) {
        start -= 1;
    }
    if start > 0 && line.tag(start - 1) == Tag::Determiner && line.is(start - 1, &["a", "an", "the"]) {
        start -= 1;
    }
    let part_of_name =
        start > 0 && line.is(start - 1, &["of", "to", "for", "and", "&"]) && line.tag(start) == Tag::Name;
    (start < comma && !part_of_name && matches!(line.tag(comma - 1), Tag::Noun | Tag::Name | Tag::Mark))
        .then_some(start..comma)
}

/// Nouns that sum up the clause before them: "…, a move that …" says nothing of the noun right before it.
const SUMS_UP: &[&str] = &[
    "move",
    "view",
    "claim",
    "contest",
    "feat",
    "development",
    "trend",
    "victory",
    "decision",
    "action",
    "event",
    "situation",
    "act",
    "measure",
    "strategy",
    "tactic",
    "loss",
    "gain",
    "sentiment",
    "return",
    "figure",
    "fact",
    "result",
    "sign",
    "step",
    "stance",
    "attitude",
    "thought",
    "task",
    "change",
    "increase",
    "decrease",
    "number",
    "goal",
    "effort",
    "mistake",
    "thing",
    "belief",
    "position",
    "experience",
    "moment",
    "success",
    "failure",
    "blow",
    "turn",
    "rate",
    "shift",
    "policy",
    "look",
    "preference",
    "choice",
    "reaction",
    "feeling",
];

/// The second name in "X, or Y,": a short noun phrase up to the next comma.
fn other_name(line: &Line<'_>, comma: usize) -> Option<Range<usize>> {
    if !line.is(comma, &[","])
        || !line.is(comma + 1, &["or"])
        || (comma.saturating_sub(9)..comma).any(|i| line.is(i, &[","]))
    {
        return None;
    }
    let start = term_before(line, comma)?.start;
    if start > 0 && line.tag(start - 1) == Tag::Preposition {
        return None;
    }
    let second = noun_phrase(line, comma + 2)?;
    (line.is(second.end, &[","]) && second.len() <= 4).then_some(second)
}

/// The noun that says what kind of thing a meaning is about.
fn genus(line: &Line<'_>, meaning: &Range<usize>) -> usize {
    noun_phrase(line, meaning.start).map_or(meaning.start, |phrase| phrase.end - 1)
}

/// "sociologist Amitai Etzioni" is about Amitai Etzioni: where a phrase ends in a name, the name alone.
fn name_of(line: &Line<'_>, term: Range<usize>) -> Range<usize> {
    let mut start = term.end;
    while start > term.start && line.tag(start - 1) == Tag::Name {
        start -= 1;
    }
    let described = start > term.start
        && start < term.end
        && line.tag(start - 1) != Tag::Determiner
        && line.tag(start - 1) != Tag::Mark;
    if described { start..term.end } else { term }
}

/// Whether the comma ends what stands before the main clause ("In transformation, the cell …").
fn ends_lead(line: &Line<'_>, comma: usize) -> bool {
    let first = (0..comma).all(|i| !line.is(i, &[","]));
    let participle = line.tag(0) == Tag::Adjective && crate::lexicon::base_of(line.lower(0)).is_some();
    first
        && (participle
            || matches!(
                line.tag(0),
                Tag::Participle
                    | Tag::Preposition
                    | Tag::Subordinator
                    | Tag::Adverb
                    | Tag::To
                    | Tag::Ing
                    | Tag::Conjunction
            ))
}

fn meaning_after(line: &Line<'_>, comma: usize) -> Option<Range<usize>> {
    let at = if line.is(comma + 1, &["or"]) { comma + 2 } else { comma + 1 };
    let by_or = at > comma + 1;
    let opens = line.is(at, &["a", "an", "the", "any", "those"])
        || by_or && matches!(line.tag(at), Tag::Ing | Tag::Noun | Tag::Adjective);
    if !opens {
        return None;
    }
    let first = if line.tag(at) == Tag::Ing { at..at + 1 } else { noun_phrase(line, at)? };
    if by_or && (comma.saturating_sub(9)..comma).any(|i| line.is(i, &[","])) {
        return None;
    }
    let mut after = first.end;
    if line.is(after, &["and", "or"])
        && let Some(second) = noun_phrase(line, after + 1)
    {
        after = second.end;
    }
    let qualified =
        matches!(line.tag(after), Tag::Wh | Tag::Preposition | Tag::Participle | Tag::Ing | Tag::To);
    if line.is(at + 1, &["most", "best", "only", "first", "last", "latter", "former", "one", "same", "other"])
    {
        return None;
    }
    if line.is(at, &["the", "those"]) && (!qualified || line.tag(at + 1) == Tag::Name) {
        return None;
    }
    // A list ("x, the y, and z") or a new clause ("x, the y is …") is no apposition.
    let end = (first.end..line.end()).find(|&i| line.is(i, &[",", ";", "—", "–", ":"])).unwrap_or(line.end());
    let relative = (at..end).find(|&i| line.tag(i) == Tag::Wh).unwrap_or(end);
    let clause = (at..relative).any(|i| line.tag(i).finite()) && line.tag(at) != Tag::Ing;
    let list = line.is(end + 1, &["and", "or"]) || line.is(end, &[":"]) && line.is(comma, &[":"]);
    let whole =
        matches!(line.tag(end - 1), Tag::Noun | Tag::Name | Tag::Numeral | Tag::Pronoun | Tag::Adverb);
    (!clause && !list && whole && !crate::grammar::breaks_off(line, &(at..end))).then_some(at..end)
}
