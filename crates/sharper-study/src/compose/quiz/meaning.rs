//! Meanings: where the meaning of a term ends in its sentence, and whether it says what kind of thing the term is.

use std::ops::Range;

use crate::grammar::{Line, Tag, core_of, noun_phrase};

/// Fewest words that say what a thing is.
const LEAST: usize = 4;
/// Where a meaning ends: before a second verb of the same subject, and before what is set beside it.
pub(super) fn cut(line: &Line<'_>, meaning: &Range<usize>) -> usize {
    let aside = |i: usize| {
        line.is(i, &[","]) && line.is(i + 1, &["while", "whereas", "although", "so", "but", "though"])
            || line.is(i, &[","]) && line.is(i + 1, &["and"]) && !is_listed(line, i + 2, meaning.end)
    };
    // "a force and can change …": the verb after "and" has the term as its subject, not the meaning.
    let second = |i: usize| {
        let next = if line.tag(i + 1) == Tag::Adverb { i + 2 } else { i + 1 };
        line.is(i, &["and"])
            && matches!(line.tag(next), Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::Verb)
            && !(meaning.start..i).any(|j| line.tag(j) == Tag::Wh)
    };
    (meaning.start + 2..meaning.end).find(|&i| aside(i) || second(i)).unwrap_or(meaning.end)
}

/// Whether a noun phrase that no verb follows stands at `at`: the last of a list.
fn is_listed(line: &Line<'_>, at: usize, end: usize) -> bool {
    !(at..end.min(at + 12)).any(|i| matches!(line.tag(i), Tag::Be | Tag::Modal | Tag::Have | Tag::Past))
}

/// Whether what follows only adds to a meaning that ends at `end`, rather than being the rest of it. `beside`: no verb
/// stands between term and meaning, so that the verb of the sentence may follow.
pub(super) fn ends_whole(line: &Line<'_>, end: usize, beside: bool) -> bool {
    let adds = |i: usize| {
        line.is(
            i,
            &["which", "who", "whose", "whom", "where", "when", "while", "although", "though", "because"],
        ) || line.is(
            i,
            &["whereas", "if", "so", "but", "including", "such", "like", "as", "since", "unless", "until"],
        ) || line.is(i, &["known", "called", "termed", "named"])
            || line.is(i, &["especially", "usually", "often", "typically", "for", "with"])
    };
    let verbal = |i: usize| {
        beside && line.tag(i).finite()
            || matches!(line.tag(i), Tag::Participle | Tag::Ing) && line.is(end, &[","])
    };
    if line.is(end.saturating_sub(1), &["and", "or", "of", "the", "a"]) {
        return false;
    }
    if end >= line.end() || line.is(end, &[";", ":", "—", "–", ")", "("]) {
        return true;
    }
    match line.is(end, &[",", "”", "\""]) {
        true => {
            let next = if line.is(end + 1, &["”", ","]) { end + 2 } else { end + 1 };
            next >= line.end()
                || adds(next)
                || verbal(next)
                || line.is(next, &["and"]) && !is_listed(line, next + 1, line.end())
        }
        false => {
            adds(end)
                || verbal(end)
                || line.is(end, &["and"]) && (line.tag(end + 1).finite() || line.tag(end + 2).finite())
        }
    }
}

/// Nouns that say nothing of what kind a thing is.
const HOLLOW: &[&str] = &[
    "likes",
    "term",
    "terms",
    "basis",
    "function",
    "result",
    "results",
    "top",
    "example",
    "examples",
    "mix",
    "reason",
    "reasons",
    "one",
    "ones",
    "same",
    "other",
    "opposite",
    "crown",
    "key",
    "best",
    "main",
    "consequence",
    "matter",
    "name",
    "word",
    "component",
    "member",
    "source",
    "case",
    "subject",
    "focus",
    "goal",
    "heart",
    "center",
    "fact",
];

/// Whether a meaning opens with the kind of thing that it describes.
pub(super) fn opens(line: &Line<'_>, meaning: &Range<usize>) -> bool {
    let start = meaning.start;
    let Some(genus) = noun_phrase(line, start) else {
        // "overgeneralizing about …": a deed may mean a term, if it has an object.
        return line.tag(start) == Tag::Ing && meaning.len() >= LEAST;
    };
    let core = core_of(line, genus.clone());
    let determined = core.start > start;
    let odd = meaning.clone().any(|i| line.is(i, &["=", "#", "+", "≤", "≥"]) || line.is(i, &["as"]) && line.is(i + 1, &["well"]))
        || matches!(line.tag(start), Tag::Numeral | Tag::Past | Tag::Participle | Tag::Verb | Tag::Mark)
        || is_title(line, meaning)
        // "a measure and does not have": too short for what is left when the second verb is cut.
        || (start..meaning.end.min(start + LEAST)).any(|i| {
            line.is(i, &["and"]) && matches!(line.tag(i + 1), Tag::Modal | Tag::Be | Tag::Have | Tag::Do | Tag::Verb)
        });
    let pointing = line.is(
        start,
        &["both", "this", "these", "those", "that", "some", "many", "most", "its", "their", "his", "her"],
    ) || line.is(start, &["any", "all", "no", "several", "one", "rather", "also"])
        && !determined;
    let named = (core.start..core.end).any(|i| line.tag(i) == Tag::Name && i == core.start) && !determined;
    let head = core.end - 1;
    let opens_otherwise = odd || pointing || named;
    meaning.len() >= LEAST
        && !opens_otherwise
        && !line.is(core.start, HOLLOW)
        && (meaning.len() >= 12 || !line.is(head, HOLLOW))
        && !line.is(core.start, &["most", "more", "first", "only", "last", "next", "largest", "smallest"])
        && line.tag(head) != Tag::Adjective
        // "open to the public": an adjective that the tagger took for a noun.
        && (determined || core.len() > 1 || !line.is(core.end, &["to", "for", "into", "about", "by"]))
}

/// Whether most words of a meaning after its first have a capital: the name of a work, not a meaning.
fn is_title(line: &Line<'_>, meaning: &Range<usize>) -> bool {
    let said: Vec<usize> = meaning.clone().skip(1).filter(|&i| !line.form(i).stop).collect();
    said.iter().filter(|&&i| line.words[i].capital).count() * 2 > said.len()
}

/// Whether a meaning is of one case: "the 49th value".
pub(super) fn counts(line: &Line<'_>, meaning: &Range<usize>) -> bool {
    meaning.clone().any(|i| {
        let word = line.lower(i);
        word.starts_with(|c: char| c.is_ascii_digit())
            && ["st", "nd", "rd", "th"].iter().any(|ending| word.ends_with(ending))
    })
}

/// Whether brackets that were left out stood between two nouns, so that these now stand side by side.
pub(super) fn is_torn(line: &Line<'_>, meaning: &Range<usize>) -> bool {
    meaning.clone().skip(1).any(|i| {
        let gap = &line.document.plain.text[line.words[i - 1].end as usize..line.words[i].start as usize];
        gap.contains('(') && line.tag(i - 1).nominal() && line.tag(i).nominal()
    })
}
