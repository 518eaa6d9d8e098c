//! Choosing: the sentences that together say most of what matters, one after the other, the best first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::concepts::{Concepts, PAIR_FEATURES, SENTENCE_FEATURES, STEM_FEATURES, Statement};
use super::weights::{PAIR, PAIR_BIAS, SENTENCE, SENTENCE_BIAS, STEM, STEM_BIAS};

/// What each concept and each sentence of some notes is worth.
#[derive(Debug, Clone)]
pub(super) struct Worth {
    /// How likely an expert's summary has each stem.
    pub(super) stems: Vec<f32>,
    /// How likely it has each pair.
    pub(super) pairs: Vec<f32>,
    /// How much of each sentence it has.
    pub(super) statements: Vec<f32>,
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn weigh(weights: &[f32], values: impl Iterator<Item = f32>, bias: f32) -> f32 {
    weights.iter().zip(values).fold(bias, |sum, (weight, value)| sum + weight * value)
}

impl Worth {
    /// Weighs the concepts of the notes; stems that `focus` names are certain.
    pub(super) fn of(concepts: &Concepts, focus: &[u32]) -> Self {
        let mut stems: Vec<f32> = concepts
            .stems
            .iter()
            .map(|stem| sigmoid(weigh(&STEM, stem.features.into_iter(), STEM_BIAS)))
            .collect();
        for &id in focus {
            stems[id as usize] = 1.0;
        }
        let log = |id: u32| (stems[id as usize] + 1e-3).ln();
        let pairs: Vec<f32> = concepts
            .pairs
            .iter()
            .map(|&((a, b), features)| {
                sigmoid(weigh(&PAIR, features.into_iter().chain([log(a), log(b)]), PAIR_BIAS))
            })
            .collect();
        let mut worth = Self { stems, pairs, statements: Vec::new() };
        worth.statements = concepts
            .statements
            .iter()
            .map(|statement| {
                let values = statement.features.into_iter().chain(worth.shares(statement));
                weigh(&SENTENCE, values, SENTENCE_BIAS)
            })
            .collect();
        worth
    }

