//! A window as a curve: the figures of equal steps.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;
use sharper_domain::Timestamp;

use super::REQUESTS;
use super::metrics::{OLDEST, count, mean, per_cent, usd};
use super::window::{self, Grain, HOUR, MINUTE};
use crate::conn::{Conn, params};
use crate::{Store, StoreError};

/// The figures of equal steps, oldest first, none left out.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Series {
    /// The length of a step in minutes.
    pub step_minutes: u32,
    /// The steps. The last one is not over yet.
    pub points: Vec<Point>,
}

/// The figures of one step.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Point {
    /// When it begins.
    pub start: Timestamp,
    /// Requests.
    pub requests: u64,
    /// Those that did not end well.
    pub failed: u64,
    /// Per cent that ended well; `None` without requests.
    pub success_rate: Option<f64>,
    /// The mean time of a request in milliseconds; `None` without requests.
    pub avg_ms: Option<f64>,
    /// Model tokens of all agents.
    pub tokens: u64,
    /// US dollars by the ledger.
    pub cost_usd: f64,
}

/// Points at most, whatever is asked for.
const MOST: u32 = 500;

/// Sums over the hours or minutes of a step ($4 is its length in microseconds).
const RUNS: &str = "SELECT start / $4 * $4 AS step, \
    CAST(sum(CASE WHEN agent_name = $5 THEN runs ELSE 0 END) AS BIGINT) AS runs, \
    CAST(sum(CASE WHEN agent_name = $5 THEN succeeded ELSE 0 END) AS BIGINT) AS succeeded, \
    CAST(sum(CASE WHEN agent_name = $5 THEN total_ms ELSE 0 END) AS BIGINT) AS total_ms, \
    CAST(sum(CASE WHEN agent_name = $5 THEN 0 ELSE tokens END) AS BIGINT) AS tokens \
    FROM execution_rollups WHERE grain = $1 AND start >= $2 AND start < $3 GROUP BY 1";
const COST: &str = "SELECT start / $4 * $4 AS step, CAST(sum(nano_usd) AS BIGINT) AS nano_usd \
    FROM model_call_rollups WHERE grain = $1 AND start >= $2 AND start < $3 GROUP BY 1";

/// The runs of each agent likewise.
const BY_AGENT: &str = "SELECT agent_name, start / $4 * $4 AS step, CAST(sum(runs) AS BIGINT) AS runs \
    FROM execution_rollups WHERE grain = $1 AND start >= $2 AND start < $3 GROUP BY 1, 2";

/// The length of a step in microseconds: whole minutes, or whole hours where it is longer than one.
fn step(hours: u32, points: u32) -> i64 {
    let raw = i64::from(hours.max(1)) * HOUR / i64::from(points.clamp(1, MOST));
    let unit = if raw > HOUR { HOUR } else { MINUTE };
    (raw + unit - 1) / unit * unit
}

#[derive(Default, Clone, Copy)]
struct Sums {
    runs: i64,
    succeeded: i64,
    total_ms: i64,
    tokens: i64,
    nano_usd: i64,
}

impl Sums {
    fn point(self, start: i64) -> Result<Point, StoreError> {
        let start = Timestamp::from_microsecond(start).map_err(StoreError::internal)?;
        let some = self.runs > 0;
        Ok(Point {
            start,
            requests: count(self.runs),
            failed: count(self.runs - self.succeeded),
            success_rate: some.then(|| per_cent(self.succeeded, self.runs)),
            avg_ms: some.then(|| mean(self.total_ms, self.runs)),
            tokens: count(self.tokens),
            cost_usd: usd(self.nano_usd),
        })
    }
}

fn sums(conn: &mut Conn<'_>, from: i64, to: i64, step: i64) -> Result<BTreeMap<i64, Sums>, StoreError> {
    let grain = if step % HOUR == 0 { Grain::Hour } else { Grain::Minute };
    let mut all: BTreeMap<i64, Sums> = BTreeMap::new();
    for row in conn.query(RUNS, params![grain.as_str(), from, to, step, REQUESTS])? {
        let sums = Sums {
            runs: row.get("runs")?,
            succeeded: row.get("succeeded")?,
            total_ms: row.get("total_ms")?,
            tokens: row.get("tokens")?,
            nano_usd: 0,
        };
        all.insert(row.get("step")?, sums);
    }
    for row in conn.query(COST, params![grain.as_str(), from, to, step])? {
        all.entry(row.get("step")?).or_default().nano_usd = row.get("nano_usd")?;
    }
    Ok(all)
}

/// The length of the steps, and where the first and the last begin. Where there are no minutes any more they are hours.
fn steps(
    conn: &mut Conn<'_>,
    now: Timestamp,
    hours: u32,
    points: u32,
) -> Result<(i64, i64, i64), StoreError> {
    let mut step = step(hours, points);
    let from = now.as_microsecond() - i64::from(hours.max(1)) * HOUR;
    if step < HOUR && from < window::minutes_from(conn, OLDEST)? {
        step = HOUR;
    }
    let last = now.as_microsecond().div_euclid(step) * step;
    Ok((step, from.div_euclid(step) * step, last))
}

impl Store {
    /// The last `hours` before `now` in about so many steps of whole minutes or hours (500 at most). The first step may begin
    /// before the window does.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn series(&self, now: Timestamp, hours: u32, points: u32) -> Result<Series, StoreError> {
        self.house()
            .read(move |conn| {
                let (step, first, last) = steps(conn, now, hours, points)?;
                let sums = sums(conn, first, last + step, step)?;
                let starts = (0..).map(|n| first + n * step).take_while(|start| *start <= last);
                let points = starts
                    .map(|start| sums.get(&start).copied().unwrap_or_default().point(start))
                    .collect::<Result<_, _>>()?;
                Ok(Series { step_minutes: u32::try_from(step / MINUTE).unwrap_or(u32::MAX), points })
            })
            .await
    }

    /// How often each agent ran, in the same steps: the oldest first, 0 where it did not.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn agent_courses(
        &self,
        now: Timestamp,
        hours: u32,
        points: u32,
    ) -> Result<HashMap<String, Vec<u64>>, StoreError> {
        self.house()
            .read(move |conn| {
                let (step, first, last) = steps(conn, now, hours, points)?;
                let grain = if step % HOUR == 0 { Grain::Hour } else { Grain::Minute };
                let none = vec![0; ((last - first) / step + 1) as usize];
                let mut courses: HashMap<String, Vec<u64>> = HashMap::new();
                for row in conn.query(BY_AGENT, params![grain.as_str(), first, last + step, step])? {
                    let place = ((row.get::<i64>("step")? - first) / step) as usize;
                    let course = courses.entry(row.get("agent_name")?).or_insert_with(|| none.clone());
                    if let Some(runs) = course.get_mut(place) {
                        *runs = row.get("runs")?;
                    }
                }
                Ok(courses)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_of_whole_minutes_or_hours() {
        let minutes = |hours, points| step(hours, points) / MINUTE;
        assert_eq!((minutes(1, 60), minutes(1, 100), minutes(24, 48), minutes(24, 7)), (1, 1, 30, 240));
        assert_eq!((minutes(24, 0), minutes(0, 60), minutes(168, 100)), (1_440, 1, 120));
    }
}
