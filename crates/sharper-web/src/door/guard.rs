//! The guard before each route: who is asking, and may they.
//!
//! What it finds out it hands on as `Me`; no handler looks at a cookie or a token. Where it cannot be told who is
//! asking, nobody is let in.

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;
use sharper_domain::{Problem, ProblemCode, Secret, SessionId};
use sharper_people::{Caller, Credential, Role, Via};
use sharper_store::admin_log::AdminAct;

use super::cookie;
use super::problem::respond;
use super::table::{Access, Route};
use crate::App;
use crate::door::{cross_site, request_id};
use crate::pages;
use crate::routes::who::{Me, Proof};

/// Characters of a token's SHA-256 by which the log tells one from another.
const HINT: usize = 8;

/// What a machine reads, though its address is no API's.
const FIGURES: &str = "/metrics";

/// What the guard of one route knows.
#[derive(Clone)]
pub(crate) struct Guard {
    app: App,
    route: Route,
}

impl Guard {
    pub(crate) fn new(app: &App, route: Route) -> Self {
        Self { app: app.clone(), route }
    }
}

/// Lets the request in with its `Me`, or answers why not.
pub(crate) async fn layer(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    let Guard { app, route } = &guard;
    let (headers, uri) = (request.headers(), request.uri());
    let me = match whoever(app, route, headers, uri).await {
        Ok(me) => me,
        Err(problem) => return refuse(app, headers, uri, problem),
    };
    // A cookie travels by itself, so whoever is known by one must come from our own pages to change anything.
    let by_cookie = me.as_ref().is_some_and(|me| me.session_token().is_some());
    if by_cookie && !request.method().is_safe() && !cross_site::from_our_pages(headers) {
        let detail = "This did not come from a page of ours. Open Study Sharper itself and try there.";
        return refuse(app, headers, uri, Problem::new(ProblemCode::Forbidden, detail));
    }
    if let Some(refused) = turned_away(app, route, me.as_ref().map(Me::caller), headers, uri) {
        return refused;
    }
    let Some(me) = me else { return next.run(request).await };
    request.extensions_mut().insert(me.clone());
    let place = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    if let Some(token) = me.session_token().filter(|_| me.caller().prolonged && route.method == Method::GET) {
        // The browser keeps the session as long as we do. What sets a cookie itself knows better.
        let settings = app.people.settings();
        let line = cookie::give(token, settings.session_days, settings.is_secure());
        response.headers_mut().entry(header::SET_COOKIE).or_insert(line);
    }
    if route.access == Access::Admin && (route.path.contains('{') || route.method != Method::GET) {
        put_on_record(app, route, &me, &place, response.status()).await;
    }
    response
}

/// Keeps what was done with an administrator's rights, or looked at of a single user: figures over all are no secret of
/// anybody's.
async fn put_on_record(app: &App, route: &Route, me: &Me, place: &str, status: StatusCode) {
    let about = route.path.find('{').and_then(|at| place.get(at..)).map(str::to_owned);
    let act = AdminAct {
        actor: me.actor(),
        action: format!("{} {}", route.method, route.path),
        about,
        request_id: request_id::current().unwrap_or_default(),
        status: status.as_u16(),
        at: app.now(),
    };
    if let Err(error) = app.store.log_admin_act(act).await {
        tracing::error!(%error, "an act of an administrator is not on record");
    }
}

/// Whoever is asking, if they can show it. A credential that is no longer good counts as none.
async fn whoever(app: &App, route: &Route, headers: &HeaderMap, uri: &Uri) -> Result<Option<Me>, Problem> {
    if route.access == Access::Anybody {
        return Ok(None);
    }
    let people = &app.people;
    if route.access == Access::Admin
        && let Some(token) = admin_tokens(headers, uri).find(|token| people.is_admin_token(token))
    {
        let hint = sharper_store::fingerprint(&token).chars().take(HINT).collect();
        return Ok(Some(Me::new(Caller::operator(Via::AdminToken), Proof::AdminToken(hint))));
    }
    let reads_figures = |token| app.figures.as_ref().is_some_and(|figures| figures.is_token(token));
    if route.path == FIGURES && bearer(headers).is_some_and(reads_figures) {
        return Ok(Some(Me::new(Caller::operator(Via::AdminToken), Proof::None)));
    }
    if let Some(token) = bearer(headers)
        && let Some(caller) = people.who(Credential::Bearer(token)).await?
    {
        return Ok(Some(Me::new(caller, Proof::Bearer(Secret::new(token)))));
    }
    if route.access == Access::Stream
        && let (Some(ticket), Some(session)) = (query_value(uri, "ticket"), last_segment(uri))
        && let Some(user) = people.ticket_holder(&ticket, &session)
        && people.may_use(&user).await?
    {
        return Ok(Some(Me::new(Caller::student(user, Via::Ticket), Proof::Ticket)));
    }
    if let Some(token) = cookie::session(headers, people.settings().is_secure())
        && let Some(caller) = people.who(Credential::Session(token)).await?
    {
        return Ok(Some(Me::new(caller, Proof::Session(Secret::new(token)))));
    }
    let open = people.settings().stands_open(app.settings.is_production());
    let local = || Caller::student(app.settings.local_user.clone(), Via::Local);
    Ok(open.then(|| Me::new(local(), Proof::None)))
}

