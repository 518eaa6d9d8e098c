//! `GET /sign-in`, `GET /admin/sign-in` and `GET /signed-out`.

use askama::Template;

use super::FormFault;
use crate::Frame;

/// The page to sign in.
#[derive(Debug, Clone, Template)]
#[template(path = "people/sign_in.html")]
pub struct SignInPage {
    /// What is around it.
    pub frame: Frame,
    /// The address that was typed.
    pub email: String,
    /// Where to go after it: a path of this server. `/` unless a page that asked to sign in first was left.
    pub next: String,
    /// Whether somebody new may register.
    pub open: bool,
    /// Why it did not work.
    pub fault: Option<FormFault>,
    /// What happened just before, said quietly: a password was changed, an account was opened.
    pub news: Option<SignInNews>,
}

/// What happened just before one signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInNews {
    /// The new password is in force.
    PasswordChanged,
    /// The account and everything in it is gone.
    AccountDeleted,
}

impl SignInNews {
    /// The word in the address of the page.
    pub fn word(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password",
            Self::AccountDeleted => "deleted",
        }
    }

    /// The news of a word in the address.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::PasswordChanged, Self::AccountDeleted].into_iter().find(|news| news.word() == word)
    }

    fn key(self) -> &'static str {
        match self {
            Self::PasswordChanged => "people-news-password",
            Self::AccountDeleted => "people-news-deleted",
        }
    }
}

impl SignInPage {
    /// Whether a page asked to sign in first.
    fn leads_on(&self) -> bool {
        self.next != "/"
    }
}

/// The page for an operator who holds the admin token and has no account.
#[derive(Debug, Clone, Template)]
#[template(path = "people/operator.html")]
pub struct OperatorPage {
    /// What is around it.
    pub frame: Frame,
    /// Where to go after it: a path of this server.
    pub next: String,
    /// Why it did not work.
    pub fault: Option<FormFault>,
}

/// The page after signing out.
#[derive(Debug, Clone, Template)]
#[template(path = "people/signed_out.html")]
pub struct SignedOutPage {
    /// What is around it.
    pub frame: Frame,
}
