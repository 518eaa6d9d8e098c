//! The orchestrator: what is wanted (`intent`), what comes next (`plan`), and doing it (`drive`, `gathering`, `rounds`); what comes
//! of it (`assembly`, `answer`); and stale items again, in their places (`remake`).

mod answer;
mod assembly;
pub(crate) mod drive;
mod gathering;
pub mod intent;
pub mod plan;
pub(crate) mod remake;
mod rounds;
pub(crate) mod words;
