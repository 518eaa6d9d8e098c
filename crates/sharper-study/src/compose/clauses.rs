//! Questions about clauses: when, why, how many, and who or what does what.

use std::ops::Range;

use sharper_domain::{CardForm, Difficulty};

use super::candidate::{Pair, Pattern};
use super::fronts::third_person_of;
use crate::grammar::{Clause, Line, Tag, breaks_off, core_of, head_of, noun_phrase, subject_phrase};
use crate::lexicon::{base_of, is_given_name, is_human_deed, is_person_noun};

/// A verb's question: auxiliary, subject, the rest of the verb.
fn turned(line: &Line<'_>, clause: &Clause) -> Option<String> {
    let (helper, verb) = clause.inverted(line)?;
    let subject = line.inner_text(clause.subject.clone());
    Some(format!("{helper} {subject} {verb}").trim_end().to_owned())
}

pub(super) fn when(
    line: &Line<'_>,
    clause: &Clause,
    date: &Range<usize>,
    rest: &Range<usize>,
) -> Option<Pair> {
    if !stands_alone(line, clause) {
        return None;
    }
    let question = format!("When {} {}?", turned(line, clause)?, line.text(rest.clone())).replace(" ?", "?");
    let answer = line.text(date.clone());
    (!rest.is_empty() || clause.main > clause.verb).then(|| {
        Pair::new(clause.subject.clone(), Pattern::When, CardForm::Date, Difficulty::Easy, question, answer)
    })
}

pub(super) fn why(
    line: &Line<'_>,
    clause: &Clause,
    rest: &Range<usize>,
    reason: &Range<usize>,
) -> Option<Pair> {
    let question = format!("Why {} {}?", turned(line, clause)?, line.text(rest.clone())).replace(" ?", "?");
    Some(Pair::new(
        clause.subject.clone(),
        Pattern::Why,
        CardForm::Cause,
        Difficulty::Medium,
        question,
        line.text(reason.clone()),
    ))
}

pub(super) fn how_many(
    line: &Line<'_>,
    clause: &Clause,
    number: &Range<usize>,
    counted: &Range<usize>,
) -> Option<Pair> {
    let rest = line.text(counted.end..clause.rest.end);
    if rest.contains([',', ';', ':']) || !clause.lead.is_empty() {
        return None;
    }
    let question = format!("How many {} {} {rest}?", line.text(counted.clone()), turned(line, clause)?)
        .replace(" ?", "?");
    let answer = line.text(number.start..counted.end);
    Some(Pair::new(
        clause.subject.clone(),
        Pattern::HowMany,
        CardForm::Number,
        Difficulty::Easy,
        question,
        answer,
    ))
}

/// Where the rest of a clause is cut: before what only adds to it.
fn cut(line: &Line<'_>, rest: &Range<usize>) -> Range<usize> {
    let stop = rest.clone().find(|&i| {
        i > rest.start + 1
            && (line.is(i, &[";", "—", "–", ":"])
                || line.is(i, &[","]) && after_comma(line, i + 1)
                || second_verb(line, i))
    });
    rest.start..stop.unwrap_or(rest.end)
}

fn after_comma(line: &Line<'_>, i: usize) -> bool {
    line.is(i, &["which", "who", "but", "so", "while", "whereas", "although", "such", "including", "like"])
        || matches!(line.tag(i), Tag::Ing | Tag::Participle | Tag::Subordinator)
        || line.is(i, &["and"]) && (line.tag(i + 1) == Tag::Pronoun || subject_phrase(line, i + 1).is_some())
}

/// "… and changed media forever": a second verb of the same subject.
fn second_verb(line: &Line<'_>, i: usize) -> bool {
    if !line.is(i, &["and", "but", "or"]) {
        return false;
    }
    let mut next = i + 1;
    while matches!(line.tag(next), Tag::Adverb | Tag::Mark) && next < i + 3 {
        next += 1;
    }
    match line.tag(next) {
        Tag::Be | Tag::Have | Tag::Modal | Tag::Do | Tag::Verb | Tag::Past => true,
        Tag::Participle => !line.tag(next + 1).nominal(),
        // "stores calcium and helps maintain …": a form that could be a plural, but takes an object.
        Tag::Noun if line.lower(next).ends_with('s') && base_of(line.lower(next)).is_some() => {
            matches!(line.tag(next + 1), Tag::Determiner | Tag::Verb | Tag::Pronoun | Tag::To)
        }
        _ => false,
    }
}

