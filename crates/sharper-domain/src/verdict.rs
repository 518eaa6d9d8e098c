//! Verdicts: what the checks say of one item, and the thresholds that decide.

use serde::{Deserialize, Serialize};

use crate::TaskKind;

/// Three scores from 0 (worst) to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Scores {
    /// Is it safe for a student, a minor among them?
    pub safety: f64,
    /// Is it a good item: clear, one answer, worth knowing?
    pub quality: f64,
    /// Does the passage support it?
    pub accuracy: f64,
}

/// Why an item was turned away. The order is that of the checks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A field is missing or empty.
    MissingField,
    /// A field is too long to be studied.
    TooLong,
    /// The answer stands in the question.
    AnswerInQuestion,
    /// It explains a word by itself.
    Circular,
    /// Two options say the same.
    RepeatedOption,
    /// Not exactly one option is the key.
    NotOneKey,
    /// Not in the language of the notes.
    WrongLanguage,
    /// Markup, code or an instruction where a sentence should stand.
    NotProse,
    /// It refers to something that is not on the card ("this", "the figure above").
    DanglingReference,
    /// The quote is not in the notes.
    QuoteNotFound,
    /// A number in the item is not in the passage.
    NumberDiffers,
    /// A name in the item is not in the passage.
    NameDiffers,
    /// The item affirms what the passage denies, or the other way round.
    NegationDiffers,
    /// The passage does not support the item.
    Unsupported,
    /// The same as another item of the set.
    Duplicate,
    /// The same as an item that the student already has.
    AlreadyKnown,
    /// One question of an exam tells the answer of another.
    GivesAwayAnother,
    /// Not fit for students.
    Unsafe,
    /// The quality score is under the threshold.
    LowQuality,
    /// The accuracy score is under the threshold.
    LowAccuracy,
    /// No judge gave a verdict that could be read.
    NotJudged,
}

impl Fault {
    /// The reason, for a student: it ends the sentence "n items were left out because …".
    pub fn reason(self) -> &'static str {
        match self {
            Fault::MissingField => "a part was missing",
            Fault::TooLong => "they were too long to study",
            Fault::AnswerInQuestion => "the question gave the answer away",
            Fault::Circular => "they explained a word by itself",
            Fault::RepeatedOption => "two options said the same",
            Fault::NotOneKey => "they had not exactly one right answer",
            Fault::WrongLanguage => "they were not in the language of your notes",
            Fault::NotProse => "they were not readable sentences",
            Fault::DanglingReference => "they made no sense without the page around them",
            Fault::QuoteNotFound => "their quote is not in your notes",
            Fault::NumberDiffers => "a number differed from your notes",
            Fault::NameDiffers => "a name differed from your notes",
            Fault::NegationDiffers => "they said the opposite of your notes",
            Fault::Unsupported => "they were not supported by your notes",
            Fault::Duplicate => "they repeated another item",
            Fault::AlreadyKnown => "you already have them",
            Fault::GivesAwayAnother => "they gave away the answer of another question",
            Fault::Unsafe => "they were not suitable",
            Fault::LowQuality => "they were not good enough",
            Fault::LowAccuracy => "they were not accurate enough",
            Fault::NotJudged => "they could not be checked",
        }
    }
}

/// What the checks say of one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Verdict {
    /// The scores; a check that did not run gives 0, never a credit.
    pub scores: Scores,
    /// Everything found wrong, the first check first. Empty means it may be shown.
    pub faults: Vec<Fault>,
}

impl Verdict {
    /// Whether the item may reach a student.
    pub fn passed(&self) -> bool {
        self.faults.is_empty()
    }

    /// Adds the faults that follow from scores under the thresholds.
    pub fn judged_by(mut self, thresholds: &Thresholds) -> Self {
        if self.scores.quality < thresholds.quality && !self.faults.contains(&Fault::LowQuality) {
            self.faults.push(Fault::LowQuality);
        }
        if self.scores.accuracy < thresholds.accuracy && !self.faults.contains(&Fault::LowAccuracy) {
            self.faults.push(Fault::LowAccuracy);
        }
        self
    }
}

/// The least scores an item needs, and how often failed items are asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Least accuracy.
    pub accuracy: f64,
    /// Least quality.
    pub quality: f64,
    /// Repairs at most.
    pub retries: u8,
}

impl Thresholds {
    /// The thresholds of the wire contract. Safety is always required and has no threshold to lower.
    pub fn of(kind: TaskKind) -> Self {
        let (accuracy, quality, retries) = match kind {
            TaskKind::FlashcardGeneration => (0.75, 0.70, 2),
            TaskKind::QuizGeneration => (0.85, 0.75, 2),
            TaskKind::ExamGeneration => (0.90, 0.85, 2),
            TaskKind::SummaryGeneration => (0.80, 0.70, 2),
            TaskKind::Chat => (0.0, 0.0, 1),
            TaskKind::NoteAnalysis | TaskKind::StudyPlan => (0.70, 0.60, 2),
        };
        Self { accuracy, quality, retries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_low_score_is_a_fault_and_no_score_is_no_pass() {
        let scores = Scores { safety: 1.0, quality: 0.0, accuracy: 0.74 };
        let verdict =
            Verdict { scores, faults: vec![] }.judged_by(&Thresholds::of(TaskKind::FlashcardGeneration));
        assert_eq!(verdict.faults, [Fault::LowQuality, Fault::LowAccuracy]);
        assert!(!verdict.passed());
    }
}
