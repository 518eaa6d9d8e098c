//! Conversations with the tutor, and how a student wants things made.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::{
    Citation, Detail, DifficultyChoice, MaterialId, Preferences, ProblemCode, QuestionKind, SessionId,
    Speaker, Statement, SummaryLength,
};
use utoipa::ToSchema;

use super::operation::{Operation, delete, get, post, put};
use super::{examples, parameters};

/// A conversation with the tutor.
#[derive(ToSchema)]
struct ChatSession {
    session_id: SessionId,
    /// How its first question begins, or the name that the student gave it.
    title: String,
    /// Whether the student gave it its name.
    named: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// When something was last said.
    #[schema(format = DateTime)]
    updated_at: String,
    /// When it was ended; asking again opens it.
    #[schema(format = DateTime)]
    ended_at: Option<String>,
    /// How many messages it holds.
    messages: u32,
}

/// Conversations.
#[derive(ToSchema)]
struct ChatSessions {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// The one in which something was said last first.
    sessions: Vec<ChatSession>,
}

/// A message of a conversation.
#[derive(ToSchema)]
struct ChatMessage {
    id: MaterialId,
    role: Speaker,
    content: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// Of a reply: whether the notes held an answer.
    #[schema(nullable = false)]
    answerable: Option<bool>,
    /// Of a reply: its statements.
    #[schema(nullable = false)]
    statements: Option<Vec<Statement>>,
    /// Of a reply: what its numbers refer to.
    #[schema(nullable = false)]
    citations: Option<Vec<Citation>>,
}

/// A conversation with what was said.
#[derive(ToSchema)]
struct WholeChatSession {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    session: ChatSession,
    /// The newest, the oldest of them first.
    messages: Vec<ChatMessage>,
}

/// A conversation as it is now.
#[derive(ToSchema)]
struct OneChatSession {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    session: ChatSession,
}

/// Another name.
#[derive(ToSchema)]
struct NewTitle {
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    title: String,
}

/// A conversation that is no more.
#[derive(ToSchema)]
struct ChatSessionDeleted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    message: String,
    session_id: SessionId,
}

/// Something that was learned, how likely it is so (0 to 1), and from how many opinions.
#[derive(ToSchema)]
struct Learned {
    /// What, as in `preferences`.
    value: Value,
    confidence: f64,
    observations: u32,
}

/// What was learned from feedback.
#[derive(ToSchema)]
struct Habits {
    difficulty: Option<Learned>,
    count: Option<Learned>,
    question_types: Option<Learned>,
    summary_length: Option<Learned>,
    detail: Option<Learned>,
}

/// How a student wants things made.
#[derive(ToSchema)]
struct HowThingsAreMade {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// What they chose.
    preferences: Preferences,
    learned: Habits,
    /// What counts: what they chose, else what was learned with enough certainty.
    effective: Preferences,
}

/// A choice. What is absent stays; null gives it back to what is learned.
#[derive(ToSchema)]
struct NewPreferences {
    difficulty: Option<DifficultyChoice>,
    #[schema(minimum = 1, maximum = 200)]
    count: Option<u32>,
    /// Of a quiz: `multiple_choice`, `true_false`, `short_answer`.
    question_types: Option<Vec<QuestionKind>>,
    summary_length: Option<SummaryLength>,
    summary_style: Option<sharper_domain::SummaryStyle>,
    language: Option<sharper_domain::LanguageTag>,
    detail: Option<Detail>,
    #[schema(minimum = 1, maximum = 1000)]
    daily_cards: Option<u32>,
    /// The IANA name of a time zone.
    #[schema(max_length = 64)]
    time_zone: Option<String>,
}

const TALK: &str = "Conversations";

pub(super) fn operations() -> Vec<Operation> {
    vec![list(), read(), rename(), end(), remove(), preferences(), choose()]
}

fn session() -> Value {
    json!({"session_id": examples::SESSION, "title": "What are enzymes?", "named": false,
        "created_at": examples::TIME, "updated_at": examples::TIME, "ended_at": null, "messages": 2})
}

fn named() -> utoipa::openapi::path::Parameter {
    parameters::word("session_id", "The conversation.", examples::SESSION)
}

