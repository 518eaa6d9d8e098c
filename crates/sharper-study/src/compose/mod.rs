//! Composing: findings become questions and answers; the most valuable come first.

mod abroad;
mod analysis;
mod candidate;
mod cards;
mod clauses;
mod cloze;
mod distractors;
mod english;
mod exam;
mod fronts;
mod gates;
mod gather;
mod lines;
mod listing;
mod opposites;
mod outline;
mod plan;
mod quiz;
mod rank;
mod reply;
pub mod summary;
mod weights;

pub use analysis::analysis;
pub use candidate::{Candidate, FEATURES};
pub use cards::{Cards, SAME_SECTION, SAME_SENTENCE, SAME_TERM, flashcards};
pub use distractors::{RIVAL_FEATURES, distractors, measured_rivals};
pub use exam::{Exam, Section, exam};
pub use gather::candidates;
pub use plan::{schedule, topics};
pub use quiz::{Questions, quiz};
pub use reply::{Evidence, Reply, SIGNS, Signs, reply, reply_by};
