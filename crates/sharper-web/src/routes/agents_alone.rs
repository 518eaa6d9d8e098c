//! `POST /api/ai/test-…`: one agent alone. Nothing is kept but the record of the run.

use axum::Json as JsonBody;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sharper_agents::alone::{Caller, Errand, Readers, Report};
use sharper_domain::ids::BadId;
use sharper_domain::request::MESSAGE_CHARS;
use sharper_domain::{FieldError, Problem, Request, SessionId, TaskKind, UserId};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::{Fields, number_of};
use crate::door::problem::{Refusal, respond_with};
use crate::door::request_id;
use crate::routes::who::{Me, UserQuery};

/// Notes that a search gives when the request does not say, and at most.
const TOP_K: (u32, u32) = (5, 100);
/// Days that progress looks back when the request does not say, and at most.
const DAYS_BACK: (u32, u32) = (30, 3_650);
/// Messages that are told when the request does not say, and at most.
const MESSAGES: (u32, u32) = (20, 100);
/// Longest name of a kind of content, in characters.
const WORD_CHARS: usize = 64;

/// The query of the routes that look things up.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct LookUp {
    user_id: Option<String>,
    query: Option<String>,
    top_k: Option<String>,
    days_back: Option<String>,
    session_id: Option<String>,
    limit: Option<String>,
}

impl LookUp {
    fn user(&self, me: &Me) -> Result<UserId, Problem> {
        UserQuery { user_id: self.user_id.clone(), limit: None }.user(me)
    }
}

type Answer = Result<JsonBody<Report>, Failed>;
/// A body that may be none, so that its failure has the envelope too.
type Body = Result<Json, Refusal>;

/// `test-rag`: the notes that say most about a question.
pub(crate) async fn rag(State(app): State<App>, me: Me, Query(look): Query<LookUp>) -> Answer {
    let user = look.user(&me)?;
    let query = look.query.as_deref().unwrap_or_default().trim().to_owned();
    let length = query.chars().count();
    if length == 0 || length > MESSAGE_CHARS {
        let detail = format!("must have 1 to {MESSAGE_CHARS} characters, not {length}");
        return Err(Problem::invalid(vec![FieldError::new("/query", detail)]).into());
    }
    let top_k = number_of(look.top_k.as_deref(), "top_k", TOP_K.0, 1..=TOP_K.1)? as usize;
    run(&app, user, Errand::Search { query, top_k }).await
}

/// `test-profile`: what the student has here.
pub(crate) async fn profile(State(app): State<App>, me: Me, Query(look): Query<LookUp>) -> Answer {
    let user = look.user(&me)?;
    run(&app, user, Errand::Profile).await
}

/// `test-progress`: what the student learned in the last days.
pub(crate) async fn progress(State(app): State<App>, me: Me, Query(look): Query<LookUp>) -> Answer {
    let user = look.user(&me)?;
    let days_back = number_of(look.days_back.as_deref(), "days_back", DAYS_BACK.0, 1..=DAYS_BACK.1)?;
    run(&app, user, Errand::Progress { days_back }).await
}

/// `test-conversation`: what was said in a conversation last.
pub(crate) async fn conversation(State(app): State<App>, me: Me, Query(look): Query<LookUp>) -> Answer {
    let user = look.user(&me)?;
    let named = look.session_id.as_deref().unwrap_or_default();
    let session_id = named
        .parse()
        .map_err(|error: BadId| Problem::invalid(vec![FieldError::new("/session_id", error.to_string())]))?;
    let limit = number_of(look.limit.as_deref(), "limit", MESSAGES.0, 1..=MESSAGES.1)?;
    run(&app, user, Errand::Conversation { session_id, limit }).await
}

/// `test-flashcards`: cards from a text, checked and not kept.
pub(crate) async fn flashcards(
    State(app): State<App>,
    me: Me,
    Query(look): Query<LookUp>,
    body: Body,
) -> Answer {
    let user = look.user(&me)?;
    let (content, request) = from_text(TaskKind::FlashcardGeneration, &body?.0)?;
    run(&app, user, Errand::Flashcards { content, options: request.flashcards }).await
}

