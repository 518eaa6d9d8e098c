//! Experiments: what came of each job that ran under a variant, and what the variants come to.
//!
//! A run is written in the transaction that ends its job: no job that counts is missing, and none counts twice. Everything
//! else (cost, feedback, reviews) is looked up where it is kept anyway, by the job and by what it made.

mod results;
mod statistics;

use sharper_domain::{JobId, MaterialId, Timestamp, UserId};

pub use self::results::{Cost, Feedback, Reviews, VariantResults};
pub use self::statistics::{Compared, Estimate};
use crate::StoreError;
use crate::conn::{Conn, params};

/// What came of a variant in one job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// The experiment's name.
    pub experiment: String,
    /// The variant's name.
    pub variant: String,
    /// Whether the variant is the one that changes nothing.
    pub control: bool,
    /// The task, by the name of the settings.
    pub task: String,
    /// Items that a model wrote and that passed every check.
    pub accepted: u32,
    /// Items that a model wrote and that a check turned away.
    pub rejected: u32,
    /// Whether the offline author had to step in for the model.
    pub degraded: bool,
}

const INSERT: &str = "INSERT INTO experiment_runs \
    (job_id, experiment, variant, control, user_id, task, material_id, accepted, rejected, degraded, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Writes down what came of a variant. What was made is named only where a model wrote some of it: what students say of
/// the offline author's work says nothing about the variant.
///
/// # Errors
/// `Conflict` when the job has a run of this experiment.
pub(crate) fn add(
    conn: &mut Conn<'_>,
    job: JobId,
    user: &UserId,
    made: Option<MaterialId>,
    run: &NewRun,
    now: Timestamp,
) -> Result<(), StoreError> {
    let values = params![
        job,
        run.experiment.as_str(),
        run.variant.as_str(),
        run.control,
        user,
        run.task.as_str(),
        made.filter(|_| run.accepted > 0),
        run.accepted,
        run.rejected,
        run.degraded,
        now,
    ];
    conn.execute(INSERT, values).map(drop)
}
