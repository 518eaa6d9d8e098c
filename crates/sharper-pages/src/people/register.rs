//! `GET /register`.

use std::borrow::Cow;

use askama::Template;

use super::fault::about;
use super::{FormFault, PASSWORD_LEAST};
use crate::Frame;

/// The fields of `POST /register` that come back when the form could not be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterForm {
    /// Their address.
    pub email: String,
    /// Whether they are under 13.
    pub under_13: bool,
    /// The address of a guardian.
    pub guardian_email: String,
}

/// The page to register.
#[derive(Debug, Clone, Template)]
#[template(path = "people/register.html")]
pub struct RegisterPage {
    /// What is around it.
    pub frame: Frame,
    /// What was typed.
    pub form: RegisterForm,
    /// Whether nobody is here yet: who registers now administers this server.
    pub first: bool,
    /// Whether somebody new may register at all.
    pub open: bool,
    /// Why it did not work.
    pub fault: Option<FormFault>,
}

impl RegisterPage {
    fn about(&self, field: &str) -> bool {
        about(self.fault, field)
    }

    fn password_hint(&self) -> Cow<'static, str> {
        self.frame.locale.n("people-password-hint", PASSWORD_LEAST)
    }
}
