//! Executions: each run of each agent, with the columns of the wire contract.

use serde_json::Value as Json;
use sharper_domain::{ExecutionId, SessionId, Timestamp, UserId};

use crate::conn::{Conn, Value, params};
use crate::{Durability, Store, StoreError};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExecutionStatus {
    /// It did what it should.
    Success,
    /// It did not.
    Failure,
    /// It did not in time.
    Timeout,
}

impl ExecutionStatus {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            ExecutionStatus::Success => "success",
            ExecutionStatus::Failure => "failure",
            ExecutionStatus::Timeout => "timeout",
        }
    }
}

/// One run of one agent.
#[derive(Debug, Clone, PartialEq)]
pub struct Execution {
    /// Its id.
    pub id: ExecutionId,
    /// For whom.
    pub user_id: Option<UserId>,
    /// In which stream.
    pub session_id: Option<SessionId>,
    /// In which request.
    pub request_id: Option<String>,
    /// The agent, by the wire's name.
    pub agent_name: String,
    /// What it was given; `None` when inputs are not to be kept.
    pub input_data: Option<Json>,
    /// What it answered.
    pub output_data: Option<Json>,
    /// How long it took, in milliseconds.
    pub execution_time_ms: u64,
    /// Model tokens, prompt and completion.
    pub tokens_used: u64,
    /// The model, or `offline`.
    pub model_used: Option<String>,
    /// How it ended.
    pub status: ExecutionStatus,
    /// Why it failed.
    pub error_message: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
}

const INSERT: &str = "INSERT INTO agent_executions \
    (id, user_id, session_id, request_id, agent_name, input_data, output_data, execution_time_ms, tokens_used, \
     model_used, status, error_message, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

fn record(conn: &mut Conn<'_>, run: &Execution) -> Result<(), StoreError> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let values = params![
        run.id,
        run.user_id.as_ref(),
        run.session_id.as_ref(),
        run.request_id.as_deref(),
        run.agent_name.as_str(),
        run.input_data.as_ref().map(Value::json).transpose()?,
        run.output_data.as_ref().map(Value::json).transpose()?,
        number(run.execution_time_ms),
        number(run.tokens_used),
        run.model_used.as_deref(),
        run.status.as_str(),
        run.error_message.as_deref(),
        run.created_at,
    ];
    conn.execute(INSERT, values).map(drop)
}

impl Store {
    /// Keeps records of runs, without waiting for the disk.
    ///
    /// # Errors
    /// `Conflict` when an id is taken; nothing is kept then.
    pub async fn record_executions(&self, runs: Vec<Execution>) -> Result<(), StoreError> {
        self.write(Durability::Relaxed, move |conn| runs.iter().try_for_each(|run| record(conn, run))).await
    }
}
