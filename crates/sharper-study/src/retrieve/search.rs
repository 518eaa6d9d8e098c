//! Searching: postings first, then the best chunks read again, then as many as were asked for.
//!
//! It comes in two halves, so that who keeps vectors elsewhere can look up between them how near the candidates are.

use rustc_hash::FxHashSet;
use sharper_domain::Span;

use super::diversity;
use super::fusion::{Nearness, Weighed};
use super::index::Index;
use super::postings::{Postings, Uses};
use super::question::{Idea, Question};
use super::rank::{self, Measures, Reading};
use super::weights::{DEPTH, FIELD, LENGTH, SATURATION};

/// What is searched for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Query<'q> {
    /// The words.
    pub text: &'q str,
    /// Most passages that are wanted.
    pub limit: usize,
    /// Only these notes, by position; `None` for all.
    pub notes: Option<&'q [usize]>,
    /// How much passages are to differ from each other: 0 not at all (the default), 1 as much as they can.
    pub diversity: f32,
    /// Whether its last word may go on, as somebody types it.
    pub unfinished: bool,
}

impl<'q> Query<'q> {
    /// The ten best passages of all notes for `text`.
    pub fn new(text: &'q str) -> Self {
        Query { text, limit: 10, notes: None, diversity: 0.0, unfinished: false }
    }
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// Position of its note.
    pub note: usize,
    /// Its bytes in the note, on character boundaries.
    pub span: Span,
    /// The bytes of the sentence in it that fits best.
    pub sentence: Span,
    /// The headings above it, outermost first.
    pub path: Vec<String>,
    /// How well it fits, above 0 and up to 1.
    pub score: f32,
    /// How likely it answers the question, 0 to 1.
    pub answerable: f32,
    /// The cosine of its vector with the query's, where it is known.
    pub similarity: Option<f32>,
    /// What it was found to be.
    pub measures: Measures,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The passages, best first. Each holds something of the query.
    pub passages: Vec<Passage>,
    /// How likely it is that the notes answer the question, 0 to 1: that the best passage does. 0 where nothing was
    /// found.
    pub answerable: f32,
}

/// The first half of a search: the chunks that hold words of it. They are of the index as it was.
pub struct Candidates {
    question: Question,
    /// The notes that are wanted; `None` for all.
    allowed: Option<FxHashSet<usize>>,
    /// The chunks with the highest BM25F, best first, each above 0.
    best: Vec<(u32, f32)>,
    /// The BM25F of every chunk.
    scores: Vec<f32>,
    /// The changes of the index until then.
    changes: u64,
}

/// A candidate that was read again.
struct Ranked {
    chunk: u32,
    score: f32,
    similarity: Option<f32>,
    reading: Reading,
}

impl Index {
    /// The passages that fit a query by its words, best first; none that has nothing of it.
    pub fn search(&self, query: &Query<'_>) -> Found {
        self.rank(self.candidates(query), query, None)
    }

    /// The chunks that hold words of a query.
    pub fn candidates(&self, query: &Query<'_>) -> Candidates {
        let question = Question::read(query.text, self, query.unfinished);
        let allowed = query.notes.map(|notes| notes.iter().copied().collect());
        let scores = self.scores(&question);
        let mut candidates =
            Candidates { question, allowed, best: Vec::new(), scores, changes: self.changes };
        candidates.best = self.best(&candidates, DEPTH.max(query.limit));
        candidates
    }

    /// Where the candidates stand: the position of the note, and which of its passages.
    pub fn places(&self, candidates: &Candidates) -> Vec<(usize, usize)> {
        let place = |&(chunk, _): &(u32, f32)| self.place(chunk);
        if candidates.changes == self.changes {
            candidates.best.iter().filter_map(place).collect()
        } else {
            Vec::new()
        }
    }

