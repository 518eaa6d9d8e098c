//! What the tests share: the server, the texts, and how to ask.

use std::path::Path;

use serde_json::{Value, json};
use sharper_testkit::{Client, Server, ServerOptions, StreamEvent};

/// A real textbook section, as the program ships it.
pub(crate) const TEXT: &str = include_str!("../../../../samples/immune-disruptions.md");
/// Another.
pub(crate) const OTHER: &str = include_str!("../../../../samples/measuring-money.md");

pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_study-sharper"))
}

pub(crate) fn server() -> Server {
    Server::start(program(), ServerOptions::new())
}

pub(crate) fn cards(user: &str, count: u32, text: &str) -> Value {
    json!({"type": "flashcard_generation", "user_id": user, "message": "Make flashcards",
        "options": {"count": count, "content": text}})
}

/// Posts a request and answers with its stream's address.
pub(crate) fn post(client: &Client, body: &Value) -> String {
    let answer = client.post("/api/ai/process-stream", body).expect_status(200).json();
    answer["stream_url"].as_str().expect("an accepted request has a stream").to_owned()
}

/// Posts a request and reads its stream to the end.
pub(crate) fn make(client: &Client, body: &Value) -> Vec<StreamEvent> {
    client.stream(&post(client, body), None).collect()
}

/// The `type` of an event.
pub(crate) fn kind(event: &StreamEvent) -> String {
    event.json()["type"].as_str().unwrap_or_default().to_owned()
}

/// Asserts that the ids of a log are 1, 2, 3 …, that it starts once and ends once, at the end.
#[track_caller]
pub(crate) fn assert_whole(log: &[StreamEvent]) {
    let ids: Vec<usize> = log.iter().map(|event| event.id.as_deref().unwrap().parse().unwrap()).collect();
    assert_eq!(ids, (1..=log.len()).collect::<Vec<_>>(), "ids have no gap and no repetition");
    let kinds: Vec<String> = log.iter().map(kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "start").count(), 1, "{kinds:?}");
    let ends = kinds.iter().filter(|kind| matches!(kind.as_str(), "complete" | "error")).count();
    assert_eq!(ends, 1, "{kinds:?}");
    assert!(matches!(kinds.last().unwrap().as_str(), "complete" | "error"), "{kinds:?}");
}
