//! `GET /settings/study`: how often cards come back, how many a day, and the fit of the memory to one's own reviews.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::StudyRules;

use super::TABS;
use crate::Frame;

/// What was done just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudyNews {
    /// The rules were kept.
    Kept,
    /// The memory was fitted to this many reviews.
    Fitted(u32),
    /// There are too few reviews to fit it to.
    TooFew,
}

/// The page of how one studies.
#[derive(Debug, Clone, Template)]
#[template(path = "settings/studying.html")]
pub struct StudyingPage {
    /// What is around it.
    pub frame: Frame,
    /// What holds.
    pub rules: StudyRules,
    /// Reviews that the memory was fitted to; `None` while it is everybody's.
    pub fitted: Option<u32>,
    /// Fewest reviews that it can be fitted to.
    pub needed: u32,
    /// What was done just now.
    pub news: Option<StudyNews>,
    /// The field that cannot be so.
    pub wrong: Option<String>,
}

impl StudyingPage {
    fn tab(&self) -> &'static str {
        "settings-study"
    }

    /// The share to be remembered, in hundredths.
    fn retention(&self) -> String {
        format!("{:.0}", self.rules.desired_retention * 100.0)
    }

    /// Number fields: name, key of the label, least, most, value.
    fn numbers(&self) -> [(&'static str, &'static str, u32, u32, u32); 5] {
        let rules = &self.rules;
        [
            ("new_per_day", "settings-study-new", 0, 9_999, rules.new_per_day),
            ("reviews_per_day", "settings-study-reviews", 0, 9_999, rules.reviews_per_day),
            ("maximum_interval_days", "settings-study-longest", 1, 36_500, rules.maximum_interval_days),
            ("leech_lapses", "settings-study-leech", 0, 99, rules.leech_lapses),
            ("day_starts", "settings-study-day", 0, 23, u32::from(rules.day_starts.unsigned_abs())),
        ]
    }

    /// Lists of steps in minutes: name, key of the label, value.
    fn steps(&self) -> [(&'static str, &'static str, String); 2] {
        let minutes = |steps: &[u32]| {
            let one = |seconds: &u32| format!("{}", f64::from(*seconds) / 60.0);
            steps.iter().map(one).collect::<Vec<_>>().join(" ")
        };
        [
            ("learning_steps", "settings-study-steps", minutes(&self.rules.learning_steps)),
            ("relearning_steps", "settings-study-again", minutes(&self.rules.relearning_steps)),
        ]
    }

    /// Choices of yes and no: name, key of the label, whether it is so.
    fn flags(&self) -> [(&'static str, &'static str, bool); 2] {
        [
            ("bury_siblings", "settings-study-siblings", self.rules.bury_siblings),
            ("leech_suspends", "settings-study-leech-stop", self.rules.leech_suspends),
        ]
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.wrong.as_deref() == Some(field)
    }

    fn news_line(&self) -> Option<Cow<'static, str>> {
        let counted = |key, count: u32| self.frame.locale.with(key, &[("count", count.into())]);
        Some(match self.news? {
            StudyNews::Kept => self.frame.t("settings-study-kept"),
            StudyNews::Fitted(reviews) => counted("settings-study-fitted", reviews),
            StudyNews::TooFew => counted("settings-study-too-few", self.needed),
        })
    }

    fn fit_line(&self) -> Cow<'static, str> {
        match self.fitted {
            Some(reviews) => self.frame.locale.with("settings-study-fit-own", &[("count", reviews.into())]),
            None => self.frame.locale.with("settings-study-fit-all", &[("count", self.needed.into())]),
        }
    }
}
