//! `/tutor`, `/tutor/{session_id}` and their forms: a conversation with the tutor, named, ended and deleted.

use std::time::Duration;

use axum::Form;
use axum::body::Body as HttpBody;
use axum::extract::{FromRequest, Path, Query, Request as HttpRequest, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use sharper_agents::Asked;
use sharper_domain::{Body, Problem, ProblemCode, Request, SessionId, Speaker, TaskKind};
use sharper_pages::kind::conversation;
use sharper_pages::{Conversation, Pending, Reply, Turn, TutorPage};
use sharper_pages::{End, Making};
use sharper_store::StoreError;
use sharper_store::conversations::Said;

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::door::body;
use crate::routes::chat::{TITLE_CHARS, missing, session_id};
use crate::routes::who::Me;

/// Largest form with a question, in bytes: 8,000 characters, each percent-encoded.
const QUESTION_BYTES: usize = 128 * 1024;
/// Messages of a conversation that are shown.
const MESSAGES: u32 = 200;
/// Other conversations that are offered.
const OTHERS: u32 = 12;
/// Conversations that are found.
const FOUND: u32 = 50;
/// Events of one job: more than any writes.
const EVENTS: u32 = 5_000;

/// `?query=`: what is looked for among the conversations.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Look {
    #[serde(default)]
    query: String,
}

pub(crate) async fn tutor(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Query(look): Query<Look>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let search = look.query.trim().chars().take(TITLE_CHARS).collect();
    let page = reader.tutor_page(None, search, None).await?;
    Ok(html(StatusCode::OK, &page))
}

pub(crate) async fn talk(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(session): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let session: SessionId = session.parse().map_err(|_| reader.no_such("conversation"))?;
    let page = reader.tutor_page(Some(session.clone()), String::new(), None).await?;
    match &page.pending {
        None if page.turns.is_empty() => Err(reader.no_such("conversation")),
        _ => Ok(html(StatusCode::OK, &page)),
    }
}

/// `POST /tutor/{session_id}/rename`
pub(crate) async fn rename_talk(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(session): Path<String>,
    request: HttpRequest,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let session = session_id(&session).map_err(|problem| reader.refuse(problem))?;
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let title: String = typed.name("title").chars().take(TITLE_CHARS).collect();
    // An empty name is no name: the old one stays.
    if !title.is_empty() {
        let renamed = app.store.rename_conversation(me.user().clone(), session.clone(), title).await;
        renamed.map_err(|error| reader.refuse(missing(error)))?;
    }
    Ok(Redirect::to(&conversation(&session)).into_response())
}

/// `POST /tutor/{session_id}/end`
pub(crate) async fn end_talk(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(session): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let session = session_id(&session).map_err(|problem| reader.refuse(problem))?;
    let ended = app.store.end_conversation(me.user().clone(), session, app.now()).await;
    ended.map_err(|error| reader.refuse(missing(error)))?;
    Ok(Redirect::to("/tutor").into_response())
}

/// `POST /tutor/{session_id}/delete`
pub(crate) async fn delete_talk(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(session): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let session = session_id(&session).map_err(|problem| reader.refuse(problem))?;
    let deleted = app.store.delete_conversation(me.user().clone(), session).await;
    deleted.map_err(|error| reader.refuse(missing(error)))?;
    Ok(Redirect::to("/tutor").into_response())
}

/// The form of a question.
#[derive(Debug, Deserialize)]
pub(crate) struct Question {
    message: String,
    #[serde(default)]
    session: String,
}

pub(crate) async fn ask(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: HttpRequest,
) -> Response {
    let reader = Reader::of(&app, &me, &headers);
    let question = match form(&app, request).await {
        Ok(question) => question,
        Err(problem) => return reader.refuse(problem).into_response(),
    };
    match accept(&app, &me, &question).await {
        Ok(session) => Redirect::to(&conversation(&session)).into_response(),
        Err(problem) => {
            // The form again, with what was typed.
            let status = StatusCode::from_u16(problem.code.status()).unwrap_or(StatusCode::BAD_REQUEST);
            let session = question.session.parse().ok();
            match reader.tutor_page(session, String::new(), Some((question.message, problem))).await {
                Ok(page) => html(status, &page),
                Err(refusal) => refusal.into_response(),
            }
        }
    }
}

