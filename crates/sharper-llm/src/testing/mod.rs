//! For tests, here and above: an upstream over real TCP that says exactly the bytes it is told to, with every fault.
//!
//! It speaks HTTP by hand, since a library would not let it break the rules: it can stop amid a line, reset, lie about
//! a length or say nothing. `Fault` lists what goes wrong in the world and the class that each must become.

mod fault;
mod upstream;

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use sharper_domain::{Clock, Timestamp};

pub use fault::Fault;
pub use upstream::{Act, Seen, Upstream};

use crate::settings::{RetrySettings, Timeouts};
use crate::{Prompt, Settings, Task};

/// The system's time.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the Clock of the tests")]
    fn now(&self) -> Timestamp {
        Timestamp::try_from(SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// Settings for a server at this address: one model, limits of fractions of a second so that tests are short.
pub fn settings_for(base_url: &str) -> Settings {
    let ms = Duration::from_millis;
    Settings {
        base_url: Some(base_url.to_owned()),
        api_key: Some(crate::Secret::new("sk-canary-0123456789")),
        models: crate::settings::Tiers { fast: vec!["test/model".to_owned()], strong: Vec::new() },
        timeouts: Timeouts { connect: ms(500), first_byte: ms(400), idle: ms(300), total: ms(3000) },
        retry: RetrySettings {
            backoff: ms(2),
            backoff_cap: ms(10),
            retry_after_cap: ms(1200),
            ..RetrySettings::default()
        },
        ..Settings::default()
    }
}

/// A prompt for so many cards, with their schema and a short note. It fits mocks that go by its words too.
pub fn prompt_for_cards(count: usize) -> Prompt {
    let card = json!({
        "type": "object",
        "properties": {"question": {"type": "string"}, "answer": {"type": "string"}, "topic": {"type": "string"}},
        "required": ["question", "answer", "topic"],
        "additionalProperties": false,
    });
    let schema = json!({
        "type": "object",
        "properties": {"flashcards": {"type": "array", "items": card, "minItems": count, "maxItems": count}},
        "required": ["flashcards"],
        "additionalProperties": false,
    });
    let notes = "Osmosis is the movement of water across a membrane. Diffusion needs no energy. \
        Active transport needs energy from the cell. Mitochondria make most of the energy of a cell.";
    let user = format!("Write exactly {count} flashcards.\n<notes>\n{notes}\n</notes>");
    Prompt::new(Task::Flashcards, "You write flashcards as JSON.", user).schema("flashcards", schema)
}

/// An answer to `prompt_for_cards`.
pub fn cards(count: usize) -> String {
    let card = |n: usize| -> Value {
        json!({
            "question": format!("What is the movement of water across membrane {n} called, and what drives it?"),
            "answer": "Osmosis: water moves from where there is less dissolved to where there is more.",
            "topic": "Transport",
        })
    };
    json!({"flashcards": (0..count).map(card).collect::<Vec<_>>()}).to_string()
}
