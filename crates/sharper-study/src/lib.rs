//! Pure study science: from a student's notes to flashcards, without a model, a network or a clock.
//!
//! - `text`: normalising, tokens, sentences, stems, stop words, language, canonical forms of answers.
//!
//! Everything here is a function of its arguments: same notes, same options, same cards.

#![warn(missing_docs)]

pub mod judge;
pub mod text;
