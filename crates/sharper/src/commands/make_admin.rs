//! `study-sharper make-admin EMAIL`: gives an account the rights of an administrator.

use sharper_store::{Store, StoreSettings};

use super::say;
use crate::config::Configuration;
use crate::telemetry;

/// Whom.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The e-mail address of their account.
    email: String,
}

/// Gives the rights. They count from the next request on.
pub(crate) fn run(configuration: &Configuration, whom: &Arguments) -> anyhow::Result<()> {
    telemetry::log_only(configuration)?;
    let settings = StoreSettings { migrate_at_start: false, ..configuration.settings.store.clone() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(&settings).await?;
        let made = store.make_admin(&whom.email).await;
        store.close().await;
        anyhow::ensure!(made?, "{} has no account that can be used: open it first", whom.email);
        say(format_args!("{} administers this server now.", whom.email));
        Ok(())
    })
}
