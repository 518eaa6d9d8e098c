//! English questions: one or two pairs for each finding.

use std::ops::Range;

use sharper_domain::{CardForm, Difficulty};

use super::candidate::{Pair, Pattern};
use super::fronts::{be_for, capital, shortened, third_person_of};
use super::gates;
use crate::extract::Finding;
use crate::grammar::{Clause, Line, Tag, breaks_off, core_of, noun_phrase};
use crate::lexicon::{base_of, is_given_name, is_human_deed, is_person_noun, is_plural_noun};

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
            out.push(pair(
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
            out.push(pair(
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
            out.push(pair(
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

fn pair(
    line_term: Range<usize>,
    pattern: Pattern,
    form: CardForm,
    difficulty: Difficulty,
    question: String,
    answer: String,
) -> Pair {
    Pair {
        question,
        answer: capital(&answer),
        form,
        difficulty,
        pattern,
        term: line_term,
        with_previous: false,
    }
}

/// The term of a question: with its article if it has one, as it would stand inside a sentence.
fn term_text(line: &Line<'_>, term: &Range<usize>) -> String {
    line.inner_text(term.clone())
}

fn head_of(line: &Line<'_>, phrase: &Range<usize>) -> usize {
    let end =
        phrase.clone().find(|&i| i > phrase.start && line.tag(i) == Tag::Preposition).unwrap_or(phrase.end);
    end.saturating_sub(1).max(phrase.start)
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
    Some(pair(term.clone(), pattern, CardForm::Definition, Difficulty::Medium, question, answer))
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
        out.push(pair(
            term.clone(),
            Pattern::Naming,
            CardForm::Term,
            Difficulty::Hard,
            question,
            answer.clone(),
        ));
    } else if words >= 3 && !plural {
        let question = format!("What is {} called?", line.inner_text(description.clone()));
        out.push(pair(
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
            pair(term.clone(), Pattern::NamingBack, CardForm::Term, Difficulty::Hard, question, answer);
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
    if said >= 3 {
        let mut answer = line.inner_text(thing.clone());
        if !more.is_empty() {
            answer.push(' ');
            answer.push_str(&line.text(more.clone()));
        }
        let question = format!("What {} {}?", be_for(is_plural(line, term), false), term_text(line, term));
        out.push(pair(
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
        out.push(pair(
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
    let who = asks_who(line, term, meaning);
    let question = match who {
        true => format!("Who was {}?", term_text(line, term)),
        false => format!("What {} {}?", be_for(is_plural(line, term), false), term_text(line, term)),
    };
    Some(pair(
        term.clone(),
        Pattern::Apposition,
        CardForm::Definition,
        Difficulty::Medium,
        question,
        shortened(line, meaning)?,
    ))
}

/// A verb's question: auxiliary, subject, the rest of the verb.
fn turned(line: &Line<'_>, clause: &Clause) -> Option<String> {
    let (helper, verb) = clause.inverted(line)?;
    let subject = line.inner_text(clause.subject.clone());
    Some(format!("{helper} {subject} {verb}").trim_end().to_owned())
}

fn when(line: &Line<'_>, clause: &Clause, date: &Range<usize>, rest: &Range<usize>) -> Option<Pair> {
    if !stands_alone(line, clause) {
        return None;
    }
    let question = format!("When {} {}?", turned(line, clause)?, line.text(rest.clone())).replace(" ?", "?");
    let answer = line.text(date.clone());
    (!rest.is_empty() || clause.main > clause.verb).then(|| {
        pair(clause.subject.clone(), Pattern::When, CardForm::Date, Difficulty::Easy, question, answer)
    })
}

fn why(line: &Line<'_>, clause: &Clause, rest: &Range<usize>, reason: &Range<usize>) -> Option<Pair> {
    let question = format!("Why {} {}?", turned(line, clause)?, line.text(rest.clone())).replace(" ?", "?");
    Some(pair(
        clause.subject.clone(),
        Pattern::Why,
        CardForm::Cause,
        Difficulty::Medium,
        question,
        line.text(reason.clone()),
    ))
}

fn how_many(line: &Line<'_>, clause: &Clause, number: &Range<usize>, counted: &Range<usize>) -> Option<Pair> {
    let rest = line.text(counted.end..clause.rest.end);
    if rest.contains([',', ';', ':']) || !clause.lead.is_empty() {
        return None;
    }
    let question = format!("How many {} {} {rest}?", line.text(counted.clone()), turned(line, clause)?)
        .replace(" ?", "?");
    let answer = line.text(number.start..counted.end);
    Some(pair(clause.subject.clone(), Pattern::HowMany, CardForm::Number, Difficulty::Easy, question, answer))
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
        || line.is(i, &["and"])
            && (line.tag(i + 1) == Tag::Pronoun
                || noun_phrase(line, i + 1).is_some_and(|phrase| line.tag(phrase.end).finite()))
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

fn subject(line: &Line<'_>, clause: &Clause) -> Option<Pair> {
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
    Some(pair(core, Pattern::Subject, form, difficulty, question, answer))
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

/// Whether a sentence can be asked from its beginning.
fn asks_alone(line: &Line<'_>) -> bool {
    !matches!(line.tag(0), Tag::Conjunction | Tag::Verb | Tag::Wh | Tag::Adverb | Tag::Pronoun)
        && line.words[0].capital
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

/// "take place", "give rise": the noun is part of the verb.
fn idiom(line: &Line<'_>, clause: &Clause) -> bool {
    line.is(
        clause.rest.start,
        &["place", "rise", "part", "advantage", "care", "shape", "way", "birth", "note", "root"],
    )
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

fn object(line: &Line<'_>, clause: &Clause) -> Option<Pair> {
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
    Some(pair(core, Pattern::Object, CardForm::Fact, Difficulty::Medium, question, answer))
}
