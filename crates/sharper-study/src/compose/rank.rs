//! The ranker: what a candidate is worth to a student, by trees fitted to what experts chose.

use super::candidate::FEATURES;
use super::weights::{BIAS, INNER, TREES};

/// The worth of a line "Term: meaning", which a student wrote to be learned.
pub(super) const LINE: f32 = 2.0;
/// The worth of a list under its lead-in.
pub(super) const LIST: f32 = 1.0;

/// The worth of a candidate: the log-odds that an expert would have asked it.
pub(super) fn score(features: &[f32; FEATURES]) -> f32 {
    let mut sum = BIAS;
    for (splits, leaves) in &TREES {
        let mut node = 0;
        while node < INNER {
            let (feature, threshold) = splits[node];
            node = 2 * node + if features[feature as usize] > threshold { 2 } else { 1 };
        }
        sum += leaves[node - INNER];
    }
    sum
}
