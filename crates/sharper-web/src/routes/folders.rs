//! `/api/folders`, the library at a glance, and the bin.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sharper_domain::{FolderId, Problem, Timestamp};
use sharper_store::folders::FolderChange;
use uuid::Uuid;

use super::notes::{TITLE_CHARS, missing, user_of};
use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

impl App {
    /// Until when what is thrown away at `from` can be brought back; `None` where the bin is never emptied by itself.
    pub(crate) fn bin_until(&self, from: Timestamp) -> Option<Timestamp> {
        let days = i64::from(self.setup.bin_days?);
        Timestamp::from_microsecond(from.as_microsecond().saturating_add(days.saturating_mul(DAY))).ok()
    }
}

/// `GET /api/folders`: by name.
pub(crate) async fn list(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let folders = app.store.folders(query.user(&me)?).await?;
    Ok(JsonBody(json!({"status": "success", "count": folders.len(), "folders": folders})))
}

/// `POST /api/folders`: `{"name", "parent_id"?}`.
pub(crate) async fn add(
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
    let added = app.store.add_folder(user, FolderId::new(now), parent, name, now).await;
    let folder = added.map_err(|error| missing(error, "folder"))?;
    let place = [(header::LOCATION, format!("/api/folders/{}", folder.id))];
    Ok((StatusCode::CREATED, place, JsonBody(json!({"status": "success", "folder": folder}))).into_response())
}

/// `GET /api/folders/{id}`.
pub(crate) async fn get(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, folder_id(&id)?);
    let folder = app.store.folder(user, id).await.map_err(|error| missing(error, "folder"))?;
    Ok(JsonBody(json!({"status": "success", "folder": folder})))
}

/// `PUT /api/folders/{id}`: `{"name"?, "parent_id"?}`. What is absent stays; a `parent_id` of null takes it to the top.
pub(crate) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let id = folder_id(&id)?;
    let mut fields = Fields::of(&body);
    let user = user_of(&me, &query, &mut fields)?;
    let name = fields.value("name").and_then(|_| fields.required_line("name", TITLE_CHARS));
    let parent: Option<FolderId> = fields.parsed("parent_id", "the id of a folder (a UUID)");
    let parent_id = fields.has("parent_id").then_some(parent);
    fields.done()?;
    let folder = app.store.change_folder(user, id, FolderChange { name, parent_id }, app.now()).await;
    let folder = folder.map_err(|error| missing(error, "folder"))?;
    Ok(JsonBody(json!({"status": "success", "folder": folder})))
}

/// `DELETE /api/folders/{id}`: into the bin, with all folders and notes in it.
pub(crate) async fn remove(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, now) = (query.user(&me)?, folder_id(&id)?, app.now());
    let thrown = app.store.delete_folder(user, id, now).await.map_err(|error| missing(error, "folder"))?;
    let told = json!({"status": "success", "message": "The folder is deleted. It lies in the bin, with all that was in it.",
        "id": id, "notes": thrown.notes, "folders": thrown.folders, "undo_until": app.bin_until(now)});
    Ok(JsonBody(told))
}

/// `POST /api/folders/{id}/restore`: out of the bin, with exactly what went into it with the folder.
pub(crate) async fn restore(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, folder_id(&id)?);
    let back = app.store.restore_folder(user, id).await;
    let back = back.map_err(|error| missing(error, "folder in the bin"))?;
    Ok(JsonBody(
        json!({"status": "success", "folder": back.folder, "notes": back.notes, "folders": back.folders}),
    ))
}

/// `GET /api/library/tree`: all folders, and the notes without their texts.
pub(crate) async fn tree(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let tree = app.store.library_tree(query.user(&me)?).await?;
    Ok(JsonBody(
        json!({"status": "success", "folders": tree.folders, "notes": tree.notes, "more": tree.more}),
    ))
}

/// `GET /api/bin`: the last thrown away first.
pub(crate) async fn bin(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (query.user(&me)?, query.limit(100)?);
    let page = app.store.bin(user, limit).await?;
    let told = |entry: &sharper_domain::BinEntry| {
        let mut told = json!(entry);
        told["undo_until"] = json!(app.bin_until(entry.deleted_at));
        told
    };
    let entries: Vec<Value> = page.entries.iter().map(told).collect();
    Ok(JsonBody(
        json!({"status": "success", "count": entries.len(), "total": page.total, "entries": entries}),
    ))
}

/// `DELETE /api/bin/{id}`: for good.
pub(crate) async fn remove_for_good(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let nothing = || not_found("thing in the bin");
    let id: Uuid = id.parse().map_err(|_| nothing())?;
    let gone = app.store.delete_from_bin(user, id).await;
    gone.map_err(|error| missing(error, "thing in the bin"))?;
    Ok(JsonBody(json!({"status": "success", "message": "It is gone for good.", "id": id})))
}

/// `DELETE /api/bin`: all of it, for good.
pub(crate) async fn empty_bin(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let gone = app.store.empty_bin(query.user(&me)?).await?;
    Ok(JsonBody(json!({"status": "success", "message": "The bin is empty.", "count": gone})))
}

fn folder_id(text: &str) -> Result<FolderId, Problem> {
    text.parse().map_err(|_| not_found("folder"))
}
