//! `/api/attempts`: quizzes and exams as they are taken. What is right is told of no question before it is checked or the
//! attempt is over.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_agents::attempts::Sent;
use sharper_domain::{
    Answered, AppealOutcome, AttemptId, FieldError, MaterialId, Paper, Problem, Question, QuestionId,
    QuestionKind, Timestamp, attempt,
};
use sharper_store::attempts::{Appealed, BriefAttempt, Sitting};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Attempts that are told when the request does not say.
const ATTEMPTS: u32 = 50;
/// Longest appeal, in characters.
pub(crate) const APPEAL_CHARS: usize = 2_000;
/// Highest revision that can be named.
const REVISIONS: u32 = i32::MAX as u32;

/// `?user_id&material_id&limit`
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Look {
    user_id: Option<String>,
    material_id: Option<String>,
    limit: Option<String>,
}

/// `POST /api/quizzes/{id}/attempts`: `{"retake_of"?}`.
pub(crate) async fn start_quiz(
    app: State<App>,
    me: Me,
    id: Path<String>,
    query: Query<UserQuery>,
    body: Json,
) -> Result<(StatusCode, JsonBody<Value>), Refusal> {
    start(app, me, Paper::Quiz, id, query, body).await
}

/// `POST /api/exams/{id}/attempts`: `{"retake_of"?}`.
pub(crate) async fn start_exam(
    app: State<App>,
    me: Me,
    id: Path<String>,
    query: Query<UserQuery>,
    body: Json,
) -> Result<(StatusCode, JsonBody<Value>), Refusal> {
    start(app, me, Paper::Exam, id, query, body).await
}

async fn start(
    State(app): State<App>,
    me: Me,
    paper: Paper,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<(StatusCode, JsonBody<Value>), Refusal> {
    let (user, id) = (query.user(&me)?, paper_id(paper, &id)?);
    let mut fields = Fields::of(&body);
    let retake_of: Option<AttemptId> = fields.parsed("retake_of", "the id of an attempt");
    fields.done()?;
    let sitting = app.agents.start_attempt(&user, paper, id, retake_of).await?;
    Ok((StatusCode::CREATED, JsonBody(one(&sitting, app.now()))))
}

/// `GET /api/attempts`: the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    me: Me,
    Query(look): Query<Look>,
) -> Result<JsonBody<Value>, Refusal> {
    let query = UserQuery { user_id: look.user_id, limit: look.limit };
    let (user, limit) = (query.user(&me)?, query.limit(ATTEMPTS)?);
    let wrong = |_| Problem::invalid(vec![FieldError::new("/material_id", "must be an id (a UUID)")]);
    let named = look.material_id.filter(|text| !text.is_empty());
    let material: Option<MaterialId> = named.map(|text| text.parse().map_err(wrong)).transpose()?;
    let found = app.agents.attempts(&user, material, limit).await?;
    let attempts: Vec<Value> = found.iter().map(brief).collect();
    Ok(JsonBody(json!({"status": "success", "count": attempts.len(), "attempts": attempts})))
}

/// `GET /api/attempts/{id}`: questions and answers; keys only of what is checked or over.
pub(crate) async fn get(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, attempt_id(&id)?);
    let sitting = app.agents.sitting(&user, id).await?;
    Ok(JsonBody(one(&sitting, app.now())))
}

/// `PUT /api/attempts/{id}/answers/{question_id}`: `{"answer"?, "flagged"?, "revision"?}`.
pub(crate) async fn save(
    State(app): State<App>,
    me: Me,
    Path((id, question)): Path<(String, String)>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, question) = (query.user(&me)?, attempt_id(&id)?, question_id(&question)?);
    let sent = sent(&body)?;
    let answer = app.agents.save_answer(&user, id, question, sent).await?;
    Ok(JsonBody(json!({"status": "success", "answer": saved(&answer)})))
}

/// `POST /api/attempts/{id}/check/{question_id}`: the same body, saved first.
pub(crate) async fn check(
    State(app): State<App>,
    me: Me,
    Path((id, question)): Path<(String, String)>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, question) = (query.user(&me)?, attempt_id(&id)?, question_id(&question)?);
    let sitting = app.agents.check_answer(&user, id, question, sent(&body)?).await?;
    Ok(JsonBody(json!({"status": "success", "question": of_question(&sitting, question)?})))
}

/// `POST /api/attempts/{id}/finish`.
pub(crate) async fn finish(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, attempt_id(&id)?);
    let sitting = app.agents.finish_attempt(&user, id).await?;
    Ok(JsonBody(result(&sitting, app.now())))
}

