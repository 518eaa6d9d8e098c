//! `POST /api/ai/process-stream` and `POST /api/ai/agent-test`: the main job, streamed and blocking.

use std::time::Instant;

use axum::Json as JsonBody;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use sharper_agents::{Accepted, Asked};
use sharper_domain::{FieldError, JobId, Problem, ProblemCode, Request, Timestamp, UserId};

use crate::App;
use crate::door::body::Json;
use crate::door::problem::{Refusal, say_when};
use crate::routes::stream::{Follower, Next};
use crate::routes::who::Me;

/// Longest idempotency key, in bytes.
const KEY_BYTES: usize = 255;

/// Accepts a request. The answer leaves only after its row is on disk. With an `Idempotency-Key`, sending it again
/// gives the same answer and no second job.
pub(crate) async fn process_stream(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Json(body): Json,
) -> Result<Response, Refusal> {
    let asked = Asked { idempotency_key: idempotency_key(&headers)?, ..asked(&me, &body)? };
    let accepted = app.intake.accept(asked).await?;
    let mut response = JsonBody(told(&app, &me, &accepted)).into_response();
    if accepted.repeated {
        response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

/// What is answered to a request that was accepted: where to follow it.
pub(crate) fn told(app: &App, me: &Me, accepted: &Accepted) -> Value {
    let session_id = &accepted.session_id;
    let mut stream_url = format!("/api/ai/stream/{session_id}");
    if !me.is_local() {
        // For an `EventSource` of another origin, which can send neither a header nor our cookie.
        // Of the job's own time: the same request sent again is answered with the same bytes.
        let ticket = app.people.ticket(me.user(), session_id, accepted_at(accepted.job_id));
        stream_url.push_str(&format!("?ticket={ticket}"));
    }
    json!({
        "status": "processing",
        "session_id": session_id,
        "stream_url": stream_url,
        "message": "Request accepted. Connect to stream_url for live progress.",
    })
}

/// When a job was accepted, to the second: its id, a UUIDv7, begins with it.
fn accepted_at(job: JobId) -> Timestamp {
    let seconds = job.0.get_timestamp().map_or(0, |time| time.to_unix().0);
    i64::try_from(seconds)
        .ok()
        .and_then(|at| Timestamp::from_second(at).ok())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    match value.to_str() {
        Ok(key) if (1..=KEY_BYTES).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => {
            let detail = format!("must be 1 to {KEY_BYTES} visible ASCII characters");
            Err(Problem::invalid(vec![FieldError::new("/Idempotency-Key", detail)]))
        }
    }
}

fn asked(me: &Me, body: &Value) -> Result<Asked, Problem> {
    let request = Request::parse(body).map_err(Problem::invalid)?;
    let user_id = me.acting_for(request.user_id.as_ref().map(UserId::as_str), "/user_id")?;
    Ok(Asked { user_id, request, title: None, idempotency_key: None })
}

/// The same, answered when it is done. A client that goes away does not stop the work.
pub(crate) async fn agent_test(State(app): State<App>, me: Me, body: Result<Json, Refusal>) -> Response {
    let begun = Instant::now();
    let answer = match body {
        Ok(Json(body)) => run_to_end(&app, &me, &body).await,
        Err(Refusal(problem)) => Err((problem, Vec::new())),
    };
    let took = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    match answer {
        Ok((complete, progress)) => JsonBody(succeeded(complete, progress, took)).into_response(),
        Err((problem, progress)) => failed(&problem, progress, took),
    }
}

type Failure = (Problem, Vec<Value>);

async fn run_to_end(app: &App, me: &Me, body: &Value) -> Result<(Value, Vec<Value>), Failure> {
    let plain = |problem: Problem| (problem, Vec::new());
    let asked = asked(me, body).map_err(plain)?;
    let user_id = asked.user_id.clone();
    let accepted = app.intake.accept(asked).await.map_err(plain)?;
    let mut follower = Follower::of_job(app.clone(), accepted.session_id.clone(), accepted.job_id);
    let mut progress = Vec::new();
    loop {
        let event = match follower.next().await {
            Next::Event(event) => event,
            Next::Quiet => continue,
            Next::End => {
                let problem = Problem::new(
                    ProblemCode::Unavailable,
                    "The server is restarting. The work goes on: read its stream for the result.",
                );
                return Err((problem, progress));
            }
        };
        let Ok(mut value) = serde_json::from_str::<Value>(&event.body) else { continue };
        match event.kind.as_str() {
            "progress" => progress.push(value["data"].take()),
            "complete" => {
                value["user_id"] = json!(user_id);
                value["session_id"] = json!(accepted.session_id);
                return Ok((value, progress));
            }
            "error" => return Err((problem_of_event(&value), progress)),
            _ => {}
        }
    }
}

fn problem_of_event(event: &Value) -> Problem {
    let code = serde_json::from_value(event["code"].clone()).unwrap_or(ProblemCode::Internal);
    Problem::new(code, event["error"].as_str().unwrap_or_default())
}

fn succeeded(complete: Value, progress: Vec<Value>, took: u64) -> Value {
    let result = json!({
        "success": complete["success"],
        "intent": complete["intent"],
        "data": complete["data"],
        "validation": complete["validation"],
        "metadata": complete["metadata"],
        "user_id": complete["user_id"],
        "session_id": complete["session_id"],
        "saved": complete["saved"],
        "phase": sharper_domain::outcome::PHASE,
        "message": complete["message"],
    });
    json!({
        "status": "success",
        "execution_time_ms": took,
        "model_used": result["metadata"]["model_used"],
        "message": result["message"],
        "result": result,
        "progress_updates": progress,
    })
}

/// The fields of the wire's answer with the right status; `status` is the wire's word, so this is plain JSON.
fn failed(problem: &Problem, progress: Vec<Value>, took: u64) -> Response {
    let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = json!({
        "status": "error",
        "result": {"success": false, "error": problem.detail, "code": problem.code},
        "execution_time_ms": took,
        "model_used": Value::Null,
        "progress_updates": progress,
        "message": problem.detail,
        "error": problem.code.title(),
        "code": problem.code,
        "errors": problem.errors,
        "request_id": crate::door::request_id::current(),
    });
    let mut response = (status, JsonBody(body)).into_response();
    say_when(response.headers_mut(), problem);
    response
}
