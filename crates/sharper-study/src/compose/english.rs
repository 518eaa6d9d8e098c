//! English questions: one or two pairs for each finding.

use std::ops::Range;

use sharper_domain::{CardForm, Difficulty};

use super::candidate::{Pair, Pattern};
use super::clauses::{how_many, object, subject, when, why};
use super::fronts::{be_for, capital, shortened};
use super::gates;
use crate::extract::Finding;
use crate::grammar::{Line, Tag, core_of, head_of};
use crate::lexicon::{is_given_name, is_person_noun, is_plural_noun};

/// The pairs that a finding can be asked as.
pub(crate) fn pairs(line: &Line<'_>, finding: &Finding, out: &mut Vec<Pair>) {
    match finding {
        Finding::Definition { term, verb, meaning } => out.extend(definition(line, term, *verb, meaning)),
        Finding::Naming { description, verb, term } => naming(line, description, *verb, term, out),
        Finding::Inserted { thing, term, more } => inserted(line, thing, term, more, out),
        Finding::Apposition { term, meaning } => out.extend(apposition(line, term, meaning)),
        Finding::Aside { term, meaning } => {
            let question =
                format!("What {} {}?", be_for(is_plural(line, term), false), term_text(line, term));
            out.push(Pair::new(
                term.clone(),
                Pattern::Aside,
                CardForm::Definition,
                Difficulty::Medium,
                question,
                meaning.clone(),
            ));
        }
        Finding::Initials { long, short } => {
            let question = format!("What does {short} stand for?");
            out.push(Pair::new(
                long.clone(),
                Pattern::Initials,
                CardForm::Fact,
                Difficulty::Easy,
                question,
                line.inner_text(long.clone()),
            ));
        }
        Finding::Synonym { first, second } => {
            let question = format!("What is another name for {}?", line.inner_text(first.clone()));
            let answer = line.inner_text(second.clone());
            out.push(Pair::new(
                second.clone(),
                Pattern::Synonym,
                CardForm::Term,
                Difficulty::Easy,
                question,
                answer,
            ));
        }
        Finding::When { clause, date, rest } => out.extend(when(line, clause, date, rest)),
        Finding::Why { clause, rest, reason } => out.extend(why(line, clause, rest, reason)),
        Finding::HowMany { clause, number, counted } => out.extend(how_many(line, clause, number, counted)),
        Finding::Fact { clause } => {
            out.extend(subject(line, clause));
            out.extend(object(line, clause));
        }
    }
}

/// The term of a question: with its article if it has one, as it would stand inside a sentence.
fn term_text(line: &Line<'_>, term: &Range<usize>) -> String {
    line.inner_text(term.clone())
}

fn is_plural(line: &Line<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|i| line.is(i, &["and"])) || is_plural_noun(line.lower(head_of(line, phrase)))
}

/// Who for people, What for the rest.
fn asks_who(line: &Line<'_>, term: &Range<usize>, meaning: &Range<usize>) -> bool {
    let core = core_of(line, term.clone());
    let named = core.clone().all(|i| line.words[i].capital || line.tag(i) == Tag::Mark);
    let genus_end = meaning
        .clone()
        .find(|&i| matches!(line.tag(i), Tag::Wh | Tag::Preposition | Tag::Mark))
        .unwrap_or(meaning.end);
    named && is_given_name(line.lower(core.start))
        || named && genus_end > meaning.start && is_person_noun(line.lower(genus_end - 1))
}

fn definition(line: &Line<'_>, term: &Range<usize>, verb: usize, meaning: &Range<usize>) -> Option<Pair> {
    let is = line.tag(verb) == Tag::Be;
    let plural = match line.lower(verb) {
        "are" | "were" => true,
        "is" | "was" => false,
        _ => is_plural(line, term),
    };
    let past = line.is(verb, &["was", "were"]);
    let who = if asks_who(line, term, meaning) { "Who" } else { "What" };
    let question = format!("{who} {} {}?", be_for(plural, past), term_text(line, term));
    let answer = shortened(line, meaning)?;
    let pattern = if is { Pattern::Is } else { Pattern::Means };
    Some(Pair::new(term.clone(), pattern, CardForm::Definition, Difficulty::Medium, question, answer))
}

