//! Alerts: where each rule stands, who tells of a change, and what was.
//!
//! A rule counts looks: `streak` of them in a row that said otherwise than its state. Every instance looks, and whichever
//! changes the row first is the one that tells: the others' change finds the row changed already.

use serde::Serialize;
use sharper_domain::Timestamp;

use crate::conn::{Row, params};
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// Where a rule stands.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AlertState {
    /// Its name.
    pub rule: String,
    /// Whether it fires.
    pub firing: bool,
    /// What was last measured; `None` where there was nothing to measure.
    pub value: Option<f64>,
    /// Since when it has been so.
    pub since: Timestamp,
    /// When it was last looked at.
    pub checked_at: Timestamp,
    /// When people were last told.
    pub told_at: Option<Timestamp>,
    /// Looks in a row that said otherwise.
    pub streak: i32,
}

/// A change of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AlertChange {
    /// The rule.
    pub rule: String,
    /// Whether it fires from then on.
    pub firing: bool,
    /// What was measured.
    pub value: Option<f64>,
    /// What was told.
    pub detail: String,
    /// When.
    pub at: Timestamp,
}

const STATES: &str =
    "SELECT rule, firing, value, since, checked_at, told_at, streak FROM alert_states ORDER BY rule";
const STATE: &str =
    "SELECT rule, firing, value, since, checked_at, told_at, streak FROM alert_states WHERE rule = $1";
const BEGIN: &str = "INSERT INTO alert_states (rule, firing, value, since, checked_at, told_at, streak) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (rule) DO NOTHING";
/// Changes the row only if nobody has since it was read ($8 is when it was last looked at).
const MOVE: &str = "UPDATE alert_states SET firing = $2, value = $3, since = $4, checked_at = $5, told_at = $6, \
    streak = $7 WHERE rule = $1 AND checked_at = $8";
const ADD: &str =
    "INSERT INTO alert_history (id, rule, firing, value, detail, at) VALUES ($1, $2, $3, $4, $5, $6)";
const HISTORY: &str =
    "SELECT rule, firing, value, detail, at FROM alert_history ORDER BY at DESC, id DESC LIMIT $1";

fn read(row: &Row) -> Result<AlertState, StoreError> {
    Ok(AlertState {
        rule: row.get("rule")?,
        firing: row.get("firing")?,
        value: row.get("value")?,
        since: row.get("since")?,
        checked_at: row.get("checked_at")?,
        told_at: row.get("told_at")?,
        streak: row.get("streak")?,
    })
}

impl Store {
    /// Where every rule stands that was ever looked at.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn alert_states(&self) -> Result<Vec<AlertState>, StoreError> {
        self.house().read(|conn| conn.query(STATES, params![])?.iter().map(read).collect()).await
    }

    /// Where a rule stands; `None` where it was never looked at.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn alert_state(&self, rule: String) -> Result<Option<AlertState>, StoreError> {
        self.house()
            .read(move |conn| conn.query_opt(STATE, params![rule])?.as_ref().map(read).transpose())
            .await
    }

    /// Moves a rule to `next`, with a line in the history where `change` tells of one. `before` is when it was last looked at,
    /// as it was read; `None` for a rule without a row. Answers false, and changes nothing, where another instance was
    /// quicker.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn move_alert(
        &self,
        next: AlertState,
        before: Option<Timestamp>,
        change: Option<String>,
    ) -> Result<bool, StoreError> {
        self.house()
            .write(Durability::Relaxed, move |conn| {
                let AlertState { rule, firing, value, since, checked_at, told_at, streak } = next;
                let name = rule.as_str();
                let moved = match before {
                    None => {
                        conn.execute(BEGIN, params![name, firing, value, since, checked_at, told_at, streak])?
                    }
                    Some(before) => conn.execute(
                        MOVE,
                        params![name, firing, value, since, checked_at, told_at, streak, before],
                    )?,
                };
                if let Some(detail) = change.filter(|_| moved > 0) {
                    let values = params![fresh_id(checked_at), name, firing, value, detail, checked_at];
                    conn.execute(ADD, values)?;
                }
                Ok(moved > 0)
            })
            .await
    }

    /// The newest changes of all rules.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn alert_history(&self, limit: u32) -> Result<Vec<AlertChange>, StoreError> {
        self.house()
            .read(move |conn| {
                let rows = conn.query(HISTORY, params![limit])?;
                let one = |row: &Row| {
                    Ok(AlertChange {
                        rule: row.get("rule")?,
                        firing: row.get("firing")?,
                        value: row.get("value")?,
                        detail: row.get("detail")?,
                        at: row.get("at")?,
                    })
                };
                rows.iter().map(one).collect()
            })
            .await
    }
}
