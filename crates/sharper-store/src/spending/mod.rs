//! Spending on models: budgets that hold, and a ledger of every call.
//!
//! A call reserves the most that it can cost before it is made, and is settled with what it did cost after. A day's
//! budget is held against what is spent and what is reserved, so however many calls are made at once, together they
//! stay within it as long as none costs more than it reserved. A call belongs to the UTC day on which it was reserved,
//! also when it ends on the next.
//!
//! A reservation is synced to the disk before it is answered: a power cut must not hand the same budget out twice, and
//! one sync, shared with whatever else is being written, is nothing beside the seconds that a call takes. Settling is
//! not synced. What a power cut takes of it leaves a call open at its full reservation, as a crash in the middle of a
//! call does, and `release_stale_calls` then counts it as spent in full: money fails closed.
//!
//! On PostgreSQL a transaction locks the call's row, then the user's sums, then everyone's, then the roll-ups of the hour and
//! the minute, always in this order and each once, so that no two wait for each other, and what is shared is held for no
//! more than the commit.

mod look;
mod rollup;
mod settle;

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sharper_domain::{JobId, Timestamp, UserId};
use uuid::Uuid;

pub use self::look::{JobSpending, ModelSpending, Spent, Today};
pub(crate) use self::rollup::{CallSums, call_sums};
pub use self::settle::{Settled, settle};
use crate::conn::{Conn, FromValue, Value, params};
use crate::store::fresh_id;
use crate::{BudgetOf, Durability, Store, StoreError};

/// One call to a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CallId(pub Uuid);

impl CallId {
    /// A new UUIDv7 of this moment.
    pub fn new(at: Timestamp) -> Self {
        Self(fresh_id(at))
    }
}

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromValue for CallId {
    fn from_value(value: &Value) -> Option<Self> {
        Uuid::from_value(value).map(Self)
    }
}

impl From<CallId> for Value {
    fn from(id: CallId) -> Self {
        Value::Id(id.0)
    }
}

/// What may be spent in a UTC day; `None` sets no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SpendLimits {
    /// Tokens, prompt and completion, by one user.
    pub user_tokens_per_day: Option<u64>,
    /// Tokens by everyone together.
    pub all_tokens_per_day: Option<u64>,
    /// Billionths of a US dollar by one user.
    pub user_nano_usd_per_day: Option<u64>,
    /// Billionths of a US dollar by everyone together.
    pub all_nano_usd_per_day: Option<u64>,
}

/// A call that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCall {
    /// Its id.
    pub id: CallId,
    /// For whom.
    pub user: UserId,
    /// In which job.
    pub job: Option<JobId>,
    /// What for: the task or step, as the ledger names it.
    pub task: String,
    /// The model that is asked.
    pub model: String,
    /// The most tokens that it can take: those of the prompt, and as many as may be answered.
    pub reserve_tokens: u64,
    /// The most that it can cost, in billionths of a US dollar; 0 where no price is known.
    pub reserve_nano_usd: u64,
    /// The moment.
    pub now: Timestamp,
}

/// A call that may be made now. It must be settled however it ends: one that is not is counted in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserved {
    /// The call.
    pub call: CallId,
    /// The tokens that are set aside for it.
    pub tokens: u64,
    /// The billionths of a US dollar that are set aside for it.
    pub nano_usd: u64,
}

/// The name of everyone together, which no user has.
const EVERYONE: &str = "";
const DAY: i64 = 24 * 60 * 60;

const OPEN: &str = "INSERT INTO model_calls \
    (id, user_id, job_id, task, model, day, reserved_tokens, reserved_nano_usd, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// Sets aside in one step, or changes no row where it does not fit ($5 and $6 are the limits). Where there is no row
/// yet, the caller has seen to it that the call alone fits.
const SET_ASIDE: &str = "INSERT INTO spending \
    (day, user_id, reserved_tokens, reserved_nano_usd, spent_tokens, spent_nano_usd, calls) \
    VALUES ($1, $2, $3, $4, 0, 0, 1) ON CONFLICT (user_id, day) DO UPDATE SET \
    reserved_tokens = spending.reserved_tokens + excluded.reserved_tokens, \
    reserved_nano_usd = spending.reserved_nano_usd + excluded.reserved_nano_usd, \
    calls = spending.calls + 1 \
    WHERE spending.spent_tokens + spending.reserved_tokens + excluded.reserved_tokens <= $5 \
    AND spending.spent_nano_usd + spending.reserved_nano_usd + excluded.reserved_nano_usd <= $6";

