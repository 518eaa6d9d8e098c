//! `GET /reset`, without a link and with one.

use std::borrow::Cow;

use askama::Template;

use super::fault::about;
use super::{FormFault, PASSWORD_LEAST};
use crate::Frame;

/// The page for a forgotten password. After it was sent it says the same whether or not the address is known.
#[derive(Debug, Clone, Template)]
#[template(path = "people/forgotten.html")]
pub struct ForgottenPage {
    /// What is around it.
    pub frame: Frame,
    /// The address that was typed.
    pub email: String,
    /// Whether it was sent.
    pub sent: bool,
    /// For how many minutes the link in the letter works.
    pub minutes: u32,
    /// Why it did not work.
    pub fault: Option<FormFault>,
}

impl ForgottenPage {
    fn sent_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("people-forgotten-sent-do", self.minutes)
    }
}

/// The page that a reset link opens.
#[derive(Debug, Clone, Template)]
#[template(path = "people/new_password.html")]
pub struct NewPasswordPage {
    /// What is around it.
    pub frame: Frame,
    /// The secret of the link, which goes back with the form.
    pub token: String,
    /// Why it did not work. `Link`: the link does not work any more, and there is no form.
    pub fault: Option<FormFault>,
}

impl NewPasswordPage {
    fn about(&self, field: &str) -> bool {
        about(self.fault, field)
    }

    fn link_is_dead(&self) -> bool {
        self.fault == Some(FormFault::Link)
    }

    fn password_hint(&self) -> Cow<'static, str> {
        self.frame.locale.n("people-password-hint", PASSWORD_LEAST)
    }
}
