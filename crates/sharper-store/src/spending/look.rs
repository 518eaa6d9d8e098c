//! Looking at what was spent: today, by a job, and by model and task.

use sharper_domain::{JobId, Timestamp, UserId};

use super::{EVERYONE, day_of};
use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// What a day's budget is held against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Tokens of settled calls.
    pub tokens: u64,
    /// Billionths of a US dollar of settled calls.
    pub nano_usd: u64,
    /// Tokens set aside for calls that are being made.
    pub reserved_tokens: u64,
    /// Billionths of a US dollar set aside for calls that are being made.
    pub reserved_nano_usd: u64,
    /// Calls, settled or not.
    pub calls: u64,
}

/// What was spent on a UTC day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Today {
    /// By the user.
    pub user: Spent,
    /// By everyone together, the user too.
    pub everyone: Spent,
}

/// What the settled calls of a job cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct JobSpending {
    /// How often a model was asked; answers that were kept from before are not among them.
    pub calls: u32,
    /// Tokens, prompt and completion.
    pub tokens: u64,
    /// Billionths of a US dollar; `None` where nobody can tell for one of the calls.
    pub nano_usd: Option<u64>,
}

/// What one model did for one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelSpending {
    /// The model.
    pub model: String,
    /// What for.
    pub task: String,
    /// Settled calls, cached ones among them.
    pub calls: u64,
    /// Those that did not end well.
    pub failed: u64,
    /// Those that were answered from before.
    pub cached: u64,
    /// Tokens of the prompts.
    pub prompt_tokens: u64,
    /// Tokens of the answers.
    pub completion_tokens: u64,
    /// Billionths of a US dollar, as charged: where nobody can tell, what was set aside.
    pub nano_usd: u64,
    /// Calls whose cost nobody can tell.
    pub cost_unknown: u64,
    /// Items that passed their checks.
    pub accepted_items: u64,
    /// The time that the calls took together, in milliseconds.
    pub took_ms: u64,
}

const OF_DAY: &str = "SELECT user_id, reserved_tokens, reserved_nano_usd, spent_tokens, spent_nano_usd, calls \
    FROM spending WHERE user_id = $1 AND day = $2";
const OF_JOB: &str = "SELECT count(CASE WHEN NOT cached THEN 1 END) AS calls, \
    CAST(coalesce(sum(prompt_tokens + completion_tokens), 0) AS BIGINT) AS tokens, \
    CAST(coalesce(sum(nano_usd), 0) AS BIGINT) AS nano_usd, count(*) - count(nano_usd) AS unknown \
    FROM model_calls WHERE job_id = $1 AND user_id = $2 AND settled_at IS NOT NULL";
const BETWEEN: &str = "SELECT model, task, count(*) AS calls, count(CASE WHEN outcome <> 'ok' THEN 1 END) AS failed, \
    count(CASE WHEN cached THEN 1 END) AS cached, CAST(sum(prompt_tokens) AS BIGINT) AS prompt_tokens, \
    CAST(sum(completion_tokens) AS BIGINT) AS completion_tokens, \
    CAST(sum(coalesce(nano_usd, reserved_nano_usd)) AS BIGINT) AS nano_usd, \
    count(*) - count(nano_usd) AS cost_unknown, CAST(sum(accepted_items) AS BIGINT) AS accepted_items, \
    CAST(sum(took_ms) AS BIGINT) AS took_ms \
    FROM model_calls WHERE created_at >= $1 AND created_at < $2 AND settled_at IS NOT NULL \
    GROUP BY model, task ORDER BY model, task";

fn read_spent(row: &Row) -> Result<Spent, StoreError> {
    Ok(Spent {
        tokens: row.get("spent_tokens")?,
        nano_usd: row.get("spent_nano_usd")?,
        reserved_tokens: row.get("reserved_tokens")?,
        reserved_nano_usd: row.get("reserved_nano_usd")?,
        calls: row.get("calls")?,
    })
}

fn read_model(row: &Row) -> Result<ModelSpending, StoreError> {
    Ok(ModelSpending {
        model: row.get("model")?,
        task: row.get("task")?,
        calls: row.get("calls")?,
        failed: row.get("failed")?,
        cached: row.get("cached")?,
        prompt_tokens: row.get("prompt_tokens")?,
        completion_tokens: row.get("completion_tokens")?,
        nano_usd: row.get("nano_usd")?,
        cost_unknown: row.get("cost_unknown")?,
        accepted_items: row.get("accepted_items")?,
        took_ms: row.get("took_ms")?,
    })
}

impl Store {
    /// What the user, and everyone together, spent on the UTC day of this moment.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn spent_today(&self, user: UserId, now: Timestamp) -> Result<Today, StoreError> {
        self.house()
            .read(move |conn| {
                let mut of = |name: &str| match conn.query_opt(OF_DAY, params![name, day_of(now)])? {
                    Some(row) => read_spent(&row),
                    None => Ok(Spent::default()),
                };
                Ok(Today { user: of(user.as_str())?, everyone: of(EVERYONE)? })
            })
            .await
    }

    /// What everyone together spent on the UTC day of this moment.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn spent_by_all_today(&self, now: Timestamp) -> Result<Spent, StoreError> {
        self.house()
            .read(move |conn| match conn.query_opt(OF_DAY, params![EVERYONE, day_of(now)])? {
                Some(row) => read_spent(&row),
                None => Ok(Spent::default()),
            })
            .await
    }

    /// What the settled calls of a job of the user's cost.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn spent_by_job(&self, user: UserId, job: JobId) -> Result<JobSpending, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let row = conn.query_one(OF_JOB, params![job, &user])?;
                let known = row.get::<u64>("unknown")? == 0;
                let nano_usd = if known { Some(row.get("nano_usd")?) } else { None };
                Ok(JobSpending { calls: row.get("calls")?, tokens: row.get("tokens")?, nano_usd })
            })
            .await
    }

    /// What the calls reserved from `from` until before `to` cost, all users together, by model and task.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn spending_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<ModelSpending>, StoreError> {
        self.house()
            .read(move |conn| conn.query(BETWEEN, params![from, to])?.iter().map(read_model).collect())
            .await
    }
}
