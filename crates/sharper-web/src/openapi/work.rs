//! The main job: asking for work, following it, cancelling it.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::json;
use sharper_domain::{
    Author, Content, Fault, Item, MaterialId, Metadata, ProblemCode, Saved, SessionId, TaskKind, UserId,
    Validation,
};
use utoipa::ToSchema;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::{ObjectBuilder, Ref, Type};

use super::operation::{Operation, delete, get, need, post};
use super::tasks::TaskRequest;
use super::{examples, parameters};

/// The request is kept, and work on it begins.
#[derive(ToSchema)]
struct Accepted {
    /// Always `processing`.
    #[schema(pattern = "^processing$")]
    status: String,
    /// The name of its stream.
    session_id: SessionId,
    /// Where its events are; with a ticket where people sign in.
    #[schema(pattern = "^/api/ai/stream/")]
    stream_url: String,
    /// For people.
    message: String,
}

/// What was made, with all that is known of it.
#[derive(ToSchema)]
struct Made {
    success: bool,
    intent: TaskKind,
    data: Content,
    validation: Validation,
    metadata: Metadata,
    user_id: UserId,
    session_id: SessionId,
    saved: Saved,
    /// Always 4.
    #[schema(minimum = 4, maximum = 4)]
    phase: u8,
    /// For people.
    message: String,
}

/// The answer of a request that was waited for.
#[derive(ToSchema)]
struct Done {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    result: Made,
    execution_time_ms: u64,
    model_used: String,
    progress_updates: Vec<Step>,
    /// For people.
    message: String,
}

/// The answer where it could not be done.
#[derive(ToSchema)]
struct NotDone {
    /// Always `error`.
    #[schema(pattern = "^error$")]
    status: String,
    result: NothingMade,
    execution_time_ms: u64,
    #[schema(required)]
    model_used: Option<String>,
    progress_updates: Vec<Step>,
    /// What happened and what to do.
    message: String,
    /// A few words for people, the same for each code.
    error: String,
    code: ProblemCode,
    /// Each wrong field.
    errors: Vec<sharper_domain::FieldError>,
    #[schema(required)]
    request_id: Option<String>,
}

#[derive(ToSchema)]
struct NothingMade {
    success: bool,
    error: String,
    code: ProblemCode,
}

/// How far it has come.
#[derive(ToSchema)]
struct Step {
    #[schema(minimum = 1, maximum = 6)]
    step: u8,
    #[schema(minimum = 6, maximum = 6)]
    total_steps: u8,
    /// Who is at work.
    current_agent: String,
    /// For people.
    message: String,
    /// Seconds since 1970.
    timestamp: f64,
    #[schema(minimum = 0, maximum = 100)]
    percentage: u8,
}

/// One event of a stream, by its `type`.
#[allow(clippy::large_enum_variant, reason = "it describes a shape and no value of it is ever made")]
#[derive(ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
enum StreamEvent {
    /// The first.
    Start {
        #[schema(format = DateTime)]
        timestamp: String,
        session_id: SessionId,
    },
    /// A step is under way.
    Progress { data: Step },
    /// An item passed its checks.
    Item {
        #[serde(flatten)]
        item: Item,
        /// From 1; none is used twice.
        number: u32,
        /// How many were asked for; 0 where the notes decide.
        requested: u32,
        /// What it is a part of.
        material_id: MaterialId,
        author: Author,
    },
    /// An item is taken back.
    Withdrawn { data: Withdrawn },
    /// An item was turned away.
    Rejected { data: Rejection },
    /// The end: it is done and kept.
    Complete {
        data: Content,
        success: bool,
        execution_time_ms: u64,
        validation: Validation,
        metadata: Metadata,
        saved: Saved,
        intent: TaskKind,
        message: String,
    },
    /// The end: it could not be done.
    Error {
        error: String,
        code: ProblemCode,
        #[schema(format = DateTime)]
        timestamp: String,
    },
    /// Nothing happened for a while.
    Keepalive {
        #[schema(format = DateTime)]
        timestamp: String,
    },
}

#[derive(ToSchema)]
struct Withdrawn {
    number: u32,
    fault: Fault,
    reason: String,
}

#[derive(ToSchema)]
struct Rejection {
    fault: Fault,
    reason: String,
    /// How many so far.
    count: u32,
}

/// Work is being stopped.
#[derive(ToSchema)]
struct Cancelling {
    /// Always `cancelling`.
    #[schema(pattern = "^cancelling$")]
    status: String,
    session_id: SessionId,
}

/// How many read along.
#[derive(ToSchema)]
struct StreamStatus {
    #[schema(minimum = 0)]
    active_connections: u64,
    /// Always `operational`.
    #[schema(pattern = "^operational$")]
    status: String,
}

const TAG: &str = "The main job";

pub(super) fn operations() -> Vec<Operation> {
    vec![process_stream(), stream(), cancel(), agent_test(), stream_status()]
}

