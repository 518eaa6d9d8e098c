//! What was made: lists of it, and what students say of it.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use sharper_domain::{
    ExamSection, Finding, Flashcard, KeyTerm, MainPoint, MaterialId, NoteId, PlanDay, ProblemCode, Question,
    StudyTopic,
};
use utoipa::ToSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use super::operation::{Operation, delete, get, post};
use super::{examples, parameters, tasks};

/// What was made, newest first.
#[derive(ToSchema)]
struct Generated {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// The kind that was asked for.
    content_type: String,
    count: u64,
    items: Vec<GeneratedItem>,
}

/// A card, or a whole material of another kind.
#[derive(ToSchema)]
#[serde(untagged)]
enum GeneratedItem {
    Card(Flashcard),
    Material(ListedMaterial),
}

/// A material as a list tells it: the fields of its kind beside those that every kind has.
#[derive(ToSchema)]
struct ListedMaterial {
    id: MaterialId,
    title: String,
    #[schema(required)]
    note_id: Option<NoteId>,
    #[schema(format = DateTime)]
    created_at: String,
    model_used: String,
    /// Of a quiz.
    #[schema(nullable = false)]
    questions: Option<Vec<Question>>,
    /// Of a quiz and an exam.
    #[schema(nullable = false)]
    total_points: Option<u32>,
    /// Of a quiz.
    #[schema(nullable = false)]
    estimated_time_minutes: Option<u32>,
    /// Of an exam.
    #[schema(nullable = false)]
    duration_minutes: Option<u32>,
    /// Of an exam.
    #[schema(nullable = false)]
    sections: Option<Vec<ExamSection>>,
    /// Of a summary.
    #[schema(nullable = false)]
    main_points: Option<Vec<MainPoint>>,
    /// Of a summary.
    #[schema(nullable = false)]
    key_terms: Option<Vec<KeyTerm>>,
    /// Of a summary.
    #[schema(nullable = false)]
    word_count: Option<u32>,
    /// Of a summary.
    #[schema(nullable = false)]
    estimated_reading_time_minutes: Option<u32>,
    /// Of an analysis.
    #[schema(nullable = false)]
    strengths: Option<Vec<Finding>>,
    /// Of an analysis.
    #[schema(nullable = false)]
    gaps: Option<Vec<Finding>>,
    /// Of an analysis.
    #[schema(nullable = false)]
    contradictions: Option<Vec<Finding>>,
    /// Of an analysis.
    #[schema(nullable = false)]
    unclear: Option<Vec<Finding>>,
    /// Of an analysis.
    #[schema(nullable = false)]
    next_steps: Option<Vec<Finding>>,
    /// Of a plan.
    #[schema(nullable = false)]
    total_minutes: Option<u32>,
    /// Of a plan.
    #[schema(nullable = false)]
    topics: Option<Vec<StudyTopic>>,
    /// Of a plan.
    #[schema(nullable = false)]
    days: Option<Vec<PlanDay>>,
}

/// How much was made.
#[derive(ToSchema)]
struct ContentStats {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    stats: Stats,
    total_items: u64,
}

#[derive(ToSchema)]
struct Stats {
    flashcards: u64,
    quizzes: u64,
    exams: u64,
    summaries: u64,
}

/// What was done about feedback.
#[derive(ToSchema)]
struct FeedbackGiven {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    message: String,
    /// To take it back.
    #[schema(format = Uuid)]
    feedback_id: String,
    /// `hidden`: a card or question that was rated 1 or 2 is not shown any more. Else `kept`.
    #[schema(pattern = "^(hidden|kept)$")]
    effect: String,
    /// The note whose `remake` writes another in its place; null where it cannot.
    #[schema(format = Uuid)]
    remake_note_id: Option<String>,
}

/// What a student says of something.
#[derive(ToSchema)]
struct Feedback {
    /// What kind of thing.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    content_type: String,
    /// Which one.
    #[schema(min_length = 1, max_length = 128, pattern = r"\S")]
    content_id: String,
    #[schema(minimum = 1, maximum = 5)]
    rating: u8,
    #[schema(max_length = 4000)]
    feedback_text: Option<String>,
    #[schema(schema_with = issues)]
    issues: Option<Vec<String>>,
}

/// It is done.
#[derive(ToSchema)]
struct Said {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// For people.
    message: String,
}

const TAG: &str = "What was made";
const KINDS: [&str; 6] = ["flashcards", "quizzes", "exams", "summaries", "analyses", "plans"];

/// What was not right, in a few words each.
fn issues() -> RefOr<Schema> {
    let issue = ObjectBuilder::new().schema_type(Type::String).max_length(Some(200));
    tasks::listed(20, issue).into()
}

pub(super) fn operations() -> Vec<Operation> {
    vec![generated(), stats(), feedback(), take_back()]
}

fn generated() -> Operation {
    let what = "Newest first. Of flashcards each card is an item, of the others each material.";
    let example =
        json!({"status": "success", "content_type": "flashcards", "count": 1, "items": [examples::card()]});
    get("/api/ai/generated-content/{kind}")
        .in_group(TAG)
        .does("List what was made", what)
        .takes(parameters::one_of("kind", "What kind.", &KINDS))
        .takes(parameters::user_id())
        .takes(parameters::limit(20))
        .gives::<Generated>(200, "What was made.", example)
        .refuses(&[ProblemCode::NotFound])
}

fn stats() -> Operation {
    let stats = json!({"flashcards": 18, "quizzes": 0, "exams": 0, "summaries": 0});
    get("/api/ai/content-stats/{user_id}")
        .in_group(TAG)
        .does("Count what was made", "")
        .takes(parameters::name_in_path("user_id", "The user: where people sign in, you.", "ana"))
        .gives::<ContentStats>(
            200,
            "How much there is.",
            json!({"status": "success", "stats": stats, "total_items": 18}),
        )
}

fn feedback() -> Operation {
    let says = json!({"content_type": "flashcard", "content_id": examples::CARD, "rating": 4});
    post("/api/ai/feedback")
        .in_group(TAG)
        .does("Say what you think of it", "")
        .takes(parameters::user_id())
        .reads::<Feedback>(says)
        .gives::<FeedbackGiven>(
            200,
            "It is kept.",
            json!({"status": "success", "message": "Thank you: your feedback is kept.",
                "feedback_id": examples::CARD, "effect": "kept", "remake_note_id": null}),
        )
        .refuses(&[ProblemCode::StorageFull])
}

fn take_back() -> Operation {
    delete("/api/ai/feedback/{id}")
        .in_group(TAG)
        .does("Take feedback back", "What it had hidden is shown again.")
        .takes(parameters::id("id", "The feedback."))
        .takes(parameters::user_id())
        .gives::<Said>(
            200,
            "It is taken back.",
            json!({"status": "success", "message": "Your feedback is taken back."}),
        )
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull])
}
