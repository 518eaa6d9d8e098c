//! `/api/flashcards/sets`: sets of cards, how each is to be learned, and how ready it is.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use sharper_domain::{MaterialId, SetId, SetRules, StudyCard, StudySet, Timestamp, UserId};
use sharper_store::flashcards::SetChange;

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Longest name of a set, in characters.
pub(crate) const TITLE_CHARS: usize = 200;
/// Most new cards, or reviews, that a day lets in.
pub(crate) const PER_DAY: u32 = 9_999;

/// `GET /api/flashcards/sets`: newest first.
pub(crate) async fn list(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let sets = app.store.study_sets(query.user(&me)?, query.limit(50)?).await?;
    Ok(JsonBody(json!({"status": "success", "count": sets.len(), "sets": sets})))
}

/// `POST /api/flashcards/sets`: `{"title", "exam_at"?, "desired_retention"?, "new_per_day"?, "reviews_per_day"?}`.
pub(crate) async fn add(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<(axum::http::StatusCode, JsonBody<Value>), Refusal> {
    let user = query.user(&me)?;
    let mut fields = Fields::of(&body);
    let title = fields.required_line("title", TITLE_CHARS).unwrap_or_default();
    let mut rules = SetRules::default();
    read_rules(&mut rules, &mut fields);
    fields.done()?;
    let set = app.store.add_set(user, title, rules, app.now()).await?;
    Ok((axum::http::StatusCode::CREATED, JsonBody(json!({"status": "success", "set": set}))))
}

/// `GET /api/flashcards/sets/{id}` and `GET /api/flashcards/{set_id}/cards`: a set with its cards.
pub(crate) async fn get(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, set_id(&id)?);
    let set = app.store.study_set(user.clone(), id).await?;
    let cards = app.store.study_cards_of_set(user.clone(), id).await?;
    let stale = stale(&app, &user, id).await?;
    let told = |card: &StudyCard| {
        let mut told = json!(card);
        told["stale"] = json!(stale.contains(&card.card.id.0));
        told
    };
    let cards: Vec<Value> = cards.iter().map(told).collect();
    let ready = readiness(&app, &user, &set).await?;
    Ok(JsonBody(json!({"status": "success", "set": set, "count": cards.len(), "cards": cards,
        "readiness": ready})))
}

/// `PUT /api/flashcards/sets/{id}`: what is absent stays, null takes it away.
pub(crate) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, set_id(&id)?);
    let mut rules = app.store.study_set(user.clone(), id).await?.rules;
    let mut fields = Fields::of(&body);
    let title = if fields.has("title") { fields.required_line("title", TITLE_CHARS) } else { None };
    read_rules(&mut rules, &mut fields);
    fields.done()?;
    let set = app.store.change_set(user, id, SetChange { title, rules: Some(rules) }).await?;
    Ok(JsonBody(json!({"status": "success", "set": set})))
}

/// `DELETE /api/flashcards/sets/{id}`: with its cards and their reviews.
pub(crate) async fn remove(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, set_id(&id)?);
    app.store.delete_set(user, id).await?;
    Ok(JsonBody(json!({"status": "success", "message": "The set is deleted.", "set_id": id})))
}

pub(crate) fn set_id(text: &str) -> Result<SetId, Refusal> {
    text.parse().map_err(|_| not_found("set").into())
}

/// The cards of a set whose passages changed.
pub(crate) async fn stale(app: &App, user: &UserId, id: SetId) -> Result<Vec<uuid::Uuid>, Refusal> {
    app.agents.settle_all(user, app.now()).await?;
    Ok(app.store.stale_in(user.clone(), vec![MaterialId(id.0)]).await?)
}

/// What will be known on the day of the exam; null where there is none ahead.
async fn readiness(app: &App, user: &UserId, set: &StudySet) -> Result<Value, Refusal> {
    let Some(exam) = set.rules.exam_at.filter(|exam| *exam > app.now()) else { return Ok(Value::Null) };
    let ready = app.agents.readiness(user, set.set.id, exam).await?;
    Ok(json!({"at": exam, "recall": ready.recall, "low": ready.low, "high": ready.high,
        "studied": ready.studied, "new": ready.new}))
}

fn read_rules(rules: &mut SetRules, fields: &mut Fields<'_>) {
    if fields.has("exam_at") {
        rules.exam_at =
            fields.parsed::<Timestamp>("exam_at", "a moment (RFC 3339), such as 2026-12-01T09:00:00Z");
    }
    if fields.has("desired_retention") {
        rules.desired_retention = retention(fields);
    }
    if fields.has("new_per_day") {
        rules.new_per_day = fields.number("new_per_day", 0..=PER_DAY);
    }
    if fields.has("reviews_per_day") {
        rules.reviews_per_day = fields.number("reviews_per_day", 0..=PER_DAY);
    }
}

/// The probability of recall at which a card should come back.
pub(crate) fn retention(fields: &mut Fields<'_>) -> Option<f64> {
    let wanted = fields.value("desired_retention")?.as_f64();
    wanted
        .filter(|wanted| (0.7..=0.97).contains(wanted))
        .or_else(|| fields.wrong("desired_retention", "must be a number from 0.70 to 0.97"))
}
