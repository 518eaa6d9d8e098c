//! `GET /waiting` and `GET /consent`: a child's account waits until a guardian has said yes.

use std::borrow::Cow;

use askama::Template;

use super::FormFault;
use crate::Frame;

/// The page of an account that waits for a guardian.
#[derive(Debug, Clone, Template)]
#[template(path = "people/waiting.html")]
pub struct WaitingPage {
    /// What is around it.
    pub frame: Frame,
    /// Where the guardian's letter went, shortened (`m…@example.org`); `None` when it is not known any more.
    pub guardian: Option<String>,
    /// For how many days the link in that letter works.
    pub days: u32,
    /// Whether the letter was sent again just now.
    pub sent_again: bool,
    /// Why it was not.
    pub fault: Option<FormFault>,
}

impl WaitingPage {
    fn sent(&self) -> Option<Cow<'static, str>> {
        let guardian = self.guardian.as_deref()?;
        Some(self.frame.locale.with("people-waiting-sent", &[("guardian", guardian.into())]))
    }

    fn link(&self) -> Cow<'static, str> {
        self.frame.locale.n("people-waiting-link", self.days)
    }
}

/// Where a guardian's consent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentState {
    /// They are asked.
    Asked,
    /// They said yes; they may take it back.
    Given,
    /// They said no, or took it back: the account and everything in it is deleted.
    Refused,
    /// The link is not one, or not any more.
    Unknown,
}

/// The page for a guardian.
#[derive(Debug, Clone, Template)]
#[template(path = "people/consent.html")]
pub struct ConsentPage {
    /// What is around it.
    pub frame: Frame,
    /// The child's address.
    pub child: String,
    /// The secret of the link, which goes back with the form.
    pub token: String,
    /// Where it stands.
    pub state: ConsentState,
    /// Whether notes leave this server, to a model elsewhere.
    pub model: Option<String>,
}

impl ConsentPage {
    fn heading(&self) -> Cow<'static, str> {
        self.frame.t(match self.state {
            ConsentState::Asked => "people-consent-heading",
            ConsentState::Given => "people-consent-given",
            ConsentState::Refused => "people-consent-refused",
            ConsentState::Unknown => "people-consent-unknown",
        })
    }

    fn lead(&self) -> Cow<'static, str> {
        let locale = self.frame.locale;
        match self.state {
            ConsentState::Asked => {
                locale.with("people-consent-lead", &[("child", self.child.as_str().into())])
            }
            ConsentState::Given => {
                locale.with("people-consent-given-do", &[("child", self.child.as_str().into())])
            }
            ConsentState::Refused => locale.t("people-consent-refused-do"),
            ConsentState::Unknown => locale.t("people-consent-unknown-do"),
        }
    }

    fn who_writes(&self) -> Cow<'static, str> {
        match &self.model {
            Some(model) => {
                self.frame.locale.with("people-consent-model", &[("model", model.as_str().into())])
            }
            None => self.frame.t("people-consent-offline"),
        }
    }
}