    /// The second half: the candidates, and what an embedding model found near, best first. Where the index was changed in
    /// between, it is looked for candidates again.
    pub fn rank(&self, candidates: Candidates, query: &Query<'_>, near: Option<&Nearness<'_>>) -> Found {
        let unchanged = candidates.changes == self.changes;
        let candidates = if unchanged { candidates } else { self.candidates(query) };
        let near = near.map(|near| Weighed::new(self, near));
        let question = &candidates.question;
        let chunks = self.with_near(&candidates, near.as_ref());
        let Some(&(_, top)) = chunks.first() else { return Found::default() };
        let most = (question.worth * (SATURATION + 1.0)).max(f32::MIN_POSITIVE);
        let mut ranked: Vec<Ranked> = Vec::with_capacity(chunks.len());
        // Whether the notes answer is told by the passage that is best by its words: the measures know no more.
        let (mut best, mut answerable) = (0.0, 0.0);
        for (chunk, score) in chunks {
            let reader = self.forward.read(self.chunks[chunk as usize].forward.clone());
            let reading = rank::read(question, reader, score / most, score / top.max(f32::MIN_POSITIVE));
            let lexical = reading.measures.score();
            if score > 0.0 && lexical > best {
                (best, answerable) = (lexical, reading.measures.answerable());
            }
            let score = near.as_ref().map_or(lexical, |near| near.score(chunk, lexical));
            let similarity = near.as_ref().and_then(|near| near.cosine(chunk));
            ranked.push(Ranked { chunk, score, similarity, reading });
        }
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.chunk.cmp(&b.chunk)));
        let scores: Vec<(u32, f32)> = ranked.iter().map(|ranked| (ranked.chunk, ranked.score)).collect();
        let order = diversity::order(self, &scores, query.limit, query.diversity);
        let passages = order.into_iter().map(|at| self.passage(&ranked[at])).collect();
        Found { passages, answerable }
    }

    fn passage(&self, ranked: &Ranked) -> Passage {
        let chunk = &self.chunks[ranked.chunk as usize];
        let (offset, len) = ranked.reading.best;
        let start = chunk.span.start + offset;
        Passage {
            note: chunk.note as usize,
            span: Span { start: chunk.span.start, end: chunk.span.end },
            sentence: Span { start, end: start + len },
            path: self.path(chunk).to_vec(),
            score: ranked.score,
            answerable: ranked.reading.measures.answerable(),
            similarity: ranked.similarity,
            measures: ranked.reading.measures,
        }
    }

    fn is_wanted(&self, candidates: &Candidates, chunk: u32) -> bool {
        let chunk = &self.chunks[chunk as usize];
        let allowed = candidates.allowed.as_ref();
        chunk.live && allowed.is_none_or(|allowed| allowed.contains(&(chunk.note as usize)))
    }

    /// The `depth` chunks with the highest BM25F, best first, each above 0.
    fn best(&self, candidates: &Candidates, depth: usize) -> Vec<(u32, f32)> {
        let scores = (0..).zip(candidates.scores.iter().copied());
        let mut found: Vec<(u32, f32)> =
            scores.filter(|&(chunk, score)| score > 0.0 && self.is_wanted(candidates, chunk)).collect();
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > depth {
            found.select_nth_unstable_by(depth, order);
            found.truncate(depth);
        }
        found.sort_unstable_by(order);
        found
    }

    /// The candidates, and after them those that are near enough without.
    fn with_near(&self, candidates: &Candidates, near: Option<&Weighed>) -> Vec<(u32, f32)> {
        let mut found = candidates.best.clone();
        let known: FxHashSet<u32> = found.iter().map(|&(chunk, _)| chunk).collect();
        let more = near.into_iter().flat_map(Weighed::alone);
        let more = more.filter(|&chunk| !known.contains(&chunk) && self.is_wanted(candidates, chunk));
        found.extend(more.map(|chunk| (chunk, candidates.scores[chunk as usize])));
        found
    }

    /// The BM25F of every chunk. For one idea, the term that stands for it best counts.
    fn scores(&self, question: &Question) -> Vec<f32> {
        let mut scores = vec![0.0f32; self.chunks.len()];
        // What the idea at hand has given each chunk; made when an idea has several terms.
        let mut given: Vec<f32> = Vec::new();
        for idea in question.ideas.iter().filter(|idea| idea.worth > 0.0) {
            if let [(term, weight)] = idea.terms[..] {
                self.each(term, |chunk, value| scores[chunk] += weight * idea.worth * value);
            } else {
                given.resize(scores.len(), 0.0);
                self.add_best(idea, &mut scores, &mut given);
            }
        }
        scores
    }

    fn add_best(&self, idea: &Idea, scores: &mut [f32], given: &mut [f32]) {
        for &(term, weight) in &idea.terms {
            self.each(term, |chunk, value| {
                let value = weight * idea.worth * value;
                if value > given[chunk] {
                    scores[chunk] += value - given[chunk];
                    given[chunk] = value;
                }
            });
        }
        for (chunk, _) in idea.terms.iter().flat_map(|&(term, _)| self.posted(term)) {
            given[chunk as usize] = 0.0;
        }
    }

    /// Calls `take` with each chunk that a term stands in, and its saturated frequency there.
    fn each(&self, term: u32, mut take: impl FnMut(usize, f32)) {
        let average = (self.live_words as f32 / self.live_chunks.max(1) as f32).max(1.0);
        for (chunk, uses) in self.posted(term) {
            let length = 1.0 - LENGTH + LENGTH * self.chunks[chunk as usize].words as f32 / average;
            let fields = u8::from(uses.is_in_title()) + u8::from(uses.is_in_heading());
            let often = f32::from(uses.count()) / length + FIELD * f32::from(fields);
            take(chunk as usize, often * (SATURATION + 1.0) / (SATURATION + often));
        }
    }

    fn posted(&self, term: u32) -> impl Iterator<Item = (u32, Uses)> + '_ {
        self.postings.get(term as usize).into_iter().flat_map(Postings::iter)
    }
}
