//! Decks as JSON: everything that a deck is, memory, reviews and files among it. Versioned.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use sharper_domain::{Deck, DeckCard, DeckMedia};

/// What the first field says.
const FORMAT: &str = "study-sharper-deck";
/// The version that is written, and the newest that is read.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    guid: String,
    title: String,
    cards: Vec<DeckCard>,
    #[serde(default)]
    media: Vec<Media>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    foreign: Option<serde_json::Value>,
}

#[derive(Serialize, Deserialize)]
struct Media {
    hash: String,
    name: String,
    kind: String,
    /// Base64.
    bytes: String,
}

/// Why such a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is no deck of ours.
    #[error("This is no deck of Study Sharper. Export it as JSON again and send that file.")]
    NotADeck(#[source] serde_json::Error),
    /// It is newer than this program.
    #[error("The deck was written by a newer version ({0}). Update this program, or export the deck as CSV.")]
    TooNew(u32),
    /// A file in it is not what it says.
    #[error("The file {0} in the deck is damaged. Export the deck again.")]
    Damaged(String),
    /// More cards than are taken.
    #[error("The deck has more than {0} cards. Send it in parts.")]
    TooMany(usize),
}

/// A deck with all that is known of it, its warnings left out.
pub fn write(deck: &Deck) -> String {
    let media = deck.media.iter().map(|file| Media {
        hash: file.hash.clone(),
        name: file.name.clone(),
        kind: file.kind.clone(),
        bytes: STANDARD.encode(&file.bytes),
    });
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        guid: deck.guid.clone(),
        title: deck.title.clone(),
        cards: deck.cards.clone(),
        media: media.collect(),
        foreign: deck.foreign.clone(),
    };
    serde_json::to_string_pretty(&file).expect("a deck has only strings, numbers and lists")
}

/// The deck that `write` wrote.
///
/// # Errors
/// What is wrong with the file, for people.
pub fn read(text: &str, most: usize) -> Result<Deck, ReadError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    let head: Head = serde_json::from_str(text).map_err(ReadError::NotADeck)?;
    if head.format != FORMAT {
        return Err(ReadError::NotADeck(serde::de::Error::custom("another format")));
    }
    if head.version > VERSION {
        return Err(ReadError::TooNew(head.version));
    }
    let file: File = serde_json::from_str(text).map_err(ReadError::NotADeck)?;
    if file.cards.len() > most {
        return Err(ReadError::TooMany(most));
    }
    let media = file.media.into_iter().map(|file| {
        let bytes = STANDARD.decode(&file.bytes).ok();
        let bytes = bytes.filter(|bytes| crate::hex(&Sha256::digest(bytes)) == file.hash);
        let bytes = bytes.ok_or_else(|| ReadError::Damaged(file.name.clone()))?;
        Ok(DeckMedia { hash: file.hash, name: file.name, kind: file.kind, bytes })
    });
    Ok(Deck {
        guid: file.guid,
        title: file.title,
        cards: file.cards,
        media: media.collect::<Result<_, ReadError>>()?,
        foreign: file.foreign,
        warnings: Vec::new(),
    })
}
