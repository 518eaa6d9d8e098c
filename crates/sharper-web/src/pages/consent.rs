//! `/waiting` and `/consent`: a child's account waits, and a guardian answers.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use sharper_domain::{Problem, ProblemCode};
use sharper_pages::people::{ConsentPage, ConsentState, WaitingPage};

use super::people::{Place, fault_of};
use super::typed::Typed;
use super::{PageRefusal, frame, html};
use crate::App;
use crate::routes::who::Me;

/// Days that a guardian's link works.
const CONSENT_DAYS: u32 = 30;

/// `GET /waiting`.
pub(crate) async fn waiting_page(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    waits(&app, &me, &headers, None).await
}

/// `POST /waiting`: another letter to the guardian.
pub(crate) async fn ask_again(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let asked = app.people.ask_consent(me.user()).await;
    waits(&app, &me, &headers, Some(asked)).await
}

async fn waits(
    app: &App,
    me: &Me,
    headers: &HeaderMap,
    asked: Option<Result<(), Problem>>,
) -> Result<Response, PageRefusal> {
    if !me.caller().waiting {
        return Ok(Redirect::to("/").into_response());
    }
    let frame = frame(app, Some(me), headers);
    let refuse = |problem| PageRefusal::new(frame.clone(), problem);
    let (sent_again, fault) = match asked {
        None => (false, None),
        Some(Ok(())) => (true, None),
        Some(Err(problem)) => match fault_of(&problem, "") {
            Some(fault) => (false, Some(fault)),
            None => return Err(refuse(problem)),
        },
    };
    let consents = app.people.consents(me.user()).await.map_err(refuse)?;
    let guardian = consents.first().map(|consent| shortened(&consent.given_by));
    let page = WaitingPage { frame: frame.clone(), guardian, days: CONSENT_DAYS, sent_again, fault };
    Ok(html(StatusCode::OK, &page))
}

/// `a…@example.org`: enough to see which address it was.
fn shortened(email: &str) -> String {
    match email.split_once('@') {
        Some((name, domain)) => format!("{}…@{domain}", name.chars().take(1).collect::<String>()),
        None => "…".to_owned(),
    }
}

/// `GET /consent`.
pub(crate) async fn consent_page(
    State(app): State<App>,
    me: Option<Me>,
    headers: HeaderMap,
    Query(place): Query<Place>,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, me.as_ref(), &headers);
    let state = match app.people.consent_asked(&place.token).await {
        Ok(asked) if asked.given => Ok((ConsentState::Given, asked.child)),
        Ok(asked) => Ok((ConsentState::Asked, asked.child)),
        Err(problem) if problem.code == ProblemCode::NotFound => Ok((ConsentState::Unknown, String::new())),
        Err(problem) => Err(PageRefusal::new(frame.clone(), problem)),
    };
    let (state, child) = state?;
    let model = app.agents.model_name();
    Ok(html(StatusCode::OK, &ConsentPage { frame, child, token: place.token, state, model }))
}

/// `POST /consent`: yes lets the account be used; no deletes it with all that is in it.
pub(crate) async fn consent(
    State(app): State<App>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, None, &headers);
    let refuse = |problem| PageRefusal::new(frame.clone(), problem);
    let typed = Typed::of(&app, request).await.map_err(refuse)?;
    let token = typed.line("token").to_owned();
    let answered = async {
        let asked = app.people.consent_asked(&token).await?;
        if typed.line("answer") == "yes" {
            app.people.give_consent(&token).await?;
            return Ok((ConsentState::Given, asked.child));
        }
        let user = app.people.withdraw_consent(&token).await?;
        app.store.erase_user(user.clone(), app.now()).await.map_err(sharper_agents::problem_of)?;
        app.agents.forget(&user);
        Ok::<_, Problem>((ConsentState::Refused, asked.child))
    };
    let (state, child) = match answered.await {
        Ok(answer) => answer,
        Err(Problem { code: ProblemCode::NotFound, .. }) => (ConsentState::Unknown, String::new()),
        Err(problem) => return Err(refuse(problem)),
    };
    let model = app.agents.model_name();
    Ok(html(StatusCode::OK, &ConsentPage { frame: frame.clone(), child, token, state, model }))
}
