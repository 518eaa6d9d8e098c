//! `GET /`: the page Today for a browser, three words of JSON for a client.

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use sharper_domain::Problem;
use sharper_pages::{Amount, MakeForm, Recent, Sample, TodayPage};

use super::{PageRefusal, Reader, html, wants_html};
use crate::App;

/// Sets that the page offers to continue.
const RECENT: u32 = 6;

pub(crate) async fn home(State(app): State<App>, headers: HeaderMap) -> Response {
    if wants_html(&headers) {
        return today(&Reader::of(&app, &headers), MakeForm::default(), None).await.into_response();
    }
    let body = json!({
        "message": "Study Sharper: notes in, checked flashcards out",
        "version": env!("CARGO_PKG_VERSION"),
        "status": "running",
    });
    ([(header::VARY, HeaderValue::from_static("accept"))], JsonBody(body)).into_response()
}

/// The page, with a form to mend where there is a problem.
pub(super) async fn today(
    reader: &Reader<'_>,
    form: MakeForm,
    problem: Option<Problem>,
) -> Result<Response, PageRefusal> {
    let app = reader.app;
    let sets = reader.had(app.store.recent_sets(app.settings.local_user.clone(), RECENT).await)?;
    let recent = sets.into_iter().map(|set| Recent {
        kind: sharper_domain::TaskKind::FlashcardGeneration,
        href: format!("/study/{}", set.id),
        title: set.title,
        amount: Amount::Cards { cards: set.cards, studied: set.studied },
        when: set.touched_at,
    });
    let samples = app.samples.iter().map(|sample| Sample {
        id: sample.id.to_owned(),
        title: sample.title.to_owned(),
        attribution: sample.attribution.to_owned(),
    });
    let status = problem.as_ref().and_then(|problem| StatusCode::from_u16(problem.code.status()).ok());
    let page = TodayPage {
        frame: reader.frame.clone(),
        form,
        problem,
        samples: samples.collect(),
        recent: recent.collect(),
    };
    Ok(html(status.unwrap_or(StatusCode::OK), &page))
}
