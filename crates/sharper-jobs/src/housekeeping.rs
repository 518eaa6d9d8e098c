//! Housekeeping: what must be looked after now and then, whatever jobs there are.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use sharper_domain::{Clock, Timestamp};
use sharper_store::retention::Shelf;
use sharper_store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

/// How often.
const EVERY: Duration = Duration::from_secs(60);
/// How many of these rounds lie between two in which what is old is let go of.
const ROUNDS: u32 = 60;
/// How long a call to a model can be under way at most; one that is open longer was left so by a process that is gone.
const STALE: Duration = Duration::from_secs(15 * 60);
/// Rows that are let go of in one transaction.
const PRUNED: u32 = 1_000;
/// Jobs whose events are let go of in one transaction: about as many rows.
const PRUNED_JOBS: u32 = 30;
/// How long everybody else has the database between two such transactions.
const PAUSE: Duration = Duration::from_millis(100);
const DAY: u64 = 24 * 60 * 60;

/// For how many days things are kept; 0 keeps them for ever. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionSettings {
    /// Runs of agents.
    pub executions: u32,
    /// Sums over minutes.
    pub minutes: u32,
    /// Sums over hours.
    pub hours: u32,
    /// Events of ended jobs.
    pub events: u32,
    /// The ledger of calls to models.
    pub model_calls: u32,
    /// Daily sums of what was spent and used.
    pub spending: u32,
    /// What was done with an administrator's rights.
    pub admin_log: u32,
    /// Changes of alerts.
    pub alert_history: u32,
    /// What lies in the bin of a library.
    pub bin: u32,
    /// What became of files that were sent.
    pub uploads: u32,
    /// Accounts of children whose guardian has not answered.
    pub waiting_accounts: u32,
}

impl RetentionSettings {
    /// Days that things of this kind are kept; `None` for ever.
    fn days(&self, shelf: Shelf) -> Option<u32> {
        let days = match shelf {
            Shelf::Executions => self.executions,
            Shelf::Minutes => self.minutes,
            Shelf::Hours => self.hours,
            Shelf::ModelCalls => self.model_calls,
            Shelf::Days => self.spending,
            Shelf::AdminLog => self.admin_log,
            Shelf::AlertHistory => self.alert_history,
            Shelf::Bin => self.bin,
            Shelf::Uploads => self.uploads,
            // What is over is of no use to anybody.
            Shelf::Credentials => return Some(0),
        };
        (days > 0).then_some(days)
    }
}

/// Whoever looks after the house.
pub struct Housekeeper {
    store: Store,
    clock: Arc<dyn Clock>,
    retention: RetentionSettings,
}

impl Housekeeper {
    /// Nobody is at work until `keep` is.
    pub fn new(store: Store, clock: Arc<dyn Clock>, retention: RetentionSettings) -> Self {
        Self { store, clock, retention }
    }

    /// Settles calls to models that a process left open, at all that was set aside for them, and lets go of kept answers
    /// whose time is over; at once and every minute, until `stop`. Every hour it lets go of what has been kept for long
    /// enough. Several instances may do so at once: each takes what the others have left.
    pub async fn keep(self, stop: CancellationToken) {
        for round in 0.. {
            if let Err(error) = self.once().await {
                tracing::warn!(%error, "housekeeping was left undone; it is tried again in a minute");
            }
            if round % ROUNDS == 0 {
                tokio::select! {
                    () = stop.cancelled() => return,
                    done = self.let_go() => if let Err(error) = done {
                        tracing::warn!(%error, "what is old could not be let go of; it is tried again in an hour");
                    },
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(EVERY) => {}
            }
        }
    }

    async fn once(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let released = self.store.release_stale_calls(now - STALE, now).await?;
        if released > 0 {
            tracing::info!(released, "calls to a model that nobody settled count in full");
        }
        self.store.finish_erasures(now).await?;
        self.store.prune_responses(now, PRUNED).await.map(drop)
    }

    /// Lets go of everything that has been kept for long enough.
    ///
    /// # Errors
    /// The store's own; what went is gone all the same.
    pub async fn let_go(&self) -> Result<(), StoreError> {
        let now = self.clock.now();
        for shelf in Shelf::ALL {
            let Some(days) = self.retention.days(shelf) else { continue };
            let mut gone = 0;
            loop {
                let some = self.store.prune(shelf, before(now, days), PRUNED).await?;
                gone += some;
                if some < u64::from(PRUNED) {
                    break;
                }
                tokio::time::sleep(PAUSE).await;
            }
            if gone > 0 {
                tracing::info!(?shelf, gone, days, "what was kept for long enough was let go of");
            }
        }
        self.let_waiting_accounts_go(now).await?;
        self.let_events_go(now).await
    }

    /// Erases the accounts of children whose guardian has not answered for long enough.
    async fn let_waiting_accounts_go(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.retention.waiting_accounts == 0 {
            return Ok(());
        }
        let before = before(now, self.retention.waiting_accounts);
        for user in self.store.unanswered_accounts(before, PRUNED).await? {
            self.store.erase_user(user, now).await?;
            tracing::info!("an account whose guardian did not answer was erased");
        }
        Ok(())
    }

    async fn let_events_go(&self, now: Timestamp) -> Result<(), StoreError> {
        if self.retention.events == 0 {
            return Ok(());
        }
        let (mut gone, mut after) = (0, None);
        loop {
            let before = before(now, self.retention.events);
            let forgotten = self.store.prune_events(after, before, PRUNED_JOBS).await?;
            gone += forgotten.events;
            after = forgotten.last;
            if after.is_none() {
                break;
            }
            tokio::time::sleep(PAUSE).await;
        }
        if gone > 0 {
            tracing::info!(gone, "events of jobs that ended long ago were let go of");
        }
        Ok(())
    }
}

fn before(now: Timestamp, days: u32) -> Timestamp {
    now.checked_sub(Duration::from_secs(u64::from(days) * DAY)).unwrap_or(Timestamp::MIN)
}
