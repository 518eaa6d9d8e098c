//! Help for whoever works here: `cargo xtask tidy`, `ci`, `bench`, `fuzz-api` and `with-servers`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool talks on its terminal")]
#![allow(
    clippy::disallowed_methods,
    reason = "this is no part of the server: it looks for programs and caches itself"
)]

mod ci;
mod fuzz;
mod run;
mod servers;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  tidy                      check the law of the house; prints each breach as `path:line: what`
  ci                        everything a change must pass: fmt, clippy, tidy, tests, doc
  bench                     what the house costs, as a table (builds with optimising first)
  bench reading             what reading files costs, ordinary ones and those that want to do harm
  bench search              what a search costs among 100,000 passages
  bench memory              what an exam date is worth to simulated learners, and how well readiness foretells
  bench exchange            what decks of 10,000 cards cost, in and out
  fuzz-api [--cases N]      schemathesis asks the server whatever its description allows, and more
  with-servers -- CMD…      run CMD with a private PostgreSQL and Redis, then stop them
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["tidy"] => tidy::command(&root()),
        ["ci"] => ci::command(&root()),
        ["bench"] => bench("sharper", "house"),
        ["bench", "reading"] => bench("sharper", "reading"),
        ["bench", "search"] => bench("sharper-agents", "search"),
        ["bench", "memory"] => bench("sharper-memory", "memory"),
        ["bench", "exchange"] => bench("sharper-exchange", "exchange"),
        ["fuzz-api", words @ ..] => fuzz::command(&root(), words),
        ["with-servers", "--", command @ ..] if !command.is_empty() => servers::command(command),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{}", message.trim_end());
            ExitCode::FAILURE
        }
    }
}

/// Runs a benchmark of a package.
fn bench(package: &str, name: &str) -> Result<ExitCode, String> {
    let words = ["bench", "--locked", "--package", package, "--bench", name];
    let status = std::process::Command::new("cargo").args(words).current_dir(root()).status();
    let status = status.map_err(|error| format!("cargo does not start: {error}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The folder of the workspace: the parent of this package's own.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a package lies in a folder").to_owned()
}
