//! Ranking: a promising chunk is read again, for all that counts of words cannot tell.

use super::forward::{Line, Reader, Shape, Word};
use super::near::Near;
use super::question::{Question, Wants};
use super::weights;

/// How many measures there are.
pub(super) const MEASURES: usize = 15;

/// What a passage was found to be, each from 0 to 1, in this order:
///
/// 1. its BM25F, of the most there could be;
/// 2. its BM25F, of that of the best passage;
/// 3. how much of the question its best sentence holds, by worth;
/// 4. the same of two neighbouring sentences;
/// 5. the same of its best sentence with title and headings;
/// 6. how many neighbours of the question (stop words out) follow each other in it, by worth;
/// 7. how many neighbours of the question (all words) stand side by side in it;
/// 8. how much of the question title and headings hold;
/// 9. whether a sentence that holds the question holds the kind of thing that is asked for;
/// 10. how much of its best sentence is the question;
/// 11. how much of the question it holds, rare words counting twice;
/// 12. its length;
/// 13. the stop words of the question in a sentence that holds it;
/// 14. the longest stretch of the question in it, word for word;
/// 15. whether it holds even the rarest words of the question.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Measures([f32; MEASURES]);

impl Measures {
    /// The measures, in the order above.
    pub fn as_slice(&self) -> &[f32] {
        &self.0
    }

    /// How well the passage fits, above 0 and up to 1.
    pub(super) fn score(&self) -> f32 {
        let (mut sum, mut most) = (0.0, 0.0);
        for (measure, weight) in self.0.iter().zip(weights::RANK) {
            // What counts against a passage counts for it where it is missing, so that the least is 0.
            sum += if weight < 0.0 { -weight * (1.0 - measure) } else { weight * measure };
            most += weight.abs();
        }
        (sum / most).clamp(f32::MIN_POSITIVE, 1.0)
    }

    /// How likely the passage answers the question, 0 to 1.
    pub(super) fn answerable(&self) -> f32 {
        let sum: f32 = self.0.iter().zip(weights::ANSWER).map(|(measure, weight)| measure * weight).sum();
        1.0 / (1.0 + (-sum - weights::ANSWER[MEASURES]).exp())
    }
}

/// A chunk that was read again.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub(super) measures: Measures,
    /// The best sentence: first byte within the chunk, and length.
    pub(super) best: (usize, usize),
}

/// Reads a chunk whose BM25F is `share` of the most there could be and `relative` of that of the best chunk.
pub(super) fn read(question: &Question, mut reader: Reader<'_>, share: f32, relative: f32) -> Reading {
    let mut fields = vec![0.0; question.ideas.len()];
    let mut words = Vec::new();
    for _ in 0..2 {
        reader.words(&mut words);
        mark(question, &words, &mut fields);
    }
    let mut text = Text::new(question, &fields);
    let mut line = Line::empty();
    while reader.line(&mut line) {
        text.read(&line);
    }
    let all: Vec<f32> = text.seen.iter().zip(&fields).map(|(seen, field)| seen.max(*field)).collect();
    let (rare, rarest) = rare(question, &all);
    let measures = [
        share,
        relative,
        text.best_cover,
        text.pair,
        text.in_context,
        text.near.ordered(),
        text.near.side_by_side(),
        coverage(question, &fields),
        text.kind,
        text.density,
        rare,
        (text.words as f32 + 10.0).ln() / 6.0,
        text.stops,
        text.near.longest(),
        rarest,
    ];
    Reading { measures: Measures(measures.map(|measure| measure.clamp(0.0, 1.0))), best: text.best }
}

/// What was found in the sentences so far.
struct Text<'q> {
    question: &'q Question,
    fields: &'q [f32],
    near: Near<'q>,
    /// How well each idea was met anywhere, in the sentence before, and in this one.
    seen: Vec<f32>,
    last: Vec<f32>,
    here: Vec<f32>,
    best: (usize, usize),
    best_score: f32,
    best_cover: f32,
    density: f32,
    pair: f32,
    in_context: f32,
    kind: f32,
    stops: f32,
    words: usize,
}

