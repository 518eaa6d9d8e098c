//! `/api/notes/{id}/items`, `/stale` and `/remake`: what was made from a note, what of it does not stand there any more, and
//! writing that anew.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde_json::{Value, json};
use sharper_agents::Asked;
use sharper_agents::revise::ToRemake;
use sharper_domain::{FieldError, NoteId, Problem, UserId};
use sharper_store::passages::{Placed, SHOWN};
use uuid::Uuid;

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::Refusal;
use crate::routes::notes::{missing, note_id, user_of};
use crate::routes::process::told;
use crate::routes::who::{Me, UserQuery};

/// Most items that one request may name.
const ITEMS: usize = 200;

/// `GET /api/notes/{id}/items`: passage by passage, in the order of the text.
pub(crate) async fn items(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, limit) = (query.user(&me)?, note_id(&id)?, query.limit(100)?);
    let all = app.agents.items_of_note(&user, id, app.now()).await.map_err(|error| missing(error, "note"))?;
    let stale = all.iter().filter(|one| one.is_stale()).count();
    Ok(JsonBody(list(id, &all, limit, stale)))
}

/// `GET /api/notes/{id}/stale`: those whose passages changed.
pub(crate) async fn stale(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, limit) = (query.user(&me)?, note_id(&id)?, query.limit(100)?);
    let all = app.agents.stale_items(&user, Some(id), app.now()).await;
    let all = all.map_err(|error| missing(error, "note"))?;
    Ok(JsonBody(list(id, &all, limit, all.len())))
}

fn list(note: NoteId, all: &[Placed], limit: u32, stale: usize) -> Value {
    let limit = usize::try_from(limit.min(SHOWN)).unwrap_or(usize::MAX);
    let told: Vec<Value> = all.iter().take(limit).map(placed).collect();
    json!({"status": "success", "note_id": note, "count": told.len(), "total": all.len(), "stale": stale, "items": told})
}

fn placed(one: &Placed) -> Value {
    let spot = one.spot;
    json!({
        "kind": spot.kind,
        "material_id": spot.material_id,
        "title": one.title,
        "number": spot.number,
        "place": spot.place,
        "item_id": spot.item_id,
        "front": one.front(),
        "quote": one.source.quote,
        "start": spot.span.start,
        "end": spot.span.end,
        "stale": one.is_stale(),
        "stale_since": spot.stale_since,
    })
}

/// `POST /api/notes/{id}/remake`: `{"items"?: [ids]}`, none means all that are stale. Where there is something to write anew
/// it is a job like any other.
pub(crate) async fn remake(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let id = note_id(&id)?;
    let mut fields = Fields::of(&body);
    let user = user_of(&me, &query, &mut fields)?;
    let items = ids(&mut fields);
    fields.done()?;
    let ToRemake { request, items: count, stays, make_again, unknown } =
        to_remake(&app, &user, id, items.clone()).await?;
    let wrong = |id: &Uuid| {
        let place = items.iter().position(|one| one == id).unwrap_or_default();
        FieldError::new(format!("/items/{place}"), "is no stale card or question of this note")
    };
    if !unknown.is_empty() {
        return Err(Problem::invalid(unknown.iter().map(wrong).collect()).into());
    }
    let mut answer = match request {
        Some(request) => {
            let asked = Asked { request, user_id: user, title: None, idempotency_key: None };
            told(&app, &me, &app.intake.accept(asked).await?)
        }
        None => json!({
            "status": "success",
            "session_id": Value::Null,
            "stream_url": Value::Null,
            "message": "There is nothing here that could be written anew item by item.",
        }),
    };
    answer["items"] = json!(count);
    answer["stays"] = json!(stays);
    answer["make_again"] = json!(make_again);
    Ok(JsonBody(answer))
}

/// What can be done about the stale items of a note of the user's.
pub(crate) async fn to_remake(
    app: &App,
    user: &UserId,
    id: NoteId,
    items: Vec<Uuid>,
) -> Result<ToRemake, Problem> {
    app.agents.to_remake(user, id, items, app.now()).await.map_err(|error| missing(error, "note"))
}

fn ids(fields: &mut Fields<'_>) -> Vec<Uuid> {
    let list = match fields.value("items") {
        None => return Vec::new(),
        Some(Value::Array(list)) if list.len() <= ITEMS => list,
        Some(_) => {
            return fields
                .wrong("items", format!("must be an array of at most {ITEMS} ids"))
                .unwrap_or_default();
        }
    };
    let read = list.iter().map(|one| one.as_str().and_then(|text| text.parse().ok()));
    match read.collect::<Option<Vec<Uuid>>>() {
        Some(ids) => ids,
        None => fields.wrong("items", "must hold ids (UUIDs)").unwrap_or_default(),
    }
}
