//! The outline of some notes: what stands under which heading, how much of it, and what it is best called.

use std::ops::Range;

use rustc_hash::FxHashMap;
use sharper_domain::{CardDraft, CardForm, Passage};

use super::Candidate;
use super::distractors::without_article;
use super::fronts::capital;
use crate::lexicon::commonness;
use crate::read::{BlockKind, Document};
use crate::text::{Language, TokenKind};

/// The worth, as a card, from which a definition names what it stands in.
const LEAST: f32 = -1.0;

/// What stands under one heading, or a stretch of notes without headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Which text.
    pub(super) text: usize,
    /// Its heading; empty where there is none.
    pub(super) title: String,
    /// The level of the heading; 0 where there is none.
    pub(super) level: u8,
    /// Its blocks, the heading left out.
    pub(super) blocks: Range<usize>,
    /// Its sentences.
    pub(super) sentences: Range<usize>,
    /// Its words.
    pub(super) words: usize,
}

/// The parts of the notes, in their order; those without any text are there too, with no words.
pub(super) fn parts(docs: &[Document<'_>]) -> Vec<Part> {
    let mut all = Vec::new();
    for (text, document) in docs.iter().enumerate() {
        for (at, section) in document.sections.iter().enumerate() {
            let first = if at == 0 { 0 } else { section.block + 1 };
            let last = document.sections.get(at + 1).map_or(document.blocks.len(), |next| next.block);
            let title = section.title.clone();
            all.push(part(document, text, title, section.level, first..last.max(first)));
        }
    }
    all.retain(|part| !part.title.is_empty() || part.words > 0);
    all
}

/// Some blocks of a text as a part.
pub(super) fn part(
    document: &Document<'_>,
    text: usize,
    title: String,
    level: u8,
    blocks: Range<usize>,
) -> Part {
    let from = document.sentences.partition_point(|sentence| sentence.block < blocks.start);
    let to = document.sentences.partition_point(|sentence| sentence.block < blocks.end);
    let words =
        document.blocks[blocks.clone()].iter().map(|block| words(document, document.block_text(block)));
    Part { text, title, level, words: words.sum(), blocks, sentences: from..to }
}

/// Words of a text; where a language has no spaces, a third of the characters.
pub(super) fn words(document: &Document<'_>, text: &str) -> usize {
    let spaced = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    match document.language {
        Language::Other => spaced.max(text.chars().filter(|c| !c.is_ascii()).count() / 3),
        _ => spaced,
    }
}

/// Most pieces that a part is cut into.
const PIECES: usize = 12;

/// A part of more than `stretch` words, cut where its paragraphs end into pieces that have no heading.
pub(super) fn cut(document: &Document<'_>, whole: Part, stretch: usize) -> Vec<Part> {
    if whole.words <= stretch {
        return vec![whole];
    }
    let each = (whole.words / whole.words.div_ceil(stretch).min(PIECES)).max(1);
    let mut pieces = Vec::new();
    let (mut first, mut said) = (whole.blocks.start, 0);
    for block in whole.blocks.clone() {
        said += words(document, document.block_text(&document.blocks[block]));
        if said * 4 >= each * 3 || block + 1 == whole.blocks.end {
            pieces.push(part(document, whole.text, String::new(), 0, first..block + 1));
            (first, said) = (block + 1, 0);
        }
    }
    pieces.retain(|piece| piece.words > 0);
    pieces
}

impl Part {
    /// Where it begins: its first sentence, or its first line where it has none.
    pub(super) fn opening(&self, document: &Document<'_>) -> Option<Passage> {
        let first = document.sentences.get(self.sentences.start).filter(|_| !self.sentences.is_empty());
        let span = match first {
            Some(sentence) => sentence.span,
            None => document.span(document.blocks[self.blocks.clone()].first()?.plain.clone()),
        };
        (span.start < span.end).then_some(Passage { text: self.text, span })
    }
}

/// Whether a heading stands over lists of books, exercises and the like rather than over something to know.
pub(super) fn is_furniture(title: &str) -> bool {
    const FURNITURE: &[&str] = &[
        "references",
        "footnotes",
        "bibliography",
        "key terms",
        "exercises",
        "review questions",
        "further reading",
        "acknowledgements",
        "acknowledgments",
        "contents",
        "table of contents",
        "homework",
        "glossary",
        "critical thinking questions",
        "sources",
        "links",
        "literatur",
        "quellen",
        "bibliographie",
    ];
    let lower = title.trim().to_lowercase();
    FURNITURE.contains(&lower.as_str())
}

/// The worthiest card of each block of each text: what a stretch without a heading is about.
#[derive(Debug, Default)]
pub(super) struct Names {
    best: FxHashMap<(usize, usize), (f32, String)>,
}

impl Names {
    /// From the cards that could be made of the notes.
    pub(super) fn of(docs: &[Document<'_>], candidates: &[Candidate]) -> Self {
        let mut names = Self::default();
        for candidate in candidates.iter().filter(|candidate| candidate.draft.form == CardForm::Definition) {
            let (text, start) = (candidate.draft.text, candidate.draft.span.start);
            let sentences = &docs[text].sentences;
            let at = sentences.partition_point(|sentence| sentence.span.end <= start);
            let Some(sentence) = sentences.get(at) else { continue };
            let best = names.best.entry((text, sentence.block)).or_insert((f32::MIN, String::new()));
            if candidate.score > best.0
                && let Some(term) = term_of(&candidate.draft)
            {
                *best = (candidate.score, term);
            }
        }
        names
    }

    /// What a part is called: its heading, the worthiest term it defines, the word it says most, or its beginning.
    pub(super) fn name(&self, document: &Document<'_>, part: &Part) -> String {
        if !part.title.is_empty() {
            return part.title.clone();
        }
        let term = self.term(part).or_else(|| most_said(document, part));
        term.unwrap_or_else(|| beginning(document, part))
    }

    /// The worthiest term that a part defines.
    pub(super) fn term(&self, part: &Part) -> Option<String> {
        let named = part.blocks.clone().filter_map(|block| self.best.get(&(part.text, block)));
        let best = named.filter(|(score, _)| *score > LEAST).max_by(|a, b| a.0.total_cmp(&b.0));
        best.map(|(_, name)| name.clone())
    }
}

/// The term that a definition's card asks about, with a capital and without its article.
pub(super) fn term_of(draft: &CardDraft) -> Option<String> {
    const FRONTS: [&str; 4] = ["What is ", "What are ", "What was ", "What were "];
    if draft.form != CardForm::Definition {
        return None;
    }
    let rest = match FRONTS.iter().find_map(|front| draft.question.strip_prefix(front)) {
        Some(rest) => rest.strip_suffix('?')?,
        None if draft.question.contains('?') => return None,
        None => &draft.question,
    };
    let bare = without_article(rest.trim());
    (!bare.is_empty()).then(|| capital(bare))
}

/// Fewest letters of a word that can name a part.
const LETTERS: usize = 4;

/// The content word that a part says most, when it says one at least three times.
fn most_said(document: &Document<'_>, part: &Part) -> Option<String> {
    let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
    for sentence in &document.sentences[part.sentences.clone()] {
        for word in &document.all_words[sentence.words.clone()] {
            let form = document.words.form(word.id);
            if word.kind == TokenKind::Word && !form.stop && form.lower.chars().count() >= LETTERS {
                let entry = counts.entry(form.stem).or_insert((0, word.id));
                entry.0 += 1;
            }
        }
    }
    let weigh = |count: u32, lower: &str| count as f32 * (12.0 - commonness(lower));
    let ranked = counts.values().filter(|(count, _)| *count >= 3);
    let ranked = ranked.map(|&(count, id)| (weigh(count, &document.words.form(id).lower), id));
    let best = ranked.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    Some(capital(&document.words.form(best.1).lower))
}

/// Most characters of a beginning that stands for a name.
const BEGINNING: usize = 40;

fn beginning(document: &Document<'_>, part: &Part) -> String {
    let blocks = &document.blocks[part.blocks.clone()];
    let Some(block) = blocks.iter().find(|block| !matches!(block.kind, BlockKind::Heading(_))) else {
        return String::new();
    };
    let text = document.block_text(block);
    let end = text.char_indices().nth(BEGINNING).map_or(text.len(), |(at, _)| at);
    let cut = if end < text.len() { text[..end].rfind(' ').unwrap_or(end) } else { end };
    text[..cut].trim_end_matches(|c: char| !c.is_alphanumeric()).replace(['\t', '\n'], " ")
}
