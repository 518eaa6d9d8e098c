//! Flashcards: drafts as an author writes them, cards as they are kept, and the passage each stands on.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{CardId, NoteId, SetId, Timestamp, UserId, Verdict};

/// A stretch of a note's text, in bytes: `text[start..end]`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The text it marks, or `None` where it does not fit the text (or cuts a character in two).
    pub fn of<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.get(self.start..self.end)
    }

    /// Whether the two share a byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Where an item comes from: the passage of the student's own note that it is quoted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Source {
    /// The note.
    pub note_id: NoteId,
    /// The version of the note that was read.
    pub note_version: i32,
    /// First byte of the quote in that version's text.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// The quote itself, byte for byte.
    pub quote: String,
}

/// How hard an item is.
///
/// Easy asks for one fact that stands in one sentence in so many words; medium asks for a definition, a
/// cause, a number or a list as the notes put it; hard asks for what takes more than recognising a phrase:
/// naming a term from its description in other words, telling two terms apart, a whole list or a chain of causes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Difficulty {
    /// Recognise or recall one stated fact.
    Easy,
    /// Explain as the notes do.
    Medium,
    /// Connect, discriminate, produce.
    Hard,
}

impl Difficulty {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Difficulty::Easy => "easy",
            Difficulty::Medium => "medium",
            Difficulty::Hard => "hard",
        }
    }
}

impl fmt::Display for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Difficulty {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "easy" => Ok(Difficulty::Easy),
            "medium" => Ok(Difficulty::Medium),
            "hard" => Ok(Difficulty::Hard),
            _ => Err(()),
        }
    }
}

/// The form of a card's question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CardForm {
    /// Term to meaning: "What is osmosis?"
    Definition,
    /// Meaning to term: "What is the term for …?"
    Term,
    /// "When …?"
    Date,
    /// "How many/much …?"
    Number,
    /// "Why …?", "What causes …?"
    Cause,
    /// "What are the parts of …?"
    Parts,
    /// "Name the three …"
    List,
    /// "Who …?", "What does X do?" and other single facts.
    Fact,
    /// A sentence with a gap; only where no better question exists.
    Cloze,
}

/// A card as an author drafts it: not yet checked, so never shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardDraft {
    /// The front.
    pub question: String,
    /// The back.
    pub answer: String,
    /// A sentence more, when it helps.
    pub explanation: Option<String>,
    /// What it is about: a heading or key term of the notes.
    pub topic: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// The form of the question.
    pub form: CardForm,
    /// Which of the texts that the author was given, from 0.
    pub text: usize,
    /// The quote in that text.
    pub span: Span,
}

/// Who wrote an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Author {
    /// The author that needs no model and no network.
    Offline,
    /// A language model.
    Model,
    /// The student.
    Person,
}

impl Author {
    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Author::Offline => "offline",
            Author::Model => "model",
            Author::Person => "person",
        }
    }
}

/// A card that was checked and accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Flashcard {
    /// Its id.
    pub id: CardId,
    /// The set it belongs to.
    pub set_id: SetId,
    /// Its place in the set, from 0.
    pub position: i32,
    /// The front.
    pub question: String,
    /// The back.
    pub answer: String,
    /// A sentence more, when it helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// What it is about.
    pub topic: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// The form of the question.
    pub form: CardForm,
    /// The passage it is quoted from; `None` only for a card that a person wrote.
    pub source: Option<Source>,
    /// What the checks found; `None` only for a card that a person wrote.
    pub verdict: Option<Verdict>,
    /// Who wrote it.
    pub author: Author,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A set (deck) of cards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FlashcardSet {
    /// Its id.
    pub id: SetId,
    /// Whose it is.
    pub user_id: UserId,
    /// A line for people.
    pub title: String,
    /// The note it was made from, if it was made from one.
    pub note_id: Option<NoteId>,
    /// How many cards it holds.
    pub card_count: i32,
    /// When it was made.
    pub created_at: Timestamp,
}
