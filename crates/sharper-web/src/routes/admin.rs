//! For operators: metrics, errors, the story of a request, activity, users, quality and alerts. The guard has let in nobody else.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_domain::{FieldError, Problem, Timestamp, UserId};

use crate::App;
use crate::door::problem::Refusal;

/// Hours of the longest window: as long as sums over hours are kept.
const MOST_HOURS: u32 = 400 * 24;
/// The longest list.
const MOST_ROWS: u32 = 1_000;

/// What every route here may be asked. The admin token, which may stand here too, is for the guard.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    hours: Option<String>,
    limit: Option<String>,
    points: Option<String>,
}

impl Asked {
    fn number(text: Option<&str>, name: &str, usual: u32, most: u32) -> Result<u32, Problem> {
        let Some(text) = text else { return Ok(usual) };
        match text.parse::<u32>() {
            Ok(number @ 1..) => Ok(number.min(most)),
            _ => {
                let detail = format!("must be a whole number from 1 to {most}");
                Err(Problem::invalid(vec![FieldError::new(format!("/{name}"), detail)]))
            }
        }
    }

    fn hours(&self) -> Result<u32, Problem> {
        Self::number(self.hours.as_deref(), "hours", 24, MOST_HOURS)
    }

    fn limit(&self, usual: u32) -> Result<u32, Problem> {
        Self::number(self.limit.as_deref(), "limit", usual, MOST_ROWS)
    }

    /// When the window begins; the beginning of time where none is asked for and `hours` has no usual.
    fn since(&self, now: Timestamp) -> Result<Timestamp, Problem> {
        match &self.hours {
            None => Ok(Timestamp::UNIX_EPOCH),
            Some(_) => Ok(now - std::time::Duration::from_secs(u64::from(self.hours()?) * 3_600)),
        }
    }
}

/// `GET /api/admin/metrics`: the wire's, ours beside it, and the same as a curve where `points` asks for one.
pub(crate) async fn metrics(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<JsonBody<Value>, Refusal> {
    let (now, hours) = (app.now(), asked.hours()?);
    let metrics = app.store.metrics(now, hours).await?;
    let mut body = json!({"status": "success", "metrics": metrics});
    if asked.points.is_some() {
        let points = Asked::number(asked.points.as_deref(), "points", 48, 500)?;
        body["series"] = json!(app.store.series(now, hours, points).await?);
    }
    Ok(JsonBody(body))
}

/// `GET /api/admin/errors`: the newest runs that did not end well.
pub(crate) async fn errors(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<JsonBody<Value>, Refusal> {
    let errors = app.store.errors(asked.limit(50)?, asked.since(app.now())?).await?;
    Ok(JsonBody(json!({"status": "success", "count": errors.len(), "errors": errors})))
}

/// `GET /api/admin/errors/groups`: the same, those alike together.
pub(crate) async fn error_groups(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<JsonBody<Value>, Refusal> {
    let groups = app.store.error_groups(asked.since(app.now())?).await?;
    Ok(JsonBody(json!({"status": "success", "count": groups.len(), "groups": groups})))
}

/// `GET /api/admin/user-activity/{user_id}`: what was done for a user, newest first.
pub(crate) async fn user_activity(
    State(app): State<App>,
    Path(user): Path<UserId>,
    Query(asked): Query<Asked>,
) -> Result<JsonBody<Value>, Refusal> {
    let activity = app.store.user_activity(user, asked.limit(50)?).await?;
    Ok(JsonBody(json!({"status": "success", "count": activity.len(), "activity": activity})))
}

/// `GET /api/admin/users`: who used it, those with most requests first.
pub(crate) async fn users(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<JsonBody<Value>, Refusal> {
    let users = app.store.users(app.now(), asked.hours()?, asked.limit(100)?).await?;
    Ok(JsonBody(json!({"status": "success", "count": users.len(), "users": users})))
}

/// `GET /api/admin/requests/{request_id}`: everything that is on record of a request.
pub(crate) async fn request(
    State(app): State<App>,
    Path(request): Path<String>,
) -> Result<JsonBody<Value>, Refusal> {
    let story = app.store.request_story(request).await?;
    Ok(JsonBody(json!({"status": "success", "request": story})))
}

/// `GET /api/admin/quality`: what became of items, and what students say of them.
pub(crate) async fn quality(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<JsonBody<Value>, Refusal> {
    let quality = app.store.quality(app.now(), asked.hours()?).await?;
    Ok(JsonBody(json!({"status": "success", "quality": quality})))
}

/// `GET /api/admin/alerts`: where each rule stands, and what was.
pub(crate) async fn alerts(
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<JsonBody<Value>, Refusal> {
    let rules = app.store.alert_states().await?;
    let history = app.store.alert_history(asked.limit(50)?).await?;
    Ok(JsonBody(json!({"status": "success", "rules": rules, "history": history})))
}
