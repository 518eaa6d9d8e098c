//! `GET /quizzes/{id}`: a quiz to practise with. The answers are on the page; without a script they unfold.

use std::borrow::Cow;
use std::collections::BTreeMap;

use askama::Template;
use sharper_domain::{MaterialId, TaskKind};

use crate::Frame;
use crate::attempt::Taken;
use crate::kind::Heading;
use crate::question::QuestionView;

/// The page of a quiz.
#[derive(Debug, Clone, Template)]
#[template(path = "quiz.html")]
pub struct QuizPage {
    /// What is around it.
    pub frame: Frame,
    /// Title, author and age.
    pub heading: Heading,
    /// Its id.
    pub id: MaterialId,
    /// When it was taken, the last first.
    pub taken: Vec<Taken>,
    /// Its questions, in order.
    pub questions: Vec<QuestionView>,
    /// How long it should take, in minutes.
    pub minutes: u32,
}

impl QuizPage {
    fn name(&self) -> Cow<'_, str> {
        self.heading.name(&self.frame, TaskKind::QuizGeneration)
    }

    fn line(&self) -> String {
        self.heading.line(&self.frame, TaskKind::QuizGeneration)
    }

    fn start_key(&self) -> &'static str {
        if Taken::is_open(&self.taken) { "attempt-continue" } else { "attempt-start" }
    }

    fn facts(&self) -> String {
        let locale = self.frame.locale;
        let points: u32 = self.questions.iter().map(|question| question.points).sum();
        let (count, minutes) =
            (locale.n("questions-count", self.questions.len()), locale.n("item-minutes", self.minutes));
        format!("{count} · {} · {minutes}", locale.n("item-points", points))
    }

    fn words(&self) -> BTreeMap<&'static str, String> {
        let locale = self.frame.locale;
        let open = |name: &'static str| (name, format!("{{{name}}}").into());
        BTreeMap::from([
            ("score", locale.with("quiz-score", &[open("got"), open("total")]).into_owned()),
            ("right", locale.t("quiz-right").into_owned()),
            ("wrong", locale.t("quiz-wrong").into_owned()),
            ("compare", locale.t("quiz-compare").into_owned()),
            ("choose", locale.t("quiz-choose").into_owned()),
            ("one", locale.t("quiz-one").into_owned()),
            ("all", locale.t("quiz-all").into_owned()),
        ])
    }
}
