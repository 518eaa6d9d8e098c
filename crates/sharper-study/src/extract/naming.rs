//! Naming: "D is called X", "a D, known as X, which …", "D, or X,".

use std::ops::Range;

use super::Finding;
use super::definition::is_term;
use crate::grammar::{Line, Tag, noun_phrase, phrase_before, subject_phrase};

/// Finds each naming in the line.
pub(super) fn find(line: &Line<'_>, found: &mut Vec<Finding>) {
    for i in 1..line.len() {
        let Some(at) = after_naming_verb(line, i) else { continue };
        let Some(term) = named(line, at) else { continue };
        if !is_term(line, term.clone()) {
            continue;
        }
        if let Some(finding) = naming(line, i, term) {
            found.push(finding);
        }
    }
}

/// Where the name begins, if word `i` is a verb that gives one.
fn after_naming_verb(line: &Line<'_>, i: usize) -> Option<usize> {
    match line.lower(i) {
        "called" | "termed" | "named" | "labeled" | "dubbed" | "nicknamed" => Some(i + 1),
        "known" | "described" if line.is(i + 1, &["as"]) => (line.lower(i) == "known").then_some(i + 2),
        "referred" if line.is(i + 1, &["to"]) && line.is(i + 2, &["as"]) => Some(i + 3),
        _ => None,
    }
}

/// The name that begins at `at`: a noun phrase, with "of" and a noun phrase when the name ends there; or one
/// adjective at the end.
fn named(line: &Line<'_>, at: usize) -> Option<Range<usize>> {
    let Some(first) = noun_phrase(line, at) else {
        let ends = matches!(line.tag(at + 1), Tag::Mark | Tag::Conjunction) || at + 1 >= line.len();
        return (line.tag(at).nominal() && ends).then_some(at..at + 1);
    };
    if line.is(first.end, &["of"])
        && let Some(second) = noun_phrase(line, first.end + 1)
    {
        return Some(first.start..second.end);
    }
    Some(first)
}

fn naming(line: &Line<'_>, verb: usize, term: Range<usize>) -> Option<Finding> {
    let mut be = verb - 1;
    while be > 0 && matches!(line.tag(be), Tag::Adverb | Tag::Have) {
        be -= 1;
    }
    if line.tag(be) == Tag::Be {
        let (description, at) = subject_before(line, be)?;
        return (at == be || line.tag(at) == Tag::Modal || line.tag(at) == Tag::Have)
            .then_some(Finding::Naming { description, verb: be, term });
    }
    if line.is(be, &["became", "become", "becomes"]) {
        let (description, at) = subject_before(line, be)?;
        return (at == be).then_some(Finding::Naming { description, verb: be, term });
    }
    if line.is(verb, &["named", "labeled"]) {
        return None;
    }
    let comma = line.is(be, &[",", "—", "–"]);
    let thing = phrase_before(line, if comma { be } else { be + 1 })?;
    if line.is(thing.start, &["his", "her", "its", "their", "this", "these", "our", "my"]) {
        return None;
    }
    let more = more_about(line, term.end, comma);
    Some(Finding::Inserted { thing, term, more })
}

/// The subject whose verb is `be`, read from the beginning of the sentence.
fn subject_before(line: &Line<'_>, be: usize) -> Option<(Range<usize>, usize)> {
    if let Some((subject, verb)) = subject_phrase(line, 0)
        && verb == be
    {
        return Some((subject, verb));
    }
    if be == 1 && line.is(0, &["this", "these"]) {
        return Some((0..1, 1));
    }
    // A longer subject with a clause in it: everything before the verb, if it is one stretch.
    let whole = 0..be;
    let plain = whole.len() >= 4
        && whole.len() <= 24
        && matches!(line.tag(0), Tag::Determiner | Tag::Noun | Tag::Adjective | Tag::Name)
        && !whole.clone().any(|i| line.is(i, &[",", ";", ":", "—"]))
        && whole.clone().filter(|&i| line.tag(i).finite()).count()
            <= usize::from(whole.clone().any(|i| line.tag(i) == Tag::Wh));
    plain.then_some((whole, be))
}

/// What follows a name and still says what it is: ", which …" or "that …" or "containing …".
fn more_about(line: &Line<'_>, from: usize, comma: bool) -> Range<usize> {
    let mut at = from;
    if line.is(at, &["”"]) {
        at += 1;
    }
    if line.is(at, &[",", "—", "–"]) && (comma || line.is(at + 1, &["which", "who", "whose", "where"])) {
        at += 1;
    }
    let opens = line.is(at, &["which", "that", "who", "whose", "in"])
        || !comma && matches!(line.tag(at), Tag::Ing | Tag::Participle);
    if !opens {
        return from..from;
    }
    let end =
        (at..line.end()).find(|&i| line.is(i, &[",", ";", "—", "–"]) && i > at + 2).unwrap_or(line.end());
    at..end
}
