//! Ending a job: exactly once, with its last event, what it made and what came of its experiment, in one transaction.

use serde_json::Value as Json;
use sharper_domain::{Event, JobId, Problem, ProblemCode, Timestamp, UserId};

use super::{JobState, Lease};
use crate::conn::{Conn, Sql, Value, locking, params};
use crate::events::{self, StoredEvent};
use crate::experiments::{self, NewRun};
use crate::material::{self, NewMaterial};
use crate::passages::{self, Remade};
use crate::{Durability, Store, StoreError};

/// How a worker ends a job.
#[derive(Debug, Clone, PartialEq)]
pub struct Ending {
    /// The last events, the terminal one last. There must be one.
    pub events: Vec<StoredEvent>,
    /// What became of it.
    pub end: End,
    /// What came of the variant of an experiment that it ran under.
    pub trial: Option<NewRun>,
    /// The moment.
    pub now: Timestamp,
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq)]
pub enum End {
    /// It is done.
    Complete {
        /// The result of the wire.
        result: Json,
        /// What it made.
        made: Option<Box<NewMaterial>>,
        /// What it wrote anew, in the places of items that were there.
        remade: Vec<Remade>,
    },
    /// It could not be done.
    Failed {
        /// Why, for the user.
        problem: Problem,
    },
    /// The user did not want it any more.
    Cancelled,
}

/// What became of the wish to cancel a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelAnswer {
    /// It was waiting and is cancelled now.
    Cancelled,
    /// A worker is at it and will be told; it may still be done before.
    Asked,
    /// It had ended already, like this.
    Ended(JobState),
}

const HELD: Sql =
    locking!("SELECT user_id FROM jobs WHERE id = $1 AND fence = $2 AND state = 'running'", "FOR UPDATE");
const END: &str = "UPDATE jobs SET state = $2, problem = $3, result = $4, last_seq = $5, ended_at = $6, \
    worker = NULL, lease_until = NULL WHERE id = $1";
const CONCLUDE: &str = "UPDATE jobs SET state = $2, problem = $3, last_seq = $4, ended_at = $5, \
    worker = NULL, lease_until = NULL WHERE id = $1";
const STATE: Sql = locking!("SELECT state FROM jobs WHERE user_id = $1 AND id = $2", "FOR UPDATE");
const ASK: &str = "UPDATE jobs SET cancel_requested = TRUE WHERE user_id = $1 AND id = $2";

/// Ends a job that is held by this lease.
///
/// # Errors
/// `LeaseLost` when it is not; `Conflict` when an event's number is not the next or what was made has an id that
/// is taken; `Internal` when there is no event, or what was made is another user's.
pub fn finish(conn: &mut Conn<'_>, lease: Lease, ending: &Ending) -> Result<(), StoreError> {
    let last = ending.events.last().ok_or_else(|| StoreError::internal("a job ends with an event"))?;
    let (state, problem, result) = match &ending.end {
        End::Complete { result, .. } => (JobState::Complete, None, Some(Value::json(result)?)),
        End::Failed { problem } => (JobState::Failed, Some(Value::json(problem)?), None),
        End::Cancelled => (JobState::Cancelled, Some(Value::json(&cancelled())?), None),
    };
    let (made, remade) = match &ending.end {
        End::Complete { made, remade, .. } => (made.as_deref(), remade.as_slice()),
        End::Failed { .. } | End::Cancelled => (None, &[][..]),
    };
    let job = conn.query_opt(HELD, params![lease.job, lease.fence])?.ok_or(StoreError::LeaseLost)?;
    events::append_last(conn, lease.job, &ending.events)?;
    conn.execute(END, params![lease.job, state, problem, result, last.seq, ending.now])?;
    let user: UserId = job.get("user_id")?;
    if let Some(new) = made {
        if user != new.material.user_id {
            return Err(StoreError::internal("what a job makes belongs to the user who asked for it"));
        }
        material::add(conn, new)?;
    }
    passages::replace(conn, &user, remade)?;
    match &ending.trial {
        Some(run) => {
            experiments::add(conn, lease.job, &user, made.map(|new| new.material.id), run, ending.now)
        }
        None => Ok(()),
    }
}

/// Ends a job whose row the caller has locked, with an event made here.
pub(super) fn conclude(
    conn: &mut Conn<'_>,
    job: JobId,
    state: JobState,
    problem: &Problem,
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = Event::Error { code: problem.code, message: problem.detail.clone() };
    let event = StoredEvent::new(events::next_seq(conn, job)?, &event, now);
    conn.execute(CONCLUDE, params![job, state, Value::json(problem)?, event.seq, now])?;
    events::append_last(conn, job, &[event])
}

pub(super) fn cancelled() -> Problem {
    Problem::new(ProblemCode::Cancelled, "You cancelled this.")
}

/// Cancels a job that waits, or asks for a running one to be cancelled.
///
/// # Errors
/// `NotFound` when the user has no such job.
pub fn request_cancel(
    conn: &mut Conn<'_>,
    user: &UserId,
    job: JobId,
    now: Timestamp,
) -> Result<CancelAnswer, StoreError> {
    match conn.query_one(STATE, params![user, job])?.get("state")? {
        JobState::Queued => {
            conclude(conn, job, JobState::Cancelled, &cancelled(), now)?;
            Ok(CancelAnswer::Cancelled)
        }
        JobState::Running => {
            conn.execute(ASK, params![user, job])?;
            Ok(CancelAnswer::Asked)
        }
        ended => Ok(CancelAnswer::Ended(ended)),
    }
}

impl Store {
    /// Ends a job: its last events, its state, what it made and its run of an experiment are on the disk together, or
    /// none of them is.
    ///
    /// # Errors
    /// As for `jobs::finish`. The job is as it was then.
    pub async fn finish_job(&self, lease: Lease, ending: Ending) -> Result<(), StoreError> {
        self.house().write(Durability::Synced, move |conn| finish(conn, lease, &ending)).await
    }

    /// Cancels a job that waits, or asks for a running one to be cancelled.
    ///
    /// # Errors
    /// `NotFound` when the user has no such job.
    pub async fn request_cancel(
        &self,
        user: UserId,
        job: JobId,
        now: Timestamp,
    ) -> Result<CancelAnswer, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| request_cancel(conn, &user, job, now)).await
    }
}
