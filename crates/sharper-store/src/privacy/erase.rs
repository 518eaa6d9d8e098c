//! Having all of mine erased: at once, in one transaction, and for good.

use sharper_domain::{JobId, Timestamp, UserId};

use super::{AtErasure, Holding, holdings};
use crate::conn::{Conn, Dialect, Sql, locking, params};
use crate::spending::{day_of, tomorrow};
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// What was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// Rows that are gone or hold nothing of the user's any more, without those that went with them.
    pub rows: u64,
    /// Jobs that were running: their workers are told to stop.
    pub stopped: Vec<JobId>,
}

/// How long after an erasure, or its lease, a request or a worker may still have something under way, in microseconds:
/// an agent that runs alone may take four minutes.
const AFTERMATH: i64 = 5 * 60 * 1_000_000;

const LOCK_USER: &str = "SELECT pg_advisory_xact_lock(hashtextextended($1, 20))::text AS locked";
const RUNNING: Sql = locking!(
    "SELECT id, session_id, lease_until FROM jobs WHERE user_id = $1 AND state = 'running' ORDER BY id",
    "FOR UPDATE"
);
const ACCOUNT: &str = "SELECT user_id FROM accounts WHERE user_id = $1";
const REMEMBER: &str = "INSERT INTO erasures (job_id, user_id, session_id, due_at) VALUES ($1, $2, $3, $4)";
const FORGET_ABOUT: &str = "UPDATE admin_log SET about = NULL WHERE about = $1";
const FORGET_ACTOR: &str = "UPDATE admin_log SET actor = 'erased' WHERE actor = $1";

const DUE: &str =
    "SELECT job_id, user_id, session_id, due_at FROM erasures WHERE due_at <= $1 ORDER BY due_at LIMIT 100";
const DONE: &str = "DELETE FROM erasures WHERE job_id = $1";
const LATE_RUNS: &str = "UPDATE agent_executions SET user_id = NULL, session_id = NULL, request_id = NULL, \
    input_data = NULL, output_data = NULL, error_message = NULL WHERE user_id = $1 AND session_id = $2";
const LATE_CALLS: &str = "UPDATE model_calls SET user_id = '', job_id = NULL WHERE job_id = $1";
const LATE_VARIANTS: &str = "DELETE FROM experiment_runs WHERE job_id = $1";
const LATE_RUNS_ALONE: &str = "UPDATE agent_executions SET user_id = NULL, session_id = NULL, request_id = NULL, \
    input_data = NULL, output_data = NULL, error_message = NULL WHERE user_id = $1 AND created_at <= $2";
const LATE_CALLS_ALONE: &str =
    "UPDATE model_calls SET user_id = '', job_id = NULL WHERE user_id = $1 AND created_at <= $2";
const PAST_DAYS: [&str; 2] = [
    "DELETE FROM usage_days WHERE user_id = $1 AND day < $2",
    "DELETE FROM spending WHERE user_id = $1 AND day < $2",
];
const LATE_ANSWERS: &str = "DELETE FROM response_cache WHERE user_id = $1";

/// Erases a user, or (`again`) what was written since under the id of an account that is gone. What a worker or a request
/// that is under way may still write is remembered, to be erased later.
fn erase(conn: &mut Conn<'_>, user: &UserId, now: Timestamp, again: bool) -> Result<Erased, StoreError> {
    if conn.dialect() == Dialect::Postgres {
        // No request of the user's is accepted meanwhile.
        conn.query(LOCK_USER, params![user])?;
    }
    let running = conn.query(RUNNING, params![user])?;
    let had_account = again || conn.query_opt(ACCOUNT, params![user])?.is_some();
    let mut erased = Erased::default();
    for (table, holding) in holdings().iter().rev() {
        // Who keeps their name (people of Supabase do) must not get today's budget twice.
        if !had_account && matches!(table.name.as_str(), "usage_days" | "spending") {
            continue;
        }
        if let Some(text) = statement(&table.name, holding) {
            erased.rows += conn.execute_made(&text, params![user])?;
        }
    }
    conn.execute(FORGET_ABOUT, params![user])?;
    conn.execute(FORGET_ACTOR, params![user])?;
    for row in running {
        let (job, until) = (row.get::<JobId>("id")?, row.get::<i64>("lease_until")?);
        let due = until.max(now.as_microsecond()) + AFTERMATH;
        conn.execute(REMEMBER, params![job, user, row.get::<String>("session_id")?, due])?;
        erased.stopped.push(job);
    }
    let soon = now.as_microsecond() + AFTERMATH;
    if !had_account {
        past_days(conn, user, now)?;
        let midnight = tomorrow(now).0.as_microsecond() + AFTERMATH;
        for (what, due) in [(ALONE, soon), (SUMS, midnight)] {
            conn.execute(REMEMBER, params![fresh_id(now), user, what, due])?;
        }
    } else if !again {
        // A request that was let in a moment ago may still write. Nobody gets this account's id again, so
        // everything under it is erased once more.
        conn.execute(REMEMBER, params![fresh_id(now), user, WHOLE, soon])?;
    }
    Ok(erased)
}

