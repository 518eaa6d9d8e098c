//! The whole house with a model: the real binary, and a server of a model over real TCP that says what it is told to.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test stops where something is not as it must be, and prints what it measured"
)]

mod clean;
mod collector;
mod essays;
mod experiments;
mod faults;
mod house;
mod kill;
mod money;
mod monitoring;
mod orders;
mod pace;
mod records;
mod spoiled;
mod stale;
mod telemetry;
mod wire;
mod writer;
