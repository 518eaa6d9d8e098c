//! What every page has around it: language, the moment, who writes the cards, version.

use std::borrow::Cow;

use sharper_domain::{TaskKind, Timestamp};

use crate::{Locale, assets, figure};

/// Who writes the cards here, to be said honestly on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorInUse {
    /// The offline author: no model is configured.
    Offline,
    /// This model.
    Model(String),
    /// This model is configured but away, or its budget is spent: the offline author stands in.
    ModelAway(String),
}

/// Who is looking at the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Visitor {
    /// There are no accounts here: everybody is the local user, and nothing is said about it.
    #[default]
    Local,
    /// Nobody is signed in, where one can.
    Nobody,
    /// Somebody with an account.
    Account {
        /// Their e-mail address.
        email: String,
        /// Whether they administer this server.
        admin: bool,
    },
    /// An operator who came with the admin token and has no account.
    Operator,
}

impl Visitor {
    /// Whether there is somebody to sign out.
    pub fn signed_in(&self) -> bool {
        matches!(self, Visitor::Account { .. } | Visitor::Operator)
    }

    /// Whether they administer this server.
    pub fn is_admin(&self) -> bool {
        matches!(self, Visitor::Account { admin: true, .. } | Visitor::Operator)
    }

    /// Their e-mail address, where they have an account.
    pub fn email(&self) -> Option<&str> {
        match self {
            Visitor::Account { email, .. } => Some(email),
            Visitor::Local | Visitor::Nobody | Visitor::Operator => None,
        }
    }
}

/// The surroundings of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The language of the interface.
    pub locale: Locale,
    /// The moment the page is made, by the server's clock.
    pub now: Timestamp,
    /// Who writes the cards.
    pub author: AuthorInUse,
    /// Who is looking.
    pub visitor: Visitor,
    /// The version of the program.
    pub version: &'static str,
}

impl Frame {
    /// A message without placeables.
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.locale.t(key)
    }

    /// The name of a kind of material.
    pub fn kind_name(&self, kind: TaskKind) -> Cow<'static, str> {
        self.locale.of_kind("kind-name", kind)
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// The fonts that the first line of the page needs. Chinese and Arabic are set in the fonts of the system.
    pub fn first_fonts(&self) -> Vec<String> {
        match self.locale {
            Locale::Zh | Locale::Ar => Vec::new(),
            Locale::En | Locale::Es | Locale::De | Locale::Fr => {
                ["fonts/literata-5.3.0-latin.woff2", "fonts/source-sans-3-5.3.0-latin.woff2"]
                    .map(assets::url)
                    .into()
            }
        }
    }

    /// One quiet line about the author.
    pub fn author_line(&self) -> Cow<'static, str> {
        match &self.author {
            AuthorInUse::Offline => self.t("author-offline"),
            AuthorInUse::Model(name) => self.locale.with("author-model", &[("model", name.as_str().into())]),
            AuthorInUse::ModelAway(name) => {
                self.locale.with("author-away", &[("model", name.as_str().into())])
            }
        }
    }

    /// The version, in words.
    pub fn version_line(&self) -> Cow<'static, str> {
        self.locale.with("footer-version", &[("version", self.version.into())])
    }

    /// The moment the page is made, to the second, by UTC.
    pub fn moment(&self) -> String {
        figure::moment(self.now)
    }

    /// How long ago a moment was, in words. Counted in elapsed time, since the server does not know the reader's zone.
    pub fn ago(&self, then: Timestamp) -> Cow<'static, str> {
        let minutes = (self.now.as_second() - then.as_second()).max(0) / 60;
        match minutes {
            0..=1 => self.t("ago-now"),
            2..=59 => self.locale.n("ago-minutes", minutes),
            60..=1439 => self.locale.n("ago-hours", minutes / 60),
            _ => self.locale.n("ago-days", minutes / 1440),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(now: &str) -> Frame {
        let author = AuthorInUse::Offline;
        let visitor = Visitor::Local;
        Frame { locale: Locale::En, now: now.parse().unwrap(), author, visitor, version: "0.1.0" }
    }

    #[test]
    fn how_long_ago_is_said_in_the_largest_unit_that_fits() {
        let frame = frame("2026-11-23T12:00:00Z");
        let ago = |then: &str| frame.ago(then.parse().unwrap());
        assert_eq!(ago("2026-11-23T11:59:30Z"), "just now");
        assert_eq!(ago("2026-11-23T12:00:30Z"), "just now");
        assert_eq!(ago("2026-11-23T11:30:00Z"), "30 minutes ago");
        assert_eq!(ago("2026-11-23T10:59:00Z"), "1 hour ago");
        assert_eq!(ago("2026-11-21T11:00:00Z"), "2 days ago");
        assert_eq!(ago("2026-11-14T12:00:00Z"), "9 days ago");
    }

    #[test]
    fn the_author_in_use_is_named() {
        let mut frame = frame("2026-11-23T12:00:00Z");
        frame.author = AuthorInUse::ModelAway("llama-3".into());
        assert!(frame.author_line().contains("llama-3"));
    }
}
