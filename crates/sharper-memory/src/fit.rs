//! Weights of a student's own: fitted to their reviews, and adopted only where they foretell later reviews better.

use fsrs::{ComputeParametersInput, FSRS, FSRSItem, FSRSReview};
use sharper_domain::{Grade, Timestamp};

use crate::{Days, Weights};

/// Fewer reviews than this say too little of a memory.
pub const NEEDED_REVIEWS: usize = 400;

/// The share of reviews, the earliest, that weights are fitted to; the later ones judge them.
const FITTED_SHARE: f64 = 0.8;

/// What a fit came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The better weights: new ones, or those from before.
    pub weights: Weights,
    /// The reviews that were looked at.
    pub reviews: usize,
    /// Log loss of the weights from before, on reviews that nothing was fitted to; smaller is better.
    pub log_loss_before: f64,
    /// Log loss of `weights` on the same reviews, never more than before.
    pub log_loss_after: f64,
}

/// There are too few reviews to fit weights to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{have} reviews on later days are too few to learn from; {needed} are needed")]
pub struct TooFew {
    /// Reviews that count: those on a later day than the one before.
    pub have: usize,
    /// How many must be there.
    pub needed: usize,
}

/// One review that can be foretold: the reviews of the card up to and with it.
struct Foretold {
    at: Timestamp,
    card: i64,
    item: FSRSItem,
}

/// Fits weights to the histories of a student's cards: each the grades of one card. Fitted are the earlier reviews; the
/// new weights are only given back when they foretell the later ones better than `current`. Takes some seconds for
/// tens of thousands of reviews. A history may be unsorted.
///
/// # Errors
///
/// [`TooFew`] when fewer than [`NEEDED_REVIEWS`] reviews were on a later day than the one before them.
pub fn fit(histories: &[Vec<(Grade, Timestamp)>], current: &Weights, days: &Days) -> Result<Fitted, TooFew> {
    let mut reviews = foretold(histories, days);
    if reviews.len() < NEEDED_REVIEWS {
        return Err(TooFew { have: reviews.len(), needed: NEEDED_REVIEWS });
    }
    reviews.sort_by_key(|review| (review.at, review.card));
    let count = reviews.len();
    let later = reviews.split_off((count as f64 * FITTED_SHARE) as usize);
    let log_loss_before = log_loss(current, &later);
    let unchanged =
        Fitted { weights: current.clone(), reviews: count, log_loss_before, log_loss_after: log_loss_before };
    let input = ComputeParametersInput {
        card_ids: Some(reviews.iter().map(|review| review.card).collect()),
        train_set: reviews.into_iter().map(|review| review.item).collect(),
        enable_short_term: true,
        ..ComputeParametersInput::default()
    };
    let Some(weights) = fsrs::compute_parameters(input).ok().and_then(|found| Weights::from_stored(&found))
    else {
        return Ok(unchanged);
    };
    let log_loss_after = log_loss(&weights, &later);
    let better = log_loss_after < log_loss_before;
    Ok(if better { Fitted { weights, log_loss_after, ..unchanged } } else { unchanged })
}

/// The reviews that can be foretold: those on a later day than the one before them.
fn foretold(histories: &[Vec<(Grade, Timestamp)>], days: &Days) -> Vec<Foretold> {
    let mut found = Vec::new();
    for (card, history) in (0..).zip(histories) {
        let mut history = history.clone();
        history.sort_by_key(|(_, at)| *at);
        let mut reviews: Vec<FSRSReview> = Vec::with_capacity(history.len());
        let mut before = None;
        for (grade, at) in history {
            let delta_t = before.map_or(0, |before| days.between(before, at));
            reviews.push(FSRSReview { rating: u32::from(grade.number()), delta_t });
            if delta_t > 0 {
                found.push(Foretold { at, card, item: FSRSItem { reviews: reviews.clone() } });
            }
            before = Some(at);
        }
    }
    found
}

/// The mean of −ln of the probability that was given to what happened.
fn log_loss(weights: &Weights, reviews: &[Foretold]) -> f64 {
    let model = crate::model::Model::new(weights);
    let fsrs = FSRS::new(weights.as_slice()).expect("weights are 21 finite numbers, or they do not exist");
    let sum: f64 = reviews
        .iter()
        .filter_map(|review| {
            let (now, history) = review.item.reviews.split_last()?;
            let state = fsrs.memory_state(FSRSItem { reviews: history.to_vec() }, None).ok()?;
            let recalled = model.retrievability(state, f64::from(now.delta_t)).clamp(1e-6, 1.0 - 1e-6);
            let happened = if now.rating > 1 { recalled } else { 1.0 - recalled };
            Some(-happened.ln())
        })
        .sum();
    sum / reviews.len().max(1) as f64
}
