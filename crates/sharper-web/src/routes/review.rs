//! `POST /api/flashcards/{id}/review`: a grade, given while studying.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use sharper_domain::{CardId, Grade};
use sharper_store::study::{NewReview, StudyId};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
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
    let mut fields = Fields::of(&body);
    let grade = grade(&mut fields);
    let study = fields.parsed("session_id", "a UUID").map(StudyId);
    let id = fields.parsed("review_id", "a UUID");
    let took_ms = took_ms(&mut fields).unwrap_or_default();
    fields.done()?;
    let grade = grade.expect("without a grade the fields were not right");
    app.store.record_review(user, NewReview { id, card, study, grade, at, took_ms }).await?;
    Ok(JsonBody(json!({"status": "success", "card_id": card, "rating": grade as u8, "reviewed_at": at})))
}

fn grade(fields: &mut Fields<'_>) -> Option<Grade> {
    let number = fields.required("rating")?.as_u64().and_then(|number| u8::try_from(number).ok());
    let wrong = "must be 1 (again), 2 (hard), 3 (good) or 4 (easy)";
    number.and_then(Grade::from_number).or_else(|| fields.wrong("rating", wrong))
}

fn took_ms(fields: &mut Fields<'_>) -> Option<u32> {
    match fields.value("took_ms")?.as_u64() {
        Some(took) => u32::try_from(took.min(TOOK_MS_MAX)).ok(),
        None => fields.wrong("took_ms", "must be a whole number of milliseconds"),
    }
}