/// What this caller is answered if the route does not take them.
fn turned_away(
    app: &App,
    route: &Route,
    caller: Option<&Caller>,
    headers: &HeaderMap,
    uri: &Uri,
) -> Option<Response> {
    let is_page = !route.path.starts_with("/api/") && route.path != FIGURES;
    match (route.access, caller) {
        (Access::Anybody | Access::Open, _) => None,
        (Access::SignedIn, Some(caller)) if !caller.is_without_account() => None,
        (Access::User | Access::Stream, Some(caller)) if !caller.is_without_account() => {
            caller.waiting.then(|| waits(app, headers, uri, is_page))
        }
        (Access::Admin, Some(caller)) if is_operator(app, caller, is_page || route.path == FIGURES) => None,
        (Access::Admin, _) if !is_page => Some(not_an_admin()),
        (Access::Admin, Some(caller)) if caller.via != Via::Local => {
            let problem = Problem::new(ProblemCode::Forbidden, "Only administrators may see this.");
            Some(refuse(app, headers, uri, problem))
        }
        _ if is_page && pages::wants_html(headers) && route.method == Method::GET => {
            let here = uri.path_and_query().map_or("/", |place| place.as_str());
            let place = format!("/sign-in?next={}", urlencode(here));
            Some(Redirect::to(&place).into_response())
        }
        _ => {
            let problem =
                Problem::new(ProblemCode::Unauthorized, "Sign in first, or send a token that is good.");
            Some(refuse(app, headers, uri, problem))
        }
    }
}

/// What a child is answered whose guardian has not consented yet.
fn waits(app: &App, headers: &HeaderMap, uri: &Uri, is_page: bool) -> Response {
    if is_page && pages::wants_html(headers) {
        return Redirect::to("/waiting").into_response();
    }
    let detail = "Your guardian has to say yes first. We have sent them a letter.";
    refuse(app, headers, uri, Problem::new(ProblemCode::Forbidden, detail))
}

/// Whoever has an administrator's rights. Where nobody signs in, the person at this machine has them on its pages.
fn is_operator(app: &App, caller: &Caller, is_page: bool) -> bool {
    match caller.via {
        Via::Local => is_page && app.settings.listens_on_this_machine_only(),
        Via::AdminToken => true,
        _ => caller.role == Role::Admin,
    }
}

/// The wire's answer to whoever is no administrator.
fn not_an_admin() -> Response {
    (StatusCode::FORBIDDEN, axum::Json(json!({"error": "Unauthorized", "status": 403}))).into_response()
}

fn refuse(app: &App, headers: &HeaderMap, uri: &Uri, problem: Problem) -> Response {
    let needs_sign_in = problem.code == ProblemCode::Unauthorized;
    let mut response = if uri.path().starts_with("/api/") {
        respond(&problem)
    } else {
        pages::problem(app, headers, problem)
    };
    if needs_sign_in {
        // RFC 6750, 3.
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// The places where the wire's admin token may stand.
fn admin_tokens(headers: &HeaderMap, uri: &Uri) -> impl Iterator<Item = String> {
    let own = headers.get("x-admin-token").and_then(|value| value.to_str().ok());
    let of_headers = bearer(headers).into_iter().chain(own).map(str::to_owned);
    of_headers.chain(query_value(uri, "admin_token"))
}

/// `Authorization: Bearer …` (RFC 6750, 2.1; the scheme is case-insensitive).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A value of the query, decoded: an operator's token may hold anything.
fn query_value(uri: &Uri, name: &str) -> Option<String> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?;
    pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

fn last_segment(uri: &Uri) -> Option<SessionId> {
    uri.path().rsplit('/').next()?.parse().ok()
}

/// As a value of a query.
fn urlencode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes().fold(String::new(), |mut out, byte| {
        if plain(byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}
