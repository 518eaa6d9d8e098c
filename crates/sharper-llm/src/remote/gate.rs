//! `Gate`: how many calls are under way at once, and how many may wait.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::Error;

/// The door to the server.
#[derive(Debug)]
pub(crate) struct Gate {
    /// One for each call that is under way or waits.
    admitted: Arc<Semaphore>,
    /// One for each call that is under way.
    running: Arc<Semaphore>,
}

/// A place among the calls under way, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    _admitted: OwnedSemaphorePermit,
    _running: OwnedSemaphorePermit,
}

impl Gate {
    pub(crate) fn new(concurrency: usize, queue: usize) -> Self {
        let most = |n: usize| Arc::new(Semaphore::new(n.min(Semaphore::MAX_PERMITS)));
        Self { admitted: most(concurrency.saturating_add(queue)), running: most(concurrency) }
    }

    /// Waits for a place, the first come first. `Busy` at once when too many wait, `Timeout` when none comes free.
    pub(crate) async fn enter(&self, deadline: Instant) -> Result<Place, Error> {
        let full = |_| Error::busy(None, "too many calls wait already");
        let admitted = Arc::clone(&self.admitted).try_acquire_owned().map_err(full)?;
        let running = timeout_at(deadline, Arc::clone(&self.running).acquire_owned()).await;
        match running {
            Ok(Ok(running)) => Ok(Place { _admitted: admitted, _running: running }),
            Ok(Err(_)) | Err(_) => Err(Error::timeout("no place among the calls came free")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Class;
    use std::time::Duration;

    #[tokio::test(start_paused = true)]
    async fn one_more_than_may_wait_is_busy_and_who_waits_too_long_times_out() {
        let gate = Gate::new(1, 1);
        let soon = || Instant::now() + Duration::from_secs(1);
        let place = gate.enter(soon()).await.unwrap();
        let (waits, refused) = tokio::join!(gate.enter(soon()), gate.enter(soon()));
        assert_eq!(waits.unwrap_err().class(), Class::Timeout);
        assert_eq!(refused.unwrap_err().class(), Class::Busy);
        drop(place);
        assert!(gate.enter(soon()).await.is_ok());
    }
}