    /// The worth of a sentence's concepts: mean over stems, stems per word, pairs per word, the three best stems.
    fn shares(&self, statement: &Statement) -> [f32; CONCEPT_FEATURES] {
        let mut stems: Vec<f32> = statement.stems.iter().map(|&id| self.stems[id as usize]).collect();
        let pairs: f32 = statement.pairs.iter().map(|&id| self.pairs[id as usize]).sum();
        let sum: f32 = stems.iter().sum();
        stems.sort_unstable_by(|a, b| b.total_cmp(a));
        let words = statement.words.max(1) as f32;
        let best = stems.iter().take(3).sum::<f32>() / 3.0;
        [sum / stems.len().max(1) as f32, sum / words, pairs / words, best]
    }
}

/// What a sentence is told of the worth of its concepts.
const CONCEPT_FEATURES: usize = 4;
/// Weights of a pair: its features and the worth of its two stems.
pub(super) const PAIR_WEIGHTS: usize = PAIR_FEATURES + 2;
/// Weights of a sentence.
pub(super) const SENTENCE_WEIGHTS: usize = SENTENCE_FEATURES + CONCEPT_FEATURES;
/// Weights of a stem.
pub(super) const STEM_WEIGHTS: usize = STEM_FEATURES;

/// How much more a pair tells than a stem.
const PAIR_OVER_STEM: f32 = 3.0;
/// Words added to each sentence, so that the shortest are not the best of all.
const WORDS_FOR_FREE: f32 = 10.0;
/// How much the sentence itself counts beside what it adds.
const SENTENCE_OVER_CONCEPTS: f32 = 1.0;
/// How much of that goes with what the sentence repeats.
const COST_OF_REPEATING: f32 = 0.2;
/// Share of the stems of the shorter of two sentences from which they say the same.
const SAME: f32 = 0.8;

/// The sentences of a summary of about `budget` words, the best first. `allowed` says which may be taken.
pub(super) fn choose(
    concepts: &Concepts,
    worth: &Worth,
    budget: usize,
    allowed: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut choice = Choice {
        concepts,
        worth,
        stems: vec![false; concepts.stems.len()],
        pairs: vec![false; concepts.pairs.len()],
    };
    let mut left: BinaryHeap<Gain> = (0..concepts.statements.len())
        .filter(|&at| allowed(at))
        .map(|at| Gain { at, worth: choice.gain(at) })
        .collect();
    let mut chosen = Vec::new();
    let mut words = 0;
    while words < budget
        && let Some(best) = choice.best(&mut left)
    {
        let long = words + concepts.statements[best].words > budget + SLACK;
        if long && !chosen.is_empty() || choice.repeats(best, &chosen) {
            continue;
        }
        choice.take(best);
        words += concepts.statements[best].words;
        chosen.push(best);
    }
    chosen
}

/// Words by which a summary may be longer than asked for, so that it ends with a sentence.
const SLACK: usize = 25;

/// What a sentence adds; the earlier of two that add the same is the greater.
#[derive(Debug, Clone, Copy)]
struct Gain {
    worth: f32,
    at: usize,
}

impl Ord for Gain {
    fn cmp(&self, other: &Self) -> Ordering {
        self.worth.total_cmp(&other.worth).then(other.at.cmp(&self.at))
    }
}

impl PartialOrd for Gain {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Gain {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Gain {}

/// What was said so far.
struct Choice<'c> {
    concepts: &'c Concepts,
    worth: &'c Worth,
    stems: Vec<bool>,
    pairs: Vec<bool>,
}

impl Choice<'_> {
    /// What a sentence adds to what was said; never more than before.
    fn gain(&self, at: usize) -> f32 {
        let statement = &self.concepts.statements[at];
        let mut all = 0.0;
        let mut new = 0.0;
        for &id in &statement.stems {
            let worth = self.worth.stems[id as usize];
            all += worth;
            new += if self.stems[id as usize] { 0.0 } else { worth };
        }
        let novelty = if all > 0.0 { new / all } else { 0.0 };
        let fresh = statement.pairs.iter().filter(|&&id| !self.pairs[id as usize]);
        let pairs: f32 = fresh.map(|&id| self.worth.pairs[id as usize]).sum();
        (new + PAIR_OVER_STEM * pairs) / (statement.words as f32 + WORDS_FOR_FREE)
            + SENTENCE_OVER_CONCEPTS
                * self.worth.statements[at].max(0.0)
                * (1.0 - COST_OF_REPEATING * (1.0 - novelty))
    }

    /// Takes the best of `left` out of it. A gain in the heap may be out of date, but gains only fall: one that is
    /// up to date and still on top is the highest of all.
    fn best(&self, left: &mut BinaryHeap<Gain>) -> Option<usize> {
        while let Some(Gain { at, worth }) = left.pop() {
            let now = Gain { at, worth: self.gain(at) };
            if now.worth >= worth || left.peek().is_none_or(|next| now >= *next) {
                return Some(at);
            }
            left.push(now);
        }
        None
    }

    /// Whether a sentence says again what one of `chosen` said.
    fn repeats(&self, at: usize, chosen: &[usize]) -> bool {
        let stems = &self.concepts.statements[at].stems;
        chosen.iter().any(|&other| {
            let others = &self.concepts.statements[other].stems;
            let common = stems.iter().filter(|id| others.contains(id)).count();
            common as f32 > SAME * stems.len().min(others.len()) as f32
        })
    }

    fn take(&mut self, at: usize) {
        let statement = &self.concepts.statements[at];
        statement.stems.iter().for_each(|&id| self.stems[id as usize] = true);
        statement.pairs.iter().for_each(|&id| self.pairs[id as usize] = true);
    }
}
