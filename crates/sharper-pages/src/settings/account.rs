//! `GET /settings`: language, e-mail address, password.

use std::borrow::Cow;

use askama::Template;

use super::TABS;
use crate::people::fault::about;
use crate::people::{FormFault, PASSWORD_LEAST};
use crate::{Frame, Locale};

/// The page of language and account.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/account.html")]
pub struct AccountPage {
    /// What is around it.
    pub frame: Frame,
    /// The language that was chosen here; `None`: that of the browser.
    pub chosen: Option<Locale>,
    /// Their address; `None` where they have no account with a password here (no accounts, or another sign-in).
    pub email: Option<String>,
    /// What was done just now.
    pub news: Option<AccountNews>,
    /// Why it was not done.
    pub fault: Option<FormFault>,
}

/// What was done just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountNews {
    /// The language was chosen.
    Language,
    /// The password was changed.
    Password,
}

impl AccountNews {
    /// The word in the address of the page.
    pub fn word(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Password => "password",
        }
    }

    /// The news of a word in the address.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Language, Self::Password].into_iter().find(|news| news.word() == word)
    }

    fn key(self) -> &'static str {
        match self {
            Self::Language => "settings-news-language",
            Self::Password => "settings-news-password",
        }
    }
}

impl AccountPage {
    fn tab(&self) -> &'static str {
        "settings-account"
    }

    /// The languages: tag, own name, and whether it is the chosen one.
    fn languages(&self) -> [(&'static str, &'static str, bool); 6] {
        Locale::ALL.map(|locale| (locale.tag(), locale.own_name(), self.chosen == Some(locale)))
    }

    fn about(&self, field: &str) -> bool {
        about(self.fault, field)
    }

    fn password_hint(&self) -> Cow<'static, str> {
        self.frame.locale.n("people-password-hint", PASSWORD_LEAST)
    }
}
