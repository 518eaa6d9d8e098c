//! Sentences: those of the passages that answer, the best first, each with what it leans on.

use std::ops::Range;

use rustc_hash::FxHashSet;
use sharper_domain::{Passage, Span, Statement};

use super::Evidence;
use super::asked::{Asked, Kind};
use crate::compose::gates;
use crate::grammar::Line;
use crate::read::{BlockKind, Document, Sentence};
use crate::text::{Language, TokenKind};

/// Passages that are read.
const PASSAGES: usize = 4;
/// Sentences that support the answer, at most.
const SUPPORT: usize = 3;
/// Least share of the answer's fit that a supporting sentence must have.
const LEAST: f32 = 0.15;
/// What saying what a term means is worth where that is asked, beside holding the whole question.
const DEFINES: f32 = 0.5;
/// What beginning with it is worth where it does not say so in the usual words.
const OPENS: f32 = 0.3;
/// What the sentence that the search found best is worth.
const FOUND: f32 = 0.25;
/// What holding the kind of thing that is asked for is worth.
const HOLDS_KIND: f32 = 0.1;
/// What standing right after the best sentence is worth.
const NEXT: f32 = 0.3;
/// Items of a list that are told with its lead-in.
const ITEMS: usize = 6;

/// A sentence that may answer.
#[derive(Debug, Clone, Copy)]
struct Choice {
    text: usize,
    sentence: usize,
    fit: f32,
}

