//! What the variants of an experiment come to, side by side.

use serde::Serialize;
use sharper_domain::Timestamp;

use super::statistics::{ByUser, Compared, Estimate};
use crate::conn::{Conn, Row, params};
use crate::{Store, StoreError};

/// What one variant comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VariantResults {
    /// The variant's name.
    pub variant: String,
    /// Whether it is the one that changes nothing.
    pub control: bool,
    /// Students with a job.
    pub users: u64,
    /// Jobs in which a model was to write.
    pub jobs: u64,
    /// Those in which the offline author had to step in.
    pub degraded_jobs: u64,
    /// Items of the model that passed every check.
    pub accepted: u64,
    /// Items of the model that a check turned away.
    pub rejected: u64,
    /// Accepted items as a share of both; `None` where there are none.
    pub acceptance: Option<Estimate>,
    /// How the acceptance stands to the control's; `None` for the control, and where one of them has no item.
    pub compared: Option<Compared>,
    /// What students said of what it made.
    pub feedback: Feedback,
    /// What its calls took, those of the judge among them.
    pub cost: Cost,
    /// What came of studying its cards.
    pub reviews: Reviews,
}

impl VariantResults {
    /// Of a variant that no job ran under.
    pub fn idle(variant: String, control: bool) -> Self {
        Self {
            variant,
            control,
            users: 0,
            jobs: 0,
            degraded_jobs: 0,
            accepted: 0,
            rejected: 0,
            acceptance: None,
            compared: None,
            feedback: Feedback::default(),
            cost: Cost::default(),
            reviews: Reviews::default(),
        }
    }
}

/// What students said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Feedback {
    /// Ratings.
    pub count: u64,
    /// Their mean, 1 to 5; `None` where there are none.
    pub mean: Option<f64>,
}

/// What calls took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Cost {
    /// Settled calls.
    pub calls: u64,
    /// Those whose cost nobody can tell; it is missing in the sums.
    pub calls_of_unknown_cost: u64,
    /// Tokens, prompt and completion.
    pub tokens: u64,
    /// US dollars; `None` where the cost of no call is known.
    pub usd: Option<f64>,
    /// Tokens for each accepted item; `None` where there are none.
    pub tokens_per_accepted: Option<f64>,
    /// US dollars for each accepted item.
    pub usd_per_accepted: Option<f64>,
}

/// What came of studying cards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Reviews {
    /// How often one of them was studied.
    pub count: u64,
    /// How often it was known: graded 3 or 4 of 4.
    pub known: u64,
    /// Known as a share of all; `None` where none was studied.
    pub share: Option<Estimate>,
}

/// A row a variant. The squares are of a user's sums: they tell how users differ.
const RUNS: &str = "SELECT variant, max(controls) AS controls, count(*) AS users, \
    CAST(sum(jobs) AS BIGINT) AS jobs, CAST(sum(degraded) AS BIGINT) AS degraded, \
    CAST(sum(a) AS BIGINT) AS a, CAST(sum(n) AS BIGINT) AS n, \
    count(CASE WHEN n > 0 THEN 1 END) AS with_items, CAST(coalesce(sum(a * a), 0) AS DOUBLE PRECISION) AS aa, \
    CAST(coalesce(sum(a * n), 0) AS DOUBLE PRECISION) AS an, CAST(coalesce(sum(n * n), 0) AS DOUBLE PRECISION) AS nn \
    FROM (SELECT variant, user_id, count(*) AS jobs, count(CASE WHEN control THEN 1 END) AS controls, \
        count(CASE WHEN degraded THEN 1 END) AS degraded, CAST(sum(accepted) AS BIGINT) AS a, \
        CAST(sum(accepted + rejected) AS BIGINT) AS n \
        FROM experiment_runs WHERE experiment = $1 AND created_at >= $2 GROUP BY variant, user_id) by_user \
    GROUP BY variant ORDER BY variant";
const FEEDBACK: &str = "SELECT r.variant, count(*) AS ratings, CAST(sum(f.rating) AS BIGINT) AS total \
    FROM experiment_runs r JOIN content_feedback f \
        ON f.user_id = r.user_id AND lower(f.content_id) = CAST(r.material_id AS TEXT) \
    WHERE r.experiment = $1 AND r.created_at >= $2 GROUP BY r.variant";
const CALLS: &str = "SELECT r.variant, count(*) AS calls, count(*) - count(c.nano_usd) AS unknown, \
    CAST(sum(c.prompt_tokens + c.completion_tokens) AS BIGINT) AS tokens, CAST(sum(c.nano_usd) AS BIGINT) AS nano_usd \
    FROM experiment_runs r JOIN model_calls c ON c.job_id = r.job_id AND c.user_id = r.user_id \
    WHERE r.experiment = $1 AND r.created_at >= $2 AND c.settled_at IS NOT NULL GROUP BY r.variant";
