//! Thinking: taking a request in (`intake`), and doing it (`orchestrator`, with `context`, `tasks`, `validation`);
//! and one agent by itself (`alone`).
//!
//! Whoever calls gives a channel and gets events through it; nothing in here knows of HTTP or of job rows
//! beyond the one that `intake` writes.

pub mod alone;
pub mod attempts;
pub mod exchange;
pub mod experiments;
pub mod intake;
pub mod library;
pub mod orchestrator;
pub mod progress;
pub mod revise;
pub mod study;

mod away;
mod calls;
mod context;
mod embedding;
mod recorder;
mod shelves;
mod spans;
mod tasks;
mod validation;

use std::sync::Arc;

use serde::Deserialize;
use sharper_domain::{
    Author, Clock, Event, Fault, Item, JobId, MaterialId, NoteId, Outcome, Problem, ProblemCode, Request,
    Saved, SessionId, UserId,
};
use sharper_store::executions::{ExecutionStatus, REQUESTS};
use sharper_store::material::NewMaterial;
use sharper_store::passages::Remade;
use sharper_store::{Store, StoreError};
use tokio::sync::{Semaphore, mpsc};

use calls::Calls;
pub use calls::ModelDesk;
pub use context::profile::{Habits, Learned, Profile};
pub use embedding::NotEmbedded;
use embedding::Questions;
use experiments::{Experiment, Trial};
pub use intake::{Accepted, Asked, FilePlace, Intake, NewFile, RefusedFile, TakenFile};
pub use recorder::{KeepData, MonitoringSettings, Recorder};
use shelves::Shelves;
pub use shelves::{Findings, FoundPassage, Mode, RetrievalSettings, Search};

/// How authors work. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorSettings {
    /// Texts that the offline author works on at the same time; 0 takes the number of processors.
    pub threads: usize,
    /// Milliseconds that each context agent has.
    pub context_ms: u64,
    /// Cards of the student's own that a new card is held against.
    pub known_cards: u32,
    /// Bytes of notes that one question to a model may hold.
    pub note_bytes: usize,
    /// Whether an item of a model is shown only when the judge has passed it too.
    pub hold_for_judge: bool,
    /// What is remembered of a conversation and of a student.
    pub context: ContextSettings,
}

/// What is remembered of a conversation and of a student. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContextSettings {
    /// Tokens of the newest messages.
    pub window_tokens: u32,
    /// Tokens of the summary of what was said before.
    pub summary_tokens: u32,
    /// Tokens that leave the window before they are summarised.
    pub summarise_tokens: u32,
    /// Seconds that a profile and a progress are good for.
    pub cache_seconds: u64,
    /// Users of whom they are kept.
    pub cached_users: usize,
}

/// All the agents, with what they need.
#[derive(Clone)]
pub struct Agents {
    store: Store,
    clock: Arc<dyn Clock>,
    recorder: Recorder,
    settings: AuthorSettings,
    /// The model; `None` leaves everything to the offline author.
    model: Option<ModelDesk>,
    /// One place for each processor: computing more texts at once would only make all of them slower.
    desks: Arc<Semaphore>,
    /// The notes of whoever searched last, indexed.
    shelves: Arc<Shelves>,
    /// The vectors of the questions that were asked last.
    questions: Arc<Questions>,
    /// What was found of users a moment ago.
    caches: Arc<context::Caches>,
}

/// A job to do.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// The job.
    pub job_id: JobId,
    /// For whom.
    pub user_id: UserId,
    /// In which stream.
    pub session_id: SessionId,
    /// What was asked for.
    pub request: Request,
    /// The notes to work from; empty means the newest of the library.
    pub notes: Vec<NoteId>,
    /// What the job had done before it was interrupted.
    pub before: Before,
    /// Its part in an experiment, if it has one.
    pub trial: Option<Trial>,
}

/// What an interrupted job had done: its log is its checkpoint.
#[derive(Debug, Clone, Default)]
pub struct Before {
    /// The items that were shown and not taken back.
    pub accepted: Vec<Told>,
    /// The items that were shown and taken back, and why: they do not come back.
    pub withdrawn: Vec<(Told, Fault)>,
    /// The highest number that an item was given.
    pub last_number: u32,
}

/// An item that was shown, as the log has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Told {
    /// Its number.
    pub number: u32,
    /// What it is a part of.
    #[serde(rename = "material_id")]
    pub material: MaterialId,
    /// Who wrote it.
    pub author: Author,
    /// The item.
    #[serde(flatten)]
    pub item: Item,
}

