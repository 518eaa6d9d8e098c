//! When a card comes back: the memory of a card (FSRS), its learning steps, exam dates and readiness. Pure.
//!
//! The mathematics of memory are the crate `fsrs`; what is here is everything around it: a student's days, the steps
//! of minutes, the choice of a day, the way to an exam, the prediction of its result, and the fit to one's own reviews.
//! The same arguments give the same answer: what looks random is drawn from the card's id and its number of reviews.

mod days;
mod exam;
mod fit;
mod fuzz;
mod model;
mod readiness;
mod scheduler;
mod steps;
mod weights;

pub use days::Days;
pub use fit::{Fitted, NEEDED_REVIEWS, TooFew, fit};
pub use readiness::{Readiness, readiness, retrievability};
pub use scheduler::{Scheduler, Sitting, leech, replay};
pub use weights::Weights;
