//! `GET /study/{set_id}` and its form: studying a set, with or without a script.

use std::time::Duration;

use axum::Form;
use axum::body::Body;
use axum::extract::{FromRequest, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_domain::{Problem, ProblemCode, SetId};
use sharper_pages::{CardView, Grade, Review, StudyPage};
use sharper_store::study::{Grading, ReviewKind, StudyId};

use super::{PageRefusal, Reader, html};
use crate::App;
use crate::door::body;
use crate::routes::who::Me;

/// Largest form with a grade, in bytes.
const GRADE_BYTES: usize = 4096;

/// Where a session stands, in the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Place {
    session: Option<String>,
    card: Option<String>,
    show: Option<String>,
}

pub(crate) async fn study(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let user = me.user();
    let (set, cards) = reader.set(&id).await?;
    let session = match place.session.as_deref().and_then(|text| text.parse().ok()) {
        Some(session) => session,
        None => reader.had(app.store.start_study(user.clone(), set.id, app.now()).await)?,
    };
    let progress = reader.had(app.store.study_progress(user.clone(), session).await)?;
    let reviews = progress
        .reviews
        .iter()
        .map(|review| Review { card_id: review.card.to_string(), grade: review.grade });
    let shown = place.card.as_deref().filter(|_| place.show.is_some());
    let page = StudyPage::new(
        reader.frame,
        (set.id, set.title),
        cards.iter().map(CardView::from).collect(),
        session.to_string(),
        reviews.collect(),
        shown,
    );
    Ok(html(StatusCode::OK, &page))
}

/// The grade that the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Graded {
    session: String,
    card: String,
    grade: String,
}

/// `POST /study/{set_id}/grade`: for a reader without a script.
pub(crate) async fn grade(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let set: SetId = id.parse().map_err(|_| reader.no_such("set"))?;
    let graded = form(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let grade =
        graded.grade.parse().ok().and_then(Grade::from_number).ok_or_else(|| reader.no_such("grade"))?;
    let session: StudyId = graded.session.parse().map_err(|_| reader.no_such("session"))?;
    let card = graded.card.parse().map_err(|_| reader.no_such("card"))?;
    let (id, kind) = (uuid::Uuid::new_v4(), ReviewKind::Card);
    let (study, at) = (Some(session), app.now());
    let review = Grading { id, card, study, grade, at, took_ms: 0, kind, seen: None };
    reader.had(app.agents.grade(me.user(), review).await)?;
    Ok(Redirect::to(&format!("/study/{set}?session={session}")).into_response())
}

async fn form(app: &App, request: Request) -> Result<Graded, Problem> {
    let within = Duration::from_secs(app.settings.deadlines.body_seconds);
    let (head, sent) = request.into_parts();
    let bytes = body::read(sent, GRADE_BYTES, within).await?;
    let whole = Request::from_parts(head, Body::from(bytes));
    let no_form =
        |_| Problem::new(ProblemCode::InvalidRequest, "A grade needs the fields session, card and grade.");
    Form::from_request(whole, app).await.map(|Form(graded)| graded).map_err(no_form)
}
