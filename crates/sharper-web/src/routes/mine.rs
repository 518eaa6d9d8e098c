//! `/api/me`: all that is mine, to take along, and its end.

use axum::Json as JsonBody;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use sharper_domain::{FieldError, Problem};
use sharper_people::Via;

use super::auth::{WORD_CHARS, in_person, secret};
use crate::App;
use crate::door::body::Json;
use crate::door::cookie;
use crate::door::fields::Fields;
use crate::door::problem::Refusal;
use crate::routes::who::{Me, UserQuery};

/// What who has no password types instead.
const WORD: &str = "erase";

/// `GET /api/me/export`: one JSON document with every row of mine, sent while it is read.
pub(crate) async fn export(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<Response, Refusal> {
    in_person(&me)?;
    let export = app.store.export_user(query.user(&me)?, app.now());
    let pieces = stream::try_unfold(export, |mut export| async move {
        // The connection is cut where the store fails, so that nobody takes half for the whole.
        let piece =
            export.next().await.inspect_err(|error| tracing::error!(%error, "an export was cut short"))?;
        Ok::<_, sharper_store::StoreError>(piece.map(|piece| (Bytes::from(piece), export)))
    });
    let mut answer = Body::from_stream(pieces).into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let named = HeaderValue::from_static("attachment; filename=\"study-sharper-export.json\"");
    headers.insert(header::CONTENT_DISPOSITION, named);
    Ok(answer)
}

/// `DELETE /api/me`: everything of mine is erased at once, and cannot be brought back. Who has a password shows it; who
/// has none here types a word.
pub(crate) async fn erase(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<Response, Refusal> {
    in_person(&me)?;
    let user = query.user(&me)?;
    let mut fields = Fields::of(&body);
    match me.caller().via {
        Via::Session(_) => {
            let password = secret(&mut fields, "password");
            fields.done()?;
            app.people.prove(me.caller(), password.expose()).await?;
        }
        _ => {
            let typed = fields.required_line("confirm", 80).unwrap_or_default();
            // It is not asked for here, but one that could be none is named all the same.
            fields.line("password", WORD_CHARS);
            fields.done()?;
            if typed != WORD {
                let detail = format!("must be the word {WORD}: what is erased cannot be brought back");
                return Err(Problem::invalid(vec![FieldError::new("/confirm", detail)]).into());
            }
        }
    }
    let erased = app.store.erase_user(user.clone(), app.now()).await?;
    app.agents.forget(&user);
    tracing::info!(rows = erased.rows, stopped = erased.stopped.len(), "a user was erased");
    let cookie = [(header::SET_COOKIE, cookie::take(app.people.settings().is_secure()))];
    let message = "Everything of yours is erased.";
    Ok((cookie, JsonBody(json!({"status": "success", "message": message}))).into_response())
}
