//! Neighbours: which words that stand together in the question stand together in a chunk.

use super::forward::Word;
use super::question::Question;

/// How many words on the second of two neighbours may come, stop words among them.
const REACH: usize = 3;

/// Terms that stand for an idea less than this are not it when it comes to phrases.
const SURE: f32 = 0.3;

/// What was found of the question's neighbours so far. Entry `i` is about the words `i - 1` and `i`.
#[derive(Debug, Clone)]
pub(super) struct Near<'q> {
    question: &'q Question,
    /// Places in the question of its words without the stop words.
    content: Vec<usize>,
    ordered: Vec<bool>,
    side_by_side: Vec<bool>,
    /// Place in the sentence and idea, of each word that is in the question.
    met: Vec<(usize, usize)>,
}

impl<'q> Near<'q> {
    pub(super) fn new(question: &'q Question) -> Self {
        let words = question.order.len();
        let content = (0..words).filter(|&at| question.ideas[question.order[at]].worth > 0.0).collect();
        Near {
            question,
            content,
            ordered: vec![false; words],
            side_by_side: vec![false; words],
            met: Vec::new(),
        }
    }

    /// Looks through a sentence.
    pub(super) fn read(&mut self, words: &[Word]) {
        self.met.clear();
        for (at, word) in words.iter().enumerate() {
            if let Some(&(idea, weight)) = self.question.meaning.get(&word.term)
                && weight > SURE
            {
                self.met.push((at, idea));
            }
        }
        let order = &self.question.order;
        for i in 1..order.len() {
            if !self.side_by_side[i] {
                self.side_by_side[i] = follows(&self.met, order[i - 1], order[i], 1);
            }
        }
        for pair in self.content.windows(2) {
            if !self.ordered[pair[1]] {
                self.ordered[pair[1]] = follows(&self.met, order[pair[0]], order[pair[1]], REACH);
            }
        }
    }

    /// The share of neighbours (stop words out) that were met in their order, by worth.
    pub(super) fn ordered(&self) -> f32 {
        let worth = |at: usize| self.question.ideas[self.question.order[at]].worth;
        let (mut all, mut found) = (0.0f32, 0.0);
        for pair in self.content.windows(2) {
            let both = worth(pair[0]).min(worth(pair[1]));
            all += both;
            found += if self.ordered[pair[1]] { both } else { 0.0 };
        }
        found / all.max(f32::MIN_POSITIVE)
    }

    /// The share of neighbours (all words) that were met side by side.
    pub(super) fn side_by_side(&self) -> f32 {
        let found = self.side_by_side.iter().filter(|&&found| found).count();
        found as f32 / self.side_by_side.len().saturating_sub(1).max(1) as f32
    }

    /// The worth of the longest run of neighbours that were met side by side, of the whole question's.
    pub(super) fn longest(&self) -> f32 {
        let (mut best, mut run) = (0.0f32, 0.0);
        for (&idea, &met) in self.question.order.iter().zip(&self.side_by_side) {
            // A stop word in the run counts a little.
            run = if met { run + self.question.ideas[idea].worth.max(0.5) } else { 0.0 };
            best = best.max(run);
        }
        best / (self.question.worth + 0.1)
    }
}

/// Whether `second` comes at most `reach` words after `first`.
fn follows(met: &[(usize, usize)], first: usize, second: usize, reach: usize) -> bool {
    met.iter().enumerate().any(|(i, &(at, idea))| {
        idea == first
            && met[i + 1..]
                .iter()
                .take_while(|&&(after, _)| after - at <= reach)
                .any(|&(_, idea)| idea == second)
    })
}
