//! `GET /exams/{id}`: an exam by section, fit to be printed, with its answer key folded away.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{Criterion, MaterialId, TaskKind};

use crate::Frame;
use crate::attempt::Taken;
use crate::kind::Heading;
use crate::question::QuestionView;

/// The page of an exam.
#[derive(Debug, Clone, Template)]
#[template(path = "exam.html")]
pub struct ExamPage {
    /// What is around it.
    pub frame: Frame,
    /// Title, author and age.
    pub heading: Heading,
    /// Its id.
    pub id: MaterialId,
    /// When it was taken, the last first.
    pub taken: Vec<Taken>,
    /// How long it lasts, in minutes.
    pub duration_minutes: u32,
    /// Its sections, in order.
    pub sections: Vec<SectionView>,
}

/// A section of an exam to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionView {
    /// Its name.
    pub name: String,
    /// How long it should take, in minutes.
    pub minutes: u32,
    /// Its questions, numbered through the exam.
    pub questions: Vec<QuestionView>,
}

impl SectionView {
    fn points(&self) -> u32 {
        self.questions.iter().map(|question| question.points).sum()
    }
}

impl ExamPage {
    fn name(&self) -> Cow<'_, str> {
        self.heading.name(&self.frame, TaskKind::ExamGeneration)
    }

    fn line(&self) -> String {
        self.heading.line(&self.frame, TaskKind::ExamGeneration)
    }

    fn start_key(&self) -> &'static str {
        if Taken::is_open(&self.taken) { "attempt-continue" } else { "attempt-start" }
    }

    fn facts(&self) -> String {
        let locale = self.frame.locale;
        let points: u32 = self.sections.iter().map(SectionView::points).sum();
        let count: usize = self.sections.iter().map(|section| section.questions.len()).sum();
        let minutes = locale.n("item-minutes", self.duration_minutes);
        format!("{minutes} · {} · {}", locale.n("questions-count", count), locale.n("item-points", points))
    }

    fn section_facts(&self, section: &SectionView) -> String {
        let locale = self.frame.locale;
        let minutes = locale.n("item-minutes", section.minutes);
        format!("{minutes} · {}", locale.n("item-points", section.points()))
    }

    fn criterion_points(&self, criterion: &Criterion) -> Cow<'static, str> {
        self.frame.locale.n("item-points", criterion.points)
    }
}
