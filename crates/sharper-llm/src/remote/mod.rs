//! `Remote`: a server that speaks the OpenAI dialect, with fallback over its models.

mod attempts;
mod chat;
mod chunk;
mod dialect;
mod embed;
mod gate;
mod http;
mod refusal;
mod stream;
mod transcribe;
mod wire;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::Value;
use sharper_domain::Clock;
use tokio::sync::OnceCell;
use tokio::time::Instant;

use attempts::Lane;
use chat::Question;
use gate::Gate;
use http::Http;
pub(crate) use stream::RemoteStream;
use wire::Bounds;

use crate::retry::{Jitter, RetryShare};
use crate::settings::{Provider, Settings};
use crate::{Asked, Audio, CallBudget, Cause, Embeddings, Error, Model, Prompt, Reply, Task, Transcript};

/// A configured server. Made once and shared; all that it learns (dialects, health, rates) is for all callers.
pub struct Remote {
    http: Http,
    /// Where recordings go, if it is elsewhere: its own connections, health and key.
    recordings: Option<Http>,
    settings: Arc<Settings>,
    provider: Provider,
    lanes: Mutex<HashMap<String, Arc<Lane>>>,
    /// What the server has, when the settings name no model.
    listed: OnceCell<Vec<String>>,
    gate: Gate,
    share: RetryShare,
    jitter: Jitter,
    clock: Box<dyn Clock>,
}

impl Remote {
    /// Prepares to ask the server of the settings; nothing is sent yet. `seed` is for the pauses between tries.
    ///
    /// The errors say which settings are wrong and what to change.
    pub fn new(settings: Settings, clock: impl Clock, seed: u64) -> Result<Self, Vec<String>> {
        settings.check()?;
        let none = || vec!["no model is configured: set OPENROUTER_API_KEY or LLM_BASE_URL".to_owned()];
        let endpoint = settings.endpoint().ok_or_else(none)?;
        Ok(Self {
            http: Http::new(&endpoint, &settings).map_err(|wrong| vec![wrong])?,
            recordings: settings
                .endpoint_for_recordings()
                .map(|endpoint| Http::new(&endpoint, &settings))
                .transpose()
                .map_err(|wrong| vec![wrong])?,
            provider: endpoint.provider,
            lanes: Mutex::default(),
            listed: OnceCell::new(),
            gate: Gate::new(settings.concurrency, settings.queue),
            share: RetryShare::new(&settings.retry, Instant::now()),
            jitter: Jitter::new(seed),
            clock: Box::new(clock),
            settings: Arc::new(settings),
        })
    }

    /// Asks the models of the task in their order until one answers, or the one that the prompt names.
    async fn answer(&self, prompt: Prompt, budget: &CallBudget) -> Result<Reply, Error> {
        let deadline = Instant::now() + self.settings.timeouts.total;
        let bounds = self.bounds(&prompt);
        let models = match &prompt.model {
            Some(one) => vec![one.clone()],
            None => self.models(prompt.task, deadline).await?,
        };
        let question = Question { prompt_tokens: prompt.estimated_tokens(), prompt, bounds, deadline };
        let mut passed_over: Option<Error> = None;
        for model in &models {
            let lane = self.lane(model);
            let ask = |place| self.chat(&lane, &question, budget, place);
            let error = match self.attempts(&lane, budget, deadline, ask).await {
                Ok(stream) => return Ok(Reply::remote(model.clone(), stream).after(passed_over)),
                Err(error) => error,
            };
            let ends = error.is_final() || budget.left() == 0 || Instant::now() >= deadline;
            // Of several failures the first that may pass is told: then coming back later is worth it.
            if passed_over.as_ref().is_none_or(|known| !known.may_pass() && error.may_pass()) {
                passed_over = Some(error);
            }
            if ends {
                break;
            }
        }
        Err(passed_over.unwrap_or_else(|| Error::Refused(Cause::new("no model is configured for the task"))))
    }

    fn bounds(&self, prompt: &Prompt) -> Bounds {
        let most = self.settings.max_tokens(prompt.task);
        Bounds {
            max_tokens: prompt.max_tokens.map_or(most, |asked| asked.min(most)),
            temperature: prompt.temperature.unwrap_or_else(|| self.settings.temperature(prompt.task)),
        }
    }

    /// The models for a task: from the settings, or the first that the server lists.
    async fn models(&self, task: Task, deadline: Instant) -> Result<Vec<String>, Error> {
        let models = self.settings.models_for(task, self.provider);
        if !models.is_empty() {
            return Ok(models);
        }
        self.listed.get_or_try_init(|| self.list(deadline)).await.cloned()
    }

    /// The first model of the server, for servers at home, which often have one.
    async fn list(&self, deadline: Instant) -> Result<Vec<String>, Error> {
        let names = self.names(deadline).await?;
        let first = names.into_iter().find(|name| !name.contains("embed"));
        let none = || Error::Refused(Cause::new("the server lists no model: set one in llm.models"));
        Ok(vec![first.ok_or_else(none)?])
    }

    /// The models that the server has. It costs nothing, and shows whether it is there and takes the key.
    pub async fn models_listed(&self) -> Result<Vec<String>, Error> {
        self.names(Instant::now() + self.settings.timeouts.first_byte).await
    }

    async fn names(&self, deadline: Instant) -> Result<Vec<String>, Error> {
        #[derive(Deserialize)]
        struct List {
            data: Vec<Value>,
        }
        let response = self.http.get("/models", deadline).await.map_err(|failed| failed.error)?;
        if !response.status.is_success() {
            return Err(self.refusal(response).await.error());
        }
        let body = response.body.whole().await?;
        let list: List = serde_json::from_slice(&body)
            .map_err(|_| Error::malformed("the list of models cannot be read"))?;
        let names = list.data.iter().filter_map(|model| model.get("id")?.as_str());
        Ok(names.map(str::to_owned).collect())
    }

    /// What is known of a model. There are as many as the settings name.
    fn lane(&self, model: &str) -> Arc<Lane> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = lanes.get(model) {
            return Arc::clone(lane);
        }
        let lane = Arc::new(Lane::new(model.to_owned(), &self.settings));
        lanes.insert(model.to_owned(), Arc::clone(&lane));
        lane
    }
}

impl Model for Remote {
    fn ask<'a>(&'a self, prompt: Prompt, budget: &'a CallBudget) -> Asked<'a, Reply> {
        Box::pin(self.answer(prompt, budget))
    }

    fn embed<'a>(&'a self, texts: &'a [String], budget: &'a CallBudget) -> Asked<'a, Embeddings> {
        Box::pin(self.vectors(texts, budget))
    }

    fn transcribe<'a>(&'a self, audio: &'a Audio, budget: &'a CallBudget) -> Asked<'a, Transcript> {
        Box::pin(self.written_down(audio, budget))
    }
}

impl std::fmt::Debug for Remote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Remote").field("settings", &self.settings).finish_non_exhaustive()
    }
}
