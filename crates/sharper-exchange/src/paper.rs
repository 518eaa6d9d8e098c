//! A quiz or an exam on its way out.

use sharper_domain::{ExamSection, Question};

/// A quiz or an exam.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Identity that stays through every export: letters, digits, hyphens.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How long it lasts, where that is limited.
    pub duration_minutes: Option<u32>,
    /// Its sections; a quiz has one.
    pub sections: Vec<ExamSection>,
}

impl Paper {
    /// A quiz.
    pub fn quiz(id: &str, title: &str, questions: Vec<Question>) -> Self {
        let section = ExamSection { section_name: title.to_owned(), time_estimate_minutes: 0, questions };
        Self { id: id.to_owned(), title: title.to_owned(), duration_minutes: None, sections: vec![section] }
    }

    /// Its questions, in order.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Question> {
        self.sections.iter().flat_map(|section| &section.questions)
    }
}

/// The rubric of an essay as lines for whoever marks it.
pub(crate) fn rubric(question: &Question) -> Vec<String> {
    let line =
        |one: &sharper_domain::Criterion| format!("{} ({}): “{}”", one.criterion, one.points, one.quote);
    question.rubric.iter().map(line).collect()
}
