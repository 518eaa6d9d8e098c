//! `/api/notes`: what a student puts in, with its versions and copies.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_agents::intake::note_of_text;
use sharper_agents::problem_of;
use sharper_domain::{FieldError, FolderId, NoteId, Problem, UserId};
use sharper_store::StoreError;
use sharper_store::notes::{NoteChange, NoteOrder, NotesAsked, Within};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Longest title or name, in characters.
pub(super) const TITLE_CHARS: usize = 200;
/// Longest question of a search, in characters.
const QUERY_CHARS: usize = 500;

/// `?…` of `GET /api/notes`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ListQuery {
    folder_id: Option<String>,
    order: Option<String>,
    cursor: Option<String>,
    fields: Option<String>,
}

impl ListQuery {
    /// The page that is asked for, and whether without texts.
    fn asked(self, limit: u32) -> Result<(NotesAsked, bool), Problem> {
        let mut errors = Vec::new();
        let mut wrong = |name: &str, what: &str| errors.push(FieldError::new(format!("/{name}"), what));
        let within = match self.folder_id.as_deref() {
            None | Some("") => Within::Everything,
            Some("none") => Within::NoFolder,
            Some(id) => id.parse().map(Within::Folder).unwrap_or_else(|_| {
                wrong(
                    "folder_id",
                    "must be the id of a folder (a UUID), or `none` for notes outside of folders",
                );
                Within::Everything
            }),
        };
        let order =
            self.order.as_deref().filter(|word| !word.is_empty()).map_or(Ok(NoteOrder::Updated), str::parse);
        let order = order.unwrap_or_else(|()| {
            wrong("order", "must be `updated`, `title` or `created`");
            NoteOrder::Updated
        });
        let brief = match self.fields.as_deref() {
            None | Some("" | "all") => false,
            Some("brief") => true,
            Some(_) => {
                wrong("fields", "must be `brief` or `all`");
                false
            }
        };
        let cursor = self.cursor.filter(|cursor| !cursor.is_empty());
        if cursor.as_deref().is_some_and(|cursor| !NotesAsked::is_cursor(cursor, order)) {
            wrong("cursor", "must be the `next_cursor` of a list in the same order");
        }
        match errors.is_empty() {
            true => Ok((NotesAsked { within, order, cursor, limit }, brief)),
            false => Err(Problem::invalid(errors)),
        }
    }
}

/// `GET /api/notes`: the ones changed last first, or as `order` says; page by page.
pub(crate) async fn list(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Query(list): Query<ListQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (query.user(&me)?, query.limit(50)?);
    let (asked, brief) = list.asked(limit)?;
    let told = |notes: Value, count: usize, total: u64, next: Option<String>| json!({"status": "success", "count": count, "total": total, "notes": notes, "next_cursor": next});
    let told = if brief {
        let page = app.store.brief_notes(user, asked).await.map_err(|error| missing(error, "folder"))?;
        told(json!(page.notes), page.notes.len(), page.total, page.next)
    } else {
        let page = app.store.notes(user, asked).await.map_err(|error| missing(error, "folder"))?;
        told(json!(page.notes), page.notes.len(), page.total, page.next)
    };
    Ok(JsonBody(told))
}

/// `?q=` of a search.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SearchQuery {
    q: Option<String>,
}

/// `GET /api/notes/search`: titles and texts, as one types.
pub(crate) async fn search(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Query(search): Query<SearchQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (query.user(&me)?, query.limit(20)?);
    let asked = search.q.unwrap_or_default();
    let chars = asked.chars().count();
    if chars > QUERY_CHARS {
        let detail = format!("must be at most {QUERY_CHARS} characters long, not {chars}");
        return Err(Problem::invalid(vec![FieldError::new("/q", detail)]).into());
    }
    let found = app.agents.search_notes(&user, asked.trim().to_owned(), limit).await?;
    Ok(JsonBody(json!({"status": "success", "query": asked, "count": found.len(), "notes": found})))
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
    // A text that could not be a new note cannot become an old one.
    let content =
        content.map(|text| note_of_text(text, None, app.now())).transpose()?.map(|note| note.content);
    let from_version = version.and_then(|version| i32::try_from(version).ok());
    let change = NoteChange { title, content, folder_id, from_version, anchors: None };
    edit(&app, user, id, change).await
}

