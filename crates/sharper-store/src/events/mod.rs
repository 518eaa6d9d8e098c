//! The event log of a job: numbered without a gap, written only by whoever holds the job, replayed byte for byte.

use sharper_domain::{Event, JobId, Timestamp};

use crate::conn::{Conn, Row, Sql, locking, params};
use crate::jobs::Lease;
use crate::{Durability, Store, StoreError};

/// One event as it is kept and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its number in the stream: the job's first is `first_seq`, each next is one more.
    pub seq: i64,
    /// The `type` of the wire.
    pub kind: String,
    /// The JSON of the wire, on one line.
    pub body: String,
    /// When it happened.
    pub at: Timestamp,
}

impl StoredEvent {
    /// `event` under a number.
    pub fn new(seq: i64, event: &Event, at: Timestamp) -> Self {
        Self { seq, kind: event.kind().to_owned(), body: event.to_json(at), at }
    }
}

/// The number of the next event of a job that is held by this lease. The job's row stays locked against a
/// change of hands until the event is kept.
const NEXT_OF_HELD: Sql = locking!(
    "SELECT 1 + coalesce((SELECT max(e.seq) FROM job_events e WHERE e.job_id = j.id), j.first_seq - 1) AS next \
     FROM jobs j WHERE j.id = $1 AND j.fence = $2 AND j.state = 'running'",
    "FOR SHARE OF j"
);
const INSERT: &str = "INSERT INTO job_events (job_id, seq, kind, body, at) VALUES ($1, $2, $3, $4, $5)";
const NEXT: &str = "SELECT 1 + coalesce((SELECT max(seq) FROM job_events WHERE job_id = $1), \
    (SELECT first_seq - 1 FROM jobs WHERE id = $1)) AS next";
const AFTER: &str =
    "SELECT seq, kind, body, at FROM job_events WHERE job_id = $1 AND seq > $2 ORDER BY seq LIMIT $3";

/// Appends events to a running job's log.
///
/// # Errors
/// `LeaseLost` when the job is not held by this lease any more; `Conflict` when a number is not the next.
pub fn append(conn: &mut Conn<'_>, lease: Lease, events: &[StoredEvent]) -> Result<(), StoreError> {
    let held = conn.query_opt(NEXT_OF_HELD, params![lease.job, lease.fence])?.ok_or(StoreError::LeaseLost)?;
    insert(conn, lease.job, held.get("next")?, events)
}

/// Appends the last events of a job whose row the caller has locked.
pub(crate) fn append_last(conn: &mut Conn<'_>, job: JobId, events: &[StoredEvent]) -> Result<(), StoreError> {
    let next = next_seq(conn, job)?;
    insert(conn, job, next, events)
}

fn insert(conn: &mut Conn<'_>, job: JobId, next: i64, events: &[StoredEvent]) -> Result<(), StoreError> {
    for (event, expected) in events.iter().zip(next..) {
        if event.seq != expected {
            return Err(StoreError::Conflict("this event's number is not the next of its stream"));
        }
        conn.execute(INSERT, params![job, event.seq, event.kind.as_str(), event.body.as_str(), event.at])?;
    }
    Ok(())
}

/// The number of the job's next event.
pub(crate) fn next_seq(conn: &mut Conn<'_>, job: JobId) -> Result<i64, StoreError> {
    conn.query_one(NEXT, params![job])?.get("next")
}

fn read(row: &Row) -> Result<StoredEvent, StoreError> {
    Ok(StoredEvent {
        seq: row.get("seq")?,
        kind: row.get("kind")?,
        body: row.get("body")?,
        at: row.get("at")?,
    })
}

impl Store {
    /// Appends events to a running job's log. They survive the process; a power cut may take the last ones,
    /// as it takes the run that they told of.
    ///
    /// # Errors
    /// `LeaseLost` when the job is not held by this lease any more; `Conflict` when a number is not the next.
    /// Nothing is kept then.
    pub async fn append_events(&self, lease: Lease, events: Vec<StoredEvent>) -> Result<(), StoreError> {
        self.house().write(Durability::Relaxed, move |conn| append(conn, lease, &events)).await
    }

    /// A job's events after a number, in order. (Whose job it is, `job` and `job_by_session` have checked.)
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn events_after(
        &self,
        job: JobId,
        seq: i64,
        limit: u32,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        self.house()
            .read(move |conn| conn.query(AFTER, params![job, seq, limit])?.iter().map(read).collect())
            .await
    }
}