/// The UTC day, counted from 1970.
pub(crate) fn day_of(moment: Timestamp) -> i64 {
    moment.as_second().div_euclid(DAY)
}

/// When this UTC day began, when the next begins, and how long that is from now.
pub(crate) fn today(now: Timestamp) -> (Timestamp, Timestamp, Duration) {
    let (until, wait) = tomorrow(now);
    (Timestamp::from_second(day_of(now) * DAY).unwrap_or(Timestamp::MIN), until, wait)
}

/// When the next UTC day begins, and how long that is from now.
pub(crate) fn tomorrow(now: Timestamp) -> (Timestamp, Duration) {
    let until = Timestamp::from_second((day_of(now) + 1) * DAY).unwrap_or(Timestamp::MAX);
    (until, Duration::try_from(until.duration_since(now)).unwrap_or_default())
}

/// The largest amount that is reckoned with: thousands of them still fit into 63 bits.
const MOST: i64 = 1 << 50;

fn amount(n: u64) -> i64 {
    i64::try_from(n).map_or(MOST, |n| n.min(MOST))
}

fn limit(n: Option<u64>) -> i64 {
    n.map_or(i64::MAX, |n| i64::try_from(n).unwrap_or(i64::MAX))
}

/// Sets aside what a call may cost, on the user's account and on everyone's, and opens its line in the ledger.
///
/// # Errors
/// `OverBudget` when that is more than is left of today's budget; `Conflict` when the id is taken. Nothing is set
/// aside then.
pub fn reserve(conn: &mut Conn<'_>, new: &NewCall, limits: &SpendLimits) -> Result<Reserved, StoreError> {
    let day = day_of(new.now);
    let (tokens, nano_usd) = (amount(new.reserve_tokens), amount(new.reserve_nano_usd));
    let line = params![
        new.id,
        &new.user,
        new.job,
        new.task.as_str(),
        new.model.as_str(),
        day,
        tokens,
        nano_usd,
        new.now
    ];
    conn.execute(OPEN, line)?;
    for (whose, name, most_tokens, most_nano_usd) in [
        (BudgetOf::User, new.user.as_str(), limits.user_tokens_per_day, limits.user_nano_usd_per_day),
        (BudgetOf::Everyone, EVERYONE, limits.all_tokens_per_day, limits.all_nano_usd_per_day),
    ] {
        let (most_tokens, most_nano_usd) = (limit(most_tokens), limit(most_nano_usd));
        let alone = tokens <= most_tokens && nano_usd <= most_nano_usd;
        let values = params![day, name, tokens, nano_usd, most_tokens, most_nano_usd];
        if !alone || conn.execute(SET_ASIDE, values)? == 0 {
            return Err(over_budget(whose, new.now));
        }
    }
    Ok(Reserved { call: new.id, tokens: tokens.unsigned_abs(), nano_usd: nano_usd.unsigned_abs() })
}

fn over_budget(whose: BudgetOf, now: Timestamp) -> StoreError {
    let (until, wait) = tomorrow(now);
    StoreError::OverBudget { whose, until, wait }
}

impl Store {
    /// Sets aside what a call may cost, before it is made.
    ///
    /// # Errors
    /// As for `spending::reserve`.
    pub async fn reserve_call(&self, new: NewCall, limits: SpendLimits) -> Result<Reserved, StoreError> {
        self.house().write(Durability::Synced, move |conn| reserve(conn, &new, &limits)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_utc() {
        let second = |n| Timestamp::from_second(n).unwrap();
        assert_eq!((day_of(second(0)), day_of(second(DAY - 1)), day_of(second(DAY))), (0, 0, 1));
        let StoreError::OverBudget { until, wait, .. } = over_budget(BudgetOf::User, second(DAY - 60)) else {
            panic!("it is over budget")
        };
        assert_eq!((until, wait), (second(DAY), Duration::from_secs(60)));
    }
}
