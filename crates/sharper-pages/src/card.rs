//! One card as the pages show it: question, answer, and the words of the notes it stands on.

use serde::Serialize;
use sharper_domain::{Author, Difficulty, Flashcard, StudyCard};

use crate::library::passage_href;
use crate::markdown::side;
use crate::{Frame, figure};

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
    /// The front as safe HTML.
    pub front: String,
    /// The back as safe HTML.
    pub back: String,
    /// The sentence more as safe HTML.
    pub more: String,
    /// How long it is until the card comes back, by each grade; empty where that is not known.
    pub intervals: Vec<String>,
    /// The sentence with its gaps, of a cloze: what is edited of it.
    pub cloze: Option<String>,
    /// Whether it is flagged.
    pub flagged: bool,
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

    /// The sentence with its gaps, or nothing.
    pub fn cloze(&self) -> &str {
        self.cloze.as_deref().unwrap_or_default()
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
            front: String::new(),
            back: String::new(),
            more: String::new(),
            intervals: Vec::new(),
            cloze: None,
            flagged: false,
        }
    }

    /// A card in hand, with how long it is until it comes back by each grade, in seconds.
    pub fn of_study(frame: &Frame, card: &StudyCard, intervals: Option<[u64; 4]>) -> Self {
        let intervals = intervals.map_or_else(Vec::new, |all| {
            all.iter().map(|seconds| figure::interval(frame.locale, *seconds)).collect()
        });
        Self { intervals, cloze: card.cloze.clone(), flagged: card.flag > 0, ..Self::from(&card.card) }
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
            front: side(&card.question, card.author == Author::Person),
            back: side(&card.answer, card.author == Author::Person),
            more: side(card.explanation.as_deref().unwrap_or_default(), card.author == Author::Person),
            intervals: Vec::new(),
            cloze: None,
            flagged: false,
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
