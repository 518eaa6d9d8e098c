//! Every run of every agent, on record: a bounded queue that never makes the work wait, written in batches.

mod redact;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use metrics::{counter, histogram};
use serde::Deserialize;
use sharper_domain::{ExecutionId, Secret, SessionId, Timestamp, UserId};
use sharper_store::Store;
use sharper_store::executions::{Execution, ExecutionStatus, ItemCount, REQUESTS};
use tokio::sync::mpsc;

/// Runs that may wait to be written. Beyond that they are dropped, and the drops counted.
const QUEUE: usize = 8_192;
/// Runs in one transaction.
const BATCH: usize = 512;
/// How long runs are collected before they are written.
const COLLECT: Duration = Duration::from_millis(100);

/// What is told of an author that asks no model.
pub(crate) const OFFLINE: &str = "offline";

/// What is put on record. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonitoringSettings {
    /// Whether anything is.
    pub record: bool,
    /// What of an agent's input and output is.
    pub keep_data: KeepData,
    /// What a Prometheus server shows that reads the figures of this process; empty where only administrators may.
    pub metrics_token: Secret,
}

/// What of an agent's input and output is put on record. Never a text: those stay in the notes and items themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeepData {
    /// Counts, sizes and reasons.
    Counts,
    /// Nothing.
    None,
}

/// Where agents hand in what they did.
#[derive(Clone)]
pub struct Recorder {
    queue: mpsc::Sender<Execution>,
    settings: MonitoringSettings,
    tally: Arc<Tally>,
}

/// What recording did since the start.
#[derive(Debug, Default)]
struct Tally {
    /// Runs that could not be recorded.
    dropped: AtomicU64,
    /// Nanoseconds that agents were held up for it.
    own_nanos: AtomicU64,
    /// Nanoseconds that requests took.
    request_nanos: AtomicU64,
}

/// What a run was part of.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) user_id: UserId,
    pub(crate) session_id: SessionId,
    pub(crate) request_id: String,
}

/// What an agent did.
pub(crate) struct Run {
    pub(crate) agent: &'static str,
    pub(crate) began: Timestamp,
    pub(crate) took: Duration,
    pub(crate) status: ExecutionStatus,
    pub(crate) error: Option<String>,
    /// Counts and sizes, never texts: what was read and written stays in the notes and items themselves.
    pub(crate) input: serde_json::Value,
    pub(crate) output: serde_json::Value,
    /// Model tokens, prompt and completion.
    pub(crate) tokens: u64,
    /// The model; `None` where none was asked.
    pub(crate) model: Option<String>,
    /// What became of the items of a whole request.
    pub(crate) items: Vec<ItemCount>,
}

impl Run {
    /// A run that went well and asked no model.
    pub(crate) fn well(agent: &'static str, began: Timestamp, took: Duration) -> Self {
        Self {
            agent,
            began,
            took,
            status: ExecutionStatus::Success,
            error: None,
            input: serde_json::Value::Null,
            output: serde_json::Value::Null,
            tokens: 0,
            model: None,
            items: Vec::new(),
        }
    }
}

impl Recorder {
    /// A recorder, and the writer that must be run beside it until the recorder is dropped.
    pub fn new(
        store: Store,
        settings: MonitoringSettings,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let (queue, receiver) = mpsc::channel(QUEUE);
        let tally = Arc::new(Tally::default());
        (Self { queue, settings, tally: tally.clone() }, write(store, receiver, tally))
    }

    /// Runs that could not be recorded since the start.
    pub fn dropped(&self) -> u64 {
        self.tally.dropped.load(Ordering::Relaxed)
    }

    /// The share of the time of requests that recording held them up, since the start. What is written, is written beside
    /// them. `None` before the first request.
    pub fn overhead(&self) -> Option<f64> {
        let requests = self.tally.request_nanos.load(Ordering::Relaxed);
        let own = self.tally.own_nanos.load(Ordering::Relaxed);
        (requests > 0).then(|| own as f64 / requests as f64)
    }

    pub(crate) fn record(&self, part: &Part, run: Run) {
        if !self.settings.record {
            return;
        }
        let begun = Instant::now();
        let nanos = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        if run.agent == REQUESTS {
            self.tally.request_nanos.fetch_add(nanos(run.took), Ordering::Relaxed);
        }
        count(&run);
        let keep = self.settings.keep_data == KeepData::Counts;
        let execution = Execution {
            id: ExecutionId::new(run.began),
            user_id: Some(part.user_id.clone()),
            session_id: Some(part.session_id.clone()),
            request_id: Some(part.request_id.clone()),
            agent_name: run.agent.to_owned(),
            input_data: keep.then_some(run.input),
            output_data: keep.then_some(run.output),
            execution_time_ms: u64::try_from(run.took.as_millis()).unwrap_or(u64::MAX),
            tokens_used: run.tokens,
            model_used: Some(run.model.unwrap_or_else(|| OFFLINE.to_owned())),
            status: run.status,
            error_message: run.error.as_deref().map(redact::message),
            created_at: run.began,
            items: run.items,
        };
        if self.queue.try_send(execution).is_err() {
            self.tally.dropped.fetch_add(1, Ordering::Relaxed);
        }
        self.tally.own_nanos.fetch_add(nanos(begun.elapsed()), Ordering::Relaxed);
    }
}

/// Counts a run for whoever watches this process. Agents, statuses, tasks and outcomes are closed sets.
fn count(run: &Run) {
    counter!("study_sharper_agent_runs_total", "agent" => run.agent, "status" => run.status.as_str())
        .increment(1);
    histogram!("study_sharper_agent_seconds", "agent" => run.agent).record(run.took);
    for item in &run.items {
        let (task, outcome) = (item.task.as_str(), item.outcome.as_str());
        counter!("study_sharper_items_total", "task" => task, "outcome" => outcome)
            .increment(u64::from(item.count));
    }
}

async fn write(store: Store, mut queue: mpsc::Receiver<Execution>, tally: Arc<Tally>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        if batch.len() < BATCH && !queue.is_closed() {
            tokio::time::sleep(COLLECT).await;
            while batch.len() < BATCH
                && let Ok(next) = queue.try_recv()
            {
                batch.push(next);
            }
        }
        let count = batch.len() as u64;
        if let Err(error) = store.record_executions(std::mem::take(&mut batch)).await {
            tally.dropped.fetch_add(count, Ordering::Relaxed);
            tracing::warn!(%error, count, "agent runs could not be recorded");
        }
    }
}