/// `test-quiz`: questions from a text, checked and not kept.
pub(crate) async fn quiz(State(app): State<App>, me: Me, Query(look): Query<LookUp>, body: Body) -> Answer {
    let user = look.user(&me)?;
    let (content, request) = from_text(TaskKind::QuizGeneration, &body?.0)?;
    run(&app, user, Errand::Quiz { content, options: request.quiz }).await
}

/// `test-summary`: a summary of a text, checked and not kept.
pub(crate) async fn summary(
    State(app): State<App>,
    me: Me,
    Query(look): Query<LookUp>,
    body: Body,
) -> Answer {
    let user = look.user(&me)?;
    let (content, request) = from_text(TaskKind::SummaryGeneration, &body?.0)?;
    run(&app, user, Errand::Summary { content, options: request.summary }).await
}

/// `test-chat`: the tutor's reply to a question, from the notes. It begins no conversation.
pub(crate) async fn chat(State(app): State<App>, me: Me, Query(look): Query<LookUp>, body: Body) -> Answer {
    let user = look.user(&me)?;
    let Json(body) = body?;
    let mut fields = Fields::of(&body);
    let message = fields.required_line("message", MESSAGE_CHARS).unwrap_or_default();
    fields.done()?;
    let asked = json!({"type": TaskKind::Chat, "explicit_note_ids": body.get("explicit_note_ids")});
    let notes = Request::parse(&asked).map_err(Problem::invalid)?.explicit_note_ids;
    run(&app, user, Errand::Chat { message, notes }).await
}

/// The text of a body, and a request with its other fields as the options: one door reads them on both ways in.
fn from_text(kind: TaskKind, body: &Value) -> Result<(String, Request), Problem> {
    let mut fields = Fields::of(body);
    let content = fields.required("content").and_then(|_| fields.text("content")).unwrap_or_default();
    let request = body.is_object().then(|| Request::parse(&json!({"type": kind, "options": body})));
    if let Some(Err(errors)) = &request {
        for error in errors.iter().filter(|error| error.pointer != "/options/content") {
            let name = error.pointer.strip_prefix("/options/").unwrap_or(&error.pointer);
            fields.wrong::<()>(name, error.detail.clone());
        }
    }
    fields.done()?;
    let request = request.and_then(Result::ok).unwrap_or_else(|| Request::new(kind));
    Ok((content.to_owned(), request))
}

/// `test-safety`: whether a content may reach a student.
pub(crate) async fn safety(State(app): State<App>, me: Me, Query(look): Query<LookUp>, body: Body) -> Answer {
    let user = look.user(&me)?;
    let Json(body) = body?;
    let mut fields = Fields::of(&body);
    let (content, _) = content(&mut fields, "content");
    let readers = readers(&mut fields);
    fields.done()?;
    run(&app, user, Errand::Safety { content, readers }).await
}

/// `test-accuracy`: whether a source bears out a content.
pub(crate) async fn accuracy(
    State(app): State<App>,
    me: Me,
    Query(look): Query<LookUp>,
    body: Body,
) -> Answer {
    let user = look.user(&me)?;
    let Json(body) = body?;
    let mut fields = Fields::of(&body);
    let (content, _) = content(&mut fields, "generated_content");
    let source = fields.required_text("source_material").unwrap_or_default().to_owned();
    fields.done()?;
    run(&app, user, Errand::Accuracy { content, source }).await
}

/// `test-quality`: whether a content is good to study with.
pub(crate) async fn quality(
    State(app): State<App>,
    me: Me,
    Query(look): Query<LookUp>,
    body: Body,
) -> Answer {
    let user = look.user(&me)?;
    let Json(body) = body?;
    let mut fields = Fields::of(&body);
    let (content, kind) = content(&mut fields, "content");
    fields.done()?;
    run(&app, user, Errand::Quality { content, kind }).await
}

