//! Request ids, security headers and the access log: what every request gets, whatever route answers it.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use sharper_domain::SessionId;

use crate::App;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task answers, if it answers one.
pub(crate) fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Gives the request an id (the client's own when it is a sound one), answers with it, and logs one line.
/// The line holds the path without its query: a query can carry a token.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let id =
        given.and_then(|text| text.parse::<SessionId>().ok()).unwrap_or_else(|| SessionId::new(app.now()));
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let begun = Instant::now();
    let mut response = CURRENT.scope(id.as_str().to_owned(), next.run(request)).await;
    let status = response.status().as_u16();
    let took_ms = begun.elapsed().as_millis();
    if status >= 500 {
        tracing::error!(request_id = %id, %method, path, status, took_ms, "answered");
    } else {
        tracing::debug!(request_id = %id, %method, path, status, took_ms, "answered");
    }
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        headers.insert(REQUEST_ID, value);
    }
    for (name, value) in SECURITY {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// On every response. Nothing inline, nothing from another host, no framing.
const SECURITY: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
];
