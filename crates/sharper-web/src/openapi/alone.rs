//! One agent alone: what it reads, and the envelope in which it answers.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use std::borrow::Cow;
use std::marker::PhantomData;

use serde_json::{Value, json};
use sharper_domain::request::{MESSAGE_CHARS, NOTES_MAX};
use sharper_domain::{FieldError, Message, NoteId, ProblemCode, SessionId, SetId, TaskKind, UserId};
use utoipa::openapi::{ObjectBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::operation::{Operation, need, post};
use super::written::{WrittenChat, WrittenFlashcards, WrittenQuiz, WrittenSummary};
use super::{examples, parameters, tasks};

/// What an agent answers: its findings in the envelope that all of them share.
pub(super) struct Report<T>(PhantomData<T>);

impl<T: ToSchema> PartialSchema for Report<T> {
    fn schema() -> RefOr<Schema> {
        let of = |kind| ObjectBuilder::new().schema_type(kind);
        let whole = || of(Type::Integer).minimum(Some(0));
        let fields: [(&str, RefOr<Schema>); 7] = [
            ("success", of(Type::Boolean).enum_values(Some([true])).into()),
            ("data", Ref::from_schema_name(T::name()).into()),
            ("error", of(Type::Null).description(Some("Null: it went well.")).into()),
            ("execution_time_ms", whole().into()),
            ("tokens_used", whole().into()),
            ("model_used", of(Type::String).into()),
            ("confidence_score", of(Type::Number).minimum(Some(0)).maximum(Some(1)).into()),
        ];
        let object = of(Type::Object).description(Some("What an agent answers."));
        let add = |object: ObjectBuilder, (name, schema)| object.property(name, schema).required(name);
        fields.into_iter().fold(object, add).into()
    }
}

impl<T: ToSchema> ToSchema for Report<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Report", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        need::<T>(schemas);
    }
}

/// A problem, with the fields of an agent's answer besides its own where the agent was reached.
#[derive(ToSchema)]
struct AgentProblem {
    /// `urn:study-sharper:problem:` and the code.
    r#type: String,
    title: String,
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened here, and what to do.
    detail: String,
    code: ProblemCode,
    /// What happened here, again.
    error: String,
    #[schema(nullable = false)]
    errors: Option<Vec<FieldError>>,
    request_id: String,
    #[schema(nullable = false)]
    success: Option<bool>,
    data: Option<Value>,
    model_used: Option<String>,
    #[schema(nullable = false)]
    execution_time_ms: Option<u64>,
    #[schema(nullable = false)]
    tokens_used: Option<u64>,
    #[schema(nullable = false)]
    confidence_score: Option<f64>,
}

#[derive(ToSchema)]
struct NotesFound {
    query: String,
    notes_found: u64,
    notes_searched: u64,
    /// Best first.
    notes: Vec<NoteFound>,
}

#[derive(ToSchema)]
struct NoteFound {
    id: NoteId,
    title: String,
    content: String,
    /// A share of the greatest possible for this query.
    score: f64,
    /// Where in the note it stands.
    passage: PassageFound,
}

#[derive(ToSchema)]
struct PassageFound {
    /// Its first byte in the note,
    start: u64,
    /// and one past its last.
    end: u64,
    /// The headings above it, outermost first.
    path: Vec<String>,
    /// The page (or slide, chapter, moment) that it begins on, where there are such.
    page: Option<String>,
}

#[derive(ToSchema)]
struct Profile {
    user_id: UserId,
    notes: u64,
    folders: u64,
    flashcards: u64,
    quizzes: u64,
    exams: u64,
    summaries: u64,
    #[schema(required, format = DateTime)]
    last_active_at: Option<String>,
    /// The titles of the sets touched last.
    recent_topics: Vec<String>,
}

#[derive(ToSchema)]
struct Progress {
    user_id: UserId,
    days_back: u32,
    #[schema(format = DateTime)]
    since: String,
    reviews: u64,
    cards_reviewed: u64,
    remembered: u64,
    /// Null without a review.
    #[schema(required, minimum = 0, maximum = 1)]
    retention: Option<f64>,
    study_time_ms: u64,
    grades: Grades,
    sets: Vec<SetStudied>,
}

#[derive(ToSchema)]
struct Grades {
    again: u64,
    hard: u64,
    good: u64,
    easy: u64,
}

#[derive(ToSchema)]
struct SetStudied {
    id: SetId,
    title: String,
    cards: u64,
    studied: u64,
    #[schema(format = DateTime)]
    touched_at: String,
}

#[derive(ToSchema)]
struct Conversation {
    session_id: SessionId,
    /// The oldest first.
    messages: Vec<Message>,
    message_count: u64,
    has_history: bool,
}

const TAG: &str = "One agent alone";

pub(super) fn operations() -> Vec<Operation> {
    let mut all = vec![rag(), profile(), progress(), conversation(), flashcards(), quiz(), summary(), chat()];
    all.extend(super::judged::operations());
    all
}

/// What all of them have.
pub(super) fn agent(path: &'static str, summary: &'static str, what: &'static str) -> Operation {
    post(path)
        .in_group(TAG)
        .does(summary, what)
        .takes(parameters::user_id())
        .tells_problems_as::<AgentProblem>()
}

/// The envelope around `data`.
pub(super) fn enveloped(data: Value) -> Value {
    json!({"success": true, "data": data, "error": null, "execution_time_ms": 12, "tokens_used": 0,
        "model_used": "offline", "confidence_score": 0.93})
}