fn naming(
    line: &Line<'_>,
    description: &Range<usize>,
    verb: usize,
    term: &Range<usize>,
    out: &mut Vec<Pair>,
) {
    let answer = line.inner_text(term.clone());
    let words = description.clone().filter(|&i| !line.form(i).stop && line.tag(i) != Tag::Mark).count();
    let plural = is_plural(line, description);
    if words >= 3 && line.is(verb, &["is", "are", "was", "were"]) {
        let question = format!("What {} {} called?", line.lower(verb), line.inner_text(description.clone()));
        out.push(Pair::new(
            term.clone(),
            Pattern::Naming,
            CardForm::Term,
            Difficulty::Hard,
            question,
            answer.clone(),
        ));
    } else if words >= 3 && !plural {
        let question = format!("What is {} called?", line.inner_text(description.clone()));
        out.push(Pair::new(
            term.clone(),
            Pattern::Naming,
            CardForm::Term,
            Difficulty::Hard,
            question,
            answer.clone(),
        ));
    }
    let points_back = line.is(description.start, &["this", "these", "such"]);
    if points_back && let Some(before) = sentence_before(line) {
        let question = format!("Which term fits the description “{}”?", before.trim_end_matches(['.', '!']));
        let mut back =
            Pair::new(term.clone(), Pattern::NamingBack, CardForm::Term, Difficulty::Hard, question, answer);
        back.with_previous = true;
        out.push(back);
    }
}

/// The sentence before, when it stands in the same block, says something and can be shown alone.
fn sentence_before(line: &Line<'_>) -> Option<String> {
    let here = &line.document.sentences[line.sentence];
    if here.opens_block || line.sentence == 0 {
        return None;
    }
    let before = Line::new(line.document, line.sentence - 1);
    let text = line.document.sentence_text(&line.document.sentences[line.sentence - 1]);
    let words = text.split_whitespace().count();
    let fits = (6..=36).contains(&words)
        && text.ends_with('.')
        && !gates::dangles(&before)
        && before.tag(0) != Tag::Conjunction
        && !text.contains('“')
        && !["called", "known as", "termed", "example"].iter().any(|word| text.contains(word));
    fits.then(|| capital(&before.text(super::cloze::connector(&before)..before.len())))
}

fn inserted(
    line: &Line<'_>,
    thing: &Range<usize>,
    term: &Range<usize>,
    more: &Range<usize>,
    out: &mut Vec<Pair>,
) {
    let said =
        thing.clone().chain(more.clone()).filter(|&i| !line.form(i).stop && line.tag(i) != Tag::Mark).count();
    let agrees = is_plural(line, term) || !is_plural(line, thing);
    if said >= 3 && agrees {
        let mut answer = line.inner_text(thing.clone());
        if !more.is_empty() {
            answer.push(' ');
            answer.push_str(&line.text(more.clone()));
        }
        let question = format!("What {} {}?", be_for(is_plural(line, term), false), term_text(line, term));
        out.push(Pair::new(
            term.clone(),
            Pattern::Inserted,
            CardForm::Definition,
            Difficulty::Medium,
            question,
            answer,
        ));
        return;
    }
    let before = line.text(0..term.start);
    if before.split_whitespace().count() >= 5
        && (0..term.start).any(|i| line.tag(i).finite())
        && asks_alone(line)
    {
        let question = format!("{} what?", before.trim_end_matches(['“', ' ']));
        out.push(Pair::new(
            term.clone(),
            Pattern::CalledWhat,
            CardForm::Term,
            Difficulty::Medium,
            capital(&question),
            line.text(core_of(line, term.clone())),
        ));
    }
}

fn apposition(line: &Line<'_>, term: &Range<usize>, meaning: &Range<usize>) -> Option<Pair> {
    if line.is(meaning.start, &["a", "an"]) && is_plural(line, term) {
        return None;
    }
    let who = asks_who(line, term, meaning);
    let question = match who {
        true => format!("Who was {}?", term_text(line, term)),
        false => format!("What {} {}?", be_for(is_plural(line, term), false), term_text(line, term)),
    };
    Some(Pair::new(
        term.clone(),
        Pattern::Apposition,
        CardForm::Definition,
        Difficulty::Medium,
        question,
        shortened(line, meaning)?,
    ))
}

/// Whether a sentence can be asked from its beginning.
fn asks_alone(line: &Line<'_>) -> bool {
    !matches!(line.tag(0), Tag::Conjunction | Tag::Verb | Tag::Wh | Tag::Adverb | Tag::Pronoun)
        && line.words[0].capital
}
