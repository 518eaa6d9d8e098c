//! The orchestrator: what is wanted (`intent`), what comes next (`plan`), and doing it (`drive`).

mod answer;
mod assembly;
pub(crate) mod drive;
pub mod intent;
pub mod plan;
pub(crate) mod words;
