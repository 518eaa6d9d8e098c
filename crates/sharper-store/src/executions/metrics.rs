//! Metrics of a window: equal to a count over the rows, and read from roll-ups.

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use serde::Serialize;
use sharper_domain::Timestamp;

use super::rollup::Sums;
use super::window::{self, Piece};
use super::{ExecutionStatus, REQUESTS};
use crate::conn::{Conn, params};
use crate::spending::{CallSums, call_sums};
use crate::{Store, StoreError};

/// How the house did in a window. The figures at the top count requests, of which each is one run of
/// `main_orchestrator`; `agent_metrics` has every agent that ran.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Metrics {
    /// Requests that were worked on.
    pub total_requests: u64,
    /// Those that ended well.
    pub successful: u64,
    /// Those that did not, whether they failed or took too long.
    pub failed: u64,
    /// Those that took too long.
    pub timeouts: u64,
    /// Per cent that ended well; 0 without requests.
    pub success_rate: f64,
    /// The mean time of a request in milliseconds.
    pub avg_execution_time_ms: f64,
    /// Milliseconds that half of the requests did not exceed, read from a histogram: up to 19 % too high.
    pub p50_ms: Option<f64>,
    /// Likewise 95 of 100.
    pub p95_ms: Option<f64>,
    /// Likewise 99 of 100.
    pub p99_ms: Option<f64>,
    /// Model tokens of all agents. `main_orchestrator` is left out: its figure is the sum of its agents'.
    pub total_tokens_used: u64,
    /// Model tokens by the ledger of calls, prompt and completion. It counts a call when it was reserved, and one that nobody
    /// settled at all that it could have taken.
    pub ledger_tokens: u64,
    /// Settled calls to models.
    pub model_calls: u64,
    /// US dollars by the ledger, as charged.
    pub cost_usd: f64,
    /// Calls whose cost nobody can tell; they are in `cost_usd` at what was set aside for them.
    pub cost_unknown: u64,
    /// Each agent that ran, by name.
    pub agent_metrics: BTreeMap<String, AgentMetrics>,
    /// The window's length in hours.
    pub time_window_hours: u32,
    /// The window's end.
    pub timestamp: Timestamp,
}

/// How one agent did in a window.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AgentMetrics {
    /// Runs.
    pub count: u64,
    /// The mean time of a run in milliseconds.
    pub avg_time_ms: f64,
    /// Per cent that ended well.
    pub success_rate: f64,
    /// Model tokens.
    pub total_tokens: u64,
    /// Runs that did not end well.
    pub failed: u64,
    /// Those of them that took too long.
    pub timeouts: u64,
    /// As for requests.
    pub p50_ms: Option<f64>,
    /// As for requests.
    pub p95_ms: Option<f64>,
    /// As for requests.
    pub p99_ms: Option<f64>,
    /// US dollars of the calls of this agent's kind, by the ledger.
    pub cost_usd: f64,
}

pub(super) const OLDEST: &str = "SELECT min(start) AS start FROM execution_rollups WHERE grain = $1";
const ROLLED: &str = "SELECT agent_name, runs, succeeded, timed_out, total_ms, tokens, times FROM execution_rollups \
    WHERE grain = $1 AND start >= $2 AND start < $3";
const ROWS: &str = "SELECT agent_name, status, execution_time_ms, tokens_used FROM agent_executions \
    WHERE created_at >= $1 AND created_at < $2";
/// The index by time holds all that is read here.
const ENDED: &str = "SELECT count(*) AS requests, count(CASE WHEN status <> 'success' THEN 1 END) AS failed, \
    CAST(coalesce(sum(execution_time_ms), 0) AS BIGINT) AS ms FROM agent_executions \
    WHERE created_at >= $1 AND created_at <= $2 AND agent_name = $3 \
    AND created_at + execution_time_ms * 1000 > $4 AND created_at + execution_time_ms * 1000 <= $2";

/// The sums of each agent over a window.
pub(super) fn sums(conn: &mut Conn<'_>, window: Range<i64>) -> Result<BTreeMap<String, Sums>, StoreError> {
    let minutes_from = window::minutes_from(conn, OLDEST)?;
    let mut all = BTreeMap::new();
    for piece in window::pieces(window, minutes_from) {
        add_piece(conn, &piece, &mut all)?;
    }
    all.retain(|_, sums: &mut Sums| sums.runs > 0);
    Ok(all)
}

fn add_piece(conn: &mut Conn<'_>, piece: &Piece, all: &mut BTreeMap<String, Sums>) -> Result<(), StoreError> {
    let Piece { grain, range, sign } = piece;
    let mut add = |agent: String, sums: &Sums| all.entry(agent).or_default().merge(sums, *sign);
    match grain {
        Some(grain) => {
            for row in conn.query(ROLLED, params![grain.as_str(), range.start, range.end])? {
                let sums = Sums {
                    runs: row.get("runs")?,
                    succeeded: row.get("succeeded")?,
                    timed_out: row.get("timed_out")?,
                    total_ms: row.get("total_ms")?,
                    tokens: row.get("tokens")?,
                    times: row.get("times")?,
                };
                add(row.get("agent_name")?, &sums);
            }
        }
        None => {
            for row in conn.query(ROWS, params![range.start, range.end])? {
                let mut one = Sums::default();
                let status = row.get::<ExecutionStatus>("status")?;
                one.add(status, row.get("execution_time_ms")?, row.get("tokens_used")?);
                add(row.get("agent_name")?, &one);
            }
        }
    }
    Ok(())
}

