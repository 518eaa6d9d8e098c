//! Answers of several elements: each is a point of its own, in any order.

use sharper_domain::attempt::worth;
use sharper_domain::{GradedBy, Question};

use super::matching::{content, matched};
use super::segments::{Joint, is_hedge};
use super::short::{Asked, Outcome, Said, TERM, best, hold};
use super::words::{Kind, pieces};
use super::{Assessment, grading, point, why};
use crate::text::Language;

/// Words of a question that asks for several.
const SEVERAL: &[&str] = &[
    "name",
    "list",
    "two",
    "three",
    "four",
    "five",
    "six",
    "several",
    "are",
    "were",
    "nenne",
    "nennen",
    "zwei",
    "drei",
    "vier",
    "sind",
    "nombra",
    "enumera",
    "dos",
    "tres",
    "cuatro",
    "son",
    "citez",
    "nommez",
    "deux",
    "trois",
    "quatre",
    "sont",
    "два",
    "две",
    "три",
    "четыре",
    "назовите",
    "哪些",
    "哪两",
    "哪三",
    "列出",
];

/// The elements of the key: what stands between its commas, and between its "and" where the question asks for several. One
/// alone where the key is no list.
pub(super) fn elements(question: &Question, language: Language) -> Vec<String> {
    let key = question.correct_answer.as_str();
    let lower = question.question.to_lowercase();
    let asks = SEVERAL.iter().any(|word| match word.is_ascii() {
        true => lower.split(|c: char| !c.is_alphanumeric()).any(|found| found == *word),
        false => lower.contains(word),
    });
    let commas = key.matches([',', ';', '、', '，', '；', '،']).count();
    if !asks && commas < 2 {
        return vec![key.to_owned()];
    }
    let found: Vec<String> = split(key);
    let short = |part: &String| {
        let matter = pieces(part, language).iter().filter(|piece| piece.matters()).count();
        (1..=TERM).contains(&matter) || pieces(part, language).iter().any(|piece| piece.kind == Kind::Sign)
    };
    if found.len() > 1 && found.iter().all(short) { found } else { vec![key.to_owned()] }
}

/// A text between its commas, semicolons and words for "and". A comma within a number is none.
fn split(key: &str) -> Vec<String> {
    const AND: &[&str] = &[" and ", " und ", " y ", " et ", " и ", " e ", "和", " & "];
    let mut text = key.trim_end_matches('.').to_owned();
    for and in AND {
        text = text.replace(and, "\u{1}");
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        let number =
            at > 0 && chars[at - 1].is_ascii_digit() && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        match c {
            ',' | ';' | '、' | '，' | '；' | '،' | '\u{1}' if !number => out.push(String::new()),
            c => out.last_mut().expect("never empty").push(c),
        }
    }
    out.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Grades each element. What is listed beyond them takes an earned one away: who names everything knows nothing.
pub(super) fn assess(
    asked: &Asked<'_>,
    said: &Said<'_>,
    elements: &[String],
    forms: &[String],
) -> Assessment {
    let of = worth(asked.question);
    let whole = best(asked, said, forms.get(1..).unwrap_or_default());
    if whole.share == 100 {
        let key = asked.question.correct_answer.as_str();
        let part = point(key, asked.question, of, of, whole.words, None);
        return Assessment { grading: Some(grading(vec![part], GradedBy::Rules)), certain: whole.certain };
    }
    let all: Vec<String> = elements.iter().chain(forms).cloned().collect();
    let mut found: Vec<Outcome> = elements.iter().map(|one| hold(asked, said, one, &all)).collect();
    for lost in found.iter_mut().filter(|one| one.why == Some(why::OTHER_TERM)) {
        lost.why = Some(why::MISSING);
    }
    let beyond = beyond(asked, said, elements);
    for one in found.iter_mut().rev().filter(|one| one.share > 0).take(beyond) {
        *one = Outcome::lost(why::GUESSES, false);
    }
    let certain = found.iter().all(|one| one.certain);
    let count = u32::try_from(elements.len()).unwrap_or(u32::MAX).max(1);
    let mut rest = of % count;
    let parts = elements.iter().zip(found).map(|(element, one)| {
        let of = of / count + u32::from(rest > 0);
        rest = rest.saturating_sub(1);
        point(element, asked.question, of, of * one.share / 100, one.words, one.why)
    });
    Assessment { grading: Some(grading(parts.collect(), GradedBy::Rules)), certain }
}

/// How many more things the answer lists than there are elements.
fn beyond(asked: &Asked<'_>, said: &Said<'_>, elements: &[String]) -> usize {
    let read: Vec<Said<'_>> = elements.iter().map(|one| Said::read(one, asked.alike.language)).collect();
    let wanted: Vec<_> = read.iter().flat_map(content).collect();
    let places: Vec<usize> = matched(asked, said, &wanted).into_iter().flatten().collect();
    let listed = said.segments.iter().filter(|segment| {
        let matter =
            said.pieces[segment.range.clone()].iter().filter(|piece| piece.matters() && !is_hedge(piece));
        let own = segment.range.clone().any(|at| places.contains(&at));
        let joined = segment.joint != Joint::Apart || segment.range.start == 0;
        joined && !segment.denied && !segment.dismissed && !own && (1..=2).contains(&matter.count())
    });
    listed.count()
}
