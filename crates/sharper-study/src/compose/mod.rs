//! Composing: findings become questions and answers; the most valuable come first.

mod candidate;
mod cards;
mod cloze;
mod english;
mod fronts;
mod gates;
mod lines;
mod rank;

pub use candidate::{Candidate, FEATURES};
pub use cards::{Cards, candidates, flashcards};
