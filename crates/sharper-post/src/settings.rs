//! `[mail]` of the configuration.

use serde::Deserialize;
use sharper_domain::Secret;

/// How mail leaves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostSettings {
    /// `smtps://user:password@host` (TLS from the start) or `smtp://user:password@host:587?tls=required` (STARTTLS). Empty: letters
    /// are written to the log.
    pub smtp_url: Secret,
    /// Who letters are from: `Study Sharper <study@example.org>`. Needed with `smtp_url`.
    pub from: String,
}

impl Default for PostSettings {
    fn default() -> Self {
        Self { smtp_url: Secret::new(""), from: String::new() }
    }
}

impl PostSettings {
    /// Whether letters are sent. Else they are written to the log.
    pub fn sends(&self) -> bool {
        !self.smtp_url.is_empty()
    }
}
