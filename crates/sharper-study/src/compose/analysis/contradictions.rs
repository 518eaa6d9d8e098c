//! Contradictions: two sentences that say of one subject, with one verb, things that cannot both be right.
//!
//! Strict on purpose: a contradiction that is none costs more trust than one that is missed.

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::{Finding, FindingKind, Passage};

use super::survey::Survey;
use super::{MOST, finding};
use crate::compose::distractors::number;
use crate::compose::opposites::{denies, opposites};
use crate::grammar::{Line, Tag, clause, core_of};
use crate::text::{Language, TokenKind, key, stem};

/// Sentences on one subject with one verb that are compared with each other.
const COMPARED: usize = 12;
/// Share of their other content words that two sentences must have in common.
const LIKE: f32 = 0.75;
/// Words that leave room for both sentences.
const HEDGES: &[&str] = &[
    "may",
    "might",
    "can",
    "could",
    "some",
    "sometimes",
    "often",
    "usually",
    "other",
    "another",
    "about",
    "around",
    "approximately",
    "nearly",
    "almost",
    "at",
    "least",
    "most",
    "up",
    "over",
    "more",
    "fewer",
    "than",
    "if",
    "when",
    "unless",
    "until",
    "while",
    "whereas",
    "each",
    "first",
    "second",
    "third",
    "example",
    "once",
    "used",
    "or",
    "between",
    "per",
    "only",
    "also",
    "both",
    "either",
    "early",
    "late",
    "later",
    "earlier",
    "new",
    "today",
    "now",
];

/// What a sentence says of its subject.
struct Claim {
    text: usize,
    sentence: usize,
    subject: String,
    /// Stems of its content words, numbers, denials and the subject left out.
    rest: FxHashSet<String>,
    lower: Vec<String>,
    numbers: Vec<(String, String)>,
    denials: usize,
    /// Which list it is an item of, if it is one.
    list: usize,
}

pub(super) fn find(survey: &Survey<'_>) -> Vec<Finding<Passage>> {
    let mut groups: FxHashMap<(String, String), Vec<Claim>> = FxHashMap::default();
    let mut order: Vec<(String, String)> = Vec::new();
    for (text, document) in
        survey.docs.iter().enumerate().filter(|(_, one)| one.language == Language::English)
    {
        for sentence in 0..document.sentences.len() {
            if let Some((verb, claim)) = claim(&Line::new(document, sentence), text) {
                let group = (claim.subject.clone(), verb);
                let claims = groups.entry(group.clone()).or_default();
                if claims.is_empty() {
                    order.push(group);
                }
                if claims.len() < COMPARED {
                    claims.push(claim);
                }
            }
        }
    }
    let mut found = Vec::new();
    for group in order {
        let claims = &groups[&group];
        let pairs =
            claims.iter().enumerate().flat_map(|(i, one)| claims[i + 1..].iter().map(move |two| (one, two)));
        found.extend(
            pairs.filter_map(|(one, two)| clash(one, two).map(|why| told(survey, one, two, &why))).take(1),
        );
        if found.len() == MOST {
            break;
        }
    }
    found
}

fn claim(line: &Line<'_>, text: usize) -> Option<(String, Claim)> {
    let document = line.document;
    let said = document.sentence_text(&document.sentences[line.sentence]);
    let clause = clause(line)?;
    let core = core_of(line, clause.subject.clone());
    let subject_words = clause.subject.clone();
    let fits = said.ends_with('.') && (4..=24).contains(&line.len()) && !core.is_empty();
    let named = core.clone().any(|i| matches!(line.tag(i), Tag::Noun | Tag::Name));
    let hedged = (0..line.len()).any(|i| line.is(i, HEDGES));
    if !fits || !named || hedged || said.contains(['“', '"', '?']) {
        return None;
    }
    let subject = key(&line.text(core), Language::English);
    let is_number = |i: usize| line.words[i].kind == TokenKind::Number || number(line.lower(i)).is_some();
    let (mut rest, mut lower, mut numbers, mut denials) = (FxHashSet::default(), Vec::new(), Vec::new(), 0);
    for i in 0..line.len() {
        lower.push(line.lower(i).to_owned());
        if denies(line.lower(i)) {
            denials += 1;
        } else if is_number(i) {
            let value = number(line.lower(i)).map_or(line.lower(i).to_owned(), |value| format!("{value}"));
            let beside = if i + 1 < line.end() { line.lower(i + 1) } else { line.lower(i.wrapping_sub(1)) };
            numbers.push((value, beside.to_owned()));
        } else if !line.form(i).stop && line.words[i].kind == TokenKind::Word && !subject_words.contains(&i) {
            rest.insert(document.words.stem(line.form(i).stem).to_owned());
        }
    }
    // Verbs that are each other's opposites are one group.
    let stemmed = |word: &str| stem(word, Language::English);
    let others = opposites(line.lower(clause.main)).map(stemmed);
    let verb = others.fold(stemmed(line.lower(clause.main)), |least, other| least.min(other));
    let list = document.blocks[document.sentences[line.sentence].block].list;
    Some((verb, Claim { text, sentence: line.sentence, subject, rest, lower, numbers, denials, list }))
}

/// Why two claims on one subject cannot both be right, if so.
fn clash(one: &Claim, two: &Claim) -> Option<String> {
    // Items of one list are often the cases that may arise.
    if one.text == two.text && one.list > 0 && one.list == two.list {
        return None;
    }
    let common = one.rest.intersection(&two.rest).count() as f32;
    let all = (one.rest.len() + two.rest.len()) as f32 - common;
    let alike = all == 0.0 || common >= LIKE * all;
    if let ([(first, beside)], [(second, other)]) = (&one.numbers[..], &two.numbers[..])
        && first != second
        && beside == other
        && one.denials == two.denials
    {
        return alike.then(|| format!("{first} in one place and {second} in the other"));
    }
    if one.numbers != two.numbers {
        return None;
    }
    if one.denials.abs_diff(two.denials) == 1 && one.denials.min(two.denials) == 0 {
        let same = all > 0.0 && common == all;
        return same.then(|| "one denies what the other says".to_owned());
    }
    let only = |a: &Claim, b: &Claim| -> Vec<String> {
        a.lower.iter().filter(|word| !b.lower.contains(word)).cloned().collect()
    };
    if let ([left], [right]) = (&only(one, two)[..], &only(two, one)[..])
        && opposites(left).any(|other| other == right)
        && one.denials == two.denials
        && one.lower.len() == two.lower.len()
    {
        return Some(format!("“{left}” in one place and “{right}” in the other"));
    }
    None
}

fn told(survey: &Survey<'_>, one: &Claim, two: &Claim, why: &str) -> Finding<Passage> {
    let line = Line::new(&survey.docs[one.text], one.sentence);
    let subject =
        clause(&line).map(|clause| line.inner_text(core_of(&line, clause.subject))).unwrap_or_default();
    finding(
        FindingKind::Contradiction,
        format!("What is said of “{subject}” differs: {why}."),
        "Check in your book or with your teacher which of the two is right, and correct the other."
            .to_owned(),
        survey.topic(one.text, one.sentence, &subject),
        vec![survey.passage(one.text, one.sentence), survey.passage(two.text, two.sentence)],
    )
}
