//! `study-sharper limited MEMORY CPU -- PROGRAM ARGUMENTS`: limits itself and becomes another program. The server starts
//! `tesseract` so; nobody calls it by hand.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use anyhow::bail;

use crate::cage::{self, Allowance};

/// Becomes the program. Answers only when it cannot.
pub(crate) fn run(allowance: Allowance, mut words: impl Iterator<Item = OsString>) -> anyhow::Result<()> {
    let (Some(_), Some(program)) = (words.next(), words.next()) else { bail!("no program is named") };
    cage::program(allowance, Path::new(&program))?;
    Err(Command::new(program).args(words).exec().into())
}
