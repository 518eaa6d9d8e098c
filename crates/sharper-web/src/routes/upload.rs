//! `POST /api/upload`: files become notes. `POST /upload`: the same from a page's form.

use axum::Json as JsonBody;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Map, Value, json};
use sharper_agents::RefusedFile;
use sharper_pages::library::Sent;

use crate::App;
use crate::door::problem::{Refusal, respond_with};
use crate::door::upload::{Received, receive};
use crate::pages;
use crate::routes::who::Me;

/// One file: 201 and its note, 200 and the note that is there, or the problem. Several: 200 and the verdict on each.
pub(crate) async fn upload(State(app): State<App>, me: Me, request: Request) -> Result<Response, Refusal> {
    let mut received = receive(&app, &me, request).await?;
    Ok(match (received.pop(), received.is_empty()) {
        (Some(only), true) => one(only),
        (last, _) => {
            received.extend(last);
            several(&received)
        }
    })
}

fn one(received: Received) -> Response {
    match received.became {
        Err(refused) => respond_with(&refused.problem, fault(&refused)),
        Ok(taken) => {
            let status = if taken.known { StatusCode::OK } else { StatusCode::CREATED };
            let place = [(header::LOCATION, format!("/api/notes/{}", taken.note.id))];
            let body = json!({"status": "success", "note": taken.note, "warnings": taken.warnings});
            (status, place, JsonBody(body)).into_response()
        }
    }
}

fn several(received: &[Received]) -> Response {
    let notes: Vec<_> = received.iter().filter_map(|file| Some(&file.became.as_ref().ok()?.note)).collect();
    let files: Vec<Value> = received.iter().map(verdict).collect();
    let refused = files.len() - notes.len();
    let body = json!({"status": "success", "count": notes.len(), "refused": refused, "notes": notes, "files": files});
    JsonBody(body).into_response()
}

/// What became of one file of several.
fn verdict(received: &Received) -> Value {
    match &received.became {
        Ok(taken) => json!({
            "name": received.name,
            "outcome": if taken.known { "known" } else { "read" },
            "note_id": taken.note.id,
            "warnings": taken.warnings,
        }),
        Err(refused) => {
            let problem = &refused.problem;
            let mut verdict = json!({
                "name": received.name,
                "outcome": "refused",
                "code": problem.code,
                "detail": problem.detail,
            });
            verdict.as_object_mut().expect("a JSON object was just made").extend(fault(refused));
            verdict
        }
    }
}

/// Why the file cannot be read, where it is the file's doing.
fn fault(refused: &RefusedFile) -> Map<String, Value> {
    let word = refused.fault.as_ref().map(|fault| ("fault".to_owned(), json!(fault.as_str())));
    word.into_iter().collect()
}

/// The form of a page that works without scripts: on to the note where it was one file, else to the library. What could not
/// be read is told there in the reader's language, file by file.
pub(crate) async fn from_page(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let received = match receive(&app, &me, request).await {
        Ok(received) => received,
        Err(problem) => return pages::problem(&app, &headers, problem),
    };
    if let [Received { became: Ok(taken), .. }] = received.as_slice() {
        return Redirect::to(&format!("/notes/{}", taken.note.id)).into_response();
    }
    if received.iter().all(|file| file.became.is_ok()) {
        return Redirect::to("/library").into_response();
    }
    let status = match received.as_slice() {
        [Received { became: Err(refused), .. }] => refused.problem.code.status(),
        _ => 200,
    };
    let sent = received.into_iter().map(|Received { name, became }| match became {
        Ok(taken) => Sent { name, note: Some(taken.note.id), fault: None, problem: None },
        Err(refused) => Sent { name, note: None, fault: refused.fault, problem: Some(refused.problem.code) },
    });
    let page = pages::library::after_upload(&app, &me, &headers, sent.collect()).await;
    (StatusCode::from_u16(status).unwrap_or(StatusCode::OK), page).into_response()
}
