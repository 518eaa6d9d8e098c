//! `GET /sets/{id}`: a set, with every card and the words of the notes it stands on. Fit to be printed.

use std::borrow::Cow;

use askama::Template;
use jiff::civil::Date;
use sharper_domain::{SetId, Timestamp};

use crate::card::difficulty_key;
use crate::{CardView, Frame, figure};

/// The page of a set.
#[derive(Debug, Clone, Template)]
#[template(path = "set.html")]
pub struct SetPage {
    /// What is around it.
    pub frame: Frame,
    /// The set.
    pub id: SetId,
    /// A line for people.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// The day of its exam, by the student's days.
    pub exam: Option<Date>,
    /// New cards a day, where that is chosen for this set.
    pub new_per_day: Option<u32>,
    /// The share that will be recalled on the day of the exam if nothing more is studied, with its limits in nine of ten cases.
    pub ready: Option<(f64, f64, f64)>,
    /// Its cards, in order.
    pub cards: Vec<CardView>,
}

impl SetPage {
    fn ready_line(&self) -> Option<Cow<'static, str>> {
        let percent = |share: f64| format!("{} %", figure::decimal(self.frame.locale, share * 100.0, 0));
        let (recall, low, high) = self.ready?;
        let values = [
            ("recall", percent(recall).into()),
            ("low", percent(low).into()),
            ("high", percent(high).into()),
        ];
        Some(self.frame.locale.with("progress-ready", &values))
    }

    fn facts(&self) -> String {
        let ago = self.frame.ago(self.created_at);
        format!("{} · {ago}", self.frame.locale.n("cards-count", self.cards.len()))
    }

    fn difficulty(&self, card: &CardView) -> Cow<'static, str> {
        self.frame.t(difficulty_key(card.difficulty))
    }
}
