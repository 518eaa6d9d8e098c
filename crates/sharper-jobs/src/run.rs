//! One job, from claim to end.

use std::sync::Arc;
use std::time::Duration;

use sharper_agents::experiments::Trial;
use sharper_agents::{Agents, Assignment, Before, Made, Told};
use sharper_domain::{Clock, Event, Fault, NoteId, Problem, ProblemCode, Request};
use sharper_store::events::StoredEvent;
use sharper_store::jobs::{ClaimedJob, End, Ending};
use sharper_store::live::LiveLog;
use sharper_store::{Store, StoreError};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::log::Log;

/// Events that may wait to be stored before the author waits too.
const EVENTS: usize = 64;
/// How often a job is begun at most before what is in its way is said to be the end of it.
const ATTEMPTS: i32 = 5;
/// How long one attempt may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(15 * 60);
/// How long a job waits for its second attempt; each further one waits twice as long.
const LATER: Duration = Duration::from_secs(1);
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
        let task = self.assignment(&job);
        let trial = task.as_ref().ok().and_then(|task| task.trial.clone());
        match self.attempt(&job, task).await {
            Ok(()) => tracing::debug!(job = %id, attempt, "job ended"),
            Err(StoreError::LeaseLost) => {
                tracing::info!(job = %id, attempt, "job was taken over or cancelled")
            }
            // The store will say the same the next time: the job must not go round for ever.
            Err(error) if attempt >= ATTEMPTS && !passes(&error) => {
                let problem = sharper_agents::problem_of(error);
                tracing::error!(job = %id, attempt, "job cannot be kept; it is given up");
                self.give_up(&job, problem, trial.as_ref()).await;
            }
            Err(error) => {
                tracing::warn!(job = %id, attempt, %error, "job broke off; it will be tried again");
                self.try_again_later(&job, sharper_agents::problem_of(error)).await;
            }
        }
    }

    /// Puts a job back, to be tried again after a while that doubles with each attempt. Where even that cannot be
    /// written, its lease runs out and it is claimed anew.
    async fn try_again_later(&self, job: &ClaimedJob, problem: Problem) {
        let doublings = u32::try_from(job.attempts - 1).unwrap_or(0).min(8);
        let now = self.clock.now();
        let later = now + LATER * 2u32.pow(doublings);
        if let Err(error) = self.store.retry_job(job.lease, later, problem, now).await {
            tracing::warn!(job = %job.lease.job, %error, "a job could not be put back");
        }
    }

    /// Ends a job that fails each time in the same way. Where even that cannot be written, its lease runs out, and it is
    /// counted as one that stops the program.
    async fn give_up(&self, job: &ClaimedJob, problem: Problem, trial: Option<&Trial>) {
        let written = async {
            let stored = self.store.events_after(job.lease.job, 0, REPLAYED).await?;
            let next = stored.last().map_or(job.first_seq, |event| event.seq + 1);
            let live = self.store.streams().open(job.lease.job, &job.session_id, &job.user_id, stored);
            let _close = Close { store: &self.store, live: &live };
            let (store, clock) = (&self.store, &*self.clock);
            let mut log = Log { store, clock, lease: job.lease, live: live.clone(), next };
            self.finish(job, &mut log, Err(problem), trial).await
        };
        if let Err(error) = written.await {
            tracing::error!(job = %job.lease.job, %error, "a job could not be given up");
        }
    }

    /// What is to be done, with nothing done yet.
    fn assignment(&self, job: &ClaimedJob) -> Result<Assignment, Problem> {
        let request: Request = serde_json::from_value(job.request.clone()).map_err(|_| {
            let detail =
                "This request was written by another version and cannot be read any more. Ask again.";
            Problem::new(ProblemCode::Internal, detail)
        })?;
        Ok(Assignment {
            job_id: job.lease.job,
            user_id: job.user_id.clone(),
            session_id: job.session_id.clone(),
            notes: notes_of(job, &request)?,
            trial: self.agents.trial(&job.user_id, &request),
            request,
            before: Before::default(),
        })
    }

    async fn attempt(&self, job: &ClaimedJob, task: Result<Assignment, Problem>) -> Result<(), StoreError> {
        let stored = match job.next_seq - job.first_seq {
            0 => Vec::new(),
            _ => self.store.events_after(job.lease.job, 0, REPLAYED).await?,
        };
        let before = before(&stored);
        let fresh = stored.is_empty();
        let live = self.store.streams().open(job.lease.job, &job.session_id, &job.user_id, stored);
        let _close = Close { store: &self.store, live: &live };
        let (store, clock) = (&self.store, &*self.clock);
        let mut log = Log { store, clock, lease: job.lease, live: live.clone(), next: job.next_seq };
        let (made, trial) = match task {
            Ok(task) => {
                let task = Assignment { before, ..task };
                (self.perform_and_log(&task, &live, &mut log, fresh).await?, task.trial)
            }
            Err(problem) => (Err(problem), None),
        };
        match made {
            // Something was away for a moment. The student has waited already: try again before giving up.
            Err(problem) if problem.code == ProblemCode::Unavailable && job.attempts < ATTEMPTS => {
                self.try_again_later(job, problem).await;
                Ok(())
            }
            made => self.finish(job, &mut log, made, trial.as_ref()).await,
        }
    }

    /// Lets the agents work while the log is written. The inner result is the job's own end.
    async fn perform_and_log(
        &self,
        task: &Assignment,
        live: &LiveLog,
        log: &mut Log<'_>,
        fresh: bool,
    ) -> Result<Result<Made, Problem>, StoreError> {
        let (sender, mut events) = mpsc::channel(EVENTS);
        let enough = CancellationToken::new();
        let working = async {
            if fresh {
                let _ = sender.send(Event::Start { session_id: task.session_id.clone() }).await;
            }
            let cancelled = Problem::new(ProblemCode::Cancelled, "You cancelled this.");
            tokio::select! {
                biased;
                () = live.cancelled() => {
                    // Closes the log to the author, who may be computing and would go on telling.
                    enough.cancel();
                    Err(cancelled)
                }
                made = tokio::time::timeout(DEADLINE, self.agents.perform(task, sender)) => {
                    made.unwrap_or_else(|_| {
                        enough.cancel();
                        self.agents.ran_out_of_time(task, DEADLINE);
                        Err(too_long())
                    })
                }
            }
        };
        let (made, logged) = {
            let working = std::pin::pin!(working);
            let logging = std::pin::pin!(log.follow(&mut events, &enough));
            join_or_fail(working, logging).await?
        };
        logged?;
        Ok(made)
    }

    /// The end, all or nothing: content, state, last event and the run of an experiment in one transaction.
    async fn finish(
        &self,
        job: &ClaimedJob,
        log: &mut Log<'_>,
        made: Result<Made, Problem>,
        trial: Option<&Trial>,
    ) -> Result<(), StoreError> {
        let (event, end) = match made {
            Ok(Made { outcome, saved, new, remade }) => {
                let result = serde_json::to_value(&saved).expect("it has only string keys");
                let event = Event::Complete { outcome: Box::new(outcome), saved: Box::new(saved) };
                (event, End::Complete { result, made: new.map(Box::new), remade })
            }
            Err(problem) => {
                let event = Event::Error { code: problem.code, message: problem.detail.clone() };
                let cancelled = problem.code == ProblemCode::Cancelled;
                (event, if cancelled { End::Cancelled } else { End::Failed { problem } })
            }
        };
        let state = match &end {
            End::Complete { .. } => "complete",
            End::Failed { .. } => "failed",
            End::Cancelled => "cancelled",
        };
        let last = log.number(&event);
        let trial = trial.and_then(Trial::run);
        let ending = Ending { events: vec![last.clone()], end, trial, now: self.clock.now() };
        self.store.finish_job(job.lease, ending).await?;
        metrics::counter!("study_sharper_jobs_total", "kind" => job.kind.as_str(), "state" => state)
            .increment(1);
        log.live.publish(&[last]);
        Ok(())
    }
}

