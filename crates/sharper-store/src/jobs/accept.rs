//! Accepting a job: one transaction after which it cannot be lost.
//!
//! The fair order. Each job gets a `turn` when it is accepted: one more than the user's last waiting job, but
//! never less than the front of the whole queue. Jobs are claimed by turn, then by age. So a user's n-th waiting
//! job stands behind the first of everybody else's, and claiming needs no more than the first rows of an index.

use serde_json::Value as Json;
use sharper_domain::{JobId, NoteId, SessionId, TaskKind, Timestamp, UserId};

use super::limits::Limits;
use super::{JobState, Lease, WorkerId};
use crate::conn::{Conn, Row, Value, params};
use crate::limits::one_by_one;
use crate::migrate::checksum;
use crate::notes::{self, NewNote};
use crate::{Durability, QueueLimit, Store, StoreError};

/// How long an idempotency key is remembered: 24 hours, in microseconds.
const KEY_KEPT: i64 = 24 * 60 * 60 * 1_000_000;

/// A job that is to be accepted.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub user_id: UserId,
    /// The stream that it will be told in.
    pub session_id: SessionId,
    /// What is to be done.
    pub kind: TaskKind,
    /// The request, as the worker will read it. It need not hold the text of `note`.
    pub request: Json,
    /// Text that came with the request, to be kept as a note.
    pub note: Option<NewNote>,
    /// The client's name for this request, so that sending it twice makes one job.
    pub idempotency_key: Option<String>,
    /// The moment.
    pub now: Timestamp,
    /// Who starts on it at once; `None` puts it in the queue.
    pub lease: Option<NewLease>,
}

/// Who starts on a new job at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLease {
    /// The worker.
    pub worker: WorkerId,
    /// Until when, unless the worker renews it.
    pub until: Timestamp,
}

/// A job that was accepted: it will end exactly once, whatever happens to this process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The job.
    pub job: JobId,
    /// Its stream.
    pub session_id: SessionId,
    /// The note that the text was kept as.
    pub note_id: Option<NoteId>,
    /// The number that its first event has or will have.
    pub first_seq: i64,
    /// The right to write for it, if it was leased at once.
    pub lease: Option<Lease>,
    /// It was accepted before, under the same idempotency key.
    pub repeated: bool,
}

const BY_KEY: &str = "SELECT id, session_id, note_id, first_seq, fingerprint, created_at FROM jobs \
    WHERE user_id = $1 AND idempotency_key = $2";
const FORGET_KEY: &str = "UPDATE jobs SET idempotency_key = NULL WHERE user_id = $1 AND idempotency_key = $2";
const UNFINISHED_OF_USER: &str =
    "SELECT count(*) AS unfinished FROM jobs WHERE user_id = $1 AND state IN ('queued', 'running')";
const UNFINISHED: &str = "SELECT count(*) AS unfinished FROM jobs WHERE state IN ('queued', 'running')";
const STREAM: &str = "SELECT state, last_seq FROM jobs WHERE session_id = $1 AND user_id = $2 \
    ORDER BY first_seq DESC LIMIT 1";
const OTHERS: &str = "SELECT id FROM jobs WHERE session_id = $1 AND user_id <> $2 LIMIT 1";
const TURN: &str = "SELECT \
    coalesce((SELECT max(turn) FROM jobs WHERE state = 'queued' AND user_id = $1), -1) AS mine, \
    coalesce((SELECT min(turn) FROM jobs WHERE state = 'queued'), 0) AS front";
const INSERT: &str = "INSERT INTO jobs \
    (id, user_id, session_id, kind, state, note_id, attempts, crashes, fence, worker, lease_until, run_after, turn, \
     first_seq, cancel_requested, idempotency_key, fingerprint, created_at, started_at, request) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $17, $8, $9, $10, $11, $12, FALSE, $13, $14, $10, $15, $16)";

/// Accepts a job, with its text as a note.
///
/// # Errors
/// `QueueFull`; `DayIsUsedUp`; `NotesFull`; `Conflict` when the stream has an unfinished job; `KeyReused` when the
/// idempotency key was used for another request; `NotFound` when the note's folder is not the user's.
fn accept(conn: &mut Conn<'_>, new: &NewJob, limits: &Limits) -> Result<Accepted, StoreError> {
    // So that no two are counted as the last that fits.
    one_by_one(conn, &new.user_id)?;
    let fingerprint = new.idempotency_key.as_ref().map(|_| fingerprint(new));
    if let Some(before) = accepted_before(conn, new, fingerprint.as_deref())? {
        return Ok(before);
    }
    check_limits(conn, &new.user_id, limits)?;
    let first_seq = first_seq(conn, new)?;
    limits.quotas.count_generation(conn, &new.user_id, new.now)?;
    let note_id = match &new.note {
        Some(note) => Some(notes::add(conn, &new.user_id, note, &limits.quotas, new.now)?.id),
        None => None,
    };
    insert(conn, new, note_id, first_seq, fingerprint)?;
    Ok(Accepted {
        job: new.id,
        session_id: new.session_id.clone(),
        note_id,
        first_seq,
        lease: new.lease.as_ref().map(|_| Lease { job: new.id, fence: 1 }),
        repeated: false,
    })
}

