//! Cards: the best first, spread over the notes, one after the other as they are asked for.

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::{CardDraft, CardForm, FlashcardOptions};

use super::candidate::Candidate;
use super::gather::candidates;
use crate::read::Document;
use crate::text::{Language, content};

/// Flashcards from notes, best first. Ask for as many as you need: there are more than `options.count`, so that
/// a card that a check turns away can be replaced by the next.
pub fn flashcards(docs: &[Document<'_>], options: &FlashcardOptions) -> Cards {
    let mut pool = candidates(docs);
    if let Some(topic) = options.topic.as_deref().filter(|topic| !topic.trim().is_empty()) {
        pool.retain(|candidate| is_about(&candidate.draft, topic));
    }
    prefer_questions(&mut pool);
    if let Some(level) = options.difficulty.level() {
        for candidate in pool.iter_mut().filter(|candidate| candidate.draft.difficulty != level) {
            candidate.score -= OTHER_LEVEL;
        }
    }
    Cards {
        pool,
        terms: FxHashMap::default(),
        sections: FxHashMap::default(),
        sentences: FxHashMap::default(),
        given: Vec::new(),
    }
}

/// Leaves out gaps for terms about which a question nearly as good can be asked.
fn prefer_questions(pool: &mut Vec<Candidate>) {
    let mut asked: FxHashMap<(usize, u64), f32> = FxHashMap::default();
    for candidate in pool.iter().filter(|candidate| candidate.draft.form != CardForm::Cloze) {
        let best = asked.entry((candidate.draft.text, candidate.term)).or_insert(f32::MIN);
        *best = best.max(candidate.score);
    }
    pool.retain(|candidate| {
        candidate.draft.form != CardForm::Cloze
            || asked
                .get(&(candidate.draft.text, candidate.term))
                .is_none_or(|&question| candidate.score > question + GAP_OVER_QUESTION)
    });
}

/// How much better a gap must be than the best question about the same term.
const GAP_OVER_QUESTION: f32 = 0.5;

/// Whether at least half of the topic's words stand in a card or its topic.
fn is_about(draft: &CardDraft, topic: &str) -> bool {
    let wanted: FxHashSet<String> = content(topic, Language::English).into_iter().collect();
    let text = format!("{} {} {}", draft.topic, draft.question, draft.answer);
    let has: FxHashSet<String> = content(&text, Language::English).into_iter().collect();
    !wanted.is_empty() && wanted.iter().filter(|stem| has.contains(*stem)).count() * 2 >= wanted.len()
}

/// Cost of a card of another difficulty than asked for.
const OTHER_LEVEL: f32 = 6.0;
/// Cost of another card on the same term.
pub const SAME_TERM: f32 = 3.0;
/// Cost of another card on the same sentence.
pub const SAME_SENTENCE: f32 = 0.5;
/// Cost of each card from the same section.
pub const SAME_SECTION: f32 = 0.03;
/// Share of common stems from which two cards are the same card.
const NEAR: f32 = 0.7;

/// Iterator over the cards of some notes, best first.
#[derive(Debug)]
pub struct Cards {
    pool: Vec<Candidate>,
    terms: FxHashMap<(usize, u64), u32>,
    sections: FxHashMap<(usize, usize), u32>,
    sentences: FxHashMap<(usize, usize), u32>,
    /// The stems of the cards given so far.
    given: Vec<FxHashSet<String>>,
}

impl Cards {
    fn worth(&self, candidate: &Candidate) -> f32 {
        let text = candidate.draft.text;
        let times = |map: &FxHashMap<(usize, usize), u32>, at: usize| {
            map.get(&(text, at)).copied().unwrap_or(0) as f32
        };
        let same_term = self.terms.get(&(text, candidate.term)).copied().unwrap_or(0) as f32;
        candidate.score
            - SAME_TERM * same_term
            - SAME_SENTENCE * times(&self.sentences, candidate.sentence)
            - SAME_SECTION * times(&self.sections, candidate.section)
    }

    fn repeats(&self, stems: &FxHashSet<String>) -> bool {
        self.given.iter().any(|other| {
            let common = stems.iter().filter(|stem| other.contains(*stem)).count() as f32;
            common >= NEAR * ((stems.len() + other.len()) as f32 - common)
        })
    }
}

impl Iterator for Cards {
    type Item = CardDraft;

    fn next(&mut self) -> Option<CardDraft> {
        loop {
            let (best, _) =
                self.pool.iter().enumerate().map(|(i, candidate)| (i, self.worth(candidate))).max_by(
                    |(a, x), (b, y)| {
                        x.total_cmp(y).then_with(|| self.pool[*b].draft.span.cmp(&self.pool[*a].draft.span))
                    },
                )?;
            let candidate = self.pool.swap_remove(best);
            let stems: FxHashSet<String> = content(
                &format!("{} {}", candidate.draft.question, candidate.draft.answer),
                Language::English,
            )
            .into_iter()
            .collect();
            if self.repeats(&stems) {
                continue;
            }
            let text = candidate.draft.text;
            *self.terms.entry((text, candidate.term)).or_default() += 1;
            *self.sections.entry((text, candidate.section)).or_default() += 1;
            *self.sentences.entry((text, candidate.sentence)).or_default() += 1;
            self.given.push(stems);
            return Some(candidate.draft);
        }
    }
}
