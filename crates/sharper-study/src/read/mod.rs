//! Reading notes: Markdown or plain text becomes blocks, sentences and tagged words, each with its bytes.

mod blocks;
mod document;
mod offsets;
mod words;

pub use blocks::{Block, BlockKind};
pub(crate) use document::definition_line;
pub use document::{Document, Section, Sentence};
pub(crate) use words::{Form, Word};
