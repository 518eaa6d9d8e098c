//! `GET /settings/tokens`: tokens for scripts. A new one is shown once.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::Timestamp;

use super::TABS;
use crate::Frame;
use crate::figure::day;
use crate::people::FormFault;
use crate::people::fault::about;

/// The page of the tokens.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/tokens.html")]
pub struct TokensPage {
    /// What is around it.
    pub frame: Frame,
    /// Theirs, the last first.
    pub tokens: Vec<Token>,
    /// The secret of the one that was made just now. It is on no other page, ever.
    pub fresh: Option<String>,
    /// The name that was typed.
    pub name: String,
    /// Why none was made.
    pub fault: Option<FormFault>,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// By which it is revoked; not the secret.
    pub id: String,
    /// What its owner calls it.
    pub name: String,
    /// Its first characters.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
}

/// For how many days a token may be made; `0`: until it is revoked.
const DAYS: [u32; 4] = [30, 90, 365, 0];

impl TokensPage {
    fn tab(&self) -> &'static str {
        "settings-tokens"
    }

    fn about(&self, field: &str) -> bool {
        about(self.fault, field)
    }

    fn lives(&self, days: &u32) -> Cow<'static, str> {
        match *days {
            0 => self.frame.t("settings-token-forever"),
            days => self.frame.locale.n("days-count", days),
        }
    }

    fn line(&self, token: &Token) -> String {
        let frame = &self.frame;
        let used = match token.used_at {
            Some(at) => frame.locale.with("settings-token-used", &[("ago", frame.ago(at).as_ref().into())]),
            None => frame.t("settings-token-unused"),
        };
        let ends = match token.expires_at {
            Some(at) if at <= frame.now => frame.t("settings-token-ended"),
            Some(at) => frame.locale.with("settings-token-ends", &[("day", day(at).into())]),
            None => frame.t("settings-token-no-end"),
        };
        format!("{used} · {ends}")
    }
}
