//! Errors, named by what the caller can do; the cause beneath is for logs and never holds a key or a body's text.

use std::fmt;
use std::time::Duration;

/// Why a question to a model was not answered.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// It took longer than allowed: the connection, the first byte, a pause in the stream, or all of it.
    #[error("the model did not answer in time")]
    Timeout(#[source] Cause),
    /// The server or our own queue has too much to do. Come back later.
    #[error("the model is busy")]
    Busy {
        /// When it is worth coming back, if the server said so.
        retry_after: Option<Duration>,
        /// For the log.
        #[source]
        cause: Cause,
    },
    /// The server will not do this for us: key, credit, right, address or model name. An operator must act.
    #[error("the model's server refused the request: check the model settings")]
    Refused(#[source] Cause),
    /// What came is not a completion. Nothing of it may be used.
    #[error("the model's answer could not be read")]
    Malformed(#[source] Cause),
    /// The prompt does not fit the model. Send less.
    #[error("the text is too long for the model")]
    TooLong(#[source] Cause),
    /// The calls that this request may make are used up.
    #[error("the request has used all its calls to the model")]
    OverBudget,
    /// The server is away, broken, or broke off. Later it may work again.
    #[error("the model is not available")]
    Unavailable(#[source] Cause),
}

impl Error {
    /// A timeout of this cause.
    pub(crate) fn timeout(what: &'static str) -> Self {
        Error::Timeout(Cause::new(what))
    }

    /// An answer that cannot be used, of this cause.
    pub(crate) fn malformed(what: &'static str) -> Self {
        Error::Malformed(Cause::new(what))
    }

    /// A server that is away or broke off, of this cause.
    pub(crate) fn unavailable(what: &'static str) -> Self {
        Error::Unavailable(Cause::new(what))
    }

    /// A full queue, of this cause.
    pub(crate) fn busy(retry_after: Option<Duration>, what: &'static str) -> Self {
        Error::Busy { retry_after, cause: Cause::new(what) }
    }

    /// The class, without the particulars: for tables and metric labels.
    pub fn class(&self) -> Class {
        match self {
            Error::Timeout(_) => Class::Timeout,
            Error::Busy { .. } => Class::Busy,
            Error::Refused(_) => Class::Refused,
            Error::Malformed(_) => Class::Malformed,
            Error::TooLong(_) => Class::TooLong,
            Error::OverBudget => Class::OverBudget,
            Error::Unavailable(_) => Class::Unavailable,
        }
    }

    /// What happened, for the log: one line without keys and without anything that a body said.
    pub fn cause(&self) -> Option<&Cause> {
        match self {
            Error::Timeout(cause)
            | Error::Busy { cause, .. }
            | Error::Refused(cause)
            | Error::Malformed(cause)
            | Error::TooLong(cause)
            | Error::Unavailable(cause) => Some(cause),
            Error::OverBudget => None,
        }
    }

    /// Whether the same question to the same model may go better in a moment.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self.class(), Class::Timeout | Class::Busy | Class::Malformed | Class::Unavailable)
    }

    /// Whether it says something about the server's health, and so counts for the circuit breaker. A malformed answer
    /// does not: one odd prompt could otherwise shut the model to everybody.
    pub(crate) fn is_failure_of_server(&self) -> bool {
        matches!(self.class(), Class::Timeout | Class::Unavailable)
    }

    /// Whether no other model of the same server will do better: the calls are used up, or the key is refused.
    pub(crate) fn is_final(&self) -> bool {
        match self {
            Error::OverBudget => true,
            Error::Refused(cause) => cause.status == Some(401),
            _ => false,
        }
    }
}

/// The variants of `Error`, as plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// `Error::Timeout`
    Timeout,
    /// `Error::Busy`
    Busy,
    /// `Error::Refused`
    Refused,
    /// `Error::Malformed`
    Malformed,
    /// `Error::TooLong`
    TooLong,
    /// `Error::OverBudget`
    OverBudget,
    /// `Error::Unavailable`
    Unavailable,
}

impl Class {
    /// The word for metrics and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Timeout => "timeout",
            Class::Busy => "busy",
            Class::Refused => "refused",
            Class::Malformed => "malformed",
            Class::TooLong => "too_long",
            Class::OverBudget => "over_budget",
            Class::Unavailable => "unavailable",
        }
    }
}

/// What lies under an error, for the log: our own words, the HTTP status, and the server's error code when it is a
/// plain identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Cause {
    what: &'static str,
    status: Option<u16>,
    code: Option<Box<str>>,
}

impl Cause {
    /// In our own words.
    pub fn new(what: &'static str) -> Self {
        Self { what, status: None, code: None }
    }

    /// With the HTTP status that came.
    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// With the server's error code, unless it is anything but a short identifier (it might be a sentence, or a key).
    pub(crate) fn code(mut self, code: &str) -> Self {
        let plain =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit();
        let identifier = !code.is_empty() && code.len() <= 48 && code.chars().all(plain);
        self.code = identifier.then(|| code.into());
        self
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)?;
        if let Some(status) = self.status {
            write!(f, " (HTTP {status})")?;
        }
        if let Some(code) = &self.code {
            write!(f, " [{code}]")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cause_keeps_identifiers_and_drops_sentences_and_keys() {
        let shown = |code: &str| Cause::new("refused").status(401).code(code).to_string();
        assert_eq!(shown("invalid_api_key"), "refused (HTTP 401) [invalid_api_key]");
        for code in ["Incorrect key: sk-live-1", "sk-live-1", "", "a\nb"] {
            assert_eq!(shown(code), "refused (HTTP 401)");
        }
    }

    #[test]
    fn only_what_can_pass_by_itself_is_worth_another_try() {
        let cause = || Cause::new("x");
        assert!(Error::Timeout(cause()).may_pass() && Error::Unavailable(cause()).may_pass());
        assert!(!Error::Refused(cause()).may_pass() && !Error::TooLong(cause()).may_pass());
        assert!(!Error::OverBudget.may_pass());
    }
}