fn rag() -> Operation {
    let data = json!({"query": "enzymes", "notes_found": 1, "notes_searched": 4, "notes": [
        {"id": examples::NOTE, "title": "Enzymes", "content": examples::TEXT, "score": 0.71,
            "passage": {"start": 0, "end": examples::TEXT.len(), "path": [], "page": null}}]});
    let what = "Notes that share no word with the query are left out, so there may be none.";
    agent("/api/ai/test-rag", "Find the notes that say most about a question", what)
        .takes(parameters::text("query", "The question.", MESSAGE_CHARS, "What do enzymes do?"))
        .takes(parameters::number("top_k", "How many at most.", 5, 1, 100))
        .gives::<Report<NotesFound>>(200, "The notes.", enveloped(data))
}

fn profile() -> Operation {
    let data = json!({"user_id": "ana", "notes": 4, "folders": 1, "flashcards": 18, "quizzes": 0, "exams": 0,
        "summaries": 1, "last_active_at": examples::TIME, "recent_topics": ["Enzymes"]});
    agent("/api/ai/test-profile", "What the student has here", "").gives::<Report<Profile>>(
        200,
        "The counts.",
        enveloped(data),
    )
}

fn progress() -> Operation {
    let data = json!({"user_id": "ana", "days_back": 30, "since": examples::TIME, "reviews": 3, "cards_reviewed": 2,
        "remembered": 2, "retention": 0.6667, "study_time_ms": 12600,
        "grades": {"again": 1, "hard": 0, "good": 2, "easy": 0},
        "sets": [{"id": examples::SET, "title": "Enzymes", "cards": 18, "studied": 2, "touched_at": examples::TIME}]});
    agent("/api/ai/test-progress", "What the student learned in the last days", "")
        .takes(parameters::number("days_back", "Days to look back.", 30, 1, 3_650))
        .gives::<Report<Progress>>(200, "The reviews.", enveloped(data))
}

fn conversation() -> Operation {
    let said = json!({"role": "user", "content": "What do enzymes do?", "created_at": examples::TIME});
    let data =
        json!({"session_id": examples::SESSION, "messages": [said], "message_count": 1, "has_history": true});
    agent("/api/ai/test-conversation", "What was said in a conversation last", "")
        .takes(parameters::required_name("session_id", "The conversation.", examples::SESSION))
        .takes(parameters::number("limit", "How many messages at most.", 20, 1, 100))
        .gives::<Report<Conversation>>(200, "The messages, the oldest first.", enveloped(data))
}

fn flashcards() -> Operation {
    agent("/api/ai/test-flashcards", "Make cards from a text", "As in the main job, but nothing is kept.")
        .reads::<ToFlashcards>(json!({"content": examples::TEXT, "count": 5}))
        .gives::<Report<WrittenFlashcards>>(200, "The cards.", enveloped(examples::written_flashcards()))
        .refuses(WRITING)
}

fn quiz() -> Operation {
    agent("/api/ai/test-quiz", "Make questions from a text", "As in the main job, but nothing is kept.")
        .reads::<ToQuiz>(
            json!({"content": examples::TEXT, "question_count": 3, "question_types": ["true_false"]}),
        )
        .gives::<Report<WrittenQuiz>>(200, "The questions.", enveloped(examples::written_quiz()))
        .refuses(WRITING)
}

fn summary() -> Operation {
    agent("/api/ai/test-summary", "Sum a text up", "As in the main job, but nothing is kept.")
        .reads::<ToSummary>(json!({"content": examples::TEXT, "length": "short"}))
        .gives::<Report<WrittenSummary>>(200, "The summary.", enveloped(examples::written_summary()))
        .refuses(WRITING)
}

fn chat() -> Operation {
    agent("/api/ai/test-chat", "Ask the tutor", "From the notes. It begins no conversation.")
        .reads::<ToChat>(json!({"message": "What do enzymes do?"}))
        .gives::<Report<WrittenChat>>(200, "The reply.", enveloped(examples::written_chat()))
        .refuses(&[ProblemCode::EmptyNotes, ProblemCode::NothingToMake, ProblemCode::NotFound])
}

const WRITING: &[ProblemCode] = &[ProblemCode::EmptyNotes, ProblemCode::NotText, ProblemCode::NothingToMake];

/// A body whose fields are the options of a task.
macro_rules! from_text {
    ($name:ident, $kind:ident) => {
        struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                text_for(TaskKind::$kind).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    };
}

from_text!(ToFlashcards, FlashcardGeneration);
from_text!(ToQuiz, QuizGeneration);
from_text!(ToSummary, SummaryGeneration);

fn text_for(kind: TaskKind) -> ObjectBuilder {
    let content = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    let body = ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("content", content.description(Some("The text to work from.")))
        .required("content")
        .property("difficulty", tasks::words(&["easy", "medium", "hard", "adaptive"]))
        .property("topic", tasks::topic());
    tasks::of_task(kind).into_iter().fold(body, |body, (name, schema)| body.property(name, schema))
}

/// A question to the tutor.
#[derive(ToSchema)]
struct ToChat {
    #[schema(min_length = 1, max_length = 8000, pattern = r"\S")]
    message: String,
    /// From these notes of yours and no others.
    #[schema(max_items = 100)]
    explicit_note_ids: Option<Vec<NoteId>>,
}

const _: () = assert!(MESSAGE_CHARS == 8_000 && NOTES_MAX == 100);