fn list() -> Operation {
    let example = json!({"status": "success", "count": 1, "sessions": [session()]});
    get("/api/chat/sessions")
        .in_group(TALK)
        .does(
            "List conversations",
            "The one in which something was said last first; with `query` those whose title or messages hold it.",
        )
        .takes(parameters::user_id())
        .takes(parameters::optional_text("query", "What to look for.", 200, "enzymes"))
        .takes(parameters::limit(50))
        .gives::<ChatSessions>(200, "The conversations.", example)
}

fn read() -> Operation {
    let source = json!({"note_id": examples::NOTE, "note_version": 1, "start": 0, "end": examples::TEXT.len(),
        "quote": examples::TEXT});
    let mut citation = source.clone();
    citation["number"] = json!(1);
    citation["title"] = json!("Enzymes");
    let asked = json!({"id": examples::CARD, "role": "user", "content": "What are enzymes?",
        "created_at": examples::TIME});
    let said = json!({"id": examples::SET, "role": "assistant", "content": format!("{} [1]", examples::TEXT),
        "created_at": examples::TIME, "answerable": true,
        "statements": [{"text": examples::TEXT, "sources": [source]}], "citations": [citation]});
    let example = json!({"status": "success", "session": session(), "messages": [asked, said]});
    get("/api/chat/sessions/{session_id}")
        .in_group(TALK)
        .does("Read a conversation", "Replies with their citations. To go on, ask with its `session_id`.")
        .takes(named())
        .takes(parameters::user_id())
        .takes(parameters::limit(100))
        .gives::<WholeChatSession>(200, "The conversation.", example)
        .refuses(&[ProblemCode::NotFound])
}

fn rename() -> Operation {
    put("/api/chat/sessions/{session_id}")
        .in_group(TALK)
        .does("Name a conversation", "")
        .takes(named())
        .takes(parameters::user_id())
        .reads::<NewTitle>(json!({"title": "Enzymes"}))
        .gives::<OneChatSession>(200, "As it is now.", json!({"status": "success", "session": session()}))
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull])
}

fn end() -> Operation {
    post("/api/chat/sessions/{session_id}/end")
        .in_group(TALK)
        .does("End a conversation", "It stays to be read. Asking in it again opens it once more.")
        .takes(named())
        .takes(parameters::user_id())
        .gives::<OneChatSession>(200, "As it is now.", json!({"status": "success", "session": session()}))
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull])
}

fn remove() -> Operation {
    let example = json!({"status": "success", "message": "The conversation is deleted.",
        "session_id": examples::SESSION});
    delete("/api/chat/sessions/{session_id}")
        .in_group(TALK)
        .does(
            "Delete a conversation",
            "With its messages, its summary, and the jobs of its questions with their events. What was made in it stays.",
        )
        .takes(named())
        .takes(parameters::user_id())
        .gives::<ChatSessionDeleted>(200, "It is deleted.", example)
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull])
}

fn made() -> Value {
    let none = json!({"difficulty": "medium", "count": null, "question_types": null, "summary_length": null,
        "summary_style": null, "language": null, "detail": null, "daily_cards": null, "time_zone": null});
    json!({"status": "success", "preferences": none,
        "learned": {"difficulty": {"value": "hard", "confidence": 0.6, "observations": 3}, "count": null,
            "question_types": null, "summary_length": null, "detail": null},
        "effective": none})
}

fn preferences() -> Operation {
    get("/api/me/preferences")
        .in_group("Accounts")
        .does("How I want things made", "What I chose, what was learned from my feedback, and what counts.")
        .takes(parameters::user_id())
        .gives::<HowThingsAreMade>(200, "So.", made())
}

fn choose() -> Operation {
    put("/api/me/preferences")
        .in_group("Accounts")
        .does("Choose how things are made", "What is absent stays; null gives it back to what is learned.")
        .takes(parameters::user_id())
        .reads::<NewPreferences>(json!({"difficulty": "medium", "time_zone": "Europe/Berlin"}))
        .gives::<HowThingsAreMade>(200, "As it is now.", made())
        .refuses(&[ProblemCode::StorageFull])
}
