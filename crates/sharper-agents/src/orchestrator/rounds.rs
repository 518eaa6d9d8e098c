//! Rounds of writing: the model author's with the judge after each, and the offline author's, who steps in where the
//! model is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use sharper_domain::{Author, Problem, Stage, TaskKind, Thresholds};
use sharper_store::executions::ExecutionStatus;
use sharper_study::judge::Source;
use tracing::Instrument;

use super::assembly;
use super::drive::{Drive, ModelSide};
use super::plan::Seen;
use super::words;
use crate::away::Away;
use crate::calls::Calls;
use crate::experiments::Trial;
use crate::recorder::Run;
use crate::spans;
use crate::tasks::desk::{Order, Work};
use crate::tasks::model::{ModelAuthor, Round, condense};
use crate::tasks::offline::{Brief, draft};

/// How long an answer waits for the summary of what was said before it.
const CONDENSING: Duration = Duration::from_secs(10);
/// Calls that an answer may need: two rounds, each with its judge.
const CALLS_FOR_ANSWER: u32 = 5;

impl Drive<'_> {
    /// One round of writing, by the model where there is one; `again` says how many items are wanting of the last.
    pub(super) async fn perform(&mut self, again: Option<u32>) -> Result<Seen, Problem> {
        let (began, clock) = (self.agents.clock.now(), Instant::now());
        let before = (self.making().tokens_used, self.judged_tokens);
        let agent = words::agent(self.kind);
        let seen = match self.model.clone() {
            Some(side) => {
                let message = words::writing(self.kind, self.wanted(), again);
                self.progress(Stage::Perform, agent, &message).await;
                let condensing = self.condensing(&side);
                let writing = self.perform_by_model(side).instrument(spans::agent(agent));
                let (seen, ()) = tokio::join!(writing, condensing);
                seen?
            }
            None => {
                self.withdraw_unjudged().await;
                let message = words::writing(self.kind, self.wanted(), None);
                self.progress(Stage::Perform, agent, &message).await;
                self.perform_offline().instrument(spans::agent(agent)).await?
            }
        };
        let making = self.making();
        // The judge's are on record as the judge's.
        let tokens = (making.tokens_used - before.0).saturating_sub(self.judged_tokens - before.1);
        self.recorded_tokens += tokens;
        let run = Run {
            input: json!({"texts": self.gathered.texts.len(), "bytes": self.gathered.bytes()}),
            output: json!({"accepted": self.work.count(), "rejected": self.work.tally.reasons(), "degraded": self.degraded}),
            tokens,
            model: Some(making.model_used),
            ..Run::well(agent, began, clock.elapsed())
        };
        if !self.alone {
            self.agents.recorder.record(&self.part, run);
        }
        Ok(seen)
    }

    /// Puts what has left the tutor's window in short words, beside the answer, which waits for it only so long.
    fn condensing(&self, side: &ModelSide) -> impl Future<Output = ()> + use<> {
        let fold = self.gathered.fold.clone().filter(|_| self.rounds == 0);
        let (calls, store) = (side.calls.clone(), self.agents.store.clone());
        let (user, session) = (self.task.user_id.clone(), self.task.session_id.clone());
        let tokens = self.agents.settings.context.summary_tokens;
        async move {
            let Some(fold) = fold else { return };
            let by_model = async {
                // The answer and its judge come first.
                if calls.left() < CALLS_FOR_ANSWER { None } else { condense(&calls, &fold, tokens).await }
            };
            let told = tokio::time::timeout(CONDENSING, by_model).await.ok().flatten();
            let better = told.is_some();
            let summary = told.unwrap_or(fold.extract);
            let kept = store.keep_conversation_summary(user, session, summary, fold.to, better).await;
            if let Err(error) = kept {
                tracing::warn!(%error, "a conversation could not be summarised");
            }
        }
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
        let trial = self.task.trial.as_ref();
        if let Some(trial) = trial {
            trial.begins();
        }
        let author = ModelAuthor {
            calls: &side.calls,
            variant: trial.map(Trial::variant),
            order: self.order(Author::Model),
            request: &self.request,
            gathered: self.gathered.clone(),
            source,
            events: &self.events,
            note_bytes: self.agents.settings.note_bytes,
            days: assembly::days(&self.request.plan, self.agents.clock.now()).0,
        };
        let written =
            author.write(std::mem::take(&mut self.work), &self.failed, u32::from(self.rounds)).await;
        let (mut away, mut failed) = (written.away, written.failed);
        let (began, said_no) = (written.began, written.said_no);
        let written_for = side.calls.bill().tokens;
        let waiting = written.work.shown.iter().filter(|shown| !shown.judged).count();
        let judged = if waiting > 0 {
            let message = format!("Having {waiting} checked for safety, quality and accuracy...");
            self.progress(Stage::Perform, "quality_agent", &message).await;
            self.judge(&author, written.work, &side.calls).await
        } else {
            Round { work: written.work, failed: Vec::new(), away: None, began: false, said_no: false }
        };
        let judged_tokens = side.calls.bill().tokens - written_for;
        self.judged_tokens += judged_tokens;
        self.recorded_tokens += judged_tokens;
        self.work = judged.work;
        if let Some(trial) = trial {
            trial.counts(&self.work);
        }
        failed.extend(judged.failed);
        let judge_away = judged.away.is_some();
        away = judged.away.or(away);
        let count = u32::try_from(failed.len()).unwrap_or(u32::MAX);
        self.failed = failed;
        self.rounds += 1;
        let last = self.rounds > Thresholds::of(self.kind).retries || side.calls.left() < 2;
        match away {
            None => self.after_round(count, last, said_no).await,
            Some(away) if judge_away || last || !began || !may_go_on(&away) => self.step_in(away).await,
            // It broke off in the middle: what it wrote stands, and the rest is asked for again.
            Some(_) if self.wanted().is_none() => Ok(self.drafted(count.max(1), false)),
            Some(_) => Ok(self.drafted(count, false)),
        }
    }

    /// What follows a round that went through to its end; after the `last` the model is not asked again. The tutor may
    /// say that the notes do not hold the answer (`said_no`): then nothing is an answer too.
    async fn after_round(&mut self, failed: u32, last: bool, said_no: bool) -> Result<Seen, Problem> {
        // Where the notes say how many there are, a model that wrote nothing has nothing to mend either.
        let wrote_nothing = self.wanted().is_none() && failed == 0;
        if (last || wrote_nothing) && self.work.shown.is_empty() && !said_no {
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
        let judged = author.judge(work).instrument(spans::agent("quality_agent")).await;
        let bill = calls.bill();
        let run = Run {
            status: if judged.away.is_some() { ExecutionStatus::Failure } else { ExecutionStatus::Success },
            error: judged.away.as_ref().map(Away::reason),
            output: json!({"passed": judged.work.count(), "failed": judged.failed.len()}),
            tokens: bill.tokens - before,
            model: bill.model,
            ..Run::well("quality_agent", began, clock.elapsed())
        };
        if !self.alone {
            self.agents.recorder.record(&self.part, run);
        }
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
        if let Some(trial) = &self.task.trial {
            trial.degrades();
        }
        self.progress(Stage::Perform, words::agent(self.kind), &message).await;
        if self.wanted().is_none() && self.kind != TaskKind::ExamGeneration && !self.work.shown.is_empty() {
            // What the notes have to say is not counted, so a second voice would only repeat the first.
            return Ok(self.drafted(0, true));
        }
        self.perform_offline().await
    }

    async fn perform_offline(&mut self) -> Result<Seen, Problem> {
        let brief = Brief {
            order: self.order(Author::Offline),
            request: self.request.clone(),
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
            most: words::most(self.kind, &self.request).filter(|_| author == Author::Model),
            material: self.id,
            author,
            hold: self.agents.settings.hold_for_judge,
            regions: self.regions.clone(),
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
}

/// Whether asking the same model again in the same job may go better.
fn may_go_on(away: &Away) -> bool {
    use sharper_llm::Class;
    match away {
        Away::Model(error) => matches!(error.class(), Class::Malformed | Class::Unavailable | Class::Timeout),
        Away::Budget(_) | Away::Store(_) => false,
    }
}
