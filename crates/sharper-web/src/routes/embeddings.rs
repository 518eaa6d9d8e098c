//! `/api/embeddings`: search over the student's notes, and notes that are like a note.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use sharper_agents::{Findings, FoundPassage, Search};
use sharper_domain::request::MESSAGE_CHARS;
use sharper_domain::{Problem, Request, TaskKind};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::Refusal;
use crate::routes::notes::{note_id, user_of};
use crate::routes::who::{Me, UserQuery};

/// Passages that are told when the request does not say, and at most.
const LIMIT: (u32, u32) = (10, 100);

/// `POST /api/embeddings/search`: `{"query", "limit"? | "top_k"?, "note_ids"?}`. The passages that fit, best first.
pub(crate) async fn search(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let mut fields = Fields::of(&body);
    let user = user_of(&me, &query, &mut fields)?;
    let text = fields.required_line("query", MESSAGE_CHARS).unwrap_or_default();
    let name = if fields.has("limit") { "limit" } else { "top_k" };
    let limit = fields.number(name, 1..=LIMIT.1).unwrap_or(LIMIT.0) as usize;
    fields.done()?;
    let named = json!({"type": TaskKind::Chat, "explicit_note_ids": body.get("note_ids")});
    let notes = Request::parse(&named).map_err(|errors| {
        let of_ids = |mut error: sharper_domain::FieldError| {
            error.pointer = error.pointer.replace("/explicit_note_ids", "/note_ids");
            error
        };
        Problem::invalid(errors.into_iter().map(of_ids).collect())
    })?;
    let search = Search { notes: notes.explicit_note_ids, ..Search::new(text, limit) };
    let found = app.agents.find(&user, &search).await?;
    let mut answer = told(&found);
    answer["query"] = json!(search.text);
    Ok(JsonBody(answer))
}

/// `GET /api/embeddings/related/{note_id}`: the notes that are like it, best first.
pub(crate) async fn related(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, limit) = (query.user(&me)?, note_id(&id)?, query.limit(LIMIT.0)?);
    let found = app.agents.related(&user, id, limit as usize).await?;
    let mut answer = told(&found);
    answer["note_id"] = json!(id);
    Ok(JsonBody(answer))
}

fn told(found: &Findings) -> Value {
    let four_digits = |number: f32| (f64::from(number) * 1e4).round() / 1e4;
    let passage = |passage: &FoundPassage| {
        let note = &found.notes[passage.note];
        json!({
            "note_id": note.id,
            "title": note.title,
            "content": passage.span.of(&note.content),
            "score": four_digits(passage.score),
            "similarity": passage.similarity.map(four_digits),
            "start": passage.span.start,
            "end": passage.span.end,
            "path": passage.path,
            "page": passage.anchor.as_ref().map(|anchor| &anchor.label),
        })
    };
    let results: Vec<Value> = found.passages.iter().map(passage).collect();
    json!({
        "status": "success",
        "count": results.len(),
        "searched": found.searched,
        "mode": found.mode.as_str(),
        "results": results,
    })
}
