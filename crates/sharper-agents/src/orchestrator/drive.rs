//! The driver: does what the plan says, and tells of each step.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use sharper_domain::{Event, Flashcard, Problem, ProblemCode, SetId, Stage, TaskKind, Thresholds};
use sharper_store::executions::ExecutionStatus;
use tokio::sync::mpsc;

use super::answer::{Answer, fingerprint};
use super::intent::classify;
use super::plan::{Plan, Seen, Step};
use crate::context::{Gathered, Gatherer};
use crate::recorder::{Part, Run};
use crate::tasks::flashcards::{Brief, Drafted, draft_offline};
use crate::validation::{self, Tally};
use crate::{Agents, Assignment, Made};

/// The name that the wire contract counts requests by.
const ORCHESTRATOR: &str = "main_orchestrator";

/// One job under way.
pub(crate) struct Drive<'a> {
    agents: &'a Agents,
    task: &'a Assignment,
    events: mpsc::Sender<Event>,
    part: Part,
    set_id: SetId,
    gathered: Arc<Gathered>,
    fingerprint: String,
    accepted: Vec<Flashcard>,
    tally: Tally,
    began: Instant,
}

impl<'a> Drive<'a> {
    pub(crate) fn new(agents: &'a Agents, task: &'a Assignment, events: mpsc::Sender<Event>) -> Self {
        let part = Part {
            user_id: task.user_id.clone(),
            session_id: task.session_id.clone(),
            request_id: task.job_id.to_string(),
        };
        let first = task.accepted.first();
        let set_id = first.map_or_else(|| SetId::new(agents.clock.now()), |card| card.set_id);
        Self {
            agents,
            task,
            events,
            part,
            set_id,
            gathered: Arc::default(),
            fingerprint: String::new(),
            accepted: task.accepted.clone(),
            tally: Tally::default(),
            began: Instant::now(),
        }
    }

    /// Runs the job to its end.
    pub(crate) async fn run(mut self) -> Result<Made, Problem> {
        let began = self.agents.clock.now();
        let result = self.steps().await;
        let (status, error) = match &result {
            Ok(_) => (ExecutionStatus::Success, None),
            Err(problem) => (ExecutionStatus::Failure, Some(problem.detail.clone())),
        };
        self.agents.recorder.record(
            &self.part,
            Run {
                agent: ORCHESTRATOR,
                began,
                took: self.began.elapsed(),
                status,
                error,
                input: json!({"type": self.task.request.kind, "count": self.task.request.flashcards.count}),
                output: json!({"items": self.accepted.len()}),
            },
        );
        result
    }

    async fn steps(&mut self) -> Result<Made, Problem> {
        self.progress(Stage::Analyse, ORCHESTRATOR, "Analyzing request...").await;
        let intent = classify(self.task.request.kind, &self.task.request.message);
        if intent.kind != TaskKind::FlashcardGeneration {
            return Err(not_yet(intent.kind));
        }
        let options = &self.task.request.flashcards;
        let mut plan = Plan::new(options.count, Thresholds::of(intent.kind).retries);
        let mut step = plan.first();
        let mut made = None;
        loop {
            let seen = match step {
                Step::Gather => self.gather().await?,
                Step::Perform { .. } | Step::Repair { .. } => self.perform().await?,
                Step::Recall => {
                    made = self.recall(intent.kind).await;
                    Seen::Recalled
                }
                Step::Check => self.check().await,
                Step::Save => {
                    self.progress(Stage::Format, ORCHESTRATOR, "Putting the set together...").await;
                    let cards = std::mem::take(&mut self.accepted);
                    made = Some(self.result(intent.kind, plan.attempts()).of_new(cards));
                    Seen::Saved
                }
                Step::Done => break,
                Step::Fail(problem) => return Err(problem),
            };
            step = plan.next(seen);
        }
        let made =
            made.ok_or_else(|| Problem::new(ProblemCode::Internal, "The work ended without a result."))?;
        self.progress(Stage::Complete, ORCHESTRATOR, &made.outcome.message).await;
        Ok(made)
    }

