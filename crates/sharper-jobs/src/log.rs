//! The event log of one running job: number, store, then show. Never the other way round.

use std::sync::Arc;

use sharper_domain::{Clock, Event};
use sharper_store::events::StoredEvent;
use sharper_store::jobs::Lease;
use sharper_store::live::LiveLog;
use sharper_store::{Store, StoreError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Events that one transaction stores at most.
const BATCH: usize = 64;

/// Writes the log of one job.
pub(crate) struct Log<'a> {
    pub(crate) store: &'a Store,
    pub(crate) clock: &'a dyn Clock,
    pub(crate) lease: Lease,
    pub(crate) live: Arc<LiveLog>,
    /// The number of the next event.
    pub(crate) next: i64,
}

impl Log<'_> {
    /// Stores and shows all that comes, until the channel closes. Fails when the job is no longer ours, or
    /// when its events cannot be stored.
    /// After `enough` nothing more is taken in; what was told before is still stored.
    pub(crate) async fn follow(
        &mut self,
        events: &mut mpsc::Receiver<Event>,
        enough: &CancellationToken,
    ) -> Result<(), StoreError> {
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let told = tokio::select! {
                biased;
                () = enough.cancelled(), if !events.is_closed() => {
                    events.close();
                    continue;
                }
                told = events.recv_many(&mut batch, BATCH) => told,
            };
            if told == 0 {
                break;
            }
            let numbered: Vec<StoredEvent> = batch.drain(..).map(|event| self.number(&event)).collect();
            self.store.append_events(self.lease, numbered.clone()).await?;
            self.live.publish(&numbered);
        }
        Ok(())
    }

    /// Gives an event its number.
    pub(crate) fn number(&mut self, event: &Event) -> StoredEvent {
        let seq = self.next;
        self.next += 1;
        StoredEvent::new(seq, event, self.clock.now())
    }
}
