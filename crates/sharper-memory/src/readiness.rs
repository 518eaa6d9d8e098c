//! What will be recalled: of one card at a moment, of a whole set on the day of an exam.

use jiff::SignedDuration;
use sharper_domain::{Memory, Timestamp};

use crate::Weights;
use crate::model::{Model, state_of};

/// What share of a set is expected to be recalled on a day, if nothing more is studied until then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Readiness {
    /// The expected share, 0 to 1.
    pub recall: f64,
    /// In nine of ten cases the share is not below this …
    pub low: f64,
    /// … nor above this.
    pub high: f64,
    /// Cards that were studied.
    pub studied: usize,
    /// Cards that were never studied.
    pub new: usize,
}

/// The standard normal deviate that 95 % lie below.
const DEVIATE: f64 = 1.645;

/// The error that all cards of a student share, since weights never fit a memory exactly (standard deviation).
const SHARED_ERROR: f64 = 0.03;

/// The probability that a card is recalled at a moment.
pub fn retrievability(weights: &Weights, memory: &Memory, at: Timestamp) -> f64 {
    recalled(&Model::new(weights), memory, at)
}

/// What share of a set will be recalled at the moment of an exam. A card that was never studied (none) counts as not
/// known: nothing was ever measured of it, and a readiness that counts on luck is a promise that nobody can keep.
pub fn readiness(weights: &Weights, cards: &[Option<Memory>], exam: Timestamp) -> Readiness {
    let model = Model::new(weights);
    let (mut expected, mut variance, mut studied) = (0.0, 0.0, 0);
    for memory in cards.iter().flatten() {
        let probability = recalled(&model, memory, exam);
        expected += probability;
        variance += probability * (1.0 - probability);
        studied += 1;
    }
    let all = cards.len().max(1) as f64;
    // The sum of independent events, each with its own probability: the Poisson-binomial distribution.
    let shared = SHARED_ERROR * studied as f64;
    let spread = DEVIATE * (variance + shared * shared).sqrt();
    Readiness {
        recall: expected / all,
        low: ((expected - spread) / all).max(0.0),
        high: ((expected + spread) / all).min(studied as f64 / all),
        studied,
        new: cards.len() - studied,
    }
}

fn recalled(model: &Model, memory: &Memory, at: Timestamp) -> f64 {
    let elapsed = at.duration_since(memory.last_review_at).max(SignedDuration::ZERO);
    model.retrievability(state_of(memory), elapsed.as_secs_f64() / 86_400.0)
}
