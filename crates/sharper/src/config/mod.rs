//! The configuration: the compiled-in defaults, a file, `.env` and the environment, put together and checked.
//!
//! The only room that reads the environment. `config/default.toml` says what each setting means.

mod checks;
pub(crate) mod production;
mod secrets;
mod variables;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;
use sharper_agents::experiments::ExperimentSettings;
use sharper_agents::{AuthorSettings, MonitoringSettings, RetrievalSettings};
use sharper_files::FileSettings;
use sharper_jobs::alerts::AlertSettings;
use sharper_jobs::{JobSettings, RetentionSettings};
use sharper_people::PeopleSettings;
use sharper_post::PostSettings;
use sharper_store::StoreSettings;
use sharper_store::spending::SpendLimits;
use sharper_web::{LimitSettings, ServerSettings};
use toml::{Table, Value};

pub(crate) use self::secrets::{MASK, is_secret, masked, values_of};
use self::variables::VARIABLES;
use crate::telemetry::TelemetrySettings;

/// The file of all settings, as it is compiled in.
pub(crate) const DEFAULTS: &str = include_str!("../../../../config/default.toml");

/// The settings in force, and where they came from.
pub(crate) struct Configuration {
    pub(crate) settings: Settings,
    /// The same as a table, for whoever shows or searches all of it.
    pub(crate) table: Table,
    /// The files that were read.
    pub(crate) sources: Vec<Source>,
}

/// A file that settings came from.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    /// Whether a secret stands in it.
    secrets: bool,
}

impl Source {
    /// Whether it holds a secret that every user of the machine can read.
    pub(crate) fn is_open(&self) -> bool {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&self.path).map(|about| about.permissions().mode());
        self.secrets && mode.is_ok_and(|mode| mode & 0o004 != 0)
    }
}

impl Configuration {
    /// The settings with every secret masked, as TOML.
    pub(crate) fn shown(&self) -> String {
        masked(&self.table).to_string()
    }

    /// The text at a place, unless nothing is set there.
    pub(crate) fn text(&self, place: &[&str]) -> Option<&str> {
        self.value(place)?.as_str().filter(|text| !text.is_empty())
    }

    /// The texts of a list.
    pub(crate) fn list(&self, place: &[&str]) -> Vec<String> {
        let each = self.value(place).and_then(Value::as_array).into_iter().flatten();
        each.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn value(&self, place: &[&str]) -> Option<&Value> {
        let (last, path) = place.split_last()?;
        let table = path.iter().try_fold(&self.table, |table, name| table.get(*name)?.as_table())?;
        table.get(*last)
    }
}

/// Everything that can be set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) server: ServerSettings,
    pub(crate) limits: LimitSettings,
    pub(crate) auth: PeopleSettings,
    pub(crate) mail: PostSettings,
    pub(crate) store: StoreSettings,
    pub(crate) files: FileSettings,
    pub(crate) jobs: JobSettings,
    pub(crate) authors: AuthorSettings,
    pub(crate) retrieval: RetrievalSettings,
    pub(crate) llm: LlmSettings,
    pub(crate) spending: SpendingSettings,
    pub(crate) monitoring: MonitoringSettings,
    pub(crate) retention: RetentionSettings,
    pub(crate) alerts: AlertSettings,
    #[serde(default)]
    pub(crate) experiments: Vec<ExperimentSettings>,
    pub(crate) log: LogSettings,
    pub(crate) telemetry: TelemetrySettings,
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
    level: String,
    format: LogFormat,
}

impl LogSettings {
    /// The level or filter in this environment.
    pub(crate) fn level(&self, production: bool) -> &str {
        match self.level.as_str() {
            "auto" if production => "info",
            "auto" => "info,sharper_web=debug",
            level => level,
        }
    }

    /// Whether lines are for machines in this environment.
    pub(crate) fn is_json(&self, production: bool) -> bool {
        match self.format {
            LogFormat::Json => true,
            LogFormat::Text => false,
            LogFormat::Auto => production,
        }
    }
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LogFormat {
    Auto,
    Text,
    Json,
}

/// Reads the configuration: `file` if it is named, else `study-sharper.toml` if it is there.
pub(crate) fn load(file: Option<&Path>) -> anyhow::Result<Configuration> {
    let mut table: Table =
        DEFAULTS.parse().context("config/default.toml, which is compiled in, is broken")?;
    let mut sources = Vec::new();
    let usual = Path::new("study-sharper.toml");
    if let Some(path) = file.or_else(|| usual.exists().then_some(usual)) {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let over = parse(&text).with_context(|| format!("{} is not TOML", path.display()))?;
        sources.push(Source { path: path.to_owned(), secrets: !values_of(&over).is_empty() });
        overlay(&mut table, over);
    }
    let dotenv = Path::new(".env");
    let from_dotenv = read_dotenv(dotenv)?;
    if !from_dotenv.is_empty() {
        sources.push(Source { path: dotenv.to_owned(), secrets: holds_secrets(&from_dotenv) });
    }
    for (name, place) in VARIABLES {
        // The real environment wins over .env, and an empty variable is one that is not set.
        #[allow(clippy::disallowed_methods, reason = "this is the one file that reads the environment")]
        let given = std::env::var(name).ok().or_else(|| from_dotenv.get(*name).cloned());
        if let Some(text) = given.filter(|text| !text.trim().is_empty()) {
            set(&mut table, place, text.trim());
        }
    }
    Ok(Configuration { settings: build(table.clone())?, table, sources })
}

/// TOML, or where it is none: without the line itself, which may hold a secret.
fn parse(text: &str) -> anyhow::Result<Table> {
    text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().map_or("", |span| text.get(..span.start).unwrap_or(text));
        anyhow::anyhow!("line {}: {}", before.matches('\n').count() + 1, error.message())
    })
}

fn holds_secrets(variables: &HashMap<String, String>) -> bool {
    let known = VARIABLES.iter().filter_map(|(name, place)| Some((place.last()?, variables.get(*name)?)));
    let table = known.map(|(key, text)| ((*key).to_owned(), Value::String(text.clone()))).collect();
    !values_of(&table).is_empty()
}

fn read_dotenv(path: &Path) -> anyhow::Result<HashMap<String, String>> {
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
        (Some(Value::Boolean(_)), _) => {
            text.parse().map_or_else(|_| Value::String(text.to_owned()), Value::Boolean)
        }
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
    unset_if_empty(&mut table, &["store", "database_ca_file"]);
    unset_if_empty(&mut table, &["limits", "redis_url"]);
    unset_if_empty(&mut table, &["llm", "ca_file"]);
    unset_if_empty(&mut table, &["llm", "embedding", "model"]);
    for key in ["model", "base_url", "api_key"] {
        unset_if_empty(&mut table, &["llm", "transcription", key]);
    }
    let settings: Settings =
        table.try_into().map_err(|error| anyhow::anyhow!("the configuration is not right: {error}"))?;
    checks::sense(&settings)?;
    Ok(settings)
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
