//! The API: a file for each thing that its routes are about.

pub(crate) mod content;
pub(crate) mod health;
pub(crate) mod process;
pub(crate) mod review;
pub(crate) mod stream;
pub(crate) mod who;
