//! What an agent alone writes: like what is kept, without what only something kept has.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use sharper_domain::card::CardForm;
use sharper_domain::outcome::GenerationParams;
use sharper_domain::{
    Author, Citation, ContextUsed, CorrectAnswer, Criterion, Difficulty, Importance, QuestionKind, Statement,
    Validation, Verdict,
};
use utoipa::ToSchema;

/// A passage of the text that was sent.
#[derive(ToSchema)]
struct WrittenFrom {
    /// Its first byte.
    start: u64,
    /// The byte after its last.
    end: u64,
    quote: String,
}

#[derive(ToSchema)]
pub(super) struct WrittenFlashcards {
    flashcards: Vec<WrittenCard>,
    total_count: u32,
    topics_covered: Vec<String>,
    tokens_used: u64,
    model_used: String,
    generation_params: GenerationParams,
    validation: Validation,
    message: String,
}

#[derive(ToSchema)]
struct WrittenCard {
    question: String,
    answer: String,
    #[schema(nullable = false)]
    explanation: Option<String>,
    topic: String,
    difficulty: Difficulty,
    form: CardForm,
    #[schema(required)]
    source: Option<WrittenFrom>,
    #[schema(required)]
    verdict: Option<Verdict>,
    author: Author,
}

#[derive(ToSchema)]
pub(super) struct WrittenQuiz {
    quiz: WrittenQuestions,
    total_points: u32,
    estimated_time_minutes: u32,
    tokens_used: u64,
    model_used: String,
    validation: Validation,
    message: String,
}

#[derive(ToSchema)]
struct WrittenQuestions {
    title: String,
    questions: Vec<WrittenQuestion>,
}

#[derive(ToSchema)]
struct WrittenQuestion {
    r#type: QuestionKind,
    question: String,
    options: Vec<String>,
    correct_answer: CorrectAnswer,
    #[schema(nullable = false)]
    acceptable_answers: Option<Vec<String>>,
    explanation: String,
    points: u32,
    #[schema(nullable = false)]
    rubric: Option<Vec<Criterion>>,
    topic: String,
    difficulty: Difficulty,
    source: WrittenFrom,
    verdict: Verdict,
    author: Author,
}

#[derive(ToSchema)]
pub(super) struct WrittenSummary {
    summary: WrittenPoints,
    word_count: u32,
    estimated_reading_time_minutes: u32,
    tokens_used: u64,
    model_used: String,
    validation: Validation,
    message: String,
}

#[derive(ToSchema)]
struct WrittenPoints {
    title: String,
    main_points: Vec<WrittenPoint>,
    key_terms: Vec<WrittenTerm>,
}

#[derive(ToSchema)]
struct WrittenPoint {
    point: String,
    details: String,
    importance: Importance,
    heading: String,
    sources: Vec<WrittenFrom>,
    #[schema(nullable = false)]
    verdict: Option<Verdict>,
}

#[derive(ToSchema)]
struct WrittenTerm {
    term: String,
    definition: String,
    source: WrittenFrom,
    #[schema(nullable = false)]
    verdict: Option<Verdict>,
}

#[derive(ToSchema)]
pub(super) struct WrittenChat {
    response: String,
    answerable: bool,
    citations: Vec<Citation>,
    statements: Vec<Statement>,
    context_used: ContextUsed,
    tokens_used: u64,
    model_used: String,
    validation: Validation,
    message: String,
}
