//! One card as the pages show it: question, answer, and the words of the notes it stands on.

use serde::Serialize;
use sharper_domain::{Difficulty, Flashcard};

use crate::library::passage_href;

/// A card to show. In a page's JSON it has the same field names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// Its id.
    pub id: String,
    /// The front.
    pub question: String,
    /// The back.
    pub answer: String,
    /// A sentence more.
    pub explanation: Option<String>,
    /// What it is about.
    pub topic: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// The words of the student's notes, byte for byte; `None` for a card that a person wrote.
    pub quote: Option<String>,
    /// The address of those words in their note.
    pub passage: Option<String>,
}

impl CardView {
    /// The explanation, or nothing.
    pub fn explanation(&self) -> &str {
        self.explanation.as_deref().unwrap_or_default()
    }

    /// The quote, or nothing.
    pub fn quote(&self) -> &str {
        self.quote.as_deref().unwrap_or_default()
    }

    /// The address of the quote in its note, or nothing.
    pub fn passage(&self) -> &str {
        self.passage.as_deref().unwrap_or_default()
    }

    /// An empty card, from which a script makes others.
    pub fn blank() -> Self {
        Self {
            id: String::new(),
            question: String::new(),
            answer: String::new(),
            explanation: None,
            topic: String::new(),
            difficulty: Difficulty::Medium,
            quote: None,
            passage: None,
        }
    }
}

impl From<&Flashcard> for CardView {
    fn from(card: &Flashcard) -> Self {
        Self {
            id: card.id.to_string(),
            question: card.question.clone(),
            answer: card.answer.clone(),
            explanation: card.explanation.clone(),
            topic: card.topic.clone(),
            difficulty: card.difficulty,
            quote: card.source.as_ref().map(|source| source.quote.clone()),
            passage: card.source.as_ref().map(passage_href),
        }
    }
}

/// The message key of a difficulty.
pub(crate) fn difficulty_key(level: Difficulty) -> &'static str {
    match level {
        Difficulty::Easy => "difficulty-easy",
        Difficulty::Medium => "difficulty-medium",
        Difficulty::Hard => "difficulty-hard",
    }
}
