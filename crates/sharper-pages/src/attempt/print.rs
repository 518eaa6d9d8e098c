//! `/quizzes/{id}/print` and `/exams/{id}/print`: a paper for pen and ink, its answer key on a page of its own.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{Criterion, TaskKind};

use crate::kind::Heading;
use crate::{Frame, SectionView};

/// The page of a paper to print.
#[derive(Debug, Clone, Template)]
#[template(path = "attempt/print.html")]
pub struct PrintPage {
    /// What is around it.
    pub frame: Frame,
    /// Title, author and age.
    pub heading: Heading,
    /// What it is.
    pub kind: TaskKind,
    /// How long it should take, in minutes.
    pub minutes: u32,
    /// Its sections; one without a name of a quiz.
    pub sections: Vec<SectionView>,
    /// Where it can be taken.
    pub paper: String,
}

impl PrintPage {
    fn name(&self) -> Cow<'_, str> {
        self.heading.name(&self.frame, self.kind)
    }

    fn facts(&self) -> String {
        let locale = self.frame.locale;
        let questions = self.sections.iter().flat_map(|section| &section.questions);
        let (count, points) =
            questions.fold((0_usize, 0), |(count, points), one| (count + 1, points + one.points));
        let minutes = locale.n("item-minutes", self.minutes);
        format!("{minutes} · {} · {}", locale.n("questions-count", count), locale.n("item-points", points))
    }

    fn criterion_points(&self, criterion: &Criterion) -> Cow<'static, str> {
        self.frame.locale.n("item-points", criterion.points)
    }
}
