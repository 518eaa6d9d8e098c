//! Gaps: terms that are used and never explained, lists that are announced and not told, headings with little below.

use sharper_domain::{Finding, FindingKind, Passage};

use super::survey::Survey;
use super::{MOST, finding};
use crate::compose::outline::is_furniture;
use crate::grammar::Line;
use crate::lexicon::is_plural_noun;
use crate::read::{BlockKind, Document};
use crate::text::{Language, content};

/// Sentences in which a term must be used for its meaning to be missed.
const USES: usize = 3;
/// Words under a heading below which there is little, and words of notes from which that is worth saying.
const LITTLE: usize = 15;
const ENOUGH: usize = 120;

pub(super) fn find(survey: &Survey<'_>) -> Vec<Finding<Passage>> {
    let mut found = Vec::new();
    for (text, document) in survey.docs.iter().enumerate() {
        found.extend((0..document.sentences.len()).filter_map(|at| untold(survey, document, text, at)));
    }
    found.truncate(MOST);
    found.extend(bare_headings(survey).take(2));
    found.extend(unexplained(survey).take(MOST));
    found.truncate(MOST);
    found
}

/// Terms that are used again and again, and of which the notes never say what they are.
fn unexplained<'s>(survey: &'s Survey<'_>) -> impl Iterator<Item = Finding<Passage>> + 's {
    let missing = survey.terms.iter().filter(|term| {
        let document = &survey.docs[term.text];
        let stems = content(&term.name, Language::English);
        let headed = document.sections.iter().any(|section| {
            let title = content(&section.title, Language::English);
            stems.iter().all(|stem| title.contains(stem))
        });
        !term.explained && !headed && term.sentences.len() >= USES && term.name.chars().count() > 3
    });
    missing.map(|term| {
        let uses = term.sentences.len();
        let plural = is_plural_noun(term.name.rsplit(' ').next().unwrap_or_default());
        let (is, mean, its) = if plural { ("are", "mean", "their") } else { ("is", "means", "its") };
        finding(
            FindingKind::Gap,
            format!("“{}” {is} used in {uses} sentences and never explained.", term.name),
            format!(
                "Look up what “{}” {mean} and add a sentence that says it before {its} first use.",
                term.name
            ),
            survey.topic(term.text, term.sentences[0], &term.name),
            term.sentences.iter().take(2).map(|&at| survey.passage(term.text, at)).collect(),
        )
    })
}

/// Words that count what is announced, and what is counted.
const COUNTS: &[(&str, usize)] =
    &[("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8)];
const COUNTED: &[&str] = &[
    "types",
    "kinds",
    "forms",
    "stages",
    "phases",
    "steps",
    "causes",
    "reasons",
    "parts",
    "categories",
    "classes",
    "branches",
    "levels",
    "layers",
    "factors",
    "functions",
    "methods",
    "groups",
    "components",
    "elements",
    "features",
];

/// "There are three types:" with two told.
fn untold(survey: &Survey<'_>, document: &Document<'_>, text: usize, at: usize) -> Option<Finding<Passage>> {
    let sentence = &document.sentences[at];
    let said = document.sentence_text(sentence);
    if document.language != Language::English || !said.contains(':') {
        return None;
    }
    let line = Line::new(document, at);
    let colon = (0..line.len()).find(|&i| line.is(i, &[":"]))?;
    let (word, wanted, counted) = (0..colon).find_map(|i| {
        let &(word, count) = COUNTS.iter().find(|(word, _)| line.is(i, &[word]))?;
        let counted = (i + 1..colon.min(i + 4)).find(|&j| line.is(j, COUNTED))?;
        Some((word, count, line.lower(counted)))
    })?;
    let (told, mut sources) = if colon + 1 >= line.end() {
        let items = items_after(document, at);
        (items.len(), items.into_iter().map(|item| survey.passage(text, item)).collect())
    } else {
        let rest = said.split_once(':')?.1;
        (named(rest)?, Vec::new())
    };
    if told == 0 || told >= wanted {
        return None;
    }
    sources.insert(0, survey.passage(text, at));
    let are = if told == 1 { "one is" } else { "fewer are" };
    Some(finding(
        FindingKind::Gap,
        format!("Your notes announce {word} {counted} and {are} told: {told}."),
        format!("Find the missing {counted} and add them to the list."),
        survey.topic(text, at, counted),
        sources,
    ))
}

/// The first sentences of the items that follow a lead-in.
fn items_after(document: &Document<'_>, lead: usize) -> Vec<usize> {
    let first = document.sentences[lead].block + 1;
    let Some(list) = document.blocks.get(first).filter(|block| block.kind == BlockKind::Item) else {
        return Vec::new();
    };
    let item = |at: &usize| {
        let block = &document.blocks[document.sentences[*at].block];
        block.kind == BlockKind::Item && block.list == list.list
    };
    let all = (lead + 1..document.sentences.len()).take_while(item);
    all.filter(|&at| document.sentences[at].opens_block).collect()
}

/// How many things a short list in a sentence names: "solid, liquid and gas"; `None` where it is no plain list.
fn named(rest: &str) -> Option<usize> {
    let plain = rest.trim().trim_end_matches('.');
    let short = plain.split_whitespace().count() <= 12 && !plain.contains([';', ':', '(', '?']);
    let parts = plain
        .split(',')
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_start_matches("and "));
    (short && plain.contains(" and ")).then(|| parts.filter(|part| !part.is_empty()).count())
}

/// Headings under which there is little, and no heading of their own.
fn bare_headings<'s>(survey: &'s Survey<'_>) -> impl Iterator<Item = Finding<Passage>> + 's {
    let total: usize = survey.parts.iter().map(|part| part.words).sum();
    let bare = survey.parts.iter().enumerate().filter(move |(at, part)| {
        let parent =
            survey.parts.get(at + 1).is_some_and(|next| next.text == part.text && next.level > part.level);
        let first = *at == 0 || survey.parts[at - 1].text != part.text;
        total >= ENOUGH
            && part.words < LITTLE
            && part.level > 0
            && !parent
            && !first
            && !is_furniture(&part.title)
    });
    bare.filter_map(|(_, part)| {
        let document = &survey.docs[part.text];
        let heading = document.blocks.get(part.blocks.start.checked_sub(1)?)?;
        let span = document.span(heading.plain.clone());
        let much = match part.words {
            0 => "nothing".to_owned(),
            1 => "one word".to_owned(),
            words => format!("only {words} words"),
        };
        let fits = part.title.chars().filter(|c| c.is_alphabetic()).count() >= 3 && span.start < span.end;
        fits.then(|| {
            finding(
                FindingKind::Gap,
                format!("Under “{}” there is {much}.", part.title),
                "Write down what it is, why it matters and one example, or take the heading out.".to_owned(),
                part.title.clone(),
                vec![Passage { text: part.text, span }],
            )
        })
    })
}
