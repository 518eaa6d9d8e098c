//! `/admin` and below: the store's answers, put into the views of the operator's pages.

mod errors;
mod now;
mod quality;
mod users;

pub(crate) use errors::{error_group, errors, request};
pub(crate) use now::{agents, now};
pub(crate) use quality::quality;
pub(crate) use users::{user, users};

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use sharper_domain::Timestamp;
use sharper_pages::admin::{
    Address, AlertEvent, AlertRule, AlertState, AlertsPage, ConfigPage, LogPage, LogRow, Section, Window,
};

use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

/// Rows of a table at most: nobody reads more, and the window is there to be narrowed.
const ROWS: u32 = 200;

/// The query of an operator's page.
pub(crate) type Chosen = Query<HashMap<String, String>>;

fn address(section: Section, Query(query): &Chosen) -> Address {
    Address::read(section, query.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// When the window begins.
fn since(app: &App, window: Window) -> Timestamp {
    app.now() - Duration::from_secs(u64::from(window.hours()) * 3600)
}

/// Milliseconds, whole.
fn whole(ms: f64) -> u64 {
    ms.max(0.0).round() as u64
}

/// US dollars as billionths.
fn nano(usd: f64) -> u64 {
    (usd.max(0.0) * 1e9).round() as u64
}

/// `GET /admin/alerts`.
pub(crate) async fn alerts(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Alerts, &chosen);
    let states = reader.had(app.store.alert_states().await)?;
    let changes = reader.had(app.store.alert_history(ROWS).await)?;
    let rules = app.setup.alerts.iter().map(|rule| {
        let state = states.iter().find(|state| state.rule == rule.name);
        AlertRule {
            name: rule.name.clone(),
            when: rule.when.clone(),
            state: match state {
                Some(state) if state.firing => AlertState::Firing,
                Some(_) => AlertState::Quiet,
                None => AlertState::Unknown,
            },
            value: state.and_then(|state| state.value).map(|value| {
                format!(
                    "{}\u{a0}{}",
                    sharper_pages::figure::decimal(reader.frame.locale, value, 1),
                    rule.unit
                )
                .trim_end()
                .to_owned()
            }),
            since: state.map(|state| state.since),
            told_at: state.and_then(|state| state.told_at),
        }
    });
    let begin = since(&app, address.window);
    let history = changes.into_iter().filter(|change| change.at >= begin).map(|change| AlertEvent {
        at: change.at,
        rule: change.rule,
        firing: change.firing,
        detail: change.detail,
    });
    let (rules, history, told_by) = (rules.collect(), history.collect(), app.setup.told_by.clone());
    Ok(html(StatusCode::OK, &AlertsPage { frame: reader.frame.clone(), address, rules, history, told_by }))
}

/// `GET /admin/settings`.
pub(crate) async fn config(State(app): State<App>, me: Me, headers: HeaderMap, chosen: Chosen) -> Response {
    let reader = Reader::of(&app, &me, &headers);
    let (address, groups) = (address(Section::Settings, &chosen), app.setup.settings.clone());
    html(StatusCode::OK, &ConfigPage { frame: reader.frame, address, groups })
}

/// `GET /admin/log`.
pub(crate) async fn log(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Log, &chosen);
    let acts = reader.had(app.store.admin_acts(ROWS).await)?;
    let begin = since(&app, address.window);
    let rows = acts.into_iter().filter(|act| act.at >= begin).map(|act| LogRow {
        at: act.at,
        actor: act.actor,
        action: act.action,
        about: act.about,
        request_id: act.request_id,
        status: act.status,
    });
    Ok(html(StatusCode::OK, &LogPage { rows: rows.collect(), frame: reader.frame, address }))
}
