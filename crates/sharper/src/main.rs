//! `study-sharper`: the commands, and nothing else. `assemble` puts the parts together.

mod assemble;
mod clock;
mod commands;
mod config;
mod logging;
mod samples;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Notes in, checked flashcards out.
#[derive(Parser)]
#[command(name = "study-sharper", version, about)]
struct Arguments {
    /// A configuration file, over the defaults (config/default.toml lists every setting).
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server (what happens without a command).
    Serve,
    /// Make something from a file of notes, on standard output.
    #[command(subcommand)]
    Make(Make),
}

#[derive(Subcommand)]
enum Make {
    /// Flashcards.
    Flashcards(commands::make::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = config::load(arguments.config.as_deref()).and_then(|settings| match arguments.command {
        None | Some(Command::Serve) => commands::serve::run(settings),
        Some(Command::Make(Make::Flashcards(what))) => commands::make::run(settings, &what),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Logging may not be set up yet, and this is for a person at a terminal.
            #[allow(clippy::print_stderr, reason = "the last word of a command is for the terminal")]
            {
                eprintln!("study-sharper: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
