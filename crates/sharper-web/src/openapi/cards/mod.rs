//! Cards and sets, what waits to be studied, reviews, and how a student studies.

mod going;
mod shapes;

use serde_json::{Value, json};
use sharper_domain::{ProblemCode, StudyRules};

use self::going::HowItGoes;
use self::shapes::{
    Batch, CardChanged, CardDeleted, Cards, Due, Fitted, FoundCards, HowToStudy, NewCard, NewSet, OneCard,
    OneSet, Review, Reviewed, RulesChanged, SetChanged, SetDeleted, SetOfCards, Sets, Undo, Undone,
    WholeCard,
};
use super::operation::{Operation, delete, get, post, put};
use super::{examples, parameters};

const TAG: &str = "Flashcards";

pub(super) fn operations() -> Vec<Operation> {
    [sets(), cards(), many(), studying()].into_iter().flatten().collect()
}

fn sets() -> Vec<Operation> {
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
    ]
}

fn cards() -> Vec<Operation> {
    vec![
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
    ]
}

fn many() -> Vec<Operation> {
    vec![
        of(post("/api/flashcards/batch"), "Do something with cards", "With all of them or none.")
            .reads::<Batch>(json!({"ids": [examples::CARD], "action": "suspend"}))
            .gives::<Cards>(
                200,
                "Those that are left.",
                json!({"status": "success", "count": 1, "cards": [card()]}),
            )
            .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull]),
        search(),
    ]
}

fn studying() -> Vec<Operation> {
    vec![
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
        of(get("/api/me/progress"), "How learning goes", "By my own days: my time zone, and the hour at which they begin.")
            .gives::<HowItGoes>(
                200,
                "So.",
                json!({"status": "success", "progress": {
                    "waiting": {"learning": 0, "review": 4, "new": 8}, "streak_days": 3, "studied_today": true,
                    "days": [{"date": "2026-11-24", "reviews": 12, "remembered": 10, "attempts": 1, "minutes": 9}],
                    "forecast": [{"date": "2026-11-24", "cards": 4}],
                    "retention": [{"from_days": 2, "to_days": 3, "reviews": 20, "predicted": 0.91, "remembered": 0.9}],
                    "topics": [{"topic": "Enzymes", "reviews": 14, "accuracy": 0.5}], "exam": null}}),
            ),
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
