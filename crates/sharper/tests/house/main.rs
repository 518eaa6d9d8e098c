//! The whole house: the real binary, real sockets, real files, a real browser.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where something is not as it must be"
)]

mod access;
mod alone;
mod bad_input;
mod browser;
mod command;
mod crash;
mod doors;
mod materials;
mod notes;
mod operation;
mod people;
mod postgres;
mod stage;
mod stream;
mod study;
mod tls;
mod wire;
