//! The cookies there are: the session of a browser that signed in, and the language that was chosen for the pages.

use axum::http::{HeaderMap, HeaderValue, header};

/// Its name over HTTPS: the prefix makes browsers refuse one that another host or an unencrypted page set (RFC 6265bis, 4.1.3).
const SECURE: &str = "__Host-session";
/// Its name over plain HTTP, which is for development.
const PLAIN: &str = "session";

/// Its name on a server of this kind.
pub(crate) fn name(secure: bool) -> &'static str {
    if secure { SECURE } else { PLAIN }
}

/// The name of the language's.
const LANGUAGE: &str = "language";
/// How long a language is remembered, in seconds: a year.
const LANGUAGE_SECONDS: u64 = 365 * 24 * 60 * 60;

/// The session token that a browser sent. Over HTTPS only the cookie counts that no other host can have set.
pub(crate) fn session(headers: &HeaderMap, secure: bool) -> Option<&str> {
    value(headers, name(secure))
}

/// The language that was chosen in a browser, as it was sent.
pub(crate) fn language(headers: &HeaderMap) -> Option<&str> {
    value(headers, LANGUAGE)
}

/// The first value that is not empty of the cookies of this name.
fn value<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let ours = pairs.filter(|(name, _)| *name == wanted);
    ours.map(|(_, value)| value).find(|value| !value.is_empty())
}

/// Remembers the language (one of our tags), or forgets it.
pub(crate) fn speak(tag: Option<&'static str>, secure: bool) -> HeaderValue {
    let (tag, seconds) = tag.map_or(("", 0), |tag| (tag, LANGUAGE_SECONDS));
    let flag = if secure { "; Secure" } else { "" };
    let text = format!("{LANGUAGE}={tag}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}");
    HeaderValue::from_str(&text).expect("a language tag is letters")
}

/// Gives the browser its session for so many days.
pub(crate) fn give(token: &str, days: u32, secure: bool) -> HeaderValue {
    line(token, u64::from(days) * 24 * 60 * 60, secure)
}

/// Takes the session from the browser.
pub(crate) fn take(secure: bool) -> HeaderValue {
    line("", 0, secure)
}

fn line(token: &str, seconds: u64, secure: bool) -> HeaderValue {
    let (name, flag) = (name(secure), if secure { "; Secure" } else { "" });
    let text = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}");
    HeaderValue::from_str(&text).expect("a token is URL-safe base64, which is fine in a header")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], secure: bool, expected: Option<&str>) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, line.parse().unwrap());
        }
        assert_eq!(session(&headers, secure), expected, "{lines:?}");
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        check(&[], false, None);
        check(&["session=abc"], false, Some("abc"));
        check(&["a=b; __Host-session=x_-9; c=d"], true, Some("x_-9"));
        check(&["a=b", "session=1"], false, Some("1"));
        check(&["session="], false, None);
        check(&["xsession=1; sessionx=2; =3; session"], false, None);
    }

    #[test]
    fn over_https_a_cookie_that_another_host_can_set_is_no_session() {
        check(&["session=planted"], true, None);
        check(&["session=planted; __Host-session=ours"], true, Some("ours"));
    }

    #[test]
    fn over_https_the_cookie_is_bound_to_the_host() {
        let given = give("t", 30, true);
        let text = given.to_str().unwrap();
        assert_eq!(text, "__Host-session=t; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
        assert!(take(false).to_str().unwrap().starts_with("session=; Path=/; Max-Age=0;"));
    }
}
