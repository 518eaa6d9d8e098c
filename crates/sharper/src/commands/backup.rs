//! `study-sharper backup FILE`: everything that is kept into one file, while the server goes on.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use sharper_domain::Clock;
use sharper_store::Store;
use sharper_store::backup::Holds;

use super::say;
use crate::clock::SystemClock;
use crate::config::Configuration;
use crate::telemetry;

/// Where to.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The file to write, which must not be there yet; `-` is standard output.
    file: PathBuf,
}

/// Makes a backup. A file appears under its name only when it is whole and on the disk.
pub(crate) fn run(configuration: &Configuration, what: &Arguments) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open_to_read(&configuration.settings.store).await?;
        let now = SystemClock.now();
        let done = if what.file == Path::new("-") {
            store.backup(std::io::stdout(), now).await.map(drop).map_err(Into::into)
        } else {
            // Only here: what is written on standard output is the backup.
            telemetry::log_only(configuration)?;
            to_file(&store, &what.file).await.map(|holds| tell(&holds, &what.file))
        };
        store.close().await;
        done
    })
}

async fn to_file(store: &Store, file: &Path) -> anyhow::Result<Holds> {
    anyhow::ensure!(!file.exists(), "{} is there already: name another file", file.display());
    let part = file.with_added_extension("part");
    let written = write(store, &part, file).await;
    if written.is_err() {
        // Half a backup is of no use; that it is gone is all that can be done.
        let _ = std::fs::remove_file(&part);
    }
    written
}

async fn write(store: &Store, part: &Path, file: &Path) -> anyhow::Result<Holds> {
    let to = private(part).with_context(|| format!("{} cannot be written", part.display()))?;
    let (mut to, holds) = store.backup(to, SystemClock.now()).await?;
    to.flush()?;
    to.sync_all()?;
    std::fs::rename(part, file)?;
    Ok(holds)
}

/// A new file that only its owner reads: a backup holds all that the database holds.
fn private(file: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

fn tell(holds: &Holds, file: &Path) {
    say(format_args!("{}: {} rows as of {}", file.display(), holds.rows, holds.created_at));
}
