//! Decks of Anki (`.apkg`), both ways.
//!
//! ```text
//! out   Deck → notes as Anki keeps them (notes.rs; imported ones: foreign.rs) → a database of schema 11 in a zip (write.rs)
//! in    zip → rows of a hostile database (collection.rs) → sides of cards by their templates (template.rs) → Deck (read.rs)
//! ```
//!
//! Reading is for a process that may die of it. Writing is for anywhere.

pub mod cloze;
mod collection;
mod database;
mod foreign;
mod media;
mod notes;
mod notetype;
mod read;
mod schedule;
mod template;
mod write;

pub use collection::{Collection, RawNote};
pub use notetype::{Notetype, Template};
pub use read::{Limits, notes, read};
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
    /// Its tags, as they were.
    #[serde(default)]
    pub(crate) tags: String,
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

/// What stands in the description of a deck of ours, before its identity.
const MARK: &str = "study-sharper:";
