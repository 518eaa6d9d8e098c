//! The driver: does what the plan says, and tells of each step.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use sharper_domain::{
    Author, Clarification, Event, Fault, Inferred, Making, MaterialId, Problem, ProblemCode, Request, Stage,
    TaskKind, Thresholds,
};
use sharper_store::executions::{ExecutionStatus, REQUESTS};
use sharper_study::judge::Source;
use tokio::sync::mpsc;
use tracing::Instrument;

use super::answer::Answer;
use super::intent::classify;
use super::plan::{Goal, Plan, Seen, Step};
use super::words;
use crate::calls::Calls;
use crate::context::{Gathered, NoteText};
use crate::recorder::{OFFLINE, Part, Run};
use crate::tasks::desk::{Region, Work};
use crate::tasks::model::Failed;
use crate::{Agents, Assignment, Made, spans};

/// One job under way.
pub(crate) struct Drive<'a> {
    pub(super) agents: &'a Agents,
    pub(super) task: &'a Assignment,
    pub(super) events: mpsc::Sender<Event>,
    pub(super) part: Part,
    pub(super) kind: TaskKind,
    /// The request, once it was looked at with what it left open filled in.
    pub(super) request: Request,
    /// What that was.
    pub(super) inferred: Vec<Inferred>,
    /// What must be asked before anything is made.
    pub(super) unclear: Option<Clarification>,
    pub(super) id: MaterialId,
    pub(super) gathered: Arc<Gathered>,
    pub(super) fingerprint: String,
    pub(super) work: Work,
    pub(super) failed: Vec<Failed>,
    /// The model's side of the job; `None` where none is configured, or once the offline author has stepped in.
    pub(super) model: Option<ModelSide>,
    /// What the model took, also after the offline author has stepped in.
    pub(super) calls: Option<Arc<Calls>>,
    /// Why the offline author has stepped in.
    pub(super) degraded: Option<String>,
    /// The text of an agent that is run alone, in place of the student's notes; and that it is.
    pub(super) given: Option<NoteText>,
    pub(super) alone: bool,
    /// Model tokens that judging took.
    pub(super) judged_tokens: u64,
    /// Model tokens that are on record as an agent's; those that the job took before it was interrupted were so then.
    pub(super) recorded_tokens: u64,
    /// Model tokens that the job took before it was interrupted.
    pub(super) resumed_tokens: u64,
    /// Whether the run is on record.
    ended: bool,
    /// What the items are to be about, where they are written anew.
    pub(super) regions: Arc<[Region]>,
    /// Rounds that the model has written.
    pub(super) rounds: u8,
    pub(super) began: Instant,
}

/// What the model author needs through all rounds.
#[derive(Clone)]
pub(super) struct ModelSide {
    pub(super) calls: Arc<Calls>,
    /// The notes, indexed once.
    pub(super) source: Option<Arc<Source>>,
}

impl<'a> Drive<'a> {
    pub(crate) fn new(agents: &'a Agents, task: &'a Assignment, events: mpsc::Sender<Event>) -> Self {
        let part = Part {
            user_id: task.user_id.clone(),
            session_id: task.session_id.clone(),
            request_id: task.job_id.to_string(),
        };
        let resumed = task.before.accepted.first().map(|told| told.material);
        let calls = agents.calls(&task.user_id, Some(task.job_id)).map(Arc::new);
        Self {
            agents,
            task,
            events,
            part,
            kind: classify(task.request.kind, &task.request.message).kind,
            request: task.request.clone(),
            inferred: Vec::new(),
            unclear: None,
            id: resumed.unwrap_or_else(|| MaterialId::new(agents.clock.now())),
            gathered: Arc::default(),
            fingerprint: String::new(),
            work: Work::resumed(&task.before),
            failed: Vec::new(),
            model: calls.clone().map(|calls| ModelSide { calls, source: None }),
            calls,
            degraded: None,
            given: None,
            alone: false,
            judged_tokens: 0,
            recorded_tokens: 0,
            resumed_tokens: 0,
            ended: false,
            regions: Arc::default(),
            rounds: 0,
            began: Instant::now(),
        }
    }

    /// Without a job: on this text where one is given, and not counted as a request.
    pub(crate) fn alone(mut self, text: Option<NoteText>) -> Self {
        (self.given, self.alone) = (text, true);
        self
    }

