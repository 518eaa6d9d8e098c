//! `/api/chat/sessions`: the conversations with the tutor, listed, read, named, ended and deleted. Asking goes on by
//! `POST /api/ai/process-stream` with their `session_id`; that opens an ended one again.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_agents::problem_of;
use sharper_domain::{Body, Problem, SessionId, UserId};
use sharper_store::StoreError;
use sharper_store::conversations::{Conversation, Said};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Conversations that are told when the request does not say.
const SESSIONS: u32 = 50;
/// Messages that are told when the request does not say.
const MESSAGES: u32 = 100;
/// Longest title, and most that is looked for, in characters.
pub(crate) const TITLE_CHARS: usize = 200;

/// `?user_id&query&limit`
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Look {
    user_id: Option<String>,
    query: Option<String>,
    limit: Option<String>,
}

/// `GET /api/chat/sessions`: the one in which something was said last first; with `query` those that hold it.
pub(crate) async fn list(
    State(app): State<App>,
    me: Me,
    Query(look): Query<Look>,
) -> Result<JsonBody<Value>, Refusal> {
    let query = UserQuery { user_id: look.user_id, limit: look.limit };
    let (user, limit) = (query.user(&me)?, query.limit(SESSIONS)?);
    let words: String = look.query.unwrap_or_default().trim().chars().take(TITLE_CHARS).collect();
    let found = match words.as_str() {
        "" => app.store.conversations(user, limit).await?,
        words => app.store.find_conversations(user, words, limit).await?,
    };
    let sessions: Vec<Value> = found.iter().map(told).collect();
    Ok(JsonBody(json!({"status": "success", "count": sessions.len(), "sessions": sessions})))
}

/// `GET /api/chat/sessions/{session_id}`: its newest messages, the oldest of them first, replies with their citations.
pub(crate) async fn read(
    State(app): State<App>,
    me: Me,
    Path(session): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, session, limit) = (query.user(&me)?, session_id(&session)?, query.limit(MESSAGES)?);
    let told = of(&app, user.clone(), session.clone()).await?;
    let said = app.store.conversation_said(user, session, limit).await?;
    let messages: Vec<Value> = said.iter().map(message).collect();
    Ok(JsonBody(json!({"status": "success", "session": told, "messages": messages})))
}

/// `PUT /api/chat/sessions/{session_id}`: `{"title"}`.
pub(crate) async fn rename(
    State(app): State<App>,
    me: Me,
    Path(session): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, session) = (query.user(&me)?, session_id(&session)?);
    let mut fields = Fields::of(&body);
    let title = fields.required_line("title", TITLE_CHARS).unwrap_or_default();
    fields.done()?;
    app.store.rename_conversation(user.clone(), session.clone(), title).await.map_err(missing)?;
    Ok(JsonBody(json!({"status": "success", "session": of(&app, user, session).await?})))
}

/// `POST /api/chat/sessions/{session_id}/end`.
pub(crate) async fn end(
    State(app): State<App>,
    me: Me,
    Path(session): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, session) = (query.user(&me)?, session_id(&session)?);
    app.store.end_conversation(user.clone(), session.clone(), app.now()).await.map_err(missing)?;
    Ok(JsonBody(json!({"status": "success", "session": of(&app, user, session).await?})))
}

/// `DELETE /api/chat/sessions/{session_id}`: messages, summary, and the jobs of its questions with their events.
pub(crate) async fn remove(
    State(app): State<App>,
    me: Me,
    Path(session): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, session) = (query.user(&me)?, session_id(&session)?);
    app.store.delete_conversation(user, session.clone()).await.map_err(missing)?;
    let message = "The conversation is deleted.";
    Ok(JsonBody(json!({"status": "success", "message": message, "session_id": session})))
}

async fn of(app: &App, user: UserId, session: SessionId) -> Result<Value, Problem> {
    let found = app.store.conversation_session(user, session).await.map_err(missing)?;
    Ok(told(&found))
}

fn told(session: &Conversation) -> Value {
    json!({
        "session_id": session.session_id,
        "title": session.title,
        "named": session.named,
        "created_at": session.created_at,
        "updated_at": session.updated_at,
        "ended_at": session.ended_at,
        "messages": session.messages,
    })
}

fn message(said: &Said) -> Value {
    let mut told = json!({
        "id": said.id,
        "role": said.message.role,
        "content": said.message.content,
        "created_at": said.message.created_at,
    });
    if let Some(Body::Reply { statements, titles, .. }) = &said.reply {
        told["answerable"] = json!(!statements.is_empty());
        told["statements"] = json!(statements);
        told["citations"] = json!(sharper_domain::material::cited(statements, titles));
    }
    told
}

/// A conversation's id; what cannot be one names none.
pub(crate) fn session_id(text: &str) -> Result<SessionId, Problem> {
    text.parse().map_err(|_| not_found("conversation"))
}

pub(crate) fn missing(error: StoreError) -> Problem {
    match error {
        StoreError::NotFound => not_found("conversation"),
        error => problem_of(error),
    }
}
