//! Cards and sets as they are studied: what a student did with a card beside grading it, and how a set is to be learned.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{CardStyle, Flashcard, FlashcardSet, Memory, Timestamp, cloze};

/// A card with all that is known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StudyCard {
    /// What it asks and answers.
    #[serde(flatten)]
    #[schema(inline)]
    pub card: Flashcard,
    /// How it is asked.
    pub style: CardStyle,
    /// Shared by the cards of one note: a reversed pair, the gaps of one sentence.
    pub group_id: Uuid,
    /// Which of them it is, from 0; of a cloze, the number of its gap less one.
    pub ordinal: u32,
    /// The sentence with its gaps as `{{c1::…}}`, of a cloze.
    pub cloze: Option<String>,
    /// Its tags, without spaces.
    pub tags: Vec<String>,
    /// Flag, 0 none, 1 to 7.
    pub flag: u8,
    /// Since when it is left out until it is taken in again.
    #[schema(required)]
    pub suspended_at: Option<Timestamp>,
    /// Until when it is left out.
    #[schema(required)]
    pub buried_until: Option<Timestamp>,
    /// Since when it is forgotten again and again.
    #[schema(required)]
    pub leech_at: Option<Timestamp>,
    /// When it was last edited.
    #[schema(required)]
    pub edited_at: Option<Timestamp>,
    /// What is remembered of it; null: it was never graded.
    #[schema(required)]
    pub memory: Option<Memory>,
}

impl StudyCard {
    /// Whether it is left out of the queue at a moment.
    pub fn is_out(&self, now: Timestamp) -> bool {
        self.suspended_at.is_some() || self.buried_until.is_some_and(|until| until > now)
    }

    /// The number of its gap, of a cloze.
    pub fn gap(&self) -> Option<u32> {
        (self.style == CardStyle::Cloze && self.cloze.is_some()).then_some(self.ordinal + 1)
    }

    /// Question and answer that a cloze card of this text and number has.
    pub fn sides_of(text: &str, number: u32) -> (String, String) {
        (cloze::front(text, number), cloze::back(text, number))
    }
}

/// A set, with how it is to be learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StudySet {
    /// The set.
    #[serde(flatten)]
    #[schema(inline)]
    pub set: FlashcardSet,
    /// What is chosen for this set alone.
    #[serde(flatten)]
    #[schema(inline)]
    pub rules: SetRules,
}

/// What is chosen for one set alone; what is left out is as the student has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SetRules {
    /// When it must be known.
    #[schema(required)]
    pub exam_at: Option<Timestamp>,
    /// The probability of recall at which a card should come back, 0.70 to 0.97.
    #[schema(required)]
    pub desired_retention: Option<f64>,
    /// New cards a day.
    #[schema(required)]
    pub new_per_day: Option<u32>,
    /// Reviews a day.
    #[schema(required)]
    pub reviews_per_day: Option<u32>,
}

/// How many cards wait, by what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Waiting {
    /// On steps of minutes.
    pub learning: u32,
    /// Due today.
    pub review: u32,
    /// Never graded, as many as today's limit lets in.
    pub new: u32,
}

impl Waiting {
    /// All of them.
    pub fn total(self) -> u32 {
        self.learning + self.review + self.new
    }
}
