//! `GET /making/{session_id}`: what has happened so far; the page's script follows the stream from there.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use sharper_domain::{ProblemCode, Request, SessionId};
use sharper_pages::kind::conversation;
use sharper_pages::{End, Making, MakingPage};

use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::stream::cancel_stream;
use crate::routes::who::Me;

/// Events of one job: more than any writes.
const EVENTS: u32 = 5_000;

pub(crate) async fn making(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(session): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let session: SessionId = session.parse().map_err(|_| reader.no_such("page"))?;
    let user = me.user().clone();
    let job = reader.had(app.store.job_by_session(session.clone(), Some(user.clone())).await)?;
    let asked = reader.had(app.store.job_asked(user, job.id).await)?;
    let events = reader.had(app.store.events_after(job.id, 0, EVENTS).await)?;
    let numbered = events.iter().map(|event| (event.seq.unsigned_abs(), &*event.body));
    let making = Making::replay(numbered);
    if matches!(making.end, Some(End::Asked(_))) {
        // What is asked is asked where it was said.
        return Ok(Redirect::to(&conversation(&session)).into_response());
    }
    let request: Option<Request> = serde_json::from_value(asked.request).ok();
    let page = MakingPage {
        session_id: session,
        title: asked.note_title.unwrap_or_default(),
        kind: job.kind,
        requested: request.and_then(|request| request.wanted(job.kind)).unwrap_or(0),
        making,
        frame: reader.frame,
    };
    Ok(html(StatusCode::OK, &page))
}

/// `POST /making/{session_id}/cancel`: for a reader without a script.
pub(crate) async fn cancel(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(session): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let session: SessionId = session.parse().map_err(|_| reader.no_such("page"))?;
    match cancel_stream(&app, me.user(), &session).await {
        Err(problem) if problem.code != ProblemCode::Conflict => Err(reader.refuse(problem)),
        // Whether it was cancelled or had ended already, the page tells.
        _ => Ok(Redirect::to(&format!("/making/{session}")).into_response()),
    }
}
