//! The study plan: the topics of the notes, weighed, and what to do with them on which day.
//!
//! - `topics`: what the notes are about, part by part, and how much time each deserves;
//! - `allot`: minutes, in steps of five, by weight;
//! - `schedule`: learning, spaced reviews, practice and a mock exam, day by day.

mod allot;
mod schedule;
mod topics;

pub use schedule::schedule;
pub use topics::topics;
