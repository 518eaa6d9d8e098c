//! A way in and out: `POST /api/flashcards/import` and `/import` take decks, the routes `…/export` give sets, quizzes, exams and
//! plans as files.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_agents::exchange::Parcel;
use sharper_domain::{FieldError, MaterialId, Paper, Problem, UserId};

use crate::App;
use crate::door::problem::{Refusal, not_found, respond_with};
use crate::door::upload::receive_deck;
use crate::pages;
use crate::routes::sets::set_id;
use crate::routes::who::Me;

/// What stands in a header parameter as it is (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// In which form something is to go out, and whose it is.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    format: Option<String>,
    user_id: Option<String>,
}

impl Wanted {
    fn user(&self, me: &Me) -> Result<UserId, Problem> {
        me.acting_for(self.user_id.as_deref(), "/user_id")
    }

    fn form<Form: std::str::FromStr<Err = Problem>>(&self) -> Result<Form, Problem> {
        let missing = || Problem::invalid(vec![FieldError::new("/format", "is required")]);
        self.format.as_deref().ok_or_else(missing)?.parse()
    }
}

/// `POST /api/flashcards/import`: a form with a part `file`. 200 and what became of each deck in it.
pub(crate) async fn import(State(app): State<App>, me: Me, request: Request) -> Response {
    match receive_deck(&app, &me, request).await {
        Ok(decks) => {
            let told = |deck: &sharper_agents::exchange::ImportedDeck| {
                json!({"set_id": deck.done.set, "title": deck.title, "added": deck.done.added,
                    "updated": deck.done.updated, "media": deck.done.media, "warnings": deck.warnings})
            };
            let sets: Vec<Value> = decks.iter().map(told).collect();
            JsonBody(json!({"status": "success", "count": sets.len(), "sets": sets})).into_response()
        }
        Err(refused) => {
            let word = refused.fault.as_ref().map(|fault| ("fault".to_owned(), json!(fault.as_str())));
            respond_with(&refused.problem, word.into_iter().collect())
        }
    }
}

/// `POST /import`: the same from a page, on to the set where it was one, else to all of them.
pub(crate) async fn import_from_page(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Response {
    match receive_deck(&app, &me, request).await {
        Ok(decks) => match decks.as_slice() {
            [one] => Redirect::to(&format!("/sets/{}", one.done.set)).into_response(),
            _ => Redirect::to("/sets").into_response(),
        },
        Err(refused) => pages::problem(&app, &headers, refused.problem),
    }
}

/// `GET /api/flashcards/sets/{id}/export?format=apkg|csv|tsv|md|json`.
pub(crate) async fn set(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let (user, id, form) = (wanted.user(&me)?, set_id(&id)?, wanted.form()?);
    Ok(handed_over(app.agents.parcel_of_set(&user, id, form).await?))
}

/// `GET /api/quizzes/{id}/export?format=gift|moodle|qti`.
pub(crate) async fn quiz(
    state: State<App>,
    me: Me,
    id: Path<String>,
    wanted: Query<Wanted>,
) -> Result<Response, Refusal> {
    paper(&state, &me, Paper::Quiz, &id, &wanted).await
}

/// `GET /api/exams/{id}/export?format=gift|moodle|qti`.
pub(crate) async fn exam(
    state: State<App>,
    me: Me,
    id: Path<String>,
    wanted: Query<Wanted>,
) -> Result<Response, Refusal> {
    paper(&state, &me, Paper::Exam, &id, &wanted).await
}

async fn paper(app: &App, me: &Me, kind: Paper, id: &str, wanted: &Wanted) -> Result<Response, Refusal> {
    let user = wanted.user(me)?;
    let id: MaterialId = id.parse().map_err(|_| not_found(kind.as_str()))?;
    Ok(handed_over(app.agents.parcel_of_paper(&user, kind, id, wanted.form()?).await?))
}

/// `GET /api/plans/{id}/calendar`: the days as iCalendar.
pub(crate) async fn plan(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Refusal> {
    let user = wanted.user(&me)?;
    let id: MaterialId = id.parse().map_err(|_| not_found("plan"))?;
    Ok(handed_over(app.agents.parcel_of_plan(&user, id).await?))
}

/// A file to be saved, whatever a browser thinks of its type.
fn handed_over(parcel: Parcel) -> Response {
    let ascii: String = parcel.name.chars().map(|sign| if sign.is_ascii() { sign } else { '_' }).collect();
    let name = utf8_percent_encode(&parcel.name, PLAIN);
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{name}");
    let mut answer = parcel.bytes.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(parcel.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(disposition) = HeaderValue::try_from(disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    answer
}
