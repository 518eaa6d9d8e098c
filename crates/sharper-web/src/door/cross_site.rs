//! No page of another site may act here: a browser says where a request comes from, and we listen.
//!
//! A server on the student's own machine has no sign-in that a foreign page would lack, so without this any page
//! that they visit could post to it. Pages of the origins that the operator allows may use the API, with a token.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use sharper_domain::{Problem, ProblemCode};

use crate::App;

/// Refuses what changes something and comes from a page of another origin (`Sec-Fetch-Site`, Fetch Metadata; else
/// `Origin`). A client that is no browser sends neither, and passes.
pub(crate) async fn layer(State(app): State<App>, request: Request, next: Next) -> Response {
    // In production a proxy stands in front, which passes on the name that people know; and there a foreign page that
    // reaches us by a name of its own brings no session along.
    if !app.settings.is_production() && !is_our_name(&app.settings.host, request.headers()) {
        let detail = "This server answers to localhost only. Set HOST to let others in.";
        return crate::pages::problem(&app, request.headers(), Problem::new(ProblemCode::Forbidden, detail));
    }
    if request.method().is_safe() || from_here(request.headers()) || is_allowed(&app, request.headers()) {
        return next.run(request).await;
    }
    let detail = "This came from a page of another site. Open Study Sharper itself and try there.";
    crate::pages::problem(&app, request.headers(), Problem::new(ProblemCode::Forbidden, detail))
}

/// Whether the request says that it comes from a page of ours. Silence does not say so.
pub(crate) fn from_our_pages(headers: &HeaderMap) -> bool {
    let says = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    says && from_here(headers)
}

/// Whether it comes from a page whose origin the operator allows.
fn is_allowed(app: &App, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    origin.is_some_and(|origin| app.settings.origins().iter().any(|allowed| allowed == origin))
}

/// Whether a request names us as one of this machine would. A foreign page can point a name of its own at this
/// machine (DNS rebinding), and then its origin is ours to the browser; but its name is in `Host`.
fn is_our_name(listens_on: &str, headers: &HeaderMap) -> bool {
    let local = |name: &str| matches!(name, "localhost" | "127.0.0.1" | "[::1]" | "::1");
    if !local(listens_on) {
        return true;
    }
    let host = headers.get(header::HOST).map_or("localhost", |value| value.to_str().unwrap_or("?"));
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    local(&name.to_ascii_lowercase())
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
    fn a_server_of_this_machine_answers_to_no_other_name() {
        let of = |host: &str| [(header::HOST, host.parse().unwrap())].into_iter().collect::<HeaderMap>();
        for ours in ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]"] {
            assert!(is_our_name("127.0.0.1", &of(ours)), "{ours}");
        }
        for other in
            ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example:80"]
        {
            assert!(!is_our_name("127.0.0.1", &of(other)), "{other}");
            assert!(is_our_name("0.0.0.0", &of(other)), "{other}");
        }
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
