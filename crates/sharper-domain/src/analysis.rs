//! Note analyses: what is strong in notes, what is missing, what is unclear, what contradicts itself.

use serde::{Deserialize, Serialize};

use crate::{Source, Verdict};

/// What kind of thing was found in notes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// The notes explain it well.
    Strength,
    /// The notes use it and never say what it is, or announce it and do not tell it.
    Gap,
    /// Two passages cannot both be right.
    Contradiction,
    /// A passage that cannot be understood as it stands.
    Unclear,
    /// What to study next, and why.
    NextStep,
}

impl FindingKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [FindingKind; 5] = [
        FindingKind::Strength,
        FindingKind::Gap,
        FindingKind::Contradiction,
        FindingKind::Unclear,
        FindingKind::NextStep,
    ];

    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            FindingKind::Strength => "strength",
            FindingKind::Gap => "gap",
            FindingKind::Contradiction => "contradiction",
            FindingKind::Unclear => "unclear",
            FindingKind::NextStep => "next_step",
        }
    }
}

/// One thing that was found in notes. `S` is [`Passage`](crate::Passage) in a draft and [`Source`] in what is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Finding<S = Source> {
    /// What kind.
    pub kind: FindingKind,
    /// What it is, in a sentence.
    pub point: String,
    /// What to do about it, or what shows it: no sentence, or a few.
    pub details: String,
    /// What it is about: a heading or key term of the notes.
    pub topic: String,
    /// The passages where it is seen; a contradiction has two.
    pub sources: Vec<S>,
    /// What the checks found; `None` in a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

impl<S> Finding<S> {
    /// Checked, with each passage as the notes' own source; `None` where `cite` finds one of them nowhere.
    pub fn checked<T>(self, verdict: Verdict, cite: impl FnMut(S) -> Option<T>) -> Option<Finding<T>> {
        Some(Finding {
            kind: self.kind,
            point: self.point,
            details: self.details,
            topic: self.topic,
            sources: self.sources.into_iter().map(cite).collect::<Option<_>>()?,
            verdict: Some(verdict),
        })
    }
}
