//! The commands: one file each.

pub(crate) mod admin_token;
pub(crate) mod backup;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod erase_user;
pub(crate) mod healthcheck;
pub(crate) mod make;
pub(crate) mod make_admin;
pub(crate) mod migrate;
pub(crate) mod openapi;
pub(crate) mod restore;
pub(crate) mod serve;

/// A line for whoever ran the command.
#[allow(clippy::print_stdout, reason = "the answer of a command is for the terminal")]
fn say(line: impl std::fmt::Display) {
    println!("{line}");
}
