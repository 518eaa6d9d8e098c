//! Letting go of what has been kept for long enough, a few rows a transaction.

use sharper_domain::{JobId, Timestamp};
use uuid::Uuid;

use crate::conn::{Sql, params};
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// `DELETE` of the oldest rows of a table by its key. On PostgreSQL rows that another instance is at are left to it.
macro_rules! oldest {
    ($table:literal, $key:literal, $when:expr, $order:literal) => {
        Sql::each(
            concat!(
                "DELETE FROM ",
                $table,
                " WHERE (",
                $key,
                ") IN (SELECT ",
                $key,
                " FROM ",
                $table,
                " WHERE ",
                $when,
                " ORDER BY ",
                $order,
                " LIMIT $2)"
            ),
            concat!(
                "DELETE FROM ",
                $table,
                " WHERE (",
                $key,
                ") IN (SELECT ",
                $key,
                " FROM ",
                $table,
                " WHERE ",
                $when,
                " ORDER BY ",
                $order,
                " LIMIT $2 FOR UPDATE SKIP LOCKED)"
            ),
        )
    };
}
macro_rules! rollups {
    ($table:literal, $grain:literal, $key:literal) => {
        oldest!($table, $key, concat!("grain = '", $grain, "' AND start < $1"), "start")
    };
}
/// What was in a folder was thrown away no later than the folder, so nothing is left alone below one that goes.
const BIN: [Sql; 2] = [
    oldest!("notes", "id", "deleted_at < $1", "deleted_at"),
    oldest!(
        "folders",
        "id",
        "deleted_at < $1 AND NOT EXISTS (SELECT 1 FROM notes n WHERE n.deleted_with = folders.id)",
        "deleted_at"
    ),
];

/// What has a time of its own to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// Runs of agents.
    Executions,
    /// Sums over minutes, of runs and of calls to models.
    Minutes,
    /// Sums over hours, of runs, of calls to models and of items.
    Hours,
    /// The ledger of calls to models, its settled lines.
    ModelCalls,
    /// The daily sums that budgets and quotas are held against.
    Days,
    /// What was done with an administrator's rights.
    AdminLog,
    /// Changes of alerts.
    AlertHistory,
    /// Notes and folders in the bin.
    Bin,
    /// What became of files that were sent; their notes stay.
    Uploads,
    /// Sessions and links to set a new password that are over.
    Credentials,
}

impl Shelf {
    /// All of them.
    pub const ALL: [Shelf; 10] = [
        Shelf::Executions,
        Shelf::Minutes,
        Shelf::Hours,
        Shelf::ModelCalls,
        Shelf::Days,
        Shelf::AdminLog,
        Shelf::AlertHistory,
        Shelf::Bin,
        Shelf::Uploads,
        Shelf::Credentials,
    ];

    /// The statements that let go of what is older than $1, at most $2 rows each, the oldest first.
    fn statements(self) -> &'static [Sql] {
        match self {
            Shelf::Executions => {
                const { &[oldest!("agent_executions", "id", "created_at < $1", "created_at")] }
            }
            Shelf::Minutes => {
                const {
                    &[
                        rollups!("execution_rollups", "minute", "grain, start, agent_name"),
                        rollups!("model_call_rollups", "minute", "grain, start, task, model"),
                    ]
                }
            }
            Shelf::Hours => {
                const {
                    &[
                        rollups!("execution_rollups", "hour", "grain, start, agent_name"),
                        rollups!("model_call_rollups", "hour", "grain, start, task, model"),
                        oldest!("item_rollups", "start, task, outcome, fault", "start < $1", "start"),
                    ]
                }
            }
            Shelf::ModelCalls => {
                const {
                    &[oldest!(
                        "model_calls",
                        "id",
                        "created_at < $1 AND settled_at IS NOT NULL",
                        "created_at"
                    )]
                }
            }
            // A day is over 24 hours after it begins.
            Shelf::Days => {
                const {
                    &[
                        oldest!("spending", "user_id, day", "(day + 1) * 86400000000 <= $1", "day"),
                        oldest!("usage_days", "user_id, day", "(day + 1) * 86400000000 <= $1", "day"),
                    ]
                }
            }
            Shelf::AdminLog => const { &[oldest!("admin_log", "id", "at < $1", "at")] },
            Shelf::AlertHistory => const { &[oldest!("alert_history", "id", "at < $1", "at")] },
            Shelf::Bin => &BIN,
            Shelf::Uploads => const { &[oldest!("uploads", "id", "created_at < $1", "created_at")] },
            Shelf::Credentials => {
                const {
                    &[
                        oldest!("sign_ins", "token_hash", "expires_at < $1", "expires_at"),
                        oldest!("password_resets", "token_hash", "expires_at < $1", "expires_at"),
                    ]
                }
            }
        }
    }
}

/// Ended jobs after $1 whose log holds more than its last event. A job's id begins with the time at which it was accepted, so
/// those that can be old enough lie before $2 in the order of their ids.
const ENDED: &str = "SELECT j.id FROM jobs j WHERE j.id > $1 AND j.id < $2 AND j.ended_at < $3 AND EXISTS \
    (SELECT 1 FROM job_events e WHERE e.job_id = j.id AND e.seq < j.last_seq) ORDER BY j.id LIMIT $4";
const FORGET: &str =
    "DELETE FROM job_events WHERE job_id = $1 AND seq < (SELECT last_seq FROM jobs WHERE id = $1)";

/// What came of letting go of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForgottenEvents {
    /// Events that went.
    pub events: u64,
    /// The last job that was looked at; `None` where none is left.
    pub last: Option<JobId>,
}

impl Store {
    /// Lets go of what is older than `before`, at most `limit` rows of each of the shelf's tables in one transaction.
    /// Answers how many went; fewer than `limit` means that nothing is left.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn prune(&self, shelf: Shelf, before: Timestamp, limit: u32) -> Result<u64, StoreError> {
        self.house()
            .write(Durability::Relaxed, move |conn| {
                let mut gone = 0;
                for statement in shelf.statements() {
                    gone += conn.execute(*statement, params![before, limit])?;
                }
                Ok(gone)
            })
            .await
    }

    /// Lets go of the events of jobs that ended before a moment, but for the last one of each, which tells a stream how it
    /// ended; of at most `jobs` jobs, those that follow `after`.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn prune_events(
        &self,
        after: Option<JobId>,
        before: Timestamp,
        jobs: u32,
    ) -> Result<ForgottenEvents, StoreError> {
        let first = after.map_or(Uuid::nil(), |job| job.0);
        let end = fresh_id(before);
        let ended = self.house().read(move |conn| {
            let rows = conn.query(ENDED, params![first, end, before, jobs])?;
            rows.iter().map(|row| row.get("id")).collect::<Result<Vec<JobId>, _>>()
        });
        let ended = ended.await?;
        let last = ended.last().copied();
        if last.is_none() {
            return Ok(ForgottenEvents { events: 0, last });
        }
        let forgetting = self.house().write(Durability::Relaxed, move |conn| {
            ended.iter().try_fold(0, |gone, job| Ok(gone + conn.execute(FORGET, params![*job])?))
        });
        Ok(ForgottenEvents { events: forgetting.await?, last })
    }
}
