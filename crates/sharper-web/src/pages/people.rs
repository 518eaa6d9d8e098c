//! `/sign-in`, `/register`, `/reset`, `/sign-out`: the forms of people. What was typed comes back with what is wrong with
//! it, but never a password.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_domain::{Problem, ProblemCode};
use sharper_pages::people::{
    ForgottenPage, FormFault, NewPasswordPage, OperatorPage, RegisterForm, RegisterPage, SignInNews,
    SignInPage, SignedOutPage,
};
use sharper_people::{NewAccount, Registration, SignInForm, SignedIn};

use super::typed::{Typed, own_path};
use super::{PageRefusal, frame, html};
use crate::App;
use crate::door::address::ClientAddress;
use crate::door::cookie;
use crate::routes::auth::device;
use crate::routes::who::Me;

/// Minutes that a link to a new password works.
const RESET_MINUTES: u32 = 15;
/// The longest password that is taken, in characters.
const PASSWORD_MOST: u32 = 200;

/// What stands in the address of these pages.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Place {
    #[serde(default)]
    next: String,
    #[serde(default)]
    news: String,
    #[serde(default)]
    pub(super) token: String,
}

/// What is wrong with a form, where it can be said in it; else the page of the problem.
pub(super) fn fault_of(problem: &Problem, password: &str) -> Option<FormFault> {
    let wait = problem.retry_after.map_or(60, |wait| wait.as_secs());
    match problem.code {
        ProblemCode::RateLimited => Some(FormFault::TooMany(wait)),
        ProblemCode::InvalidRequest => {
            let error = problem.errors.first()?;
            let length = password.chars().count();
            match error.pointer.as_str() {
                "/email" => Some(FormFault::Address),
                "/name" => Some(FormFault::TokenName),
                "/guardian_email" if error.detail.contains("another") => Some(FormFault::GuardianSame),
                "/guardian_email" => Some(FormFault::GuardianMissing),
                "/password" | "/new_password" if length < sharper_pages::people::PASSWORD_LEAST as usize => {
                    Some(FormFault::PasswordShort(sharper_pages::people::PASSWORD_LEAST))
                }
                "/password" | "/new_password" if length > PASSWORD_MOST as usize => {
                    Some(FormFault::PasswordLong(PASSWORD_MOST))
                }
                "/password" | "/new_password" => Some(FormFault::PasswordCommon),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The status of a form that could not be taken.
pub(super) fn status(problem: &Problem) -> StatusCode {
    StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::BAD_REQUEST)
}

impl App {
    /// Whether nobody has an account yet, and whether somebody new may have one.
    async fn registration(&self) -> Result<(bool, bool), Problem> {
        let first = self.store.count_accounts().await.map_err(sharper_agents::problem_of)? == 0;
        Ok((first, first || self.people.settings().registration == Registration::Open))
    }

    /// On to a page with the new session.
    pub(super) fn with_session(&self, signed_in: &SignedIn, next: &str) -> Response {
        let settings = self.people.settings();
        let line = cookie::give(signed_in.token.expose(), settings.session_days, settings.is_secure());
        ([(header::SET_COOKIE, line)], Redirect::to(next)).into_response()
    }

    /// On to a page without a session.
    pub(super) fn without_session(&self, next: &str) -> Response {
        let line = cookie::take(self.people.settings().is_secure());
        ([(header::SET_COOKIE, line)], Redirect::to(next)).into_response()
    }
}

/// `GET /sign-in`.
pub(crate) async fn sign_in_page(
    State(app): State<App>,
    me: Option<Me>,
    headers: HeaderMap,
    Query(place): Query<Place>,
) -> Result<Response, PageRefusal> {
    let next = own_path(&place.next);
    if me.as_ref().is_some_and(|me| me.session_token().is_some() && !me.caller().is_without_account()) {
        return Ok(Redirect::to(&next).into_response());
    }
    let frame = frame(&app, me.as_ref(), &headers);
    let (_, open) = app.registration().await.map_err(|problem| PageRefusal::new(frame.clone(), problem))?;
    let news = SignInNews::from_word(&place.news);
    let page = SignInPage { frame, email: String::new(), next, open, fault: None, news };
    Ok(html(StatusCode::OK, &page))
}

/// `POST /sign-in`.
pub(crate) async fn sign_in(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, None, &headers);
    let refuse = |problem| PageRefusal::new(frame.clone(), problem);
    let typed = Typed::of(&app, request).await.map_err(refuse)?;
    let (device, address, password) = (device(&headers), address.key(), typed.secret("password"));
    let form = SignInForm {
        email: typed.line("email"),
        password: password.expose(),
        device: &device,
        address: &address,
    };
    let problem = match app.people.sign_in(form).await {
        Ok(signed_in) if signed_in.caller.waiting => return Ok(app.with_session(&signed_in, "/waiting")),
        Ok(signed_in) => return Ok(app.with_session(&signed_in, &typed.next())),
        Err(problem) => problem,
    };
    let fault = match problem.code {
        ProblemCode::Unauthorized => Some(FormFault::SignIn),
        _ => fault_of(&problem, ""),
    };
    let Some(fault) = fault else { return Err(refuse(problem)) };
    let (_, open) = app.registration().await.map_err(refuse)?;
    let (email, next) = (typed.line("email").to_owned(), typed.next());
    let page = SignInPage { frame: frame.clone(), email, next, open, fault: Some(fault), news: None };
    Ok(html(status(&problem), &page))
}

/// `GET /admin/sign-in`.
pub(crate) async fn operator_page(
    State(app): State<App>,
    me: Option<Me>,
    headers: HeaderMap,
    Query(place): Query<Place>,
) -> Response {
    let frame = frame(&app, me.as_ref(), &headers);
    html(StatusCode::OK, &OperatorPage { frame, next: own_path(&place.next), fault: None })
}

/// `POST /admin/sign-in`.
pub(crate) async fn operator_sign_in(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, None, &headers);
    let refuse = |problem| PageRefusal::new(frame.clone(), problem);
    let typed = Typed::of(&app, request).await.map_err(refuse)?;
    let next = match typed.next().as_str() {
        "/" => "/admin".to_owned(),
        other => other.to_owned(),
    };
    let (token, device) = (typed.secret("token"), device(&headers));
    let problem = match app.people.operator_sign_in(token.expose(), &device, &address.key()).await {
        Ok(signed_in) => return Ok(app.with_session(&signed_in, &next)),
        Err(problem) => problem,
    };
    let fault = match problem.code {
        ProblemCode::Unauthorized => Some(FormFault::AdminToken),
        _ => fault_of(&problem, ""),
    };
    let Some(fault) = fault else { return Err(refuse(problem)) };
    let page = OperatorPage { frame: frame.clone(), next, fault: Some(fault) };
    Ok(html(status(&problem), &page))
}

/// `POST /sign-out`.
pub(crate) async fn sign_out(
    State(app): State<App>,
    me: Option<Me>,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    if let Some(token) = me.as_ref().and_then(Me::session_token) {
        let ended = app.people.sign_out(token).await;
        ended.map_err(|problem| PageRefusal::new(frame(&app, me.as_ref(), &headers), problem))?;
    }
    Ok(app.without_session("/signed-out"))
}

/// `GET /signed-out`.
pub(crate) async fn signed_out(State(app): State<App>, me: Option<Me>, headers: HeaderMap) -> Response {
    html(StatusCode::OK, &SignedOutPage { frame: frame(&app, me.as_ref(), &headers) })
}

/// `GET /register`.
pub(crate) async fn register_page(
    State(app): State<App>,
    me: Option<Me>,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, me.as_ref(), &headers);
    let (first, open) =
        app.registration().await.map_err(|problem| PageRefusal::new(frame.clone(), problem))?;
    let page = RegisterPage { frame, form: RegisterForm::default(), first, open, fault: None };
    Ok(html(StatusCode::OK, &page))
}

