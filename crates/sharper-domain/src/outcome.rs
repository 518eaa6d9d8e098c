//! Outcomes: the `result` of the wire contract, which ends every job, is streamed, stored and returned.

use serde::{Deserialize, Serialize};

use crate::{Difficulty, DifficultyChoice, Fault, Flashcard, FlashcardSet, SessionId, TaskKind, UserId};

/// The number that the reference's clients expect in `phase`.
pub const PHASE: u8 = 4;

/// How the items of a result were checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Mean over the items delivered; 0 when there are none.
    pub safety_score: f64,
    /// Mean over the items delivered; 0 when there are none.
    pub quality_score: f64,
    /// Mean over the items delivered; 0 when there are none.
    pub accuracy_score: f64,
    /// 1, plus one for each repair.
    pub validation_attempts: u32,
    /// Whether everything delivered passed, and something was.
    pub validation_passed: bool,
    /// Items asked for.
    pub requested: u32,
    /// Items delivered.
    pub delivered: u32,
    /// Items turned away, by reason, the commonest first.
    pub rejected: Vec<Rejected>,
}

/// How many items were turned away for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rejected {
    /// The reason.
    pub fault: Fault,
    /// The reason, for a student.
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// Facts about the making.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// From the claim of the job to its end, in milliseconds.
    pub execution_time_ms: u64,
    /// Model tokens, prompt and completion; 0 for the offline author.
    pub tokens_used: u64,
    /// The author: a model's name, or `offline`.
    pub model_used: String,
    /// The mean of the three scores.
    pub confidence_score: f64,
}

/// `data` of a flashcard result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlashcardsContent {
    /// The cards, best first.
    pub flashcards: Vec<Flashcard>,
    /// How many there are.
    pub total_count: u32,
    /// Their topics, each once, in order of appearance.
    pub topics_covered: Vec<String>,
    /// Model tokens.
    pub tokens_used: u64,
    /// The author: a model's name, or `offline`.
    pub model_used: String,
    /// What was asked for.
    pub generation_params: GenerationParams,
}

/// What was asked for, as the wire repeats it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GenerationParams {
    /// How many.
    pub count: u32,
    /// How hard.
    pub difficulty: DifficultyChoice,
    /// About what.
    pub topic: Option<String>,
}

/// `data`, by intent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Content {
    /// Flashcards.
    Flashcards(FlashcardsContent),
}

/// `saved`, for flashcards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedFlashcards {
    /// True: the transaction that holds this outcome holds the cards too.
    pub saved: bool,
    /// How many.
    pub count: u32,
    /// The cards' ids, in order.
    pub ids: Vec<crate::CardId>,
    /// The set they are in.
    pub set: FlashcardSet,
    /// `flashcards`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The result of a job that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// True: it holds something that was checked.
    pub success: bool,
    /// What was done.
    pub intent: TaskKind,
    /// What was made.
    pub data: Content,
    /// How it was checked.
    pub validation: Validation,
    /// Facts about the making.
    pub metadata: Metadata,
    /// For whom.
    pub user_id: UserId,
    /// In which stream.
    pub session_id: SessionId,
    /// Kept for old clients.
    pub phase: u8,
    /// One sentence for the student: "18 of 20 cards; 2 …".
    pub message: String,
}

/// Counts difficulty levels; used for the summary line of a set.
pub fn count_levels(cards: &[Flashcard]) -> [(Difficulty, usize); 3] {
    [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard]
        .map(|level| (level, cards.iter().filter(|card| card.difficulty == level).count()))
}
