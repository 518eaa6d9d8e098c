//! Pure study science: from a student's notes to flashcards, without a model, a network or a clock.
//!
//! - `text`: normalising, tokens, sentences, stems, stop words, language, canonical forms of answers;
//! - `read`: a note becomes blocks, sentences and words, each with its bytes;
//! - `lexicon`, `grammar`: as much English as cards need;
//! - `extract`: what a sentence says that is worth asking;
//! - `compose`: questions and answers, ranked by what they are worth to a student;
//! - `retrieve`: which passages of the notes a question is about, and whether they answer it;
//! - `judge`: whether an item may reach a student;
//! - `grade`: what a typed answer earns, and the words that earn it;
//! - `revise`: where passages stand after an edit of a note.
//!
//! Everything here is a function of its arguments: same notes, same options, same cards.
//!
//! ```
//! use sharper_domain::FlashcardOptions;
//! use sharper_study::{compose::flashcards, read::Document};
//!
//! let notes = "Osmosis is the movement of water across a semipermeable membrane.";
//! let card = flashcards(&[Document::parse(notes)], &FlashcardOptions::default()).next().expect("a definition");
//! assert_eq!(card.question, "What is osmosis?");
//! assert_eq!(card.span.of(notes), Some(notes));
//! ```

pub mod compose;
mod extract;
pub mod grade;
mod grammar;
pub mod judge;
mod lexicon;
pub mod read;
pub mod retrieve;
pub mod revise;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;
