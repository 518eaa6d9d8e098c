//! What goes in: notes.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use sharper_domain::{Anchor, BriefNote, FolderId, Note, NoteId, ProblemCode};
use sharper_store::notes::NoteOrder;
use utoipa::ToSchema;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::link::{Link, LinkBuilder};

use super::operation::{Operation, delete, get, post, put};
use super::{examples, parameters};

/// A text to keep.
#[derive(ToSchema)]
struct NewNote {
    /// The text.
    #[schema(min_length = 1)]
    content: String,
    /// A line for people; without one it is the first heading or line of the text.
    #[schema(max_length = 200)]
    title: Option<String>,
    /// The folder that it is to lie in.
    folder_id: Option<FolderId>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128, pattern = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]*$"##)]
    user_id: Option<String>,
}

/// A change of a note: what is absent stays.
#[derive(ToSchema)]
struct NoteChange {
    /// Another line for people.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    title: Option<String>,
    /// Another text, which makes a new version.
    #[schema(min_length = 1)]
    content: Option<String>,
    /// Another folder; null takes the note out of its own.
    folder_id: Option<FolderId>,
    /// The version that the change was made from: 409 where it is no longer the newest.
    #[schema(minimum = 1, maximum = 2147483647)]
    version: Option<u32>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128, pattern = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]*$"##)]
    user_id: Option<String>,
}

/// Notes.
#[derive(ToSchema)]
struct Notes {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// How many are told.
    count: u64,
    /// How many there are.
    total: u64,
    /// In the order asked for; without `content` and `anchors` where `fields` is `brief`.
    notes: Vec<ListedNote>,
    /// `cursor` of the page after this one; null where there is none.
    next_cursor: Option<String>,
}

/// A note as it is listed.
#[derive(ToSchema)]
struct ListedNote {
    /// The note without its text.
    #[serde(flatten)]
    brief: BriefNote,
    /// The text, unless `fields` is `brief`.
    content: Option<String>,
    /// Where the pages of its file begin in the text, unless `fields` is `brief`.
    anchors: Option<Vec<Anchor>>,
}

/// A note.
#[derive(ToSchema)]
pub(super) struct OneNote {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    note: Note,
}

/// A note that was changed.
#[derive(ToSchema)]
struct ChangedNote {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    note: Note,
    stale: StaleCount,
}

/// What does not stand in the note any more.
#[derive(ToSchema)]
struct StaleCount {
    /// How many items made from the note.
    items: u32,
}

/// A note that is no more.
#[derive(ToSchema)]
struct NoteDeleted {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// For people.
    message: String,
    id: NoteId,
    /// Until when it can be brought back; null: until somebody empties the bin.
    #[schema(format = DateTime)]
    undo_until: Option<String>,
}

pub(super) const NOTES: &str = "Notes";

pub(super) fn operations() -> Vec<Operation> {
    vec![list(), add(), read(), change(), remove()]
}

fn list() -> Operation {
    let example = json!({"status": "success", "count": 1, "total": 1, "notes": [examples::note()],
        "next_cursor": null});
    get("/api/notes")
        .in_group(NOTES)
        .does("List notes", "The ones changed last first, or as `order` says; page by page.")
        .takes(parameters::user_id())
        .takes(parameters::limit(50))
        .takes(parameters::choice("order", "In which order.", &NoteOrder::WORDS))
        .takes(parameters::choice("fields", "`brief` leaves out the texts.", &["all", "brief"]))
        .takes(parameters::optional(
            "folder_id",
            "Only of this folder; `none` for notes outside of folders.",
            "none",
        ))
        .takes(parameters::optional("cursor", "`next_cursor` of the page before.", ""))
        .gives::<Notes>(200, "The notes.", example)
        .refuses(&[ProblemCode::NotFound])
}

fn add() -> Operation {
    let example = json!({"status": "success", "note": examples::note()});
    post("/api/notes")
        .in_group(NOTES)
        .does("Add a note", "A user's text is kept once: the same text again gives the note that is there.")
        .takes(parameters::user_id())
        .reads::<NewNote>(json!({"title": "Enzymes", "content": examples::TEXT}))
        .gives::<OneNote>(201, "The new note.", example.clone())
        .with_header("Location", place())
        .leads_to("read", to("getApiNotesId", "$response.body#/note/id"))
        .leads_to("change", to("putApiNotesId", "$response.body#/note/id"))
        .leads_to("delete", to("deleteApiNotesId", "$response.body#/note/id"))
        .gives::<OneNote>(200, "The note that has this very text already.", example)
        .with_header("Location", place())
        .refuses(&[
            ProblemCode::EmptyNotes,
            ProblemCode::NotText,
            ProblemCode::NotFound,
            ProblemCode::Conflict,
            ProblemCode::StorageFull,
        ])
}

fn read() -> Operation {
    get("/api/notes/{id}")
        .in_group(NOTES)
        .does("Read a note", "Another user's is not found, here and everywhere.")
        .takes(parameters::id("id", "The note."))
        .takes(parameters::user_id())
        .gives::<OneNote>(200, "The note.", json!({"status": "success", "note": examples::note()}))
        .refuses(&[ProblemCode::NotFound])
}

fn change() -> Operation {
    put("/api/notes/{id}")
        .in_group(NOTES)
        .does("Change a note", "What is absent stays. A new text is a new version; items whose passages it changes are stale from then on.")
        .takes(parameters::id("id", "The note."))
        .takes(parameters::user_id())
        .reads::<NoteChange>(json!({"title": "Enzymes and temperature", "version": 1}))
        .gives::<ChangedNote>(
            200,
            "The note as it is now.",
            json!({"status": "success", "note": examples::note(), "stale": {"items": 0}}),
        )
        .refuses(&[
            ProblemCode::EmptyNotes,
            ProblemCode::NotText,
            ProblemCode::NotFound,
            ProblemCode::Conflict,
            ProblemCode::StorageFull,
        ])
}

fn remove() -> Operation {
    let example = json!({"status": "success", "message": "The note is deleted. It lies in the bin.",
        "id": examples::NOTE, "undo_until": examples::TIME});
    delete("/api/notes/{id}")
        .in_group(NOTES)
        .does(
            "Delete a note",
            "Into the bin, where nobody finds it. Cards made from it stay, with their quotes.",
        )
        .takes(parameters::id("id", "The note."))
        .takes(parameters::user_id())
        .gives::<NoteDeleted>(200, "It is in the bin.", example)
        .leads_to("restore", to("postApiNotesIdRestore", "$response.body#/id"))
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull])
}

pub(super) fn place() -> Header {
    HeaderBuilder::new().description(Some("Where it is.")).build()
}

pub(super) fn to(operation: &str, id: &str) -> Link {
    LinkBuilder::new().operation_id(operation).parameter("id", id).build()
}