/// `POST /register`.
pub(crate) async fn register(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, None, &headers);
    let refuse = |problem| PageRefusal::new(frame.clone(), problem);
    let typed = Typed::of(&app, request).await.map_err(refuse)?;
    let form = RegisterForm {
        email: typed.line("email").to_owned(),
        under_13: typed.is_on("under_13"),
        guardian_email: typed.line("guardian_email").to_owned(),
    };
    let password = typed.secret("new_password");
    let new = NewAccount {
        email: form.email.clone(),
        password: password.clone(),
        under_13: form.under_13,
        guardian_email: Some(form.guardian_email.clone()),
        device: device(&headers),
        address: address.key(),
    };
    let problem = match app.people.register(new).await {
        Ok(signed_in) if signed_in.caller.waiting => return Ok(app.with_session(&signed_in, "/waiting")),
        Ok(signed_in) => return Ok(app.with_session(&signed_in, "/")),
        Err(problem) => problem,
    };
    let (first, open) = app.registration().await.map_err(refuse)?;
    let fault = match problem.code {
        ProblemCode::Conflict => Some(FormFault::AddressTaken),
        ProblemCode::Forbidden if open && form.under_13 => Some(FormFault::NoChildren),
        ProblemCode::Forbidden => Some(FormFault::Closed),
        _ => fault_of(&problem, password.expose()),
    };
    let Some(fault) = fault else { return Err(refuse(problem)) };
    let page = RegisterPage { frame: frame.clone(), form, first, open, fault: Some(fault) };
    Ok(html(status(&problem), &page))
}

