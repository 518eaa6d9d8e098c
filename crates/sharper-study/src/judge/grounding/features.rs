//! What is measured of a statement against a source. Everything that the fitted weights see is here.

use super::conflicts::{contrasts, denials, names, numbers, oddities, subject, swaps};
use super::coverage::{absences, coverage, families, sequence};
use super::overlay::{Overlay, Statement};
use crate::judge::source::Source;

/// The measures, in the order of the weights.
pub(in crate::judge) const NAMES: [&str; COUNT] = [
    "cover_sentence",
    "cover_window",
    "cover_all",
    "missing_share",
    "precision",
    "adjacent_pairs",
    "near_pairs",
    "content_pairs",
    "in_order",
    "swap_gap_max",
    "swap_gap_mean",
    "family_sentence",
    "family_window",
    "family_all",
    "subject_gap",
    "subject_cover",
    "subject_missing",
    "names_nowhere",
    "names_elsewhere",
    "number_nowhere",
    "number_elsewhere",
    "number_gap",
    "number_word_nowhere",
    "denials",
    "denies_more",
    "denies_less",
    "denial_unsupported",
    "denial_bridged",
    "denial_gap",
    "opposite_only",
    "opposite_gap",
    "opposite_near",
    "opposite_beside",
    "direction_against",
    "direction_same",
    "odd_word",
    "opposite_elsewhere",
    "less_unsupported",
    "object_missing",
    "lone_missing",
    "length",
];

/// How many measures there are.
pub(in crate::judge) const COUNT: usize = 41;

/// The measures of a statement; all zero for an empty source.
pub(in crate::judge) fn measure(statement: &Statement, source: &Source) -> [f64; COUNT] {
    let mut out = [0.0; COUNT];
    let Some(overlay) = Overlay::new(statement, source) else { return out };
    let mut at = 0;
    let mut push = |values: &[f64]| {
        out[at..at + values.len()].copy_from_slice(values);
        at += values.len();
    };
    push(&coverage(statement, &overlay));
    push(&sequence(statement, &overlay));
    push(&swaps(statement, &overlay));
    push(&families(statement, source));
    push(&subject(statement, &overlay));
    push(&names(statement, &overlay));
    push(&numbers(statement, &overlay));
    push(&denials(statement, &overlay));
    push(&contrasts(statement, &overlay));
    push(&oddities(statement, &overlay));
    push(&absences(statement, &overlay));
    push(&[(1.0 + statement.len() as f64).ln()]);
    out
}
