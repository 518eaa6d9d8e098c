//! `GET /`: Today. One box for notes, what to make of them, a sample to try, and what was made lately.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::request::COUNT_MAX;
use sharper_domain::{
    DifficultyChoice, Problem, QuestionKind, SummaryLength, SummaryStyle, TaskKind, Timestamp,
};

use crate::form::{MakeForm, QUICK_COUNTS};
use crate::item::question_key;
use crate::summary::style_key;
use crate::{Frame, ProblemPage, kind};

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
    /// The largest file that is taken, in bytes; `None` where no files are.
    pub most: Option<u64>,
    /// Cards that wait today.
    pub due: u32,
    /// What the student made or studied lately, the last first. Empty on the first visit.
    pub recent: Vec<Recent>,
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

/// Something that was made or studied lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// What it is.
    pub kind: TaskKind,
    /// The address of its page.
    pub href: String,
    /// A line for people.
    pub title: String,
    /// How much it holds, and for cards how many of them were studied.
    pub amount: Amount,
    /// When it was last studied, or made.
    pub when: Timestamp,
}

/// How much a material holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Cards, and how many of them were studied at least once.
    Cards {
        /// All of them.
        cards: u32,
        /// Those that were studied.
        studied: u32,
    },
    /// Questions.
    Questions(u32),
    /// Points of a summary.
    Points(u32),
    /// Findings of an analysis.
    Findings(u32),
    /// Days of a plan.
    Days(u32),
    /// A conversation is not counted.
    Talk,
}

impl TodayPage {
    fn due_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("sets-due", self.due)
    }

    fn fact(&self, recent: &Recent) -> String {
        let locale = self.frame.locale;
        let amount = match recent.amount {
            Amount::Cards { cards, studied } => {
                let values = [("studied", studied.into()), ("cards", cards.into())];
                Some(locale.with("today-recent-progress", &values))
            }
            Amount::Questions(count) => Some(locale.n("questions-count", count)),
            Amount::Points(count) => Some(locale.n("points-count", count)),
            Amount::Findings(count) => Some(locale.n("findings-count", count)),
            Amount::Days(count) => Some(locale.n("days-count", count)),
            Amount::Talk => None,
        };
        let kind = locale.of_kind("kind-name", recent.kind);
        let ago = self.frame.ago(recent.when);
        match amount {
            Some(amount) => format!("{kind} · {amount} · {ago}"),
            None => format!("{kind} · {ago}"),
        }
    }

    /// The set of cards behind a recent material, where it is one: its number of cards, and how many were studied.
    fn studied(&self, recent: &Recent) -> Option<(u32, u32)> {
        match recent.amount {
            Amount::Cards { cards, studied } => Some((cards, studied)),
            _ => None,
        }
    }

    /// Where all cards of a set are to be seen.
    fn set_href(&self, recent: &Recent) -> String {
        recent.href.replacen("/study/", "/sets/", 1)
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

    fn upload_words(&self) -> serde_json::Value {
        crate::library::upload_words(&self.frame, self.most)
    }

    /// The kinds on offer: the word of the wire, that of the style, and what the button says.
    fn kinds(&self) -> [(TaskKind, &'static str, Cow<'static, str>, Cow<'static, str>); 7] {
        let locale = self.frame.locale;
        kind::OFFERED.map(|one| {
            (one, kind::word(one), locale.of_kind("kind-name", one), locale.of_kind("today-make", one))
        })
    }

    fn levels(&self) -> [(DifficultyChoice, &'static str); 4] {
        [
            (DifficultyChoice::Adaptive, "difficulty-adaptive"),
            (DifficultyChoice::Easy, "difficulty-easy"),
            (DifficultyChoice::Medium, "difficulty-medium"),
            (DifficultyChoice::Hard, "difficulty-hard"),
        ]
    }

    fn question_kinds(&self) -> [(&'static str, &'static str); 3] {
        QuestionKind::QUIZ.map(|kind| (kind.as_str(), question_key(kind)))
    }

    fn asks_for(&self, question_kind: &str) -> bool {
        self.form.question_types.iter().any(|kind| kind == question_kind)
    }

    fn lengths(&self) -> [(&'static str, &'static str); 3] {
        [
            (SummaryLength::Short.as_str(), "length-short"),
            (SummaryLength::Medium.as_str(), "length-medium"),
            (SummaryLength::Long.as_str(), "length-long"),
        ]
    }

    fn styles(&self) -> [(&'static str, &'static str); 3] {
        [SummaryStyle::BulletPoints, SummaryStyle::Paragraph, SummaryStyle::Outline]
            .map(|style| (style.as_str(), style_key(style)))
    }
}
