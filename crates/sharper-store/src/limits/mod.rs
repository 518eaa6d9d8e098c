//! Rate limits: how many requests a caller may make within a window of time, counted here or in a shared Redis. And
//! quotas, which the database keeps (`quota.rs`).
//!
//! Exact sliding windows: in no window of a rule's length are more than its `most` requests admitted, wherever the
//! window begins. Refused requests do not count. Several rules are decided at once: all admit, or nothing is counted.
//!
//! With Redis, one script decides for all instances by Redis' own clock. Each instance remembers what it admitted
//! itself as well: so it never admits more than the whole limit alone, even when Redis loses what it knew, and when
//! Redis is away it goes on at once with its share of the limit.

mod quota;
mod redis;
mod ring;
mod rule;
mod table;

use std::sync::Arc;
use std::time::Duration;

pub(crate) use self::quota::one_by_one;
pub use self::quota::{Quotas, Usage};
use self::redis::{Count, Redis};
pub use self::rule::LimitRule;
use self::table::{Table, Tried};
use crate::OpenError;

/// How a request was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It may pass, and is counted.
    Admitted,
    /// A rule's window is full. Nothing was counted.
    OverLimit,
    /// So many callers are counted at the moment that no other fits into memory. Nothing was counted: what cannot be
    /// counted is not admitted.
    NoRoom,
}

/// The answer to one request, with what its caller is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// How it was judged.
    pub outcome: Outcome,
    /// The rule that refused it, else the one that has the least left; of several the one that opens last.
    pub rule: LimitRule,
    /// How many more that rule admits at this moment.
    pub remaining: u32,
    /// How long until that rule admits one more than `remaining`. After a refusal: when to come again.
    pub resets_in: Duration,
    /// It was decided by this instance alone because Redis is away.
    pub local: bool,
}

impl Decision {
    /// Whether the request may pass.
    pub fn is_admitted(&self) -> bool {
        self.outcome == Outcome::Admitted
    }
}

/// How the limiter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimiterState {
    /// As configured.
    Operational,
    /// Redis is away: each instance admits its share of the limits by itself.
    Degraded,
}

/// Counts requests. Cheap to clone; all clones count together.
#[derive(Clone)]
pub struct Limiter {
    table: Arc<Table>,
    shared: Option<Arc<Shared>>,
}

/// The Redis that several instances count in.
struct Shared {
    redis: Redis,
    instances: u32,
}

impl Limiter {
    /// Counts in this process alone.
    pub fn memory() -> Self {
        Self { table: Arc::new(Table::new()), shared: None }
    }

    /// Counts in a Redis (`redis://…`, `rediss://…`, `unix://…`) that `instances` processes share. It begins also
    /// when Redis is away, and finds it when it comes. Needs Redis 5 or newer.
    ///
    /// # Errors
    /// `OpenError::Settings` when `url` is not the address of a Redis.
    pub async fn redis(url: &str, instances: u32) -> Result<Self, OpenError> {
        let redis = Redis::open(url).await?;
        let shared = Shared { redis, instances: instances.max(1) };
        Ok(Self { shared: Some(Arc::new(shared)), ..Self::memory() })
    }

    /// Judges one request of the caller that `key` names, and counts it when it is admitted. A key is always judged by
    /// the same rules; give each kind of request keys of its own. No rules, no limit.
    ///
    /// With Redis the answer takes at most a fifth of a second, whatever Redis does.
    pub async fn admit(&self, key: &str, rules: &[LimitRule]) -> Decision {
        let Some(shared) = self.shared.as_ref().filter(|_| !rules.is_empty()) else {
            return decision(self.table.admit(key, rules), rules, false);
        };
        let here = self.table.admit(key, rules);
        // What this instance admitted fills the window by itself: Redis is only asked how long that lasts.
        let count = if matches!(here, Tried::Refused { .. }) { Count::No } else { Count::Yes };
        match shared.redis.decide(key, rules, count).await {
            Ok(there) => {
                let told = match (here, there) {
                    (Tried::Refused { .. }, Tried::Admitted { .. }) => here,
                    (Tried::Refused { wait: mine, .. }, Tried::Refused { wait, .. }) if mine > wait => here,
                    _ => there,
                };
                if !matches!(told, Tried::Admitted { .. }) {
                    self.table.give_back(key, here);
                }
                decision(told, rules, false)
            }
            Err(_away) => {
                self.table.give_back(key, here);
                let share = rules.iter().map(|rule| rule.share(shared.instances)).collect::<Vec<_>>();
                decision(self.table.admit(key, &share), rules, true)
            }
        }
    }

    /// How it does, for the health page.
    pub fn state(&self) -> LimiterState {
        match &self.shared {
            Some(shared) if !shared.redis.is_there() => LimiterState::Degraded,
            _ => LimiterState::Operational,
        }
    }
}

/// What the caller is told, of the rules as they are configured.
fn decision(tried: Tried, rules: &[LimitRule], local: bool) -> Decision {
    let (outcome, rule, remaining, resets_in) = match tried {
        Tried::Admitted { rule, remaining, free_in, .. } => (Outcome::Admitted, rule, remaining, free_in),
        Tried::Refused { rule, wait } => (Outcome::OverLimit, rule, 0, wait),
        Tried::NoRoom => (Outcome::NoRoom, 0, 0, table::SWEPT_EVERY),
    };
    let rule = rules.get(rule).copied().unwrap_or(LimitRule::NONE);
    Decision { outcome, rule, remaining, resets_in, local }
}