/// Makes a change, and answers with the note as it is then and how much of what was made from it is stale.
async fn edit(app: &App, user: UserId, id: NoteId, change: NoteChange) -> Result<JsonBody<Value>, Refusal> {
    let edited = app.agents.edit_note(user, id, change, app.now()).await;
    let edited = edited.map_err(|error| missing(error, "note or folder"))?;
    Ok(JsonBody(json!({"status": "success", "note": edited.note, "stale": {"items": edited.stale}})))
}

/// `DELETE /api/notes/{id}`: into the bin. What was made from it stays, with its quotes.
pub(crate) async fn remove(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, now) = (query.user(&me)?, note_id(&id)?, app.now());
    app.store.delete_note(user, id, now).await.map_err(|error| missing(error, "note"))?;
    let told = json!({"status": "success", "message": "The note is deleted. It lies in the bin.", "id": id,
        "undo_until": app.bin_until(now)});
    Ok(JsonBody(told))
}

/// `POST /api/notes/{id}/restore`: out of the bin.
pub(crate) async fn restore(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, note_id(&id)?);
    let note = app.store.restore_note(user, id).await.map_err(|error| missing(error, "note in the bin"))?;
    Ok(JsonBody(json!({"status": "success", "note": note})))
}

/// `POST /api/notes/{id}/duplicate`: 201 and the copy.
pub(crate) async fn duplicate(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<Response, Refusal> {
    let (user, id) = (query.user(&me)?, note_id(&id)?);
    let note = app.store.duplicate_note(user, id, app.now()).await.map_err(|error| missing(error, "note"))?;
    let place = [(header::LOCATION, format!("/api/notes/{}", note.id))];
    Ok((StatusCode::CREATED, place, JsonBody(json!({"status": "success", "note": note}))).into_response())
}

/// `GET /api/notes/{id}/versions`: the newest first, without their texts.
pub(crate) async fn versions(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit, id) = (query.user(&me)?, query.limit(100)?, note_id(&id)?);
    let versions = app.store.note_versions(user, id, limit).await.map_err(|error| missing(error, "note"))?;
    Ok(JsonBody(json!({"status": "success", "count": versions.len(), "versions": versions})))
}

/// `GET /api/notes/{id}/versions/{n}`.
pub(crate) async fn version(
    State(app): State<App>,
    me: Me,
    Path((id, number)): Path<(String, String)>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, number) = (query.user(&me)?, note_id(&id)?, version_of(&number)?);
    let version = app.store.note_version(user, id, number).await;
    let version = version.map_err(|error| missing(error, "version of a note"))?;
    Ok(JsonBody(json!({"status": "success", "version": version})))
}

/// `POST /api/notes/{id}/versions/{n}/restore`: a new version with the text of an old one.
pub(crate) async fn restore_version(
    State(app): State<App>,
    me: Me,
    Path((id, number)): Path<(String, String)>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, number) = (query.user(&me)?, note_id(&id)?, version_of(&number)?);
    let version = app.store.note_version(user.clone(), id, number).await;
    let version = version.map_err(|error| missing(error, "version of a note"))?;
    let (content, anchors) = (Some(version.content), Some(version.anchors));
    edit(&app, user, id, NoteChange { content, anchors, ..NoteChange::default() }).await
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

fn version_of(text: &str) -> Result<i32, Problem> {
    text.parse().map_err(|_| not_found("version of a note"))
}

/// What a person is told when `what` is not theirs, or of any other failure.
pub(super) fn missing(error: StoreError, what: &str) -> Problem {
    match error {
        StoreError::NotFound => not_found(what),
        error => problem_of(error),
    }
}
