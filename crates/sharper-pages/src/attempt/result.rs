//! An attempt that is over: points, topics, and every question with its key and its passage.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::attempt::by_topic;
use sharper_domain::{Answered, Attempt, EndedBy, TopicScore};

use super::{Asked, name, paper_href, points_of};
use crate::Frame;

/// The page of an attempt that is over.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/result.html")]
pub struct ResultPage {
    frame: Frame,
    attempt: Attempt,
    questions: Vec<Asked>,
    topics: Vec<TopicScore>,
}

impl ResultPage {
    /// The page of an attempt with what was answered.
    pub fn new(frame: Frame, attempt: Attempt, answers: &[Answered]) -> Self {
        let questions = Asked::all(&attempt, answers, &frame);
        let topics = by_topic(&attempt, answers);
        Self { frame, attempt, questions, topics }
    }

    fn name(&self) -> String {
        name(&self.frame, &self.attempt)
    }

    fn paper(&self) -> String {
        paper_href(&self.attempt)
    }

    fn earned(&self) -> u32 {
        self.questions.iter().filter_map(|question| question.answer.as_ref()?.points).sum()
    }

    fn score(&self) -> Cow<'static, str> {
        points_of(&self.frame, self.earned(), self.attempt.of_points)
    }

    /// How many are not graded, and whether the clock ended it.
    fn remarks(&self) -> Vec<Cow<'static, str>> {
        let ungraded = self.ungraded();
        let not_graded = (ungraded > 0).then(|| self.frame.locale.n("attempt-not-graded-count", ungraded));
        let by_clock =
            (self.attempt.ended_by == Some(EndedBy::Clock)).then(|| self.frame.t("attempt-clock-ended"));
        not_graded.into_iter().chain(by_clock).collect()
    }

    fn ungraded(&self) -> usize {
        self.questions.iter().filter(|question| question.full().is_none()).count()
    }

    fn missed(&self) -> bool {
        self.questions.iter().any(|question| question.full() == Some(false))
    }

    fn topic_line(&self, topic: &TopicScore) -> String {
        let mark = points_of(&self.frame, topic.points, topic.of_points);
        match topic.not_graded {
            0 => mark.into_owned(),
            count => format!("{mark} · {}", self.frame.locale.n("attempt-not-graded-count", count)),
        }
    }
}
