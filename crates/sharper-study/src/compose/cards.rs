//! Cards: the best first, spread over the notes, one after the other as they are asked for.

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::{CardDraft, FlashcardOptions};

use super::candidate::{Candidate, Pair, Pattern, TermFacts, features};
use super::{cloze, english, gates, lines, rank};
use crate::extract::{TermTable, findings, term_key};
use crate::grammar::{Line, Tag, core_of, noun_phrases};
use crate::read::Document;
use crate::text::{Language, content};

/// Every card that could be made of the notes, ranked one by one but not yet chosen among.
pub fn candidates(docs: &[Document<'_>]) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (text, document) in docs.iter().enumerate() {
        from_lines(document, text, &mut all);
        if document.language == Language::English {
            from_sentences(document, text, &mut all);
        }
    }
    all
}

/// Flashcards from notes, best first. Ask for as many as you need: there are more than `options.count`, so that
/// a card that a check turns away can be replaced by the next.
pub fn flashcards(docs: &[Document<'_>], options: &FlashcardOptions) -> Cards {
    let mut pool = candidates(docs);
    if let Some(topic) = options.topic.as_deref().filter(|topic| !topic.trim().is_empty()) {
        let wanted: FxHashSet<String> = content(topic, Language::English).into_iter().collect();
        pool.retain(|candidate| {
            let draft = &candidate.draft;
            let text = format!("{} {} {}", draft.topic, draft.question, draft.answer);
            let has: FxHashSet<String> = content(&text, Language::English).into_iter().collect();
            !wanted.is_empty() && wanted.iter().filter(|stem| has.contains(*stem)).count() * 2 >= wanted.len()
        });
    }
    if let Some(level) = options.difficulty.level() {
        for candidate in &mut pool {
            if candidate.draft.difficulty != level {
                candidate.score -= 3.0;
            }
        }
    }
    Cards { pool, chosen_terms: FxHashMap::default(), chosen_sections: FxHashMap::default(), chosen_sentences: FxHashMap::default(), chosen: Vec::new() }
}

/// Iterator over the cards of some notes, best first.
#[derive(Debug)]
pub struct Cards {
    pool: Vec<Candidate>,
    chosen_terms: FxHashMap<(usize, u64), u32>,
    chosen_sections: FxHashMap<(usize, usize), u32>,
    chosen_sentences: FxHashMap<(usize, usize), u32>,
    /// The stems of the cards given so far.
    chosen: Vec<FxHashSet<String>>,
}

/// Cost of another card on the same term.
const SAME_TERM: f32 = 2.5;
/// Cost of another card on the same sentence.
const SAME_SENTENCE: f32 = 1.5;
/// Cost of each card from the same section.
const SAME_SECTION: f32 = 0.08;
/// Share of common stems from which two cards are the same card.
const NEAR: f32 = 0.7;

impl Cards {
    fn worth(&self, candidate: &Candidate) -> f32 {
        let text = candidate.draft.text;
        let seen = |map: &FxHashMap<(usize, usize), u32>, at: usize| map.get(&(text, at)).copied().unwrap_or(0) as f32;
        let terms = self.chosen_terms.get(&(text, candidate.term)).copied().unwrap_or(0) as f32;
        candidate.score
            - SAME_TERM * terms
            - SAME_SENTENCE * seen(&self.chosen_sentences, candidate.sentence)
            - SAME_SECTION * seen(&self.chosen_sections, candidate.section)
    }

    fn repeats(&self, stems: &FxHashSet<String>) -> bool {
        self.chosen.iter().any(|other| {
            let common = stems.iter().filter(|stem| other.contains(*stem)).count() as f32;
            common >= NEAR * (stems.len() + other.len()) as f32 - NEAR * common
        })
    }
}

impl Iterator for Cards {
    type Item = CardDraft;

    fn next(&mut self) -> Option<CardDraft> {
        loop {
            let best = (0..self.pool.len()).max_by(|&a, &b| {
                let (a, b) = (&self.pool[a], &self.pool[b]);
                self.worth(a).total_cmp(&self.worth(b)).then_with(|| b.draft.span.cmp(&a.draft.span))
            })?;
            let candidate = self.pool.swap_remove(best);
            let text = format!("{} {}", candidate.draft.question, candidate.draft.answer);
            let stems: FxHashSet<String> = content(&text, Language::English).into_iter().collect();
            if self.repeats(&stems) {
                continue;
            }
            let text = candidate.draft.text;
            *self.chosen_terms.entry((text, candidate.term)).or_default() += 1;
            *self.chosen_sections.entry((text, candidate.section)).or_default() += 1;
            *self.chosen_sentences.entry((text, candidate.sentence)).or_default() += 1;
            self.chosen.push(stems);
            return Some(candidate.draft);
        }
    }
}

fn from_lines(document: &Document<'_>, text: usize, all: &mut Vec<Candidate>) {
    for card in lines::find(document) {
        let mut described = [0.0; super::FEATURES];
        described[Pattern::Line as usize] = 1.0;
        let score = rank::score(&described);
        all.push(Candidate {
            draft: CardDraft {
                question: card.question,
                answer: card.answer,
                explanation: None,
                topic: topic_of(document, card.section, &card.term),
                difficulty: card.difficulty,
                form: card.form,
                text,
                span: card.span,
            },
            features: described,
            score,
            term: hash(&card.term),
            section: card.section,
            sentence: usize::MAX - card.span.start,
            pattern: Pattern::Line,
        });
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{Hash, Hasher};
    let mut hasher = rustc_hash::FxHasher::default();
    crate::text::key(text, Language::English).hash(&mut hasher);
    hasher.finish()
}

/// The nearest heading, or the term itself where there is none.
fn topic_of(document: &Document<'_>, section: usize, term: &str) -> String {
    let title = &document.sections[section].title;
    if title.is_empty() { term.to_owned() } else { title.clone() }
}

fn from_sentences(document: &Document<'_>, text: usize, all: &mut Vec<Candidate>) {
    let lines: Vec<Line<'_>> = (0..document.sentences.len()).map(|sentence| Line::new(document, sentence)).collect();
    let mut terms = TermTable::default();
    lines.iter().for_each(|line| terms.read(line));
    let headings = heading_stems(document);
    let mut pairs = Vec::new();
    for line in &lines {
        if !worth_reading(line) {
            continue;
        }
        pairs.clear();
        for finding in findings(line) {
            english::pairs(line, &finding, &mut pairs);
        }
        for pair in pairs.drain(..).filter(gates::passes) {
            all.push(candidate(line, pair, &terms, &headings, text));
        }
        for phrase in noun_phrases(line) {
            let core = core_of(line, phrase);
            if terms.get(term_key(line, core.clone())).count >= 2
                && let Some(pair) = cloze::cloze(line, &core).filter(gates::passes)
            {
                all.push(candidate(line, pair, &terms, &headings, text));
            }
        }
    }
}

/// Questions, lead-ins and headings are no facts.
fn worth_reading(line: &Line<'_>) -> bool {
    let text = line.document.sentence_text(&line.document.sentences[line.sentence]);
    text.ends_with(['.', '!', '”', ')', '*']) && (4..=70).contains(&line.len())
}

fn heading_stems(document: &Document<'_>) -> FxHashSet<String> {
    document.sections.iter().flat_map(|section| content(&section.title, Language::English)).collect()
}

fn candidate(line: &Line<'_>, pair: Pair, terms: &TermTable, headings: &FxHashSet<String>, text: usize) -> Candidate {
    let document = line.document;
    let core = core_of(line, pair.term.clone());
    let key = term_key(line, core.clone());
    let stems: Vec<&str> = core.clone().map(|i| document.words.stem(line.form(i).stem)).collect();
    let facts = TermFacts {
        usage: terms.get(key),
        words: core.len(),
        in_heading: !stems.is_empty() && stems.iter().all(|stem| headings.contains(*stem)),
        marked: !core.is_empty() && document.is_marked(&(line.words[core.start].start as usize..line.words[core.end - 1].end as usize)),
        name: core.clone().any(|i| line.tag(i) == Tag::Name),
        bare: core.start == pair.term.start,
        ..TermFacts::default()
    };
    let sentence = &document.sentences[line.sentence];
    let position = line.sentence as f32 / document.sentences.len().max(1) as f32;
    let described = features(line, &pair, &facts, position);
    let start = if pair.with_previous { document.sentences[line.sentence - 1].span.start } else { sentence.span.start };
    let term = line.text(core);
    Candidate {
        score: rank::score(&described),
        features: described,
        term: key,
        section: sentence.section,
        sentence: line.sentence,
        pattern: pair.pattern,
        draft: CardDraft {
            question: pair.question,
            answer: pair.answer,
            explanation: None,
            topic: topic_of(document, sentence.section, &term),
            difficulty: pair.difficulty,
            form: pair.form,
            text,
            span: sharper_domain::Span { start, end: sentence.span.end },
        },
    }
}
