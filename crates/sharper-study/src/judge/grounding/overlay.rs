//! A statement laid over a source: where its words stand there, and which sentences say most of it.

use crate::judge::source::{Sentence, Source};
use crate::judge::words::{Role, Word};

/// How many sentences are looked at closely.
const CANDIDATES: usize = 6;

/// A statement, read.
pub(in crate::judge) struct Statement {
    pub(in crate::judge) words: Vec<Word>,
    pub(super) known: Vec<Option<u32>>,
    /// Content words, each stem once: place in `words`, weight.
    pub(super) content: Vec<(usize, f64)>,
    pub(super) total: f64,
    /// Where the subject ends, when a verb or a colon tells.
    pub(super) subject_end: Option<usize>,
}

impl Statement {
    pub(in crate::judge) fn read(text: &str, source: &Source) -> Statement {
        let words = source.read(text);
        let known: Vec<Option<u32>> = words.iter().map(|word| source.stem(&word.stem)).collect();
        let mut content: Vec<(usize, f64)> = Vec::with_capacity(words.len());
        let any = words.iter().any(|word| word.role == Role::Content);
        for (at, word) in words.iter().enumerate() {
            let counts = word.role == Role::Content || !any;
            if counts && !content.iter().any(|&(other, _)| words[other].stem == word.stem) {
                let weight = source.weight(known[at].map_or(0, |stem| source.holding(stem).len()));
                content.push((at, weight));
            }
        }
        let total = content.iter().map(|(_, weight)| weight).sum::<f64>().max(1e-9);
        let subject_end = subject_end(text, &words);
        Statement { words, known, content, total, subject_end }
    }

    /// How many different content words it has.
    pub(in crate::judge) fn len(&self) -> usize {
        self.content.len()
    }
}

fn subject_end(text: &str, words: &[Word]) -> Option<usize> {
    const VERBS: [&str; 27] = [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "can",
        "could",
        "may",
        "might",
        "must",
        "will",
        "would",
        "does",
        "do",
        "did",
        "means",
        "refers",
        "called",
        "known",
        "occurs",
        "includes",
        "denotes",
        "describes",
    ];
    if let Some(colon) = text.find(':').filter(|&at| at < 60) {
        return words.iter().position(|word| word.span.start > colon).filter(|&at| at > 0);
    }
    words.iter().skip(1).position(|word| VERBS.contains(&word.lower.as_str())).map(|at| at + 1)
}

/// How the statement lies over the source.
pub(super) struct Overlay<'s> {
    pub(super) source: &'s Source,
    /// For each sentence, the weight of the statement's words in it.
    pub(super) overlap: Vec<f64>,
    /// The best sentences, best first.
    pub(super) top: Vec<usize>,
    /// The best sentence.
    pub(super) best: usize,
    /// The middle of the best three.
    pub(super) middle: usize,
    /// The weight of the statement's words in the best three.
    pub(super) window: f64,
}

impl<'s> Overlay<'s> {
    pub(super) fn new(statement: &Statement, source: &'s Source) -> Option<Overlay<'s>> {
        let mut overlap = vec![0.0; source.sentences().len()];
        for &(at, weight) in &statement.content {
            let Some(stem) = statement.known[at] else { continue };
            for &sentence in source.holding(stem) {
                overlap[sentence as usize] += weight;
            }
        }
        let top = top(&overlap);
        let best = *top.first()?;
        let mut overlay = Overlay { source, overlap, top, best, middle: best, window: 0.0 };
        for at in 0..overlay.top.len() {
            let middle = overlay.top[at];
            let window = overlay.near_weight(statement, middle, 1);
            if window > overlay.window {
                (overlay.middle, overlay.window) = (middle, window);
            }
        }
        Some(overlay)
    }

    pub(super) fn window_around(&self, middle: usize, reach: usize) -> &'s [Sentence] {
        let sentences = self.source.sentences();
        &sentences[middle.saturating_sub(reach)..(middle + reach + 1).min(sentences.len())]
    }

    /// The weight of the statement's words within `reach` sentences of `middle`.
    pub(super) fn near_weight(&self, statement: &Statement, middle: usize, reach: usize) -> f64 {
        let window = self.window_around(middle, reach);
        let holds = |stem: u32| window.iter().any(|sentence| sentence.holds(stem));
        statement
            .content
            .iter()
            .filter(|&&(at, _)| statement.known[at].is_some_and(holds))
            .map(|(_, w)| w)
            .sum()
    }

    pub(super) fn in_window(&self, stem: u32) -> bool {
        self.window_around(self.middle, 1).iter().any(|sentence| sentence.holds(stem))
    }

    pub(super) fn best_sentence(&self) -> &'s Sentence {
        &self.source.sentences()[self.best]
    }

    /// The greatest overlap among the sentences that hold a stem.
    pub(super) fn best_with(&self, stem: u32) -> f64 {
        self.source.holding(stem).iter().map(|&at| self.overlap[at as usize]).fold(0.0, f64::max)
    }
}

pub(super) fn top(scores: &[f64]) -> Vec<usize> {
    let mut top: Vec<usize> = Vec::with_capacity(CANDIDATES + 1);
    for (at, &score) in scores.iter().enumerate() {
        if top.len() == CANDIDATES && top.last().is_some_and(|&last| scores[last] >= score) {
            continue;
        }
        let place = top.partition_point(|&other| scores[other] >= score);
        top.insert(place, at);
        top.truncate(CANDIDATES);
    }
    top
}

pub(super) fn known_pair(two: &[Option<u32>], test: impl Fn(u32, u32) -> bool) -> bool {
    matches!(two, &[Some(one), Some(two)] if test(one, two))
}

/// The share of a word's two neighbours that stand beside it in the source as well.
pub(super) fn neighbours_agree(statement: &Statement, source: &Source, at: usize) -> f64 {
    let Some(stem) = statement.known[at] else { return 0.0 };
    let before =
        at.checked_sub(1).and_then(|at| statement.known[at]).is_some_and(|b| source.side_by_side(b, stem));
    let after = statement.known.get(at + 1).copied().flatten().is_some_and(|a| source.side_by_side(stem, a));
    f64::from(u8::from(before)) / 2.0 + f64::from(u8::from(after)) / 2.0
}

/// `neighbours_agree` as if `stem` stood at `at`.
pub(super) fn beside_as(statement: &Statement, source: &Source, at: usize, stem: u32) -> f64 {
    let before =
        at.checked_sub(1).and_then(|at| statement.known[at]).is_some_and(|b| source.side_by_side(b, stem));
    let after = statement.known.get(at + 1).copied().flatten().is_some_and(|a| source.side_by_side(stem, a));
    f64::from(u8::from(before)) / 2.0 + f64::from(u8::from(after)) / 2.0
}

/// The middle of the three sentences that say most of the statement; the source must have sentences.
pub(in crate::judge) fn middle(statement: &Statement, source: &Source) -> usize {
    Overlay::new(statement, source).map_or(0, |overlay| overlay.middle)
}
