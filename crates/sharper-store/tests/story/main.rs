//! One story, told to both databases: what the store promises, whichever keeps it.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where something is not as it must be"
)]

mod group;
mod jobs;
mod kill;
mod leases;
mod people;
mod schema;
mod stage;
mod tale;
