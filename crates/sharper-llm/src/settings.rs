//! `[llm]` of the configuration: which server, which models for which task, time limits, prices.

mod seconds;
mod transcription;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use self::transcription::TranscriptionSettings;
use crate::{Cost, Secret, Task, Usage};

/// Where OpenRouter answers.
const OPENROUTER: &str = "https://openrouter.ai/api/v1";

/// Everything that can be set about models. Every field has a default; an unknown field is an error.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The server, up to and with `/v1`; only an operator can set it. Empty: OpenRouter, when its key is given.
    pub base_url: Option<String>,
    /// The key for `base_url`; local servers need none. Comes from the environment, never from a file in the repository.
    pub api_key: Option<Secret>,
    /// The key for OpenRouter; is enough alone, and is sent to no other host.
    pub openrouter_api_key: Option<Secret>,
    /// Which habits of the server to begin with; `auto` goes by the host's name.
    pub provider: Provider,
    /// A PEM file with the certificate authority of a private server, in place of the public ones.
    pub ca_file: Option<PathBuf>,
    /// Models of each tier in the order of fallback. Empty: the provider's own, or the first that the server lists.
    pub models: Tiers,
    /// What differs for single tasks.
    pub tasks: BTreeMap<Task, TaskSettings>,
    /// Time limits.
    pub timeouts: Timeouts,
    /// Tries, pauses and the circuit breaker.
    pub retry: RetrySettings,
    /// Calls under way at once; each further one waits. An open answer counts: who holds one and waits for another
    /// needs at least two.
    pub concurrency: usize,
    /// Calls that may wait; one more is `Busy`.
    pub queue: usize,
    /// Calls that one request may make over all its agents, tries and fallbacks.
    pub calls_per_request: u32,
    /// The longest response that is read, in bytes.
    pub response_bytes: usize,
    /// US dollars per million tokens, by model, for servers that report no cost.
    pub prices: BTreeMap<String, Price>,
    /// The model for embeddings; none by default.
    pub embedding: EmbeddingSettings,
    /// The model for recordings; none by default.
    pub transcription: TranscriptionSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: None,
            api_key: None,
            openrouter_api_key: None,
            provider: Provider::Auto,
            ca_file: None,
            models: Tiers::default(),
            tasks: BTreeMap::new(),
            timeouts: Timeouts::default(),
            retry: RetrySettings::default(),
            concurrency: 16,
            queue: 256,
            calls_per_request: crate::CallBudget::DEFAULT,
            response_bytes: 4 << 20,
            prices: BTreeMap::new(),
            embedding: EmbeddingSettings::default(),
            transcription: TranscriptionSettings::default(),
        }
    }
}

/// The habits of a server that are known before it is asked; the rest is found by asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// By the host's name.
    #[default]
    Auto,
    /// Reports the cost of a call; has models of many makers.
    Openrouter,
    /// Calls the longest answer `max_completion_tokens`.
    Openai,
    /// Any other: Ollama, vLLM, llama.cpp, LM Studio, a gateway.
    Other,
}

/// How able a model a task needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// Quick and cheap: intent, judging, cards, quizzes, summaries, chat.
    Fast,
    /// Able: exams, analysis, plans, grading.
    Strong,
}

/// Models of each tier, the first choice first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tiers {
    /// For `Tier::Fast`.
    pub fast: Vec<String>,
    /// For `Tier::Strong`.
    pub strong: Vec<String>,
}

/// What is set for one task; a field that is absent keeps the default of `TaskSettings::of`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TaskSettings {
    /// The tier.
    pub tier: Option<Tier>,
    /// Models for this task alone, in the order of fallback.
    pub models: Vec<String>,
    /// How freely it writes, 0 to 2.
    pub temperature: Option<f32>,
    /// The longest answer, in tokens.
    pub max_tokens: Option<u32>,
}

/// Time limits, in seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timeouts {
    /// Name, connection and TLS.
    #[serde(with = "seconds")]
    pub connect: Duration,
    /// From the request to the first byte of the answer's body.
    #[serde(with = "seconds")]
    pub first_byte: Duration,
    /// Between two pieces of the body.
    #[serde(with = "seconds")]
    pub idle: Duration,
    /// One question with all its tries, pauses and fallbacks, to the end of its stream.
    #[serde(with = "seconds")]
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(30),
            idle: Duration::from_secs(20),
            total: Duration::from_secs(180),
        }
    }
}

