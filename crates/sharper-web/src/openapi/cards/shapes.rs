//! The shapes of cards and sets, of what waits, of reviews and of rules, as they are sent.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::Value;
use sharper_domain::{
    CardId, Difficulty, Memory, MemoryState, SetId, StudyCard, StudyRules, StudySet, Waiting,
};
use utoipa::ToSchema;

/// Sets of cards.
#[derive(ToSchema)]
pub(super) struct Sets {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    sets: Vec<StudySet>,
}

/// One set, as it is now.
#[derive(ToSchema)]
pub(super) struct OneSet {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    set: StudySet,
}

/// A set with its cards.
#[derive(ToSchema)]
pub(super) struct SetOfCards {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    set: StudySet,
    count: u64,
    cards: Vec<CardOfSet>,
    /// Null where no exam lies ahead.
    #[schema(required)]
    readiness: Option<Ready>,
}

/// What will be recalled at the exam, if nothing more is studied until then.
#[derive(ToSchema)]
pub(super) struct Ready {
    #[schema(format = DateTime)]
    at: String,
    /// The expected share, 0 to 1.
    recall: f64,
    /// In nine of ten cases it is not below this …
    low: f64,
    /// … nor above this.
    high: f64,
    studied: u64,
    new: u64,
}

/// A card, and whether it still says what the note says.
#[derive(ToSchema)]
pub(super) struct CardOfSet {
    #[schema(inline)]
    #[serde(flatten)]
    card: StudyCard,
    /// Whether the passage that it is quoted from was changed or deleted since.
    stale: bool,
}

/// How a set is called and learned. What is absent stays.
#[derive(ToSchema)]
pub(super) struct SetChanged {
    #[schema(min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    title: Option<String>,
    #[schema(format = DateTime)]
    exam_at: Option<String>,
    #[schema(minimum = 0.7, maximum = 0.97)]
    desired_retention: Option<f64>,
    #[schema(minimum = 0, maximum = 9999)]
    new_per_day: Option<u32>,
    #[schema(minimum = 0, maximum = 9999)]
    reviews_per_day: Option<u32>,
}

/// A new set.
#[derive(ToSchema)]
pub(super) struct NewSet {
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    title: String,
    #[schema(format = DateTime)]
    exam_at: Option<String>,
    #[schema(minimum = 0.7, maximum = 0.97)]
    desired_retention: Option<f64>,
    #[schema(minimum = 0, maximum = 9999)]
    new_per_day: Option<u32>,
    #[schema(minimum = 0, maximum = 9999)]
    reviews_per_day: Option<u32>,
}

/// It is gone.
#[derive(ToSchema)]
pub(super) struct SetDeleted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    message: String,
    set_id: SetId,
}

/// It is gone.
#[derive(ToSchema)]
pub(super) struct CardDeleted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    message: String,
    card_id: CardId,
}

/// A card that a student writes.
#[derive(ToSchema)]
pub(super) struct NewCard {
    set_id: SetId,
    /// `basic`, `reversed` (asked both ways) or `cloze`.
    style: Option<String>,
    /// Not of a cloze.
    #[schema(max_length = 10000)]
    question: Option<String>,
    /// Not of a cloze.
    #[schema(max_length = 10000)]
    answer: Option<String>,
    /// Of a cloze: a sentence with gaps, `{{c1::words::hint}}`.
    #[schema(max_length = 10000)]
    cloze: Option<String>,
    #[schema(max_length = 10000)]
    explanation: Option<String>,
    #[schema(max_length = 200)]
    topic: Option<String>,
    difficulty: Option<Difficulty>,
    tags: Option<Vec<String>>,
    #[schema(minimum = 0, maximum = 7)]
    flag: Option<u8>,
}

/// A change of a card. What is absent stays.
#[derive(ToSchema)]
pub(super) struct CardChanged {
    question: Option<String>,
    answer: Option<String>,
    cloze: Option<String>,
    #[schema(max_length = 10000)]
    explanation: Option<String>,
    #[schema(max_length = 200)]
    topic: Option<String>,
    tags: Option<Vec<String>>,
}

/// Something to be done with cards.
#[derive(ToSchema)]
pub(super) struct Batch {
    /// 1 to 500.
    ids: Vec<CardId>,
    /// `suspend`, `unsuspend`, `bury`, `unbury`, `flag`, `tag`, `untag`, `move`, `merge` or `delete`.
    action: String,
    #[schema(minimum = 0, maximum = 7)]
    flag: Option<u8>,
    tags: Option<Vec<String>>,
    set_id: Option<SetId>,
}

/// Cards.
#[derive(ToSchema)]
pub(super) struct Cards {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    cards: Vec<StudyCard>,
}

