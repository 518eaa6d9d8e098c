//! Claiming jobs, keeping the claim alive, and giving jobs back.

use serde_json::Value as Json;
use sharper_domain::{JobId, NoteId, Problem, ProblemCode, SessionId, TaskKind, Timestamp, UserId};

use super::finish::{cancelled, conclude};
use super::{JobState, Lease, WorkerId};
use crate::conn::{Conn, Row, Sql, Value, locking, params};
use crate::{Durability, Store, StoreError, events};

/// After this many workers died at a job it is not given to another.
pub const CRASHES: i32 = 3;

/// A job that a worker has claimed.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedJob {
    /// The right to write for it.
    pub lease: Lease,
    /// Whose it is.
    pub user_id: UserId,
    /// The stream that it is told in.
    pub session_id: SessionId,
    /// What is to be done.
    pub kind: TaskKind,
    /// The request.
    pub request: Json,
    /// The note that came with it.
    pub note_id: Option<NoteId>,
    /// Which attempt this is, from 1.
    pub attempts: i32,
    /// The number of its next event; more than `first_seq` when an earlier attempt told something already.
    pub next_seq: i64,
    /// The number of its first event.
    pub first_seq: i64,
    /// When it was accepted.
    pub created_at: Timestamp,
}

/// What a worker learns when it renews its leases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heartbeat {
    /// These are not its jobs any more: stop at once.
    pub lost: Vec<JobId>,
    /// The user does not want these any more: end them as cancelled.
    pub cancel: Vec<JobId>,
}

/// What became of jobs whose worker went silent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expired {
    /// They wait for another worker.
    pub requeued: Vec<JobId>,
    /// They failed: too many workers died at them.
    pub quarantined: Vec<JobId>,
    /// They were to be cancelled, and now are.
    pub cancelled: Vec<JobId>,
}

const CLAIM: Sql = Sql::each(include_str!("claim.sqlite.sql"), include_str!("claim.postgres.sql"));
const RENEW: &str = "UPDATE jobs SET lease_until = $4 \
    WHERE id = $1 AND fence = $2 AND worker = $3 AND state = 'running' RETURNING cancel_requested";
const SILENT: Sql = locking!(
    "SELECT id, cancel_requested, crashes FROM jobs WHERE state = 'running' AND lease_until <= $1 ORDER BY lease_until",
    "FOR UPDATE SKIP LOCKED"
);
const REQUEUE: &str = "UPDATE jobs SET state = 'queued', worker = NULL, lease_until = NULL, \
    crashes = crashes + 1, run_after = $2 WHERE id = $1";
const HELD: Sql = locking!(
    "SELECT cancel_requested FROM jobs WHERE id = $1 AND fence = $2 AND state = 'running'",
    "FOR UPDATE"
);
const GIVE_BACK: &str = "UPDATE jobs SET state = 'queued', worker = NULL, lease_until = NULL, \
    attempts = attempts - $2, run_after = $3, problem = $4 WHERE id = $1";

