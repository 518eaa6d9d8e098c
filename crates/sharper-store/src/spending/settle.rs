//! Settling calls: what was set aside becomes what was spent, once.

use sharper_domain::Timestamp;

use super::{CallId, EVERYONE, amount, rollup};
use crate::conn::{Conn, Sql, locking, params};
use crate::{Durability, Store, StoreError};

/// How a call ended and what it cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Tokens of the prompt.
    pub prompt_tokens: u64,
    /// Tokens of the answer.
    pub completion_tokens: u64,
    /// Whether the tokens were counted here, because the server did not say.
    pub estimated: bool,
    /// What it cost, in billionths of a US dollar. Where nobody can tell, what was set aside for it counts.
    pub nano_usd: Option<u64>,
    /// Whether the server said what it cost, rather than a table of prices.
    pub cost_reported: bool,
    /// Whether the answer was kept from before, so that no model was asked. Its tokens and cost are 0 then.
    pub cached: bool,
    /// `ok`, or the class of the error.
    pub outcome: &'static str,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The model that answered.
    pub model: String,
    /// Items of the answer that passed their checks.
    pub accepted_items: u32,
}

/// The outcome of a call whose end nobody saw.
const LOST: &str = "lost";

const CALL: Sql = locking!(
    "SELECT user_id, day, task, reserved_tokens, reserved_nano_usd, created_at, settled_at FROM model_calls WHERE id = $1",
    "FOR UPDATE"
);
const CLOSE: &str = "UPDATE model_calls SET prompt_tokens = $2, completion_tokens = $3, estimated = $4, \
    nano_usd = $5, cost_reported = $6, cached = $7, outcome = $8, took_ms = $9, model = $10, accepted_items = $11, \
    settled_at = $12 WHERE id = $1";
const CHARGE: &str = "UPDATE spending SET reserved_tokens = reserved_tokens - $3, \
    reserved_nano_usd = reserved_nano_usd - $4, spent_tokens = spent_tokens + $5, spent_nano_usd = spent_nano_usd + $6 \
    WHERE user_id = $1 AND day = $2";
const STALE: &str = "SELECT id, reserved_tokens, reserved_nano_usd, model FROM model_calls \
    WHERE settled_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT $2";

/// Stale calls that are released at a time.
const RELEASED_AT_ONCE: u32 = 256;

/// Settles a call. Answers whether it was open: settling it again changes nothing.
///
/// # Errors
/// `NotFound` when there is no such call.
pub fn settle(
    conn: &mut Conn<'_>,
    call: CallId,
    settled: &Settled,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let line = conn.query_one(CALL, params![call])?;
    if line.get::<Option<Timestamp>>("settled_at")?.is_some() {
        return Ok(false);
    }
    let (tokens, nano_usd) = (line.get::<i64>("reserved_tokens")?, line.get::<i64>("reserved_nano_usd")?);
    let (prompt, completion) = (amount(settled.prompt_tokens), amount(settled.completion_tokens));
    let cost = settled.nano_usd.map(amount);
    let values = params![
        call,
        prompt,
        completion,
        settled.estimated,
        cost,
        settled.cost_reported,
        settled.cached,
        settled.outcome,
        amount(settled.took_ms),
        settled.model.as_str(),
        settled.accepted_items,
        now,
    ];
    conn.execute(CLOSE, values)?;
    let (user, day) = (line.get::<String>("user_id")?, line.get::<i64>("day")?);
    // A call of a user who was erased since has nobody's name: only everyone's sum knows of it.
    let names = if user == EVERYONE { &[EVERYONE][..] } else { &[user.as_str(), EVERYONE] };
    for name in names {
        let charge = params![*name, day, tokens, nano_usd, prompt + completion, cost.unwrap_or(nano_usd)];
        conn.execute(CHARGE, charge)?;
    }
    let (reserved_at, task) = (line.get("created_at")?, line.get::<String>("task")?);
    rollup::add(conn, reserved_at, &task, settled, cost.unwrap_or(nano_usd))?;
    Ok(true)
}

impl Store {
    /// Settles a call: what was set aside for it becomes what it cost. Settling it again changes nothing.
    ///
    /// # Errors
    /// `NotFound` when there is no such call.
    pub async fn settle_call(
        &self,
        call: CallId,
        settled: Settled,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.house().write(Durability::Relaxed, move |conn| settle(conn, call, &settled, now).map(drop)).await
    }

    /// Settles calls that were reserved before this moment and are still open, because the process that made them is
    /// gone: at all that was set aside for them, since they may have cost it. Answers how many.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn release_stale_calls(&self, before: Timestamp, now: Timestamp) -> Result<u64, StoreError> {
        let mut released = 0;
        loop {
            let stale = self.house().read(move |conn| stale(conn, before)).await?;
            if stale.is_empty() {
                return Ok(released);
            }
            // Each on its own: two users' sums must not be locked in one transaction.
            for (call, lost) in stale {
                let work = move |conn: &mut Conn<'_>| settle(conn, call, &lost, now);
                released += u64::from(self.house().write(Durability::Relaxed, work).await?);
            }
        }
    }
}

/// Open calls of before this moment, each as if it had cost all that was set aside for it.
fn stale(conn: &mut Conn<'_>, before: Timestamp) -> Result<Vec<(CallId, Settled)>, StoreError> {
    let rows = conn.query(STALE, params![before, RELEASED_AT_ONCE])?;
    let lost = |row: &crate::Row| {
        let settled = Settled {
            prompt_tokens: row.get("reserved_tokens")?,
            completion_tokens: 0,
            estimated: true,
            nano_usd: Some(row.get("reserved_nano_usd")?),
            cost_reported: false,
            cached: false,
            outcome: LOST,
            took_ms: 0,
            model: row.get("model")?,
            accepted_items: 0,
        };
        Ok((row.get("id")?, settled))
    };
    rows.iter().map(lost).collect()
}