/// The agent that asks the models for a task of the ledger.
fn agent_of(task: &str) -> &str {
    match task {
        "flashcards" => "flashcard_agent",
        "quiz" => "quiz_agent",
        "exam" => "exam_agent",
        "summary" => "summary_agent",
        "chat" => "chat_agent",
        "analysis" => "note_analysis_agent",
        "plan" => "study_plan_agent",
        "judge" => "quality_agent",
        "grade" => "grading_agent",
        "intent" => REQUESTS,
        other => other,
    }
}

pub(super) fn per_cent(part: i64, whole: i64) -> f64 {
    if whole <= 0 { 0.0 } else { rounded(part as f64 * 100.0 / whole as f64) }
}

pub(super) fn mean(sum: i64, count: i64) -> f64 {
    if count <= 0 { 0.0 } else { rounded(sum as f64 / count as f64) }
}

/// To two places.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

pub(super) fn usd(nano: i64) -> f64 {
    nano as f64 / 1e9
}

/// A count that cannot be under 0.
pub(super) fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

impl AgentMetrics {
    fn of(sums: &Sums) -> Self {
        Self {
            count: count(sums.runs),
            avg_time_ms: mean(sums.total_ms, sums.runs),
            success_rate: per_cent(sums.succeeded, sums.runs),
            total_tokens: count(sums.tokens),
            failed: count(sums.runs - sums.succeeded),
            timeouts: count(sums.timed_out),
            p50_ms: sums.times.percentile(0.5),
            p95_ms: sums.times.percentile(0.95),
            p99_ms: sums.times.percentile(0.99),
            cost_usd: 0.0,
        }
    }
}

/// Puts the figures of a window together.
fn told(sums: &BTreeMap<String, Sums>, calls: &[CallSums], now: Timestamp, hours: u32) -> Metrics {
    let none = Sums::default();
    let requests = sums.get(REQUESTS).unwrap_or(&none);
    let top = AgentMetrics::of(requests);
    let mut agents: BTreeMap<String, AgentMetrics> =
        sums.iter().map(|(agent, sums)| (agent.clone(), AgentMetrics::of(sums))).collect();
    for call in calls {
        if let Some(agent) = agents.get_mut(agent_of(&call.task)) {
            agent.cost_usd += usd(call.nano_usd);
        }
    }
    let of_agents = sums.iter().filter(|(agent, _)| *agent != REQUESTS).map(|(_, sums)| sums.tokens);
    let of_calls = |figure: fn(&CallSums) -> i64| calls.iter().map(figure).sum::<i64>();
    Metrics {
        total_requests: top.count,
        successful: count(requests.succeeded),
        failed: top.failed,
        timeouts: top.timeouts,
        success_rate: top.success_rate,
        avg_execution_time_ms: top.avg_time_ms,
        p50_ms: top.p50_ms,
        p95_ms: top.p95_ms,
        p99_ms: top.p99_ms,
        total_tokens_used: count(of_agents.sum()),
        ledger_tokens: count(of_calls(|call| call.prompt_tokens + call.completion_tokens)),
        model_calls: count(of_calls(|call| call.calls)),
        cost_usd: usd(of_calls(|call| call.nano_usd)),
        cost_unknown: count(of_calls(|call| call.cost_unknown)),
        agent_metrics: agents,
        time_window_hours: hours,
        timestamp: now,
    }
}

impl Store {
    /// How the house did in the last `hours` before `now`.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn metrics(&self, now: Timestamp, hours: u32) -> Result<Metrics, StoreError> {
        self.house()
            .read(move |conn| {
                let window = window::last_hours(now, hours);
                let sums = sums(conn, window.clone())?;
                let calls = call_sums(conn, window)?;
                Ok(told(&sums, &calls, now, hours))
            })
            .await
    }

    /// Requests that ended after a moment and not after another, those of them that failed, and the milliseconds that they
    /// took. Runs are kept by when they began, so rows are read that began up to `longest` before: a request that takes longer
    /// is missed.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn requests_ended(
        &self,
        after: Timestamp,
        until: Timestamp,
        longest: Duration,
    ) -> Result<(u64, u64, u64), StoreError> {
        self.house()
            .read(move |conn| {
                let row = conn.query_one(ENDED, params![after - longest, until, REQUESTS, after])?;
                Ok((row.get("requests")?, row.get("failed")?, count(row.get("ms")?)))
            })
            .await
    }
}
