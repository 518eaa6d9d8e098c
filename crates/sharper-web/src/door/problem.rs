//! The one place where a problem becomes a response: RFC 9457, plus the fields that old clients read.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use sharper_domain::{Problem, ProblemCode};
use sharper_store::StoreError;

/// A problem on its way out of a handler.
#[derive(Debug)]
pub(crate) struct Refusal(pub(crate) Problem);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self(sharper_agents::problem_of(error))
    }
}

/// No such thing, or not yours: the two are never told apart.
pub(crate) fn not_found(what: &str) -> Problem {
    Problem::new(ProblemCode::NotFound, format!("There is no such {what}, or it is not yours."))
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        respond(&self.0)
    }
}

/// The response for `problem`.
pub(crate) fn respond(problem: &Problem) -> Response {
    respond_with(problem, Map::new())
}

/// The response for `problem`, with fields that clients of this route read besides; where both have one, theirs counts.
pub(crate) fn respond_with(problem: &Problem, besides: Map<String, Value>) -> Response {
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut body = json!({
        "type": format!("urn:study-sharper:problem:{}", problem.code.as_str()),
        "title": problem.code.title(),
        "status": status.as_u16(),
        "detail": problem.detail,
        "code": problem.code.as_str(),
        "error": problem.code.title(),
    });
    let fields = body.as_object_mut().expect("a JSON object was just made");
    fields.extend(besides);
    if !problem.errors.is_empty() {
        fields.insert("errors".into(), json!(problem.errors));
    }
    if let Some(version) = problem.version {
        fields.insert("version".into(), json!(version));
    }
    if let Some(id) = super::request_id::current() {
        fields.insert("request_id".into(), json!(id));
    }
    let mut response = (status, body.to_string()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    say_when(headers, problem);
    response
}

/// `Retry-After`, where it is known when trying again is worth it.
pub(crate) fn say_when(headers: &mut HeaderMap, problem: &Problem) {
    if let Some(wait) = problem.retry_after {
        let seconds = wait.as_millis().div_ceil(1000).max(1);
        headers.insert(header::RETRY_AFTER, HeaderValue::from(u64::try_from(seconds).unwrap_or(u64::MAX)));
    }
}
