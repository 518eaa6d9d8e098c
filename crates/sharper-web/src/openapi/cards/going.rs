//! How learning goes: the shape of it.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use sharper_domain::{SetId, Timestamp, Waiting};
use utoipa::ToSchema;

/// How learning goes.
#[derive(ToSchema)]
pub(super) struct HowItGoes {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    progress: Going,
}

/// Of the last twelve weeks, and the next two.
#[derive(ToSchema)]
struct Going {
    waiting: Waiting,
    /// Days in a row, one missed day forgiven.
    streak_days: u32,
    studied_today: bool,
    /// The days on which something was studied, newest first.
    days: Vec<DayStudied>,
    /// Cards that come back on each day, today first, with what is overdue.
    forecast: Vec<DayAhead>,
    /// Cards that had come back after days: what was predicted, and what was remembered.
    retention: Vec<RetentionPart>,
    /// The weakest first.
    topics: Vec<TopicKnown>,
    #[schema(required)]
    exam: Option<ExamAhead>,
}

#[derive(ToSchema)]
struct DayStudied {
    #[schema(value_type = String, format = Date)]
    date: String,
    reviews: u64,
    remembered: u64,
    attempts: u64,
    minutes: u64,
}

#[derive(ToSchema)]
struct DayAhead {
    #[schema(value_type = String, format = Date)]
    date: String,
    cards: u64,
}

#[derive(ToSchema)]
struct RetentionPart {
    from_days: u32,
    #[schema(required)]
    to_days: Option<u32>,
    reviews: u64,
    predicted: f64,
    remembered: f64,
}

#[derive(ToSchema)]
struct TopicKnown {
    topic: String,
    reviews: u64,
    accuracy: f64,
}

#[derive(ToSchema)]
struct ExamAhead {
    at: Timestamp,
    title: String,
    #[schema(required)]
    set_id: Option<SetId>,
    /// What share will be recalled on the day if nothing more is studied.
    #[schema(required)]
    recall: Option<f64>,
    /// In nine of ten cases it lies between these.
    #[schema(required)]
    between: Option<Vec<f64>>,
}
