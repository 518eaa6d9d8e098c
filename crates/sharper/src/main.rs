//! `study-sharper`: the commands, and nothing else. `assemble` puts the parts together.

mod assemble;
mod cage;
mod clock;
mod commands;
mod config;
mod samples;
mod setup;
mod telemetry;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Configuration;

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
    /// Bring the schema of the database up to date.
    Migrate,
    /// Write everything that is kept into one file, while the server goes on.
    Backup(commands::backup::Arguments),
    /// Put a backup into the database, of whichever kind it came from.
    Restore(commands::restore::Arguments),
    /// Erase a person and everything of theirs, for good.
    EraseUser(commands::erase_user::Arguments),
    /// Make a token for whoever runs the server.
    AdminToken,
    /// Give an account that there is the rights of an administrator (with SQLite while the server is stopped).
    MakeAdmin(commands::make_admin::Arguments),
    /// Look whether everything that the server needs is there, and say what to do where it is not.
    Doctor,
    /// Show the settings in force, secrets masked.
    Config,
    /// Ask the server on this machine whether it is ready.
    Healthcheck,
    /// Print the description of the API (OpenAPI 3.1).
    Openapi,
    /// Make something from files of notes, on standard output.
    #[command(subcommand)]
    Make(commands::make::What),
    /// Take decks of Anki, Quizlet, spreadsheets, Markdown or another Study Sharper in.
    Import(commands::exchange::Import),
    /// Write a set, a quiz, an exam or a plan as a file of another program.
    Export(commands::exchange::Export),
}

fn main() -> ExitCode {
    // Before anything else: a child that reads a file has no settings, no log and no time to lose.
    if let Some(ended) = commands::child() {
        return told(ended);
    }
    let arguments = Arguments::parse();
    // The one provider of TLS in the tree, named so that a second one could never make the choice ambiguous. It
    // fails only where one is set already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    told(
        config::load(arguments.config.as_deref())
            .and_then(|configuration| run(configuration, arguments.command.unwrap_or(Command::Serve))),
    )
}

/// How a command ended, for whoever called it.
fn told(done: anyhow::Result<()>) -> ExitCode {
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

fn run(configuration: Configuration, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve => commands::serve::run(configuration),
        Command::Migrate => commands::migrate::run(&configuration),
        Command::Backup(what) => commands::backup::run(&configuration, &what),
        Command::Restore(what) => commands::restore::run(&configuration, &what),
        Command::EraseUser(what) => commands::erase_user::run(&configuration, &what),
        Command::AdminToken => commands::admin_token::run(),
        Command::MakeAdmin(whom) => commands::make_admin::run(&configuration, &whom),
        Command::Doctor => commands::doctor::run(&configuration),
        Command::Config => {
            commands::config::run(&configuration);
            Ok(())
        }
        Command::Healthcheck => commands::healthcheck::run(&configuration),
        Command::Openapi => commands::openapi::run(&configuration),
        Command::Make(what) => commands::make::run(configuration, &what),
        Command::Import(what) => commands::exchange::import(&configuration, &what),
        Command::Export(what) => commands::exchange::export(&configuration, &what),
    }
}
