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
/// the other.
pub(super) const RANK: [f32; MEASURES] =
    [0.685, 5.456, 0.545, 0.852, 1.649, 1.343, 1.884, 3.151, 1.301, 2.511, 1.58, -2.301, 1.535, 2.013, 0.0];

/// What the measures count for when it is asked whether the best passage answers the question, and the constant
/// after them: logistic regression over questions with and without an answer in their notes.
pub(super) const ANSWER: [f32; MEASURES + 1] = [
    2.925, -1.118, 1.243, 2.044, 1.229, -0.759, -0.1, 0.0, -0.008, 0.548, -0.126, -0.717, -0.536, 0.732,
    -1.814, -1.349,
];
