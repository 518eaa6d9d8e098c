//! An open attempt: one question at a time or all, with the clock of an exam.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use sharper_domain::{Answered, Attempt, Paper};

use super::{Asked, name};
use crate::Frame;

/// What the page says of the last thing that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The answer is kept.
    Saved,
    /// A newer answer was there, and is shown.
    Newer,
}

/// The page of an open attempt.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/sheet.html")]
pub struct SheetPage {
    frame: Frame,
    attempt: Attempt,
    questions: Vec<Asked>,
    /// The question that is shown, from 0; `None` shows all.
    at: Option<usize>,
    seconds_left: Option<f64>,
    notice: Option<Notice>,
}

impl SheetPage {
    /// The page of an attempt, at a question (from 1; a number that is none is the nearest) or with all of them.
    pub fn new(
        frame: Frame,
        attempt: Attempt,
        answers: &[Answered],
        at: Option<usize>,
        seconds_left: Option<f64>,
        notice: Option<Notice>,
    ) -> Self {
        let questions = Asked::all(&attempt, answers, &frame);
        let last = questions.len().saturating_sub(1);
        let at = at.map(|number| number.saturating_sub(1).min(last));
        Self { frame, attempt, questions, at, seconds_left, notice }
    }

    fn name(&self) -> String {
        name(&self.frame, &self.attempt)
    }

    fn is_quiz(&self) -> bool {
        self.attempt.paper == Paper::Quiz
    }

    fn shown(&self) -> &[Asked] {
        self.at.map_or(&self.questions[..], |at| &self.questions[at..=at])
    }

    fn place(&self, question: &Asked) -> Cow<'static, str> {
        let (number, total) = (question.view.number.into(), self.questions.len().into());
        self.frame
            .locale
            .with("attempt-question", &[("number", number), ("total", total)])
            .into_owned()
            .into()
    }

    fn is_at(&self, question: &Asked) -> bool {
        self.at.is_some_and(|at| self.questions[at].id == question.id)
    }

    fn is_last(&self) -> bool {
        self.at.is_some_and(|at| at + 1 == self.questions.len())
    }

    fn link_label(&self, question: &Asked) -> String {
        let mut label = self.frame.locale.n("quiz-number", question.view.number).into_owned();
        let state = if question.answered() { "attempt-answered" } else { "attempt-unanswered" };
        label = format!("{label}, {}", self.frame.t(state));
        if question.flagged() {
            label = format!("{label}, {}", self.frame.t("attempt-flagged"));
        }
        label
    }

    fn open(&self) -> usize {
        self.questions.iter().filter(|question| !question.answered()).count()
    }

    fn finish_line(&self) -> Cow<'static, str> {
        match self.open() {
            0 => self.frame.t("attempt-all-answered"),
            open => self.frame.locale.n("attempt-open-count", open),
        }
    }

    /// The clock as the server reads it, for a reader without a script.
    fn clock(&self) -> Option<String> {
        let left = self.seconds_left?.max(0.0) as u64;
        Some(format!("{}:{:02}:{:02}", left / 3600, left / 60 % 60, left % 60))
    }

    fn notice(&self) -> Cow<'static, str> {
        match self.notice {
            Some(Notice::Saved) => self.frame.t("attempt-saved"),
            Some(Notice::Newer) => self.frame.t("attempt-newer"),
            None => "".into(),
        }
    }

    fn words(&self) -> BTreeMap<&'static str, Cow<'static, str>> {
        let words = [
            ("saved", "attempt-saved"),
            ("saving", "attempt-saving"),
            ("unsaved", "attempt-unsaved"),
            ("newer", "attempt-newer"),
            ("over", "attempt-over"),
        ];
        words.map(|(name, key)| (name, self.frame.t(key))).into()
    }
}
