//! The whole house: the real binary, real sockets, real files, a real browser.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where something is not as it must be"
)]

mod access;
mod alone;
mod attempts;
mod bad_input;
mod bombs;
mod browser;
mod command;
mod context;
mod crash;
mod decks;
mod description;
mod doors;
mod exchange;
mod files;
mod library;
mod library_pages;
mod limits;
mod materials;
mod monitoring;
mod notes;
mod operation;
mod people;
mod people_pages;
mod postgres;
mod privacy;
mod scans;
mod stage;
mod stale;
mod stream;
mod study;
mod tls;
mod wire;
