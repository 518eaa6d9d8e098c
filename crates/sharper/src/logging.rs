//! Log lines: text for people, JSON for machines, on standard error.

use anyhow::Context;
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

/// Sets the log up for the whole process.
pub(crate) fn start(settings: &LogSettings, production: bool) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.level)
        .with_context(|| format!("log.level {:?} is neither a level nor a filter", settings.level))?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let json = match settings.format {
        LogFormat::Json => true,
        LogFormat::Text => false,
        LogFormat::Auto => production,
    };
    // Setting it twice fails only in tests that share a process; the first one stays.
    let _ = if json {
        log.json().flatten_event(true).try_init()
    } else {
        log.with_target(false).compact().try_init()
    };
    Ok(())
}
