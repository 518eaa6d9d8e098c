//! English words: what class each can be, how it is inflected, whom it names.

mod inflect;
mod words;

pub(crate) use inflect::{base_of, is_plural_noun, third_person};
pub(crate) use words::{Class, classify, is_evaluative, is_person_noun};
