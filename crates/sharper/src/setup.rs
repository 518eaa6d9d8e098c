//! What the pages tell of how the server is set up: the settings in force, the rules of the alerts, what is kept how long.

use sharper_jobs::alerts::{AlertSettings, Rule};
use sharper_pages::admin::{Setting, SettingGroup, SettingValue, Usage};
use sharper_pages::settings::Kept;
use sharper_web::{AlertSetup, Setup};
use toml::{Table, Value};

use crate::config::{Configuration, DEFAULTS, MASK, is_secret, masked};

/// All of it.
pub(crate) fn setup(configuration: &Configuration) -> Setup {
    let settings = &configuration.settings;
    let (limits, retention) = (settings.spending.limits(), &settings.retention);
    let quotas = &settings.store.quotas;
    let some = |most: u64| (most > 0).then_some(most);
    let told =
        [("e-mail", !settings.alerts.email.is_empty()), ("webhook", !settings.alerts.webhook.is_empty())];
    Setup {
        settings: groups(&masked(&configuration.table)),
        alerts: Rule::ALL.map(|rule| alert(rule, &settings.alerts)).into(),
        told_by: told.iter().filter(|(_, is)| *is).map(|(by, _)| (*by).to_owned()).collect(),
        kept: Kept {
            material: None,
            events: days(retention.events),
            executions: days(retention.executions),
            sums: days(retention.hours),
            sessions: days(settings.auth.session_days),
            admin_log: days(retention.admin_log),
        },
        bin_days: days(retention.bin),
        nano_usd_per_day: limits.all_nano_usd_per_day,
        per_user: Usage {
            tokens_limit: limits.user_tokens_per_day,
            generations_limit: some(quotas.generations_per_day.into()),
            bytes_limit: some(quotas.storage_bytes),
            ..Usage::default()
        },
    }
}

/// A number of days; 0 is for good.
fn days(days: u32) -> Option<u32> {
    (days > 0).then_some(days)
}

fn alert(rule: Rule, settings: &AlertSettings) -> AlertSetup {
    let minutes = settings.window_minutes;
    let (when, unit) = match rule {
        Rule::SuccessRate => (
            format!("Under {}% of the requests succeed, over {minutes} minutes", settings.success_percent),
            "%",
        ),
        Rule::RequestTime => {
            let seconds = settings.request_seconds;
            (format!("A request takes over {seconds} s on average, over {minutes} minutes"), "s")
        }
        Rule::ErrorBurst => (format!("{} requests or more fail within 5 minutes", settings.burst), ""),
        Rule::Budget => (format!("{}% of the day's budget is spent", settings.budget_percent), "%"),
    };
    AlertSetup { name: rule.as_str().to_owned(), when, unit }
}

/// The sections of the settings in the order of the file, each with what the file says of it. `table` is masked.
fn groups(table: &Table) -> Vec<SettingGroup> {
    let mut groups = Vec::new();
    let (mut section, mut about) = (String::new(), Vec::new());
    for line in DEFAULTS.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix('#') {
            about.push(comment.trim());
        } else if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']).to_owned();
            groups.push(SettingGroup { name: section.clone(), settings: Vec::new() });
            about.clear();
        } else if let (Some((name, _)), Some(group)) = (line.split_once('='), groups.last_mut()) {
            let name = name.trim();
            if let Some(value) = value(table, &section, name) {
                let about = about.join(" ");
                group.settings.push(Setting { name: name.to_owned(), value: shown(name, value), about });
            }
            about.clear();
        } else {
            about.clear();
        }
    }
    groups.retain(|group| !group.settings.is_empty());
    groups
}

fn value<'t>(table: &'t Table, section: &str, name: &str) -> Option<&'t Value> {
    let mut inner = table;
    for part in section.split('.') {
        inner = inner.get(part)?.as_table()?;
    }
    inner.get(name)
}

fn shown(name: &str, value: &Value) -> SettingValue {
    match value {
        Value::String(text) if is_secret(name) => SettingValue::Secret(!text.is_empty()),
        Value::String(text) if text == MASK => SettingValue::Secret(true),
        Value::String(text) if text.is_empty() => SettingValue::Unset,
        Value::String(text) => SettingValue::Plain(text.clone()),
        other => SettingValue::Plain(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_shown_with_what_the_file_says_of_it_and_no_secret_is() {
        let mut table: Table = DEFAULTS.parse().unwrap();
        table["auth"]["admin_token"] = Value::String("very-secret-indeed".into());
        let groups = groups(&masked(&table));
        let auth = groups.iter().find(|group| group.name == "auth").unwrap();
        let token = auth.settings.iter().find(|setting| setting.name == "admin_token").unwrap();
        assert_eq!(token.value, SettingValue::Secret(true));
        assert!(!format!("{groups:?}").contains("very-secret"));
        let port = groups[0].settings.iter().find(|setting| setting.name == "port").unwrap();
        assert_eq!(port.value, SettingValue::Plain("8000".into()));
        assert!(port.about.starts_with("Port to listen on"));
        assert!(groups.iter().map(|group| group.settings.len()).sum::<usize>() > 60);
    }
}
