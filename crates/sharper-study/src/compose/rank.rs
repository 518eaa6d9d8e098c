//! The ranker: what a candidate is worth to a student.

use super::candidate::FEATURES;

/// The worth of a candidate.
pub(super) fn score(features: &[f32; FEATURES]) -> f32 {
    features.iter().zip(&WEIGHTS).map(|(feature, weight)| feature * weight).sum()
}

const WEIGHTS: [f32; FEATURES] = [
    1.6, 2.2, 2.0, 1.4, 1.6, 1.8, 1.3, 2.5, 0.3, 0.4, 0.3, 0.0, 0.1, 0.5, -0.6, 0.0, //
    0.4, 0.0, 0.0, 0.3, -0.3, 0.3, 1.0, -0.2, -1.0, -0.6, 0.3, 0.4, 0.2, 0.3, -0.2, 0.0, -0.3, 0.0, 0.0, 0.0,
];
