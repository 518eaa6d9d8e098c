//! What a server means when it does not answer 200, or puts an error in the place of an answer.

use std::time::Duration;

use hyper::header::{DATE, HeaderMap, RETRY_AFTER};
use jiff::Timestamp;
use serde_json::Value;

use crate::retry::retry_after;
use crate::{Cause, Error};

/// An error that a server reported: never shown, only understood.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refusal {
    /// The HTTP status, or a number that stands in its place in the error object.
    pub(crate) status: u16,
    /// The error object's `code`, else its `type`.
    code: String,
    /// What it says: the message, or the whole body when there is none.
    pub(crate) complaint: String,
    retry_after: Option<Duration>,
}

impl Refusal {
    /// Reads a response that is not 200.
    pub(crate) fn of_response(status: u16, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let wait = text(RETRY_AFTER).and_then(|value| retry_after(value, text(DATE), now));
        let mut refusal = match serde_json::from_slice::<Value>(body) {
            Ok(body) => Self::of_error(body.get("error").unwrap_or(&body)),
            Err(_) => Self::default(),
        };
        if refusal.complaint.is_empty() {
            refusal.complaint = String::from_utf8_lossy(body).into_owned();
        }
        Self { status, retry_after: wait, ..refusal }
    }

    /// Reads an error object that came inside an answer.
    pub(crate) fn of_error(error: &Value) -> Self {
        let word = |name: &str| error.get(name).and_then(Value::as_str).unwrap_or_default();
        let number = error.get("code").and_then(|code| match code {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        });
        let message = [error.as_str().unwrap_or_default(), word("message")].concat();
        Self {
            status: number
                .and_then(|n| u16::try_from(n).ok())
                .filter(|n| (400..600).contains(n))
                .unwrap_or(0),
            code: [word("code"), word("type")]
                .into_iter()
                .find(|w| !w.is_empty())
                .unwrap_or_default()
                .to_owned(),
            complaint: [&message, " ", word("param")].concat().trim().to_owned(),
            retry_after: None,
        }
    }

    /// The error class. Codes come first, since they say more than the status.
    pub(crate) fn error(&self) -> Error {
        let cause = |what| {
            let cause = Cause::new(what).code(&self.code);
            if self.status == 0 { cause } else { cause.status(self.status) }
        };
        let complaint = self.complaint.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| self.code == *word || complaint.contains(word));
        let retry_after = self.retry_after;
        match self.status {
            413 => Error::TooLong(cause("the prompt is too long")),
            0 | 400 | 422 | 500 if says(TOO_LONG) => Error::TooLong(cause("the prompt is too long")),
            0 | 429 if says(NO_CREDIT) => Error::Refused(cause("the credit is used up")),
            429 => Error::Busy { retry_after, cause: cause("the server limits our rate") },
            0 if says(&["rate_limit", "rate limit"]) => {
                Error::Busy { retry_after, cause: cause("the server limits our rate") }
            }
            0 if says(&["invalid_api_key", "authentication_error", "permission_error"]) => {
                Error::Refused(cause("the key is refused"))
            }
            408 | 504 => Error::Timeout(cause("the server waited too long for the model")),
            503 | 529 if retry_after.is_some() => {
                Error::Busy { retry_after, cause: cause("the server is overloaded") }
            }
            0 | 409 | 425 | 500.. => Error::Unavailable(cause("the server failed")),
            401 => Error::Refused(cause("the key is refused")),
            402 => Error::Refused(cause("the credit is used up")),
            403 => Error::Refused(cause("the request is not allowed")),
            404 => Error::Refused(cause("there is no such model or address")),
            1..500 => Error::Refused(cause("the request is not understood")),
        }
    }
}

/// How servers say that a prompt does not fit: OpenAI, vLLM, llama.cpp, Ollama, OpenRouter.
const TOO_LONG: &[&str] = &[
    "context_length_exceeded",
    "exceed_context_size_error",
    "context length",
    "context size",
    "context window",
    "maximum context",
    "prompt is too long",
    "too many tokens",
    "input is too long",
];

/// A 429 that no waiting mends.
const NO_CREDIT: &[&str] = &["insufficient_quota", "billing_hard_limit_reached", "insufficient credits"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Class;
    use serde_json::json;

    fn class(status: u16, body: &str) -> Class {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        Refusal::of_response(status, &HeaderMap::new(), body.as_bytes(), now).error().class()
    }

    #[test]
    fn a_status_has_its_class() {
        for (status, expected) in [
            (400, Class::Refused),
            (401, Class::Refused),
            (402, Class::Refused),
            (403, Class::Refused),
            (404, Class::Refused),
            (408, Class::Timeout),
            (413, Class::TooLong),
            (429, Class::Busy),
            (500, Class::Unavailable),
            (502, Class::Unavailable),
            (503, Class::Unavailable),
            (504, Class::Timeout),
            (529, Class::Unavailable),
        ] {
            assert_eq!(class(status, "<html>"), expected, "{status}");
        }
    }

    #[test]
    fn a_prompt_that_does_not_fit_is_too_long_in_every_servers_words() {
        for body in [
            r#"{"error":{"message":"x","code":"context_length_exceeded"}}"#,
            r#"{"object":"error","message":"This model's maximum context length is 8192 tokens.","code":400}"#,
            r#"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}"#,
        ] {
            assert_eq!(class(400, body), Class::TooLong, "{body}");
        }
    }

    #[test]
    fn a_quota_that_is_used_up_is_no_rate_limit() {
        assert_eq!(class(429, r#"{"error":{"code":"insufficient_quota"}}"#), Class::Refused);
        assert_eq!(class(429, r#"{"error":{"code":"rate_limit_exceeded"}}"#), Class::Busy);
    }

    #[test]
    fn an_error_inside_an_answer_goes_by_its_code() {
        let class = |error: Value| Refusal::of_error(&error).error().class();
        assert_eq!(class(json!({"code": 502, "message": "Provider returned error"})), Class::Unavailable);
        assert_eq!(class(json!({"code": "429", "message": "x"})), Class::Busy);
        assert_eq!(class(json!({"code": "server_error"})), Class::Unavailable);
        assert_eq!(class(json!({"code": 402})), Class::Refused);
        assert_eq!(class(json!("boom")), Class::Unavailable);
        assert_eq!(class(json!({})), Class::Unavailable);
    }

    #[test]
    fn nothing_that_the_body_says_is_in_the_error() {
        let body = r#"{"error":{"message":"canary sk-1","code":"canary sk-2","type":"canary sk-3"}}"#;
        for status in [400, 401, 429, 500] {
            let now = "2026-11-23T12:00:00Z".parse().unwrap();
            let error = Refusal::of_response(status, &HeaderMap::new(), body.as_bytes(), now).error();
            assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
        }
    }
}
