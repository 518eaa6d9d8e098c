//! Roll-ups of the ledger: sums over the settled calls of a minute and of an hour, by task and model, kept in the
//! transaction that settles a call.

use std::collections::BTreeMap;
use std::ops::Range;

use sharper_domain::Timestamp;

use super::{Settled, amount};
use crate::StoreError;
use crate::conn::{Conn, Row, params};
use crate::executions::window::{self, Grain, Piece};

/// Sums over the settled calls for one task to one model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CallSums {
    pub(crate) task: String,
    pub(crate) model: String,
    pub(crate) calls: i64,
    pub(crate) failed: i64,
    pub(crate) cached: i64,
    pub(crate) prompt_tokens: i64,
    pub(crate) completion_tokens: i64,
    pub(crate) nano_usd: i64,
    pub(crate) cost_unknown: i64,
    pub(crate) took_ms: i64,
}

const ADD: &str = "INSERT INTO model_call_rollups (grain, start, task, model, calls, failed, cached, prompt_tokens, \
    completion_tokens, nano_usd, cost_unknown, took_ms) VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11) \
    ON CONFLICT (grain, start, task, model) DO UPDATE SET calls = model_call_rollups.calls + 1, \
    failed = model_call_rollups.failed + excluded.failed, cached = model_call_rollups.cached + excluded.cached, \
    prompt_tokens = model_call_rollups.prompt_tokens + excluded.prompt_tokens, \
    completion_tokens = model_call_rollups.completion_tokens + excluded.completion_tokens, \
    nano_usd = model_call_rollups.nano_usd + excluded.nano_usd, \
    cost_unknown = model_call_rollups.cost_unknown + excluded.cost_unknown, \
    took_ms = model_call_rollups.took_ms + excluded.took_ms";
const OLDEST: &str = "SELECT min(start) AS start FROM model_call_rollups WHERE grain = $1";
const ROLLED: &str = "SELECT task, model, calls, failed, cached, prompt_tokens, completion_tokens, nano_usd, cost_unknown, \
    took_ms FROM model_call_rollups WHERE grain = $1 AND start >= $2 AND start < $3";
const ROWS: &str = "SELECT task, model, CAST(1 AS BIGINT) AS calls, \
    CAST(CASE WHEN outcome <> 'ok' THEN 1 ELSE 0 END AS BIGINT) AS failed, \
    CAST(CASE WHEN cached THEN 1 ELSE 0 END AS BIGINT) AS cached, prompt_tokens, completion_tokens, \
    coalesce(nano_usd, reserved_nano_usd) AS nano_usd, \
    CAST(CASE WHEN nano_usd IS NULL THEN 1 ELSE 0 END AS BIGINT) AS cost_unknown, coalesce(took_ms, 0) AS took_ms \
    FROM model_calls WHERE created_at >= $1 AND created_at < $2 AND settled_at IS NOT NULL";

/// Adds a call that is being settled. `charged`: what it counts for, in billionths of a US dollar.
pub(super) fn add(
    conn: &mut Conn<'_>,
    reserved_at: Timestamp,
    task: &str,
    settled: &Settled,
    charged: i64,
) -> Result<(), StoreError> {
    for grain in [Grain::Hour, Grain::Minute] {
        let values = params![
            grain.as_str(),
            grain.start(reserved_at),
            task,
            settled.model.as_str(),
            i64::from(settled.outcome != "ok"),
            i64::from(settled.cached),
            amount(settled.prompt_tokens),
            amount(settled.completion_tokens),
            charged,
            i64::from(settled.nano_usd.is_none()),
            amount(settled.took_ms),
        ];
        conn.execute(ADD, values)?;
    }
    Ok(())
}

/// The sums over the calls reserved in a window (microseconds), by task and model.
pub(crate) fn call_sums(conn: &mut Conn<'_>, range: Range<i64>) -> Result<Vec<CallSums>, StoreError> {
    let minutes_from = window::minutes_from(conn, OLDEST)?;
    let mut all: BTreeMap<(String, String), CallSums> = BTreeMap::new();
    for Piece { grain, range, sign } in window::pieces(range, minutes_from) {
        let rows = match grain {
            Some(grain) => conn.query(ROLLED, params![grain.as_str(), range.start, range.end])?,
            None => conn.query(ROWS, params![range.start, range.end])?,
        };
        for row in &rows {
            let one = read(row)?;
            all.entry((one.task.clone(), one.model.clone())).or_default().merge(one, sign);
        }
    }
    Ok(all.into_values().filter(|sums| sums.calls > 0).collect())
}

fn read(row: &Row) -> Result<CallSums, StoreError> {
    Ok(CallSums {
        task: row.get("task")?,
        model: row.get("model")?,
        calls: row.get("calls")?,
        failed: row.get("failed")?,
        cached: row.get("cached")?,
        prompt_tokens: row.get("prompt_tokens")?,
        completion_tokens: row.get("completion_tokens")?,
        nano_usd: row.get("nano_usd")?,
        cost_unknown: row.get("cost_unknown")?,
        took_ms: row.get("took_ms")?,
    })
}

impl CallSums {
    fn merge(&mut self, other: CallSums, sign: i64) {
        self.calls += sign * other.calls;
        self.failed += sign * other.failed;
        self.cached += sign * other.cached;
        self.prompt_tokens += sign * other.prompt_tokens;
        self.completion_tokens += sign * other.completion_tokens;
        self.nano_usd += sign * other.nano_usd;
        self.cost_unknown += sign * other.cost_unknown;
        self.took_ms += sign * other.took_ms;
        (self.task, self.model) = (other.task, other.model);
    }
}