/// Claims up to `limit` waiting jobs, in the fair order.
///
/// # Errors
/// Only the store's own.
pub fn claim(
    conn: &mut Conn<'_>,
    worker: &WorkerId,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<ClaimedJob>, StoreError> {
    let rows = conn.query(CLAIM, params![worker, now, lease_until, limit])?;
    let mut claimed = Vec::with_capacity(rows.len());
    for row in &rows {
        let turn: i64 = row.get("turn")?;
        claimed.push((turn, read(conn, row)?));
    }
    // The order of what UPDATE answers is not promised.
    claimed.sort_by_key(|(turn, job)| (*turn, job.created_at, job.lease.job));
    Ok(claimed.into_iter().map(|(_, job)| job).collect())
}

fn read(conn: &mut Conn<'_>, row: &Row) -> Result<ClaimedJob, StoreError> {
    let lease = Lease { job: row.get("id")?, fence: row.get("fence")? };
    Ok(ClaimedJob {
        lease,
        user_id: row.get("user_id")?,
        session_id: row.get("session_id")?,
        kind: row.get("kind")?,
        request: row.json("request")?,
        note_id: row.get("note_id")?,
        attempts: row.get("attempts")?,
        next_seq: events::next_seq(conn, lease.job)?,
        first_seq: row.get("first_seq")?,
        created_at: row.get("created_at")?,
    })
}

fn heartbeat(
    conn: &mut Conn<'_>,
    worker: &WorkerId,
    leases: &[Lease],
    lease_until: Timestamp,
) -> Result<Heartbeat, StoreError> {
    let mut answer = Heartbeat::default();
    for lease in leases {
        match conn.query_opt(RENEW, params![lease.job, lease.fence, worker, lease_until])? {
            None => answer.lost.push(lease.job),
            Some(row) if row.get("cancel_requested")? => answer.cancel.push(lease.job),
            Some(_) => {}
        }
    }
    Ok(answer)
}

/// Leases that end before `until` are over.
fn expire(conn: &mut Conn<'_>, until: Timestamp, now: Timestamp) -> Result<Expired, StoreError> {
    let mut expired = Expired::default();
    for row in conn.query(SILENT, params![until])? {
        let job: JobId = row.get("id")?;
        if row.get("cancel_requested")? {
            conclude(conn, job, JobState::Cancelled, &cancelled(), now)?;
            expired.cancelled.push(job);
        } else if row.get::<i32>("crashes")? + 1 >= CRASHES {
            conclude(conn, job, JobState::Failed, &poisonous(), now)?;
            expired.quarantined.push(job);
        } else {
            conn.execute(REQUEUE, params![job, now])?;
            expired.requeued.push(job);
        }
    }
    Ok(expired)
}

fn poisonous() -> Problem {
    let detail = format!(
        "This request stopped the program {CRASHES} times, so it is not tried again. \
         Try it with less or other text; it has been written to the log."
    );
    Problem::new(ProblemCode::Internal, detail)
}

/// Puts a job back in the queue, or ends it when its user has asked for that meanwhile.
fn give_back(
    conn: &mut Conn<'_>,
    lease: Lease,
    uncounted: i32,
    run_after: Timestamp,
    problem: Option<&Problem>,
    now: Timestamp,
) -> Result<JobState, StoreError> {
    let held = conn.query_opt(HELD, params![lease.job, lease.fence])?.ok_or(StoreError::LeaseLost)?;
    if held.get("cancel_requested")? {
        conclude(conn, lease.job, JobState::Cancelled, &cancelled(), now)?;
        return Ok(JobState::Cancelled);
    }
    let problem = problem.map(Value::json).transpose()?;
    conn.execute(GIVE_BACK, params![lease.job, uncounted, run_after, problem])?;
    Ok(JobState::Queued)
}

impl Store {
    /// Claims up to `limit` waiting jobs whose time has come, in the fair order.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn claim_jobs(
        &self,
        worker: WorkerId,
        now: Timestamp,
        lease_until: Timestamp,
        limit: u32,
    ) -> Result<Vec<ClaimedJob>, StoreError> {
        // A claim that a power cut takes back leaves the job in the queue, where it was.
        self.house()
            .write(Durability::Relaxed, move |conn| claim(conn, &worker, now, lease_until, limit))
            .await
    }

    /// Renews a worker's leases.
    ///
    /// # Errors
    /// Only the store's own; a lease that is lost stands in the answer.
    pub async fn heartbeat(
        &self,
        worker: WorkerId,
        leases: Vec<Lease>,
        lease_until: Timestamp,
    ) -> Result<Heartbeat, StoreError> {
        self.house()
            .write(Durability::Relaxed, move |conn| heartbeat(conn, &worker, &leases, lease_until))
            .await
    }

    /// Takes jobs from workers that did not renew their lease in time.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn expire_leases(&self, now: Timestamp) -> Result<Expired, StoreError> {
        self.house().write(Durability::Synced, move |conn| expire(conn, now, now)).await
    }

    /// Takes every running job from its worker, whatever its lease says. For a process that has just opened a
    /// database that it shares with no other: whoever held a lease is gone.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn take_over(&self, now: Timestamp) -> Result<Expired, StoreError> {
        self.house().write(Durability::Synced, move |conn| expire(conn, Timestamp::MAX, now)).await
    }

    /// Puts a job back to be tried again not before `run_after`. Answers `Queued`, or `Cancelled` when its user
    /// has asked for that meanwhile.
    ///
    /// # Errors
    /// `LeaseLost`.
    pub async fn retry_job(
        &self,
        lease: Lease,
        run_after: Timestamp,
        problem: Problem,
        now: Timestamp,
    ) -> Result<JobState, StoreError> {
        let durability = Durability::Synced;
        self.house()
            .write(durability, move |conn| give_back(conn, lease, 0, run_after, Some(&problem), now))
            .await
    }

    /// Puts a job back for another worker at once, because this one is stopping. The attempt does not count.
    ///
    /// # Errors
    /// `LeaseLost`.
    pub async fn release_job(&self, lease: Lease, now: Timestamp) -> Result<JobState, StoreError> {
        self.house().write(Durability::Synced, move |conn| give_back(conn, lease, 1, now, None, now)).await
    }
}
