//! Calls: every question to a model goes through here, so that it is reserved before, settled after, never paid for
//! twice, and on record.
//!
//! One `Calls` belongs to one job. It holds the job's call budget and adds up what the job took.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use metrics::counter;
use sharper_domain::{Clock, JobId, UserId};
use sharper_llm::settings::Provider;
use sharper_llm::{
    CallBudget, Cost, Done, Error, Finish, Model, Piece, Prompt, Reply, Settings, Task, Usage,
};
use sharper_store::responses::CachedResponse;
use sharper_store::spending::{CallId, NewCall, Settled, SpendLimits};
use sharper_store::{Store, StoreError};
use tokio_util::task::TaskTracker;
use tracing::{Instrument, Span};

use crate::away::Away;
use crate::experiments::Experiments;
use crate::spans;

/// The configured model, with what asking it takes.
#[derive(Clone)]
pub struct ModelDesk {
    pub(crate) model: Arc<dyn Model>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) limits: SpendLimits,
    keep: Duration,
    experiments: Experiments,
    pub(crate) settling: TaskTracker,
}

impl ModelDesk {
    /// A desk for this model. `limits` hold per day (UTC); an answer is kept for the time `keep`, to be given again to
    /// the same question of the same user.
    pub fn new(model: Arc<dyn Model>, settings: Settings, limits: SpendLimits, keep: Duration) -> Self {
        Self {
            model,
            settings: Arc::new(settings),
            limits,
            keep,
            experiments: Experiments::default(),
            settling: TaskTracker::new(),
        }
    }

    /// Varies its authors by these experiments.
    #[must_use]
    pub fn with_experiments(mut self, experiments: Experiments) -> Self {
        self.experiments = experiments;
        self
    }

    pub(crate) fn experiments(&self) -> &Experiments {
        &self.experiments
    }

    /// Whose models they are.
    fn provider(&self) -> Provider {
        self.settings.endpoint().map_or(self.settings.provider, |endpoint| endpoint.provider)
    }

    /// What the configured models are called, for a fingerprint: other models, other answers.
    pub(crate) fn name_for(&self, task: sharper_llm::Task) -> String {
        match self.settings.models_for(task, self.provider()).first() {
            Some(first) => first.clone(),
            None => "model".to_owned(),
        }
    }

    /// Waits until every call that broke off is settled.
    pub(crate) async fn settled(&self) {
        self.settling.close();
        self.settling.wait().await;
        self.settling.reopen();
    }
}

/// What a job's calls took.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bill {
    pub(crate) calls: u32,
    pub(crate) tokens: u64,
    pub(crate) nano_usd: Option<u64>,
    /// The model that wrote last.
    pub(crate) model: Option<String>,
}

/// The calls of one job.
pub(crate) struct Calls {
    desk: ModelDesk,
    store: Store,
    clock: Arc<dyn Clock>,
    user: UserId,
    job: Option<JobId>,
    budget: CallBudget,
    bill: Arc<Mutex<Bill>>,
}

impl Calls {
    pub(crate) fn new(
        desk: ModelDesk,
        store: Store,
        clock: Arc<dyn Clock>,
        user: UserId,
        job: Option<JobId>,
    ) -> Self {
        let budget = CallBudget::new(desk.settings.calls_per_request);
        Self { desk, store, clock, user, job, budget, bill: Arc::default() }
    }

    /// What was taken so far.
    pub(crate) fn bill(&self) -> Bill {
        // What the closed gate or an open circuit kept from the wire was no call.
        Bill { calls: self.budget.used(), ..lock(&self.bill).clone() }
    }

    /// Goes on with the bill of a job that was interrupted, so that its calls count against the same budget.
    pub(crate) async fn resume(&self) {
        let Some(job) = self.job else { return };
        match self.store.spent_by_job(self.user.clone(), job).await {
            Ok(spent) => {
                for _ in 0..spent.calls {
                    if self.budget.take().is_err() {
                        break;
                    }
                }
                let mut bill = lock(&self.bill);
                bill.tokens += spent.tokens;
                if let Some(nano_usd) = spent.nano_usd {
                    *bill.nano_usd.get_or_insert(0) += nano_usd;
                }
            }
            Err(error) => tracing::warn!(%error, "what a job has spent before could not be looked up"),
        }
    }

    /// Calls that this job may still make.
    pub(crate) fn left(&self) -> u32 {
        self.budget.left()
    }