/// What was made, ready to be kept.
#[derive(Debug, Clone)]
pub struct Made {
    /// The result of the wire.
    pub outcome: Outcome,
    /// `saved` of the wire: true once the caller's transaction is committed.
    pub saved: Saved,
    /// What is to be kept; `None` where it is kept already, because the same was asked before.
    pub new: Option<NewMaterial>,
    /// Items that were written anew, to be kept in the places of the old ones.
    pub remade: Vec<Remade>,
}

impl Agents {
    /// The agents over this store, with a model or without.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        recorder: Recorder,
        settings: AuthorSettings,
        retrieval: RetrievalSettings,
        model: Option<ModelDesk>,
    ) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = if settings.threads == 0 { processors } else { settings.threads };
        Self {
            caches: Arc::new(context::Caches::new(&settings.context)),
            store,
            clock,
            recorder,
            settings,
            model,
            desks: Arc::new(Semaphore::new(threads)),
            shelves: Arc::new(Shelves::new(retrieval)),
            questions: Arc::default(),
        }
    }

    /// Does a job. Every step and every accepted item goes into `events` as it happens; the end is the answer.
    pub async fn perform(&self, task: &Assignment, events: mpsc::Sender<Event>) -> Result<Made, Problem> {
        match &task.request.remake {
            Some(wanted) => orchestrator::remake::run(self, task, wanted, events).await,
            None => orchestrator::drive::Drive::new(self, task, events).run().await,
        }
    }

    /// How a user wants things made: what they chose, what was learned, and what counts.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn profile_of(&self, user: &UserId) -> Result<Arc<Profile>, StoreError> {
        self.caches.profile(&self.store, user).await
    }

    /// What the model that writes here is called; `None` where all is left to the offline author.
    pub fn model_name(&self) -> Option<String> {
        self.model.as_ref().map(|model| model.name_for(sharper_llm::Task::Flashcards))
    }

    /// Puts on record that a job ran out of time. What its agents had done is on record already.
    pub fn ran_out_of_time(&self, task: &Assignment, took: std::time::Duration) {
        let part = recorder::Part {
            user_id: task.user_id.clone(),
            session_id: task.session_id.clone(),
            request_id: task.job_id.to_string(),
        };
        let run = recorder::Run {
            status: ExecutionStatus::Timeout,
            error: Some("its time ran out".to_owned()),
            ..recorder::Run::well(REQUESTS, self.clock.now() - took, took)
        };
        self.recorder.record(&part, run);
    }

    /// The share of the time of requests that putting runs on record held them up, since the start.
    pub fn recording_overhead(&self) -> Option<f64> {
        self.recorder.overhead()
    }

    /// Runs of agents that could not be put on record since the start.
    pub fn records_dropped(&self) -> u64 {
        self.recorder.dropped()
    }

    /// The experiments that run; none where there is no model.
    pub fn experiments(&self) -> &[Arc<Experiment>] {
        self.model.as_ref().map(|desk| desk.experiments().all()).unwrap_or_default()
    }

    /// The part of this user's request in an experiment, if it has one.
    pub fn trial(&self, user: &UserId, request: &Request) -> Option<Trial> {
        if request.remake.is_some() {
            return None;
        }
        let kind = orchestrator::intent::classify(request.kind, &request.message).kind;
        self.model.as_ref()?.experiments().trial(tasks::model::task(kind), user)
    }

    /// Waits until what models were paid is on record.
    pub async fn settled(&self) {
        if let Some(model) = &self.model {
            model.settled().await;
        }
    }

    /// The calls of one job, where there is a model.
    fn calls(&self, user: &UserId, job: Option<JobId>) -> Option<Calls> {
        let desk = self.model.clone()?;
        Some(Calls::new(desk, self.store.clone(), self.clock.clone(), user.clone(), job))
    }

    /// Computes on a thread of its own when a processor is free for it.
    async fn desk<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
        let broken =
            |_| Problem::new(ProblemCode::Internal, "The author broke off. Try again, or report the text.");
        let place = self.desks.clone().acquire_owned().await.expect("the semaphore is never closed");
        let working = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(place);
            result
        });
        working.await.map_err(broken)
    }
}

/// What a person is told of a failure of the store. The cause goes into the log, here and nowhere else.
pub fn problem_of(error: StoreError) -> Problem {
    use std::error::Error;
    if let Some(cause) = error.source() {
        tracing::error!(%error, %cause, "the store failed");
    }
    error.problem()
}
