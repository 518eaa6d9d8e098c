//! Exams: what may be chosen for one, and its sections as they are kept.

use serde::{Deserialize, Serialize};

use crate::{DifficultyChoice, Question, QuestionKind};

/// Minutes that an exam lasts when none are given.
pub const DURATION_MINUTES: u32 = 60;

/// A section that a request asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionSpec {
    /// Its name; where it is a heading or term of the notes, the section is about that.
    pub name: String,
    /// The kinds of its questions; none leaves it to the author.
    #[serde(default)]
    pub question_types: Vec<QuestionKind>,
    /// How many questions, if it matters.
    #[serde(default)]
    pub question_count: Option<u32>,
}

/// What a request for an exam may choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExamOptions {
    /// How long it lasts, 5 to 480 minutes.
    pub duration_minutes: u32,
    /// How hard.
    pub difficulty: DifficultyChoice,
    /// Its sections; none leaves them to the author.
    pub sections: Vec<SectionSpec>,
    /// Only about this, if given.
    pub topic: Option<String>,
}

impl Default for ExamOptions {
    fn default() -> Self {
        Self {
            duration_minutes: DURATION_MINUTES,
            difficulty: DifficultyChoice::default(),
            sections: Vec::new(),
            topic: None,
        }
    }
}

impl ExamOptions {
    /// Questions that fit into the time: one for every three minutes, at least four and at most sixty; or as many as
    /// the sections ask for.
    pub fn question_count(&self) -> u32 {
        let asked: Option<u32> = self.sections.iter().map(|section| section.question_count).sum();
        match asked {
            Some(count) if count > 0 => count.min(crate::request::COUNT_MAX),
            _ => (self.duration_minutes / 3).clamp(4, 60),
        }
    }
}

/// A section of an exam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ExamSection {
    /// Its name.
    pub section_name: String,
    /// How long it should take, in minutes.
    pub time_estimate_minutes: u32,
    /// Its questions, in order.
    pub questions: Vec<Question>,
}

impl ExamSection {
    /// What its questions count together.
    pub fn points(&self) -> u32 {
        self.questions.iter().map(|question| question.points).sum()
    }
}

/// Minutes that a question takes, by its kind.
pub fn minutes_of(kind: QuestionKind) -> f64 {
    match kind {
        QuestionKind::TrueFalse => 1.0,
        QuestionKind::MultipleChoice => 1.5,
        QuestionKind::ShortAnswer => 3.0,
        QuestionKind::Essay => 12.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_questions_follows_the_time_or_the_sections() {
        let mut options = ExamOptions::default();
        assert_eq!(options.question_count(), 20);
        options.duration_minutes = 5;
        assert_eq!(options.question_count(), 4);
        let section =
            |count| SectionSpec { name: "A".into(), question_types: vec![], question_count: Some(count) };
        options.sections = vec![section(3), section(4)];
        assert_eq!(options.question_count(), 7);
        options.sections[0].question_count = None;
        assert_eq!(options.question_count(), 4);
    }
}