    /// Runs the job to its end.
    pub(crate) async fn run(mut self) -> Result<Made, Problem> {
        let began = self.agents.clock.now();
        let span = spans::agent(REQUESTS);
        let result = self.steps().instrument(span.clone()).await;
        if let Err(problem) = &result {
            spans::failed(&span, problem.code.as_str());
        }
        if self.alone {
            return result;
        }
        let (status, error, accepted) = match &result {
            // What was made before and is given again is not made again.
            Ok(made) => {
                let made = made.outcome.validation.delivered.min(self.work.count());
                (ExecutionStatus::Success, None, made)
            }
            Err(problem) => (ExecutionStatus::Failure, Some(problem.detail.clone()), 0),
        };
        self.broke_off(error.as_deref().unwrap_or_default());
        let making = self.making();
        let run = Run {
            status,
            error,
            input: json!({"type": self.task.request.kind, "intent": self.kind, "count": self.wanted()}),
            output: json!({"items": self.work.count(), "rejected": self.work.tally.reasons(), "degraded": self.degraded}),
            tokens: making.tokens_used - self.resumed_tokens,
            model: Some(making.model_used),
            items: self.work.tally.fates(self.kind, accepted),
            ..Run::well(REQUESTS, began, self.began.elapsed())
        };
        self.agents.recorder.record(&self.part, run);
        result
    }

    /// Puts on record what an agent took that was stopped in the middle of its work: its tokens are paid for.
    fn broke_off(&mut self, why: &str) {
        self.ended = true;
        let making = self.making();
        let tokens = making.tokens_used.saturating_sub(self.recorded_tokens);
        if tokens == 0 {
            return;
        }
        self.recorded_tokens += tokens;
        let run = Run {
            status: ExecutionStatus::Failure,
            error: Some(why.to_owned()),
            tokens,
            model: Some(making.model_used),
            ..Run::well(words::agent(self.kind), self.agents.clock.now(), Duration::ZERO)
        };
        self.agents.recorder.record(&self.part, run);
    }

    async fn steps(&mut self) -> Result<Made, Problem> {
        self.progress(Stage::Analyse, REQUESTS, "Analyzing request...").await;
        let goal = Goal {
            requested: self.wanted(),
            retries: Thresholds::of(self.kind).retries,
            may_be_empty: self.kind == TaskKind::Chat,
        };
        let mut plan = Plan::new(goal);
        let mut step = plan.first();
        let mut made = None;
        loop {
            let seen = match step {
                Step::Gather => {
                    let seen = self.gather().await?;
                    plan.settle(self.wanted());
                    seen
                }
                Step::Ask => {
                    made = self.unclear.take().map(|unclear| self.answer(0).of_question(unclear));
                    Seen::Asked
                }
                Step::Perform => self.perform(None).await?,
                Step::Repair { want, .. } => self.perform(Some(want)).await?,
                Step::Recall => {
                    made = self.recall().await;
                    Seen::Recalled
                }
                Step::Check => self.check().await,
                Step::Save => {
                    self.progress(Stage::Format, REQUESTS, words::assembling(self.kind)).await;
                    made = Some(self.answer(plan.attempts()).of_new(self.work.clone()));
                    Seen::Saved
                }
                Step::Done => break,
                Step::Fail(problem) => return Err(problem),
            };
            step = plan.next(seen);
        }
        let made =
            made.ok_or_else(|| Problem::new(ProblemCode::Internal, "The work ended without a result."))?;
        self.progress(Stage::Complete, REQUESTS, &made.outcome.message).await;
        Ok(made)
    }

    /// Asks by these calls, unless the offline author has stepped in already.
    pub(super) fn goes_on_with(&mut self, calls: Option<Arc<Calls>>, degraded: Option<String>) {
        self.model =
            calls.clone().filter(|_| degraded.is_none()).map(|calls| ModelSide { calls, source: None });
        self.recorded_tokens = calls.as_ref().map_or(0, |calls| calls.bill().tokens);
        (self.calls, self.degraded) = (calls, degraded);
    }

