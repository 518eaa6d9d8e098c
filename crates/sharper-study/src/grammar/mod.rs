//! English grammar, as little as cards need: tags, noun phrases, clauses.

mod clause;
mod line;
mod phrase;
mod tagger;

pub(crate) use clause::{Clause, clause, clause_after};
pub(crate) use line::{Line, lower_first};
pub(crate) use phrase::{
    breaks_off, core_of, head_of, noun_phrase, noun_phrases, phrase_before, subject_phrase,
};
pub(crate) use tagger::Tag;
