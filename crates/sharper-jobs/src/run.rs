//! One job, from claim to end.

use std::sync::Arc;

use sharper_agents::{Agents, Assignment, Made};
use sharper_domain::{Clock, Event, Flashcard, Problem, ProblemCode};
use sharper_store::events::StoredEvent;
use sharper_store::jobs::{ClaimedJob, End, Ending};
use sharper_store::live::LiveLog;
use sharper_store::{Store, StoreError};
use tokio::sync::mpsc;

use crate::log::Log;

/// Events that may wait to be stored before the author waits too.
const EVENTS: usize = 64;
/// Events of an interrupted job that are read back: more than any job writes.
const REPLAYED: u32 = 5_000;

/// What a job needs to run.
#[derive(Clone)]
pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) agents: Agents,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Bench {
    /// Runs a claimed job to its end. What cannot be ended now stays leased, and is claimed again later.
    pub(crate) async fn run(&self, job: ClaimedJob) {
        let (id, attempt) = (job.lease.job, job.attempts);
        match self.attempt(&job).await {
            Ok(()) => tracing::debug!(job = %id, attempt, "job ended"),
            Err(StoreError::LeaseLost) => {
                tracing::info!(job = %id, attempt, "job was taken over or cancelled")
            }
            Err(error) => {
                tracing::warn!(job = %id, attempt, %error, "job broke off; it will be tried again");
            }
        }
    }

    async fn attempt(&self, job: &ClaimedJob) -> Result<(), StoreError> {
        let stored = match job.next_seq - job.first_seq {
            0 => Vec::new(),
            _ => self.store.events_after(job.lease.job, 0, REPLAYED).await?,
        };
        let accepted = accepted_before(&stored);
        let fresh = stored.is_empty();
        let live = self.store.streams().open(job.lease.job, &job.session_id, &job.user_id, stored);
        let (store, clock) = (&self.store, &*self.clock);
        let mut log = Log { store, clock, lease: job.lease, live: live.clone(), next: job.next_seq };
        let result = self.perform_and_log(job, &live, &mut log, accepted, fresh).await;
        let result = match result {
            Ok(made) => self.finish(job, &mut log, made).await,
            Err(error) => Err(error),
        };
        self.store.streams().close(&live);
        result
    }

    /// Lets the agents work while the log is written. The inner result is the job's own end.
    async fn perform_and_log(
        &self,
        job: &ClaimedJob,
        live: &LiveLog,
        log: &mut Log<'_>,
        accepted: Vec<Flashcard>,
        fresh: bool,
    ) -> Result<Result<Made, Problem>, StoreError> {
        let Ok(request) = serde_json::from_value(job.request.clone()) else {
            return Ok(Err(Problem::new(
                ProblemCode::Internal,
                "This request was written by another version and cannot be read any more. Ask again.",
            )));
        };
        let task = Assignment {
            job_id: job.lease.job,
            user_id: job.user_id.clone(),
            session_id: job.session_id.clone(),
            notes: notes_of(job, &request),
            request,
            accepted,
        };
        let (sender, mut events) = mpsc::channel(EVENTS);
        let working = async {
            if fresh {
                let _ = sender.send(Event::Start { session_id: job.session_id.clone() }).await;
            }
            let cancelled = Problem::new(ProblemCode::Cancelled, "You cancelled this.");
            tokio::select! {
                biased;
                () = live.cancelled() => Err(cancelled),
                made = self.agents.perform(&task, sender) => made,
            }
        };
        let (made, logged) = {
            let working = std::pin::pin!(working);
            let logging = std::pin::pin!(log.follow(&mut events));
            join_or_fail(working, logging).await?
        };
        logged?;
        Ok(made)
    }

    /// The end, all or nothing: content, state and last event in one transaction.
    async fn finish(
        &self,
        job: &ClaimedJob,
        log: &mut Log<'_>,
        made: Result<Made, Problem>,
    ) -> Result<(), StoreError> {
        let (event, end) = match made {
            Ok(Made { outcome, saved, new }) => {
                let result = serde_json::to_value(&saved).expect("it has only string keys");
                let event = Event::Complete { outcome: Box::new(outcome), saved: Box::new(saved) };
                (event, End::Complete { result, made: new })
            }
            Err(problem) => {
                let event = Event::Error { code: problem.code, message: problem.detail.clone() };
                let cancelled = problem.code == ProblemCode::Cancelled;
                (event, if cancelled { End::Cancelled } else { End::Failed { problem } })
            }
        };
        let last = log.number(&event);
        let ending = Ending { events: vec![last.clone()], end, now: self.clock.now() };
        self.store.finish_job(job.lease, ending).await?;
        log.live.publish(&[last]);
        Ok(())
    }
}

/// Waits for both; when the log fails first, the work is dropped at once.
async fn join_or_fail<W: Future, L: Future<Output = Result<(), StoreError>>>(
    mut working: std::pin::Pin<&mut W>,
    mut logging: std::pin::Pin<&mut L>,
) -> Result<(W::Output, L::Output), StoreError> {
    tokio::select! {
        made = working.as_mut() => Ok((made, logging.await)),
        logged = logging.as_mut() => match logged {
            Ok(()) => Ok((working.await, Ok(()))),
            Err(error) => Err(error),
        },
    }
}

/// The notes that a job works from: the one its text became, else those it names.
fn notes_of(job: &ClaimedJob, request: &sharper_domain::Request) -> Vec<sharper_domain::NoteId> {
    match job.note_id {
        Some(note) => vec![note],
        None => request.explicit_note_ids.clone(),
    }
}

/// The items that an interrupted job has shown already: its log is its checkpoint.
fn accepted_before(stored: &[StoredEvent]) -> Vec<Flashcard> {
    #[derive(serde::Deserialize)]
    struct Item {
        data: Flashcard,
    }
    let item = |event: &StoredEvent| serde_json::from_str::<Item>(&event.body).ok();
    stored.iter().filter(|event| event.kind == "item").filter_map(item).map(|item| item.data).collect()
}
