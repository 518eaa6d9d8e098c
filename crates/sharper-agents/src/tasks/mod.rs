//! The task agents: who writes.

pub(crate) mod flashcards;
