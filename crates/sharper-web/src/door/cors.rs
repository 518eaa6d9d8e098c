//! Pages of other origins (the Fetch standard's CORS): the ones that the operator allows may use the API.
//!
//! Without credentials: a token goes in a header, and our cookie never leaves for another site.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::ServerSettings;

/// What browsers may keep of our answer to a preflight: an hour.
const KEPT: Duration = Duration::from_secs(60 * 60);

pub(crate) fn layer(settings: &ServerSettings) -> CorsLayer {
    let named = |name| HeaderName::from_static(name);
    let origins = settings.origins().iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::ACCEPT,
            named("idempotency-key"),
            named("last-event-id"),
            named("x-admin-token"),
            named("x-request-id"),
        ])
        .expose_headers([
            header::RETRY_AFTER,
            header::LOCATION,
            named("idempotent-replayed"),
            named("ratelimit-limit"),
            named("ratelimit-remaining"),
            named("ratelimit-reset"),
            named("x-request-id"),
        ])
        .max_age(KEPT)
}
