//! `/api/ai/feedback`: what students say of what was made for them, and taking it back.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use sharper_store::feedback::{Effect, NewFeedback};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Longest name of a kind of content, and longest issue, in characters.
const WORD_CHARS: usize = 200;
/// Longest id of a content, in characters.
const ID_CHARS: usize = 128;
/// Longest text, in characters.
const TEXT_CHARS: usize = 4_000;
/// Most issues at once.
const ISSUES: usize = 20;

/// Keeps feedback: `{"content_type", "content_id", "rating": 1–5, "feedback_text"?, "issues"?}`.
pub(crate) async fn feedback(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let mut fields = Fields::of(&body);
    let content_type = fields.required_line("content_type", WORD_CHARS).unwrap_or_default();
    let content_id = fields.required_line("content_id", ID_CHARS).unwrap_or_default();
    let rating = fields.required("rating").and_then(|_| fields.number("rating", 1..=5));
    let feedback_text = fields.line("feedback_text", TEXT_CHARS);
    let issues = issues(&mut fields);
    fields.done()?;
    let rating = rating.and_then(|rating| u8::try_from(rating).ok()).unwrap_or_default();
    let new = NewFeedback { content_type, content_id, rating, feedback_text, issues };
    let given = app.store.add_feedback(user, new, app.now()).await?;
    let message = match given.effect {
        Effect::Hidden => "Thank you: it is hidden, and the like of it is not made again.",
        Effect::Remade | Effect::Kept => "Thank you: your feedback is kept.",
    };
    // Where the note is known, `POST /api/notes/{id}/remake` writes another in its place.
    Ok(JsonBody(json!({
        "status": "success",
        "message": message,
        "feedback_id": given.id,
        "effect": given.effect.as_str(),
        "remake_note_id": given.remake,
    })))
}

/// `DELETE /api/ai/feedback/{id}`: takes feedback back, and shows again what it had hidden.
pub(crate) async fn take_back(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let id = id.parse().map_err(|_| not_found("feedback"))?;
    app.store.take_back_feedback(user, id).await?;
    Ok(JsonBody(json!({"status": "success", "message": "Your feedback is taken back."})))
}

fn issues(fields: &mut Fields<'_>) -> Vec<String> {
    let Some(value) = fields.value("issues") else { return Vec::new() };
    let texts: Option<Vec<String>> = value.as_array().filter(|list| list.len() <= ISSUES).and_then(|list| {
        let text = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
        let short = |text: &String| text.chars().count() <= WORD_CHARS;
        list.iter().map(|value| text(value).filter(short)).collect()
    });
    let wrong = format!("must be at most {ISSUES} texts of at most {WORD_CHARS} characters");
    texts.or_else(|| fields.wrong("issues", wrong)).unwrap_or_default()
}
