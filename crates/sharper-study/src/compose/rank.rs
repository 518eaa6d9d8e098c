//! The ranker: what a candidate is worth to a student, by trees fitted to what experts chose.

use sharper_domain::CardForm;

use super::candidate::{FEATURES, Pattern};
use super::weights::{BIAS, INNER, TREES};

/// The worth of a line "Term: meaning", which a student wrote to be learned.
pub(super) const LINE: f32 = 2.0;
/// The worth of a list under its lead-in.
pub(super) const LIST: f32 = 1.0;

/// What experts' glossaries do not show of a form's worth: dates, reasons and numbers are asked in exams though no
/// glossary lists them; who did it is a better question than what was done; and a gap teaches less than a question.
pub(super) fn prior(form: CardForm, pattern: Pattern, question: &str) -> f32 {
    if pattern == Pattern::CalledWhat {
        return -0.7;
    }
    if question.starts_with("Who ") {
        return 1.0;
    }
    match form {
        CardForm::Date => 0.8,
        CardForm::Number => 0.6,
        CardForm::Cause => 0.2,
        CardForm::Cloze => -0.4,
        _ => 0.0,
    }
}

/// The worth of a candidate: the log-odds that an expert would have asked it.
pub(super) fn score(features: &[f32; FEATURES]) -> f32 {
    let mut sum = BIAS;
    for (splits, leaves) in &TREES {
        let mut node = 0;
        while node < INNER {
            let (feature, threshold) = splits[node];
            // Trees fitted to an older set of features must not stop a newer one from being described and fitted.
            let value = features.get(usize::from(feature)).copied().unwrap_or(0.0);
            node = 2 * node + if value > threshold { 2 } else { 1 };
        }
        sum += leaves[node - INNER];
    }
    sum
}
