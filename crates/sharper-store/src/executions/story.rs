//! The whole story of a request: its job, every agent that ran for it, and every call to a model.

use serde::Serialize;
use serde_json::Value as Json;
use sharper_domain::{JobId, Problem, SessionId, TaskKind, Timestamp, UserId};
use uuid::Uuid;

use super::ExecutionStatus;
use super::metrics::usd;
use crate::conn::{Conn, Row, params};
use crate::jobs::JobState;
use crate::{Store, StoreError};

/// Everything that is on record of a request.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RequestStory {
    /// Its id: that of its job, or of the HTTP request that ran one agent alone.
    pub request_id: String,
    /// The job; `None` for an agent that ran alone.
    pub job: Option<JobStory>,
    /// Every agent that ran, oldest first.
    pub runs: Vec<RunStory>,
    /// Every call to a model, oldest first.
    pub calls: Vec<CallStory>,
    /// Model tokens by the ledger.
    pub tokens: u64,
    /// US dollars by the ledger; `None` where nobody can tell for one of the calls.
    pub cost_usd: Option<f64>,
}

/// The job of a request.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct JobStory {
    /// Whose it is.
    pub user_id: UserId,
    /// In which stream.
    pub session_id: SessionId,
    /// What was asked for.
    pub kind: TaskKind,
    /// Where it stands.
    pub state: &'static str,
    /// How often a worker began.
    pub attempts: i32,
    /// How often a worker was lost over it.
    pub crashes: i32,
    /// Why it failed or waits.
    #[schema(value_type = Option<Object>)]
    pub problem: Option<Problem>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When a worker first began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// One run of one agent.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct RunStory {
    /// The agent.
    pub agent_name: String,
    /// What it was given: counts and sizes; `None` where they are not kept.
    #[schema(value_type = Option<Object>)]
    pub input_data: Option<Json>,
    /// What it made: counts and reasons; `None` where they are not kept.
    #[schema(value_type = Option<Object>)]
    pub output_data: Option<Json>,
    /// How long it took.
    pub execution_time_ms: u64,
    /// Model tokens.
    pub tokens_used: u64,
    /// The model, or `offline`.
    pub model_used: Option<String>,
    /// `success`, `failure` or `timeout`.
    pub status: &'static str,
    /// Why it failed.
    pub error_message: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
}

/// One call to a model.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct CallStory {
    /// What for.
    pub task: String,
    /// The model.
    pub model: String,
    /// How it ended; `None` while it is under way.
    pub outcome: Option<String>,
    /// Tokens of the prompt.
    pub prompt_tokens: Option<u64>,
    /// Tokens of the answer.
    pub completion_tokens: Option<u64>,
    /// Whether the tokens were counted here, because the server did not say.
    pub estimated: Option<bool>,
    /// US dollars; `None` where nobody can tell.
    pub cost_usd: Option<f64>,
    /// How long it took, in milliseconds.
    pub took_ms: Option<u64>,
    /// When it was reserved.
    pub created_at: Timestamp,
}

const JOB: &str = "SELECT user_id, session_id, kind, state, attempts, crashes, problem, created_at, started_at, ended_at \
    FROM jobs WHERE id = $1";
const RUNS: &str = "SELECT agent_name, input_data, output_data, execution_time_ms, tokens_used, model_used, status, \
    error_message, created_at FROM agent_executions WHERE request_id = $1 ORDER BY created_at, id LIMIT 1000";
const CALLS: &str = "SELECT task, model, outcome, prompt_tokens, completion_tokens, estimated, nano_usd, took_ms, created_at \
    FROM model_calls WHERE job_id = $1 ORDER BY created_at, id LIMIT 1000";

fn read_job(row: &Row) -> Result<JobStory, StoreError> {
    Ok(JobStory {
        user_id: row.get("user_id")?,
        session_id: row.get("session_id")?,
        kind: row.get("kind")?,
        state: row.get::<JobState>("state")?.as_str(),
        attempts: row.get("attempts")?,
        crashes: row.get("crashes")?,
        problem: row.json_opt("problem")?,
        created_at: row.get("created_at")?,
        started_at: row.get("started_at")?,
        ended_at: row.get("ended_at")?,
    })
}

fn read_run(row: &Row) -> Result<RunStory, StoreError> {
    Ok(RunStory {
        agent_name: row.get("agent_name")?,
        input_data: row.json_opt("input_data")?,
        output_data: row.json_opt("output_data")?,
        execution_time_ms: row.get("execution_time_ms")?,
        tokens_used: row.get("tokens_used")?,
        model_used: row.get("model_used")?,
        status: row.get::<ExecutionStatus>("status")?.as_str(),
        error_message: row.get("error_message")?,
        created_at: row.get("created_at")?,
    })
}

fn read_call(row: &Row) -> Result<CallStory, StoreError> {
    Ok(CallStory {
        task: row.get("task")?,
        model: row.get("model")?,
        outcome: row.get("outcome")?,
        prompt_tokens: row.get("prompt_tokens")?,
        completion_tokens: row.get("completion_tokens")?,
        estimated: row.get("estimated")?,
        cost_usd: row.get::<Option<i64>>("nano_usd")?.map(usd),
        took_ms: row.get("took_ms")?,
        created_at: row.get("created_at")?,
    })
}

fn story(conn: &mut Conn<'_>, request_id: String) -> Result<RequestStory, StoreError> {
    let rows = conn.query(RUNS, params![request_id.as_str()])?;
    let runs = rows.iter().map(read_run).collect::<Result<Vec<_>, _>>()?;
    let job = Uuid::parse_str(&request_id).ok().map(JobId);
    let (told, calls) = match job {
        Some(job) => {
            let told = conn.query_opt(JOB, params![job])?.as_ref().map(read_job).transpose()?;
            let rows = conn.query(CALLS, params![job])?;
            (told, rows.iter().map(read_call).collect::<Result<Vec<_>, _>>()?)
        }
        None => (None, Vec::new()),
    };
    if told.is_none() && runs.is_empty() && calls.is_empty() {
        return Err(StoreError::NotFound);
    }
    let tokens = calls.iter().filter_map(|call| Some(call.prompt_tokens? + call.completion_tokens?)).sum();
    let settled = calls.iter().filter(|call| call.outcome.is_some());
    let cost_usd = settled.map(|call| call.cost_usd).sum::<Option<f64>>();
    Ok(RequestStory { request_id, job: told, runs, calls, tokens, cost_usd })
}

impl Store {
    /// Everything that is on record of a request, whoever made it. For operators alone.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn request_story(&self, request_id: String) -> Result<RequestStory, StoreError> {
        self.house().read(move |conn| story(conn, request_id)).await
    }
}
