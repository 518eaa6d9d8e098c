//! What goes in: notes and folders.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use sharper_domain::{Folder, FolderId, Note, NoteId, ProblemCode};
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

/// A folder to make.
#[derive(ToSchema)]
struct NewFolder {
    /// A line for people.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: String,
    /// The folder above.
    parent_id: Option<FolderId>,
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
    /// The ones changed last first.
    notes: Vec<Note>,
}

/// A note.
#[derive(ToSchema)]
struct OneNote {
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
}

/// Folders.
#[derive(ToSchema)]
struct Folders {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// By name.
    folders: Vec<Folder>,
}

/// A folder.
#[derive(ToSchema)]
struct OneFolder {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    folder: Folder,
}

const NOTES: &str = "Notes";
const FOLDERS: &str = "Folders";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        list(),
        add(),
        read(),
        change(),
        remove(),
        get("/api/folders")
            .in_group(FOLDERS)
            .does("List folders", "By name.")
            .takes(parameters::user_id())
            .gives::<Folders>(
            200,
            "The folders.",
            json!({"status": "success", "count": 1, "folders": [examples::folder()]}),
        ),
        add_folder(),
        get("/api/folders/{id}")
            .in_group(FOLDERS)
            .does("Read a folder", "")
            .takes(parameters::id("id", "The folder."))
            .takes(parameters::user_id())
            .gives::<OneFolder>(
                200,
                "The folder.",
                json!({"status": "success", "folder": examples::folder()}),
            )
            .refuses(&[ProblemCode::NotFound]),
    ]
}

fn list() -> Operation {
    let example = json!({"status": "success", "count": 1, "total": 1, "notes": [examples::note()]});
    get("/api/notes")
        .in_group(NOTES)
        .does("List notes", "The ones changed last first.")
        .takes(parameters::user_id())
        .takes(parameters::limit(50))
        .gives::<Notes>(200, "The notes.", example)
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
    let example = json!({"status": "success", "message": "The note is deleted.", "id": examples::NOTE});
    delete("/api/notes/{id}")
        .in_group(NOTES)
        .does("Delete a note", "Cards made from it stay, with their quotes.")
        .takes(parameters::id("id", "The note."))
        .takes(parameters::user_id())
        .gives::<NoteDeleted>(200, "It is deleted.", example)
        .refuses(&[ProblemCode::NotFound, ProblemCode::StorageFull])
}

fn add_folder() -> Operation {
    post("/api/folders")
        .in_group(FOLDERS)
        .does("Make a folder", "")
        .takes(parameters::user_id())
        .reads::<NewFolder>(json!({"name": "Biology"}))
        .gives::<OneFolder>(
            201,
            "The new folder.",
            json!({"status": "success", "folder": examples::folder()}),
        )
        .with_header("Location", place())
        .leads_to("read", to("getApiFoldersId", "$response.body#/folder/id"))
        .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull])
}

fn place() -> Header {
    HeaderBuilder::new().description(Some("Where it is.")).build()
}

fn to(operation: &str, id: &str) -> Link {
    LinkBuilder::new().operation_id(operation).parameter("id", id).build()
}
