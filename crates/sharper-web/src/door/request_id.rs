//! Request ids, security headers and the access log: what every request gets, whatever route answers it.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use sharper_domain::{Problem, ProblemCode, SessionId};
use tracing::field::Empty;
use tracing::{Instrument, Span};

use super::address::ClientAddress;
use super::problem::respond;
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
    let path = request.uri().path().to_owned();
    // As it was counted, so that whoever runs the server can see whether `server.proxy_hops` is right.
    let client = ClientAddress::of(request.headers(), request.extensions(), app.settings.proxy_hops);
    let span = span(&request, &id);
    let begun = Instant::now();
    let answering = async {
        let response = next.run(request).await;
        if is_bare_refusal(&response) { respond(&unreadable()) } else { response }
    };
    let mut response = CURRENT.scope(id.as_str().to_owned(), answering).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let took_ms = begun.elapsed().as_millis();
    span.record("http.response.status_code", status);
    span.in_scope(|| match status {
        500.. => {
            span.record("otel.status_code", "ERROR");
            tracing::error!(path, took_ms, "answered {status}");
        }
        _ => tracing::debug!(path, took_ms, client = client.network(), "answered {status}"),
    });
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        headers.insert(REQUEST_ID, value);
    }
    for (name, value) in SECURITY {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// The span of a request, named as the HTTP semantic conventions of OpenTelemetry name it. At the level of errors, so
/// that every line that is logged in it holds the request's id.
fn span(request: &Request, id: &SessionId) -> Span {
    let (method, route) = (request.method(), request.extensions().get::<MatchedPath>());
    let route = route.map_or("", MatchedPath::as_str);
    tracing::error_span!(
        "request",
        request_id = %id,
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        http.request.method = %method,
        http.route = route,
        http.response.status_code = Empty,
        otel.status_code = Empty,
    )
}

/// Whether the framework refused the request by itself, because a part of its address could not be read: our own
/// refusals are problem documents or pages.
fn is_bare_refusal(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    response.status().is_client_error() && kind.is_some_and(|kind| kind.starts_with("text/plain"))
}

fn unreadable() -> Problem {
    Problem::new(
        ProblemCode::InvalidRequest,
        "A part of the address cannot be read: look at its path and its query.",
    )
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
