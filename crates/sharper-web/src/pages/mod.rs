//! The pages: each handler fills a view of `sharper_pages` and renders it.

pub(crate) mod assets;
mod make;
mod making;
mod materials;
mod set;
mod study;
mod today;
mod tutor;

pub(crate) use make::make;
pub(crate) use making::{cancel, making};
pub(crate) use materials::{analysis, exam, plan, quiz, summary};
pub(crate) use set::set;
pub(crate) use study::{grade, study};
pub(crate) use today::home;
pub(crate) use tutor::{ask, talk, tutor};

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sharper_domain::{Problem, ProblemCode};
use sharper_pages::{AuthorInUse, Frame, Locale, ProblemPage, Template, Visitor};
use sharper_store::StoreError;

use crate::App;
use crate::door::problem::{not_found, respond};

/// One request for a page: the state, and the language of the reader.
struct Reader<'a> {
    app: &'a App,
    frame: Frame,
}

impl<'a> Reader<'a> {
    fn of(app: &'a App, headers: &HeaderMap) -> Self {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let frame = Frame {
            locale: Locale::negotiate(wanted.unwrap_or_default()),
            now: app.now(),
            author: app.agents.model_name().map_or(AuthorInUse::Offline, AuthorInUse::Model),
            visitor: Visitor::Local,
            version: env!("CARGO_PKG_VERSION"),
        };
        Self { app, frame }
    }

    fn refuse(&self, problem: Problem) -> PageRefusal {
        let request_id = crate::door::request_id::current().unwrap_or_default();
        PageRefusal(Box::new(ProblemPage { frame: self.frame.clone(), problem, request_id }))
    }

    fn no_such(&self, what: &str) -> PageRefusal {
        self.refuse(not_found(what))
    }

    /// What the store answers, or the page that says why it cannot.
    fn had<T>(&self, answer: Result<T, StoreError>) -> Result<T, PageRefusal> {
        answer.map_err(|error| self.refuse(sharper_agents::problem_of(error)))
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
        (header::VARY, "accept, accept-language"),
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

impl IntoResponse for PageRefusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.problem.code.status());
        html(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), &*self.0)
    }
}

/// Whether the client is a browser that asks for a page.
fn wants_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// A problem as the client can read it: a page for a browser, problem+json for everything else.
pub(crate) fn problem(app: &App, headers: &HeaderMap, code: ProblemCode, detail: String) -> Response {
    let problem = Problem::new(code, detail);
    if wants_html(headers) {
        Reader::of(app, headers).refuse(problem).into_response()
    } else {
        respond(&problem)
    }
}
