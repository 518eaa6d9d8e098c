//! The configuration: the compiled-in defaults, a file, `.env` and the environment, put together and checked.
//!
//! The only file that reads the environment. `config/default.toml` says what each setting means.

use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;
use sharper_agents::AuthorSettings;
use sharper_agents::experiments::ExperimentSettings;
use sharper_jobs::JobSettings;
use sharper_people::PeopleSettings;
use sharper_post::PostSettings;
use sharper_store::StoreSettings;
use sharper_store::spending::SpendLimits;
use sharper_web::ServerSettings;
use toml::{Table, Value};

const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// The variables that set something, and the place of each in the configuration.
const VARIABLES: &[(&str, &[&str])] = &[
    ("HOST", &["server", "host"]),
    ("PORT", &["server", "port"]),
    ("ENVIRONMENT", &["server", "environment"]),
    ("ALLOWED_ORIGINS", &["server", "allowed_origins"]),
    ("PROXY_HOPS", &["server", "proxy_hops"]),
    ("SIGN_IN", &["auth", "sign_in"]),
    ("REGISTRATION", &["auth", "registration"]),
    ("PUBLIC_URL", &["auth", "public_url"]),
    ("SUPABASE_URL", &["auth", "supabase_url"]),
    ("SUPABASE_JWT_SECRET", &["auth", "supabase_jwt_secret"]),
    ("ADMIN_TOKEN", &["auth", "admin_token"]),
    ("SMTP_URL", &["mail", "smtp_url"]),
    ("MAIL_FROM", &["mail", "from"]),
    ("DATA_DIR", &["store", "data_dir"]),
    ("DATABASE_URL", &["store", "database_url"]),
    ("OPENROUTER_API_KEY", &["llm", "openrouter_api_key"]),
    ("LLM_BASE_URL", &["llm", "base_url"]),
    ("LLM_API_KEY", &["llm", "api_key"]),
    ("LLM_MODEL_FAST", &["llm", "models", "fast"]),
    ("LLM_MODEL_STRONG", &["llm", "models", "strong"]),
    ("LLM_MODEL_INTENT", &["llm", "tasks", "intent", "models"]),
    ("LLM_MODEL_JUDGE", &["llm", "tasks", "judge", "models"]),
    ("LLM_MODEL_FLASHCARDS", &["llm", "tasks", "flashcards", "models"]),
    ("LLM_MODEL_QUIZ", &["llm", "tasks", "quiz", "models"]),
    ("LLM_MODEL_EXAM", &["llm", "tasks", "exam", "models"]),
    ("LLM_MODEL_SUMMARY", &["llm", "tasks", "summary", "models"]),
    ("LLM_MODEL_CHAT", &["llm", "tasks", "chat", "models"]),
    ("LLM_MODEL_ANALYSIS", &["llm", "tasks", "analysis", "models"]),
    ("LLM_MODEL_PLAN", &["llm", "tasks", "plan", "models"]),
    ("LLM_MODEL_GRADE", &["llm", "tasks", "grade", "models"]),
    ("LLM_EMBEDDING_MODEL", &["llm", "embedding", "model"]),
    ("SPENDING_USER_TOKENS", &["spending", "user_tokens_per_day"]),
    ("SPENDING_ALL_TOKENS", &["spending", "all_tokens_per_day"]),
    ("SPENDING_USER_USD", &["spending", "user_usd_per_day"]),
    ("SPENDING_ALL_USD", &["spending", "all_usd_per_day"]),
    ("JOBS_PLACES", &["jobs", "places"]),
    ("LOG_LEVEL", &["log", "level"]),
    ("LOG_FORMAT", &["log", "format"]),
];

/// Everything that can be set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) server: ServerSettings,
    pub(crate) auth: PeopleSettings,
    pub(crate) mail: PostSettings,
    pub(crate) store: StoreSettings,
    pub(crate) jobs: JobSettings,
    pub(crate) authors: AuthorSettings,
    pub(crate) llm: LlmSettings,
    pub(crate) spending: SpendingSettings,
    #[serde(default)]
    pub(crate) experiments: Vec<ExperimentSettings>,
    pub(crate) log: LogSettings,
}

/// Models: what `sharper-llm` takes, and how long answers are kept.
#[derive(Debug, Clone)]
pub(crate) struct LlmSettings {
    pub(crate) model: sharper_llm::Settings,
    pub(crate) cache_hours: u64,
}

impl<'de> Deserialize<'de> for LlmSettings {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let mut table = Table::deserialize(deserializer)?;
        let hours = table.remove("cache_hours").and_then(|value| value.as_integer());
        let hours = hours.and_then(|hours| u64::try_from(hours).ok());
        let cache_hours =
            hours.ok_or_else(|| D::Error::custom("llm.cache_hours must be a number of hours"))?;
        let model = table.try_into().map_err(|error| D::Error::custom(format!("llm: {error}")))?;
        Ok(Self { model, cache_hours })
    }
}

/// What may be spent on models in a day; 0 sets no limit.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpendingSettings {
    user_tokens_per_day: u64,
    all_tokens_per_day: u64,
    user_usd_per_day: f64,
    all_usd_per_day: f64,
}

