//! The pages: each handler fills a view of `sharper_pages` and renders it.

pub(crate) mod admin;
pub(crate) mod assets;
pub(crate) mod attempts;
pub(crate) mod consent;
pub(crate) mod editor;
pub(crate) mod library;
mod make;
mod making;
mod materials;
pub(crate) mod note;
pub(crate) mod people;
pub(crate) mod preferences;
mod progress;
mod remake;
mod set;
pub(crate) mod settings;
mod study;
pub(crate) mod studying;
mod today;
mod tutor;
mod typed;

pub(crate) use make::make;
pub(crate) use making::{cancel, making};
pub(crate) use materials::{analysis, exam, exam_print, plan, quiz, quiz_print, summary, tick_day};
pub(crate) use progress::progress;
pub(crate) use remake::remake;
pub(crate) use set::{add_card, change as change_set, set, sets};
pub(crate) use study::{card, grade, study, study_all, undo};
pub(crate) use today::home;
pub(crate) use tutor::{ask, delete_talk, end_talk, rename_talk, talk, tutor};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sharper_domain::Problem;
use sharper_pages::{AuthorInUse, Frame, Locale, ProblemPage, Template, Visitor};
use sharper_people::{Role, Via};
use sharper_store::StoreError;

use crate::App;
use crate::door::cookie;
use crate::door::problem::{not_found, respond};
use crate::routes::who::Me;

/// One request for a page: the state, who reads it, and in which language.
struct Reader<'a> {
    app: &'a App,
    me: &'a Me,
    frame: Frame,
}

impl<'a> Reader<'a> {
    fn of(app: &'a App, me: &'a Me, headers: &HeaderMap) -> Self {
        Self { app, me, frame: frame(app, Some(me), headers) }
    }

    fn refuse(&self, problem: Problem) -> PageRefusal {
        PageRefusal::new(self.frame.clone(), problem)
    }

    fn no_such(&self, what: &str) -> PageRefusal {
        self.refuse(not_found(what))
    }

    /// What the store answers, or the page that says why it cannot.
    fn had<T>(&self, answer: Result<T, StoreError>) -> Result<T, PageRefusal> {
        answer.map_err(|error| self.refuse(sharper_agents::problem_of(error)))
    }
}

/// What a page has around it for whoever sent these headers.
fn frame(app: &App, me: Option<&Me>, headers: &HeaderMap) -> Frame {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let chosen = cookie::language(headers).and_then(Locale::from_tag);
    Frame {
        locale: chosen.unwrap_or_else(|| Locale::negotiate(wanted.unwrap_or_default())),
        now: app.now(),
        author: app.agents.model_name().map_or(AuthorInUse::Offline, AuthorInUse::Model),
        visitor: visitor(app, me),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// Who is looking, as the page's header says it.
fn visitor(app: &App, me: Option<&Me>) -> Visitor {
    let Some(caller) = me.map(Me::caller) else {
        let open = app.people.settings().stands_open(app.settings.is_production());
        return if open { Visitor::Local } else { Visitor::Nobody };
    };
    match caller.via {
        Via::Local => Visitor::Local,
        _ if caller.is_without_account() => Visitor::Operator,
        _ => {
            let email = caller.name.clone().unwrap_or_else(|| caller.user.to_string());
            Visitor::Account { email, admin: caller.role == Role::Admin }
        }
    }
}

/// What a page may load and do: what comes from here, and nothing that is written into it. Text of a model or a
/// student that got past the escaping could still run nothing.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page, as a response.
fn html(status: StatusCode, page: &impl Template) -> Response {
    let Ok(html) = page.render().inspect_err(|error| tracing::error!(%error, "a page could not be rendered"))
    else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::VARY, "accept, accept-language, cookie"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let mut response = (status, html).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A refusal on its way to a reader of pages.
pub(crate) struct PageRefusal(Box<ProblemPage>);

impl PageRefusal {
    fn new(frame: Frame, problem: Problem) -> Self {
        let request_id = crate::door::request_id::current().unwrap_or_default();
        Self(Box::new(ProblemPage { frame, problem, request_id }))
    }
}

impl IntoResponse for PageRefusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.problem.code.status());
        html(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), &*self.0)
    }
}

/// Whether the client is a browser that asks for a page.
pub(crate) fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// A problem as the client can read it: a page for a browser, problem+json for everything else.
pub(crate) fn problem(app: &App, headers: &HeaderMap, problem: Problem) -> Response {
    if wants_html(headers) {
        PageRefusal::new(frame(app, None, headers), problem).into_response()
    } else {
        respond(&problem)
    }
}