/// Tries, pauses and the circuit breaker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetrySettings {
    /// Tries of one model for one question.
    pub tries: u32,
    /// The pause before try n is drawn from 0 to `backoff`·2ⁿ.
    #[serde(with = "seconds")]
    pub backoff: Duration,
    /// The longest such pause.
    #[serde(with = "seconds")]
    pub backoff_cap: Duration,
    /// A `Retry-After` up to this is waited out; with a longer one the next model is asked, or the caller told.
    #[serde(with = "seconds")]
    pub retry_after_cap: Duration,
    /// Repeated tries of the last minute, as a share of its calls.
    pub share: f64,
    /// Repeated tries a minute that are allowed whatever the share: it lets a quiet server retry at all.
    pub floor: u32,
    /// Failures that open the circuit,
    pub open_after: u32,
    /// when they fall within this time.
    #[serde(with = "seconds")]
    pub open_within: Duration,
    /// An open circuit lets one call pass in this time, to see whether the server is back.
    #[serde(with = "seconds")]
    pub probe_every: Duration,
}

impl Default for RetrySettings {
    fn default() -> Self {
        Self {
            tries: 3,
            backoff: Duration::from_millis(500),
            backoff_cap: Duration::from_secs(8),
            retry_after_cap: Duration::from_secs(20),
            share: 0.2,
            floor: 3,
            open_after: 5,
            open_within: Duration::from_secs(10),
            probe_every: Duration::from_secs(5),
        }
    }
}

/// What tokens of a model cost, in US dollars per million.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Of the question.
    pub prompt: f64,
    /// Of the answer.
    pub completion: f64,
}

/// The model for embeddings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmbeddingSettings {
    /// Its name; `None` means that this house has no embeddings.
    pub model: Option<String>,
    /// The length its vectors must have; `None` takes any, but one for all.
    pub dimensions: Option<usize>,
    /// Texts per call.
    pub batch: usize,
}

impl Default for EmbeddingSettings {
    fn default() -> Self {
        Self { model: None, dimensions: None, batch: 32 }
    }
}

/// Where to ask, and with which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Without a slash at its end.
    pub base_url: String,
    /// If it needs one.
    pub key: Option<Secret>,
    /// Never `Auto`.
    pub provider: Provider,
}

impl TaskSettings {
    /// What holds for a task unless the settings say otherwise.
    pub fn of(task: Task) -> (Tier, f32, u32) {
        match task {
            Task::Intent => (Tier::Fast, 0.0, 200),
            Task::Judge => (Tier::Fast, 0.0, 8_000),
            Task::Flashcards | Task::Quiz => (Tier::Fast, 0.4, 12_000),
            Task::Summary => (Tier::Fast, 0.3, 4_000),
            Task::Chat => (Tier::Fast, 0.4, 2_000),
            Task::Exam => (Tier::Strong, 0.4, 16_000),
            Task::Analysis | Task::Plan => (Tier::Strong, 0.3, 4_000),
            Task::Grade => (Tier::Strong, 0.0, 2_000),
        }
    }
}

impl Settings {
    /// The server that these settings name, or `None` when no model is configured.
    ///
    /// The key of OpenRouter goes to OpenRouter only: with another `base_url` it is left out.
    pub fn endpoint(&self) -> Option<Endpoint> {
        let given = |key: &Option<Secret>| key.clone().filter(|key| !key.is_empty());
        let base = self.base_url.as_deref().map(|url| url.trim().trim_end_matches('/'));
        let base = base.filter(|url| !url.is_empty());
        let openrouter = given(&self.openrouter_api_key);
        let base_url = match base {
            Some(url) => url.to_owned(),
            None if openrouter.is_some() => OPENROUTER.to_owned(),
            None => return None,
        };
        let host = host_of(&base_url).unwrap_or_default().to_owned();
        let at = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
        let own = given(&self.api_key).filter(|_| base.is_some());
        let key = if at("openrouter.ai") { openrouter.or(own) } else { own };
        let provider = match self.provider {
            Provider::Auto if at("openrouter.ai") => Provider::Openrouter,
            Provider::Auto if at("openai.com") => Provider::Openai,
            Provider::Auto => Provider::Other,
            named => named,
        };
        Some(Endpoint { base_url, key, provider })
    }