async fn accept(app: &App, me: &Me, question: &Question) -> Result<SessionId, Problem> {
    let session = Some(question.session.trim()).filter(|session| !session.is_empty());
    let body = json!({"type": TaskKind::Chat, "message": question.message.replace("\r\n", "\n"), "session_id": session});
    let request = Request::parse(&body).map_err(Problem::invalid)?;
    let user_id = me.user().clone();
    Ok(app.intake.accept(Asked { request, user_id, title: None, idempotency_key: None }).await?.session_id)
}

async fn form(app: &App, request: HttpRequest) -> Result<Question, Problem> {
    let within = Duration::from_secs(app.settings.deadlines.body_seconds);
    let (head, sent) = request.into_parts();
    let bytes = body::read(sent, QUESTION_BYTES, within).await?;
    let whole = HttpRequest::from_parts(head, HttpBody::from(bytes));
    let no_form = |_| Problem::new(ProblemCode::InvalidRequest, "A question needs the field message.");
    Form::from_request(whole, app).await.map(|Form(question)| question).map_err(no_form)
}

impl Reader<'_> {
    async fn tutor_page(
        &self,
        session: Option<SessionId>,
        search: String,
        refused: Option<(String, Problem)>,
    ) -> Result<TutorPage, PageRefusal> {
        let (store, user) = (&self.app.store, self.me.user());
        let (turns, pending) = match &session {
            None => (Vec::new(), None),
            Some(session) => {
                let said = store.conversation_said(user.clone(), session.clone(), MESSAGES);
                let turns = self.had(said.await)?.into_iter().map(turn).collect();
                (turns, self.pending(session).await?)
            }
        };
        let about = match &session {
            None => None,
            Some(session) => match store.conversation_session(user.clone(), session.clone()).await {
                Err(StoreError::NotFound) => None,
                found => self.had(found).map(|found| Some((found.title, found.ended_at.is_some())))?,
            },
        };
        let others = match search.as_str() {
            "" => store.conversations(user.clone(), OTHERS).await,
            words => store.find_conversations(user.clone(), words, FOUND).await,
        };
        let others = self.had(others)?;
        let others =
            others.into_iter().filter(|other| session.as_ref() != Some(&other.session_id)).map(|other| {
                Conversation { session: other.session_id, title: other.title, when: other.updated_at }
            });
        let others = others.collect();
        Ok(TutorPage { frame: self.frame.clone(), session, turns, pending, others, search, about, refused })
    }

    /// The last question, if no reply in the conversation answers it.
    async fn pending(&self, session: &SessionId) -> Result<Option<Pending>, PageRefusal> {
        let (store, user) = (&self.app.store, self.me.user());
        let job = match store.job_by_session(session.clone(), Some(user.clone())).await {
            Err(StoreError::NotFound) => return Ok(None),
            found => self.had(found)?,
        };
        if job.kind != TaskKind::Chat {
            return Ok(None);
        }
        let asked = self.had(store.job_asked(user.clone(), job.id).await)?;
        let events = self.had(store.events_after(job.id, 0, EVENTS).await)?;
        let making = Making::replay(events.iter().map(|event| (event.seq.unsigned_abs(), &*event.body)));
        if matches!(making.end, Some(End::Done { kind: TaskKind::Chat, .. })) {
            return Ok(None);
        }
        let question = asked.request["message"].as_str().unwrap_or_default().to_owned();
        Ok(Some(Pending { question, making }))
    }
}

/// A message as the page shows it: a reply with the passages that it stands on.
fn turn(said: Said) -> Turn {
    if said.message.role == Speaker::User {
        return Turn::Student(said.message.content);
    }
    match &said.reply {
        Some(Body::Reply { question, statements, titles, .. }) => {
            Turn::Tutor(Reply::of(question, statements, |source| {
                let title = titles.iter().find(|(note, _)| *note == source.note_id);
                title.map(|(_, title)| title.clone()).unwrap_or_default()
            }))
        }
        _ => Turn::Tutor(Reply::plain(&said.message.content)),
    }
}
