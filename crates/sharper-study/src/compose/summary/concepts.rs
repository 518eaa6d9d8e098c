//! Concepts: the content stems of the notes and the pairs of them that stand together, each described for the fit.

use std::ops::Range;

use rustc_hash::FxHashMap;

use sharper_domain::CardForm;

use super::standing::{Standing, standing, words_from};
use crate::compose::candidate::Pair;
use crate::compose::{english, gates};
use crate::extract::{Finding, findings};
use crate::grammar::{Line, Tag, core_of};
use crate::lexicon::commonness;
use crate::read::{BlockKind, Document};
use crate::text::{Language, TokenKind, content};

/// How many numbers describe a stem.
pub(crate) const STEM_FEATURES: usize = 14;
/// How many numbers describe a pair, before the worth of its stems.
pub(crate) const PAIR_FEATURES: usize = 4;
/// How many numbers describe a sentence, before the worth of its concepts.
pub(crate) const SENTENCE_FEATURES: usize = 29;

/// A stem of the notes.
#[derive(Debug, Clone, Default)]
pub struct Stem {
    /// The first form in which it stands, in lower case.
    pub form: Box<str>,
    /// How it is used.
    pub features: [f32; STEM_FEATURES],
    count: u32,
    sections: u32,
    last_section: (usize, usize),
    openings: u32,
    capitals: u32,
    nouns: u32,
    marked: bool,
    defined: bool,
    titled: bool,
    headed: bool,
    first: f32,
}

/// A sentence that can stand alone.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Which text it stands in.
    pub text: usize,
    /// Which sentence of it.
    pub sentence: usize,
    /// Which section that stands in.
    pub section: usize,
    /// What is kept of it, in bytes of the plain text.
    pub(crate) pieces: Vec<Range<usize>>,
    /// Its words.
    pub words: usize,
    /// Its content stems, each once.
    pub stems: Vec<u32>,
    /// Its pairs of neighbouring content stems, each once.
    pub pairs: Vec<u32>,
    /// What it is like.
    pub features: [f32; SENTENCE_FEATURES],
}

/// The notes as the choice of sentences sees them.
#[derive(Debug, Default)]
pub struct Concepts {
    /// Content stems.
    pub stems: Vec<Stem>,
    /// Pairs of stems that stand together, in order.
    pub pairs: Vec<((u32, u32), [f32; PAIR_FEATURES])>,
    /// What can be quoted.
    pub statements: Vec<Statement>,
    by_stem: FxHashMap<Box<str>, u32>,
    by_pair: FxHashMap<(u32, u32), u32>,
}

