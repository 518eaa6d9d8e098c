//! The driver: does what the plan says, and tells of each step.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use sharper_domain::{
    Author, Event, Item, Making, MaterialId, Problem, ProblemCode, SetId, Stage, TaskKind, Thresholds,
};
use sharper_store::executions::ExecutionStatus;
use sharper_study::judge::Source;
use tokio::sync::mpsc;

use super::answer::{Answer, fingerprint};
use super::intent::classify;
use super::plan::{Goal, Plan, Seen, Step};
use super::words;
use crate::calls::{Away, Calls};
use crate::context::{Gathered, Gatherer, Needs, NoteText, Retrieved};
use crate::recorder::{OFFLINE, Part, Run};
use crate::tasks::desk::{Order, Work};
use crate::tasks::model::{Failed, ModelAuthor, Round};
use crate::tasks::offline::{Brief, draft};
use crate::{Agents, Assignment, Made};

/// The name that the wire contract counts requests by.
const ORCHESTRATOR: &str = "main_orchestrator";

/// One job under way.
pub(crate) struct Drive<'a> {
    agents: &'a Agents,
    task: &'a Assignment,
    events: mpsc::Sender<Event>,
    part: Part,
    kind: TaskKind,
    id: MaterialId,
    gathered: Arc<Gathered>,
    fingerprint: String,
    work: Work,
    failed: Vec<Failed>,
    /// The model's side of the job; `None` where none is configured, or once the offline author has stepped in.
    model: Option<ModelSide>,
    /// What the model took, also after the offline author has stepped in.
    calls: Option<Arc<Calls>>,
    /// Why the offline author has stepped in.
    degraded: Option<String>,
    /// The text of an agent that is run alone, in place of the student's notes; and that it is.
    given: Option<NoteText>,
    alone: bool,
    /// Rounds that the model has written.
    rounds: u8,
    began: Instant,
}

/// What the model author needs through all rounds.
#[derive(Clone)]
struct ModelSide {
    calls: Arc<Calls>,
    /// The notes, indexed once.
    source: Option<Arc<Source>>,
}

