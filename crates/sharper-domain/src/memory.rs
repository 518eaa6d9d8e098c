//! The memory of a card: what FSRS knows of it, and how a student wants to study.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// Where a card that was graded before stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum MemoryState {
    /// On its first steps of minutes.
    Learning,
    /// It comes back after days.
    Review,
    /// Forgotten, and on steps of minutes again.
    Relearning,
}

impl MemoryState {
    /// All of them.
    pub const ALL: [MemoryState; 3] = [MemoryState::Learning, MemoryState::Review, MemoryState::Relearning];

    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            MemoryState::Learning => "learning",
            MemoryState::Review => "review",
            MemoryState::Relearning => "relearning",
        }
    }
}

/// What is remembered of a card that was graded at least once; a new card has none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Memory {
    /// Where it stands.
    pub state: MemoryState,
    /// Which learning or relearning step it waits on, from 0; 0 in review.
    pub step: u32,
    /// Days after which it is recalled with a probability of 0.9 (FSRS).
    pub stability: f64,
    /// How hard it is to remember, 1 to 10 (FSRS).
    pub difficulty: f64,
    /// When it comes back.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Timestamp,
    /// When it was last graded.
    #[schema(value_type = String, format = DateTime)]
    pub last_review_at: Timestamp,
    /// How often it was graded.
    pub reviews: u32,
    /// How often it was forgotten after it had been known.
    pub lapses: u32,
}

/// How a student wants to study; a set may choose otherwise for its own limits and retention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StudyRules {
    /// The probability of recall at which a card should come back, 0.70 to 0.97.
    pub desired_retention: f64,
    /// Steps of a new card, in seconds; none: it goes to days at once.
    pub learning_steps: Vec<u32>,
    /// Steps of a forgotten card, in seconds.
    pub relearning_steps: Vec<u32>,
    /// The longest time between two reviews, in days.
    pub maximum_interval_days: u32,
    /// Lapses after which a card is a leech.
    pub leech_lapses: u32,
    /// Whether a leech is suspended.
    pub leech_suspends: bool,
    /// New cards a day.
    pub new_per_day: u32,
    /// Reviews a day.
    pub reviews_per_day: u32,
    /// The hour at which a day begins, 0 to 23, in the student's time zone.
    pub day_starts: i8,
    /// Whether the other cards of a note wait until tomorrow once one was studied.
    pub bury_siblings: bool,
}

impl Default for StudyRules {
    fn default() -> Self {
        Self {
            desired_retention: 0.9,
            learning_steps: vec![60, 600],
            relearning_steps: vec![600],
            maximum_interval_days: 36_500,
            leech_lapses: 8,
            leech_suspends: false,
            new_per_day: 20,
            reviews_per_day: 200,
            day_starts: 4,
            bury_siblings: true,
        }
    }
}
