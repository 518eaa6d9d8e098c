//! Fusion: what an embedding model finds near to a question, weighed against what its words find.
//!
//! Ranks are not fused, scores are: reciprocal rank fusion gives a near passage as much as one that holds the question
//! word for word, and loses at the first place. How near a passage is counts in standard deviations from how near all
//! passages of the library are, because what a cosine of 0.5 means differs from model to model.

use rustc_hash::FxHashMap;
use sharper_domain::Span;

use super::chunks;
use super::index::Index;

/// What one standard deviation of nearness counts for beside the lexical score, which is at most 1. Between 0.02 and
/// 0.05 the figures are flat (`docs/decisions/0017-hybrid-retrieval.md`).
const WEIGHT: f32 = 0.03;

/// How near a passage must be, in standard deviations, to be found though it shares no word with the question.
const ALONE: f32 = 2.5;

/// A passage, and how near it is to a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Position of its note in the index.
    pub note: usize,
    /// Which passage of the note, from 0, as `passages` cuts it.
    pub place: usize,
    /// The cosine of the angle between its vector and the question's.
    pub cosine: f32,
}

/// What an embedding model says of a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearness<'n> {
    /// The passages whose nearness is known: the nearest, and those that hold words of the question. One that is not
    /// among them (its note has no vectors yet) counts as the mean.
    pub known: &'n [Near],
    /// The mean cosine of all passages of the library,
    pub mean: f32,
    /// and its standard deviation.
    pub deviation: f32,
}

/// A passage as it is to be embedded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Its bytes in the note.
    pub span: Span,
    /// The headings above it, outermost first.
    pub path: Vec<String>,
}

/// The passages of a text, in the order and of the cut that an index has.
pub fn passages(text: &str) -> Vec<Cut> {
    let (sections, pieces) = chunks::cut(text);
    let cut = |piece: chunks::Piece| {
        let (first, last) = (piece.sentences.first()?, piece.sentences.last()?);
        let span = Span { start: first.start, end: last.end };
        Some(Cut { span, path: sections[piece.section].path.clone() })
    };
    pieces.into_iter().filter_map(cut).collect()
}

/// How near the chunks of an index are.
pub(super) struct Weighed {
    chunks: FxHashMap<u32, f32>,
    mean: f32,
    deviation: f32,
}

impl Weighed {
    pub(super) fn new(index: &Index, nearness: &Nearness<'_>) -> Self {
        let chunk = |near: &Near| Some((index.chunk(near.note, near.place)?, near.cosine));
        Weighed {
            chunks: nearness.known.iter().filter_map(chunk).collect(),
            mean: nearness.mean,
            deviation: nearness.deviation.max(1e-4),
        }
    }

    /// The chunks that are near enough to be found without a word of the question.
    pub(super) fn alone(&self) -> impl Iterator<Item = u32> + '_ {
        let near = |cosine: f32| (cosine - self.mean) / self.deviation >= ALONE;
        self.chunks.iter().filter(move |&(_, &cosine)| near(cosine)).map(|(&chunk, _)| chunk)
    }

    /// The cosine of a chunk, if it is known.
    pub(super) fn cosine(&self, chunk: u32) -> Option<f32> {
        self.chunks.get(&chunk).copied()
    }

    /// The score of a chunk, above 0 and up to 1, from its lexical one.
    pub(super) fn score(&self, chunk: u32, lexical: f32) -> f32 {
        let cosine = self.cosine(chunk).unwrap_or(self.mean);
        let near = (cosine - self.mean) / self.deviation;
        (lexical + WEIGHT * near).clamp(f32::MIN_POSITIVE, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Found, Query};
    use super::*;

    const NOTES: [&str; 3] =
        ["Cells divide by mitosis.", "A car needs fuel to run.", "Mitosis has four phases in most cells."];

    fn hybrid(index: &Index, question: &str, near: &Nearness<'_>) -> Found {
        let query = Query::new(question);
        index.rank(index.candidates(&query), &query, Some(near))
    }

    fn check(question: &str, near: &[(usize, f32)], wanted: &[usize]) {
        let mut index = Index::default();
        for text in NOTES {
            index.add("", text);
        }
        let known: Vec<Near> = near.iter().map(|&(note, cosine)| Near { note, place: 0, cosine }).collect();
        let nearness = Nearness { known: &known, mean: 0.2, deviation: 0.1 };
        let found = hybrid(&index, question, &nearness);
        assert_eq!(
            found.passages.iter().map(|passage| passage.note).collect::<Vec<_>>(),
            wanted,
            "{question}"
        );
        assert!(found.passages.iter().all(|passage| passage.score > 0.0 && passage.score <= 1.0));
    }

    #[test]
    fn a_passage_that_is_near_is_found_without_a_word_and_one_that_is_not_near_is_not() {
        check("gearbox", &[(1, 0.6), (0, 0.2)], &[1]);
        check("gearbox", &[(1, 0.4), (0, 0.2)], &[]);
    }

    #[test]
    fn nearness_settles_what_words_leave_open() {
        check("mitosis in cells", &[(0, 0.2), (2, 0.5)], &[2, 0]);
        check("mitosis in cells", &[(0, 0.9), (2, 0.2)], &[0, 2]);
    }

    #[test]
    fn whether_the_notes_answer_is_told_from_their_words_as_without_a_model() {
        let mut index = Index::default();
        for text in NOTES {
            index.add("", text);
        }
        let query = Query::new("How do cells divide?");
        let without = index.search(&query);
        let known = [Near { note: 1, place: 0, cosine: 0.9 }];
        let with = hybrid(&index, query.text, &Nearness { known: &known, mean: 0.1, deviation: 0.1 });
        assert_eq!(with.answerable, without.answerable);
        assert!(with.passages.iter().any(|passage| passage.note == 1 && passage.similarity == Some(0.9)));
    }

    #[test]
    fn candidates_of_an_index_that_changed_are_looked_for_again() {
        let mut index = Index::default();
        for text in NOTES {
            index.add("", text);
        }
        let query = Query::new("mitosis in cells");
        let before = index.candidates(&query);
        assert_eq!(index.places(&before).len(), 2);
        index.remove(0);
        assert_eq!(index.places(&before), []);
        assert_eq!(index.rank(before, &query, None), index.search(&query));
    }

    #[test]
    fn a_text_is_cut_for_embedding_as_the_index_cuts_it() {
        let text = "# Cells\n\nAll life.\n\n## Nucleus\n\nIt holds DNA. It divides.\n";
        let cut: Vec<_> =
            passages(text).into_iter().map(|cut| (cut.span.of(text).unwrap(), cut.path)).collect();
        let path = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let wanted =
            [("All life.", path(&["Cells"])), ("It holds DNA. It divides.", path(&["Cells", "Nucleus"]))];
        assert_eq!(cut, wanted);
        let mut index = Index::default();
        index.add("", text);
        assert_eq!(index.search(&Query::new("DNA")).passages[0].span, passages(text)[1].span);
    }
}
