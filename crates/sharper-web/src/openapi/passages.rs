//! What was made from a note, what of it is stale, and writing that anew.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::outcome::{MakeAgain, StaysStale};
use sharper_domain::{MaterialId, NoteId, ProblemCode, SessionId, TaskKind, Timestamp};
use utoipa::ToSchema;
use uuid::Uuid;

use super::operation::{Operation, get, post};
use super::{examples, parameters};

/// What was made from a note.
#[derive(ToSchema)]
struct ItemsOfNote {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    note_id: NoteId,
    /// How many are told.
    count: u64,
    /// How many there are; of more than 500, 500.
    total: u64,
    /// How many of them are stale.
    stale: u64,
    /// Passage by passage, in the order of the text.
    items: Vec<PlacedItem>,
}

/// One source of an item, and where it stands in the note now.
#[derive(ToSchema)]
struct PlacedItem {
    /// What it is a part of.
    kind: TaskKind,
    /// Which.
    material_id: MaterialId,
    /// The title of that.
    title: String,
    /// Its place in that, from 1.
    number: u32,
    /// Which of its sources, from 1.
    place: u32,
    /// Of a card or a question its own id; null of what has none.
    item_id: Option<Uuid>,
    /// What it asks or says first.
    front: String,
    /// The words it was quoted from when it was made.
    quote: String,
    /// The first byte of its passage in the note as it is now; of a stale one, of what stands in its place.
    start: u64,
    /// One past the last byte; the same as `start` where nothing is left.
    end: u64,
    /// Whether the passage was changed or deleted.
    stale: bool,
    /// Since when.
    stale_since: Option<Timestamp>,
}

/// Which items are to be written anew.
#[derive(ToSchema)]
struct RemakeRequest {
    /// Cards and questions of quizzes; none means all that are stale.
    #[schema(max_items = 200)]
    items: Option<Vec<Uuid>>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128, pattern = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]*$"##)]
    user_id: Option<String>,
}

/// A job that writes stale items anew, or what can be done where none can.
#[derive(ToSchema)]
struct RemakeAnswer {
    /// `processing`; `success` where there is nothing that could be written anew item by item.
    #[schema(pattern = "^(processing|success)$")]
    status: String,
    /// The name of its stream.
    session_id: Option<SessionId>,
    /// Where its events are; with a ticket where people sign in.
    stream_url: Option<String>,
    /// For people.
    message: String,
    /// How many items are written anew.
    items: u32,
    /// Items whose passages were deleted: they stay as they are.
    stays: Vec<StaysStale>,
    /// What can only be made again as a whole, with the request that does it.
    make_again: Vec<MakeAgain>,
}

const NOTES: &str = "Notes";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        list(
            "/api/notes/{id}/items",
            "List what was made from a note",
            "Passage by passage, in the order of its text.",
        ),
        list(
            "/api/notes/{id}/stale",
            "List what is stale",
            "Items whose passages were changed or deleted since they were made.",
        ),
        remake(),
    ]
}

fn item() -> Value {
    json!({"kind": "flashcard_generation", "material_id": examples::SET, "title": "Enzymes", "number": 1, "place": 1,
        "item_id": examples::CARD, "front": "What are enzymes?", "quote": examples::TEXT, "start": 0,
        "end": examples::TEXT.len(), "stale": true, "stale_since": examples::TIME})
}

fn list(path: &'static str, summary: &'static str, what: &'static str) -> Operation {
    let example = json!({"status": "success", "note_id": examples::NOTE, "count": 1, "total": 1, "stale": 1,
        "items": [item()]});
    get(path)
        .in_group(NOTES)
        .does(summary, what)
        .takes(parameters::id("id", "The note."))
        .takes(parameters::user_id())
        .takes(parameters::limit(100))
        .gives::<ItemsOfNote>(200, "The items.", example)
        .refuses(&[ProblemCode::NotFound])
}

fn remake() -> Operation {
    let example = json!({"status": "processing", "session_id": examples::SESSION,
        "stream_url": format!("/api/ai/stream/{}", examples::SESSION),
        "message": "Request accepted. Connect to stream_url for live progress.",
        "items": 1, "stays": [], "make_again": []});
    post("/api/notes/{id}/remake")
        .in_group(NOTES)
        .does(
            "Write stale items anew",
            "Each stale card or question of a quiz is written anew from what stands in the place of its passage, and keeps its \
             id, its place and its reviews. Nothing else is touched, and nothing else is paid for.",
        )
        .takes(parameters::id("id", "The note."))
        .takes(parameters::user_id())
        .reads::<RemakeRequest>(json!({"items": [examples::CARD]}))
        .gives::<RemakeAnswer>(200, "It is kept, and work on it begins.", example)
        .refuses(&[
            ProblemCode::NotFound,
            ProblemCode::Conflict,
            ProblemCode::QueueFull,
            ProblemCode::StorageFull,
        ])
}
