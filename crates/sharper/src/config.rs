//! The configuration: the compiled-in defaults, a file, `.env` and the environment, put together and checked.
//!
//! The only file that reads the environment. `config/default.toml` says what each setting means.

use std::path::Path;

use anyhow::{Context, bail};
use serde::Deserialize;
use sharper_agents::AuthorSettings;
use sharper_jobs::JobSettings;
use sharper_store::StoreSettings;
use sharper_web::ServerSettings;
use toml::{Table, Value};

const DEFAULTS: &str = include_str!("../../../config/default.toml");

/// The variables that set something, and the place of each in the configuration.
const VARIABLES: &[(&str, &[&str])] = &[
    ("HOST", &["server", "host"]),
    ("PORT", &["server", "port"]),
    ("ENVIRONMENT", &["server", "environment"]),
    ("DATA_DIR", &["store", "data_dir"]),
    ("DATABASE_URL", &["store", "database_url"]),
    ("JOBS_PLACES", &["jobs", "places"]),
    ("LOG_LEVEL", &["log", "level"]),
    ("LOG_FORMAT", &["log", "format"]),
];

/// Everything that can be set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) server: ServerSettings,
    pub(crate) store: StoreSettings,
    pub(crate) jobs: JobSettings,
    pub(crate) authors: AuthorSettings,
    pub(crate) log: LogSettings,
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
        _ => Value::String(text.to_owned()),
    };
    inner.insert((*key).to_owned(), value);
}

fn build(mut table: Table) -> anyhow::Result<Settings> {
    if let Some(store) = table.get_mut("store").and_then(Value::as_table_mut)
        && store.get("database_url").and_then(Value::as_str) == Some("")
    {
        // TOML has no word for "not set".
        store.remove("database_url");
    }
    let settings: Settings =
        table.try_into().map_err(|error| anyhow::anyhow!("the configuration is not right: {error}"))?;
    if settings.server.is_production() {
        bail!(
            "ENVIRONMENT=production needs a way to know who is asking, and this version has none yet: it has no \
             accounts. Run it with ENVIRONMENT=development on an address that only you can reach."
        );
    }
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
    fn production_without_accounts_does_not_start() {
        let error = with("[server]\nenvironment = 'production'").unwrap_err().to_string();
        assert!(error.contains("ENVIRONMENT=production"), "{error}");
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
