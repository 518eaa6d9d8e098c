//! A deck with everything that decks have.
#![allow(dead_code, reason = "each test binary takes what it needs")]

use sha2::{Digest as _, Sha256};
use sharper_domain::{
    CardStyle, Deck, DeckCard, DeckMedia, DeckReview, Grade, Memory, MemoryState, Timestamp,
};
use sharper_exchange::apkg::{Limits, cloze};

/// When everything is written.
pub(crate) fn now() -> Timestamp {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

/// What an ordinary deck may take.
pub(crate) fn limits() -> Limits {
    Limits { unpacked: 200 << 20, cards: 50_000, text: 40 << 20 }
}

/// A card with two sides.
pub(crate) fn card(guid: &str, question: &str, answer: &str) -> DeckCard {
    DeckCard {
        guid: guid.to_owned(),
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
        edited_at: Some("2026-11-01T00:00:00Z".parse().unwrap()),
        foreign: None,
    }
}

fn gap(guid: &str, sentence: &str, number: u32) -> DeckCard {
    let (question, answer) = cloze::sides(sentence, number).unwrap();
    DeckCard {
        ordinal: number - 1,
        style: CardStyle::Cloze,
        cloze: Some(sentence.to_owned()),
        ..card(guid, &question, &answer)
    }
}

fn file(name: &str, kind: &str, bytes: &[u8]) -> DeckMedia {
    let hash = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    DeckMedia { hash, name: name.to_owned(), kind: kind.to_owned(), bytes: bytes.to_vec() }
}

/// The deck.
pub(crate) fn bio() -> Deck {
    let pixel = file("pixel é.png", "image/png", b"\x89PNG\r\n\x1a\n and so on");
    let tone = file("tone.mp3", "audio/mpeg", b"ID3\x03 and so on");
    let mut cards = vec![
        card("n1", "What is **osmosis**?", "Water through a *membrane*"),
        card("n2", "Paris", "capital of France"),
        DeckCard { ordinal: 1, style: CardStyle::Reversed, ..card("n2", "capital of France", "Paris") },
        gap("n3", "{{c1::Paris::city}} is in {{c2::France}}", 1),
        gap("n3", "{{c1::Paris::city}} is in {{c2::France}}", 2),
        card("n4", "Area: $\\pi r^2 < 4$", "$$\\frac{a}{b}$$"),
        card("n5", "ما هي الخلية؟", "מהו תא? 🧬"),
        card("n6", &format!("![a dot](media:{})", pixel.hash), &format!("[tone.mp3](media:{})", tone.hash)),
        card("n7", "- a\n- b\n  1. c\n  2. d", "| x | y |\n| --- | :---: |\n| 1 | 2 \\| 3 |"),
        card("n8", "one line\nand the next\n\nand a paragraph", "```rust\nlet x = \"<b>\";\n\nlet y;\n```"),
        card("n9", "2 * 3 = 6, costs $5 and $6, a_b, [x], <y>, #1", "H<sub>2</sub>O and x<sup>2</sup>"),
        card("n10", "[a link](https://example.org/a?b=c&d) and `code`", "> quoted\n> twice\n\n# Head"),
    ];
    cards[0].explanation = Some("Only `water`".to_owned());
    cards[0].tags = vec!["cell::water".to_owned(), "easy".to_owned()];
    cards[0].flag = 3;
    let at = |time: &str| -> Timestamp { time.parse().unwrap() };
    cards[0].memory = Some(Memory {
        state: MemoryState::Review,
        step: 0,
        stability: 12.345_678_9,
        difficulty: 5.123_456_7,
        due_at: at("2026-12-04T12:34:56.123456Z"),
        last_review_at: at("2026-11-20T12:34:56.123Z"),
        reviews: 3,
        lapses: 1,
    });
    cards[0].reviews = vec![
        DeckReview { at: at("2026-11-10T12:00:00.001Z"), grade: Grade::Good, took_ms: 4_000 },
        DeckReview { at: at("2026-11-20T12:34:56.123Z"), grade: Grade::Hard, took_ms: 2_500 },
    ];
    cards[1].suspended = true;
    cards[5].memory = Some(Memory {
        state: MemoryState::Learning,
        step: 1,
        stability: 0.5,
        difficulty: 7.0,
        due_at: at("2026-11-24T09:50:00.5Z"),
        last_review_at: at("2026-11-24T09:40:00.25Z"),
        reviews: 1,
        lapses: 0,
    });
    cards[5].reviews =
        vec![DeckReview { at: at("2026-11-24T09:40:00.25Z"), grade: Grade::Again, took_ms: 9 }];
    Deck {
        guid: "5d1f0c7a-bio".to_owned(),
        title: "Biology::Cells".to_owned(),
        cards,
        media: vec![pixel, tone],
        foreign: None,
        warnings: Vec::new(),
    }
}
