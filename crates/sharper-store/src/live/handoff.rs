//! The short way from the door to the runner of the same process.
//!
//! A job that finds a free place is inserted as running, leased to this process, and handed over: the claim
//! costs no transaction of its own, so a generation needs two syncs and not three.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};

use crate::jobs::{ClaimedJob, WorkerId};

/// A job with the place that it runs in.
pub struct Handed {
    /// The job, leased to this process.
    pub job: ClaimedJob,
    /// Its place; dropping it frees the place.
    pub place: OwnedSemaphorePermit,
    /// The span of the request that it came with.
    pub origin: tracing::Span,
}

/// Where the door asks for a place, and the runner for work.
#[derive(Clone)]
pub struct Handoff {
    desk: Arc<Mutex<Option<Desk>>>,
    work: Arc<Notify>,
    /// Jobs may be waiting in the database that no place was free for.
    waiting: Arc<AtomicBool>,
}

#[derive(Clone)]
struct Desk {
    worker: WorkerId,
    places: Arc<Semaphore>,
    jobs: mpsc::UnboundedSender<Handed>,
}

/// A free place in this process's runner.
pub struct Slot {
    /// The worker that the job must be leased to.
    pub worker: WorkerId,
    place: OwnedSemaphorePermit,
    jobs: mpsc::UnboundedSender<Handed>,
}

impl Default for Handoff {
    fn default() -> Self {
        Self { desk: Arc::default(), work: Arc::new(Notify::new()), waiting: Arc::default() }
    }
}

impl Handoff {
    /// Opens the desk: from now on jobs may be handed to `worker`, each with one of `places`.
    /// The channel needs no bound of its own: each message holds a place.
    pub fn open(&self, worker: WorkerId, places: Arc<Semaphore>) -> mpsc::UnboundedReceiver<Handed> {
        let (jobs, receiver) = mpsc::unbounded_channel();
        *self.desk() = Some(Desk { worker, places, jobs });
        receiver
    }

    /// Closes the desk: jobs are only queued from now on.
    pub fn close(&self) {
        *self.desk() = None;
    }

    /// A free place, if the runner of this process has one.
    pub fn reserve(&self) -> Option<Slot> {
        if self.waiting.load(Ordering::Acquire) {
            // Who came first is first: a free place is for what waits.
            return None;
        }
        let desk = self.desk().clone()?;
        let place = desk.places.try_acquire_owned().ok()?;
        Some(Slot { worker: desk.worker, place, jobs: desk.jobs })
    }

    /// Tells the runner that a job waits in the database.
    pub fn wake(&self) {
        self.waiting.store(true, Ordering::Release);
        self.work.notify_one();
    }

    /// A place is free: tells the runner, if a job was left waiting for one.
    pub fn place_is_free(&self) {
        if self.waiting.load(Ordering::Acquire) {
            self.work.notify_one();
        }
    }

    /// The runner is about to take all that waits; what is left over it tells by `wake`.
    pub fn taking(&self) {
        self.waiting.store(false, Ordering::Release);
    }

    /// Waits until a job may be waiting in the database.
    pub async fn woken(&self) {
        self.work.notified().await;
    }

    fn desk(&self) -> std::sync::MutexGuard<'_, Option<Desk>> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    /// Hands the job over, with the span that is current. When the runner has gone, the lease runs out and the job is claimed anew.
    pub fn hand_over(self, job: ClaimedJob) {
        let _ = self.jobs.send(Handed { job, place: self.place, origin: tracing::Span::current() });
    }
}
