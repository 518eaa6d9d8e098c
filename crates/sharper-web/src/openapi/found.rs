//! What is found in the notes: search, and notes that are like a note.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use sharper_domain::{NoteId, ProblemCode};
use utoipa::ToSchema;

use super::operation::{Operation, get, post};
use super::{examples, parameters};

/// What to look for.
#[derive(ToSchema)]
struct Search {
    /// The question.
    #[schema(min_length = 1, max_length = 8000, pattern = r"\S")]
    query: String,
    /// How many passages at most; 10 where it is absent.
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The same by another name.
    #[schema(minimum = 1, maximum = 100)]
    top_k: Option<u32>,
    /// Only in these notes.
    #[schema(max_items = 100)]
    note_ids: Option<Vec<NoteId>>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128, pattern = r##"^[^\x00-\x20!"#$%&'()*,/;<=>?\[\\\]^`{}~\x7F]*$"##)]
    user_id: Option<String>,
}

/// A passage that was found.
#[derive(ToSchema)]
struct FoundPassage {
    note_id: NoteId,
    /// The title of the note.
    title: String,
    /// The passage, word for word.
    content: String,
    /// How well it fits, above 0 and up to 1. It orders one answer, and means nothing between two.
    score: f64,
    /// The cosine of its vector with the question's, where both are known.
    similarity: Option<f64>,
    /// Its first byte in the note,
    start: u64,
    /// and one past its last.
    end: u64,
    /// The headings above it, outermost first.
    path: Vec<String>,
    /// The page (or slide, chapter, moment) that it begins on, where the note was read from a file that has such.
    page: Option<String>,
}

/// Passages that fit.
#[derive(ToSchema)]
struct Passages {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    query: String,
    count: u64,
    /// Notes that were looked through.
    searched: u64,
    /// `lexical`: by words alone; `hybrid`: by words and vectors.
    #[schema(pattern = "^(lexical|hybrid)$")]
    mode: String,
    /// Best first.
    results: Vec<FoundPassage>,
}

/// Notes that are like a note.
#[derive(ToSchema)]
struct Related {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    note_id: NoteId,
    count: u64,
    /// Notes that were looked through.
    searched: u64,
    /// `lexical`: by words alone; `hybrid`: by vectors.
    #[schema(pattern = "^(lexical|hybrid)$")]
    mode: String,
    /// Of each note the passage that is most like it, best first.
    results: Vec<FoundPassage>,
}

const GROUP: &str = "Notes";

pub(super) fn operations() -> Vec<Operation> {
    let found = json!({"note_id": examples::NOTE, "title": "Enzymes", "content": examples::TEXT, "score": 0.8214,
        "similarity": null, "start": 0, "end": examples::TEXT.len(), "path": [], "page": null});
    vec![
        post("/api/embeddings/search")
            .in_group(GROUP)
            .does(
                "Search the notes",
                "By their words, and where an embedding model is configured by their meaning too. What fits not at all is \
                 left out, so there may be nothing.",
            )
            .takes(parameters::user_id())
            .reads::<Search>(json!({"query": "What do enzymes do?", "limit": 5}))
            .gives::<Passages>(
                200,
                "The passages.",
                json!({"status": "success", "query": "What do enzymes do?", "count": 1, "searched": 4, "mode": "lexical",
                    "results": [found]}),
            ),
        get("/api/embeddings/related/{note_id}")
            .in_group(GROUP)
            .does("Find notes like a note", "That one itself is left out.")
            .takes(parameters::id("note_id", "The note."))
            .takes(parameters::user_id())
            .takes(parameters::limit(10))
            .gives::<Related>(
                200,
                "The notes.",
                json!({"status": "success", "note_id": examples::NOTE, "count": 0, "searched": 4, "mode": "lexical",
                    "results": []}),
            )
            .refuses(&[ProblemCode::NotFound]),
    ]
}