fn too_long() -> Problem {
    let detail = "This took longer than 15 minutes and was stopped. Try it with less text, or later.";
    Problem::new(ProblemCode::RequestTimeout, detail)
}

/// Whether the same may go well another time.
fn passes(error: &StoreError) -> bool {
    matches!(error, StoreError::Unavailable(_) | StoreError::Busy | StoreError::Full)
}

/// Closes a live log when the attempt ends, however it ends: who watches then reads on in the database.
struct Close<'a> {
    store: &'a Store,
    live: &'a LiveLog,
}

impl Drop for Close<'_> {
    fn drop(&mut self) {
        self.store.streams().close(self.live);
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
fn notes_of(job: &ClaimedJob, request: &Request) -> Result<Vec<NoteId>, Problem> {
    match job.note_id {
        Some(note) => Ok(vec![note]),
        None if request.content.is_some() => {
            Err(Problem::new(ProblemCode::EmptyNotes, "The note was deleted before anything was made of it."))
        }
        None => Ok(request.explicit_note_ids.clone()),
    }
}

/// What an interrupted job had shown and not taken back.
fn before(stored: &[StoredEvent]) -> Before {
    #[derive(serde::Deserialize)]
    struct Withdrawn {
        data: Numbered,
    }
    #[derive(serde::Deserialize)]
    struct Numbered {
        number: u32,
        fault: Fault,
    }
    let mut before = Before::default();
    for event in stored {
        match event.kind.as_str() {
            "item" => {
                if let Ok(told) = serde_json::from_str::<Told>(&event.body) {
                    before.last_number = before.last_number.max(told.number);
                    before.accepted.push(told);
                }
            }
            "withdrawn" => {
                let Ok(taken) = serde_json::from_str::<Withdrawn>(&event.body) else { continue };
                let at = before.accepted.iter().position(|told| told.number == taken.data.number);
                if let Some(at) = at {
                    before.withdrawn.push((before.accepted.remove(at), taken.data.fault));
                }
            }
            _ => {}
        }
    }
    before
}
