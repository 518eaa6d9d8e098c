//! `study-sharper erase-user EMAIL|ID`: everything of a person's, gone for good, on their behalf.

use anyhow::Context;
use sharper_domain::{Clock, UserId};
use sharper_store::accounts::email_key;
use sharper_store::admin_log::AdminAct;
use sharper_store::{Store, StoreSettings};

use super::say;
use crate::clock::SystemClock;
use crate::config::Configuration;
use crate::telemetry;

/// Who it was, in the record of what was done with an administrator's rights.
const ACTOR: &str = "command";
/// In that record, the HTTP status of what was accepted and is about to be done.
const ACCEPTED: u16 = 202;

/// Whom.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The e-mail address of an account, or a user's id.
    #[arg(value_name = "EMAIL|ID")]
    who: String,
    /// Erase. Without it nothing is erased, and what would be is shown.
    #[arg(long)]
    yes: bool,
}

/// Erases a person, beside a server that runs where the database is PostgreSQL.
pub(crate) fn run(configuration: &Configuration, what: &Arguments) -> anyhow::Result<()> {
    telemetry::log_only(configuration)?;
    let settings = StoreSettings { migrate_at_start: false, ..configuration.settings.store.clone() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(&settings).await.context(match settings.database_url {
            None => "nothing was erased (with SQLite, stop the server for it)",
            Some(_) => "nothing was erased",
        })?;
        let done = erase(&store, what).await;
        store.close().await;
        done
    })
}

async fn erase(store: &Store, what: &Arguments) -> anyhow::Result<()> {
    let user = find(store, &what.who).await?;
    let rows = store.rows_of_user(user.clone()).await?;
    let held: Vec<_> = rows.into_iter().filter(|(_, rows)| *rows > 0).collect();
    anyhow::ensure!(!held.is_empty(), "nothing is kept of {}: is it the right one?", what.who);
    if !what.yes {
        say(format_args!("{} is user {user}. Kept of them:", what.who));
        held.iter().for_each(|(table, rows)| say(format_args!("  {table:<24} {rows:>8}")));
        anyhow::bail!("nothing was erased: say --yes, and it is gone for good");
    }
    let now = SystemClock.now();
    // Before it is done, so that nothing is done that is not on record. The erasure takes the name out of it.
    let act = AdminAct {
        actor: ACTOR.into(),
        action: "erase-user".into(),
        about: Some(user.to_string()),
        request_id: String::new(),
        status: ACCEPTED,
        at: now,
    };
    store.log_admin_act(act).await.context("nothing was erased, for it could not be put on record")?;
    let erased = store.erase_user(user, now).await.context("nothing was erased")?;
    say(format_args!(
        "erased: {} rows; {} jobs were running and are stopped. Backups from before still hold them",
        erased.rows,
        erased.stopped.len()
    ));
    Ok(())
}

/// The user with this e-mail address, else the one with this id.
pub(super) async fn find(store: &Store, who: &str) -> anyhow::Result<UserId> {
    if let Some(account) = store.account_by_email(email_key(who)).await? {
        return Ok(account.user_id);
    }
    who.trim().parse().map_err(|_| anyhow::anyhow!("{who} is neither an account's address nor a user's id"))
}
