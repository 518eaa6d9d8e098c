//! `Fault`: what goes wrong with model servers in the world, each as bytes, with the class that it must become.

use std::time::Duration;

use super::{Act, cards};
use crate::Class;

macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// One thing that a server does wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault {
            $($(#[$doc])* $name,)*
        }

        impl Fault {
            /// All of them.
            pub const ALL: &[Fault] = &[$(Fault::$name),*];
        }
    };
}

faults! {
    /// 401.
    WrongKey,
    /// 402.
    NoCredit,
    /// 403.
    Forbidden,
    /// 404: no such model.
    NoModel,
    /// 400: the prompt is longer than the context.
    LongPrompt,
    /// 429 without a word on when to come back.
    RateLimit,
    /// 429, `Retry-After: 1`.
    RateLimitSeconds,
    /// 429 with a date half an hour ahead.
    RateLimitDate,
    /// 429, `Retry-After: 86400`.
    RateLimitDay,
    /// 429, `Retry-After: -1`.
    RateLimitNonsense,
    /// 429, since the quota is used up.
    QuotaUsed,
    /// 500.
    Status500,
    /// 502 with a page.
    Status502,
    /// 503.
    Status503,
    /// 504.
    Status504,
    /// Reset before the response.
    Reset,
    /// Closed before the response.
    ClosedAtOnce,
    /// No response.
    HangBeforeHead,
    /// Half a head.
    HangInHead,
    /// A head and no body.
    HangBeforeBody,
    /// A body that stops amid a card.
    HangInBody,
    /// One byte at a time, slower than anyone can wait.
    Drip,
    /// JSON that ends early, in a body that ends as announced.
    TruncatedJson,
    /// A body that is not JSON.
    NotJson,
    /// JSON nested 100,000 deep.
    DeepJson,
    /// 10 MB in one completion, of announced length.
    HugeBody,
    /// 10 MB of stream, of no announced length.
    EndlessStream,
    /// One event of 2 MB without end.
    EndlessEvent,
    /// The connection closes amid a chunk of the stream.
    CutInChunk,
    /// The connection is reset amid the stream.
    ResetInStream,
    /// The stream ends properly amid a card, without a reason or `[DONE]`.
    EndsEarly,
    /// A page with 200.
    Page,
    /// An error object with 200.
    ErrorInside,
    /// An error object after half of the stream.
    ErrorInStream,
    /// `choices: []` in a whole completion.
    NoChoices,
    /// A stream with `choices: []` only.
    NoChoicesInStream,
    /// An empty answer.
    EmptyAnswer,
    /// Bytes that are not UTF-8 in the stream.
    BadUtf8,
    /// The end before the rest of the text.
    OutOfOrder,
    /// A gzip bomb.
    GzipBomb,
    /// 302 to the address of cloud metadata.
    Redirect,
    /// Bytes that are not HTTP.
    NotHttp,
}

impl Fault {
    /// The class that it must become when it happens each time.
    pub fn class(self) -> Class {
        match self {
            Fault::WrongKey | Fault::NoCredit | Fault::Forbidden | Fault::NoModel | Fault::QuotaUsed => {
                Class::Refused
            }
            Fault::Redirect => Class::Refused,
            Fault::LongPrompt => Class::TooLong,
            Fault::RateLimit
            | Fault::RateLimitSeconds
            | Fault::RateLimitDate
            | Fault::RateLimitDay
            | Fault::RateLimitNonsense => Class::Busy,
            Fault::HangBeforeHead
            | Fault::HangInHead
            | Fault::HangBeforeBody
            | Fault::HangInBody
            | Fault::Drip
            | Fault::Status504 => Class::Timeout,
            Fault::TruncatedJson
            | Fault::NotJson
            | Fault::DeepJson
            | Fault::HugeBody
            | Fault::EndlessStream
            | Fault::EndlessEvent
            | Fault::Page
            | Fault::NoChoices
            | Fault::NoChoicesInStream
            | Fault::EmptyAnswer
            | Fault::BadUtf8
            | Fault::OutOfOrder
            | Fault::GzipBomb
            | Fault::NotHttp => Class::Malformed,
            Fault::Status500
            | Fault::Status502
            | Fault::Status503
            | Fault::Reset
            | Fault::ClosedAtOnce
            | Fault::CutInChunk
            | Fault::ResetInStream
            | Fault::EndsEarly
            | Fault::ErrorInside
            | Fault::ErrorInStream => Class::Unavailable,
        }
    }

