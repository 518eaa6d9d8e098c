//! The commands: one file each.

pub(crate) mod admin_token;
pub(crate) mod backup;
pub(crate) mod config;
pub(crate) mod doctor;
pub(crate) mod erase_user;
pub(crate) mod exchange;
pub(crate) mod healthcheck;
mod limited;
pub(crate) mod make;
pub(crate) mod make_admin;
pub(crate) mod migrate;
pub(crate) mod openapi;
mod read_file;
pub(crate) mod restore;
pub(crate) mod serve;

use sharper_files::protocol::{LIMITED, READ_FILE};

use crate::cage::Allowance;

/// Does what a child of the server is started for; `None` where this is no such child. These commands take no options and
/// are in no help: `read-file` and `limited`, the memory in bytes, the processor time in seconds, then what they run.
pub(crate) fn child() -> Option<anyhow::Result<()>> {
    let mut words = std::env::args_os().skip(1);
    let command = words.next()?;
    let is_reader = command == READ_FILE;
    if !is_reader && command != LIMITED {
        return None;
    }
    let mut number = || words.next()?.to_str()?.parse::<u64>().ok();
    let Some((memory, cpu)) = number().zip(number()) else {
        return Some(Err(anyhow::anyhow!("{} needs its limits", command.display())));
    };
    let allowance = Allowance { memory, cpu };
    Some(if is_reader { read_file::run(allowance) } else { limited::run(allowance, words) })
}

/// A line for whoever ran the command.
#[allow(clippy::print_stdout, reason = "the answer of a command is for the terminal")]
fn say(line: impl std::fmt::Display) {
    println!("{line}");
}