impl Concepts {
    /// Reads the notes.
    pub fn read(docs: &[Document<'_>]) -> Self {
        let mut concepts = Self::default();
        for (text, document) in docs.iter().enumerate() {
            concepts.read_document(text, document);
        }
        let sentences: usize = docs.iter().map(|document| document.sentences.len()).sum();
        let sections: usize = docs.iter().map(|document| document.sections.len()).sum();
        concepts.describe(sentences, sections);
        concepts
    }

    /// The stem of the notes that a word has, if they have it.
    pub(crate) fn stem_of(&self, stem: &str) -> Option<u32> {
        self.by_stem.get(stem).copied()
    }

    fn read_document(&mut self, text: usize, document: &Document<'_>) {
        let mut known: Vec<Option<u32>> = vec![None; document.words.stem_count.len()];
        let mut row = Vec::new();
        for sentence in 0..document.sentences.len() {
            let line = Line::new(document, sentence);
            row.clear();
            row.extend((0..line.len()).map(|i| self.content_stem(&line, i, &mut known)));
            let place = sentence as f32 / document.sentences.len() as f32;
            self.count(text, &line, &row, place);
            let found = if document.language == Language::English { findings(&line) } else { Vec::new() };
            self.define(&line, &row, &found);
            if let Some(standing) = standing(&line) {
                let statement = self.statement(text, &line, &row, &standing, &found);
                self.statements.push(statement);
            }
        }
        let mut titled = false;
        for section in &document.sections[1..] {
            for stem in content(&section.title, document.language) {
                let Some(&id) = self.by_stem.get(stem.as_str()) else { continue };
                self.stems[id as usize].headed = true;
                self.stems[id as usize].titled |= !titled;
            }
            titled = true;
        }
    }

    fn content_stem(&mut self, line: &Line<'_>, i: usize, known: &mut [Option<u32>]) -> Option<u32> {
        let form = line.form(i);
        let word = &line.words[i];
        if form.stop
            || word.kind == TokenKind::Mark
            || word.end - word.start < 2 && word.kind == TokenKind::Word
        {
            return None;
        }
        let slot = &mut known[form.stem as usize];
        if slot.is_none() {
            let text = line.document.words.stem(form.stem);
            *slot = Some(match self.by_stem.get(text) {
                Some(&id) => id,
                None => {
                    let id = self.stems.len() as u32;
                    self.by_stem.insert(text.into(), id);
                    self.stems.push(Stem { form: form.lower.clone(), ..Stem::default() });
                    id
                }
            });
        }
        *slot
    }

    fn count(&mut self, text: usize, line: &Line<'_>, row: &[Option<u32>], place: f32) {
        let sentence = &line.document.sentences[line.sentence];
        let section = (text + 1, sentence.section);
        for (i, id) in row.iter().enumerate() {
            let Some(id) = *id else { continue };
            let stem = &mut self.stems[id as usize];
            if stem.count == 0 {
                stem.first = place;
            }
            stem.count += 1;
            if stem.last_section != section {
                stem.sections += 1;
                stem.last_section = section;
            }
            stem.openings += u32::from(sentence.opens_block);
            stem.capitals += u32::from(line.words[i].capital && i > 0);
            stem.nouns += u32::from(matches!(line.tag(i), Tag::Noun | Tag::Name));
            let word = &line.words[i];
            stem.marked |= line.document.is_marked(&(word.start as usize..word.end as usize));
            if let Some(Some(next)) = row.get(i + 1) {
                let pair = (id, *next);
                let known = &mut self.pairs;
                let at = *self.by_pair.entry(pair).or_insert_with(|| {
                    known.push((pair, [0.0; PAIR_FEATURES]));
                    known.len() as u32 - 1
                });
                self.pairs[at as usize].1[0] += 1.0;
            }
        }
    }

    fn define(&mut self, line: &Line<'_>, row: &[Option<u32>], found: &[Finding]) {
        let terms = found.iter().filter_map(|finding| defined(line, finding));
        for id in terms.flat_map(|term| row[term].iter().flatten()) {
            self.stems[*id as usize].defined = true;
        }
    }

    fn statement(
        &self,
        text: usize,
        line: &Line<'_>,
        row: &[Option<u32>],
        standing: &Standing,
        found: &[Finding],
    ) -> Statement {
        let kept = &row[standing.first..];
        let mut stems: Vec<u32> = Vec::with_capacity(kept.len());
        for id in kept.iter().flatten() {
            if !stems.contains(id) {
                stems.push(*id);
            }
        }
        let mut pairs = Vec::new();
        for two in kept.windows(2) {
            if let [Some(a), Some(b)] = two
                && let Some(&at) = self.by_pair.get(&(*a, *b))
                && !pairs.contains(&at)
            {
                pairs.push(at);
            }
        }
        let words = words_from(line, standing.first);
        Statement {
            text,
            sentence: line.sentence,
            section: line.document.sentences[line.sentence].section,
            pieces: standing.pieces.clone(),
            words,
            stems,
            pairs,
            features: sentence_features(line, standing, words, found),
        }
    }

    fn describe(&mut self, sentences: usize, sections: usize) {
        let flag = |on: bool| f32::from(u8::from(on));
        let most = self.stems.iter().map(|stem| stem.count).max().unwrap_or(1) as f32;
        for stem in &mut self.stems {
            let count = stem.count as f32;
            stem.features = [
                count.ln(),
                flag(stem.count == 1),
                flag(stem.titled),
                flag(stem.headed),
                commonness(&stem.form) / 9.0,
                stem.sections as f32 / sections as f32,
                (1.0 + sentences as f32).ln(),
                stem.first,
                stem.openings as f32 / count,
                stem.capitals as f32 / count,
                stem.nouns as f32 / count,
                flag(stem.marked),
                flag(stem.defined),
                count / most,
            ];
        }
        for (pair, features) in &mut self.pairs {
            let (a, b) = (&self.stems[pair.0 as usize], &self.stems[pair.1 as usize]);
            let count = features[0];
            let less = a.count.min(b.count).max(1) as f32;
            *features = [count.ln(), flag(count < 2.0), count / less, flag(a.headed && b.headed)];
        }
    }
}

/// Words that say that what follows matters.
const WEIGHTY: &[&str] = &[
    "important",
    "primary",
    "main",
    "major",
    "key",
    "fundamental",
    "essential",
    "basic",
    "critical",
    "central",
    "principal",
    "crucial",
    "most",
    "all",
];

/// The term, if a finding is a definition that a card could ask.
fn defined(line: &Line<'_>, finding: &Finding) -> Option<Range<usize>> {
    let mut pairs = Vec::new();
    english::pairs(line, finding, &mut pairs);
    let asks = |pair: &Pair| pair.form == CardForm::Definition && !pair.with_previous && gates::passes(pair);
    pairs.into_iter().find(asks).map(|pair| core_of(line, pair.term))
}

/// Whether a heading stands over examples and exercises rather than over what they are examples of.
fn is_worked(title: &str) -> bool {
    const WORKED: &[&str] = &[
        "example",
        "exercise",
        "practice",
        "solution",
        "problem",
        "check",
        "activity",
        "homework",
        "references",
        "try it",
        "worked",
        "lab",
        "questions",
        "career",
        "everyday",
        "connection",
        "key terms",
        "discussion",
        "strategy",
        "grasp",
    ];
    let lower = title.to_lowercase();
    WORKED.iter().any(|word| lower.contains(word))
}

fn sentence_features(
    line: &Line<'_>,
    standing: &Standing,
    words: usize,
    found: &[Finding],
) -> [f32; SENTENCE_FEATURES] {
    let flag = |on: bool| f32::from(u8::from(on));
    let document = line.document;
    let sentence = &document.sentences[line.sentence];
    let section_start = document.sentences.partition_point(|other| other.section < sentence.section);
    let range = standing.first..line.len();
    let count = |f: &dyn Fn(usize) -> bool| range.clone().filter(|&i| f(i)).count() as f32;
    let defines = found.iter().any(|finding| defined(line, finding).is_some());
    let closes = document.sentences.get(line.sentence + 1).is_none_or(|next| next.block != sentence.block);
    let share = |n: f32| n / words.max(1) as f32;
    [
        words as f32 / 20.0,
        (words as f32 / 20.0).powi(2),
        line.sentence as f32 / document.sentences.len() as f32,
        flag(line.sentence < 6),
        flag(sentence.opens_block),
        flag(closes),
        flag(line.sentence - section_start == 0),
        ((line.sentence - section_start) as f32 + 1.0).ln(),
        flag(defines),
        flag(matches!(document.blocks[sentence.block].kind, BlockKind::Item)),
        flag(standing.tied),
        flag(standing.example),
        share(count(&|i| line.words[i].kind == TokenKind::Number)),
        share(count(&|i| line.tag(i) == Tag::Name)),
        share(count(&|i| line.tag(i) == Tag::Past)),
        share(count(&|i| line.is(i, &[","]))),
        flag(count(&|i| line.is(i, &["“", "\"", "—", ";", ":"])) > 0.0),
        share(count(&|i| line.is(i, &["this", "these", "it", "they", "its", "their", "he", "she", "his"]))),
        flag(count(&|i| line.is(i, WEIGHTY)) > 0.0),
        flag(count(&|i| line.tag(i) == Tag::Modal) > 0.0),
        flag(is_worked(&document.sections[sentence.section].title)),
        flag(line.is(standing.first, &["the"])),
        flag(!document.sentence_text(sentence).ends_with(['.', '!'])),
        flag(
            line.is(standing.first, &["a", "an"])
                || line.form(standing.first).lower.ends_with('s') && line.tag(standing.first) == Tag::Noun,
        ),
        flag(count(&|i| line.is(i, &["=", "≠", "<", ">", "≤", "≥", "+", "×", "÷"])) > 0.0),
        share(count(&|i| line.form(i).stop)),
        flag(line.is(standing.first, &["the"]) && line.tag(standing.first + 2).finite()),
        flag((standing.first..standing.first + 6).any(|i| line.is(i, &["also", "then", "another", "so"]))),
        flag(words < 9),
    ]
}

impl Statement {
    /// What it says: the parts that are kept, with a capital at the beginning.
    pub fn text_in(&self, docs: &[Document<'_>]) -> String {
        let plain = &docs[self.text].plain.text;
        let text: String = self.pieces.iter().map(|piece| &plain[piece.clone()]).collect();
        crate::compose::fronts::capital(text.trim())
    }
}