    /// Asks. With `keep`, the same question of the same user is answered from what was kept, and the answer is kept;
    /// the number tells rounds apart that ask in the same words, and want another answer.
    pub(crate) async fn ask(&self, prompt: Prompt, keep: Option<u32>) -> Result<Call, Away> {
        let name = prompt.model.clone().unwrap_or_else(|| self.desk.name_for(prompt.task));
        let keep = keep.filter(|_| !self.desk.keep.is_zero());
        let key = keep.map(|round| self.key(&name, &prompt, round));
        if let Some(reply) = self.kept(key.as_deref(), prompt.task).await {
            return Ok(Call::kept(reply));
        }
        let task = prompt.task;
        let most = self.desk.settings.max_tokens(task);
        let completion = prompt.max_tokens.map_or(most, |asked| asked.min(most));
        let usage = Usage {
            prompt_tokens: prompt.estimated_tokens(),
            completion_tokens: completion,
            estimated: true,
        };
        let now = self.clock.now();
        let id = CallId::new(now);
        let new = NewCall {
            id,
            user: self.user.clone(),
            job: self.job,
            task: task.as_str().to_owned(),
            model: name.clone(),
            reserve_tokens: usage.total(),
            reserve_nano_usd: self.desk.settings.cost(&name, &usage).map_or(0, |cost| cost.nano_usd),
            now,
        };
        match self.store.reserve_call(new, self.desk.limits).await {
            Ok(_) => {}
            Err(error @ StoreError::OverBudget { .. }) => return Err(Away::Budget(error.problem())),
            Err(error) => return Err(Away::Store(error)),
        }
        let span = spans::call(task, self.desk.provider(), &name, completion);
        let mut open = Open {
            id,
            span: span.clone(),
            model: name,
            began: Instant::now(),
            store: self.store.clone(),
            clock: self.clock.clone(),
            settling: self.desk.settling.clone(),
            bill: self.bill.clone(),
            keep: key.map(|key| (key, self.user.clone(), self.desk.keep)),
            task,
            writes: task != Task::Judge,
            settings: self.desk.settings.clone(),
            spent: Usage::default(),
            settled: false,
        };
        match self.desk.model.ask(prompt, &self.budget).instrument(span).await {
            Ok(reply) => Ok(Call { reply, text: String::new(), open: Some(open), whole: None }),
            Err(error) => {
                open.settle(Usage::default(), None, error.class().as_str());
                Err(Away::Model(error))
            }
        }
    }

    async fn kept(&self, key: Option<&str>, task: Task) -> Option<Reply> {
        let key = key?;
        // A cache that cannot be read is no cache.
        let kept = self
            .store
            .cached_response(self.user.clone(), key.to_owned(), self.clock.now())
            .await
            .ok()
            .flatten()?;
        let usage = Usage::default();
        let done = Done { usage, finish: Finish::Stop, model: kept.model, cost: None };
        if task != Task::Judge {
            lock(&self.bill).model = Some(done.model.clone());
        }
        Some(Reply::ready(kept.text, done))
    }

    /// What two calls have in common only if they are the same: user, model, prompt and parameters.
    fn key(&self, model: &str, prompt: &Prompt, round: u32) -> String {
        let settings = &self.desk.settings;
        let (temperature, most) = (settings.temperature(prompt.task), settings.max_tokens(prompt.task));
        let parts = serde_json::json!([self.user, model, temperature, most, prompt, round]);
        sharper_store::fingerprint(&parts.to_string())
    }
}

/// A call under way. Dropped before its end, it is settled by what came.
pub(crate) struct Call {
    reply: Reply,
    text: String,
    /// `None` for an answer that was kept: it costs nothing.
    open: Option<Open>,
    /// The whole answer, once it has ended well.
    whole: Option<(String, Usage)>,
}

impl Call {
    fn kept(reply: Reply) -> Self {
        Self { reply, text: String::new(), open: None, whole: None }
    }

    /// The next stretch of text; `None` at the end, which is then settled.
    pub(crate) async fn next(&mut self) -> Option<Result<String, Error>> {
        match self.reply.next().await? {
            Ok(Piece::Delta { text }) => {
                if let Some(open) = &mut self.open {
                    open.spent = self.reply.so_far();
                    if open.keep.is_some() {
                        self.text.push_str(&text);
                    }
                }
                Some(Ok(text))
            }
            Ok(Piece::Done(done)) => {
                let text = std::mem::take(&mut self.text);
                if let Some(open) = &mut self.open {
                    self.whole = (done.finish == Finish::Stop).then_some((text, done.usage));
                    open.model.clone_from(&done.model);
                    open.settle(done.usage, done.cost, "ok");
                }
                match done.finish {
                    Finish::Filtered => Some(Err(Error::Malformed(sharper_llm::Cause::new(
                        "the provider's filter stopped the answer",
                    )))),
                    _ => None,
                }
            }
            Err(error) => {
                if let Some(open) = &mut self.open {
                    open.settle(self.reply.so_far(), None, error.class().as_str());
                }
                Some(Err(error))
            }
        }
    }

