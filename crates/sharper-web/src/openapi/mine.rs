//! All that is mine: to take along, and its end.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Map, Value, json};
use sharper_domain::{ProblemCode, UserId};
use utoipa::ToSchema;

use super::operation::{Operation, delete, get};
use super::parameters;

/// Everything of a user's.
#[derive(ToSchema)]
struct Export {
    /// Always `study-sharper-export`.
    #[schema(pattern = "^study-sharper-export$")]
    format: String,
    /// The version of this shape.
    version: u32,
    user_id: UserId,
    #[schema(format = DateTime)]
    made_at: String,
    /// For each table a list of its rows, with all their fields.
    #[schema(value_type = Object)]
    tables: Map<String, Value>,
}

/// That it is meant.
#[derive(ToSchema)]
struct Meant {
    /// The password, of who has one here.
    #[schema(format = Password, max_length = 256)]
    password: Option<String>,
    /// The word `erase`, of who has none.
    #[schema(max_length = 80)]
    confirm: Option<String>,
}

/// That it is done.
#[derive(ToSchema)]
struct Erased {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    message: String,
}

pub(super) fn operations() -> Vec<Operation> {
    vec![export(), erase()]
}

fn export() -> Operation {
    let example = json!({
        "format": "study-sharper-export", "version": 1, "user_id": "ada", "made_at": "2026-11-23T18:00:00Z",
        "tables": {"notes": [{"id": "0192f0b0-0000-7000-8000-000000000001", "title": "Light"}]},
    });
    get("/api/me/export")
        .in_group("Accounts")
        .does(
            "Take everything of mine along",
            "One document, sent while it is read; without its end it was cut short.",
        )
        .takes(parameters::user_id())
        .gives::<Export>(200, "Everything.", example)
        .refuses(&[ProblemCode::Forbidden])
}

fn erase() -> Operation {
    delete("/api/me")
        .in_group("Accounts")
        .does("Erase everything of mine", "At once, sessions and tokens too. It cannot be brought back.")
        .takes(parameters::user_id())
        .reads::<Meant>(json!({"confirm": "erase"}))
        .gives::<Erased>(
            200,
            "It is done.",
            json!({"status": "success", "message": "Everything of yours is erased."}),
        )
        .refuses(&[ProblemCode::Forbidden])
}
