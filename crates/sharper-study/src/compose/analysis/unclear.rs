//! Unclear: sentences too long to follow, pronouns that stand for nothing, short forms that are never spelled out,
//! sentences that break off.

use rustc_hash::FxHashMap;
use sharper_domain::{Finding, FindingKind, Passage};

use super::survey::Survey;
use super::{MOST, finding};
use crate::compose::outline::words;
use crate::grammar::Line;
use crate::lexicon::commonness;
use crate::read::{BlockKind, Document};
use crate::text::{Language, TokenKind};

/// Words from which a sentence is too long to follow.
const LONG: usize = 48;
/// Most findings of one sort.
const EACH: usize = 2;

pub(super) fn find(survey: &Survey<'_>) -> Vec<Finding<Passage>> {
    let mut found = Vec::new();
    for (text, document) in survey.docs.iter().enumerate() {
        let all = || 0..document.sentences.len();
        found.extend(all().filter_map(|at| broken(survey, document, text, at)).take(EACH));
        found.extend(all().filter_map(|at| dangling(survey, document, text, at)).take(EACH));
        found.extend(short_forms(survey, document, text).into_iter().take(EACH));
    }
    found.truncate(MOST - 1);
    found.extend(longest(survey, MOST - found.len()));
    found
}

/// The longest sentences, where they are too long.
fn longest(survey: &Survey<'_>, most: usize) -> Vec<Finding<Passage>> {
    let mut long: Vec<(usize, usize, usize)> = Vec::new();
    for (text, document) in survey.docs.iter().enumerate().filter(|(_, one)| one.language != Language::Other)
    {
        for (at, sentence) in document.sentences.iter().enumerate() {
            let said = document.sentence_text(sentence);
            let count = words(document, said);
            // A list in one sentence is long and easy to read.
            if count >= LONG
                && said.matches([';', ',', '\t']).count() * 5 < count
                && !said.contains(['=', '“', '"'])
            {
                long.push((count, text, at));
            }
        }
    }
    long.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let told = |(count, text, at): (usize, usize, usize)| {
        finding(
            FindingKind::Unclear,
            format!("This sentence has {count} words."),
            "Split it where a new thought begins, so that each sentence says one thing.".to_owned(),
            survey.topic(text, at, "Long sentence"),
            vec![survey.passage(text, at)],
        )
    };
    long.into_iter().take(most.min(EACH)).map(told).collect()
}

/// A pronoun that opens a section or the notes: there is nothing before it that it could stand for.
fn dangling(
    survey: &Survey<'_>,
    document: &Document<'_>,
    text: usize,
    at: usize,
) -> Option<Finding<Passage>> {
    let sentence = &document.sentences[at];
    let first = at == 0 || document.sentences[at - 1].section != sentence.section;
    if document.language != Language::English || !first {
        return None;
    }
    let line = Line::new(document, at);
    let alone = line.is(0, &["this", "these", "that", "those"]) && line.tag(1).finite();
    let expletive = line.is(0, &["it"])
        && (0..line.len().min(9))
            .any(|i| line.is(i, &["that", "to", "seems", "appears", "takes", "follows"]));
    let pronoun = line.is(0, &["it", "they", "he", "she"]) && line.tag(1).finite() && !expletive;
    if !alone && !pronoun {
        return None;
    }
    let word = line.text(0..1);
    Some(finding(
        FindingKind::Unclear,
        format!("It is not said what “{word}” stands for."),
        format!("Put the thing itself in the place of “{word}”: nothing before it names one here."),
        survey.topic(text, at, &word),
        vec![survey.passage(text, at)],
    ))
}

/// The mark that people leave where they mean to go on later.
const LATER: &str = concat!("TO", "DO");

