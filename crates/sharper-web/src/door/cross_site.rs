//! No page of another site may act here: a browser says where a request comes from, and we listen.
//!
//! A server on the student's own machine has no sign-in that a foreign page would lack, so without this any page
//! that they visit could post to it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use sharper_domain::ProblemCode;

use crate::App;

/// Refuses what changes something and comes from a page of another origin (`Sec-Fetch-Site`, Fetch Metadata; else
/// `Origin`). A client that is no browser sends neither, and passes.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || from_here(request.headers()) {
        return next.run(request).await;
    }
    let detail = "This came from a page of another site. Open Study Sharper itself and try there.";
    crate::pages::problem(&app, request.headers(), ProblemCode::Forbidden, detail.to_owned())
}

fn from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, None) => true,
        (None, Some(origin)) => {
            let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &'static str)], expected: bool) {
        let map =
            headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        assert_eq!(from_here(&map), expected, "{headers:?}");
    }

    #[test]
    fn only_our_own_pages_and_programs_may_change_something() {
        check(&[], true);
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "none")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("origin", "http://127.0.0.1:8000"), ("host", "127.0.0.1:8000")], true);
        check(&[("origin", "https://evil.example"), ("host", "127.0.0.1:8000")], false);
        check(&[("origin", "null"), ("host", "127.0.0.1:8000")], false);
    }
}
