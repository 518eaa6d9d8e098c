//! `POST /make`: the form of Today. Takes the notes in and shows them being worked on.

use std::time::Duration;

use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request as HttpRequest, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::{Value, json};
use sharper_agents::Asked;
use sharper_domain::request::TOPIC_CHARS;
use sharper_domain::{FieldError, Problem, ProblemCode, Request, SessionId, TaskKind};
use sharper_pages::MakeForm;
use sharper_pages::kind::conversation;

use super::Reader;
use super::today::today;
use crate::App;
use crate::door::body::{self, FORM_BYTES, JSON_BYTES, too_large};
use crate::door::problem::not_found;
use crate::routes::who::Me;

/// What the form sent.
struct Sent {
    form: MakeForm,
    sample: String,
    /// The notes to work from, and what about, where an answer of the tutor is turned into cards.
    notes: Vec<String>,
    topic: String,
    /// A whole request, that the tutor offered to choose.
    request: Option<String>,
    files: Vec<String>,
}

pub(crate) async fn make(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: HttpRequest,
) -> Response {
    let reader = Reader::of(&app, &me, &headers);
    let sent = match read(&app, request).await {
        Ok(sent) => sent,
        Err(problem) => return reader.refuse(problem).into_response(),
    };
    let form = sent.form.clone();
    match accept(&app, &me, sent).await {
        Ok(session) if form.kind == TaskKind::Chat => Redirect::to(&conversation(&session)).into_response(),
        Ok(session) => Redirect::to(&format!("/making/{session}")).into_response(),
        // The form again, with all that was typed: nothing is lost.
        Err(problem) => today(&reader, form, Some(problem)).await.into_response(),
    }
}

async fn accept(app: &App, me: &Me, sent: Sent) -> Result<SessionId, Problem> {
    if let Some(body) = body_of(&sent)? {
        let request = Request::parse(&body).map_err(Problem::invalid)?;
        let user_id = me.user().clone();
        let asked = Asked { request, user_id, title: None, idempotency_key: None };
        return Ok(app.intake.accept(asked).await?.session_id);
    }
    let (content, title) = text(app, &sent)?;
    if content.len() > JSON_BYTES {
        return Err(too_large(JSON_BYTES));
    }
    let request = Request::parse(&sent.form.body(&content)).map_err(Problem::invalid)?;
    if request.kind == TaskKind::Chat && request.message.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("/message", "must hold a question")]));
    }
    let user_id = me.user().clone();
    Ok(app.intake.accept(Asked { request, user_id, title, idempotency_key: None }).await?.session_id)
}

/// The request of a form that brings no text of its own: a whole one, or cards from notes that are there.
fn body_of(sent: &Sent) -> Result<Option<Value>, Problem> {
    if let Some(request) = &sent.request {
        let unread = |_| Problem::new(ProblemCode::InvalidRequest, "This is no request. Ask again.");
        return serde_json::from_str(request).map(Some).map_err(unread);
    }
    if sent.notes.is_empty() {
        return Ok(None);
    }
    let topic = sent.topic.chars().take(TOPIC_CHARS).collect::<String>();
    let body = json!({"type": sent.form.kind, "message": topic, "explicit_note_ids": sent.notes});
    Ok(Some(body))
}

/// The text to work from: what was typed and the files, or else the sample.
fn text(app: &App, sent: &Sent) -> Result<(String, Option<String>), Problem> {
    if !sent.sample.is_empty() {
        let sample = app.samples.iter().find(|sample| sample.id == sent.sample);
        let sample = sample.ok_or_else(|| not_found("sample"))?;
        return Ok((sample.text.to_owned(), Some(sample.title.to_owned())));
    }
    let parts = std::iter::once(&sent.form.notes).chain(&sent.files);
    let parts: Vec<&str> = parts.map(String::as_str).filter(|part| !part.trim().is_empty()).collect();
    let title = Some(sent.form.title.clone()).filter(|title| !title.trim().is_empty());
    Ok((parts.join("\n\n"), title))
}

async fn read(app: &App, request: HttpRequest) -> Result<Sent, Problem> {
    let no_form =
        |_| Problem::new(ProblemCode::UnsupportedMediaType, "Send the form as multipart/form-data.");
    let within = Duration::from_secs(app.settings.deadlines.body_seconds);
    let (head, body) = request.into_parts();
    let bytes = body::read(body, FORM_BYTES, within).await?;
    let whole = HttpRequest::from_parts(head, Body::from(bytes));
    let mut multipart = Multipart::from_request(whole, app).await.map_err(no_form)?;
    let (mut fields, mut sample, mut files) = (Vec::new(), String::new(), Vec::new());
    let (mut notes, mut topic, mut asked) = (Vec::new(), String::new(), None);
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(broken)?;
        let text = String::from_utf8(bytes.into()).map_err(|_| {
            Problem::new(
                ProblemCode::NotText,
                "That file is not text. Copy the text out of it and paste that.",
            )
        })?;
        match name.as_str() {
            "sample" => sample = text,
            "note" => notes.push(text),
            "topic" => topic = text,
            "request" => asked = Some(text),
            "file" => files.push(text.replace("\r\n", "\n")),
            _ => fields.push((name, text)),
        }
    }
    let form = MakeForm::read(fields.iter().map(|(name, text)| (name.as_str(), text.clone())));
    Ok(Sent { form, sample, notes, topic, request: asked, files })
}

fn broken(_: MultipartError) -> Problem {
    Problem::new(ProblemCode::InvalidRequest, "The form broke off before its end. Send it again.")
}
