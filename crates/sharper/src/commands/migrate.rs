//! `study-sharper migrate`: brings the schema of the database up to date, and says what it did.

use sharper_store::{OpenError, Store, StoreSettings, migrations};

use super::say;
use crate::config::Configuration;
use crate::telemetry;

/// Applies what is missing.
pub(crate) fn run(configuration: &Configuration) -> anyhow::Result<()> {
    telemetry::log_only(configuration)?;
    let settings = &configuration.settings.store;
    let looking = StoreSettings { migrate_at_start: false, ..settings.clone() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let before = match Store::open(&looking).await {
            Ok(store) => {
                store.close().await;
                say("The database is up to date.");
                return Ok(());
            }
            Err(OpenError::SchemaOlder { found, .. }) => found,
            Err(error) => return Err(error.into()),
        };
        let store = Store::open(&StoreSettings { migrate_at_start: true, ..settings.clone() }).await?;
        store.close().await;
        for (version, name) in migrations().filter(|(version, _)| *version > before) {
            say(format_args!("applied {version:04} {name}"));
        }
        say("The database is up to date.");
        Ok(())
    })
}
