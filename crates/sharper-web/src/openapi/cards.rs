//! Cards and sets, what waits to be studied, reviews, and how a student studies.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::{
    CardId, Difficulty, Memory, MemoryState, ProblemCode, SetId, StudyCard, StudyRules, StudySet, Waiting,
};
use utoipa::ToSchema;

use super::operation::{Operation, delete, get, post, put};
use super::{examples, parameters};

/// Sets of cards.
#[derive(ToSchema)]
struct Sets {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    sets: Vec<StudySet>,
}

/// One set, as it is now.
#[derive(ToSchema)]
struct OneSet {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    set: StudySet,
}

/// A set with its cards.
#[derive(ToSchema)]
struct SetOfCards {
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
struct Ready {
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
struct CardOfSet {
    #[schema(inline)]
    #[serde(flatten)]
    card: StudyCard,
    /// Whether the passage that it is quoted from was changed or deleted since.
    stale: bool,
}

/// How a set is called and learned. What is absent stays.
#[derive(ToSchema)]
struct SetChanged {
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
struct NewSet {
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
struct SetDeleted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    message: String,
    set_id: SetId,
}

/// It is gone.
#[derive(ToSchema)]
struct CardDeleted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    message: String,
    card_id: CardId,
}

/// A card that a student writes.
#[derive(ToSchema)]
struct NewCard {
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
struct CardChanged {
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
struct Batch {
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
struct Cards {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    cards: Vec<StudyCard>,
}

/// A page of cards.
#[derive(ToSchema)]
struct FoundCards {
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
struct OneCard {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    card: StudyCard,
}

/// What a grade would make of a card.
#[derive(ToSchema)]
struct CardChoice {
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
struct WholeCard {
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
struct PastReview {
    rating: u8,
    #[schema(format = DateTime)]
    reviewed_at: String,
    took_ms: u32,
}

/// A card in the queue.
#[derive(ToSchema)]
struct CardInTurn {
    #[schema(inline)]
    #[serde(flatten)]
    card: StudyCard,
    /// By grade, the worst first.
    choices: Vec<CardChoice>,
}

/// What waits to be studied.
#[derive(ToSchema)]
struct Due {
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
struct Review {
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
struct Reviewed {
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
struct Undo {
    review_id: Option<uuid::Uuid>,
}

/// It is taken back.
#[derive(ToSchema)]
struct Undone {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// Whether there was something to take back.
    undone: bool,
    card: CardInTurn,
}

/// How a student studies.
#[derive(ToSchema)]
struct HowToStudy {
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
struct RulesChanged {
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
struct Fitted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// `fitted`, and how far off predictions were and are, or how many reviews are missing.
    fit: Value,
}

const TAG: &str = "Flashcards";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        of(get("/api/flashcards/sets"), "List sets", "Newest first.")
            .takes(parameters::limit(50))
            .gives::<Sets>(200, "The sets.", json!({"status": "success", "count": 1, "sets": [set()]})),
        of(post("/api/flashcards/sets"), "Make a set", "It is empty.")
            .reads::<NewSet>(json!({"title": "Enzymes"}))
            .gives::<OneSet>(201, "The set.", json!({"status": "success", "set": set()}))
            .refuses(&[ProblemCode::StorageFull]),
        read_set("/api/flashcards/sets/{id}", "Read a set", "With its cards."),
        read_set(
            "/api/flashcards/{id}/cards",
            "Read the cards of a set",
            "The same, as old clients call it.",
        ),
        with_id(put("/api/flashcards/sets/{id}"), "The set.", "Change a set", "Null takes a choice away.")
            .reads::<SetChanged>(json!({"exam_at": examples::TIME}))
            .gives::<OneSet>(200, "As it is now.", json!({"status": "success", "set": set()}))
            .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull]),
        with_id(
            delete("/api/flashcards/sets/{id}"),
            "The set.",
            "Delete a set",
            "With its cards and their reviews.",
        )
        .gives::<SetDeleted>(
            200,
            "It is deleted.",
            json!({"status": "success", "message": "The set is deleted.",
                "set_id": examples::SET}),
        )
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull]),
        of(
            post("/api/flashcards"),
            "Write a card",
            "One, a pair that is asked both ways, or a sentence with gaps.",
        )
        .reads::<NewCard>(
            json!({"set_id": examples::SET, "question": "What are enzymes?", "answer": "Proteins."}),
        )
        .gives::<Cards>(201, "What it became.", json!({"status": "success", "count": 1, "cards": [card()]}))
        .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull]),
        with_id(get("/api/flashcards/{id}"), "The card.", "Read a card", "With its reviews.")
            .gives::<WholeCard>(
                200,
                "The card.",
                json!({"status": "success", "card": card(), "choices": [choice()],
                "reviews": []}),
            )
            .refuses(&[ProblemCode::NotFound]),
        with_id(put("/api/flashcards/{id}"), "The card.", "Edit a card", "Id, reviews and memory stay.")
            .reads::<CardChanged>(json!({"answer": "Proteins."}))
            .gives::<OneCard>(200, "As it is now.", json!({"status": "success", "card": card()}))
            .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull]),
        with_id(delete("/api/flashcards/{id}"), "The card.", "Delete a card", "With its reviews.")
            .gives::<CardDeleted>(
                200,
                "It is deleted.",
                json!({"status": "success", "message": "The card is deleted.",
                "card_id": examples::CARD}),
            )
            .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull]),
        of(post("/api/flashcards/batch"), "Do something with cards", "With all of them or none.")
            .reads::<Batch>(json!({"ids": [examples::CARD], "action": "suspend"}))
            .gives::<Cards>(
                200,
                "Those that are left.",
                json!({"status": "success", "count": 1, "cards": [card()]}),
            )
            .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull]),
        search(),
        of(
            get("/api/flashcards/due"),
            "What waits to be studied",
            "The next first, within the day's limits.",
        )
        .takes(parameters::optional("set_id", "Of this set alone.", examples::SET))
        .takes(parameters::limit(50))
        .gives::<Due>(
            200,
            "The queue.",
            json!({"status": "success", "count": 1, "cards": [in_turn()],
                "waiting": {"learning": 0, "review": 0, "new": 1}, "next_at": null}),
        )
        .refuses(&[ProblemCode::NotFound]),
        review(),
        with_id(
            post("/api/flashcards/{id}/undo"),
            "The card.",
            "Take a review back",
            "Exactly: as if it had not been given.",
        )
        .reads::<Undo>(json!({}))
        .gives::<Undone>(
            200,
            "It is taken back.",
            json!({"status": "success", "undone": true, "card": in_turn()}),
        )
        .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull]),
        of(get("/api/me/study"), "How I want to study", "").gives::<HowToStudy>(200, "So.", how()),
        of(put("/api/me/study"), "Choose how to study", "What is absent stays.")
            .reads::<RulesChanged>(json!({"new_per_day": 10, "time_zone": "Europe/Berlin"}))
            .gives::<HowToStudy>(200, "As it is now.", how())
            .refuses(&[ProblemCode::StorageFull]),
        of(post("/api/me/study/fit"), "Fit the weights to my reviews", "The better ones are kept.")
            .gives::<Fitted>(
                200,
                "What it came to.",
                json!({"status": "success",
                "fit": {"fitted": false, "have": 12, "needed": 400}}),
            )
            .refuses(&[ProblemCode::StorageFull]),
    ]
}

