//! What the checks made of what was written, and what students say of it.

use std::collections::BTreeMap;

use serde::Serialize;
use sharper_domain::Timestamp;

use super::metrics::{count, per_cent, rounded};
use super::window::{Grain, last_hours};
use crate::conn::{Conn, params};
use crate::{Store, StoreError};

/// What became of items, and what students say of them, over whole hours.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Quality {
    /// By task, as the wire names it.
    pub tasks: BTreeMap<String, TaskQuality>,
    /// What students say, by kind of content.
    pub feedback: BTreeMap<String, FeedbackMean>,
    /// Where the figures begin: the full hour in which the window does.
    pub since: Timestamp,
}

/// What became of the items of one task.
#[derive(Debug, Clone, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct TaskQuality {
    /// Delivered.
    pub accepted: u64,
    /// Shown, and taken back.
    pub withdrawn: u64,
    /// Turned away before anybody saw them.
    pub rejected: u64,
    /// Per cent of all that was written that was delivered.
    pub pass_rate: f64,
    /// Why items were taken back or turned away, the commonest reason first.
    pub faults: Vec<FaultCount>,
}

/// How many items had one fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FaultCount {
    /// The fault, as the wire names it.
    pub fault: String,
    /// Items taken back for it.
    pub withdrawn: u64,
    /// Items turned away for it.
    pub rejected: u64,
}

/// What students say of one kind of content.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FeedbackMean {
    /// How often they said something.
    pub count: u64,
    /// Their mean rating, 1 to 5.
    pub rating: f64,
    /// How often the rating was 1 or 2.
    pub low: u64,
}

const ITEMS: &str = "SELECT task, outcome, fault, CAST(sum(items) AS BIGINT) AS items FROM item_rollups \
    WHERE start >= $1 GROUP BY task, outcome, fault";
const FEEDBACK: &str = "SELECT content_type, count(*) AS said, CAST(sum(rating) AS BIGINT) AS ratings, \
    count(CASE WHEN rating <= 2 THEN 1 END) AS low \
    FROM content_feedback WHERE created_at >= $1 GROUP BY content_type";

fn tasks(conn: &mut Conn<'_>, since: i64) -> Result<BTreeMap<String, TaskQuality>, StoreError> {
    let mut tasks: BTreeMap<String, TaskQuality> = BTreeMap::new();
    for row in conn.query(ITEMS, params![since])? {
        let task = tasks.entry(row.get("task")?).or_default();
        let (outcome, fault, items) =
            (row.get::<String>("outcome")?, row.get::<String>("fault")?, count(row.get("items")?));
        if outcome == "accepted" {
            task.accepted += items;
            continue;
        }
        let at = task.faults.iter().position(|known| known.fault == fault).unwrap_or_else(|| {
            task.faults.push(FaultCount { fault, withdrawn: 0, rejected: 0 });
            task.faults.len() - 1
        });
        if outcome == "withdrawn" {
            task.withdrawn += items;
            task.faults[at].withdrawn += items;
        } else {
            task.rejected += items;
            task.faults[at].rejected += items;
        }
    }
    for task in tasks.values_mut() {
        let written = task.accepted + task.withdrawn + task.rejected;
        task.pass_rate = per_cent(task.accepted as i64, written as i64);
        task.faults.sort_by_key(|fault| std::cmp::Reverse(fault.withdrawn + fault.rejected));
    }
    Ok(tasks)
}

fn feedback(conn: &mut Conn<'_>, since: i64) -> Result<BTreeMap<String, FeedbackMean>, StoreError> {
    let rows = conn.query(FEEDBACK, params![since])?;
    let each = rows.iter().map(|row| {
        let (said, ratings): (u64, i64) = (row.get("said")?, row.get("ratings")?);
        let rating = rounded(ratings as f64 / said.max(1) as f64);
        Ok((row.get("content_type")?, FeedbackMean { count: said, rating, low: row.get("low")? }))
    });
    each.collect()
}

impl Store {
    /// What became of items and what students said in the last `hours` before `now`, from the full hour in which they begin.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn quality(&self, now: Timestamp, hours: u32) -> Result<Quality, StoreError> {
        self.house()
            .read(move |conn| {
                let begin = last_hours(now, hours).start;
                let since = Timestamp::from_microsecond(begin).map_err(StoreError::internal)?;
                let start = Grain::Hour.start(since);
                Ok(Quality {
                    tasks: tasks(conn, start)?,
                    feedback: feedback(conn, start)?,
                    since: Timestamp::from_microsecond(start).map_err(StoreError::internal)?,
                })
            })
            .await
    }
}