/// The lead of a clause that a question must keep: "During prophase, what …".
fn lead_text(line: &Line<'_>, clause: &Clause) -> Option<String> {
    if clause.lead.is_empty() || line.tag(clause.lead.start) == Tag::Adverb {
        return Some(String::new());
    }
    let open = matches!(line.tag(clause.lead.start), Tag::Preposition | Tag::Subordinator);
    open.then(|| format!("{}, ", line.text(clause.lead.clone())))
}

/// Whether a subject is a person's name: by a given name or title in it, or by what it does.
fn is_person(line: &Line<'_>, clause: &Clause, core: &Range<usize>) -> bool {
    let named = core.clone().all(|i| line.words[i].capital || line.tag(i) == Tag::Preposition)
        && core.start == clause.subject.start;
    named
        && (is_given_name(line.lower(core.start))
            || base_of(line.lower(clause.main)).is_some_and(|base| is_human_deed(&base))
                && core.len() <= 3
                && line.form(core.start).lower_count == 0)
}

pub(super) fn subject(line: &Line<'_>, clause: &Clause) -> Option<Pair> {
    let core = core_of(line, clause.subject.clone());
    let plural = clause.plural(line);
    let plain_be = line.tag(clause.main) == Tag::Be;
    let noun_first = line.tag(clause.rest.start) == Tag::Determiner
        || line.tag(clause.rest.start).nominal() && noun_phrase(line, clause.rest.start).is_some();
    if !stands_alone(line, clause)
        || core.len() > 6
        || clause.rest.len() < 3
        || plain_be && plural && noun_first
        || plain_be && line.tag(clause.rest.start) == Tag::To
        || is_naming(line, clause)
    {
        return None;
    }
    let rest = cut(line, &clause.rest);
    if breaks_off(line, &rest) {
        return None;
    }
    let rest = line.text(rest);
    let person = is_person_noun(line.lower(head_of(line, &core))) || is_person(line, clause, &core);
    let verb = third_person_of(line, clause, plural)?;
    let who = if person { "Who" } else { "What" };
    let lead = lead_text(line, clause)?;
    let question = if lead.is_empty() {
        format!("{who} {verb} {rest}?")
    } else {
        format!("{lead}{} {verb} {rest}?", who.to_lowercase())
    };
    let answer = line.inner_text(clause.subject.clone());
    // From the description to the term: that takes more than recognising a phrase.
    let (form, difficulty) = match plain_be && noun_first {
        true => (CardForm::Term, Difficulty::Hard),
        false => (CardForm::Fact, Difficulty::Easy),
    };
    Some(Pair::new(core, Pattern::Subject, form, difficulty, question, answer))
}

/// Whether a clause's subject needs nothing that stood before: no "some", "its", "these".
fn stands_alone(line: &Line<'_>, clause: &Clause) -> bool {
    let core = core_of(line, clause.subject.clone());
    !core.is_empty()
        && (clause.subject.start..core.start)
            .all(|i| line.is(i, &["a", "an", "the"]) || line.tag(i) == Tag::Mark)
        && !line.is(
            core.start,
            &[
                "first", "second", "third", "other", "same", "former", "latter", "one", "two", "three",
                "similar", "next", "last", "former",
            ],
        )
        && !line.is(
            core.end - 1,
            &[
                "example", "examples", "result", "results", "case", "people", "things", "reason", "way",
                "ways", "process", "type", "types",
            ],
        )
}