fn process_stream() -> Operation {
    let key = ObjectBuilder::new().min_length(Some(1)).max_length(Some(255)).pattern(Some("^[ -~]+$"));
    let key_says = "Makes it safe to send the request again: the same request under the same key gives the same answer and \
                    no second job, another one 422. Each user's own, kept 24 hours.";
    let replayed =
        HeaderBuilder::new().description(Some("`true` where the same request was answered before.")).build();
    let example = json!({"status": "processing", "session_id": examples::SESSION,
        "stream_url": format!("/api/ai/stream/{}", examples::SESSION),
        "message": "Request accepted. Connect to stream_url for live progress."});
    let to_stream = |operation: &str, what: &str| {
        let link = LinkBuilder::new().operation_id(operation).description(what);
        link.parameter("session_id", "$response.body#/session_id").build()
    };
    post("/api/ai/process-stream")
        .in_group(TAG)
        .does(
            "Ask for work",
            "The answer comes when the request is on disk; what is made comes through the stream.",
        )
        .takes(parameters::head("Idempotency-Key", key_says, key))
        .reads::<TaskRequest>(examples::request())
        .gives::<Accepted>(200, "It is kept, and work on it begins.", example)
        .with_header("Idempotent-Replayed", replayed)
        .leads_to("events", to_stream("getApiAiStreamSessionId", "Its events."))
        .leads_to("cancel", to_stream("deleteApiAiStreamSessionId", "Stops it."))
        .refuses(&[
            ProblemCode::EmptyNotes,
            ProblemCode::NotText,
            ProblemCode::NotFound,
            ProblemCode::Conflict,
            ProblemCode::QueueFull,
            ProblemCode::StorageFull,
        ])
}

fn stream() -> Operation {
    let what = "Unnamed events with an `id`, each the JSON of a `StreamEvent`. `Last-Event-ID` resumes after that event; \
                without it the log is told from its start. The stream ends after `complete` or `error`. A UUID that nobody \
                has posted yet is held open for its request.";
    let last = "The number of the last event that the client has. One that makes no sense counts as none.";
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let data = text().content_media_type("application/json");
    let events = ObjectBuilder::new()
        .schema_type(Type::Object)
        .description(Some("One of the events (in OpenAPI 3.1 there is no other place for their shape)."))
        .property(
            "id",
            text().description(Some("Its number, for `Last-Event-ID`.")).pattern(Some("^[0-9]+$")),
        )
        .property("data", data.content_schema(Some(Ref::from_schema_name("StreamEvent"))))
        .required("id")
        .required("data");
    let content = ContentBuilder::new().schema(Some(events)).example(Some(json!(examples::EVENTS))).build();
    let fixed = |text: &str| {
        let schema = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([text]));
        HeaderBuilder::new().schema(Some(schema)).build()
    };
    let response = ResponseBuilder::new().description("The events.").content("text/event-stream", content);
    let mut operation = get("/api/ai/stream/{session_id}")
        .in_group(TAG)
        .does("Follow work", what)
        .takes(parameters::word("session_id", "The name of the stream.", examples::SESSION))
        .takes(parameters::head("Last-Event-ID", last, ObjectBuilder::new()))
        .answers(200, response.build())
        .with_header("Cache-Control", fixed("no-cache"))
        .with_header("X-Accel-Buffering", fixed("no"))
        .answers(204, ResponseBuilder::new().description("The client has had the last event.").build())
        .refuses(&[ProblemCode::NotFound]);
    operation.needs.push(need::<StreamEvent>);
    operation
}

fn cancel() -> Operation {
    delete("/api/ai/stream/{session_id}")
        .in_group(TAG)
        .does("Stop work", "What was shown so far stays readable in the stream; nothing is kept of it.")
        .takes(parameters::word("session_id", "The name of the stream.", examples::SESSION))
        .takes(parameters::user_id())
        .gives::<Cancelling>(
            202,
            "It is being stopped.",
            json!({"status": "cancelling", "session_id": examples::SESSION}),
        )
        .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict])
}

fn agent_test() -> Operation {
    post("/api/ai/agent-test")
        .in_group(TAG)
        .does(
            "Ask for work and wait",
            "The same request, answered when it is done. Who goes away does not stop the work.",
        )
        .reads::<TaskRequest>(examples::request())
        .gives::<Done>(200, "It is done and kept.", examples::done())
        .refuses(&[
            ProblemCode::EmptyNotes,
            ProblemCode::NotText,
            ProblemCode::NothingToMake,
            ProblemCode::NotFound,
            ProblemCode::Conflict,
            ProblemCode::Cancelled,
            ProblemCode::QueueFull,
            ProblemCode::StorageFull,
        ])
        .tells_problems_also_as::<NotDone>(examples::not_done())
}

fn stream_status() -> Operation {
    get("/api/ai/stream-status")
        .in_group(TAG)
        .does("Count open streams", "")
        .gives::<StreamStatus>(
            200,
            "How many read along now.",
            json!({"active_connections": 3, "status": "operational"}),
        )
        .still()
}
