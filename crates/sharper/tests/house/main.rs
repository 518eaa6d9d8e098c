//! The whole house: the real binary, real sockets, real files, a real browser.

mod alone;
mod bad_input;
mod browser;
mod command;
mod crash;
mod doors;
mod notes;
mod postgres;
mod stage;
mod stream;
mod study;
mod wire;
