//! The ways to say who is asking.

use utoipa::openapi::schema::ComponentsBuilder;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};

use crate::door::table::{Access, Route};

/// All of them.
pub(super) fn schemes(components: ComponentsBuilder, cookie: &str) -> ComponentsBuilder {
    let bearer = "A personal API token (`ssk_…`), a token of the Supabase project that the server trusts, or on admin \
                  routes the admin token (RFC 6750).";
    let mut http = Http::new(HttpAuthScheme::Bearer);
    http.description = Some(bearer.to_owned());
    let session = "The session of a browser that signed in here. What changes something must come from a page of ours: \
                   `Sec-Fetch-Site` or `Origin` says so.";
    let header = "The token of whoever runs the server.";
    let query = "The same in the query, for old clients. It is never written to a log, but others on the way may keep it.";
    let ticket = "The right to read one stream for a while: it stands in `stream_url`, for an `EventSource` that can send \
                  no header.";
    let key = |name: &str, what: &str| ApiKeyValue::with_description(name, what);
    components
        .security_scheme("bearer", SecurityScheme::Http(http))
        .security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(key(cookie, session))))
        .security_scheme("admin_header", SecurityScheme::ApiKey(ApiKey::Header(key("X-Admin-Token", header))))
        .security_scheme("admin_query", SecurityScheme::ApiKey(ApiKey::Query(key("admin_token", query))))
        .security_scheme("ticket", SecurityScheme::ApiKey(ApiKey::Query(key("ticket", ticket))))
}

/// The names of the schemes that a row's access takes, one of which is enough.
pub(super) fn names(access: Access) -> &'static [&'static str] {
    match access {
        Access::Anybody | Access::Open => &[],
        Access::SignedIn | Access::User => &["bearer", "session"],
        Access::Stream => &["bearer", "session", "ticket"],
        Access::Admin => &["bearer", "session", "admin_header", "admin_query"],
    }
}

/// What an operation asks for. Where nobody signs in (`open`) a request may also show nothing, but not to an
/// administrator's route; `/metrics` alone is told to whoever is at this machine.
pub(super) fn of(row: &Route, open: bool) -> Vec<SecurityRequirement> {
    let scopes: [&str; 0] = [];
    let named = names(row.access).iter().map(|name| SecurityRequirement::new(*name, scopes));
    named.chain((open && is_optional(row)).then(SecurityRequirement::default)).collect()
}

/// Whether it asks for nothing where nobody signs in.
pub(super) fn is_optional(row: &Route) -> bool {
    match row.access {
        Access::Anybody | Access::Open => false,
        Access::SignedIn | Access::User | Access::Stream => true,
        Access::Admin => !row.path.starts_with("/api/"),
    }
}
