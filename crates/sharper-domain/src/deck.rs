//! A deck on its way in or out: notes with cards, media and scheduling, independent of any program's file format.

use serde::{Deserialize, Serialize};

use crate::{Grade, Memory, Timestamp};

/// How a note becomes cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum CardStyle {
    /// Front to back.
    #[default]
    Basic,
    /// Back to front: the second card of a pair.
    Reversed,
    /// A gap in a sentence.
    Cloze,
}

impl CardStyle {
    /// All of them.
    pub const ALL: [CardStyle; 3] = [CardStyle::Basic, CardStyle::Reversed, CardStyle::Cloze];

    /// The word that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            CardStyle::Basic => "basic",
            CardStyle::Reversed => "reversed",
            CardStyle::Cloze => "cloze",
        }
    }
}

/// One card of a deck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeckCard {
    /// Identity of its note, which stays through every export and import; with `ordinal`, that of the card.
    pub guid: String,
    /// Which of its note's cards, from 0.
    pub ordinal: u32,
    /// How the note becomes cards.
    pub style: CardStyle,
    /// The front, Markdown; media as `media:<sha256>`.
    pub question: String,
    /// The back, Markdown.
    pub answer: String,
    /// A sentence more, Markdown.
    pub explanation: Option<String>,
    /// The whole sentence with its gaps as `{{c1::…}}`, for a cloze.
    pub cloze: Option<String>,
    /// Its tags, without spaces.
    pub tags: Vec<String>,
    /// Flag, 0 none, 1 to 7.
    pub flag: u8,
    /// Whether it was suspended.
    pub suspended: bool,
    /// Its memory, if it was graded before.
    pub memory: Option<Memory>,
    /// Its reviews, oldest first.
    pub reviews: Vec<DeckReview>,
    /// When its words were last changed; `None`: as long ago as can be told.
    pub edited_at: Option<Timestamp>,
    /// What the note was in the program that it came from, for a faithful way back; opaque JSON.
    pub foreign: Option<serde_json::Value>,
}

/// A review of a card of a deck.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DeckReview {
    /// When.
    pub at: Timestamp,
    /// How well it was known.
    pub grade: Grade,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
}

/// A file that cards show or play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckMedia {
    /// SHA-256 of the bytes, in hexadecimal: what cards refer to.
    pub hash: String,
    /// The name it had.
    pub name: String,
    /// Its type, such as `image/png`.
    pub kind: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// A deck.
#[derive(Debug, Clone, PartialEq)]
pub struct Deck {
    /// Identity that stays through every export and import.
    pub guid: String,
    /// Its name; the levels of a nested one are joined by `::`.
    pub title: String,
    /// Its cards, in order.
    pub cards: Vec<DeckCard>,
    /// What they show or play.
    pub media: Vec<DeckMedia>,
    /// What all its notes share in the program that it came from (their types and templates); opaque JSON.
    pub foreign: Option<serde_json::Value>,
    /// What could not be taken over, for people.
    pub warnings: Vec<String>,
}