    /// Only writing and checking, of what was gathered by somebody else: the rounds, and the last check.
    pub(super) async fn items(&mut self) -> Result<(), Problem> {
        let retries = Thresholds::of(self.kind).retries;
        let mut plan = Plan::new(Goal { requested: self.wanted(), retries, may_be_empty: true });
        let mut step = plan.next(Seen::Gathered { bytes: self.gathered.bytes(), answered: false });
        loop {
            let seen = match step {
                Step::Perform => self.perform(None).await?,
                Step::Repair { want, .. } => self.perform(Some(want)).await?,
                _ => break,
            };
            step = plan.next(seen);
        }
        self.check().await;
        self.ended = true;
        Ok(())
    }

    pub(super) fn wanted(&self) -> Option<u32> {
        self.request.wanted(self.kind)
    }

    /// Takes back what a model wrote and no judge has seen, where there is no model any more to judge it.
    pub(super) async fn withdraw_unjudged(&mut self) {
        let unjudged = self.work.shown.iter().filter(|shown| !shown.judged).map(|shown| shown.number);
        for number in unjudged.collect::<Vec<u32>>() {
            let event = self.work.withdraw(number, Fault::NotJudged);
            let _ = self.events.send(event).await;
        }
    }

    /// Gives again what the same request made before.
    async fn recall(&mut self) -> Option<Made> {
        let material = self.gathered.answered.clone()?;
        self.progress(Stage::Perform, words::agent(self.kind), "You asked for this before: here it is...")
            .await;
        let requested = self.wanted().unwrap_or(0);
        for (number, item) in (1..).zip(material.items()).skip(self.work.shown.len()) {
            let (material, author) = (material.id, words::author_of(&item).unwrap_or(Author::Offline));
            let told = Event::Item { number, requested, material, author, item: Box::new(item) };
            let _ = self.events.send(told).await;
        }
        Some(self.answer(1).of_kept(&material))
    }

    fn answer(&self, attempts: u32) -> Answer<'_> {
        let keep = self.degraded.is_none() && !self.fingerprint.is_empty();
        Answer {
            kind: self.kind,
            id: self.id,
            attempts,
            task: self.task,
            request: &self.request,
            defaults: &self.inferred,
            gathered: &self.gathered,
            fingerprint: keep.then(|| self.fingerprint.clone()),
            making: self.making(),
            took: self.began.elapsed(),
            now: self.agents.clock.now(),
        }
    }

    pub(super) fn making(&self) -> Making {
        let bill = self.calls.as_ref().map(|calls| calls.bill()).unwrap_or_default();
        let written_by_model = self.degraded.is_none() || self.work.shown.iter().any(|shown| shown.by_model);
        Making {
            tokens_used: bill.tokens,
            model_used: bill.model.filter(|_| written_by_model).unwrap_or_else(|| OFFLINE.to_owned()),
            model_calls: bill.calls,
            cost_usd: bill.nano_usd.map(|nano| nano as f64 / 1e9),
            degraded: self.degraded.clone(),
        }
    }

    /// The whole, once more: an item without every verdict it needs, or with one that is no pass, does not leave.
    async fn check(&mut self) -> Seen {
        self.progress(Stage::Safety, "safety_agent", "Checking the whole for safety...").await;
        let (began, clock) = (self.agents.clock.now(), Instant::now());
        let before = self.work.count();
        self.work.shown.retain(|shown| shown.judged && shown.item.may_leave());
        let run = Run {
            input: json!({"items": before}),
            output: json!({"passed": self.work.count()}),
            ..Run::well("safety_agent", began, clock.elapsed())
        };
        if !self.alone {
            self.agents.recorder.record(&self.part, run);
        }
        Seen::Checked { accepted: self.work.count() }
    }

    pub(super) async fn progress(&self, stage: Stage, agent: &'static str, message: &str) {
        // Nobody listening means that the job was taken from us: the runner ends it.
        let _ = self.events.send(Event::Progress { stage, agent, message: message.to_owned() }).await;
    }
}

/// A job that is cancelled, or given back because the server stops, is dropped where it stands. It is no request that was
/// worked on to its end; what it took is on record all the same.
impl Drop for Drive<'_> {
    fn drop(&mut self) {
        if !self.ended && !self.alone {
            self.broke_off("it was stopped before its end");
        }
    }
}
