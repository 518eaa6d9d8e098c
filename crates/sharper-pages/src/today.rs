//! `GET /`: Today. One box for notes, a sample to try, and where the student stopped.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::request::COUNT_MAX;
use sharper_domain::{DifficultyChoice, Problem, SetId, Timestamp};

use crate::{Frame, ProblemPage};

/// The page Today.
#[derive(Debug, Clone, Template)]
#[template(path = "today.html")]
pub struct TodayPage {
    /// What is around it.
    pub frame: Frame,
    /// What the form holds; after a form that could not be taken, what was typed.
    pub form: MakeForm,
    /// Why the form could not be taken.
    pub problem: Option<Problem>,
    /// Texts to try it with.
    pub samples: Vec<Sample>,
    /// The student's sets, the last studied first. Empty on the first visit.
    pub recent: Vec<RecentSet>,
}

/// The fields of `POST /make`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MakeForm {
    /// The notes.
    pub notes: String,
    /// A title, or nothing.
    pub title: String,
    /// How many cards.
    pub count: CountChoice,
    /// How hard.
    pub difficulty: DifficultyChoice,
}

/// The choice of a number of cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountChoice(pub u32);

impl Default for CountChoice {
    fn default() -> Self {
        Self(10)
    }
}

impl CountChoice {
    /// The numbers that are one tap away.
    pub const QUICK: [u32; 3] = [5, 10, 20];

    /// The count that a form asks for: `count` is a number or `other`, and then `count_other` holds it.
    /// `None` when that is no number from 1 to `COUNT_MAX`.
    pub fn from_form(count: &str, count_other: &str) -> Option<Self> {
        let text = if count == "other" { count_other } else { count };
        text.trim().parse().ok().filter(|n| (1..=COUNT_MAX).contains(n)).map(Self)
    }

    /// Whether it is none of the quick ones.
    pub fn is_other(self) -> bool {
        !Self::QUICK.contains(&self.0)
    }
}

/// A text to try it with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Its id, sent back as the field `sample`.
    pub id: String,
    /// A line for people.
    pub title: String,
    /// Who wrote it, and under which licence.
    pub attribution: String,
}

/// A set that was made or studied lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentSet {
    /// The set.
    pub id: SetId,
    /// A line for people.
    pub title: String,
    /// How many cards it holds.
    pub cards: u32,
    /// How many of them were studied at least once.
    pub studied: u32,
    /// When it was last studied, or made.
    pub when: Timestamp,
}

impl TodayPage {
    fn progress(&self, set: &RecentSet) -> Cow<'static, str> {
        let values = [("studied", set.studied.into()), ("cards", set.cards.into())];
        self.frame.locale.with("today-recent-progress", &values)
    }

    fn problem_title(&self, problem: &Problem) -> Cow<'static, str> {
        self.frame.t(ProblemPage::keys(problem.code).0)
    }

    fn problem_advice(&self, problem: &Problem) -> Cow<'static, str> {
        self.frame.t(ProblemPage::keys(problem.code).1)
    }

    fn words_pattern(&self) -> Cow<'static, str> {
        self.frame.locale.with("today-words", &[("words", "{words}".into())])
    }

    fn not_text_pattern(&self) -> Cow<'static, str> {
        self.frame.locale.with("today-file-not-text", &[("name", "{name}".into())])
    }

    fn levels(&self) -> [(DifficultyChoice, &'static str); 4] {
        [
            (DifficultyChoice::Adaptive, "difficulty-adaptive"),
            (DifficultyChoice::Easy, "difficulty-easy"),
            (DifficultyChoice::Medium, "difficulty-medium"),
            (DifficultyChoice::Hard, "difficulty-hard"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_a_quick_one_or_the_other_one_within_bounds() {
        let check = |count, other, wanted: Option<u32>| {
            assert_eq!(CountChoice::from_form(count, other), wanted.map(CountChoice), "{count} {other}");
        };
        check("5", "", Some(5));
        check("20", "37", Some(20));
        check("other", " 37 ", Some(37));
        check("other", "", None);
        check("other", "0", None);
        check("other", "201", None);
        check("many", "", None);
    }
}
