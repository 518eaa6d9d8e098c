//! `GET /plans/{id}`: what to study on which day, and why each topic gets its time.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{Activity, MaterialId, PlanDay, PlanSession, StudyTopic, TaskKind};

use crate::Frame;
use crate::item::share;
use crate::kind::Heading;

/// The page of a study plan.
#[derive(Debug, Clone, Template)]
#[template(path = "plan.html")]
pub struct PlanPage {
    /// What is around it.
    pub frame: Frame,
    /// The plan.
    pub id: MaterialId,
    /// Title, author and age.
    pub heading: Heading,
    /// The topics, the weightiest first.
    pub topics: Vec<StudyTopic>,
    /// The days, in order.
    pub days: Vec<PlanDay>,
    /// The numbers of the days that are ticked off.
    pub done: Vec<u32>,
}

impl PlanPage {
    fn name(&self) -> Cow<'_, str> {
        self.heading.name(&self.frame, TaskKind::StudyPlan)
    }

    fn line(&self) -> String {
        self.heading.line(&self.frame, TaskKind::StudyPlan)
    }

    fn facts(&self) -> String {
        let locale = self.frame.locale;
        let minutes: u32 = self.days.iter().map(|day| day.minutes).sum();
        format!("{} · {}", locale.n("days-count", self.days.len()), locale.n("item-minutes", minutes))
    }

    fn is_done(&self, day: &PlanDay) -> bool {
        self.done.contains(&day.day)
    }

    /// How many days are ticked off, once one is.
    fn done_line(&self) -> Option<Cow<'static, str>> {
        let count = self.days.iter().filter(|day| self.is_done(day)).count();
        let values = [("count", count.into()), ("of", self.days.len().into())];
        (count > 0).then(|| self.frame.locale.with("plan-done-of", &values))
    }

    fn day(&self, day: &PlanDay) -> Cow<'static, str> {
        self.frame.locale.n("plan-day", day.day)
    }

    fn minutes(&self, minutes: &u32) -> Cow<'static, str> {
        self.frame.locale.n("item-minutes", *minutes)
    }

    fn activity(&self, session: &PlanSession) -> Cow<'static, str> {
        self.frame.t(match session.activity {
            Activity::Learn => "activity-learn",
            Activity::Review => "activity-review",
            Activity::Practise => "activity-practise",
            Activity::MockExam => "activity-mock-exam",
        })
    }

    fn share(&self, topic: &StudyTopic) -> String {
        share(topic.weight, self.frame.locale)
    }

    fn mastery(&self, topic: &StudyTopic) -> Option<Cow<'static, str>> {
        let known = (topic.mastery? * 100.0).round() as i64;
        Some(self.frame.locale.n("plan-mastery", known))
    }
}
