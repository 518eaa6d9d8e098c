//! Definitions fit to be asked: of a term, whole, and said of that term and not of its whole clause.

use std::ops::Range;

use sharper_domain::{CardDraft, CardForm};

use super::meaning::{counts, cut, ends_whole, is_torn, opens};
use crate::grammar::{Line, Tag, noun_phrase};
use crate::lexicon::{is_evaluative, is_plural_noun};
use crate::read::definition_line;
use crate::text::{Language, TokenKind, tokens};

use crate::compose::distractors::without_article;
use crate::compose::fronts::capital;

/// Longest term, in words.
const LONGEST_TERM: usize = 5;

/// A term and what its sentence says that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compose) struct Definition {
    /// The term, with its article if it has one.
    pub(in crate::compose) term: String,
    /// Its meaning, cut before what only goes on about the term.
    pub(in crate::compose) meaning: String,
}

/// The definition that a card asks for, when it can be asked: "What is a membrane?" asks about "a membrane".
pub(in crate::compose) fn defined(line: Option<&Line<'_>>, draft: &CardDraft) -> Option<Definition> {
    if draft.form != CardForm::Definition {
        return None;
    }
    const FRONTS: [&str; 8] =
        ["What is ", "What are ", "What was ", "What were ", "Who is ", "Who are ", "Who was ", "Who were "];
    let rest = FRONTS.iter().find_map(|front| draft.question.strip_prefix(front));
    let term = match rest {
        Some(rest) => rest.strip_suffix('?')?,
        None if draft.question.contains('?') => return None,
        None => &draft.question,
    };
    let term = term.trim();
    match line.filter(|line| line.document.language == Language::English) {
        // What a student wrote as "term: meaning" is one.
        Some(line)
            if definition_line(line.document.sentence_text(&line.document.sentences[line.sentence]))
                .is_none() =>
        {
            definition(line, term, &draft.answer)
        }
        _ => (!term.is_empty() && is_said(&draft.answer))
            .then(|| Definition { term: term.to_owned(), meaning: draft.answer.clone() }),
    }
}

/// Whether a meaning that a student wrote is words, and one sentence of them.
fn is_said(meaning: &str) -> bool {
    !meaning.contains(['=', '≠', '<', '>', '≤', '≥', '±', '|']) && !meaning.contains(". ")
}

/// The definition that a sentence gives, if it is one that can be asked: `term` and `meaning` as a card has them.
fn definition(line: &Line<'_>, term: &str, meaning: &str) -> Option<Definition> {
    let term = named(term)?;
    let mut stretch = place(line, meaning)?;
    let whole = stretch.end;
    stretch.end = cut(line, &stretch);
    let own = place(line, without_article(&term))?;
    let says = (own.end..stretch.start).any(|i| line.tag(i).finite());
    let bare = without_article(&term);
    let fits = is_term(line, &own)
        && ends_whole(line, stretch.end, !says)
        && opens(line, &stretch)
        && !counts(line, &stretch)
        && !is_torn(line, &stretch)
        && holds_together(line, &own, &stretch, bare);
    // A name that only ever begins a sentence looks like any first word.
    let form = line.form(own.start);
    let term = if form.lower_count == 0 && form.capital_count >= 2 && term.len() == bare.len() {
        capital(&term)
    } else {
        term.clone()
    };
    fits.then(|| {
        // A cut meaning is taken from the sentence, an uncut one as the card has it.
        let meaning = match stretch.end < whole {
            true => capital(&line.text(stretch.clone())),
            false => meaning.trim_end_matches('.').to_owned(),
        };
        Definition { term, meaning }
    })
}

