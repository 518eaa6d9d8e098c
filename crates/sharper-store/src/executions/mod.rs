//! Executions: each run of each agent, with the columns of the wire contract, and what is told of them.
//!
//! A run is kept with its roll-ups in one transaction, so that the sums always equal a count over the rows.

mod alike;
mod errors;
mod metrics;
mod people;
mod quality;
mod rollup;
mod series;
mod story;
mod times;
pub(crate) mod window;

use serde_json::Value as Json;
use sharper_domain::{ExecutionId, Fault, SessionId, TaskKind, Timestamp, UserId};

pub use self::errors::{ErrorGroup, RunError};
pub use self::metrics::{AgentMetrics, Metrics};
pub use self::people::{Activity, UserSummary};
pub use self::quality::{FaultCount, FeedbackMean, Quality, TaskQuality};
pub use self::series::{Point, Series};
pub use self::story::{CallStory, JobStory, RequestStory, RunStory};
pub use self::times::Times;
use crate::conn::{Conn, FromValue, Value, params};
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

impl FromValue for ExecutionStatus {
    fn from_value(value: &Value) -> Option<Self> {
        [ExecutionStatus::Success, ExecutionStatus::Failure, ExecutionStatus::Timeout]
            .into_iter()
            .find(|status| matches!(value, Value::Text(word) if word == status.as_str()))
    }
}

/// The agent that stands for a whole request: it runs once for each.
pub const REQUESTS: &str = "main_orchestrator";

/// What became of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemOutcome {
    /// It was delivered.
    Accepted,
    /// It was shown, and taken back.
    Withdrawn,
    /// It was turned away before anybody saw it.
    Rejected,
}

impl ItemOutcome {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            ItemOutcome::Accepted => "accepted",
            ItemOutcome::Withdrawn => "withdrawn",
            ItemOutcome::Rejected => "rejected",
        }
    }
}

/// How many items of a request had one fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemCount {
    /// Of which task.
    pub task: TaskKind,
    /// Their fate.
    pub outcome: ItemOutcome,
    /// Why; `None` for accepted ones.
    pub fault: Option<Fault>,
    /// How many.
    pub count: u32,
}

impl ItemCount {
    /// The fault's word on the wire; empty where there is none.
    fn fault_word(&self) -> String {
        let word = self.fault.and_then(|fault| serde_json::to_value(fault).ok());
        word.as_ref().and_then(Json::as_str).unwrap_or_default().to_owned()
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
    /// What became of the items that it made, for the roll-ups alone.
    pub items: Vec<ItemCount>,
}

const INSERT: &str = "INSERT INTO agent_executions \
    (id, user_id, session_id, request_id, agent_name, input_data, output_data, execution_time_ms, tokens_used, \
     model_used, status, error_message, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

fn record(conn: &mut Conn<'_>, run: &Execution) -> Result<(), StoreError> {
    let values = params![
        run.id,
        run.user_id.as_ref(),
        run.session_id.as_ref(),
        run.request_id.as_deref(),
        run.agent_name.as_str(),
        run.input_data.as_ref().map(Value::json).transpose()?,
        run.output_data.as_ref().map(Value::json).transpose()?,
        rollup::number(run.execution_time_ms),
        rollup::number(run.tokens_used),
        run.model_used.as_deref(),
        run.status.as_str(),
        run.error_message.as_deref(),
        run.created_at,
    ];
    conn.execute(INSERT, values).map(drop)
}

impl Store {
    /// Keeps records of runs and adds them to the roll-ups, without waiting for the disk.
    ///
    /// # Errors
    /// `Conflict` when an id is taken; nothing is kept then.
    pub async fn record_executions(&self, runs: Vec<Execution>) -> Result<(), StoreError> {
        self.house()
            .write(Durability::Relaxed, move |conn| {
                runs.iter().try_for_each(|run| record(conn, run))?;
                rollup::add(conn, &runs)
            })
            .await
    }
}
