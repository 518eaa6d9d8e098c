//! Decks of Anki (`.apkg`), both ways.
//!
//! ```text
//! out   Deck → notes and cards as Anki keeps them (notes.rs, schedule.rs) → a database of schema 11 in a zip (write.rs)
//! ```

pub mod cloze;
mod database;
mod notes;
mod notetype;
mod schedule;
mod write;

pub use notetype::{Notetype, Template};
pub use write::{WriteError, write, write_all};

/// What an imported note was, as `DeckCard::foreign` keeps it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct ForeignNote {
    /// Its identity.
    pub(crate) guid: String,
    /// The id of its type, to be found in `Deck::foreign`.
    pub(crate) notetype: i64,
    /// The HTML of its fields, in the order of its type's.
    pub(crate) fields: Vec<String>,
    /// The SHA-256 of the files that its fields name.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub(crate) media: std::collections::BTreeMap<String, String>,
}

/// What the notes of an imported deck share, as `Deck::foreign` keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct ForeignDeck {
    /// The types of its notes.
    pub(crate) notetypes: Vec<Notetype>,
}
