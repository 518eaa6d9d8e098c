//! `POST /notes/{id}/remake`: the button beside a note. Writes its stale items anew and shows them being written.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use sharper_agents::Asked;
use sharper_domain::{Problem, ProblemCode};

use super::{PageRefusal, Reader};
use crate::App;
use crate::routes::notes::note_id;
use crate::routes::passages::to_remake;
use crate::routes::who::Me;

pub(crate) async fn remake(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let user = me.user().clone();
    let id = note_id(&id).map_err(|problem| reader.refuse(problem))?;
    let found = to_remake(&app, &user, id, Vec::new()).await.map_err(|problem| reader.refuse(problem))?;
    let Some(request) = found.request else {
        let detail = if found.stays.is_empty() {
            "Everything that was made from this note stands in it: there is nothing to write anew."
        } else {
            "The passages of these items were deleted: keep the items, or delete them."
        };
        return Err(reader.refuse(Problem::new(ProblemCode::NothingToMake, detail)));
    };
    let asked = Asked { request, user_id: user, title: None, idempotency_key: None };
    let accepted = app.intake.accept(asked).await.map_err(|problem| reader.refuse(problem))?;
    Ok(Redirect::to(&format!("/making/{}", accepted.session_id)).into_response())
}
