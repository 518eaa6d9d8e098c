//! `GET /admin/errors`, one group of them, and the whole story of a request.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;
use sharper_domain::Timestamp;
use sharper_pages::admin::{
    ErrorGroup, ErrorGroupPage, ErrorRow, ErrorsPage, ModelCallView, RequestPage, Section, StepView, Window,
};
use sharper_store::executions::{self, RequestStory, RunStory};

use super::{Chosen, ROWS, address, nano, since};
use crate::App;
use crate::pages::{PageRefusal, Reader, html};
use crate::routes::who::Me;

/// Failed runs that are looked through for those of one group.
const LOOKED_THROUGH: u32 = 20_000;

/// The name of a group in an address.
fn id(agent: &str, shape: &str) -> String {
    // Keyed the same in every process of a build: a link works as long as the program is not another.
    let mut hasher = DefaultHasher::new();
    (agent, shape).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn view(group: executions::ErrorGroup) -> ErrorGroup {
    ErrorGroup {
        id: id(&group.agent_name, &group.shape),
        agent: group.agent_name,
        message: group.shape,
        count: group.count,
        users: group.users,
        first_at: group.first,
        last_at: group.last,
    }
}

/// `GET /admin/errors`.
pub(crate) async fn errors(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Errors, &chosen);
    let found = reader.had(app.store.error_groups(since(&app, address.window)).await)?;
    let wanted = address.search.to_lowercase();
    let mut groups: Vec<ErrorGroup> = found
        .into_iter()
        .map(view)
        .filter(|group| {
            group.message.to_lowercase().contains(&wanted) || group.agent.to_lowercase().contains(&wanted)
        })
        .collect();
    groups.truncate(ROWS as usize);
    Ok(html(StatusCode::OK, &ErrorsPage { frame: reader.frame, address, groups }))
}

/// `GET /admin/errors/{group}`: in the window; where it has none there, in the longest.
pub(crate) async fn error_group(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(name): Path<String>,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let mut address = address(Section::Errors, &chosen).at(&name);
    let mut found = None;
    for window in [address.window, Window::Month] {
        address.window = window;
        let groups = reader.had(app.store.error_groups(since(&app, window)).await)?;
        found = groups.into_iter().find(|group| id(&group.agent_name, &group.shape) == name);
        if found.is_some() {
            break;
        }
    }
    let group = found.ok_or_else(|| reader.no_such("group of errors"))?;
    let (agent, shape) = (group.agent_name.clone(), group.shape.clone());
    let runs = reader.had(app.store.errors(LOOKED_THROUGH, since(&app, address.window)).await)?;
    let alike = runs.into_iter().filter(|run| run.agent_name == agent && run.shape() == shape);
    let latest = alike.take(ROWS as usize).map(|run| ErrorRow {
        at: run.created_at,
        request_id: run.request_id.unwrap_or_default(),
        user_id: run.user_id.map(|user| user.to_string()).unwrap_or_default(),
        message: run.error_message.unwrap_or_default(),
    });
    let latest = latest.collect();
    Ok(html(StatusCode::OK, &ErrorGroupPage { frame: reader.frame, address, group: view(group), latest }))
}

/// `GET /admin/requests/{id}`.
pub(crate) async fn request(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(request_id): Path<String>,
    chosen: Chosen,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let address = address(Section::Errors, &chosen);
    let story = reader.had(app.store.request_story(request_id).await)?;
    let at = began(&story).unwrap_or(reader.frame.now);
    let user_id = story.job.as_ref().map(|job| job.user_id.to_string()).unwrap_or_default();
    let mut steps: Vec<StepView> = story.runs.into_iter().map(|run| step(run, at)).collect();
    steps.sort_by_key(|step| step.after_ms);
    let calls = story.calls.into_iter().map(|call| ModelCallView {
        ok: call.outcome.as_deref() == Some("ok"),
        cached: call.outcome.as_deref() == Some("cached"),
        outcome: call.outcome.unwrap_or_else(|| "–".to_owned()),
        model: call.model,
        task: call.task,
        prompt_tokens: call.prompt_tokens.unwrap_or(0),
        completion_tokens: call.completion_tokens.unwrap_or(0),
        nano_usd: call.cost_usd.map(nano),
        took_ms: call.took_ms,
    });
    let (request_id, calls, frame) = (story.request_id, calls.collect(), reader.frame);
    Ok(html(StatusCode::OK, &RequestPage { frame, address, request_id, user_id, at, steps, calls }))
}

/// When a run began: its row is written when it ends.
fn start(run: &RunStory) -> Timestamp {
    run.created_at - std::time::Duration::from_millis(run.execution_time_ms)
}

fn began(story: &RequestStory) -> Option<Timestamp> {
    story.runs.iter().map(start).min()
}

fn pretty(data: Option<impl Serialize>) -> Option<String> {
    data.and_then(|data| serde_json::to_string_pretty(&data).ok())
}

fn step(run: RunStory, at: Timestamp) -> StepView {
    let after_ms = start(&run).duration_since(at).as_millis().max(0).unsigned_abs() as u64;
    StepView {
        agent: run.agent_name,
        status: run.status.to_owned(),
        after_ms,
        took_ms: run.execution_time_ms,
        tokens: run.tokens_used,
        model: run.model_used,
        input: pretty(run.input_data),
        output: pretty(run.output_data),
        error: run.error_message,
    }
}