/// In the place of a session: everything of the user's, unless there is an account again.
const WHOLE: &str = "";
/// In the place of a session, which never looks so: what ran without a job for somebody without an account. What they
/// put in since is new, and theirs.
const ALONE: &str = "/alone";
/// The same: what was counted on the day of the erasure.
const SUMS: &str = "/sums";

/// Erases what was counted on days that are over.
fn past_days(conn: &mut Conn<'_>, user: &UserId, now: Timestamp) -> Result<(), StoreError> {
    PAST_DAYS.into_iter().try_for_each(|text| conn.execute(text, params![user, day_of(now)]).map(drop))
}

fn statement(table: &str, holding: &Holding) -> Option<String> {
    let condition = holding.condition();
    match holding.at_erasure {
        AtErasure::Goes => Some(format!("DELETE FROM {table} WHERE {condition}")),
        AtErasure::StaysUnnamed(set) => Some(format!("UPDATE {table} SET {set} WHERE {condition}")),
        AtErasure::GoesLast => None,
    }
}

/// Erases what came after an erasure.
fn finish(conn: &mut Conn<'_>, now: Timestamp) -> Result<u64, StoreError> {
    let due = conn.query(DUE, params![now])?;
    for row in &due {
        let (job, user) = (row.get::<JobId>("job_id")?, row.get::<UserId>("user_id")?);
        let session: String = row.get("session_id")?;
        if session == SUMS {
            past_days(conn, &user, now)?;
        } else if session == ALONE {
            let until: i64 = row.get("due_at")?;
            conn.execute(LATE_RUNS_ALONE, params![&user, until])?;
            conn.execute(LATE_CALLS_ALONE, params![&user, until])?;
            conn.execute(LATE_ANSWERS, params![&user])?;
        } else if session != WHOLE {
            conn.execute(LATE_RUNS, params![&user, session])?;
            conn.execute(LATE_CALLS, params![job])?;
            conn.execute(LATE_VARIANTS, params![job])?;
            conn.execute(LATE_ANSWERS, params![&user])?;
        } else if conn.query_opt(ACCOUNT, params![&user])?.is_none() {
            erase(conn, &user, now, true)?;
        }
        conn.execute(DONE, params![job])?;
    }
    Ok(due.len() as u64)
}

impl Store {
    /// Erases everything of a user's, at once and wholly: account, sessions and tokens, notes and all that was made of
    /// them, jobs with their events. What the house reckons with (the ledger of model calls, how agents ran) stays,
    /// without a name and without words. Running jobs are stopped. On SQLite nothing of it is left in the files.
    ///
    /// # Errors
    /// Only the store's own. Nothing is erased then.
    pub async fn erase_user(&self, user: UserId, now: Timestamp) -> Result<Erased, StoreError> {
        let erased =
            self.house().write(Durability::Synced, move |conn| erase(conn, &user, now, false)).await?;
        erased.stopped.iter().for_each(|job| self.streams().cancel(*job));
        if let Err(error) = self.scrub().await {
            tracing::warn!(%error, "what was erased is still in the write-ahead log; it goes with the next checkpoint");
        }
        Ok(erased)
    }

    /// Erases what workers and requests that were under way wrote after their user was erased, when they are surely
    /// over. Answers for how many. To be called now and then.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn finish_erasures(&self, now: Timestamp) -> Result<u64, StoreError> {
        let due = self.house().read(move |conn| Ok(!conn.query(DUE, params![now])?.is_empty())).await?;
        if !due {
            return Ok(0);
        }
        let finished = self.house().write(Durability::Synced, move |conn| finish(conn, now)).await?;
        self.scrub().await?;
        Ok(finished)
    }
}