fn of(operation: Operation, summary: &'static str, what: &'static str) -> Operation {
    operation.in_group(TAG).does(summary, what).takes(parameters::user_id())
}

fn with_id(operation: Operation, id: &str, summary: &'static str, what: &'static str) -> Operation {
    of(operation.takes(parameters::id("id", id)), summary, what)
}

fn read_set(path: &'static str, summary: &'static str, what: &'static str) -> Operation {
    let mut card = card();
    card["stale"] = json!(false);
    let example = json!({"status": "success", "set": set(), "count": 1, "cards": [card], "readiness": null});
    with_id(get(path), "The set.", summary, what)
        .gives::<SetOfCards>(200, "The set.", example)
        .refuses(&[ProblemCode::NotFound])
}

fn search() -> Operation {
    of(get("/api/flashcards/search"), "Find cards", "By what they say and how they stand.")
        .takes(parameters::optional_text("query", "Words that all stand in the card.", 200, "enzymes"))
        .takes(parameters::optional("set_id", "Of this set alone.", examples::SET))
        .takes(parameters::optional("tag", "With this tag.", "exam"))
        .takes(parameters::optional("flag", "With this flag, 0 to 7.", "1"))
        .takes(parameters::optional("state", "`new`, `learning`, `review` or `relearning`.", "new"))
        .takes(parameters::optional("due", "`true`: those that are due today.", "true"))
        .takes(parameters::optional("suspended", "`true` or `false`.", "false"))
        .takes(parameters::optional("leech", "`true` or `false`.", "false"))
        .takes(parameters::number("offset", "How many to leave out at the beginning.", 0, 0, 1_000_000))
        .takes(parameters::limit(50))
        .gives::<FoundCards>(
            200,
            "A page.",
            json!({"status": "success", "total": 1, "count": 1, "cards": [card()]}),
        )
        .refuses(&[ProblemCode::NotFound])
}

fn review() -> Operation {
    let example = json!({"status": "success", "card_id": examples::CARD, "rating": 3,
        "reviewed_at": examples::TIME, "review_id": examples::SESSION, "counted": true, "leech": false,
        "memory": null, "due_at": examples::TIME, "interval_s": 600, "choices": [choice()]});
    with_id(
        post("/api/flashcards/{id}/review"),
        "The card.",
        "Review a card",
        "The same `review_id` again changes nothing, so it is safe to send until it is answered.",
    )
    .reads::<Review>(json!({"rating": 3, "took_ms": 4200}))
    .gives::<Reviewed>(200, "It is kept.", example)
    .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull])
}

fn set() -> Value {
    let mut set = examples::set();
    for name in ["exam_at", "desired_retention", "new_per_day", "reviews_per_day"] {
        set[name] = Value::Null;
    }
    set
}

fn card() -> Value {
    let mut card = examples::card();
    for name in ["cloze", "suspended_at", "buried_until", "leech_at", "edited_at", "memory"] {
        card[name] = Value::Null;
    }
    card["style"] = json!("basic");
    card["group_id"] = json!(examples::CARD);
    (card["ordinal"], card["tags"], card["flag"]) = (json!(0), json!([]), json!(0));
    card
}

fn in_turn() -> Value {
    let mut card = card();
    card["choices"] = json!([choice()]);
    card
}

fn choice() -> Value {
    json!({"rating": 3, "due_at": examples::TIME, "interval_s": 600, "state": "learning"})
}

fn how() -> Value {
    json!({"status": "success", "rules": StudyRules::default(), "time_zone": "Europe/Berlin",
        "fit": {"weights": [], "fitted_at": null, "reviews": 0, "needed": 400}})
}