impl SpendingSettings {
    /// As the store takes them.
    pub(crate) fn limits(&self) -> SpendLimits {
        let some = |n: u64| (n > 0).then_some(n);
        let nano = |usd: f64| some((usd * 1e9).round() as u64);
        SpendLimits {
            user_tokens_per_day: some(self.user_tokens_per_day),
            all_tokens_per_day: some(self.all_tokens_per_day),
            user_nano_usd_per_day: nano(self.user_usd_per_day),
            all_nano_usd_per_day: nano(self.all_usd_per_day),
        }
    }
}

/// What is logged, and how.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogSettings {
    pub(crate) level: String,
    pub(crate) format: LogFormat,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Auto,
    Text,
    Json,
}

/// Reads the configuration: `file` if it is named, else `study-sharper.toml` if it is there.
pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Settings> {
    let mut table: Table =
        DEFAULTS.parse().context("config/default.toml, which is compiled in, is broken")?;
    let usual = Path::new("study-sharper.toml");
    if let Some(path) = file.or_else(|| usual.exists().then_some(usual)) {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let over: Table = text.parse().with_context(|| format!("{} is not TOML", path.display()))?;
        overlay(&mut table, over);
    }
    let dotenv = read_dotenv(Path::new(".env"))?;
    for (name, place) in VARIABLES {
        // The real environment wins over .env, and an empty variable is one that is not set.
        #[allow(clippy::disallowed_methods, reason = "this is the one file that reads the environment")]
        let given = std::env::var(name).ok().or_else(|| dotenv.get(*name).cloned());
        if let Some(text) = given.filter(|text| !text.trim().is_empty()) {
            set(&mut table, place, text.trim());
        }
    }
    build(table)
}

fn read_dotenv(path: &Path) -> anyhow::Result<std::collections::HashMap<String, String>> {
    if !path.exists() {
        return Ok(Default::default());
    }
    dotenvy::from_path_iter(path)
        .and_then(Iterator::collect)
        .with_context(|| format!("{} is not a list of NAME=value lines", path.display()))
}

fn overlay(table: &mut Table, over: Table) {
    for (key, value) in over {
        match (table.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => overlay(below, above),
            (_, value) => {
                table.insert(key, value);
            }
        }
    }
}

/// Sets a value from text: a number where the default is a number.
fn set(table: &mut Table, place: &[&str], text: &str) {
    let [path @ .., key] = place else { return };
    let mut inner = table;
    for name in path {
        inner = match inner.get_mut(*name) {
            Some(Value::Table(next)) => next,
            _ => return,
        };
    }
    let value = match (inner.get(*key), text.parse::<i64>()) {
        (Some(Value::Integer(_)), Ok(number)) => Value::Integer(number),
        (Some(Value::Float(_)), _) => {
            text.parse().map_or_else(|_| Value::String(text.to_owned()), Value::Float)
        }
        (Some(Value::Array(_)), _) => {
            let each = text.split(',').map(str::trim).filter(|one| !one.is_empty());
            Value::Array(each.map(|one| Value::String(one.to_owned())).collect())
        }
        _ => Value::String(text.to_owned()),
    };
    inner.insert((*key).to_owned(), value);
}

fn unset_if_empty(table: &mut Table, place: &[&str]) {
    match place {
        [key] if table.get(*key).and_then(Value::as_str) == Some("") => {
            table.remove(*key);
        }
        [name, rest @ ..] => {
            if let Some(Value::Table(inner)) = table.get_mut(*name) {
                unset_if_empty(inner, rest);
            }
        }
        [] => {}
    }
}

fn build(mut table: Table) -> anyhow::Result<Settings> {
    // TOML has no word for "not set".
    unset_if_empty(&mut table, &["store", "database_url"]);
    unset_if_empty(&mut table, &["llm", "ca_file"]);
    unset_if_empty(&mut table, &["llm", "embedding", "model"]);
    let settings: Settings =
        table.try_into().map_err(|error| anyhow::anyhow!("the configuration is not right: {error}"))?;
    check_models(&settings)?;
    if settings.jobs.places == 0 {
        bail!("jobs.places must be at least 1, or nothing that is accepted is ever done");
    }
    if settings.jobs.heartbeat_seconds == 0 || settings.server.streams.keepalive_seconds == 0 {
        bail!("jobs.heartbeat_seconds and server.streams.keepalive_seconds must be at least 1");
    }
    if settings.jobs.heartbeat_seconds * 2 > settings.jobs.lease_seconds {
        bail!(
            "jobs.lease_seconds must be at least twice jobs.heartbeat_seconds, or work is lost to a single delay"
        );
    }
    Ok(settings)
}