    /// The models for a task in the order of fallback. Empty: ask the server which it has.
    pub fn models_for(&self, task: Task, provider: Provider) -> Vec<String> {
        let own = self.tasks.get(&task);
        if let Some(own) = own.filter(|own| !own.models.is_empty()) {
            return own.models.clone();
        }
        let tier = own.and_then(|own| own.tier).unwrap_or(TaskSettings::of(task).0);
        let (set, other) = match tier {
            Tier::Fast => (&self.models.fast, &self.models.strong),
            Tier::Strong => (&self.models.strong, &self.models.fast),
        };
        match (set.is_empty(), other.is_empty()) {
            (false, _) => set.clone(),
            (true, false) => other.clone(),
            (true, true) => provider_models(provider, tier).iter().map(|&name| name.to_owned()).collect(),
        }
    }

    /// How freely a task is written.
    pub fn temperature(&self, task: Task) -> f32 {
        self.tasks.get(&task).and_then(|own| own.temperature).unwrap_or(TaskSettings::of(task).1)
    }

    /// A task's longest answer, in tokens.
    pub fn max_tokens(&self, task: Task) -> u32 {
        self.tasks.get(&task).and_then(|own| own.max_tokens).unwrap_or(TaskSettings::of(task).2)
    }

    /// What a call cost by the price table; `None` when the model is not in it.
    pub fn cost(&self, model: &str, usage: &Usage) -> Option<Cost> {
        let price = self.prices.get(model)?;
        // A dollar per million tokens is a thousand nano-dollars per token.
        let nano = |tokens: u32, per_million: f64| f64::from(tokens) * per_million * 1e3;
        let sum = nano(usage.prompt_tokens, price.prompt) + nano(usage.completion_tokens, price.completion);
        Some(Cost { nano_usd: sum.round() as u64, reported: false })
    }