/// Sentences that break off, or that hold a question to oneself.
fn broken(survey: &Survey<'_>, document: &Document<'_>, text: usize, at: usize) -> Option<Finding<Passage>> {
    let said = document.sentence_text(&document.sentences[at]).trim();
    let last = document.sentences.get(at + 1).is_none_or(|next| next.block != document.sentences[at].block);
    let off = last && (said.ends_with("...") || said.ends_with('…')) && words(document, said) >= 2;
    let asks = said.contains("??") || said.contains(LATER) || said.contains("(?)");
    if !off && !asks {
        return None;
    }
    let point = if asks { "Here you left a question open." } else { "This sentence breaks off." };
    let details =
        if asks { "Answer it and write the answer in its place." } else { "Finish it, or take it out." };
    Some(finding(
        FindingKind::Unclear,
        point.to_owned(),
        details.to_owned(),
        survey.topic(text, at, "Open question"),
        vec![survey.passage(text, at)],
    ))
}

/// Short forms that everyone reads as words.
const KNOWN: &[&str] = &[
    "USA", "US", "UK", "EU", "UN", "DNA", "RNA", "TV", "AD", "BC", "BCE", "CE", "AM", "PM", "OK", "CD", "PC",
    "IT", "NASA", "NATO", "AIDS", "HIV", "PH", "GPS", "WWI", "WWII", "FBI", "CIA", "UFO", "IQ", "ID", "PDF",
    "WWW", "HTTP", "HTML", "URL", "NOTE", LATER, "AND", "OR", "NOT", "THE", "IF", "II", "III", "IV", "VI",
    "VII", "VIII", "IX", "XI", "XII", "XIV", "XV", "XVI", "XX", "KG", "KM", "MHZ", "GHZ", "DC", "AC", "MRS",
    "MR", "DR", "PHD", "NY", "LA",
];

/// Commonness (0 to 9) from which capitals are a word that is shouted, not a short form.
const WORD: f32 = 3.0;

/// Short forms in capitals that are used at least twice and never spelled out.
fn short_forms(survey: &Survey<'_>, document: &Document<'_>, text: usize) -> Vec<Finding<Passage>> {
    let mut uses: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut order: Vec<&str> = Vec::new();
    for (at, sentence) in document.sentences.iter().enumerate() {
        let item = document.blocks[sentence.block].kind == BlockKind::Item;
        for word in &document.all_words[sentence.words.clone()] {
            let said = &document.plain.text[word.start as usize..word.end as usize];
            let short = word.kind == TokenKind::Word
                && (3..=5).contains(&said.len())
                && document.words.form(word.id).lower_count == 0
                && commonness(&document.words.form(word.id).lower) < WORD
                && said.chars().all(|c| c.is_ascii_uppercase())
                && !KNOWN.contains(&said);
            if short && !item {
                let places = uses.entry(said).or_insert_with(|| {
                    order.push(said);
                    Vec::new()
                });
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
    }
    let whole = &document.plain.text;
    let spelled = |short: &str| {
        [
            format!("({short}"),
            format!("{short} ("),
            format!("{short} stands for"),
            format!("{short}: "),
            format!("{short} is "),
            format!("{short} – "),
            format!("{short} means"),
        ]
        .iter()
        .any(|way| whole.contains(way.as_str()))
            || initials_stand(whole, short)
    };
    let missing = order
        .into_iter()
        .filter(|short| uses[short].len() >= 2)
        .take(MOST * 5)
        .filter(|short| !spelled(short));
    let told = |short: &str| {
        let places = &uses[short];
        finding(
            FindingKind::Unclear,
            format!("“{short}” is used in {} sentences and never spelled out.", places.len()),
            format!("Write out what “{short}” stands for where it is first used."),
            survey.topic(text, places[0], short),
            vec![survey.passage(text, places[0])],
        )
    };
    missing.take(EACH).map(told).collect()
}

/// Whether words with these initials stand next to each other anywhere.
fn initials_stand(text: &str, short: &str) -> bool {
    let wanted: Vec<char> = short.chars().flat_map(char::to_lowercase).collect();
    let mut run: std::collections::VecDeque<char> = std::collections::VecDeque::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if run.len() == wanted.len() {
            run.pop_front();
        }
        run.extend(word.chars().next().and_then(|c| c.to_lowercase().next()));
        if run.len() == wanted.len() && run.iter().eq(wanted.iter()) {
            return true;
        }
    }
    false
}