/// `GET /api/attempts/{id}/result`: the points, by topic too, and every question with its key.
pub(crate) async fn result_of(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, attempt_id(&id)?);
    let sitting = app.agents.sitting(&user, id).await?;
    if sitting.attempt.finished_at.is_none() {
        let detail = "This attempt is not finished yet: hand it in first.";
        return Err(Problem::new(sharper_domain::ProblemCode::Conflict, detail).into());
    }
    Ok(JsonBody(result(&sitting, app.now())))
}

/// `POST /api/attempts/{id}/answers/{question_id}/appeal`: `{"text"}`.
pub(crate) async fn appeal(
    State(app): State<App>,
    me: Me,
    Path((id, question)): Path<(String, String)>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id, question) = (query.user(&me)?, attempt_id(&id)?, question_id(&question)?);
    let mut fields = Fields::of(&body);
    let text = fields.required_line("text", APPEAL_CHARS).unwrap_or_default();
    fields.done()?;
    let sitting = app.agents.appeal(&user, (id, question), text).await?;
    Ok(JsonBody(json!({"status": "success", "question": of_question(&sitting, question)?})))
}

/// `GET /api/admin/appeals`: those that wait for a person, the oldest first.
pub(crate) async fn appeals(
    State(app): State<App>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let waiting = app.store.waiting_appeals(query.limit(ATTEMPTS)?).await?;
    let appeals: Vec<Value> = waiting.iter().map(appealed).collect();
    Ok(JsonBody(json!({"status": "success", "count": appeals.len(), "appeals": appeals})))
}

/// `POST /api/admin/appeals`: `{"user_id", "attempt_id", "question_id", "outcome": "granted"|"refused"}`.
pub(crate) async fn decide(
    State(app): State<App>,
    me: Me,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let mut fields = Fields::of(&body);
    for name in ["user_id", "attempt_id", "question_id", "outcome"] {
        fields.required(name);
    }
    let user = fields.parsed("user_id", "the id of a user");
    let attempt: Option<AttemptId> = fields.parsed("attempt_id", "the id of an attempt");
    let question: Option<QuestionId> = fields.parsed("question_id", "the id of a question");
    let outcome: Option<AppealOutcome> = fields.parsed("outcome", "granted or refused");
    fields.done()?;
    let (Some(user), Some(attempt), Some(question), Some(outcome)) = (user, attempt, question, outcome)
    else {
        return Err(not_found("appeal").into());
    };
    app.agents.decide_appeal(user, (attempt, question), outcome).await?;
    tracing::info!(actor = me.actor(), %attempt, %question, %outcome, "an appeal was decided on");
    Ok(JsonBody(json!({"status": "success", "outcome": outcome})))
}

fn sent(body: &Value) -> Result<Sent, Problem> {
    let mut fields = Fields::of(body);
    let answer = match fields.value("answer") {
        None => None,
        Some(Value::Bool(truth)) => Some(if *truth { "True" } else { "False" }.to_owned()),
        Some(Value::String(text)) => Some(text.clone()),
        Some(_) => fields.wrong("answer", "must be a string, or true or false"),
    };
    let flagged = fields.flag("flagged");
    let revision = fields.number("revision", 0..=REVISIONS);
    fields.done()?;
    Ok(Sent { answer, flagged, revision })
}

fn brief(one: &BriefAttempt) -> Value {
    json!({
        "id": one.id,
        "kind": one.paper,
        "material_id": one.material_id,
        "title": one.title,
        "retake_of": one.retake_of,
        "started_at": one.started_at,
        "deadline_at": one.deadline_at,
        "finished_at": one.finished_at,
        "ended_by": one.ended_by,
        "questions": one.questions,
        "answered": one.answered,
        "not_graded": one.ungraded,
        "points": one.points,
        "of_points": one.of_points,
    })
}

/// Seconds until the deadline, by this server's clock; 0 when it is over.
pub(crate) fn seconds_left(deadline: Option<Timestamp>, now: Timestamp) -> Option<f64> {
    let left = deadline?.as_millisecond().saturating_sub(now.as_millisecond()).max(0);
    Some(left as f64 / 1000.0)
}

