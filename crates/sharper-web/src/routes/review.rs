//! `POST /api/flashcards/{id}/review`: a grade, given while studying.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use sharper_domain::{CardId, FieldError, Grade, Problem};
use sharper_store::study::{NewReview, StudyId};
use uuid::Uuid;

use crate::App;
use crate::door::body::Json;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Longest time that one card can have taken, in milliseconds: an hour. More is a closed laptop.
const TOOK_MS_MAX: u64 = 3_600_000;

/// Records a grade: `{"rating": 1–4, "session_id"?, "took_ms"?, "review_id"?}`.
/// The same `review_id` again changes nothing, so a client may send a grade until it is answered.
pub(crate) async fn review(
    State(app): State<App>,
    me: Me,
    Path(card): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let card: CardId = card.parse().map_err(|_| not_found("card"))?;
    let at = app.now();
    let grade = grade(&body)?;
    let (study, id) = (uuid(&body, "session_id")?.map(StudyId), uuid(&body, "review_id")?);
    let took_ms = u32::try_from(body["took_ms"].as_u64().unwrap_or(0).min(TOOK_MS_MAX)).unwrap_or(0);
    app.store.record_review(user, NewReview { id, card, study, grade, at, took_ms }).await?;
    Ok(JsonBody(json!({"status": "success", "card_id": card, "rating": grade as u8, "reviewed_at": at})))
}

fn grade(body: &Value) -> Result<Grade, Problem> {
    let number = body["rating"].as_u64().and_then(|number| u8::try_from(number).ok());
    number.and_then(Grade::from_number).ok_or_else(|| {
        let detail = "must be 1 (again), 2 (hard), 3 (good) or 4 (easy)";
        Problem::invalid(vec![FieldError::new("/rating", detail)])
    })
}

fn uuid(body: &Value, field: &str) -> Result<Option<Uuid>, Problem> {
    let wrong = || Problem::invalid(vec![FieldError::new(format!("/{field}"), "must be a UUID")]);
    match &body[field] {
        Value::Null => Ok(None),
        Value::String(text) => text.parse().map(Some).map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}