impl<'q> Text<'q> {
    fn new(question: &'q Question, fields: &'q [f32]) -> Self {
        let none = vec![0.0; question.ideas.len()];
        Text {
            question,
            fields,
            near: Near::new(question),
            seen: none.clone(),
            last: none.clone(),
            here: none,
            best: (0, 0),
            best_score: -1.0,
            best_cover: 0.0,
            density: 0.0,
            pair: 0.0,
            in_context: 0.0,
            kind: 0.0,
            stops: 0.0,
            words: 0,
        }
    }

    fn read(&mut self, line: &Line) {
        std::mem::swap(&mut self.last, &mut self.here);
        self.here.fill(0.0);
        mark(self.question, &line.words, &mut self.here);
        self.near.read(&line.words);
        self.words += line.words.len();
        let cover = coverage(self.question, &self.here);
        let kind = holds_kind(self.question, &line.words);
        let content = line.words.iter().filter(|word| !word.stop).count() as f32;
        let met = |ideas: &[f32]| ideas.iter().filter(|&&weight| weight > 0.0).count() as f32;
        // A sentence of one word that the question holds is not a better answer than a full one.
        let density = met(&self.here) / (content + 4.0);
        let score = cover + 0.1 * kind * cover + 0.05 * density;
        if score > self.best_score {
            (self.best_score, self.best) = (score, (line.start, line.len));
            (self.best_cover, self.density) = (cover, density);
        }
        self.kind = self.kind.max(kind * cover);
        self.stops = self.stops.max(cover * stops(self.question, &self.here));
        self.pair = self.pair.max(united(self.question, &self.here, &self.last));
        self.in_context = self.in_context.max(united(self.question, &self.here, self.fields));
        for (seen, here) in self.seen.iter_mut().zip(&self.here) {
            *seen = seen.max(*here);
        }
    }
}

/// Notes how well each idea is met by some words.
fn mark(question: &Question, words: &[Word], ideas: &mut [f32]) {
    for word in words {
        if let Some(&(idea, weight)) = question.meaning.get(&word.term) {
            ideas[idea] = ideas[idea].max(weight);
        }
    }
}

/// How much of the question is met, by worth.
fn coverage(question: &Question, met: &[f32]) -> f32 {
    let sum: f32 = question.ideas.iter().zip(met).map(|(idea, met)| idea.worth * met).sum();
    sum / question.worth.max(f32::MIN_POSITIVE)
}

/// How much of the question is met by either of two.
fn united(question: &Question, one: &[f32], other: &[f32]) -> f32 {
    let sum: f32 =
        question.ideas.iter().zip(one.iter().zip(other)).map(|(idea, (a, b))| idea.worth * a.max(*b)).sum();
    sum / question.worth.max(f32::MIN_POSITIVE)
}

/// The share of the question's stop words that are met.
fn stops(question: &Question, met: &[f32]) -> f32 {
    let (mut all, mut found) = (0.0f32, 0.0);
    for (idea, met) in question.ideas.iter().zip(met).filter(|(idea, _)| idea.worth == 0.0) {
        all += 1.0;
        found += f32::from(u8::from(*met > 0.0 && !idea.terms.is_empty()));
    }
    found / all.max(1.0)
}

/// How much is met when the worth of each idea is squared, and how little the worthiest idea that is not met is
/// worth.
fn rare(question: &Question, met: &[f32]) -> (f32, f32) {
    let (mut all, mut found, mut top, mut missing) = (0.0f32, 0.0, 0.0f32, 0.0f32);
    for (idea, met) in question.ideas.iter().zip(met) {
        all += idea.worth * idea.worth;
        found += idea.worth * idea.worth * met;
        top = top.max(idea.worth);
        missing = missing.max(idea.worth * (1.0 - met));
    }
    (found / all.max(f32::MIN_POSITIVE), 1.0 - missing / top.max(f32::MIN_POSITIVE))
}

/// Whether a sentence holds the kind of thing that is asked for, beside what the question says itself: 1 or 0, and
/// 0.5 where anything is asked for.
fn holds_kind(question: &Question, words: &[Word]) -> f32 {
    let shape = match question.wants {
        Wants::Number => Shape::Number,
        Wants::Name => Shape::Name,
        Wants::Anything => return 0.5,
    };
    let found = |word: &Word| word.shape == shape && !word.stop && !question.meaning.contains_key(&word.term);
    f32::from(u8::from(words.iter().any(found)))
}