    /// Everything that is wrong with the settings, each with what to change. Checked at start.
    pub fn check(&self) -> Result<(), Vec<String>> {
        let mut wrong = Vec::new();
        let mut must = |holds: bool, message: &str| {
            if !holds {
                wrong.push(message.to_owned());
            }
        };
        if let Some(endpoint) = self.endpoint() {
            must(
                host_of(&endpoint.base_url).is_some(),
                "llm.base_url must be http://host/v1 or https://host/v1, without a user, a query or a fragment",
            );
        } else {
            must(
                self.api_key.as_ref().is_none_or(Secret::is_empty),
                "LLM_API_KEY is set, but no server: set LLM_BASE_URL too",
            );
        }
        must(
            self.endpoint_for_recordings().is_none_or(|endpoint| host_of(&endpoint.base_url).is_some()),
            "llm.transcription.base_url must be http://host/v1 or https://host/v1, without a user, a query or a fragment",
        );
        must(self.concurrency >= 1, "llm.concurrency must be 1 or more");
        must(self.retry.tries >= 1, "llm.retry.tries must be 1 or more");
        must(self.retry.open_after >= 1, "llm.retry.open_after must be 1 or more");
        must((0.0..=1.0).contains(&self.retry.share), "llm.retry.share must be from 0 to 1");
        must(self.response_bytes >= 1024, "llm.response_bytes must be 1024 or more");
        must((1..=2048).contains(&self.embedding.batch), "llm.embedding.batch must be from 1 to 2048");
        let per_minute = self.transcription.usd_per_minute;
        must(
            per_minute.is_finite() && per_minute >= 0.0,
            "llm.transcription.usd_per_minute must be 0 or more",
        );
        let times = &self.timeouts;
        let zero = [times.connect, times.first_byte, times.idle, times.total, self.transcription.seconds]
            .iter()
            .any(Duration::is_zero);
        must(!zero, "llm.timeouts must be more than 0");
        let price =
            |price: &Price| [price.prompt, price.completion].iter().all(|p| p.is_finite() && *p >= 0.0);
        must(self.prices.values().all(price), "llm.prices must be 0 or more");
        let temperature = |task: &TaskSettings| task.temperature.is_none_or(|t| (0.0..=2.0).contains(&t));
        must(self.tasks.values().all(temperature), "llm.tasks.*.temperature must be from 0 to 2");
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

/// The models asked for when the settings name none. The last of OpenRouter's is its own router, which always exists.
fn provider_models(provider: Provider, tier: Tier) -> &'static [&'static str] {
    match (provider, tier) {
        (Provider::Openrouter, Tier::Fast) => {
            &["openai/gpt-4.1-mini", "google/gemini-2.5-flash", "openrouter/auto"]
        }
        (Provider::Openrouter, Tier::Strong) => {
            &["openai/gpt-4.1", "google/gemini-2.5-pro", "openrouter/auto"]
        }
        (Provider::Openai, Tier::Fast) => &["gpt-4.1-mini", "gpt-4.1"],
        (Provider::Openai, Tier::Strong) => &["gpt-4.1", "gpt-4.1-mini"],
        (Provider::Auto | Provider::Other, _) => &[],
    }
}

/// The host of a base address, or `None` where it is not one.
fn host_of(base_url: &str) -> Option<&str> {
    let rest = base_url.strip_prefix("https://").or_else(|| base_url.strip_prefix("http://"))?;
    let authority = rest.split('/').next().filter(|authority| !authority.is_empty())?;
    let plain = base_url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'?' | b'#' | b'\\'));
    if authority.contains('@') || !plain {
        return None;
    }
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split_once(']')?.0,
        None => authority.split(':').next()?,
    };
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn settings(value: serde_json::Value) -> Settings {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn the_key_of_openrouter_is_enough_alone() {
        let endpoint = settings(json!({"openrouter_api_key": "sk-or"})).endpoint().unwrap();
        assert_eq!(endpoint.base_url, "https://openrouter.ai/api/v1");
        assert_eq!(endpoint.provider, Provider::Openrouter);
        assert_eq!(endpoint.key.unwrap().expose(), "sk-or");
    }

    #[test]
    fn the_key_of_openrouter_goes_to_no_other_host() {
        for url in
            ["http://localhost:11434/v1", "https://openrouter.ai.evil.test/v1", "https://notopenrouter.ai/v1"]
        {
            let endpoint =
                settings(json!({"openrouter_api_key": "sk-or", "base_url": url})).endpoint().unwrap();
            assert_eq!(endpoint.key, None, "{url}");
            assert_eq!(endpoint.provider, Provider::Other);
        }
    }

    #[test]
    fn without_a_server_there_is_no_endpoint() {
        assert_eq!(Settings::default().endpoint(), None);
        assert_eq!(settings(json!({"openrouter_api_key": " ", "base_url": ""})).endpoint(), None);
    }

    #[test]
    fn a_key_without_a_server_is_named_as_wrong() {
        let wrong = settings(json!({"api_key": "k"})).check().unwrap_err();
        assert!(wrong[0].contains("LLM_BASE_URL"), "{wrong:?}");
    }

    #[test]
    fn an_address_with_a_user_a_query_or_another_scheme_is_wrong() {
        for url in
            ["ftp://h/v1", "h/v1", "http://", "http://u:p@h/v1", "http://h?x=1", "http://h/#", "http://h/a b"]
        {
            assert!(settings(json!({"base_url": url})).check().is_err(), "{url}");
        }
        for url in ["http://127.0.0.1:8080/v1/", "https://api.openai.com/v1", "http://[::1]:1/v1"] {
            assert_eq!(settings(json!({"base_url": url})).check(), Ok(()));
        }
    }

    #[test]
    fn a_task_has_its_own_models_or_its_tiers_or_the_providers() {
        let set = settings(json!({
            "models": {"fast": ["small"]},
            "tasks": {"exam": {"models": ["big", "small"]}, "judge": {"temperature": 0.1, "max_tokens": 9}},
        }));
        assert_eq!(set.models_for(Task::Exam, Provider::Other), ["big", "small"]);
        assert_eq!(set.models_for(Task::Flashcards, Provider::Other), ["small"]);
        assert_eq!(set.models_for(Task::Grade, Provider::Other), ["small"]);
        assert_eq!((set.temperature(Task::Judge), set.max_tokens(Task::Judge)), (0.1, 9));
        assert_eq!(
            Settings::default().models_for(Task::Chat, Provider::Openrouter).last().unwrap(),
            "openrouter/auto"
        );
    }

    #[test]
    fn the_price_table_gives_the_cost() {
        let set = settings(json!({"prices": {"m": {"prompt": 0.15, "completion": 0.6}}}));
        let usage = Usage { prompt_tokens: 1000, completion_tokens: 500, estimated: false };
        assert_eq!(set.cost("m", &usage), Some(Cost { nano_usd: 450_000, reported: false }));
        assert_eq!(set.cost("other", &usage), None);
    }

    #[test]
    fn a_mistyped_field_and_a_negative_time_are_errors() {
        assert!(serde_json::from_value::<Settings>(json!({"base_ulr": "x"})).is_err());
        assert!(serde_json::from_value::<Settings>(json!({"timeouts": {"idle": -1}})).is_err());
        assert_eq!(settings(json!({"timeouts": {"idle": 2}})).timeouts.idle, Duration::from_secs(2));
    }
}
