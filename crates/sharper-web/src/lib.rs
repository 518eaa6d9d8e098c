//! The front door: one table of routes, the event streams, the pages, and the deadlines of every connection.
//!
//! Reading and plain writing go straight to the store; what thinks is started by writing a job row, through
//! `sharper_agents::Intake`; only a single agent asked alone answers at once. Nothing in here sees the runner.

mod app;
mod door;
pub mod openapi;
mod pages;
mod router;
mod routes;

pub use app::{AlertSetup, App, Environment, Parts, Sample, ServerSettings, Setup, StreamSettings};
pub use door::figures::Figures;
pub use door::limits::{LimitSettings, Limits};
pub use door::serve::{Deadlines, serve};
pub use door::table::{Access, Limit, Route};
pub use router::{router, routes};