    /// The answer was of use: it is kept, to be given again to the same question.
    pub(crate) fn worth_keeping(&mut self) {
        if let (Some(open), Some((text, usage))) = (&mut self.open, self.whole.take()) {
            open.keep(text, usage);
        }
    }

    /// The whole answer.
    pub(crate) async fn text(&mut self) -> Result<String, Error> {
        let mut whole = String::new();
        while let Some(piece) = self.next().await {
            whole.push_str(&piece?);
        }
        Ok(whole)
    }
}

/// A reservation that must be settled.
struct Open {
    id: CallId,
    span: Span,
    model: String,
    began: Instant,
    store: Store,
    clock: Arc<dyn Clock>,
    settling: TaskTracker,
    bill: Arc<Mutex<Bill>>,
    keep: Option<(String, UserId, Duration)>,
    task: Task,
    /// Whether it is an author who is asked, and no judge.
    writes: bool,
    settings: Arc<Settings>,
    spent: Usage,
    settled: bool,
}

impl Open {
    /// Settles, beside whatever is done next: the answer does not wait for its bill.
    fn settle(&mut self, usage: Usage, cost: Option<Cost>, outcome: &'static str) {
        if std::mem::replace(&mut self.settled, true) {
            return;
        }
        // What never reached the model cost nothing; for the rest the price table speaks where the server is silent.
        let nothing = (usage.total() == 0).then_some(Cost { nano_usd: 0, reported: false });
        spans::ended(&self.span, &self.model, &usage, outcome);
        let cost = cost.or(nothing).or_else(|| self.settings.cost(&self.model, &usage));
        self.add_to_bill(&usage, cost, outcome);
        self.count(&usage, cost, outcome);
        let settled = Settled {
            prompt_tokens: u64::from(usage.prompt_tokens),
            completion_tokens: u64::from(usage.completion_tokens),
            estimated: usage.estimated,
            nano_usd: cost.map(|cost| cost.nano_usd),
            cost_reported: cost.is_some_and(|cost| cost.reported),
            cached: false,
            outcome,
            took_ms: u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            model: self.model.clone(),
            accepted_items: 0,
        };
        let (store, id, now) = (self.store.clone(), self.id, self.clock.now());
        self.settling.spawn(async move {
            if let Err(error) = store.settle_call(id, settled, now).await {
                // It stays reserved, and counts as spent in full: the budget errs on the safe side.
                tracing::warn!(call = %id, %error, "a call to a model could not be settled");
            }
        });
    }

    /// Counts the call for whoever watches this process.
    fn count(&self, usage: &Usage, cost: Option<Cost>, outcome: &'static str) {
        let task = self.task.as_str();
        counter!("study_sharper_model_calls_total", "task" => task, "outcome" => outcome).increment(1);
        let tokens =
            |kind, count| counter!("study_sharper_model_tokens_total", "kind" => kind).increment(count);
        tokens("prompt", u64::from(usage.prompt_tokens));
        tokens("completion", u64::from(usage.completion_tokens));
        counter!("study_sharper_model_cost_nanousd_total").increment(cost.map_or(0, |cost| cost.nano_usd));
    }

    fn add_to_bill(&self, usage: &Usage, cost: Option<Cost>, outcome: &str) {
        let mut bill = lock(&self.bill);
        bill.tokens += usage.total();
        if let Some(cost) = cost.filter(|cost| cost.reported || cost.nano_usd > 0) {
            *bill.nano_usd.get_or_insert(0) += cost.nano_usd;
        }
        if outcome == "ok" && self.writes {
            bill.model = Some(self.model.clone());
        }
    }

    fn keep(&mut self, text: String, usage: Usage) {
        let Some((key, user, time)) = self.keep.take() else { return };
        let response = CachedResponse {
            text,
            model: self.model.clone(),
            prompt_tokens: u64::from(usage.prompt_tokens),
            completion_tokens: u64::from(usage.completion_tokens),
        };
        let (store, until) = (self.store.clone(), self.clock.now() + time);
        self.settling.spawn(async move {
            if let Err(error) = store.cache_response(user, key, response, until).await {
                tracing::warn!(%error, "an answer of a model could not be kept");
            }
        });
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let spent = self.spent;
        self.settle(spent, None, "dropped");
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // Numbers are added in one go: a panic elsewhere leaves none half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
