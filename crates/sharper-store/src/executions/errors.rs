//! What went wrong: runs that did not end well, one by one and in groups.

use std::collections::HashMap;

use serde::Serialize;
use sharper_domain::{Timestamp, UserId};

use super::ExecutionStatus;
use super::alike::shape;
use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// A run that did not end well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RunError {
    /// The agent.
    pub agent_name: String,
    /// Why, as it was recorded.
    pub error_message: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// For whom.
    pub user_id: Option<UserId>,
    /// In which request.
    pub request_id: Option<String>,
    /// `failure` or `timeout`.
    pub status: &'static str,
}

/// Runs of one agent that did not end well for the same reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ErrorGroup {
    /// The agent.
    pub agent_name: String,
    /// What their messages have in common: numbers are `#`, ids and quotations `…`.
    pub shape: String,
    /// The newest message itself.
    pub latest_message: Option<String>,
    /// How many.
    pub count: u64,
    /// When the first began.
    pub first: Timestamp,
    /// When the last began.
    pub last: Timestamp,
    /// The request of the last.
    pub latest_request_id: Option<String>,
    /// The users that it befell.
    pub users: u64,
}

const NEWEST: &str = "SELECT agent_name, error_message, created_at, user_id, request_id, status FROM agent_executions \
    WHERE status <> 'success' AND created_at >= $1 ORDER BY created_at DESC, id DESC LIMIT $2";

/// Failed runs that are grouped at most, the newest.
const GROUPED: u32 = 20_000;

impl RunError {
    /// What the message has in common with others of its kind; runs of an agent with one shape are one group.
    pub fn shape(&self) -> String {
        shape(self.error_message.as_deref().unwrap_or("(no message)"))
    }
}

fn read(row: &Row) -> Result<RunError, StoreError> {
    Ok(RunError {
        agent_name: row.get("agent_name")?,
        error_message: row.get("error_message")?,
        created_at: row.get("created_at")?,
        user_id: row.get("user_id")?,
        request_id: row.get("request_id")?,
        status: row.get::<ExecutionStatus>("status")?.as_str(),
    })
}

impl Store {
    /// The newest runs since a moment that did not end well.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn errors(&self, limit: u32, since: Timestamp) -> Result<Vec<RunError>, StoreError> {
        self.house()
            .read(move |conn| conn.query(NEWEST, params![since, limit])?.iter().map(read).collect())
            .await
    }

    /// The runs since a moment that did not end well, grouped by agent and shape of the message, the commonest group first.
    /// Of more than 20,000 the newest are grouped.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn error_groups(&self, since: Timestamp) -> Result<Vec<ErrorGroup>, StoreError> {
        let errors = self.errors(GROUPED, since).await?;
        Ok(grouped(errors))
    }
}

/// Groups errors that come newest first.
fn grouped(errors: Vec<RunError>) -> Vec<ErrorGroup> {
    let mut groups: HashMap<(String, String), (ErrorGroup, Vec<UserId>)> = HashMap::new();
    for error in errors {
        let shape = error.shape();
        let key = (error.agent_name.clone(), shape.clone());
        let (group, users) = groups.entry(key).or_insert_with(|| {
            let group = ErrorGroup {
                agent_name: error.agent_name,
                shape,
                latest_message: error.error_message,
                count: 0,
                first: error.created_at,
                last: error.created_at,
                latest_request_id: error.request_id,
                users: 0,
            };
            (group, Vec::new())
        });
        group.count += 1;
        group.first = error.created_at;
        users.extend(error.user_id);
    }
    let mut all: Vec<ErrorGroup> = groups
        .into_values()
        .map(|(mut group, mut users)| {
            users.sort();
            users.dedup();
            group.users = users.len() as u64;
            group
        })
        .collect();
    all.sort_by(|a, b| (b.count, b.last, &b.agent_name).cmp(&(a.count, a.last, &a.agent_name)));
    all
}
