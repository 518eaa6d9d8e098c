//! What a grader found in a typed answer: points, and the words that earned each.

use serde::{Deserialize, Serialize};

use crate::Span;

/// Who graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GradedBy {
    /// The key: a choice is right or wrong.
    Key,
    /// The rules that need no model.
    Rules,
    /// A language model, held to the points and the student's own words.
    Model,
    /// A person, after an appeal.
    Person,
}

/// One thing that an answer had to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct GradedPoint {
    /// What it had to say.
    pub point: String,
    /// The words of the notes that say it.
    pub quote: String,
    /// What it counts, in hundredths of a point.
    pub of: u32,
    /// What it earned, in hundredths of a point.
    pub earned: u32,
    /// The words of the answer that earned it, in bytes of the answer.
    pub words: Vec<Span>,
    /// Why it earned less than all, for the student; a stable word such as `missing`, `number`, `unit`, `negation`, `other_term`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What a grader found. No grading at all means "not graded": never half marks by default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Grading {
    /// What it earned, in hundredths of a point.
    pub points: u32,
    /// What could be earned, in hundredths of a point.
    pub of: u32,
    /// Point by point.
    pub parts: Vec<GradedPoint>,
    /// Who graded.
    pub by: GradedBy,
}

impl Grading {
    /// Whether everything was earned.
    pub fn full(&self) -> bool {
        self.points == self.of
    }
}