fn accepted_before(
    conn: &mut Conn<'_>,
    new: &NewJob,
    fingerprint: Option<&str>,
) -> Result<Option<Accepted>, StoreError> {
    let Some(key) = new.idempotency_key.as_deref() else { return Ok(None) };
    let Some(row) = conn.query_opt(BY_KEY, params![&new.user_id, key])? else { return Ok(None) };
    let age = new.now.as_microsecond() - row.get::<Timestamp>("created_at")?.as_microsecond();
    if age >= KEY_KEPT {
        conn.execute(FORGET_KEY, params![&new.user_id, key])?;
        return Ok(None);
    }
    if row.get::<Option<String>>("fingerprint")?.as_deref() != fingerprint {
        return Err(StoreError::KeyReused);
    }
    repeated(&row).map(Some)
}

fn repeated(row: &Row) -> Result<Accepted, StoreError> {
    Ok(Accepted {
        job: row.get("id")?,
        session_id: row.get("session_id")?,
        note_id: row.get("note_id")?,
        first_seq: row.get("first_seq")?,
        lease: None,
        repeated: true,
    })
}

/// What makes two requests the same: everything that the client chose, but not the ids made here.
fn fingerprint(new: &NewJob) -> String {
    let note = new.note.as_ref().map(|note| (&note.title, &note.content));
    checksum(&format!("{}\n{}\n{note:?}", new.kind, new.request))
}

fn check_limits(conn: &mut Conn<'_>, user: &UserId, limits: &Limits) -> Result<(), StoreError> {
    let unfinished: u32 = conn.query_one(UNFINISHED_OF_USER, params![user])?.get("unfinished")?;
    if unfinished >= limits.jobs_per_user {
        return Err(StoreError::QueueFull { scope: QueueLimit::User, limit: limits.jobs_per_user });
    }
    if limits.take_counted() {
        return Ok(());
    }
    let unfinished: u32 = conn.query_one(UNFINISHED, params![])?.get("unfinished")?;
    if unfinished >= limits.jobs_in_all {
        return Err(StoreError::QueueFull { scope: QueueLimit::Everyone, limit: limits.jobs_in_all });
    }
    limits.count(limits.jobs_in_all - unfinished);
    Ok(())
}

/// The number after the last event of the stream, so that no number is used twice in it.
fn first_seq(conn: &mut Conn<'_>, new: &NewJob) -> Result<i64, StoreError> {
    if conn.query_opt(OTHERS, params![&new.session_id, &new.user_id])?.is_some() {
        return Err(StoreError::Conflict("this session id is taken, choose another"));
    }
    let Some(row) = conn.query_opt(STREAM, params![&new.session_id, &new.user_id])? else { return Ok(1) };
    if !row.get::<JobState>("state")?.is_ended() {
        return Err(StoreError::Conflict("this session has a request that is not finished"));
    }
    Ok(row.get::<i64>("last_seq")? + 1)
}

fn insert(
    conn: &mut Conn<'_>,
    new: &NewJob,
    note_id: Option<NoteId>,
    first_seq: i64,
    fingerprint: Option<String>,
) -> Result<(), StoreError> {
    let (state, attempts) = if new.lease.is_some() { (JobState::Running, 1) } else { (JobState::Queued, 0) };
    let turn = if new.lease.is_some() { 0 } else { turn(conn, &new.user_id)? };
    let lease = new.lease.as_ref();
    let values = params![
        new.id,
        &new.user_id,
        &new.session_id,
        new.kind,
        state,
        note_id,
        attempts,
        lease.map(|lease| &lease.worker),
        lease.map(|lease| lease.until),
        new.now,
        turn,
        first_seq,
        new.idempotency_key.as_deref(),
        fingerprint,
        lease.map(|_| new.now),
        Value::json(&new.request)?,
        i64::from(attempts),
    ];
    conn.execute(INSERT, values).map(drop)
}

fn turn(conn: &mut Conn<'_>, user: &UserId) -> Result<i64, StoreError> {
    let row = conn.query_one(TURN, params![user])?;
    Ok(row.get::<i64>("front")?.max(row.get::<i64>("mine")? + 1))
}

impl Store {
    /// Accepts a job, with its text as a note. When this answers, the job is on the disk.
    ///
    /// # Errors
    /// `QueueFull`; `DayIsUsedUp`; `NotesFull`; `Conflict` when the stream has an unfinished job; `KeyReused` when the
    /// idempotency key was used for another request; `NotFound` when the note's folder is not the user's.
    pub async fn accept_job(&self, new: NewJob) -> Result<Accepted, StoreError> {
        let limits = self.limits().clone();
        self.house().write(Durability::Synced, move |conn| accept(conn, &new, &limits)).await
    }
}
