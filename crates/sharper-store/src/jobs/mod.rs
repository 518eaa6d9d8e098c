//! Jobs: accepted work, and who is at it.
//!
//! ```text
//! queued ──claim──▶ running ──finish──▶ complete | failed | cancelled
//!    ▲                 │ retry, release, lease over
//!    └─────────────────┘            (cancel: queued ▶ cancelled at once; running ▶ asked, the worker ends it)
//! ```
//!
//! A running job has a worker and a lease that the worker renews. Each claim raises the job's fence by one, and
//! a worker writes only with the fence of its claim: one that slept past its lease writes nothing. A job ends
//! exactly once, in the transaction that holds its last event and what it made.

mod accept;
mod finish;
mod lease;
mod limits;
mod look;

use std::fmt;
use std::str::FromStr;

use sharper_domain::JobId;

pub use self::accept::{Accepted, NewJob, NewLease};
pub use self::finish::{CancelAnswer, End, Ending, finish, request_cancel};
pub use self::lease::{CRASHES, ClaimedJob, Expired, Heartbeat, claim};
pub(crate) use self::limits::Limits;
pub use self::look::{Job, JobAsked, QueueDepth};
use crate::conn::{FromValue, Value};

/// A worker, by a name that no other process has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WorkerId(pub String);

impl fmt::Display for WorkerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&WorkerId> for Value {
    fn from(worker: &WorkerId) -> Self {
        Value::from(&worker.0)
    }
}

/// The right to write for a job: it ends when the job does, or when another worker claims the job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Lease {
    /// The job.
    pub job: JobId,
    /// The number of the claim.
    pub fence: i64,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for a worker.
    Queued,
    /// A worker is at it.
    Running,
    /// It is done and what it made is kept.
    Complete,
    /// It could not be done.
    Failed,
    /// The user did not want it any more.
    Cancelled,
}

impl JobState {
    const ALL: [JobState; 5] =
        [JobState::Queued, JobState::Running, JobState::Complete, JobState::Failed, JobState::Cancelled];

    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            JobState::Queued => "queued",
            JobState::Running => "running",
            JobState::Complete => "complete",
            JobState::Failed => "failed",
            JobState::Cancelled => "cancelled",
        }
    }

    /// Whether it has ended for good.
    pub fn is_ended(self) -> bool {
        !matches!(self, JobState::Queued | JobState::Running)
    }
}

impl FromStr for JobState {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        JobState::ALL.into_iter().find(|state| state.as_str() == word).ok_or(())
    }
}

impl FromValue for JobState {
    fn from_value(value: &Value) -> Option<Self> {
        String::from_value(value)?.parse().ok()
    }
}

impl From<JobState> for Value {
    fn from(state: JobState) -> Self {
        Value::from(state.as_str())
    }
}
