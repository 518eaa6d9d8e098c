//! What runs here and now: the logs of jobs that run in this process, who waits for them, and the way by
//! which an accepted job reaches the runner without being read from the database again.
//!
//! Nothing here is the truth: every event was stored before it is published, and a job that was handed over
//! is a committed row with a lease. A process that dies loses only the short cut.

mod handoff;
mod streams;

pub use handoff::{Handed, Handoff, Slot};
pub use streams::{LiveLog, Streams};