/// `GET /reset`: for an address; with the link of a letter, for the new password.
pub(crate) async fn reset_page(
    State(app): State<App>,
    me: Option<Me>,
    headers: HeaderMap,
    Query(place): Query<Place>,
) -> Response {
    let frame = frame(&app, me.as_ref(), &headers);
    if place.token.is_empty() {
        let (email, minutes) = (String::new(), RESET_MINUTES);
        return html(StatusCode::OK, &ForgottenPage { frame, email, sent: false, minutes, fault: None });
    }
    html(StatusCode::OK, &NewPasswordPage { frame, token: place.token, fault: None })
}

/// `POST /reset`: the same answer for every address.
pub(crate) async fn ask_reset(
    State(app): State<App>,
    address: ClientAddress,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, None, &headers);
    let refuse = |problem| PageRefusal::new(frame.clone(), problem);
    let typed = Typed::of(&app, request).await.map_err(refuse)?;
    let email = typed.line("email").to_owned();
    let page = |sent, fault| {
        let (frame, email) = (frame.clone(), email.clone());
        ForgottenPage { frame, email, sent, minutes: RESET_MINUTES, fault }
    };
    match app.people.ask_reset(&email, &address.key()).await {
        Ok(()) => Ok(html(StatusCode::OK, &page(true, None))),
        Err(problem) => match fault_of(&problem, "") {
            Some(fault) => Ok(html(status(&problem), &page(false, Some(fault)))),
            None => Err(refuse(problem)),
        },
    }
}

/// `POST /reset/confirm`.
pub(crate) async fn reset(
    State(app): State<App>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let frame = frame(&app, None, &headers);
    let refuse = |problem| PageRefusal::new(frame.clone(), problem);
    let typed = Typed::of(&app, request).await.map_err(refuse)?;
    let (token, password) = (typed.line("token").to_owned(), typed.secret("new_password"));
    let problem = match app.people.reset(&token, password.expose()).await {
        Ok(()) => {
            let news = SignInNews::PasswordChanged.word();
            return Ok(Redirect::to(&format!("/sign-in?news={news}")).into_response());
        }
        Err(problem) => problem,
    };
    let fault = match problem.code {
        ProblemCode::NotFound => Some(FormFault::Link),
        _ => fault_of(&problem, password.expose()),
    };
    let Some(fault) = fault else { return Err(refuse(problem)) };
    Ok(html(status(&problem), &NewPasswordPage { frame: frame.clone(), token, fault: Some(fault) }))
}
