//! A way in and out: decks, quizzes, exams and plans in the formats of other programs. Pure: data becomes bytes, bytes data.

pub mod apkg;
pub mod archive;
pub mod csv;
pub mod gift;
pub mod ics;
pub mod json;
pub mod markdown;
mod markup;
pub mod moodle;
mod paper;
pub mod qti;

pub use markup::MEDIA;
pub use paper::Paper;

use sha2::{Digest as _, Sha256};
use sharper_domain::{CardStyle, Deck, DeckCard};

/// A deck that came without more than a title and cards.
fn deck(title: &str, cards: Vec<DeckCard>) -> Deck {
    let (title, guid) = (title.trim().to_owned(), identity(&["deck", title.trim()]));
    Deck { guid, title, cards, media: Vec::new(), foreign: None, warnings: Vec::new() }
}

/// A card that came without more than two sides.
fn card(question: &str, answer: &str) -> DeckCard {
    DeckCard {
        guid: identity(&[question, answer]),
        ordinal: 0,
        style: CardStyle::Basic,
        question: question.to_owned(),
        answer: answer.to_owned(),
        explanation: None,
        cloze: None,
        tags: Vec::new(),
        flag: 0,
        suspended: false,
        memory: None,
        reviews: Vec::new(),
        edited_at: None,
        foreign: None,
    }
}

/// An identity for what came without one: the same words have the same.
fn identity(words: &[&str]) -> String {
    let mut hash = Sha256::new();
    for word in words {
        hash.update(word.as_bytes());
        hash.update([0x1f]);
    }
    hex(&hash.finalize()[..16])
}

/// Bytes in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Text without the characters that XML 1.0 cannot hold.
fn xml_text(text: &str) -> String {
    let fits = |sign: &char| matches!(sign, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(fits).collect()
}
