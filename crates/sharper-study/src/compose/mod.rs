//! Composing: findings become questions and answers; the most valuable come first.

mod abroad;
mod candidate;
mod cards;
mod clauses;
mod cloze;
mod distractors;
mod english;
mod fronts;
mod gates;
mod gather;
mod lines;
mod listing;
mod quiz;
mod rank;
pub mod summary;
mod weights;

pub use candidate::{Candidate, FEATURES};
pub use cards::{Cards, SAME_SECTION, SAME_SENTENCE, SAME_TERM, flashcards};
pub use distractors::{RIVAL_FEATURES, distractors, measured_rivals};
pub use gather::candidates;
pub use quiz::{Questions, quiz};