impl<'a> Drive<'a> {
    pub(crate) fn new(agents: &'a Agents, task: &'a Assignment, events: mpsc::Sender<Event>) -> Self {
        let part = Part {
            user_id: task.user_id.clone(),
            session_id: task.session_id.clone(),
            request_id: task.job_id.to_string(),
        };
        let set = task.accepted.iter().find_map(|(_, item)| match item {
            Item::Card(card) => Some(MaterialId(card.set_id.0)),
            _ => None,
        });
        let calls = agents.calls(&task.user_id, Some(task.job_id)).map(Arc::new);
        let has_model = calls.is_some();
        // With a model, what was shown before an interruption may not have been judged yet.
        let judged = |item: &Item| !has_model || words::author_of(item) == Some(Author::Offline);
        Self {
            agents,
            task,
            events,
            part,
            kind: classify(task.request.kind, &task.request.message).kind,
            id: set.unwrap_or_else(|| MaterialId::new(agents.clock.now())),
            gathered: Arc::default(),
            fingerprint: String::new(),
            work: Work::resumed(&task.accepted, &task.withdrawn, judged),
            failed: Vec::new(),
            model: calls.clone().map(|calls| ModelSide { calls, source: None }),
            calls,
            degraded: None,
            given: None,
            alone: false,
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
        let result = self.steps().await;
        if self.alone {
            return result;
        }
        let (status, error) = match &result {
            Ok(_) => (ExecutionStatus::Success, None),
            Err(problem) => (ExecutionStatus::Failure, Some(problem.detail.clone())),
        };
        let making = self.making();
        let run = Run {
            status,
            error,
            input: json!({"type": self.task.request.kind, "intent": self.kind, "count": self.wanted()}),
            output: json!({"items": self.work.count(), "degraded": self.degraded}),
            tokens: making.tokens_used,
            model: Some(making.model_used),
            ..Run::well(ORCHESTRATOR, began, self.began.elapsed())
        };
        self.agents.recorder.record(&self.part, run);
        result
    }

    async fn steps(&mut self) -> Result<Made, Problem> {
        self.progress(Stage::Analyse, ORCHESTRATOR, "Analyzing request...").await;
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
                Step::Gather => self.gather().await?,
                Step::Perform => self.perform(None).await?,
                Step::Repair { want, .. } => self.perform(Some(want)).await?,
                Step::Recall => {
                    made = self.recall().await;
                    Seen::Recalled
                }
                Step::Check => self.check().await,
                Step::Save => {
                    self.progress(Stage::Format, ORCHESTRATOR, words::assembling(self.kind)).await;
                    let work = std::mem::take(&mut self.work);
                    made = Some(self.answer(plan.attempts()).of_new(work));
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

    fn wanted(&self) -> Option<u32> {
        self.task.request.wanted(self.kind)
    }

    async fn gather(&mut self) -> Result<Seen, Problem> {
        self.progress(Stage::Gather, "rag_agent", "Reading your notes...").await;
        if let Some(text) = self.given.take() {
            self.gathered = Arc::new(Gathered { texts: vec![text], looked_at: 1, ..Gathered::default() });
            return Ok(Seen::Gathered { bytes: self.gathered.bytes(), answered: false });
        }
        let gatherer = Gatherer {
            store: &self.agents.store,
            clock: &*self.agents.clock,
            recorder: &self.agents.recorder,
            part: &self.part,
            limit: Duration::from_millis(self.agents.settings.context_ms),
        };
        let needs = Needs {
            kind: self.kind,
            user: &self.task.user_id,
            session: &self.task.session_id,
            notes: &self.task.notes,
            known: self.agents.settings.known_cards,
        };
        let mut gathered = gatherer.gather(&needs).await?;
        if self.kind == TaskKind::Chat {
            gathered = self.look_up(gathered).await?;
        } else {
            let author = self.author_name();
            self.fingerprint = fingerprint(self.kind, &self.task.request, &author, &gathered.texts);
        }
        if !self.task.request.fresh && self.kind != TaskKind::Chat {
            let answered = gatherer.answered(&self.task.user_id, self.kind, &self.fingerprint).await;
            // What an interrupted job has shown already tells whether it was giving this answer or making its own.
            let resumed = !self.task.accepted.is_empty();
            gathered.answered = answered.filter(|material| !resumed || material.id == self.id);
        }
        let (bytes, answered) = (gathered.bytes(), gathered.answered.is_some());
        self.gathered = Arc::new(gathered);
        Ok(Seen::Gathered { bytes, answered })
    }

    /// Keeps of the notes what the tutor's question is about.
    async fn look_up(&self, mut gathered: Gathered) -> Result<Gathered, Problem> {
        let notes = std::mem::take(&mut gathered.texts);
        let (shelves, user) = (self.agents.shelves.clone(), self.task.user_id.clone());
        let question = words::question(&self.task.request.message, &gathered.conversation);
        let found = self.agents.desk(move || Retrieved::look_up(&shelves, &user, notes, &question)).await?;
        Ok(Gathered { texts: found.texts, passages: found.passages, ..gathered })
    }

    /// Who is to write, as a fingerprint names it.
    fn author_name(&self) -> String {
        let model = self.agents.model.as_ref().filter(|_| self.model.is_some());
        model.map_or_else(|| OFFLINE.to_owned(), |desk| desk.name_for(crate::tasks::model::task(self.kind)))
    }

    /// Gives again what the same request made before.
    async fn recall(&mut self) -> Option<Made> {
        let material = self.gathered.answered.clone()?;
        self.progress(Stage::Perform, words::agent(self.kind), "You asked for this before: here it is...")
            .await;
        let requested = self.wanted().unwrap_or(0);
        for (number, item) in (1..).zip(material.items()).skip(self.work.shown.len()) {
            let _ = self.events.send(Event::Item { number, requested, item: Box::new(item) }).await;
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
            gathered: &self.gathered,
            fingerprint: keep.then(|| self.fingerprint.clone()),
            making: self.making(),
            took: self.began.elapsed(),
            now: self.agents.clock.now(),
        }
    }

    fn making(&self) -> Making {
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

    /// One round of writing, by the model where there is one; `again` says how many items are wanting of the last.
    async fn perform(&mut self, again: Option<u32>) -> Result<Seen, Problem> {
        let (began, clock, tokens) = (self.agents.clock.now(), Instant::now(), self.making().tokens_used);
        let agent = words::agent(self.kind);
        let seen = match self.model.clone() {
            Some(side) => {
                let message = words::writing(self.kind, self.wanted(), again);
                self.progress(Stage::Perform, agent, &message).await;
                self.perform_by_model(side).await?
            }
            None => {
                let message = words::writing(self.kind, self.wanted(), None);
                self.progress(Stage::Perform, agent, &message).await;
                self.perform_offline().await?
            }
        };
        let making = self.making();
        let run = Run {
            input: json!({"texts": self.gathered.texts.len(), "bytes": self.gathered.bytes()}),
            output: json!({"accepted": self.work.count(), "rejected": self.work.tally.reasons(), "degraded": self.degraded}),
            tokens: making.tokens_used - tokens,
            model: Some(making.model_used),
            ..Run::well(agent, began, clock.elapsed())
        };
        if !self.alone {
            self.agents.recorder.record(&self.part, run);
        }
        Ok(seen)
    }

    async fn perform_by_model(&mut self, mut side: ModelSide) -> Result<Seen, Problem> {
        let source = match side.source.clone() {
            Some(source) => source,
            None => {
                let source = self.index().await?;
                side.source = Some(source.clone());
                self.model = Some(side.clone());
                source
            }
        };
        let author = ModelAuthor {
            calls: &side.calls,
            order: self.order(Author::Model),
            request: &self.task.request,
            gathered: self.gathered.clone(),
            source,
            events: &self.events,
            note_bytes: self.agents.settings.note_bytes,
        };
        let work = std::mem::take(&mut self.work);
        // An interrupted job may have shown all that is wanted, and only the judge has not spoken.
        let written = match self.wanted() {
            Some(wanted) if work.count() >= wanted => Round { work, failed: Vec::new(), away: None },
            _ => author.write(work, &self.failed, u32::from(self.rounds)).await,
        };
        let (mut away, mut failed) = (written.away, written.failed);
        let waiting = written.work.shown.iter().filter(|shown| !shown.judged).count();
        let judged = if waiting > 0 {
            let message = format!("Having {waiting} checked for safety, quality and accuracy...");
            self.progress(Stage::Perform, "quality_agent", &message).await;
            self.judge(&author, written.work, &side.calls).await
        } else {
            Round { work: written.work, failed: Vec::new(), away: None }
        };
        self.work = judged.work;
        failed.extend(judged.failed);
        let judge_away = judged.away.is_some();
        away = judged.away.or(away);
        let count = u32::try_from(failed.len()).unwrap_or(u32::MAX);
        self.failed = failed;
        self.rounds += 1;
        let last = self.rounds > Thresholds::of(self.kind).retries || side.calls.left() < 2;
        match away {
            None => self.after_round(count, last).await,
            Some(away) if judge_away || last || !may_go_on(&away) => self.step_in(away).await,
            // It broke off in the middle: what it wrote stands, and the rest is asked for again.
            Some(_) if self.wanted().is_none() => Ok(self.drafted(count.max(1), false)),
            Some(_) => Ok(self.drafted(count, false)),
        }
    }

    /// What follows a round that went through to its end; after the `last` the model is not asked again.
    async fn after_round(&mut self, failed: u32, last: bool) -> Result<Seen, Problem> {
        // Where the notes say how many there are, a model that wrote nothing has nothing to mend either.
        let wrote_nothing = self.wanted().is_none() && failed == 0;
        if (last || wrote_nothing) && self.work.shown.is_empty() && self.kind != TaskKind::Chat {
            let why = "the model wrote nothing that passed the checks".to_owned();
            return self.step_in_because(why).await;
        }
        Ok(self.drafted(failed, last))
    }

    fn drafted(&self, failed: u32, exhausted: bool) -> Seen {
        Seen::Drafted { accepted: self.work.count(), failed, exhausted }
    }

    /// The judge's call, on record as the validation agents' run.
    async fn judge(&self, author: &ModelAuthor<'_>, work: Work, calls: &Calls) -> Round {
        let (began, clock, before) = (self.agents.clock.now(), Instant::now(), calls.bill().tokens);
        let judged = author.judge(work).await;
        let bill = calls.bill();
        let run = Run {
            status: if judged.away.is_some() { ExecutionStatus::Failure } else { ExecutionStatus::Success },
            error: judged.away.as_ref().map(Away::reason),
            output: json!({"passed": judged.work.count(), "failed": judged.failed.len()}),
            tokens: bill.tokens - before,
            model: bill.model,
            ..Run::well("quality_agent", began, clock.elapsed())
        };
        self.agents.recorder.record(&self.part, run);
        judged
    }

    /// The model is away: the offline author does what is left.
    async fn step_in(&mut self, away: Away) -> Result<Seen, Problem> {
        if let Away::Store(error) = &away {
            tracing::warn!(%error, "the budget could not be checked: no model is asked");
        }
        tracing::info!(job = %self.task.job_id, class = away.class(), "the offline author steps in");
        self.step_in_because(away.reason()).await
    }

    async fn step_in_because(&mut self, why: String) -> Result<Seen, Problem> {
        self.model = None;
        let message = format!("The offline author goes on: {why}...");
        self.degraded = Some(why);
        self.progress(Stage::Perform, words::agent(self.kind), &message).await;
        if self.wanted().is_none() && !self.work.shown.is_empty() {
            // What the notes have to say is not counted, so a second voice would only repeat the first.
            return Ok(self.drafted(0, true));
        }
        self.perform_offline().await
    }

    async fn perform_offline(&mut self) -> Result<Seen, Problem> {
        let brief = Brief {
            order: self.order(Author::Offline),
            request: self.task.request.clone(),
            gathered: self.gathered.clone(),
            work: std::mem::take(&mut self.work),
            events: self.events.clone(),
        };
        let drafted = self.agents.desk(move || draft(brief)).await?;
        self.work = drafted.work;
        self.failed.clear();
        Ok(self.drafted(0, drafted.exhausted))
    }

    fn order(&self, author: Author) -> Order {
        Order {
            kind: self.kind,
            wanted: self.wanted(),
            set_id: SetId(self.id.0),
            author,
            clock: self.agents.clock.clone(),
        }
    }

    async fn index(&self) -> Result<Arc<Source>, Problem> {
        let gathered = self.gathered.clone();
        let index = move || {
            let contents: Vec<&str> = gathered.texts.iter().map(|note| note.content.as_str()).collect();
            Source::new(&contents)
        };
        self.agents.desk(index).await.map(Arc::new)
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
        self.agents.recorder.record(&self.part, run);
        Seen::Checked { accepted: self.work.count() }
    }

    async fn progress(&self, stage: Stage, agent: &'static str, message: &str) {
        // Nobody listening means that the job was taken from us: the runner ends it.
        let _ = self.events.send(Event::Progress { stage, agent, message: message.to_owned() }).await;
    }
}

/// Whether asking the same model again in the same job may go better.
fn may_go_on(away: &Away) -> bool {
    use sharper_llm::Class;
    match away {
        Away::Model(error) => matches!(error.class(), Class::Malformed | Class::Unavailable | Class::Timeout),
        Away::Budget(_) | Away::Store(_) => false,
    }
}
