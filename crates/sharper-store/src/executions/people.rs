//! Who uses it: the runs of one user, and every user with what they took.

use std::collections::HashMap;

use serde::Serialize;
use sharper_domain::{Timestamp, UserId};

use super::metrics::{count, usd};
use super::{ExecutionStatus, REQUESTS};
use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// A run that was done for a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = UserAct)]
pub struct Activity {
    /// The agent.
    pub agent_name: String,
    /// `success`, `failure` or `timeout`.
    pub status: &'static str,
    /// How long it took.
    pub execution_time_ms: u64,
    /// Model tokens.
    pub tokens_used: u64,
    /// When it began.
    pub created_at: Timestamp,
    /// In which request.
    pub request_id: Option<String>,
}

/// What one user did in a window.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct UserSummary {
    /// Who.
    pub user_id: UserId,
    /// Their requests.
    pub requests: u64,
    /// Those that did not end well.
    pub failed: u64,
    /// Model tokens by the ledger.
    pub tokens: u64,
    /// US dollars by the ledger.
    pub cost_usd: f64,
    /// When an agent last began to work for them in the window.
    pub last_seen: Timestamp,
}

const RUNS: &str = "SELECT agent_name, status, execution_time_ms, tokens_used, created_at, request_id \
    FROM agent_executions WHERE user_id = $1 ORDER BY created_at DESC LIMIT $2";
const REQUESTED: &str = "SELECT count(*) AS requests, count(CASE WHEN status <> 'success' THEN 1 END) AS failed \
    FROM agent_executions WHERE user_id = $1 AND created_at >= $2 AND agent_name = $3";
const USERS: &str = "SELECT user_id, count(CASE WHEN agent_name = $2 THEN 1 END) AS requests, \
    count(CASE WHEN agent_name = $2 AND status <> 'success' THEN 1 END) AS failed, max(created_at) AS last_seen \
    FROM agent_executions WHERE created_at >= $1 AND user_id IS NOT NULL GROUP BY user_id \
    ORDER BY 2 DESC, 4 DESC, 1 LIMIT $3";
const SPENT: &str = "SELECT user_id, CAST(sum(prompt_tokens + completion_tokens) AS BIGINT) AS tokens, \
    CAST(sum(coalesce(nano_usd, reserved_nano_usd)) AS BIGINT) AS nano_usd \
    FROM model_calls WHERE created_at >= $1 AND settled_at IS NOT NULL GROUP BY user_id";

fn read(row: &Row) -> Result<Activity, StoreError> {
    Ok(Activity {
        agent_name: row.get("agent_name")?,
        status: row.get::<ExecutionStatus>("status")?.as_str(),
        execution_time_ms: row.get("execution_time_ms")?,
        tokens_used: row.get("tokens_used")?,
        created_at: row.get("created_at")?,
        request_id: row.get("request_id")?,
    })
}

impl Store {
    /// The newest runs that were done for a user.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn user_activity(&self, user: UserId, limit: u32) -> Result<Vec<Activity>, StoreError> {
        self.house()
            .read(move |conn| conn.query(RUNS, params![&user, limit])?.iter().map(read).collect())
            .await
    }

    /// The requests of a user since a moment, and how many of them did not end well.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn requests_of_user(&self, user: UserId, since: Timestamp) -> Result<(u64, u64), StoreError> {
        self.house()
            .read(move |conn| {
                let row = conn.query_one(REQUESTED, params![&user, since, REQUESTS])?;
                Ok((row.get("requests")?, row.get("failed")?))
            })
            .await
    }

    /// The users of the last `hours` before `now`, those with most requests first. This counts rows, not roll-ups: it is for a
    /// page that somebody opens now and then.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn users(
        &self,
        now: Timestamp,
        hours: u32,
        limit: u32,
    ) -> Result<Vec<UserSummary>, StoreError> {
        self.house()
            .read(move |conn| {
                let since = super::window::last_hours(now, hours).start;
                let mut spent = HashMap::new();
                for row in conn.query(SPENT, params![since])? {
                    let bill = (row.get::<i64>("tokens")?, row.get::<i64>("nano_usd")?);
                    spent.insert(row.get::<String>("user_id")?, bill);
                }
                let rows = conn.query(USERS, params![since, REQUESTS, limit])?;
                let one = |row: &Row| {
                    let user_id: UserId = row.get("user_id")?;
                    let (tokens, nano_usd) = spent.get(user_id.as_str()).copied().unwrap_or_default();
                    Ok(UserSummary {
                        user_id,
                        requests: row.get("requests")?,
                        failed: row.get("failed")?,
                        tokens: count(tokens),
                        cost_usd: usd(nano_usd),
                        last_seen: row.get("last_seen")?,
                    })
                };
                rows.iter().map(one).collect()
            })
            .await
    }
}