fn check_models(settings: &Settings) -> anyhow::Result<()> {
    if let Err(wrong) = settings.llm.model.check() {
        bail!("{}", wrong.join("; "));
    }
    let usd = [settings.spending.user_usd_per_day, settings.spending.all_usd_per_day];
    if !usd.iter().all(|usd| usd.is_finite() && *usd >= 0.0) {
        bail!("spending.*_usd_per_day must be 0 or more");
    }
    let llm = &settings.llm.model;
    let told = |endpoint: sharper_llm::settings::Endpoint| {
        endpoint.provider == sharper_llm::settings::Provider::Openrouter || !llm.prices.is_empty()
    };
    if usd.iter().any(|usd| *usd > 0.0) && !llm.endpoint().is_none_or(told) {
        bail!(
            "a limit in US dollars needs to know what calls cost: this server does not say, so list the prices of its \
             models under [llm.prices]"
        );
    }
    let counted = usd.iter().any(|usd| *usd > 0.0) && !llm.prices.is_empty();
    let named = settings.experiments.iter().flat_map(|experiment| &experiment.variants);
    if let Some(unknown) = named
        .filter_map(|variant| variant.model.as_ref())
        .find(|model| counted && !llm.prices.contains_key(model.trim()))
    {
        bail!(
            "an experiment asks {unknown}, and a limit in US dollars is set: list its price under [llm.prices] too"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: &str) -> anyhow::Result<Settings> {
        let mut table: Table = DEFAULTS.parse().unwrap();
        overlay(&mut table, change.parse().unwrap());
        build(table)
    }

    #[test]
    fn the_defaults_are_complete() {
        let settings = with("").unwrap();
        assert_eq!(settings.server.port, 8000);
        assert_eq!(settings.store.database_url, None);
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused_by_name() {
        let error = with("[server]\nprot = 1").unwrap_err().to_string();
        assert!(error.contains("prot"), "{error}");
    }

    #[test]
    fn the_defaults_say_what_the_model_client_would_take_anyway() {
        let written = with("").unwrap().llm.model;
        let usual = sharper_llm::Settings::default();
        assert!(written.endpoint().is_none());
        assert_eq!((written.timeouts, written.retry), (usual.timeouts.clone(), usual.retry.clone()));
        for task in sharper_llm::Task::ALL {
            assert!(written.tasks.contains_key(&task), "{task} is missing from config/default.toml");
            assert_eq!(written.tasks[&task].max_tokens, Some(usual.max_tokens(task)), "{task}");
            assert_eq!(written.tasks[&task].temperature, Some(usual.temperature(task)), "{task}");
        }
    }

    #[test]
    fn a_variable_sets_a_list_of_models_and_an_amount_of_money() {
        let mut table: Table = DEFAULTS.parse().unwrap();
        set(&mut table, &["llm", "base_url"], "http://localhost:11434/v1");
        set(&mut table, &["llm", "tasks", "judge", "models"], "small, smaller");
        set(&mut table, &["spending", "all_usd_per_day"], "2.5");
        let error = build(table.clone()).unwrap_err().to_string();
        assert!(error.contains("llm.prices"), "a limit that nothing counts towards is none: {error}");
        overlay(&mut table, "[llm.prices]\nsmall = { prompt = 1, completion = 2 }".parse().unwrap());
        let settings = build(table).unwrap();
        assert_eq!(settings.llm.model.tasks[&sharper_llm::Task::Judge].models, ["small", "smaller"]);
        assert_eq!(settings.spending.limits().all_nano_usd_per_day, Some(2_500_000_000));
        assert_eq!(settings.spending.limits().all_tokens_per_day, None);
    }

    #[test]
    fn an_experiment_is_read_and_its_model_must_have_a_price_where_money_is_limited() {
        let experiment = "[[experiments]]\nname = 'e'\ntask = 'quiz'\nvariants = [{ name = 'a' }, \
            { name = 'b', weight = 2, model = 'new' }]\n[llm]\nbase_url = 'http://localhost:1/v1'\n";
        let read = with(experiment).unwrap().experiments;
        assert_eq!((read[0].share, read[0].variants[1].weight), (1.0, 2.0));
        let mistyped = with(&experiment.replace("weight", "wieght")).unwrap_err().to_string();
        assert!(mistyped.contains("wieght"), "{mistyped}");
        let limit = "[spending]\nall_usd_per_day = 1.0\n[llm.prices]\nold = { prompt = 1, completion = 1 }\n";
        let unpriced = with(&format!("{experiment}{limit}")).unwrap_err().to_string();
        assert!(unpriced.contains("asks new") && unpriced.contains("llm.prices"), "{unpriced}");
        with(&format!("{experiment}{}", limit.replace("old", "new"))).unwrap();
    }

    #[test]
    fn a_key_without_a_server_is_refused_by_name() {
        let error = with("[llm]\napi_key = 'k'").unwrap_err().to_string();
        assert!(error.contains("LLM_BASE_URL"), "{error}");
    }

    #[test]
    fn a_variable_sets_a_number_where_a_number_stands() {
        let mut table: Table = DEFAULTS.parse().unwrap();
        set(&mut table, &["server", "port"], "9001");
        set(&mut table, &["store", "data_dir"], "5");
        let settings = build(table).unwrap();
        assert_eq!((settings.server.port, settings.store.data_dir.to_str()), (9001, Some("5")));
    }
}
