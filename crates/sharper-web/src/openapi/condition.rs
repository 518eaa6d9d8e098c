//! Is it there, can it work?
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::{ObjectBuilder, Type};

use super::examples;
use super::operation::{Operation, get};

/// How the server is.
#[derive(ToSchema)]
struct Health {
    status: Condition,
    /// Always `studysharper_backend`.
    #[schema(pattern = "^studysharper_backend$")]
    service: String,
    version: String,
    environment: Surroundings,
    #[schema(format = DateTime)]
    timestamp: String,
    components: Components,
    /// Where the main things are.
    endpoints: BTreeMap<String, String>,
}

#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
enum Condition {
    Healthy,
    Degraded,
    Unhealthy,
}

#[derive(ToSchema)]
#[serde(rename_all = "lowercase")]
enum Surroundings {
    Development,
    Production,
}

/// A word for each.
#[derive(ToSchema)]
struct Components {
    database: String,
    monitoring: String,
    rate_limiting: String,
    sse_streaming: String,
}

const TAG: &str = "Is it there?";

pub(super) fn operations() -> Vec<Operation> {
    vec![
        get("/health")
            .in_group(TAG)
            .does("How it is", "")
            .gives::<Health>(200, "It works.", health("healthy", "operational"))
            .gives::<Health>(503, "It cannot work now.", health("unhealthy", "unavailable"))
            .still(),
        get("/livez")
            .in_group(TAG)
            .does("Does the process answer?", "Touches nothing.")
            .answers(200, plain("It does.", "ok\n"))
            .still(),
        get("/readyz")
            .in_group(TAG)
            .does("Should requests be sent here?", "")
            .answers(200, plain("The database takes writes and nothing is stopping.", "ready\n"))
            .answers(503, plain("Not now.", "the database does not answer\n"))
            .still(),
    ]
}

fn health(status: &str, database: &str) -> Value {
    json!({"status": status, "service": "studysharper_backend", "version": env!("CARGO_PKG_VERSION"),
        "environment": "development", "timestamp": examples::TIME,
        "components": {"database": database, "monitoring": "operational", "rate_limiting": "operational",
            "sse_streaming": "operational"},
        "endpoints": {"process": "/api/ai/process-stream"}})
}

fn plain(what: &str, text: &str) -> Response {
    let schema = ObjectBuilder::new().schema_type(Type::String);
    let content = ContentBuilder::new().schema(Some(schema)).example(Some(json!(text))).build();
    ResponseBuilder::new().description(what).content("text/plain", content).build()
}
