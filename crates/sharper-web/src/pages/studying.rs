//! `/settings/study`: how one studies, by a form that needs no script.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_agents::study::{Fit, NEEDED_REVIEWS, Study};
use sharper_domain::StudyRules;
use sharper_pages::settings::{StudyNews, StudyingPage};

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::door::fields::Fields;
use crate::routes::study::read_into;
use crate::routes::who::Me;

/// `?news=kept`, `?news=fitted`, `?news=few`
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    news: String,
}

/// `GET /settings/study`.
pub(crate) async fn page(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Query(place): Query<News>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let study = reader.had(app.agents.study_of(me.user()).await)?;
    let news = match place.news.as_str() {
        "kept" => Some(StudyNews::Kept),
        "fitted" => Some(StudyNews::Fitted(study.fitted_reviews)),
        "few" => Some(StudyNews::TooFew),
        _ => None,
    };
    Ok(html(StatusCode::OK, &shown(&reader, study, news, None)))
}

fn shown(reader: &Reader<'_>, study: Study, news: Option<StudyNews>, wrong: Option<String>) -> StudyingPage {
    let needed = u32::try_from(NEEDED_REVIEWS).unwrap_or(u32::MAX);
    let fitted = study.fitted_at.map(|_| study.fitted_reviews);
    StudyingPage { frame: reader.frame.clone(), rules: study.rules, fitted, needed, news, wrong }
}

/// `POST /settings/study`: the same rules as of the API, typed into a form.
pub(crate) async fn choose(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let mut study = reader.had(app.agents.study_of(me.user()).await)?;
    if let Err(wrong) = read(&mut study.rules, &typed) {
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &shown(&reader, study, None, Some(wrong))));
    }
    reader.had(app.store.set_study_rules(me.user().clone(), study.rules, app.now()).await)?;
    Ok(Redirect::to("/settings/study?news=kept").into_response())
}

/// Takes what was typed; answers with the first field that cannot be so.
fn read(rules: &mut StudyRules, typed: &Typed) -> Result<(), String> {
    const NUMBERS: [&str; 5] =
        ["new_per_day", "reviews_per_day", "maximum_interval_days", "leech_lapses", "day_starts"];
    let mut body = serde_json::Map::new();
    let number = |text: &str| text.parse::<u32>().map_or_else(|_| json!(text), |number| json!(number));
    for name in NUMBERS {
        body.insert(name.to_owned(), number(typed.line(name)));
    }
    let share = typed.line("desired_retention");
    let share = share.parse::<f64>().map_or_else(|_| json!(share), |percent| json!(percent / 100.0));
    body.insert("desired_retention".to_owned(), share);
    for name in ["learning_steps", "relearning_steps"] {
        let minutes = typed.line(name).split([' ', ',', ';']).filter(|word| !word.is_empty());
        let seconds = |word: &str| word.parse::<f64>().ok().map(|minutes| (minutes * 60.0).round() as u64);
        let steps: Option<Vec<u64>> = minutes.map(seconds).collect();
        body.insert(name.to_owned(), steps.map_or(json!("not minutes"), |steps| json!(steps)));
    }
    for name in ["bury_siblings", "leech_suspends"] {
        body.insert(name.to_owned(), json!(!typed.line(name).is_empty()));
    }
    let body = Value::Object(body);
    let mut fields = Fields::of(&body);
    read_into(rules, &mut fields);
    fields.done().map_err(|problem| {
        let first = problem.errors.first().map(|error| error.pointer.trim_start_matches('/').to_owned());
        first.unwrap_or_default()
    })
}

/// `POST /settings/study/fit`: fits the memory to the student's own reviews, while it is waited for.
pub(crate) async fn fit(State(app): State<App>, me: Me, headers: HeaderMap) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let news = match reader.had(app.agents.fit(me.user(), app.now()).await)? {
        Fit::Done { .. } => "fitted",
        Fit::TooFew { .. } => "few",
    };
    Ok(Redirect::to(&format!("/settings/study?news={news}")).into_response())
}
