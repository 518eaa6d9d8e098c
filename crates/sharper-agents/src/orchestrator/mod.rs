//! The orchestrator: what is wanted (`intent`), what comes next (`plan`), and doing it (`drive`, `gathering`, `rounds`); what comes of it (`assembly`, `answer`).

mod answer;
mod assembly;
pub(crate) mod drive;
mod gathering;
pub mod intent;
pub mod plan;
mod rounds;
pub(crate) mod words;
