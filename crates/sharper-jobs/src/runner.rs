//! The runner: takes jobs that were handed over or wait in the database, and keeps their leases alive.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sharper_agents::Agents;
use sharper_domain::{Clock, JobId, Timestamp};
use sharper_store::Store;
use sharper_store::jobs::{ClaimedJob, Lease, WorkerId};
use sharper_store::live::Handed;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, Span};

use crate::JobSettings;
use crate::run::Bench;

/// Runs jobs in this process.
pub struct Runner {
    bench: Bench,
    settings: JobSettings,
    worker: WorkerId,
    places: Arc<Semaphore>,
    running: Arc<Mutex<HashMap<JobId, Lease>>>,
    jobs: TaskTracker,
    handed: mpsc::UnboundedReceiver<Handed>,
}

impl Runner {
    /// A runner. From now on the door can hand jobs to it; they start when `run` does.
    pub fn new(store: Store, agents: Agents, clock: Arc<dyn Clock>, settings: JobSettings) -> Self {
        let worker = WorkerId(JobId::new(clock.now()).to_string());
        let places = Arc::new(Semaphore::new(settings.places));
        let handed = store.handoff().open(worker.clone(), places.clone());
        Self {
            bench: Bench { store, agents, clock },
            settings,
            worker,
            places,
            running: Arc::default(),
            jobs: TaskTracker::new(),
            handed,
        }
    }

