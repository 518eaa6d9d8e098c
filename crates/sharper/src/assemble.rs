//! How the parts are put together: store, agents, runner, intake. Whoever reads this knows the house.

use std::sync::Arc;
use std::time::Duration;

use sharper_agents::experiments::Experiments;
use sharper_agents::{Agents, Intake, ModelDesk, Recorder};
use sharper_domain::Clock;
use sharper_files::FileReader;
use sharper_jobs::alerts::Watch;
use sharper_jobs::{Embedder, Fitter, Housekeeper, Invigilator, Runner};
use sharper_llm::Remote;
use sharper_people::People;
use sharper_post::Post;
use sharper_store::Store;
use sharper_web::Figures;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::SystemClock;
use crate::config::Settings;

/// How long the last records of runs have to be written when the house closes.
const LAST_RECORDS: Duration = Duration::from_secs(2);

/// How often what was measured is put away.
const TIDY: Duration = Duration::from_secs(5);

/// The running house.
pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) intake: Intake,
    pub(crate) agents: Agents,
    pub(crate) people: People,
    pub(crate) clock: Arc<dyn Clock>,
    /// What this process counts; `None` where it counts nothing.
    pub(crate) figures: Option<Figures>,
    /// Cancel it to stop everything.
    pub(crate) stop: CancellationToken,
    workers: TaskTracker,
    records: TaskTracker,
    letters: TaskTracker,
}

impl House {
    /// Opens the store (making and migrating it), and starts the runner and the recorder.
    pub(crate) async fn open(settings: &Settings) -> anyhow::Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let figures = figures(settings)?;
        let store = Store::open(&settings.store).await?;
        if !store.is_shared() {
            // No other process works here: whoever held a lease is gone, and its jobs go on now.
            store.take_over(clock.now()).await?;
        }
        let (post, delivery) =
            Post::new(&settings.mail).map_err(|wrong| anyhow::anyhow!("[mail]: {wrong}"))?;
        let letters = TaskTracker::new();
        letters.spawn(delivery);
        let people = People::new(settings.auth.clone(), store.clone(), clock.clone(), post.clone()).await?;
        let (recorder, recording) = Recorder::new(store.clone(), settings.monitoring.clone());
        let model = model(settings, &clock)?;
        let (authors, retrieval) = (settings.authors.clone(), settings.retrieval.clone());
        let scribe = model.clone().filter(|_| settings.llm.model.transcription.model.is_some());
        let agents = Agents::new(store.clone(), clock.clone(), recorder, authors, retrieval, model);
        let lease = Duration::from_secs(settings.jobs.lease_seconds);
        let files = FileReader::new(settings.files.clone(), std::env::current_exe()?);
        let mut intake = Intake::new(store.clone(), clock.clone(), lease).with_files(files);
        if let Some(scribe) = scribe {
            intake = intake.with_scribe(scribe);
        }
        let stop = CancellationToken::new();
        let runner = Runner::new(store.clone(), agents.clone(), clock.clone(), settings.jobs.clone());
        let workers = TaskTracker::new();
        workers.spawn(runner.run(stop.clone()));
        let keeper = Housekeeper::new(store.clone(), clock.clone(), settings.retention.clone());
        workers.spawn(keeper.keep(stop.clone()));
        workers.spawn(Invigilator::new(agents.clone()).keep(stop.clone()));
        workers.spawn(Fitter::new(agents.clone(), clock.clone()).keep(stop.clone()));
        workers.spawn(Embedder::new(store.clone(), agents.clone(), clock.clone()).keep(stop.clone()));
        let (alerts, limits) = (settings.alerts.clone(), settings.spending.limits());
        workers.spawn(Watch::new(store.clone(), clock.clone(), post, alerts, limits).keep(stop.clone()));
        if let Some(figures) = figures.clone() {
            workers.spawn(keep_tidy(figures, stop.clone()));
        }
        let records = TaskTracker::new();
        records.spawn(recording);
        Ok(Self { store, intake, agents, people, clock, figures, stop, workers, records, letters })
    }

    /// Stops: jobs under way are given back, records are written, the store is closed.
    pub(crate) async fn close(self) {
        self.stop.cancel();
        self.workers.close();
        self.workers.wait().await;
        let _ = tokio::time::timeout(LAST_RECORDS, self.agents.settled()).await;
        // The records end when nobody can add to them any more. A connection that did not end in time still could.
        drop(self.agents);
        self.records.close();
        let _ = tokio::time::timeout(LAST_RECORDS, self.records.wait()).await;
        drop(self.people);
        self.letters.close();
        let _ = tokio::time::timeout(LAST_RECORDS, self.letters.wait()).await;
        self.store.close().await;
    }
}

/// What this process counts, unless it is not to count.
fn figures(settings: &Settings) -> anyhow::Result<Option<Figures>> {
    if !settings.monitoring.record {
        return Ok(None);
    }
    let figures = Figures::begin(settings.monitoring.metrics_token.clone())
        .map_err(|error| anyhow::anyhow!("nothing can be counted: {error}"))?;
    let limits = settings.spending.limits();
    metrics::gauge!("study_sharper_budget_limit_tokens").set(limits.all_tokens_per_day.unwrap_or(0) as f64);
    let usd = limits.all_nano_usd_per_day.unwrap_or(0) as f64 / 1e9;
    metrics::gauge!("study_sharper_budget_limit_usd").set(usd);
    Ok(Some(figures))
}

/// Puts away what was measured, whether anybody reads it or not.
async fn keep_tidy(figures: Figures, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(TIDY) => figures.tidy(),
        }
    }
}

/// The model that the settings name, if they name one.
fn model(settings: &Settings, clock: &Arc<dyn Clock>) -> anyhow::Result<Option<ModelDesk>> {
    let experiments = Experiments::read(&settings.experiments)
        .map_err(|wrong| anyhow::anyhow!("[[experiments]]: {}", wrong.join("; ")))?;
    let llm = &settings.llm.model;
    if llm.endpoint().is_none() {
        if !experiments.all().is_empty() {
            tracing::warn!("[[experiments]] are set, but no model is: none runs");
        }
        return Ok(None);
    }
    // Pauses between tries are spread, so that many instances do not come back all at once.
    let seed = clock.now().as_nanosecond() as u64 ^ u64::from(std::process::id());
    let remote = Remote::new(llm.clone(), clock.clone(), seed)
        .map_err(|wrong| anyhow::anyhow!("the model settings are not right: {}", wrong.join("; ")))?;
    let keep = Duration::from_secs(settings.llm.cache_hours * 3600);
    let desk = ModelDesk::new(Arc::new(remote), llm.clone(), settings.spending.limits(), keep);
    Ok(Some(desk.with_experiments(experiments)))
}
