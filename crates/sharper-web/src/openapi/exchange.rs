//! A way in and out: decks, quizzes, exams and plans as files.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use sharper_domain::{ProblemCode, SetId};
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{ObjectBuilder, Response, Type};

use super::operation::{Operation, get, post};
use super::{examples, parameters};

/// A form with a deck.
#[derive(ToSchema)]
struct DeckForm {
    /// `.apkg`, or cards as CSV, TSV, Markdown or JSON.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Where nobody signs in it names the user, else it is your own or absent.
    #[schema(max_length = 128)]
    user_id: Option<String>,
}

/// What became of a file of decks.
#[derive(ToSchema)]
struct Taken {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    /// How many decks.
    count: u64,
    /// What became of each.
    sets: Vec<TakenDeck>,
}

/// A deck that is a set now.
#[derive(ToSchema)]
struct TakenDeck {
    set_id: SetId,
    /// Its title in the file.
    title: String,
    /// Cards that are new.
    added: u32,
    /// Cards that were there.
    updated: u32,
    /// Images and sounds that are new.
    media: u32,
    /// What could not be taken over, for people.
    warnings: Vec<String>,
}

pub(super) fn operations() -> Vec<Operation> {
    let set = json!({"set_id": examples::SET, "title": "Enzymes", "added": 12, "updated": 0, "media": 1, "warnings": []});
    vec![
        post("/api/flashcards/import")
            .in_group("Flashcards")
            .does("Take a deck in", "The same file again updates what is there and never doubles it.")
            .reads_form::<DeckForm>()
            .gives::<Taken>(
                200,
                "What became of it.",
                json!({"status": "success", "count": 1, "sets": [set]}),
            )
            .refuses(&[
                ProblemCode::FileUnreadable,
                ProblemCode::QueueFull,
                ProblemCode::NotAvailable,
                ProblemCode::StorageFull,
            ]),
        export(
            "/api/flashcards/sets/{id}/export",
            "Flashcards",
            "Take a set along",
            &["apkg", "csv", "tsv", "md", "json"],
        ),
        export(
            "/api/quizzes/{id}/export",
            "Quizzes and exams",
            "Take a quiz along",
            &["gift", "moodle", "qti"],
        ),
        export(
            "/api/exams/{id}/export",
            "Quizzes and exams",
            "Take an exam along",
            &["gift", "moodle", "qti"],
        ),
        get("/api/plans/{id}/calendar")
            .in_group("What was made")
            .does("Take a plan along", "Its days as iCalendar (RFC 5545).")
            .takes(parameters::id("id", "The plan."))
            .takes(parameters::user_id())
            .answers(200, file("text/calendar"))
            .refuses(&[ProblemCode::NotFound]),
    ]
}

fn export(path: &'static str, group: &'static str, summary: &'static str, forms: &[&str]) -> Operation {
    get(path)
        .in_group(group)
        .does(summary, "As a file of another program.")
        .takes(parameters::id("id", "What to take along."))
        .takes(parameters::required_choice("format", "The program.", forms))
        .takes(parameters::user_id())
        .answers(200, file("application/octet-stream"))
        .refuses(&[ProblemCode::NotFound])
}

fn file(kind: &str) -> Response {
    let bytes = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)));
    let content = ContentBuilder::new().schema(Some(bytes)).build();
    ResponseBuilder::new().description("The file.").content(kind, content).build()
}
