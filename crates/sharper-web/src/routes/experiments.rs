//! `GET /api/admin/experiments`: what the variants of each experiment come to.

use axum::Json as JsonBody;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sharper_agents::experiments::Experiment;
use sharper_domain::{FieldError, Problem, Timestamp};
use sharper_store::StoreError;
use sharper_store::experiments::VariantResults;

use crate::App;
use crate::door::problem::Refusal;

/// `?since=2026-11-01T00:00:00Z`
#[derive(Debug, Deserialize)]
pub(crate) struct SinceQuery {
    since: Option<String>,
}

/// One experiment, running or over.
#[derive(Debug, Serialize)]
pub(crate) struct ExperimentReport {
    /// Its name.
    pub(crate) experiment: String,
    /// How it is set up; `None` where the configuration does not name it any more.
    pub(crate) setup: Option<Setup>,
    /// What each variant comes to: the control first.
    pub(crate) variants: Vec<VariantResults>,
}

/// How a running experiment is set up.
#[derive(Debug, Serialize)]
pub(crate) struct Setup {
    pub(crate) task: &'static str,
    share: f64,
    variants: Vec<Arm>,
}

/// What a variant changes.
#[derive(Debug, Serialize)]
struct Arm {
    variant: String,
    weight: f64,
    model: Option<String>,
    own_prompt: bool,
    temperature: Option<f32>,
}

/// Every experiment that runs, and every one that a job ran under since.
pub(crate) async fn experiments(
    State(app): State<App>,
    Query(query): Query<SinceQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let since = query.since.as_deref().filter(|text| !text.is_empty());
    let since: Option<Timestamp> = since.map(str::parse).transpose().map_err(|_| {
        let detail = "must be a moment such as 2026-11-01T00:00:00Z";
        Problem::invalid(vec![FieldError::new("/since", detail)])
    })?;
    let reports = reports(&app, since.unwrap_or(Timestamp::UNIX_EPOCH)).await?;
    Ok(JsonBody(json!({"since": since, "experiments": reports})))
}

/// A report of each experiment, counting jobs that ended at `since` or later: those that run in the order of the settings,
/// then those that are over, by name.
pub(crate) async fn reports(app: &App, since: Timestamp) -> Result<Vec<ExperimentReport>, StoreError> {
    let mut reports = Vec::new();
    for running in app.agents.experiments() {
        let found = app.store.experiment_results(running.name.clone(), since).await?;
        let (setup, variants) = (Some(setup(running)), with_the_idle(running, found));
        reports.push(ExperimentReport { experiment: running.name.clone(), setup, variants });
    }
    for experiment in app.store.experiments_since(since).await? {
        if reports.iter().all(|known| known.experiment != experiment) {
            let variants = app.store.experiment_results(experiment.clone(), since).await?;
            reports.push(ExperimentReport { experiment, setup: None, variants });
        }
    }
    Ok(reports)
}

/// With a line for each variant that no job ran under yet.
fn with_the_idle(running: &Experiment, mut found: Vec<VariantResults>) -> Vec<VariantResults> {
    for (place, variant) in running.variants.iter().enumerate() {
        if found.iter().all(|one| one.variant != variant.name) {
            found.push(VariantResults::idle(variant.name.clone(), place == 0));
        }
    }
    found.sort_by_key(|one| !one.control);
    found
}

fn setup(experiment: &Experiment) -> Setup {
    let variants = experiment.variants.iter().map(|variant| Arm {
        variant: variant.name.clone(),
        weight: variant.weight,
        model: variant.model.clone(),
        own_prompt: variant.has_prompt(),
        temperature: variant.temperature,
    });
    Setup { task: experiment.task.as_str(), share: experiment.share, variants: variants.collect() }
}