/// What is said to one question, in at most about `budget` words.
pub(super) fn answer(
    asked: &Asked,
    docs: &[Document<'_>],
    evidence: &[Evidence],
    budget: usize,
) -> Vec<Statement<Passage>> {
    let mut choices: Vec<Choice> = Vec::new();
    for one in evidence.iter().take(PASSAGES) {
        let document = &docs[one.text];
        let relative = one.score / evidence[0].score.max(f32::MIN_POSITIVE);
        for at in within(document, one.span) {
            if choices.iter().any(|known| (known.text, known.sentence) == (one.text, at)) {
                continue;
            }
            let sentence = &document.sentences[at];
            let found = overlaps(sentence.span, one.sentence);
            let fit = (fit(asked, document, at) + if found { FOUND } else { 0.0 }) * relative;
            choices.push(Choice { text: one.text, sentence: at, fit });
        }
    }
    if choices.is_empty() {
        return from_line(docs, evidence).into_iter().collect();
    }
    follow_up(&mut choices);
    choices.sort_by(|a, b| b.fit.total_cmp(&a.fit).then((a.text, a.sentence).cmp(&(b.text, b.sentence))));
    told(docs, &choices, budget)
}

/// What follows the best sentence often says the rest of it.
fn follow_up(choices: &mut [Choice]) {
    let Some(best) = choices.iter().copied().max_by(|a, b| a.fit.total_cmp(&b.fit)) else { return };
    for choice in choices.iter_mut() {
        if choice.text == best.text && choice.sentence == best.sentence + 1 {
            choice.fit = (choice.fit + NEXT).min(best.fit * 0.99);
        }
    }
}

/// The best of them with what each leans on, while there are words left; then what is told stands as statements: the
/// answer first, what supports it in the order of the notes.
fn told(docs: &[Document<'_>], choices: &[Choice], budget: usize) -> Vec<Statement<Passage>> {
    let mut used: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut blocks: Vec<(usize, Range<usize>)> = Vec::new();
    let mut words = 0;
    for choice in choices {
        let first = blocks.is_empty();
        if !first && (choice.fit < LEAST * choices[0].fit || blocks.len() > SUPPORT) {
            break;
        }
        let document = &docs[choice.text];
        let range = with_what_it_leans_on(document, choice.sentence);
        if range.clone().any(|at| used.contains(&(choice.text, at))) {
            continue;
        }
        let count = |range: Range<usize>| {
            range
                .map(|at| {
                    crate::compose::outline::words(document, document.sentence_text(&document.sentences[at]))
                })
                .sum::<usize>()
        };
        let mut range = range;
        if first && count(range.clone()) > budget {
            range = choice.sentence..choice.sentence + 1;
        }
        let more = count(range.clone());
        let fragment = !first && !is_whole(document, choice.sentence);
        if !first && (words + more > budget || fragment) {
            continue;
        }
        words += more;
        used.extend(range.clone().map(|at| (choice.text, at)));
        blocks.push((choice.text, range));
    }
    if let [_, rest @ ..] = &mut blocks[..] {
        rest.sort_by_key(|(text, range)| (*text, range.start));
    }
    blocks.into_iter().filter_map(|(text, range)| statement(&docs[text], text, range)).collect()
}

fn statement(document: &Document<'_>, text: usize, range: Range<usize>) -> Option<Statement<Passage>> {
    let mut said = String::new();
    let mut sources = Vec::new();
    for at in range.clone() {
        let sentence = &document.sentences[at];
        let words = document.sentence_text(sentence).trim().replace(['\n', '\t'], " ");
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(&words);
        sources.push(Passage { text, span: sentence.span });
    }
    if said.ends_with(':') {
        let items = items_after(document, range.end - 1);
        let told: Vec<&str> =
            items.iter().map(|&at| document.sentence_text(&document.sentences[at]).trim()).collect();
        said = format!("{said} {}", told.join("; "));
        sources.extend(items.iter().map(|&at| Passage { text, span: document.sentences[at].span }));
    }
    let said = said.trim().to_owned();
    (!said.is_empty()).then_some(Statement { text: said, sources, verdict: None })
}

/// The sentences of the list that follows a lead-in, one for each item.
fn items_after(document: &Document<'_>, lead: usize) -> Vec<usize> {
    let first = document.sentences[lead].block + 1;
    let Some(list) = document.blocks.get(first).filter(|block| block.kind == BlockKind::Item) else {
        return Vec::new();
    };
    let same = |sentence: &Sentence| {
        let block = &document.blocks[sentence.block];
        block.kind == BlockKind::Item && block.list == list.list
    };
    (lead + 1..document.sentences.len())
        .take_while(|&at| same(&document.sentences[at]))
        .filter(|&at| document.sentences[at].opens_block)
        .take(ITEMS)
        .collect()
}

/// How well a sentence fits: the share of the question that it holds, by worth, and what else speaks for it.
fn fit(asked: &Asked, document: &Document<'_>, at: usize) -> f32 {
    let sentence = &document.sentences[at];
    let words = &document.all_words[sentence.words.clone()];
    let holds = |stem: &str, lower: &str| {
        words.iter().any(|word| {
            let form = document.words.form(word.id);
            document.words.stem(form.stem) == stem || *form.lower == *lower
        })
    };
    let (mut all, mut met) = (0.0, 0.0);
    for word in asked.content() {
        all += word.worth;
        met += if holds(&word.stem, &word.lower) { word.worth } else { 0.0 };
    }
    let cover = met / f32::max(all, f32::MIN_POSITIVE);
    let said = |lower: &str| asked.words.iter().any(|word| word.lower == lower);
    let kind = words.iter().enumerate().any(|(i, word)| match asked.kind {
        Kind::Time | Kind::Amount => {
            word.kind == TokenKind::Number && !said(&document.words.form(word.id).lower)
        }
        Kind::Name => i > 0 && word.capital && !said(&document.words.form(word.id).lower),
        Kind::Meaning | Kind::Anything => false,
    });
    let opens = asked.kind == Kind::Meaning && cover > 0.0 && opens_with(asked, document, at);
    let defines = opens && defines(asked, document, at);
    cover
        + if kind { HOLDS_KIND } else { 0.0 }
        + if defines {
            DEFINES * cover
        } else if opens {
            OPENS * cover
        } else {
            0.0
        }
}

/// Whether a sentence begins with what is asked about.
fn opens_with(asked: &Asked, document: &Document<'_>, at: usize) -> bool {
    let words = &document.all_words[document.sentences[at].words.clone()];
    let first = words.iter().take(asked.content().count() + 2);
    let stems: Vec<&str> = first.map(|word| document.words.stem(document.words.form(word.id).stem)).collect();
    asked.content().all(|word| stems.contains(&word.stem.as_str()))
}

/// Whether a sentence begins with what is asked about and goes on to say what that is.
fn defines(asked: &Asked, document: &Document<'_>, at: usize) -> bool {
    const VERBS: &[&str] = &[
        "is",
        "are",
        "was",
        "were",
        "refers",
        "means",
        "consists",
        "describes",
        "ist",
        "sind",
        "es",
        "son",
        "est",
        "sont",
        ":",
        "–",
        "—",
    ];
    let sentence = &document.sentences[at];
    let words = &document.all_words[sentence.words.clone()];
    let lower = |i: usize| -> &str { &document.words.form(words[i].id).lower };
    let Some(verb) = (0..words.len().min(9)).find(|&i| VERBS.contains(&lower(i))) else { return false };
    let mut content = asked.content();
    content.all(|word| {
        (0..verb).any(|i| document.words.stem(document.words.form(words[i].id).stem) == word.stem)
    })
}

/// The sentence with the one before it, where it begins by pointing there.
fn with_what_it_leans_on(document: &Document<'_>, at: usize) -> Range<usize> {
    let mut start = at;
    while start > 0
        && at - start < 2
        && document.sentences[start - 1].block == document.sentences[start].block
        && leans(document, start)
    {
        start -= 1;
    }
    start..at + 1
}

/// Openings that point to the sentence before.
const POINTERS: &[&str] = &[
    "it",
    "its",
    "they",
    "their",
    "them",
    "this",
    "these",
    "those",
    "that",
    "he",
    "she",
    "his",
    "her",
    "such",
    "both",
    "however",
    "therefore",
    "thus",
    "hence",
    "then",
    "instead",
    "consequently",
    "but",
    "and",
    "so",
    "also",
    "another",
    "here",
    "otherwise",
    "similarly",
    "likewise",
    "furthermore",
    "moreover",
];

fn leans(document: &Document<'_>, at: usize) -> bool {
    if document.language != Language::English {
        return false;
    }
    let line = Line::new(document, at);
    line.is(0, POINTERS) || gates::dangles(&line)
}

/// Whether a sentence is one, and not a fragment or a question of the text.
fn is_whole(document: &Document<'_>, at: usize) -> bool {
    let text = document.sentence_text(&document.sentences[at]).trim();
    text.ends_with(['.', '!', '”', '"', ')', '。', '।', '！'])
        || document.blocks[document.sentences[at].block].kind == BlockKind::Item
            && !text.ends_with(['?', ':'])
}

/// The line of a table, or whatever else is no sentence, that the search found.
fn from_line(docs: &[Document<'_>], evidence: &[Evidence]) -> Option<Statement<Passage>> {
    let best = evidence.first()?;
    let raw = best.sentence.of(docs[best.text].text)?;
    let text = raw.replace(['|', '\t', '\n', '#', '*'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let passage = Passage { text: best.text, span: best.sentence };
    (!text.is_empty()).then(|| Statement { text, sources: vec![passage], verdict: None })
}

fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// The sentences that a span touches.
fn within(document: &Document<'_>, span: Span) -> Range<usize> {
    let from = document.sentences.partition_point(|sentence| sentence.span.end <= span.start);
    let to = document.sentences.partition_point(|sentence| sentence.span.start < span.end);
    from..to.max(from)
}
