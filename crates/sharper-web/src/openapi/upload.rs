//! Files that become notes.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use sharper_domain::{FolderId, Note, NoteId, ProblemCode};
use utoipa::ToSchema;
use utoipa::openapi::header::HeaderBuilder;

use super::examples;
use super::operation::{Operation, post};

/// A form with a file, or several parts of that name.
#[derive(ToSchema)]
struct FileForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// A line for people; without one it is the document's own, or the file's name.
    #[schema(max_length = 200)]
    title: Option<String>,
    /// The folder that the note is to lie in.
    folder_id: Option<FolderId>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128)]
    user_id: Option<String>,
}

/// One file that was read.
#[derive(ToSchema)]
struct FileRead {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// What its text is kept as; of several files absent.
    #[schema(nullable = false)]
    note: Option<Note>,
    /// What the reader of the note should know; of several files absent.
    #[schema(nullable = false)]
    warnings: Option<Vec<String>>,
    /// Of several files: how many are notes now.
    #[schema(nullable = false)]
    count: Option<u64>,
    /// Of several files: how many are not.
    #[schema(nullable = false)]
    refused: Option<u64>,
    /// Of several files: the notes.
    #[schema(nullable = false)]
    notes: Option<Vec<Note>>,
    /// Of several files: what became of each.
    #[schema(nullable = false)]
    files: Option<Vec<FileVerdict>>,
}

/// What became of one file of several.
#[derive(ToSchema)]
struct FileVerdict {
    name: String,
    /// `read`, `known` (sent before) or `refused`.
    #[schema(pattern = "^(read|known|refused)$")]
    outcome: String,
    #[schema(nullable = false)]
    note_id: Option<NoteId>,
    #[schema(nullable = false)]
    warnings: Option<Vec<String>>,
    #[schema(nullable = false)]
    code: Option<ProblemCode>,
    #[schema(nullable = false)]
    detail: Option<String>,
    /// Why its text cannot be read.
    #[schema(nullable = false)]
    fault: Option<String>,
}

pub(super) fn operations() -> Vec<Operation> {
    let example = json!({"status": "success", "note": examples::note(), "warnings": []});
    let place = HeaderBuilder::new().description(Some("Where it is.")).build();
    vec![
        post("/api/upload")
            .in_group("Notes")
            .does(
                "Send a file",
                "PDF, DOCX, PPTX, ODT, ODP, EPUB, HTML, Markdown, text, CSV, notebooks, subtitles, Anki decks, pictures and \
                 recordings, told by their content. Only the text is kept. Several parts `file` are answered with 200 and \
                 the verdict on each.",
            )
            .reads_form::<FileForm>()
            .gives::<FileRead>(201, "The new note.", example.clone())
            .with_header("Location", place.clone())
            .gives::<FileRead>(200, "The note of the same file or text, or the verdict on each of several.", example)
            .refuses(&[
                ProblemCode::FileUnreadable,
                ProblemCode::NotFound,
                ProblemCode::Conflict,
                ProblemCode::NotesFull,
                ProblemCode::DayIsUsedUp,
                ProblemCode::QueueFull,
                ProblemCode::NotAvailable,
                ProblemCode::StorageFull,
            ]),
    ]
}
