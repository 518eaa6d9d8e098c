//! `/api/notes` and `/api/folders`: what a student puts in.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sharper_agents::intake::note_of_text;
use sharper_agents::problem_of;
use sharper_domain::{FolderId, NoteId, Problem, UserId};
use sharper_store::StoreError;
use sharper_store::notes::NoteChange;

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Longest title or name, in characters.
const TITLE_CHARS: usize = 200;

/// `GET /api/notes`: the ones changed last first.
pub(crate) async fn list(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (query.user(&me)?, query.limit(50)?);
    let notes = app.store.recent_notes(user.clone(), limit).await?;
    let total = app.store.count_notes(user).await?;
    Ok(JsonBody(json!({"status": "success", "count": notes.len(), "total": total, "notes": notes})))
}

/// `POST /api/notes`: 201 and the note; 200 and the note that is there, when the user has this very text already.
pub(crate) async fn add(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<Response, Refusal> {
    let mut fields = Fields::of(&body);
    let user = user_of(&me, &query, &mut fields)?;
    let title = fields.line("title", TITLE_CHARS);
    let content = fields.required("content").and_then(|_| fields.text("content")).unwrap_or_default();
    let folder_id: Option<FolderId> = fields.parsed("folder_id", "the id of a folder (a UUID)");
    fields.done()?;
    let now = app.now();
    let mut new = note_of_text(content.to_owned(), None, now)?;
    new.title = title.unwrap_or(new.title);
    new.folder_id = folder_id;
    let id = new.id;
    let note = app.store.add_note(user, new, now).await.map_err(|error| missing(error, "folder"))?;
    let status = if note.id == id { StatusCode::CREATED } else { StatusCode::OK };
    let place = [(header::LOCATION, format!("/api/notes/{}", note.id))];
    Ok((status, place, JsonBody(json!({"status": "success", "note": note}))).into_response())
}

/// `GET /api/notes/{id}`.
pub(crate) async fn get(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, note_id(&id)?);
    let note = app.store.note(user, id).await.map_err(|error| missing(error, "note"))?;
    Ok(JsonBody(json!({"status": "success", "note": note})))
}

/// `PUT /api/notes/{id}`: `{"title"?, "content"?, "folder_id"?, "version"?}`. What is absent stays; a `folder_id` of
/// null takes the note out of its folder; `version` is the one that the change was made from.
pub(crate) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let id = note_id(&id)?;
    let mut fields = Fields::of(&body);
    let user = user_of(&me, &query, &mut fields)?;
    let title = fields.value("title").and_then(|_| fields.required_line("title", TITLE_CHARS));
    let content = fields.text("content").map(str::to_owned);
    let folder: Option<FolderId> = fields.parsed("folder_id", "the id of a folder (a UUID)");
    let folder_id = fields.has("folder_id").then_some(folder);
    let version = fields.number("version", 1..=i32::MAX.unsigned_abs());
    fields.done()?;
    let now = app.now();
    // A text that could not be a new note cannot become an old one.
    let content = content.map(|text| note_of_text(text, None, now)).transpose()?.map(|note| note.content);
    let from_version = version.and_then(|version| i32::try_from(version).ok());
    let change = NoteChange { title, content, folder_id, from_version };
    let edited = app.agents.edit_note(user, id, change, now).await;
    let edited = edited.map_err(|error| missing(error, "note or folder"))?;
    Ok(JsonBody(json!({"status": "success", "note": edited.note, "stale": {"items": edited.stale}})))
}

/// `DELETE /api/notes/{id}`. What was made from it stays, with its quotes.
pub(crate) async fn remove(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, note_id(&id)?);
    app.store.delete_note(user, id).await.map_err(|error| missing(error, "note"))?;
    Ok(JsonBody(json!({"status": "success", "message": "The note is deleted.", "id": id})))
}

/// `GET /api/folders`: by name.
pub(crate) async fn folders(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let folders = app.store.folders(query.user(&me)?).await?;
    Ok(JsonBody(json!({"status": "success", "count": folders.len(), "folders": folders})))
}

/// `POST /api/folders`: `{"name", "parent_id"?}`.
pub(crate) async fn add_folder(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<Response, Refusal> {
    let mut fields = Fields::of(&body);
    let user = user_of(&me, &query, &mut fields)?;
    let name = fields.required_line("name", TITLE_CHARS).unwrap_or_default();
    let parent: Option<FolderId> = fields.parsed("parent_id", "the id of a folder (a UUID)");
    fields.done()?;
    let now = app.now();
    let id = FolderId::new(now);
    let added = app.store.add_folder(user.clone(), id, parent, name.clone(), now).await;
    added.map_err(|error| missing(error, "folder"))?;
    let place = [(header::LOCATION, format!("/api/folders/{id}"))];
    let folder = sharper_domain::Folder { id, user_id: user, parent_id: parent, name, created_at: now };
    Ok((StatusCode::CREATED, place, JsonBody(json!({"status": "success", "folder": folder}))).into_response())
}

/// `GET /api/folders/{id}`.
pub(crate) async fn folder(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let id: FolderId = id.parse().map_err(|_| not_found("folder"))?;
    let folders = app.store.folders(user).await?;
    let folder = folders.into_iter().find(|folder| folder.id == id).ok_or_else(|| not_found("folder"))?;
    Ok(JsonBody(json!({"status": "success", "folder": folder})))
}

/// The user whom the body names, or the query, or else the local one. What the query says is looked at in any case: a name
/// that is none, or another's, is refused and not passed over.
pub(super) fn user_of(me: &Me, query: &UserQuery, fields: &mut Fields<'_>) -> Result<UserId, Problem> {
    let asked = query.user(me)?;
    match fields.text("user_id") {
        Some(name) if !name.is_empty() => me.acting_for(Some(name), "/user_id"),
        _ => Ok(asked),
    }
}

pub(crate) fn note_id(text: &str) -> Result<NoteId, Problem> {
    text.parse().map_err(|_| not_found("note"))
}

/// What a person is told when `what` is not theirs, or of any other failure.
pub(super) fn missing(error: StoreError, what: &str) -> Problem {
    match error {
        StoreError::NotFound => not_found(what),
        error => problem_of(error),
    }
}