    /// The bytes of it.
    pub fn act(self) -> Act {
        let limited = |after: &str| {
            Act::respond(429, &[("Retry-After", after), ("Date", "Mon, 23 Nov 2026 12:00:00 GMT")], "{}")
        };
        match self {
            Fault::WrongKey => Act::error(401, "invalid_api_key"),
            Fault::NoCredit => Act::error(402, "insufficient_credits"),
            Fault::Forbidden => Act::error(403, "moderation"),
            Fault::NoModel => Act::error(404, "model_not_found"),
            Fault::LongPrompt => Act::error(400, "context_length_exceeded"),
            Fault::RateLimit => Act::error(429, "rate_limit_exceeded"),
            Fault::RateLimitSeconds => limited("1"),
            Fault::RateLimitDate => limited("Mon, 23 Nov 2026 12:30:00 GMT"),
            Fault::RateLimitDay => limited("86400"),
            Fault::RateLimitNonsense => limited("-1"),
            Fault::QuotaUsed => Act::error(429, "insufficient_quota"),
            Fault::Status500 => Act::error(500, "server_error"),
            Fault::Status502 => {
                Act::respond(502, &[("Content-Type", "text/html")], "<html>Bad Gateway</html>")
            }
            Fault::Status503 => Act::respond(503, &[], ""),
            Fault::Status504 => Act::respond(504, &[], "gateway timeout"),
            _ => self.broken_exchange().unwrap_or_else(|| self.broken_answer()),
        }
    }

    /// Those in which HTTP or TCP is broken.
    fn broken_exchange(self) -> Option<Act> {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        let begun = || {
            let half = cards(3);
            Act::stream_head().delta(&half[..half.len() / 2])
        };
        Some(match self {
            Fault::Reset => Act::new().reset(),
            Fault::ClosedAtOnce => Act::new().close(),
            Fault::HangBeforeHead => Act::new().hang(),
            Fault::HangInHead => Act::new().send(head).hang(),
            Fault::HangBeforeBody => Act::stream_head().hang(),
            Fault::HangInBody => begun().hang(),
            Fault::Drip => {
                let bytes = format!("{head}Content-Length: 400\r\n\r\n{}", " ".repeat(400));
                Act::new().drip(bytes, Duration::from_millis(50))
            }
            Fault::CutInChunk => begun().send("40\r\ndata: {\"choi").close(),
            Fault::ResetInStream => begun().pause(Duration::from_millis(20)).reset(),
            Fault::GzipBomb => {
                // A gzip head and the start of a stream of zeros; nobody may get as far as inflating it.
                let bomb =
                    [&b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..], &[0xed, 0xc1, 0x01, 0x01], &[0; 4096]].concat();
                let headers = [("Content-Encoding", "gzip"), ("Content-Type", "text/event-stream")];
                Act::respond(200, &headers, bomb)
            }
            Fault::Redirect => {
                Act::respond(302, &[("Location", "http://169.254.169.254/latest/meta-data/")], "")
            }
            Fault::NotHttp => Act::new().send("SSH-2.0-OpenSSH_9.2\r\n").close(),
            _ => return None,
        })
    }

    /// Those in which the exchange is good and the answer is not.
    fn broken_answer(self) -> Act {
        let json = |body: &str| Act::respond(200, &[("Content-Type", "application/json")], body);
        let begun = || Act::stream_head().delta("{\"flashcards\":[{\"question\":\"Wh");
        let long = "x".repeat(64 << 10);
        match self {
            Fault::TruncatedJson => json(r#"{"choices":[{"message":{"content":"{\"flashc"#),
            Fault::NotJson => json(r#"{"choices": nonsense}"#),
            Fault::DeepJson => json(&format!("{{\"choices\":{}", "[".repeat(100_000))),
            Fault::HugeBody => json(&format!("{{\"choices\":\"{}\"}}", "x".repeat(10 << 20))),
            Fault::EndlessStream => (0..160).fold(begun(), |act, _| act.delta(&long)).finish("stop").done(),
            Fault::EndlessEvent => (0..32).fold(begun().chunk("data: "), |act, _| act.chunk(&long)).done(),
            Fault::EndsEarly => begun().end(),
            Fault::Page => Act::respond(200, &[("Content-Type", "text/html")], "<!doctype html><p>Welcome"),
            Fault::ErrorInside => json(r#"{"error":{"code":502,"message":"canary-body provider"}}"#),
            Fault::ErrorInStream => begun()
                .event(
                    r#"{"error":{"code":"server_error","message":"canary-body"},"choices":[{"delta":{},"finish_reason":"error"}]}"#,
                )
                .done(),
            Fault::NoChoices => json(r#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":0}}"#),
            Fault::NoChoicesInStream => Act::stream_head().event(r#"{"choices":[]}"#).done(),
            Fault::EmptyAnswer => Act::stream_head().delta("").finish("stop").usage().done(),
            Fault::BadUtf8 => begun().chunk(b"data: {\"choices\":[{\"delta\":{\"content\":\"\xff\xfe\"}}]}\n\n").done(),
            Fault::OutOfOrder => begun().finish("stop").delta("at?\"}]}").done(),
            _ => Act::stream(&cards(3)),
        }
    }
}