const REVIEWS: &str = "SELECT r.variant, count(*) AS reviews, count(CASE WHEN v.grade >= 3 THEN 1 END) AS known \
    FROM experiment_runs r JOIN flashcards f ON f.set_id = r.material_id AND f.user_id = r.user_id \
        JOIN flashcard_reviews v ON v.card_id = f.id AND v.user_id = r.user_id \
    WHERE r.experiment = $1 AND r.created_at >= $2 GROUP BY r.variant";
const NAMES: &str =
    "SELECT DISTINCT experiment FROM experiment_runs WHERE created_at >= $1 ORDER BY experiment";

fn results(
    conn: &mut Conn<'_>,
    experiment: &str,
    since: Timestamp,
) -> Result<Vec<VariantResults>, StoreError> {
    let mut all = Vec::new();
    for row in conn.query(RUNS, params![experiment, since])? {
        all.push(of_runs(&row)?);
    }
    for row in conn.query(FEEDBACK, params![experiment, since])? {
        let (count, total): (u64, u64) = (row.get("ratings")?, row.get("total")?);
        let mean = (count > 0).then(|| total as f64 / count as f64);
        if let Some((found, _)) = of_variant(&mut all, &row)? {
            found.feedback = Feedback { count, mean };
        }
    }
    for row in conn.query(CALLS, params![experiment, since])? {
        if let Some((found, _)) = of_variant(&mut all, &row)? {
            found.cost = cost(&row, found.accepted)?;
        }
    }
    for row in conn.query(REVIEWS, params![experiment, since])? {
        let (count, known) = (row.get("reviews")?, row.get("known")?);
        if let Some((found, _)) = of_variant(&mut all, &row)? {
            found.reviews = Reviews { count, known, share: Estimate::of(known, count) };
        }
    }
    // The control first, the others by name.
    all.sort_by_key(|(results, _)| !results.control);
    let control = all.first().filter(|(first, _)| first.control).map(|(_, sums)| *sums);
    let compare = |(mut results, sums): (VariantResults, ByUser)| {
        results.compared = control.filter(|_| !results.control).and_then(|control| sums.compared(&control));
        results
    };
    Ok(all.into_iter().map(compare).collect())
}

fn of_runs(row: &Row) -> Result<(VariantResults, ByUser), StoreError> {
    let (accepted, items): (u64, u64) = (row.get("a")?, row.get("n")?);
    let sums = ByUser {
        users: row.get("with_items")?,
        accepted,
        items,
        accepted_squared: row.get("aa")?,
        accepted_by_items: row.get("an")?,
        items_squared: row.get("nn")?,
    };
    let results = VariantResults {
        users: row.get("users")?,
        jobs: row.get("jobs")?,
        degraded_jobs: row.get("degraded")?,
        accepted,
        rejected: items - accepted,
        acceptance: Estimate::of(accepted, items),
        ..VariantResults::idle(row.get("variant")?, row.get::<u64>("controls")? > 0)
    };
    Ok((results, sums))
}

fn of_variant<'a>(
    all: &'a mut [(VariantResults, ByUser)],
    row: &Row,
) -> Result<Option<&'a mut (VariantResults, ByUser)>, StoreError> {
    let name: String = row.get("variant")?;
    Ok(all.iter_mut().find(|(results, _)| results.variant == name))
}

fn cost(row: &Row, accepted: u64) -> Result<Cost, StoreError> {
    let tokens: u64 = row.get("tokens")?;
    let usd = row.get::<Option<u64>>("nano_usd")?.map(|nano| nano as f64 / 1e9);
    let each = |sum: f64| (accepted > 0).then(|| sum / accepted as f64);
    Ok(Cost {
        calls: row.get("calls")?,
        calls_of_unknown_cost: row.get("unknown")?,
        tokens,
        usd,
        tokens_per_accepted: each(tokens as f64),
        usd_per_accepted: usd.and_then(each),
    })
}

impl Store {
    /// What each variant of an experiment comes to, counting jobs that ended at `since` or later: the control first, then
    /// the others by name. Variants that no job ran under are missing.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn experiment_results(
        &self,
        experiment: String,
        since: Timestamp,
    ) -> Result<Vec<VariantResults>, StoreError> {
        self.house().read(move |conn| results(conn, &experiment, since)).await
    }

    /// The names of the experiments that a job ran under that ended at `since` or later.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn experiments_since(&self, since: Timestamp) -> Result<Vec<String>, StoreError> {
        self.house()
            .read(move |conn| {
                conn.query(NAMES, params![since])?.iter().map(|row| row.get("experiment")).collect()
            })
            .await
    }
}