/// A question that leaves its preposition behind, or asks where.
fn strand(
    line: &Line<'_>,
    lead: &str,
    turned: &str,
    rest: &Range<usize>,
    be: bool,
) -> Option<(String, String)> {
    let what = if lead.is_empty() { "What" } else { "what" };
    let preposition = line.lower(rest.start);
    let particle =
        matches!(preposition, "up" | "out" | "off" | "down") && line.tag(rest.start + 1) == Tag::Preposition;
    if particle {
        let second = line.lower(rest.start + 1);
        return Some((
            format!("{lead}{what} {turned} {preposition} {second}?"),
            line.text(rest.start + 2..rest.end),
        ));
    }
    if be
        && matches!(preposition, "in" | "at" | "on" | "within" | "inside" | "near" | "between")
        && ["found", "located", "stored", "produced", "situated"].iter().any(|verb| turned.ends_with(verb))
    {
        let asks = if lead.is_empty() { "Where" } else { "where" };
        return Some((format!("{lead}{asks} {turned}?"), line.text(rest.clone())));
    }
    let strands = matches!(
        preposition,
        "of" | "to" | "on" | "from" | "with" | "for" | "by" | "into" | "against" | "about"
    ) || preposition == "in"
        && ["result", "engage", "involved", "participate", "specialize"]
            .iter()
            .any(|verb| turned.ends_with(verb));
    strands.then(|| (format!("{lead}{what} {turned} {preposition}?"), line.text(rest.start + 1..rest.end)))
}

/// "is called X": naming has questions of its own.
fn is_naming(line: &Line<'_>, clause: &Clause) -> bool {
    line.is(clause.main, &["called", "known", "termed", "named", "dubbed"])
}

/// "take place", "give rise": the noun is part of the verb.
fn idiom(line: &Line<'_>, clause: &Clause) -> bool {
    let start = clause.rest.start;
    let nouns = ["place", "rise", "part", "advantage", "care", "shape", "way", "birth", "note", "root"];
    line.is(start, &nouns)
        || line.is(start + 1, &["way"])
        || line.is(clause.main, &["play", "plays", "played"])
        || is_naming(line, clause)
}

/// "allows polar compounds to avoid …": where the "to" stands behind the object.
fn made_to_do(line: &Line<'_>, rest: &Range<usize>) -> Option<usize> {
    let phrase = noun_phrase(line, rest.start)?;
    let verb = base_of(line.lower(rest.start.checked_sub(1)?))?;
    let makes = [
        "allow",
        "enable",
        "cause",
        "force",
        "require",
        "help",
        "permit",
        "encourage",
        "lead",
        "ask",
        "invite",
        "persuade",
    ];
    let to = phrase.end;
    (makes.contains(&verb.as_str()) && line.tag(to) == Tag::To && base_of(line.lower(to + 1)).is_some())
        .then_some(to)
}

pub(super) fn object(line: &Line<'_>, clause: &Clause) -> Option<Pair> {
    let core = core_of(line, clause.subject.clone());
    let rest = cut(line, &clause.rest);
    let plain_be = line.tag(clause.main) == Tag::Be;
    if !stands_alone(line, clause)
        || core.len() > 6
        || plain_be
        || rest.len() < 2
        || breaks_off(line, &rest)
        || idiom(line, clause)
        || (rest.start..rest.start + 2).any(|i| line.is(i, &["been", "long"]))
        || line.tag(rest.start) == Tag::Mark
    {
        return None;
    }
    let turned = turned(line, clause)?;
    let lead = lead_text(line, clause)?;
    let what = if lead.is_empty() { "What" } else { "what" };
    let first = line.tag(rest.start);
    let (question, answer) = if first == Tag::To && base_of(line.lower(rest.start + 1)).is_some() {
        (format!("{lead}{what} {turned} to do?"), line.text(rest.start + 1..rest.end))
    } else if first == Tag::Preposition && rest.len() >= 3 {
        strand(line, &lead, &turned, &rest, line.tag(clause.verb) == Tag::Be)?
    } else if let Some(to) = made_to_do(line, &rest) {
        (format!("{lead}{what} {turned} {} to do?", line.text(rest.start..to)), line.text(to + 1..rest.end))
    } else if line.is(rest.start, &["that"]) && rest.len() >= 4 {
        (format!("{lead}{what} {turned}?"), line.text(rest.start + 1..rest.end))
    } else if line.is(rest.start, &["when"]) && rest.len() >= 4 {
        let asks = if lead.is_empty() { "When" } else { "when" };
        (format!("{lead}{asks} {turned}?"), line.text(rest.clone()))
    } else if (first.nominal() || first == Tag::Determiner) && line.tag(clause.verb) != Tag::Be {
        (format!("{lead}{what} {turned}?"), line.text(rest.clone()))
    } else {
        return None;
    };
    Some(Pair::new(core, Pattern::Object, CardForm::Fact, Difficulty::Medium, question, answer))
}
