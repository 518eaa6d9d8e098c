//! Weights: what each sign counts for.

use super::signs::SIGNS;

/// What the signs of [`super::Signs`] count for, in its order, and the constant after them:
/// logistic regression over questions with and without an answer in their passage. By `tools/fit/reply.py`, fitted to a public set
/// (SQuAD 2.0, development part).
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; SIGNS + 1] = [
    5.678, -1.351, -0.959, -1.438, -1.492, -1.402, -1.064, -0.600, -1.361, -0.334, -2.382, -0.863, -0.399, -0.365, 1.387,
];
