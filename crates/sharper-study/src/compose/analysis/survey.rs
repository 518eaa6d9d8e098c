//! The survey: the notes read once, with the terms they use and those they explain.

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::Passage;

use crate::compose::outline::{Part, parts};
use crate::compose::{Candidate, candidates};
use crate::extract::{Finding, TermKey, findings, term_key};
use crate::grammar::{Line, Tag, core_of, noun_phrases};
use crate::lexicon::commonness;
use crate::read::Document;
use crate::text::Language;

/// Commonness (0 to 9) up to which the rarest word of a phrase makes it a term.
const RARE: f32 = 1.5;
/// Fewest letters of a term: short words are everyday ones, however rare in books.
const LETTERS: usize = 7;
/// Most words of a term.
const WORDS: usize = 3;

/// A term that the notes use.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// As it stands where it is first used, in the middle of a sentence.
    pub(super) name: String,
    /// Which text.
    pub(super) text: usize,
    /// The sentences it stands in, each once, in order.
    pub(super) sentences: Vec<usize>,
    /// Whether the notes say anywhere what it is.
    pub(super) explained: bool,
}

/// Some notes, read for an analysis.
#[derive(Debug)]
pub(super) struct Survey<'d> {
    pub(super) docs: &'d [Document<'d>],
    pub(super) parts: Vec<Part>,
    /// Every card that could be made of them.
    pub(super) pool: Vec<Candidate>,
    /// The terms that they use, the most used first. Only of English notes.
    pub(super) terms: Vec<Term>,
}

impl<'d> Survey<'d> {
    pub(super) fn of(docs: &'d [Document<'d>]) -> Self {
        let mut terms = Vec::new();
        for (text, document) in docs.iter().enumerate() {
            if document.language == Language::English {
                terms.extend(terms_of(document, text));
            }
        }
        terms.sort_by(|a, b| {
            b.sentences
                .len()
                .cmp(&a.sentences.len())
                .then((a.text, a.sentences[0]).cmp(&(b.text, b.sentences[0])))
        });
        Survey { docs, parts: parts(docs), pool: candidates(docs), terms }
    }

    /// The passage of a sentence.
    pub(super) fn passage(&self, text: usize, sentence: usize) -> Passage {
        Passage { text, span: self.docs[text].sentences[sentence].span }
    }

    /// The heading that a sentence stands under, or `or` where there is none.
    pub(super) fn topic(&self, text: usize, sentence: usize, or: &str) -> String {
        let document = &self.docs[text];
        let title = &document.sections[document.sentences[sentence].section].title;
        if title.is_empty() { crate::compose::fronts::capital(or) } else { title.clone() }
    }
}

fn terms_of(document: &Document<'_>, text: usize) -> Vec<Term> {
    let mut known: FxHashMap<TermKey, Term> = FxHashMap::default();
    let mut explained: FxHashSet<TermKey> = FxHashSet::default();
    for sentence in 0..document.sentences.len() {
        let line = Line::new(document, sentence);
        explain(&line, &mut explained);
        for phrase in noun_phrases(&line) {
            let core = core_of(&line, phrase);
            let plain = core.clone().all(|i| !matches!(line.tag(i), Tag::Name | Tag::Numeral | Tag::Mark));
            let rarest = core.clone().map(|i| commonness(line.lower(i))).fold(9.0, f32::min);
            let letters = core.clone().map(|i| line.lower(i).chars().count()).sum::<usize>();
            if core.is_empty() || core.len() > WORDS || !plain || rarest > RARE || letters < LETTERS {
                continue;
            }
            let term = known.entry(term_key(&line, core.clone())).or_insert_with(|| Term {
                name: line.inner_text(core.clone()),
                text,
                sentences: Vec::new(),
                explained: false,
            });
            if term.sentences.last() != Some(&sentence) {
                term.sentences.push(sentence);
            }
        }
    }
    for (key, term) in &mut known {
        term.explained = explained.contains(key);
    }
    known.into_values().collect()
}

/// Notes the terms of which a line says what they are, in whatever way.
fn explain(line: &Line<'_>, explained: &mut FxHashSet<TermKey>) {
    let mut add = |range: std::ops::Range<usize>| {
        let core = core_of(line, range);
        if !core.is_empty() {
            explained.insert(term_key(line, core));
        }
    };
    for found in findings(line) {
        match found {
            Finding::Definition { term, .. }
            | Finding::Naming { term, .. }
            | Finding::Inserted { term, .. }
            | Finding::Apposition { term, .. }
            | Finding::Aside { term, .. } => add(term),
            Finding::Initials { long, .. } => add(long),
            Finding::Synonym { first, second } => {
                add(first);
                add(second);
            }
            // What a clause says of its subject explains it as well.
            Finding::Fact { clause } | Finding::Why { clause, .. } | Finding::HowMany { clause, .. } => {
                add(clause.subject);
            }
            Finding::When { .. } => {}
        }
    }
    // A term with brackets or a dash after it is explained there; a bold one where it stands.
    let words = &line.document.all_words[line.document.sentences[line.sentence].words.clone()];
    for i in 0..line.len() {
        let word = &line.words[i];
        let next = words.iter().position(|other| other.start == word.start).and_then(|at| words.get(at + 1));
        let opens = next.is_some_and(|next| next.aside) || line.is(i + 1, &["—", "–", ":"]);
        if opens || line.document.is_marked(&(word.start as usize..word.end as usize)) {
            for start in i.saturating_sub(WORDS - 1)..=i {
                add(start..i + 1);
            }
        }
    }
}
