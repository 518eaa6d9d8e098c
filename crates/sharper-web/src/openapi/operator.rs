//! For whoever runs the server.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::ProblemCode;
use sharper_store::alerts::{AlertChange, AlertState};
use sharper_store::executions::{
    Activity, ErrorGroup, Metrics, Quality, RequestStory, RunError, Series, UserSummary,
};
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::Parameter;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{ObjectBuilder, Type};

use super::operation::{Operation, get};
use super::{examples, parameters};

/// What the experiments come to.
#[derive(ToSchema)]
struct Experiments {
    /// From when on jobs count; null: from the beginning.
    #[schema(required, format = DateTime)]
    since: Option<String>,
    /// Those that run, then those that are over.
    experiments: Vec<Experiment>,
}

#[derive(ToSchema)]
struct Experiment {
    experiment: String,
    /// Null where it is over.
    #[schema(required)]
    setup: Option<ExperimentSetup>,
    /// The control first.
    variants: Vec<Variant>,
}

#[derive(ToSchema)]
struct ExperimentSetup {
    task: String,
    /// Of the students, 0 to 1.
    share: f64,
    variants: Vec<VariantSetup>,
}

#[derive(ToSchema)]
struct VariantSetup {
    variant: String,
    weight: f64,
    #[schema(required)]
    model: Option<String>,
    own_prompt: bool,
    #[schema(required)]
    temperature: Option<f64>,
}

#[derive(ToSchema)]
struct Variant {
    variant: String,
    control: bool,
    users: u64,
    jobs: u64,
    degraded_jobs: u64,
    accepted: u64,
    rejected: u64,
    #[schema(required)]
    acceptance: Option<ShareFound>,
    /// Null for the control.
    #[schema(required)]
    compared: Option<Difference>,
    feedback: Ratings,
    cost: CostFound,
    reviews: CardsStudied,
}

/// A share, with the interval that holds the true one 95 times out of 100.
#[derive(ToSchema)]
struct ShareFound {
    rate: f64,
    low: f64,
    high: f64,
}

#[derive(ToSchema)]
struct Difference {
    difference: f64,
    p_value: Option<f64>,
    too_few: bool,
}

#[derive(ToSchema)]
struct Ratings {
    count: u64,
    #[schema(required)]
    mean: Option<f64>,
}

#[derive(ToSchema)]
struct CostFound {
    calls: u64,
    calls_of_unknown_cost: u64,
    tokens: u64,
    #[schema(required)]
    usd: Option<f64>,
    #[schema(required)]
    tokens_per_accepted: Option<f64>,
    #[schema(required)]
    usd_per_accepted: Option<f64>,
}

#[derive(ToSchema)]
struct CardsStudied {
    count: u64,
    known: u64,
    #[schema(required)]
    share: Option<ShareFound>,
}

/// Figures of a window of time.
#[derive(ToSchema)]
struct MetricsFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    metrics: Metrics,
    /// Where `points` were asked for.
    #[schema(nullable = false)]
    series: Option<Series>,
}

/// Runs that failed, the newest first.
#[derive(ToSchema)]
struct ErrorsFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    errors: Vec<RunError>,
}

/// Failures that are alike.
#[derive(ToSchema)]
struct ErrorGroupsFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    groups: Vec<ErrorGroup>,
}

/// What ran for one user, the newest first.
#[derive(ToSchema)]
struct ActivityFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    activity: Vec<Activity>,
}

/// What users asked for.
#[derive(ToSchema)]
struct UsersFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    users: Vec<UserSummary>,
}

/// All that is on record of one request.
#[derive(ToSchema)]
struct RequestFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    request: RequestStory,
}

/// What the checks turned away, and what students said.
#[derive(ToSchema)]
struct QualityOfAll {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    quality: Quality,
}

/// Where the alerts stand.
#[derive(ToSchema)]
struct AlertsFound {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    rules: Vec<AlertState>,
    /// The newest first.
    history: Vec<AlertChange>,
}

const TAG: &str = "For whoever runs it";

