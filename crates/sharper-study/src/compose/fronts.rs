//! Pieces of questions and answers: forms of be, capitals, cutting a meaning to what can be learned.

use std::ops::Range;

use crate::grammar::{Clause, Line, Tag, breaks_off};
use crate::lexicon::{base_of, third_person};

/// The form of be.
pub(super) fn be_for(plural: bool, past: bool) -> &'static str {
    match (plural, past) {
        (false, false) => "is",
        (true, false) => "are",
        (false, true) => "was",
        (true, true) => "were",
    }
}

/// The text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Words of an answer beyond which it is cut where it can be.
const COMFORTABLE: usize = 26;
/// Most words of an answer.
const LONGEST: usize = 38;

/// A meaning, cut at the first place where it may end once it is long enough. `None` when it cannot be cut.
pub(super) fn shortened(line: &Line<'_>, meaning: &Range<usize>) -> Option<String> {
    let mut end = meaning.end;
    let breaks = |i: usize| line.is(i, &[";", "—", "–", ":"]) || line.is(i, &[","]) && may_end(line, i + 1);
    if let Some(stop) = meaning.clone().skip(4).find(|&i| line.is(i, &[";"])) {
        end = stop;
    }
    if end - meaning.start > COMFORTABLE
        && let Some(stop) =
            (meaning.start + 6..end).rev().find(|&i| i - meaning.start <= COMFORTABLE && breaks(i))
    {
        end = stop;
    }
    (end - meaning.start <= LONGEST && !breaks_off(line, &(meaning.start..end)))
        .then(|| line.text(meaning.start..end))
}

/// Whether what follows a comma only adds to what was said.
fn may_end(line: &Line<'_>, i: usize) -> bool {
    line.is(
        i,
        &["which", "who", "and", "but", "so", "while", "whereas", "such", "including", "as", "although"],
    ) || matches!(line.tag(i), Tag::Ing | Tag::Subordinator | Tag::Wh)
}

/// A clause's verb group as it stands after "What" or "Who": in the third person singular.
pub(super) fn third_person_of(line: &Line<'_>, clause: &Clause, plural: bool) -> Option<String> {
    let whole = line.text(clause.verb..clause.main + 1);
    if !plural {
        return Some(whole);
    }
    let first = line.lower(clause.verb);
    match line.tag(clause.verb) {
        Tag::Modal | Tag::Past | Tag::Participle => Some(whole),
        Tag::Be | Tag::Have | Tag::Do => Some(whole.replacen(first, &third_person(first), 1)),
        _ => {
            let base = base_of(first)?;
            Some(whole.replacen(first, &third_person(&base), 1))
        }
    }
}
