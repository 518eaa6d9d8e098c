//! Looking at jobs without changing them.

use serde_json::Value as Json;
use sharper_domain::{JobId, NoteId, Problem, SessionId, TaskKind, Timestamp, UserId};

use super::{JobState, WorkerId};
use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// A job as it stands. Its result is read on its own: `Store::job_result`.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub user_id: UserId,
    /// The stream that it is told in.
    pub session_id: SessionId,
    /// What is asked for.
    pub kind: TaskKind,
    /// The note that came with it.
    pub note_id: Option<NoteId>,
    /// Where it stands.
    pub state: JobState,
    /// How often a worker began.
    pub attempts: i32,
    /// The number of its first event.
    pub first_seq: i64,
    /// The number of its last event so far; `first_seq - 1` while there is none.
    pub last_seq: i64,
    /// Why it failed or waits for another try.
    pub problem: Option<Problem>,
    /// The user has asked for its end.
    pub cancel_requested: bool,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When a worker first began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// What was asked for in a job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobAsked {
    /// The request.
    pub request: Json,
    /// The title of the note that came with it, while the user has that note.
    pub note_title: Option<String>,
}

/// How much is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueDepth {
    /// Jobs that wait.
    pub queued: u64,
    /// Jobs that a worker is at.
    pub running: u64,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_id, session_id, kind, note_id, state, attempts, first_seq, \
             coalesce(last_seq, (SELECT max(seq) FROM job_events WHERE job_id = jobs.id), first_seq - 1) AS last_seq, \
             problem, cancel_requested, created_at, started_at, ended_at FROM jobs ",
            $rest
        )
    };
}
const BY_ID: &str = select!("WHERE user_id = $1 AND id = $2");
const BY_STREAM: &str = select!("WHERE session_id = $1 AND user_id = $2 ORDER BY first_seq DESC LIMIT 1");
const BY_SESSION: &str = select!("WHERE session_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1");
const OF_USER: &str = select!("WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2");
const ASKED: &str = "SELECT jobs.request, notes.title FROM jobs LEFT JOIN notes ON notes.id = jobs.note_id \
    AND notes.user_id = jobs.user_id AND notes.deleted_at IS NULL WHERE jobs.user_id = $1 AND jobs.id = $2";
const RESULT: &str = "SELECT result FROM jobs WHERE user_id = $1 AND id = $2";
const DEPTH: &str = "SELECT (SELECT count(*) FROM jobs WHERE state = 'queued') AS queued, \
    (SELECT count(*) FROM jobs WHERE state = 'running') AS running";
const WISHES: &str = "SELECT id FROM jobs WHERE state = 'running' AND cancel_requested AND worker = $1";

fn read(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        session_id: row.get("session_id")?,
        kind: row.get("kind")?,
        note_id: row.get("note_id")?,
        state: row.get("state")?,
        attempts: row.get("attempts")?,
        first_seq: row.get("first_seq")?,
        last_seq: row.get("last_seq")?,
        problem: row.json_opt("problem")?,
        cancel_requested: row.get("cancel_requested")?,
        created_at: row.get("created_at")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
    })
}

impl Store {
    /// A job of the user's.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job(&self, user: UserId, job: JobId) -> Result<Job, StoreError> {
        self.of(&user).read(move |conn| read(&conn.query_one(BY_ID, params![&user, job])?)).await
    }

    /// What was asked for in a job of the user's.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job_asked(&self, user: UserId, job: JobId) -> Result<JobAsked, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let row = conn.query_one(ASKED, params![&user, job])?;
                Ok(JobAsked { request: row.json("request")?, note_title: row.get("title")? })
            })
            .await
    }

    /// The newest job of a stream. Without a user (development, where nobody signs in) of whoever used the
    /// session id last.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job_by_session(&self, session: SessionId, user: Option<UserId>) -> Result<Job, StoreError> {
        let scope = user.as_ref().map_or_else(|| self.house(), |user| self.of(user));
        scope
            .read(move |conn| {
                let row = match &user {
                    Some(user) => conn.query_one(BY_STREAM, params![&session, user])?,
                    None => conn.query_one(BY_SESSION, params![&session])?,
                };
                read(&row)
            })
            .await
    }

    /// The user's jobs, newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recent_jobs(&self, user: UserId, limit: u32) -> Result<Vec<Job>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(OF_USER, params![&user, limit])?.iter().map(read).collect())
            .await
    }

    /// The result of a complete job; `None` for one that is not.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn job_result(&self, user: UserId, job: JobId) -> Result<Option<Json>, StoreError> {
        self.of(&user).read(move |conn| conn.query_one(RESULT, params![&user, job])?.json_opt("result")).await
    }

    /// How many jobs wait and run.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn jobs_waiting(&self) -> Result<QueueDepth, StoreError> {
        self.house()
            .read(|conn| {
                let row = conn.query_one(DEPTH, params![])?;
                Ok(QueueDepth { queued: row.get("queued")?, running: row.get("running")? })
            })
            .await
    }

    /// The worker's jobs that their users do not want any more. Cheap enough to ask every second.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn cancel_wishes(&self, worker: WorkerId) -> Result<Vec<JobId>, StoreError> {
        self.house()
            .read(move |conn| conn.query(WISHES, params![&worker])?.iter().map(|row| row.get("id")).collect())
            .await
    }
}
