//! Roll-ups: sums over the runs of a minute and of an hour, kept in the transaction that keeps the runs.

use std::collections::BTreeMap;

use sharper_domain::Timestamp;

use super::times::Times;
use super::window::{Grain, HOUR};
use super::{Execution, ExecutionStatus, ItemOutcome};
use crate::StoreError;
use crate::conn::{Conn, params};

/// Sums over runs of one agent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) runs: i64,
    pub(super) succeeded: i64,
    pub(super) timed_out: i64,
    pub(super) total_ms: i64,
    pub(super) tokens: i64,
    pub(super) times: Times,
}

impl Sums {
    /// Adds runs that are all alike.
    pub(super) fn add(&mut self, status: ExecutionStatus, ms: u64, tokens: u64) {
        self.runs += 1;
        self.succeeded += i64::from(status == ExecutionStatus::Success);
        self.timed_out += i64::from(status == ExecutionStatus::Timeout);
        self.total_ms = self.total_ms.saturating_add(number(ms));
        self.tokens = self.tokens.saturating_add(number(tokens));
        self.times.add(ms);
    }

    /// Adds the other's, `sign` (1 or -1) times.
    pub(super) fn merge(&mut self, other: &Sums, sign: i64) {
        self.runs += sign * other.runs;
        self.succeeded += sign * other.succeeded;
        self.timed_out += sign * other.timed_out;
        self.total_ms += sign * other.total_ms;
        self.tokens += sign * other.tokens;
        self.times.merge(&other.times, sign);
    }
}

/// A number as both databases keep it.
pub(super) fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Where the row was there, its times come back as they were; where it is new, `runs` says so.
const ADD: &str = "INSERT INTO execution_rollups \
    (grain, start, agent_name, runs, succeeded, timed_out, total_ms, tokens, times) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (grain, start, agent_name) DO UPDATE SET \
    runs = execution_rollups.runs + excluded.runs, succeeded = execution_rollups.succeeded + excluded.succeeded, \
    timed_out = execution_rollups.timed_out + excluded.timed_out, \
    total_ms = execution_rollups.total_ms + excluded.total_ms, \
    tokens = execution_rollups.tokens + excluded.tokens RETURNING runs, times";
const TIMES: &str =
    "UPDATE execution_rollups SET times = $4 WHERE grain = $1 AND start = $2 AND agent_name = $3";
const ITEMS: &str = "INSERT INTO item_rollups (start, task, outcome, fault, items) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (start, task, outcome, fault) DO UPDATE SET items = item_rollups.items + excluded.items";

/// Adds a batch to the sums. The rows are taken in the order of their keys, so that two instances that add at once wait
/// for each other and never in a circle.
pub(super) fn add(conn: &mut Conn<'_>, runs: &[Execution]) -> Result<(), StoreError> {
    let mut sums: BTreeMap<(&str, i64, &str), Sums> = BTreeMap::new();
    let mut items: BTreeMap<(i64, &str, ItemOutcome, String), i64> = BTreeMap::new();
    for run in runs {
        for grain in [Grain::Hour, Grain::Minute] {
            let key = (grain.as_str(), grain.start(run.created_at), run.agent_name.as_str());
            sums.entry(key).or_default().add(run.status, run.execution_time_ms, run.tokens_used);
        }
        for item in &run.items {
            let key = (hour(run.created_at), item.task.as_str(), item.outcome, item.fault_word());
            *items.entry(key).or_default() += i64::from(item.count);
        }
    }
    for ((grain, start, agent), sums) in &sums {
        upsert(conn, grain, *start, agent, sums)?;
    }
    for ((start, task, outcome, fault), count) in items {
        conn.execute(ITEMS, params![start, task, outcome.as_str(), fault, count])?;
    }
    Ok(())
}

fn hour(at: Timestamp) -> i64 {
    at.as_microsecond().div_euclid(HOUR) * HOUR
}

fn upsert(conn: &mut Conn<'_>, grain: &str, start: i64, agent: &str, sums: &Sums) -> Result<(), StoreError> {
    let values = params![
        grain,
        start,
        agent,
        sums.runs,
        sums.succeeded,
        sums.timed_out,
        sums.total_ms,
        sums.tokens,
        &sums.times,
    ];
    let row = conn.query_one(ADD, values)?;
    if row.get::<i64>("runs")? == sums.runs {
        return Ok(());
    }
    let mut times = row.get::<Times>("times")?;
    times.merge(&sums.times, 1);
    conn.execute(TIMES, params![grain, start, agent, &times]).map(drop)
}