/// The term without quotation marks and without the word "term" before it; `None` where it is no name of a thing.
fn named(term: &str) -> Option<String> {
    let plain = term.replace(['“', '”', '"'], "");
    let bare = without_article(plain.trim());
    let told = ["term ", "word ", "concept of ", "idea of ", "notion of ", "phrase "];
    let plain = match told.iter().find_map(|front| bare.strip_prefix(front)) {
        Some(rest) => rest.to_owned(),
        None => plain.trim().to_owned(),
    };
    // "Deductive reasoning or deduction": the first of two names.
    let plain = plain.split_once(" or ").map_or(plain.clone(), |(first, _)| first.to_owned());
    let bare = without_article(&plain);
    let owned = bare.split(' ').any(|word| {
        word.ends_with("’s")
            || word.ends_with("'s")
            || word.ends_with("s’") && word.starts_with(char::is_lowercase)
    });
    let owner_named = bare.starts_with(char::is_uppercase);
    let placed = [" at ", " to ", " from ", " on ", " with ", " by "].iter().any(|link| bare.contains(link));
    let words = bare.split(' ').count();
    ((1..=LONGEST_TERM).contains(&words) && (owner_named || !owned) && !placed).then_some(plain)
}

/// Where the words of a text stand in a line: from its first three to its last three.
fn place(line: &Line<'_>, text: &str) -> Option<Range<usize>> {
    let words: Vec<String> = tokens(text)
        .filter(|token| token.kind != TokenKind::Mark)
        .map(|token| token.text.to_lowercase())
        .collect();
    let spoken: Vec<usize> = (0..line.len()).filter(|&i| line.words[i].kind != TokenKind::Mark).collect();
    let stands = |wanted: &[String], from: usize| {
        (from..(spoken.len() + 1).saturating_sub(wanted.len()))
            .find(|&at| wanted.iter().enumerate().all(|(i, word)| line.lower(spoken[at + i]) == word))
    };
    let few = words.len().min(3);
    if few == 0 {
        return None;
    }
    let first = stands(&words[..few], 0)?;
    let last = stands(&words[words.len() - few..], first)?;
    Some(spoken[first]..spoken[last + few - 1] + 1)
}

/// Whether a stretch names a thing: nothing that judges it, or points to what stood before.
fn is_term(line: &Line<'_>, term: &Range<usize>) -> bool {
    const POINTING: &[&str] = &[
        "famous",
        "similar",
        "other",
        "another",
        "first",
        "second",
        "new",
        "large-scale",
        "continued",
        "same",
        "reason",
        "result",
        "problem",
        "purpose",
        "way",
        "goal",
        "idea",
        "difference",
        "example",
        "point",
        "first",
        "key",
        "main",
        "important",
        "early",
        "late",
        "likely",
        "certain",
        "name",
        "typical",
    ];
    let fronted = term.start > 0 && line.tag(term.start - 1).nominal() && !line.is(term.start - 1, &["term"]);
    !fronted
        && !line.is(term.start, POINTING)
        && !is_evaluative(line.lower(term.start))
        && (term.len() > 1 || !line.is(term.start, POINTING))
        && !matches!(
            line.tag(term.start),
            Tag::Pronoun | Tag::Wh | Tag::Numeral | Tag::Adverb | Tag::Verb | Tag::Past
        )
        && line.tag(term.end - 1) != Tag::Adverb
}

/// What an apposition says of a whole clause rather than of the noun before it: "…, a practice that".
const DEEDS: &[&str] = &[
    "process",
    "ban",
    "line",
    "move",
    "decision",
    "trend",
    "situation",
    "feat",
    "change",
    "effort",
    "act",
    "shift",
    "step",
    "development",
    "event",
    "fact",
    "phenomenon",
    "practice",
    "result",
    "task",
    "tactic",
    "condition",
    "strategy",
    "blow",
    "victory",
    "attempt",
    "measure",
    "sign",
    "reminder",
    "claim",
    "view",
    "belief",
    "problem",
    "number",
    "pattern",
];

