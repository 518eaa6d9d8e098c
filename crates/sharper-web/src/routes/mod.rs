//! The API: a file for each thing that its routes are about.

pub(crate) mod admin;
pub(crate) mod agents_alone;
pub(crate) mod attempts;
pub(crate) mod auth;
pub(crate) mod cards;
pub(crate) mod chat;
pub(crate) mod content;
pub(crate) mod embeddings;
pub(crate) mod exchange;
pub(crate) mod experiments;
pub(crate) mod feedback;
pub(crate) mod folders;
pub(crate) mod health;
pub(crate) mod media;
pub(crate) mod metrics;
pub(crate) mod mine;
pub(crate) mod notes;
pub(crate) mod passages;
pub(crate) mod preferences;
pub(crate) mod process;
pub(crate) mod sets;
pub(crate) mod stream;
pub(crate) mod study;
pub(crate) mod upload;
pub(crate) mod who;
