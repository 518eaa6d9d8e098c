//! `GET /settings/privacy`: take everything along, what is kept how long, delete everything.

use std::borrow::Cow;

use askama::Template;

use super::TABS;
use crate::Frame;
use crate::people::FormFault;
use crate::people::fault::about;

/// The page of privacy.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/privacy.html")]
pub struct PrivacyPage {
    /// What is around it.
    pub frame: Frame,
    /// What has to be typed to delete everything where there is no password: their e-mail address, or their user id.
    /// `None`: their password.
    pub confirm: Option<String>,
    /// How long each thing is kept, in days.
    pub kept: Kept,
    /// The model that reads the notes, where one elsewhere does.
    pub model: Option<String>,
    /// Why nothing was deleted.
    pub fault: Option<FormFault>,
}

/// How many days each thing is kept; `None`: until its owner deletes it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Notes and what was made from them, with every review.
    pub material: Option<u32>,
    /// What a job told while it ran.
    pub events: Option<u32>,
    /// What each agent did, with what it was given and answered.
    pub executions: Option<u32>,
    /// The hourly sums, in which nobody is named.
    pub sums: Option<u32>,
    /// Sessions that were not used.
    pub sessions: Option<u32>,
    /// What administrators did.
    pub admin_log: Option<u32>,
}

impl PrivacyPage {
    fn tab(&self) -> &'static str {
        "settings-privacy"
    }

    fn about(&self, field: &str) -> bool {
        about(self.fault, field)
    }

    fn kept_rows(&self) -> [(&'static str, Cow<'static, str>); 6] {
        let kept = self.kept;
        [
            ("settings-kept-material", kept.material),
            ("settings-kept-events", kept.events),
            ("settings-kept-executions", kept.executions),
            ("settings-kept-sums", kept.sums),
            ("settings-kept-sessions", kept.sessions),
            ("settings-kept-admin-log", kept.admin_log),
        ]
        .map(|(key, days)| (key, self.how_long(days)))
    }

    fn how_long(&self, days: Option<u32>) -> Cow<'static, str> {
        match days {
            Some(days) => self.frame.locale.n("days-count", days),
            None => self.frame.t("settings-kept-until-deleted"),
        }
    }

    fn who_reads(&self) -> Cow<'static, str> {
        match &self.model {
            Some(model) => {
                self.frame.locale.with("people-consent-model", &[("model", model.as_str().into())])
            }
            None => self.frame.t("people-consent-offline"),
        }
    }

    fn confirm_label(&self, confirm: &str) -> Cow<'static, str> {
        self.frame.locale.with("settings-delete-confirm", &[("confirm", confirm.into())])
    }
}