    async fn gather(&mut self) -> Result<Seen, Problem> {
        self.progress(Stage::Gather, "rag_agent", "Reading your notes...").await;
        let gatherer = Gatherer {
            store: &self.agents.store,
            clock: &*self.agents.clock,
            recorder: &self.agents.recorder,
            part: &self.part,
            limit: Duration::from_millis(self.agents.settings.context_ms),
        };
        let known = self.agents.settings.known_cards;
        let mut gathered = gatherer.gather(&self.task.user_id, &self.task.notes, known).await?;
        self.fingerprint = fingerprint(&self.task.request.flashcards, &gathered.texts);
        if !self.task.request.flashcards.fresh {
            let answered = gatherer.answered(&self.task.user_id, &self.fingerprint).await;
            // What an interrupted job has shown already tells whether it was giving this answer or making its own.
            let shown = self.accepted.first().map(|card| card.set_id);
            gathered.answered = answered.filter(|(set, _)| shown.is_none_or(|shown| shown == set.id));
        }
        let (bytes, answered) = (gathered.bytes(), gathered.answered.is_some());
        self.gathered = Arc::new(gathered);
        Ok(Seen::Gathered { bytes, answered })
    }

    /// Gives the cards again that the same request made before.
    async fn recall(&mut self, intent: TaskKind) -> Option<Made> {
        let (set, cards) = self.gathered.answered.clone()?;
        self.progress(Stage::Perform, "flashcard_agent", "You asked for this before: here are your cards...")
            .await;
        let requested = self.task.request.flashcards.count;
        for (number, card) in (1..).zip(&cards).skip(self.accepted.len()) {
            let _ = self.events.send(Event::Item { number, requested, card: Box::new(card.clone()) }).await;
        }
        Some(self.result(intent, 1).of_kept(set, cards))
    }

    fn result(&self, intent: TaskKind, attempts: u32) -> Answer<'_> {
        Answer {
            intent,
            attempts,
            request: self.task,
            texts: &self.gathered.texts,
            set_id: self.set_id,
            fingerprint: &self.fingerprint,
            tally: &self.tally,
            took: self.began.elapsed(),
            now: self.agents.clock.now(),
        }
    }

    async fn perform(&mut self) -> Result<Seen, Problem> {
        let options = self.task.request.flashcards.clone();
        let message =
            format!("Writing up to {} cards and checking each against your notes...", options.count);
        self.progress(Stage::Perform, "flashcard_agent", &message).await;
        let brief = Brief {
            set_id: self.set_id,
            options,
            accepted: std::mem::take(&mut self.accepted),
            gathered: self.gathered.clone(),
            events: self.events.clone(),
            clock: self.agents.clock.clone(),
        };
        let (began, clock) = (self.agents.clock.now(), Instant::now());
        let drafted = self.agents.desk(move || draft_offline(brief)).await?;
        self.record_authoring(began, clock.elapsed(), &drafted);
        self.tally.add(drafted.tally);
        self.accepted = drafted.accepted;
        let accepted = u32::try_from(self.accepted.len()).unwrap_or(u32::MAX);
        Ok(Seen::Drafted { accepted, exhausted: drafted.exhausted })
    }

    fn record_authoring(&self, began: sharper_domain::Timestamp, took: Duration, drafted: &Drafted) {
        let run = Run {
            agent: "flashcard_agent",
            began,
            took,
            status: ExecutionStatus::Success,
            error: None,
            input: json!({"texts": self.gathered.texts.len(), "bytes": self.gathered.bytes()}),
            output: json!({"accepted": drafted.accepted.len(), "rejected": drafted.tally.reasons()}),
        };
        self.agents.recorder.record(&self.part, run);
    }

    /// The set as a whole, once more: a card without a verdict that passed does not leave the house.
    async fn check(&mut self) -> Seen {
        self.progress(Stage::Safety, "safety_agent", "Checking the whole set for safety...").await;
        let (began, clock) = (self.agents.clock.now(), Instant::now());
        let before = self.accepted.len();
        self.accepted.retain(validation::may_leave);
        let run = Run {
            agent: "safety_agent",
            began,
            took: clock.elapsed(),
            status: ExecutionStatus::Success,
            error: None,
            input: json!({"items": before}),
            output: json!({"passed": self.accepted.len()}),
        };
        self.agents.recorder.record(&self.part, run);
        Seen::Checked { accepted: u32::try_from(self.accepted.len()).unwrap_or(u32::MAX) }
    }

    async fn progress(&self, stage: Stage, agent: &'static str, message: &str) {
        // Nobody listening means that the job was taken from us: the runner ends it.
        let _ = self.events.send(Event::Progress { stage, agent, message: message.to_owned() }).await;
    }
}

fn not_yet(kind: TaskKind) -> Problem {
    Problem::new(
        ProblemCode::NotAvailable,
        format!("This server makes flashcards; it cannot do {} yet.", kind.as_str().replace('_', " ")),
    )
}
