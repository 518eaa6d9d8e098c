//! `study-sharper make KIND NOTES…`: cards, a quiz, an exam, a summary, an analysis or a plan of files of notes, on standard
//! output; progress on standard error.
//!
//! The same house as the server's, over a store that lasts as long as the command: the same authors and the same checks.

mod ask;
mod options;
mod told;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anyhow::Context;

pub(crate) use self::options::What;
use self::told::Format;
use crate::config::Configuration;
use crate::telemetry;

/// What every kind takes.
#[derive(clap::Args)]
pub(crate) struct Notes {
    /// The notes: files of any kind that can be read (text, Markdown, PDF, DOCX, PPTX, EPUB, …), or - for text from
    /// standard input.
    #[arg(required = true)]
    notes: Vec<PathBuf>,
    /// Only about this.
    #[arg(long)]
    topic: Option<String>,
    /// The form of the output.
    #[arg(long, value_enum, default_value = "md")]
    format: Format,
    /// Where to write; standard output where it is left out.
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Makes it and writes it.
pub(crate) fn run(configuration: Configuration, what: &What) -> anyhow::Result<()> {
    telemetry::log_only(&configuration)?;
    let notes = what.notes();
    notes.format.fits(what.kind())?;
    let request = what.request()?;
    let mut settings = configuration.settings;
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    settings.store.data_dir = folder.path().to_owned();
    settings.store.database_url = None;
    // Its store goes with it, so nobody could count what came of them.
    settings.experiments.clear();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let made = runtime.block_on(ask::make(&settings, &notes.notes, request))?;
    let bytes = told::told(&made, notes.format)?;
    match &notes.output {
        None => std::io::stdout().lock().write_all(&bytes).context("cannot write to standard output"),
        Some(path) => {
            let write = || {
                let mut file = BufWriter::new(File::create(path)?);
                file.write_all(&bytes)?;
                file.flush()
            };
            write().with_context(|| format!("cannot write {}", path.display()))
        }
    }
}
