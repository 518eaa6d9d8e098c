//! What was generated: `/api/ai/generated-content/…`, `/api/ai/content-stats/…`, and the sets of cards.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use sharper_domain::{Problem, ProblemCode, SetId};

use crate::App;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{self, UserQuery};

/// `GET /api/ai/generated-content/{kind}`: newest first.
pub(crate) async fn generated(
    State(app): State<App>,
    Path(kind): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (query.user(&app)?, query.limit(20)?);
    let items = match kind.as_str() {
        "flashcards" => json!(app.store.recent_flashcards(user, limit).await?),
        // Nothing makes these yet, so there are none: an empty list is the truth.
        "quizzes" | "exams" | "summaries" => json!([]),
        _ => {
            let detail =
                "There is no such kind of content. There are flashcards, quizzes, exams and summaries.";
            return Err(Problem::new(ProblemCode::NotFound, detail).into());
        }
    };
    let count = items.as_array().map_or(0, Vec::len);
    Ok(JsonBody(json!({"status": "success", "content_type": kind, "items": items, "count": count})))
}

/// `GET /api/ai/content-stats/{user_id}`.
pub(crate) async fn stats(
    State(app): State<App>,
    Path(user): Path<String>,
) -> Result<JsonBody<Value>, Refusal> {
    let user = who::named(&app, &user, "/user_id")?;
    let stats = app.store.content_stats(user).await?;
    let total = stats.flashcards + stats.quizzes + stats.exams + stats.summaries;
    Ok(JsonBody(json!({
        "status": "success",
        "stats": {
            "flashcards": stats.flashcards,
            "quizzes": stats.quizzes,
            "exams": stats.exams,
            "summaries": stats.summaries,
        },
        "total_items": total,
    })))
}

/// `GET /api/flashcards/sets`: newest first.
pub(crate) async fn sets(
    State(app): State<App>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let sets = app.store.sets(query.user(&app)?, query.limit(50)?).await?;
    Ok(JsonBody(json!({"status": "success", "count": sets.len(), "sets": sets})))
}

/// `GET /api/flashcards/sets/{id}` and `GET /api/flashcards/{set_id}/cards`: a set with its cards.
pub(crate) async fn set(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&app)?;
    let id: SetId = id.parse().map_err(|_| not_found("set"))?;
    let set = app.store.set(user.clone(), id).await?;
    let cards = app.store.cards_of_set(user, id).await?;
    Ok(JsonBody(json!({"status": "success", "set": set, "count": cards.len(), "cards": cards})))
}