    /// Runs jobs until `stop`; then gives those under way back, so that they start again elsewhere or later.
    pub async fn run(mut self, stop: CancellationToken) {
        let mut poll = every(self.settings.poll_seconds);
        let mut heartbeat = every(self.settings.heartbeat_seconds);
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                Some(Handed { job, place, origin }) = self.handed.recv() => self.start(job, place, &origin),
                () = self.bench.store.handoff().woken() => self.claim().await,
                _ = poll.tick() => {
                    // Our own leases first: after a sleep of the machine they are over, and still ours.
                    self.heartbeat().await;
                    self.expire().await;
                    self.cancel().await;
                    self.claim().await;
                }
                _ = heartbeat.tick() => self.heartbeat().await,
            }
        }
        self.drain().await;
    }

    /// Starts a job; `origin` is the span of the request that it came with.
    fn start(&self, job: ClaimedJob, place: OwnedSemaphorePermit, origin: &Span) {
        let span = span(&job);
        span.follows_from(origin);
        let bench = self.bench.clone();
        lock(&self.running).insert(job.lease.job, job.lease);
        let ended = Ended {
            running: self.running.clone(),
            lease: job.lease,
            place: Some(place),
            store: bench.store.clone(),
        };
        let working = async move {
            let _ended = ended;
            bench.run(job).await;
        };
        self.jobs.spawn(working.instrument(span));
    }

    /// Claims as many waiting jobs as there are free places.
    async fn claim(&self) {
        // Taken first: the door may be giving places away while the claim is under way, and jobs that were handed
        // over wait in this loop's own inbox.
        let mut places = Vec::new();
        while let Ok(place) = self.places.clone().try_acquire_owned() {
            places.push(place);
        }
        let free = places.len();
        if free == 0 {
            return;
        }
        self.bench.store.handoff().taking();
        let now = self.bench.clock.now();
        let limit = u32::try_from(free).unwrap_or(u32::MAX);
        match self.bench.store.claim_jobs(self.worker.clone(), now, self.lease_from(now), limit).await {
            Ok(jobs) => {
                if jobs.len() == free {
                    self.bench.store.handoff().wake();
                }
                for (job, place) in jobs.into_iter().zip(places) {
                    self.start(job, place, &Span::none());
                }
            }
            Err(error) => tracing::warn!(%error, "cannot look for waiting jobs"),
        }
    }

    /// Puts jobs whose worker has gone silent back into the queue, and sets aside those that crash workers.
    async fn expire(&self) {
        match self.bench.store.expire_leases(self.bench.clock.now()).await {
            Ok(expired) if expired.requeued.is_empty() && expired.quarantined.is_empty() => {}
            Ok(expired) => {
                let (requeued, quarantined) = (expired.requeued.len(), expired.quarantined.len());
                tracing::warn!(requeued, quarantined, "jobs whose worker went silent");
            }
            Err(error) => tracing::warn!(%error, "cannot look for jobs whose worker went silent"),
        }
    }

    async fn heartbeat(&self) {
        let leases: Vec<Lease> = lock(&self.running).values().copied().collect();
        if leases.is_empty() {
            return;
        }
        let until = self.lease_from(self.bench.clock.now());
        match self.bench.store.heartbeat(self.worker.clone(), leases, until).await {
            // A job that is no longer ours writes nothing more, its fence is old; asking it to stop saves work.
            Ok(told) => self.ask_to_stop(told.lost.iter().chain(&told.cancel)),
            Err(error) => tracing::warn!(%error, "cannot renew leases"),
        }
    }

    /// Jobs that run here and are wanted no more.
    async fn cancel(&self) {
        if lock(&self.running).is_empty() {
            return;
        }
        match self.bench.store.cancel_wishes(self.worker.clone()).await {
            Ok(jobs) => self.ask_to_stop(&jobs),
            Err(error) => tracing::warn!(%error, "cannot look for cancelled jobs"),
        }
    }

    fn ask_to_stop<'j>(&self, jobs: impl IntoIterator<Item = &'j JobId>) {
        jobs.into_iter().for_each(|job| self.bench.store.streams().cancel(*job));
    }

    /// Gives back what runs here.
    async fn drain(mut self) {
        let store = &self.bench.store;
        store.handoff().close();
        let mut left: Vec<Lease> = Vec::new();
        self.jobs.close();
        // Most jobs take milliseconds: let those end that can. What is still being handed over comes in the meantime.
        let handed = async {
            while let Some(Handed { job, .. }) = self.handed.recv().await {
                left.push(job.lease);
            }
        };
        let both = async { tokio::join!(handed, self.jobs.wait()) };
        let _ = tokio::time::timeout(Duration::from_secs(1), both).await;
        left.extend(lock(&self.running).values());
        for lease in &left {
            if let Err(error) = store.release_job(*lease, self.bench.clock.now()).await {
                tracing::warn!(job = %lease.job, %error, "could not give a job back; its lease will run out");
            }
        }
        if !left.is_empty() {
            tracing::info!(jobs = left.len(), "gave back the jobs under way");
        }
    }

    fn lease_from(&self, now: Timestamp) -> Timestamp {
        now + Duration::from_secs(self.settings.lease_seconds)
    }
}

/// Frees a job's place when the job ends, however it ends.
struct Ended {
    running: Arc<Mutex<HashMap<JobId, Lease>>>,
    lease: Lease,
    place: Option<OwnedSemaphorePermit>,
    store: Store,
}

impl Drop for Ended {
    fn drop(&mut self) {
        let mut running = lock(&self.running);
        // The job may have been taken from us and claimed again, by us: then the entry is the newer run's.
        if running.get(&self.lease.job) == Some(&self.lease) {
            running.remove(&self.lease.job);
        }
        drop(running);
        drop(self.place.take());
        self.store.handoff().place_is_free();
    }
}

fn every(seconds: u64) -> tokio::time::Interval {
    let mut interval = interval(Duration::from_secs(seconds.max(1)));
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

fn lock(running: &Mutex<HashMap<JobId, Lease>>) -> std::sync::MutexGuard<'_, HashMap<JobId, Lease>> {
    // Inserting and removing cannot panic half-way.
    running.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The span of a job. At the level of errors, so that every line that is logged in it names it.
fn span(job: &ClaimedJob) -> Span {
    let kind = job.kind.as_str();
    tracing::error_span!(
        "job",
        job = %job.lease.job,
        otel.name = format!("job {kind}"),
        otel.kind = "consumer",
        kind,
        attempt = job.attempts,
    )
}