/// `test-full-validation`: the three of them. Without a source nothing is said of accuracy.
pub(crate) async fn full_validation(
    State(app): State<App>,
    me: Me,
    Query(look): Query<LookUp>,
    body: Body,
) -> Result<JsonBody<Value>, Failed> {
    let user = look.user(&me)?;
    let Json(body) = body?;
    let mut fields = Fields::of(&body);
    let (content, kind) = content(&mut fields, "content");
    let source = fields.text("source_material").filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let readers = readers(&mut fields);
    fields.done()?;
    let ask = |errand| run(&app, user.clone(), errand);
    let JsonBody(safety) = ask(Errand::Safety { content: content.clone(), readers }).await?;
    let JsonBody(quality) = ask(Errand::Quality { content: content.clone(), kind }).await?;
    let accuracy = match source {
        Some(source) => Some(ask(Errand::Accuracy { content, source }).await?.0),
        None => None,
    };
    let accurate = accuracy.as_ref().is_none_or(|accuracy| accuracy.data["is_accurate"] == true);
    let passed = safety.data["is_safe"] == true && quality.data["meets_standards"] == true && accurate;
    let took = [Some(&safety), Some(&quality), accuracy.as_ref()].into_iter().flatten();
    let took_ms: u64 = took.map(|report| report.execution_time_ms).sum();
    Ok(JsonBody(json!({
        "success": true,
        "error": Value::Null,
        "execution_time_ms": took_ms,
        "tokens_used": safety.tokens_used + quality.tokens_used,
        "model_used": safety.model_used,
        "overall_passed": passed,
        "summary": {
            "safety_score": safety.data["safety_score"],
            "quality_score": quality.data["quality_score"],
            "accuracy_score": accuracy.as_ref().map(|accuracy| &accuracy.data["accuracy_score"]),
        },
        "safety": safety,
        "quality": quality,
        "accuracy": accuracy,
    })))
}

async fn run(app: &App, user_id: UserId, errand: Errand) -> Answer {
    let request_id = request_id::current().unwrap_or_else(|| SessionId::new(app.now()).into());
    Ok(JsonBody(app.agents.alone(&Caller { user_id, request_id }, errand).await?))
}

/// The content to judge, a text or JSON, and what `content_type` says it is.
fn content(fields: &mut Fields<'_>, name: &str) -> (Value, TaskKind) {
    let content = match fields.required(name) {
        Some(value @ (Value::String(_) | Value::Object(_) | Value::Array(_))) => value.clone(),
        Some(_) => fields.wrong(name, "must be a string, an object or an array").unwrap_or_default(),
        None => Value::Null,
    };
    let word = fields.line("content_type", WORD_CHARS).unwrap_or_default();
    (content, kind_of(&word))
}

/// Who reads it; `high_school` where the request does not say.
fn readers(fields: &mut Fields<'_>) -> Readers {
    Readers::named(&fields.line("age_group", WORD_CHARS).unwrap_or_default())
}

/// The kind of a content by the wire's word for it, in the singular or the plural. What is not known is held to the
/// thresholds of "other" content.
fn kind_of(word: &str) -> TaskKind {
    let word = word.to_lowercase();
    let kinds = [
        ("flashcard", TaskKind::FlashcardGeneration),
        ("quiz", TaskKind::QuizGeneration),
        ("exam", TaskKind::ExamGeneration),
        ("summar", TaskKind::SummaryGeneration),
        ("chat", TaskKind::Chat),
    ];
    let found = kinds.into_iter().find(|(start, _)| word.starts_with(start));
    found.map_or(TaskKind::NoteAnalysis, |(_, kind)| kind)
}

/// A problem, told with the fields of the envelope besides its own.
pub(crate) struct Failed(Problem);

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<Refusal> for Failed {
    fn from(Refusal(problem): Refusal) -> Self {
        Self(problem)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut envelope = Map::new();
        envelope.insert("success".into(), json!(false));
        envelope.insert("error".into(), json!(self.0.detail));
        for nothing in ["data", "model_used"] {
            envelope.insert(nothing.into(), Value::Null);
        }
        for zero in ["execution_time_ms", "tokens_used", "confidence_score"] {
            envelope.insert(zero.into(), json!(0));
        }
        respond_with(&self.0, envelope)
    }
}
