//! Notes found as one types, their versions, copies, and the way back from the bin.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_agents::library::FoundNote;
use sharper_domain::{BriefVersion, NoteVersion, ProblemCode};
use utoipa::ToSchema;

use super::library::{NOTES, OneNote, place};
use super::operation::{Operation, get, post};
use super::{examples, parameters};

/// Notes that were found.
#[derive(ToSchema)]
struct NotesFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// What was searched for.
    query: String,
    count: u64,
    /// Best first.
    notes: Vec<FoundNote>,
}

/// The versions of a note.
#[derive(ToSchema)]
struct Versions {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// The newest first.
    versions: Vec<BriefVersion>,
}

/// A version of a note.
#[derive(ToSchema)]
struct OneVersion {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    version: NoteVersion,
}

fn note() -> Value {
    json!({"status": "success", "note": examples::note()})
}

pub(super) fn operations() -> Vec<Operation> {
    let of_one = |operation: Operation| {
        let operation = operation.in_group(NOTES).takes(parameters::id("id", "The note."));
        operation.takes(parameters::user_id()).refuses(&[ProblemCode::NotFound])
    };
    let number = || parameters::number_in_path("n", "The number of the version.");
    let versions = json!({"status": "success", "count": 1, "versions": [{"version": 1, "title": "Enzymes",
        "bytes": examples::TEXT.len(), "current": true, "created_at": examples::TIME}]});
    let version = json!({"status": "success", "version": {"note_id": examples::NOTE, "version": 1, "title": "Enzymes",
        "content": examples::TEXT, "anchors": [], "current": true, "created_at": examples::TIME}});
    vec![
        search(),
        of_one(post("/api/notes/{id}/restore"))
            .does("Restore a note", "Out of the bin. Where its text is there again it comes back as a copy.")
            .gives::<OneNote>(200, "The note.", note())
            .refuses(&[ProblemCode::StorageFull]),
        of_one(post("/api/notes/{id}/duplicate"))
            .does("Copy a note", "")
            .gives::<OneNote>(201, "The copy.", note())
            .with_header("Location", place())
            .refuses(&[ProblemCode::NotesFull, ProblemCode::StorageFull]),
        of_one(get("/api/notes/{id}/versions"))
            .does(
                "List the versions of a note",
                "The newest first, without their texts; the first is what it says now.",
            )
            .takes(parameters::limit(100))
            .gives::<Versions>(200, "The versions.", versions),
        of_one(get("/api/notes/{id}/versions/{n}"))
            .does("Read a version", "")
            .takes(number())
            .gives::<OneVersion>(200, "The version.", version),
        of_one(post("/api/notes/{id}/versions/{n}/restore"))
            .does("Restore a version", "The note gets the text of this version, as a new version.")
            .takes(number())
            .gives::<OneNote>(200, "The note as it is now.", note())
            .refuses(&[ProblemCode::Conflict, ProblemCode::NotesFull, ProblemCode::StorageFull]),
    ]
}

fn search() -> Operation {
    let mut found = examples::brief_note();
    found["title_words"] = json!([{"start": 0, "end": 7}]);
    found["snippet"] = json!({"text": examples::TEXT, "start": 0, "end": examples::TEXT.len(),
        "words": [{"start": 0, "end": 7}], "page": null});
    get("/api/notes/search")
        .in_group(NOTES)
        .does("Find notes as one types", "By titles and texts; the last word may be only begun.")
        .takes(parameters::user_id())
        .takes(parameters::optional_text("q", "What is searched for.", 500, "enzym"))
        .takes(parameters::limit(20))
        .gives::<NotesFound>(
            200,
            "The notes.",
            json!({"status": "success", "query": "enzym", "count": 1, "notes": [found]}),
        )
}
