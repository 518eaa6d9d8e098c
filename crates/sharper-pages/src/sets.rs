//! `GET /sets`: all sets, what waits of them, and the way in for decks of other programs.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{StudySet, Waiting};

use crate::Frame;

/// The page of all sets.
#[derive(Debug, Clone, Template)]
#[template(path = "sets.html")]
pub struct SetsPage {
    /// What is around it.
    pub frame: Frame,
    /// The sets, newest first.
    pub sets: Vec<StudySet>,
    /// What waits today, of all of them.
    pub waiting: Waiting,
    /// The largest file that is taken, in bytes; `None` where no files are.
    pub most: Option<u64>,
}

impl SetsPage {
    fn due(&self) -> u32 {
        self.waiting.total()
    }

    fn study_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("sets-due", usize::try_from(self.due()).unwrap_or_default())
    }

    fn facts(&self, set: &StudySet) -> String {
        let cards =
            self.frame.locale.n("cards-count", usize::try_from(set.set.card_count).unwrap_or_default());
        format!("{cards} · {}", self.frame.ago(set.set.created_at))
    }
}