fn head(sitting: &Sitting, now: Timestamp) -> Value {
    let one = &sitting.attempt;
    let open = one.finished_at.is_none();
    let earned: u32 = sitting.answers.iter().filter_map(|answer| answer.points).sum();
    let not_graded = sitting.answers.iter().filter(|answer| answer.points.is_none()).count();
    json!({
        "id": one.id,
        "kind": one.paper,
        "material_id": one.material_id,
        "title": one.title,
        "retake_of": one.retake_of,
        "started_at": one.started_at,
        "deadline_at": one.deadline_at,
        "seconds_left": seconds_left(one.deadline_at.filter(|_| open), now),
        "finished_at": one.finished_at,
        "ended_by": one.ended_by,
        "points": (!open).then_some(earned),
        "of_points": one.of_points,
        "not_graded": if open { 0 } else { not_graded },
    })
}

fn one(sitting: &Sitting, now: Timestamp) -> Value {
    let mut told = head(sitting, now);
    let questions: Vec<Value> =
        sitting.attempt.asked.iter().map(|question| asked(sitting, question)).collect();
    told["questions"] = json!(questions);
    json!({"status": "success", "attempt": told})
}

fn result(sitting: &Sitting, now: Timestamp) -> Value {
    let mut told = one(sitting, now);
    told["topics"] = json!(attempt::by_topic(&sitting.attempt, &sitting.answers));
    told
}

/// Whether what is right may be told of a question.
pub(crate) fn is_open_book(sitting: &Sitting, answer: Option<&Answered>) -> bool {
    sitting.attempt.finished_at.is_some() || answer.is_some_and(|answer| answer.graded_at.is_some())
}

/// A question as it is asked, with what was answered; its topic may give the answer away, so it comes with the key.
fn asked(sitting: &Sitting, question: &Question) -> Value {
    let answer = sitting.answer(question.id);
    let open_book = is_open_book(sitting, answer);
    let mut told = json!({
        "id": question.id,
        "type": question.kind,
        "section": question.section,
        "question": question.question,
        "options": question.options,
        "of_points": attempt::worth(question),
        "answer": answer.map(|answer| answer.answer.as_str()).unwrap_or_default(),
        "flagged": answer.is_some_and(|answer| answer.flagged),
        "revision": answer.map_or(0, |answer| answer.revision),
        "saved_at": answer.filter(|answer| answer.revision > 0).map(|answer| answer.saved_at),
        "checked": answer.is_some_and(|answer| answer.graded_at.is_some()),
    });
    if open_book {
        told["topic"] = json!(question.topic);
        told["key"] = json!({
            "correct_answer": question.correct_answer,
            "acceptable_answers": question.acceptable_answers,
            "explanation": question.explanation,
            "rubric": if question.kind == QuestionKind::Essay { &question.rubric[..] } else { &[] },
            "source": question.source,
        });
        told["points"] = json!(answer.and_then(|answer| answer.points));
        told["grading"] = json!(answer.and_then(|answer| answer.grading.as_ref()));
        told["appeal"] = json!(answer.and_then(|answer| answer.appeal.as_ref()));
    }
    told
}

fn of_question(sitting: &Sitting, id: QuestionId) -> Result<Value, Problem> {
    let question = sitting.attempt.question(id).ok_or_else(|| not_found("question"))?;
    Ok(asked(sitting, question))
}

fn saved(answer: &Answered) -> Value {
    json!({
        "question_id": answer.question_id,
        "answer": answer.answer,
        "flagged": answer.flagged,
        "revision": answer.revision,
        "saved_at": answer.saved_at,
    })
}

fn appealed(one: &Appealed) -> Value {
    json!({
        "user_id": one.user_id,
        "attempt_id": one.attempt_id,
        "kind": one.paper,
        "title": one.title,
        "question_id": one.question.id,
        "question": one.question.question,
        "correct_answer": one.question.correct_answer,
        "acceptable_answers": one.question.acceptable_answers,
        "quote": one.question.source.quote,
        "answer": one.answer.answer,
        "points": one.answer.points,
        "of_points": one.answer.of_points,
        "grading": one.answer.grading,
        "appeal": one.answer.appeal,
    })
}

fn paper_id(paper: Paper, text: &str) -> Result<MaterialId, Problem> {
    text.parse().map_err(|_| not_found(paper.as_str()))
}

/// An attempt's id; what cannot be one names none.
pub(crate) fn attempt_id(text: &str) -> Result<AttemptId, Problem> {
    text.parse().map_err(|_| not_found("attempt"))
}

/// A question's id; what cannot be one names none.
pub(crate) fn question_id(text: &str) -> Result<QuestionId, Problem> {
    text.parse().map_err(|_| not_found("question"))
}