/// A page of cards.
#[derive(ToSchema)]
pub(super) struct FoundCards {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// How many there are in all.
    total: u32,
    count: u64,
    cards: Vec<StudyCard>,
}

/// A card, as it is now.
#[derive(ToSchema)]
pub(super) struct OneCard {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    card: StudyCard,
}

/// What a grade would make of a card.
#[derive(ToSchema)]
pub(super) struct CardChoice {
    #[schema(minimum = 1, maximum = 4)]
    rating: u8,
    #[schema(format = DateTime)]
    due_at: String,
    /// Until then, in seconds.
    interval_s: u64,
    state: MemoryState,
}

/// A card with its reviews.
#[derive(ToSchema)]
pub(super) struct WholeCard {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    card: StudyCard,
    /// By grade, the worst first.
    choices: Vec<CardChoice>,
    reviews: Vec<PastReview>,
}

/// A review that was given.
#[derive(ToSchema)]
pub(super) struct PastReview {
    rating: u8,
    #[schema(format = DateTime)]
    reviewed_at: String,
    took_ms: u32,
}

/// A card in the queue.
#[derive(ToSchema)]
pub(super) struct CardInTurn {
    #[schema(inline)]
    #[serde(flatten)]
    card: StudyCard,
    /// By grade, the worst first.
    choices: Vec<CardChoice>,
}

/// What waits to be studied.
#[derive(ToSchema)]
pub(super) struct Due {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    cards: Vec<CardInTurn>,
    waiting: Waiting,
    #[schema(required, format = DateTime)]
    next_at: Option<String>,
}

/// How well a card was known.
#[derive(ToSchema)]
pub(super) struct Review {
    /// 1 again, 2 hard, 3 good, 4 easy.
    #[schema(minimum = 1, maximum = 4)]
    rating: u8,
    /// The session of study that it belongs to.
    session_id: Option<uuid::Uuid>,
    /// Milliseconds until the answer was turned; more than an hour counts as one.
    #[schema(minimum = 0)]
    took_ms: Option<u64>,
    /// Makes it safe to send the review again: the same id changes nothing.
    review_id: Option<uuid::Uuid>,
    /// When it was given, if that was before now.
    #[schema(format = DateTime)]
    reviewed_at: Option<String>,
    /// How many reviews the card had when it was shown.
    #[schema(minimum = 0)]
    seen: Option<u32>,
}

/// The review is kept.
#[derive(ToSchema)]
pub(super) struct Reviewed {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    card_id: CardId,
    #[schema(minimum = 1, maximum = 4)]
    rating: u8,
    #[schema(format = DateTime)]
    reviewed_at: String,
    review_id: uuid::Uuid,
    /// Whether it counted now; false where it had, or a later one of the same showing did.
    counted: bool,
    /// Whether the card is forgotten again and again.
    leech: bool,
    #[schema(required)]
    memory: Option<Memory>,
    #[schema(required, format = DateTime)]
    due_at: Option<String>,
    #[schema(required)]
    interval_s: Option<u64>,
    choices: Vec<CardChoice>,
}

/// Which review.
#[derive(ToSchema)]
pub(super) struct Undo {
    review_id: Option<uuid::Uuid>,
}

/// It is taken back.
#[derive(ToSchema)]
pub(super) struct Undone {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// Whether there was something to take back.
    undone: bool,
    card: CardInTurn,
}

/// How a student studies.
#[derive(ToSchema)]
pub(super) struct HowToStudy {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    rules: StudyRules,
    #[schema(required)]
    time_zone: Option<String>,
    /// The weights of FSRS, and what they were fitted to.
    fit: Value,
}

/// Any of the rules. What is absent stays.
#[derive(ToSchema)]
pub(super) struct RulesChanged {
    #[schema(minimum = 0.7, maximum = 0.97)]
    desired_retention: Option<f64>,
    learning_steps: Option<Vec<u32>>,
    relearning_steps: Option<Vec<u32>>,
    #[schema(minimum = 1, maximum = 36500)]
    maximum_interval_days: Option<u32>,
    #[schema(minimum = 0, maximum = 99)]
    leech_lapses: Option<u32>,
    leech_suspends: Option<bool>,
    #[schema(minimum = 0, maximum = 9999)]
    new_per_day: Option<u32>,
    #[schema(minimum = 0, maximum = 9999)]
    reviews_per_day: Option<u32>,
    #[schema(minimum = 0, maximum = 23)]
    day_starts: Option<u32>,
    bury_siblings: Option<bool>,
    #[schema(max_length = 64)]
    time_zone: Option<String>,
}

/// What a fit came to.
#[derive(ToSchema)]
pub(super) struct Fitted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// `fitted`, and how far off predictions were and are, or how many reviews are missing.
    fit: Value,
}
