//! `/settings/making`: how things are made for the student, by a form that needs no script.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_domain::Preferences;
use sharper_domain::preference::{DAILY_CARDS_MAX, is_time_zone};
use sharper_domain::request::COUNT_MAX;
use sharper_pages::settings::MakingPage;

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

/// `?news=kept`
#[derive(Debug, Default, Deserialize)]
pub(crate) struct News {
    #[serde(default)]
    news: String,
}

/// `GET /settings/making`.
pub(crate) async fn making(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Query(place): Query<News>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let profile = reader.had(app.agents.profile_of(me.user()).await)?;
    let page = page(&reader, profile.chosen.clone(), &profile, place.news == "kept", None);
    Ok(html(StatusCode::OK, &page))
}

fn page(
    reader: &Reader<'_>,
    chosen: Preferences,
    profile: &sharper_agents::Profile,
    kept: bool,
    wrong: Option<&'static str>,
) -> MakingPage {
    let learned = profile.learned.difficulty.as_ref();
    let learned = learned.map(|learned| (learned.value, learned.observations));
    MakingPage { frame: reader.frame.clone(), chosen, learned, kept, wrong }
}

/// `POST /settings/making`. What the form does not show (types of questions, the shape of a summary) stays.
pub(crate) async fn choose(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let user = me.user().clone();
    let mut chosen = reader.had(app.store.preferences(user.clone()).await)?;
    let wrong = read_into(&mut chosen, &typed);
    if wrong.is_some() {
        let profile = reader.had(app.agents.profile_of(&user).await)?;
        let page = page(&reader, chosen, &profile, false, wrong);
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &page));
    }
    reader.had(app.store.set_preferences(user, chosen, app.now()).await)?;
    Ok(Redirect::to("/settings/making?news=kept").into_response())
}

/// Takes what was typed; answers with the field that cannot be so. An empty one is left to what is learned.
fn read_into(chosen: &mut Preferences, typed: &Typed) -> Option<&'static str> {
    let mut wrong = None;
    let mut number = |name: &'static str, most: u32| match typed.line(name) {
        "" => None,
        text => {
            let number = text.parse().ok().filter(|number| (1..=most).contains(number));
            if number.is_none() {
                wrong = wrong.or(Some(name));
            }
            number
        }
    };
    chosen.count = number("count", COUNT_MAX);
    chosen.daily_cards = number("daily_cards", DAILY_CARDS_MAX);
    // What a list does not offer is the same as nothing chosen.
    chosen.difficulty = typed.line("difficulty").parse().ok();
    chosen.detail = typed.line("detail").parse().ok();
    chosen.summary_length = typed.line("summary_length").parse().ok();
    chosen.language = typed.line("language").parse().ok();
    let zone = Some(typed.line("time_zone")).filter(|zone| !zone.is_empty());
    if zone.is_some_and(|zone| !is_time_zone(zone)) {
        wrong = wrong.or(Some("time_zone"));
    }
    chosen.time_zone = zone.map(str::to_owned);
    wrong
}
