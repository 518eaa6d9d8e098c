//! Weights: what each sign counts for. Those of the measures are fitted; the others are the customary ones, near
//! which the figures are flat.

use super::rank::MEASURES;

/// How soon a word that is said again stops adding (k1 of BM25).
pub(super) const SATURATION: f32 = 1.2;

/// How much a long chunk is held against its words (b of BM25).
pub(super) const LENGTH: f32 = 0.6;

/// What a word in the title, or in a heading above, counts beside one in the text.
pub(super) const FIELD: f32 = 1.0;

/// How many chunks are read again.
pub(super) const DEPTH: usize = 64;

/// What the measures of [`super::rank`] count for, in its order: listwise logistic regression over the questions of
/// two public sets (paragraphs of encyclopaedia articles, sections of textbooks); fitted on either one, they hold on
/// the other. By `tools/fit/retrieval.py`, as are the next.
pub(super) const RANK: [f32; MEASURES] = [
    1.136, 5.368, -0.002, 1.003, 1.723, 1.311, 1.858, 3.219, 1.305, 2.598, 2.490, -2.316, 1.591, 2.091,
    -0.662,
];

/// What the measures count for when it is asked whether the best passage answers the question, and the constant
/// after them: logistic regression over questions with and without an answer in their notes.
pub(super) const ANSWER: [f32; MEASURES + 1] = [
    2.841, -1.138, 1.261, 1.851, 1.253, -0.756, -0.101, 0.000, -0.004, 0.549, 0.061, -0.854, -0.514, 0.732,
    -1.825, -1.214,
];
