//! Housekeeping: what must be looked after now and then, whatever jobs there are.

use std::sync::Arc;
use std::time::Duration;

use sharper_domain::Clock;
use sharper_store::{Store, StoreError};
use tokio_util::sync::CancellationToken;

/// How often.
const EVERY: Duration = Duration::from_secs(60);
/// How long a call to a model can be under way at most; one that is open longer was left so by a process that is gone.
const STALE: Duration = Duration::from_secs(15 * 60);
/// Kept answers that are let go of at a time, when their time is over.
const PRUNED: u32 = 1_000;

/// Settles calls to models that a process left open, at all that was set aside for them, and lets go of kept answers
/// whose time is over; at once and every minute, until `stop`.
pub async fn keep_house(store: Store, clock: Arc<dyn Clock>, stop: CancellationToken) {
    loop {
        if let Err(error) = once(&store, &*clock).await {
            tracing::warn!(%error, "housekeeping was left undone; it is tried again in a minute");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn once(store: &Store, clock: &dyn Clock) -> Result<(), StoreError> {
    let now = clock.now();
    let released = store.release_stale_calls(now - STALE, now).await?;
    if released > 0 {
        tracing::info!(released, "calls to a model that nobody settled count in full");
    }
    store.prune_responses(now, PRUNED).await.map(drop)
}
