//! What was generated: `/api/ai/generated-content/…`, `/api/ai/content-stats/…`.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Map, Value, json};
use sharper_domain::{Making, Material, Problem, ProblemCode, Request, TaskKind};

use crate::App;
use crate::door::problem::Refusal;
use crate::routes::who::{Me, UserQuery};

/// `GET /api/ai/generated-content/{kind}`: newest first.
pub(crate) async fn generated(
    State(app): State<App>,
    me: Me,
    Path(kind): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (query.user(&me)?, query.limit(20)?);
    let items: Vec<Value> = match kind_of(&kind) {
        Some(TaskKind::FlashcardGeneration) => {
            let cards = app.store.recent_flashcards(user, limit).await?;
            cards.iter().map(|card| json!(card)).collect()
        }
        Some(kind) => app.store.recent_material(user, kind, limit).await?.iter().map(told).collect(),
        None => {
            let detail = "There is no such kind of content. There are flashcards, quizzes, exams, summaries, \
                          analyses and plans.";
            return Err(Problem::new(ProblemCode::NotFound, detail).into());
        }
    };
    Ok(JsonBody(json!({"status": "success", "content_type": kind, "count": items.len(), "items": items})))
}

/// The kind of a word in the plural, as the addresses write it.
fn kind_of(word: &str) -> Option<TaskKind> {
    match word {
        "flashcards" => Some(TaskKind::FlashcardGeneration),
        "quizzes" => Some(TaskKind::QuizGeneration),
        "exams" => Some(TaskKind::ExamGeneration),
        "summaries" => Some(TaskKind::SummaryGeneration),
        "analyses" => Some(TaskKind::NoteAnalysis),
        "plans" => Some(TaskKind::StudyPlan),
        _ => None,
    }
}

/// A material as a list tells it: the fields of its `data`, those of the thing itself beside them, and what it is
/// kept under. What its making cost is told where it is made.
fn told(made: &Material) -> Value {
    let making = Making { model_used: made.model_used.clone(), ..Making::default() };
    let data = json!(made.content(&making, &Request::new(made.kind())));
    let mut item = Map::new();
    for (name, value) in data.as_object().into_iter().flatten() {
        match (name.as_str(), value) {
            ("quiz" | "exam" | "summary" | "analysis" | "plan", Value::Object(inner)) => {
                item.extend(inner.clone())
            }
            ("tokens_used", _) => {}
            _ => drop(item.insert(name.clone(), value.clone())),
        }
    }
    for (name, value) in [
        ("id", json!(made.id)),
        ("title", json!(made.title)),
        ("note_id", json!(made.note_id)),
        ("created_at", json!(made.created_at)),
    ] {
        item.insert(name.to_owned(), value);
    }
    Value::Object(item)
}

/// `GET /api/ai/content-stats/{user_id}`.
pub(crate) async fn stats(
    State(app): State<App>,
    me: Me,
    Path(user): Path<String>,
) -> Result<JsonBody<Value>, Refusal> {
    let user = me.acting_for(Some(&user), "/user_id")?;
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