pub(super) fn operations() -> Vec<Operation> {
    let list = |name: &str| json!({"status": "success", "count": 0, name: []});
    vec![
        metrics(),
        admin("/api/admin/errors", "Read errors", "The newest runs that did not end well.")
            .takes(limit(50))
            .takes(hours(None))
            .gives::<ErrorsFound>(200, "The failures, the newest first.", list("errors")),
        admin(
            "/api/admin/errors/groups",
            "Read errors in groups",
            "By agent and by what their messages have in common.",
        )
        .takes(hours(None))
        .gives::<ErrorGroupsFound>(200, "The groups.", list("groups")),
        admin("/api/admin/user-activity/{user_id}", "Read what was done for a user", "")
            .takes(parameters::name_in_path("user_id", "The user.", "ana"))
            .takes(limit(50))
            .gives::<ActivityFound>(200, "The runs, the newest first.", list("activity")),
        admin("/api/admin/users", "Read who used it", "Those with most requests first.")
            .takes(hours(Some(24)))
            .takes(limit(100))
            .gives::<UsersFound>(200, "The users.", list("users")),
        request(),
        quality(),
        admin("/api/admin/alerts", "Read alerts", "Where each rule stands, and the newest changes.")
            .takes(limit(50))
            .gives::<AlertsFound>(
                200,
                "The alerts.",
                json!({"status": "success", "rules": [], "history": []}),
            ),
        experiments(),
        exposition(),
    ]
}

fn admin(path: &'static str, summary: &'static str, what: &'static str) -> Operation {
    get(path).in_group(TAG).does(summary, what)
}

fn hours(usual: Option<u32>) -> Parameter {
    let what = "Hours to look back. More than 9600 is the same as 9600; where nothing is usual, all that is kept counts.";
    parameters::number_from_1("hours", what, usual)
}

fn limit(usual: u32) -> Parameter {
    parameters::number_from_1("limit", "How many at most. More than 1000 is the same as 1000.", Some(usual))
}

fn metrics() -> Operation {
    let figures: Value = json!({"total_requests": 0, "successful": 0, "failed": 0, "timeouts": 0, "success_rate": 0.0,
        "avg_execution_time_ms": 0.0, "p50_ms": null, "p95_ms": null, "p99_ms": null, "total_tokens_used": 0,
        "ledger_tokens": 0, "model_calls": 0, "cost_usd": 0.0, "cost_unknown": 0, "agent_metrics": {},
        "time_window_hours": 24, "timestamp": examples::TIME});
    admin("/api/admin/metrics", "Read metrics", "Equal to a count over the runs of the window.")
        .takes(hours(Some(24)))
        .takes(parameters::number_from_1("points", "So many points of a series; 500 at most.", None))
        .gives::<MetricsFound>(200, "The figures.", json!({"status": "success", "metrics": figures}))
}

fn request() -> Operation {
    let story = json!({"request_id": examples::SESSION, "job": null, "runs": [], "calls": [], "tokens": 0, "cost_usd": 0.0});
    admin(
        "/api/admin/requests/{request_id}",
        "Read the story of a request",
        "Its job, every agent that ran, every call to a model.",
    )
    .takes(parameters::word("request_id", "The request.", examples::SESSION))
    .gives::<RequestFound>(200, "What is on record.", json!({"status": "success", "request": story}))
    .refuses(&[ProblemCode::NotFound])
}

fn quality() -> Operation {
    let quality = json!({"tasks": {}, "feedback": {}, "since": examples::TIME});
    admin("/api/admin/quality", "Read what became of items", "By task and by fault; and what students say.")
        .takes(hours(Some(24)))
        .gives::<QualityOfAll>(200, "The figures.", json!({"status": "success", "quality": quality}))
}

fn exposition() -> Operation {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let example = "study_sharper_open_streams 3\n";
    let content = ContentBuilder::new().schema(Some(text)).example(Some(json!(example))).build();
    let response = ResponseBuilder::new().description("Prometheus' text format, version 0.0.4.");
    get("/metrics")
        .in_group(TAG)
        .does(
            "Read the figures of this process",
            "For Prometheus, which may show a token of its own. 404 where nothing is counted.",
        )
        .answers(200, response.content("text/plain", content).build())
        .refuses(&[ProblemCode::NotFound])
}

fn experiments() -> Operation {
    let example = json!({"since": null, "experiments": []});
    get("/api/admin/experiments")
        .in_group(TAG)
        .does("Read what experiments come to", "What the variants of each experiment come to.")
        .takes(parameters::moment("since", "Only what ended then or later."))
        .gives::<Experiments>(200, "The experiments.", example)
}
