//! Doing later: the runner that claims accepted jobs, keeps their leases alive, and ends each exactly once.
//!
//! `runner` decides which jobs run here; `run` does one; `log` numbers, stores and then shows its events;
//! `housekeeping` looks after what jobs leave behind; `alerts` tells people when the house does badly;
//! `embedding` sees to the vectors of notes; `invigilator` ends exams whose time is over; `fitting` fits memory to reviews.

pub mod alerts;
mod embedding;
mod fitting;
mod housekeeping;
mod invigilator;
mod log;
mod run;
mod runner;

pub use embedding::Embedder;
pub use fitting::Fitter;
pub use housekeeping::{Housekeeper, RetentionSettings};
pub use invigilator::Invigilator;
pub use runner::Runner;

/// How jobs are run. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobSettings {
    /// Jobs that run at the same time in this process.
    pub places: usize,
    /// Seconds that a claim holds without a heartbeat.
    pub lease_seconds: u64,
    /// Seconds between two heartbeats.
    pub heartbeat_seconds: u64,
    /// Seconds between two looks for waiting jobs and for leases that ran out.
    pub poll_seconds: u64,
}
