//! How the house does, for whoever runs it: metrics, errors, requests, users, quality, alerts, figures.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sharper_domain::ProblemCode;
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{ObjectBuilder, Type};

use super::operation::{Operation, get};
use super::{examples, parameters};

/// The figures at the top count requests; `agent_metrics` has every agent that ran.
#[derive(ToSchema)]
struct AdminMetrics {
    status: String,
    metrics: WindowMetrics,
    /// Where `points` asks for it.
    #[schema(nullable = false)]
    series: Option<Value>,
}

#[derive(ToSchema)]
struct WindowMetrics {
    total_requests: u64,
    successful: u64,
    failed: u64,
    timeouts: u64,
    /// Per cent.
    success_rate: f64,
    avg_execution_time_ms: f64,
    #[schema(required)]
    p50_ms: Option<f64>,
    #[schema(required)]
    p95_ms: Option<f64>,
    #[schema(required)]
    p99_ms: Option<f64>,
    total_tokens_used: u64,
    ledger_tokens: u64,
    model_calls: u64,
    cost_usd: f64,
    cost_unknown: u64,
    agent_metrics: BTreeMap<String, OneAgent>,
    time_window_hours: u32,
    #[schema(format = DateTime)]
    timestamp: String,
}

#[derive(ToSchema)]
struct OneAgent {
    count: u64,
    avg_time_ms: f64,
    /// Per cent.
    success_rate: f64,
    total_tokens: u64,
    failed: u64,
    timeouts: u64,
    #[schema(required)]
    p50_ms: Option<f64>,
    #[schema(required)]
    p95_ms: Option<f64>,
    #[schema(required)]
    p99_ms: Option<f64>,
    cost_usd: f64,
}

/// Runs that did not end well, the newest first.
#[derive(ToSchema)]
struct AdminErrors {
    status: String,
    count: u64,
    errors: Vec<Value>,
}

/// The same, those alike together.
#[derive(ToSchema)]
struct AdminErrorGroups {
    status: String,
    count: u64,
    groups: Vec<Value>,
}

/// What was done for a user, the newest first.
#[derive(ToSchema)]
struct AdminActivity {
    status: String,
    count: u64,
    activity: Vec<Value>,
}

/// Who used it.
#[derive(ToSchema)]
struct AdminUsers {
    status: String,
    count: u64,
    users: Vec<Value>,
}

/// Everything that is on record of a request.
#[derive(ToSchema)]
struct AdminRequest {
    status: String,
    request: Value,
}

/// What became of items.
#[derive(ToSchema)]
struct AdminQuality {
    status: String,
    quality: Value,
}

/// Where each rule stands, and what was.
#[derive(ToSchema)]
struct AdminAlerts {
    status: String,
    rules: Vec<Value>,
    history: Vec<Value>,
}

const TAG: &str = "For whoever runs it";

fn hours() -> Parameter {
    parameters::number("hours", "The last so many hours. More than 9,600 is the same.", 24, 1, u32::MAX)
}

fn limit(usual: u32) -> Parameter {
    parameters::number("limit", "How many at most. More than 1,000 is the same.", usual, 1, u32::MAX)
}

pub(super) fn operations() -> Vec<Operation> {
    let list = |name: &str| json!({"status": "success", "count": 0, name: []});
    vec![
        metrics(),
        get("/api/admin/errors")
            .in_group(TAG)
            .does("Read errors", "The newest runs that did not end well.")
            .takes(limit(50))
            .takes(hours())
            .gives::<AdminErrors>(200, "The runs.", list("errors")),
        get("/api/admin/errors/groups")
            .in_group(TAG)
            .does("Read errors in groups", "By agent and by what their messages have in common.")
            .takes(hours())
            .gives::<AdminErrorGroups>(200, "The groups, the commonest first.", list("groups")),
        get("/api/admin/user-activity/{user_id}")
            .in_group(TAG)
            .does("Read what was done for a user", "")
            .takes(parameters::name_in_path("user_id", "Whose.", "ana"))
            .takes(limit(50))
            .gives::<AdminActivity>(200, "The runs, the newest first.", list("activity")),
        get("/api/admin/users")
            .in_group(TAG)
            .does("Read who used it", "Those with most requests first.")
            .takes(hours())
            .takes(limit(100))
            .gives::<AdminUsers>(200, "The users.", list("users")),
        get("/api/admin/requests/{request_id}")
            .in_group(TAG)
            .does("Read the story of a request", "Its job, every agent that ran, every call to a model.")
            .takes(parameters::word("request_id", "The id of a job, or of an HTTP request.", "my-run-7"))
            .gives::<AdminRequest>(200, "The story.", json!({"status": "success", "request": {}}))
            .refuses(&[ProblemCode::NotFound]),
        get("/api/admin/quality")
            .in_group(TAG)
            .does("Read what became of items", "By task and by fault; and what students say.")
            .takes(hours())
            .gives::<AdminQuality>(200, "The figures.", json!({"status": "success", "quality": {}})),
        get("/api/admin/alerts")
            .in_group(TAG)
            .does("Read alerts", "Where each rule stands, and the newest changes.")
            .takes(limit(50))
            .gives::<AdminAlerts>(
                200,
                "The rules.",
                json!({"status": "success", "rules": [], "history": []}),
            ),
        figures(),
    ]
}

fn metrics() -> Operation {
    let example = json!({"status": "success", "metrics": {"total_requests": 0, "successful": 0, "failed": 0,
        "timeouts": 0, "success_rate": 0.0, "avg_execution_time_ms": 0.0, "p50_ms": null, "p95_ms": null,
        "p99_ms": null, "total_tokens_used": 0, "ledger_tokens": 0, "model_calls": 0, "cost_usd": 0.0,
        "cost_unknown": 0, "agent_metrics": {}, "time_window_hours": 24, "timestamp": examples::TIME}});
    get("/api/admin/metrics")
        .in_group(TAG)
        .does("Read metrics", "Equal to a count over the runs of the window.")
        .takes(hours())
        .takes(parameters::number("points", "A curve of about so many points beside them.", 48, 1, u32::MAX))
        .gives::<AdminMetrics>(200, "The metrics.", example)
}

fn figures() -> Operation {
    let schema = ObjectBuilder::new().schema_type(Type::String);
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let told = ResponseBuilder::new().description("Prometheus' text format.").content("text/plain", content);
    get("/metrics")
        .in_group(TAG)
        .does("Read the figures of this process", "For Prometheus; it may show a token of its own.")
        .answers(200, told.build())
        .refuses(&[ProblemCode::NotFound])
}
