//! `study-sharper restore FILE`: a backup into the database, wholly or not at all.

use std::path::PathBuf;

use sharper_store::Store;

use super::say;
use crate::config::Configuration;
use crate::telemetry;

/// Where from.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The backup.
    file: PathBuf,
    /// Put it in the place of everything that is in the database.
    #[arg(long)]
    force: bool,
}

/// Restores a backup of either database into the one that the settings name. The server must not run.
pub(crate) fn run(configuration: &Configuration, what: &Arguments) -> anyhow::Result<()> {
    telemetry::log_only(configuration)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let holds = runtime.block_on(Store::restore(&configuration.settings.store, &what.file, what.force))?;
    say(format_args!("restored {} rows as of {}", holds.rows, holds.created_at));
    Ok(())
}