/// Whether term and meaning belong together: a verb between them has the term as its subject; where only a comma is
/// between them, neither is part of a list, and the meaning is not said of the clause.
fn holds_together(line: &Line<'_>, term: &Range<usize>, meaning: &Range<usize>, bare: &str) -> bool {
    // "the disintegration of cells called megakaryocytes": what is named is not the head of the phrase.
    let genus = noun_phrase(line, meaning.start).map_or(meaning.start, |genus| genus.end - 1);
    let agrees = is_plural_noun(line.lower(genus)) == is_plural_noun(line.lower(term.end - 1));
    if meaning.start <= term.start {
        return agrees && !line.is(meaning.start.wrapping_sub(1), &["or", "and"]);
    }
    let between = term.end..meaning.start;
    let plain_past = between.clone().any(|i| line.is(i, &["was", "were"]));
    let is_name = bare.starts_with(char::is_uppercase) && line.tag(term.start) == Tag::Name;
    if between.clone().any(|i| line.tag(i).finite()) {
        let mut first = term.start;
        while first > 0
            && (line.tag(first - 1) == Tag::Determiner || line.is(first - 1, &["“", "\"", "term"]))
        {
            first -= 1;
        }
        let begins = first == 0
            || matches!(line.tag(first - 1), Tag::Mark | Tag::Subordinator | Tag::Wh)
            || line.is(first - 1, &["and", "but", "that", "called"]);
        return begins
            && (!plain_past || is_name)
            && !between.clone().any(|i| line.is(i, &["includes", "include"]));
    }
    let listed =
        (0..term.start).rev().take(12).any(|i| line.is(i, &["such", "include", "includes", "including"]))
            || line.is(meaning.start.wrapping_sub(1), &["or", "and"])
            || (meaning.start..meaning.end.min(meaning.start + 4)).any(|i| line.is(i, &["or"]));
    // "imprisonment for debt, a common practice": said of the whole phrase.
    let mut front = term.start;
    while front > 0 && line.tag(front - 1) == Tag::Determiner {
        front -= 1;
    }
    let inside = front >= 2
        && line.is(front - 1, &["for", "of", "to", "against", "from"])
        && line.tag(front - 2).nominal();
    let head = noun_phrase(line, meaning.start).map_or(meaning.start, |genus| genus.end - 1);
    let of_clause = line.is(head, DEEDS) && meaning.end >= line.end() && term.start > 3;
    !listed && !inside && !of_clause
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Document;

    /// What becomes of a term and a meaning that are quoted from a sentence.
    fn check(sentence: &str, term: &str, meaning: &str, wanted: Option<(&str, &str)>) {
        let document = Document::parse(sentence);
        let found = definition(&Line::new(&document, 0), term, meaning);
        let said = found.as_ref().map(|found| (found.term.as_str(), found.meaning.as_str()));
        assert_eq!(said, wanted, "{sentence}");
    }

    #[test]
    fn a_whole_definition_of_a_term_is_kept() {
        let meaning = "the movement of water across a membrane";
        check(
            "Osmosis is the movement of water across a membrane.",
            "osmosis",
            meaning,
            Some(("osmosis", meaning)),
        );
    }

    #[test]
    fn a_meaning_that_breaks_off_in_a_list_is_none() {
        let sentence =
            "Epidemiology is the study of the incidence, distribution, and possible control of diseases.";
        check(sentence, "epidemiology", "the study of the incidence", None);
    }

    #[test]
    fn a_meaning_ends_before_a_second_verb_of_its_subject() {
        let sentence = "Friction is a force between two surfaces and can turn motion into heat.";
        let meaning = "a force between two surfaces and can turn motion into heat";
        check(sentence, "friction", meaning, Some(("friction", "A force between two surfaces")));
    }

    #[test]
    fn what_is_said_of_the_whole_clause_defines_no_noun_of_it() {
        let sentence =
            "In 1807, the nation abolished the foreign slave trade, a ban that went into effect at once.";
        check(sentence, "foreign slave trade", "a ban that went into effect at once", None);
    }

    #[test]
    fn the_word_term_is_no_part_of_a_term() {
        let meaning = "the binding strength of a whole antibody";
        check(
            "The term avidity describes the binding strength of a whole antibody.",
            "the term avidity",
            meaning,
            Some(("avidity", meaning)),
        );
    }
}
