//! `GET /api/ai/stream/{session_id}`: a job's events, from the start or from `Last-Event-ID`, live to the end.
//!
//! The log is the truth and the live log a short cut to it: a stream shows the same events whether it is
//! opened before, during or after the job, here or on another instance.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::sse::{Event as SseEvent, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};
use sharper_agents::problem_of;
use sharper_domain::{JobId, Problem, ProblemCode, SessionId, UserId};
use sharper_store::StoreError;
use sharper_store::events::StoredEvent;
use sharper_store::jobs::CancelAnswer;
use sharper_store::live::LiveLog;
use tokio::time::{Instant, sleep, sleep_until};

use crate::App;
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// How often a stream whose job runs elsewhere looks into the log.
const POLL: Duration = Duration::from_millis(300);
/// How often a stream without a job looks whether another instance has accepted one.
const ELSEWHERE: Duration = Duration::from_secs(2);
/// Events read from the log at a time.
const PAGE: u32 = 500;

/// Opens the stream.
pub(crate) async fn stream(
    State(app): State<App>,
    me: Me,
    Path(session): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let unknown = || not_found("stream");
    let session: SessionId = session.parse().map_err(|_| unknown())?;
    let seen = last_event_id(&headers);
    let job = match app.store.job_by_session(session.clone(), owner(&me)).await {
        Ok(job) => Some(job),
        Err(StoreError::NotFound) => None,
        Err(error) => return Err(error.into()),
    };
    let follower = match job {
        Some(job) if job.state.is_ended() && seen == job.last_seq => {
            // The client has had the last event: 204 tells an EventSource to stop connecting (HTML, 9.2).
            return Ok(StatusCode::NO_CONTENT.into_response());
        }
        // A number that was never given out: the client gets everything, and sorts it out by the ids.
        Some(job) => Follower::of_job(app.clone(), session, job.id)
            .after(if seen > job.last_seq { 0 } else { seen })
            .for_(me),
        // An old client opens its stream first, under a UUID of its own, and posts its request then.
        None if session.is_uuid() => Follower::waiting(app.clone(), session).for_(me),
        None => return Err(unknown().into()),
    };
    let retry = SseEvent::default().retry(Duration::from_millis(app.settings.streams.retry_ms));
    let open = Open::count(app.clone());
    let events = stream::unfold((follower, Some(retry), open), |(mut follower, first, open)| async move {
        let event = match first {
            Some(retry) => retry,
            None => follower.next_sse().await?,
        };
        Some((Ok::<_, Infallible>(event), (follower, None, open)))
    });
    let mut response = Sse::new(events).into_response();
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// Whose streams a caller may read: anybody's where nobody signs in.
fn owner(me: &Me) -> Option<UserId> {
    (!me.is_local()).then(|| me.user().clone())
}

/// `GET /api/ai/stream-status`.
pub(crate) async fn status(State(app): State<App>) -> JsonBody<Value> {
    let open = app.open_streams.load(Ordering::Relaxed);
    JsonBody(json!({"active_connections": open, "status": "operational"}))
}

/// The number of the last event that the client has; 0 where it names none that makes sense.
fn last_event_id(headers: &HeaderMap) -> i64 {
    let text = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    text.and_then(|text| text.trim().parse().ok()).filter(|number| *number > 0).unwrap_or(0)
}

/// Counts an open stream for as long as it lives.
struct Open(App);

impl Open {
    fn count(app: App) -> Self {
        app.open_streams.fetch_add(1, Ordering::Relaxed);
        Self(app)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open_streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What a follower sees next.
pub(crate) enum Next {
    /// An event.
    Event(StoredEvent),
    /// Nothing for as long as a keep-alive takes.
    Quiet,
    /// No more: the job has ended, or the server stops.
    End,
}

/// Follows the events of one stream.
pub(crate) struct Follower {
    app: App,
    session: SessionId,
    source: Source,
    seen: i64,
    buffer: VecDeque<StoredEvent>,
    ended: bool,
    opened: Instant,
    /// When something was last sent.
    spoke: Instant,
    /// Who reads along, and when it was last seen to that they may. `None` for the server itself.
    reader: Option<(Me, Instant)>,
}

enum Source {
    /// No job yet.
    Waiting,
    /// The job runs here, or did a moment ago.
    Live(Arc<LiveLog>),
    /// The job is in the database: it has ended, or runs elsewhere.
    Stored(JobId),
}

impl Follower {
    /// Follows a stream whose job is still to come.
    fn waiting(app: App, session: SessionId) -> Self {
        Self {
            app,
            session,
            source: Source::Waiting,
            seen: 0,
            buffer: VecDeque::new(),
            ended: false,
            opened: Instant::now(),
            spoke: Instant::now(),
            reader: None,
        }
    }

    /// Follows a job.
    pub(crate) fn of_job(app: App, session: SessionId, job: JobId) -> Self {
        let source = match app.store.streams().get(&session) {
            Some(live) if live.job == job => Source::Live(live),
            _ => Source::Stored(job),
        };
        Self { source, ..Self::waiting(app, session) }
    }

    /// From the event after number `seen`.
    fn after(self, seen: i64) -> Self {
        Self { seen, ..self }
    }

    /// Read by this caller.
    fn for_(self, me: Me) -> Self {
        Self { reader: Some((me, Instant::now())), ..self }
    }

    /// Whose jobs the stream may show: anybody's where nobody signs in.
    fn owner(&self) -> Option<UserId> {
        self.reader.as_ref().and_then(|(me, _)| owner(me))
    }

    /// Whether the reader may still read: looked up again now and then, so that whoever signed out or was erased does
    /// not read on.
    async fn may_go_on(&mut self) -> bool {
        let Some((me, checked)) = &mut self.reader else { return true };
        if checked.elapsed().as_secs() < self.app.settings.streams.recheck_seconds {
            return true;
        }
        *checked = Instant::now();
        me.is_still_good(&self.app.people).await
    }

    /// The next thing that happens.
    pub(crate) async fn next(&mut self) -> Next {
        let next = self.next_turn().await;
        self.spoke = Instant::now();
        next
    }

    async fn next_turn(&mut self) -> Next {
        loop {
            if let Some(event) = self.buffer.pop_front() {
                self.seen = event.seq;
                self.ended = matches!(event.kind.as_str(), "complete" | "error");
                return Next::Event(event);
            }
            if self.ended || !self.may_go_on().await {
                return Next::End;
            }
            let turn = match &self.source {
                Source::Waiting => self.wait_for_job().await,
                Source::Live(live) => self.read_live(live.clone()).await,
                Source::Stored(job) => self.read_stored(*job).await,
            };
            match turn {
                Turn::Again => {}
                Turn::Quiet => return Next::Quiet,
                Turn::End => return Next::End,
            }
        }
    }

    /// When a keep-alive is due.
    fn quiet(&self) -> Instant {
        self.spoke + Duration::from_secs(self.app.settings.streams.keepalive_seconds)
    }

    async fn wait_for_job(&mut self) -> Turn {
        let app = self.app.clone();
        let (session, owner) = (self.session.clone(), self.owner());
        let patience = self.opened + Duration::from_secs(app.settings.streams.wait_seconds);
        // With a shared database the job may be accepted by another instance: look now and then.
        tokio::select! {
            live = app.store.streams().opened(&session) => {
                // Under the same name another user's stream may have been opened.
                if owner.is_none() || app.store.job_by_session(session, owner).await.is_ok_and(|job| job.id == live.job) {
                    self.source = Source::Live(live);
                } else {
                    sleep(POLL).await;
                }
                Turn::Again
            }
            () = sleep(ELSEWHERE), if app.store.is_shared() => {
                if let Ok(job) = app.store.job_by_session(session, owner).await {
                    self.source = Source::Stored(job.id);
                }
                Turn::Again
            }
            // Also without other instances: a job that was cancelled before it ran opened no log here.
            () = sleep_until(self.quiet()) => match app.store.job_by_session(self.session.clone(), self.owner()).await {
                Ok(job) => {
                    self.source = Source::Stored(job.id);
                    Turn::Again
                }
                Err(_) => Turn::Quiet,
            },
            () = sleep_until(patience) => {
                self.buffer.push_back(self.nobody_came());
                Turn::Again
            }
            () = app.stop.cancelled() => Turn::End,
        }
    }

    /// The end of a stream whose request never came. It is in no log, so it has no number.
    fn nobody_came(&self) -> StoredEvent {
        let at = self.app.now();
        let message = "No request came for this stream. Post one, then connect again.".to_owned();
        let event = sharper_domain::Event::Error { code: ProblemCode::NotFound, message };
        StoredEvent { seq: 0, kind: event.kind().to_owned(), body: event.to_json(at), at }
    }

    async fn read_live(&mut self, live: Arc<LiveLog>) -> Turn {
        let (events, ended) = live.after(self.seen);
        if !events.is_empty() {
            self.buffer.extend(events);
            return Turn::Again;
        }
        if ended {
            // Without a last event it was interrupted, and goes on elsewhere or later.
            self.source = Source::Stored(live.job);
            return Turn::Again;
        }
        tokio::select! {
            () = live.changed(self.seen) => Turn::Again,
            () = sleep_until(self.quiet()) => Turn::Quiet,
            () = self.app.stop.cancelled() => Turn::End,
        }
    }

    async fn read_stored(&mut self, job: JobId) -> Turn {
        match self.app.store.events_after(job, self.seen, PAGE).await {
            Ok(events) if !events.is_empty() => {
                self.buffer.extend(events);
                return Turn::Again;
            }
            Ok(_) => {
                // Erased with its user, or deleted: nothing will ever come.
                let found = self.app.store.job_by_session(self.session.clone(), self.owner()).await;
                if matches!(found, Err(StoreError::NotFound)) {
                    return Turn::End;
                }
            }
            // The client connects again and goes on where it was.
            Err(error) => {
                tracing::warn!(%error, "a stream cannot read its log");
                return Turn::End;
            }
        }
        if let Some(live) = self.app.store.streams().get(&self.session).filter(|live| live.job == job)
            && !live.after(self.seen).1
        {
            self.source = Source::Live(live);
            return Turn::Again;
        }
        // A job that waits for its turn here is heard of when it begins, not when the log is looked into next.
        let streams = self.app.store.streams();
        let begins_here = streams.get(&self.session).is_none();
        tokio::select! {
            _ = streams.opened(&self.session), if begins_here => Turn::Again,
            () = sleep(POLL) => Turn::Again,
            () = sleep_until(self.quiet()) => Turn::Quiet,
            () = self.app.stop.cancelled() => Turn::End,
        }
    }

    async fn next_sse(&mut self) -> Option<SseEvent> {
        match self.next().await {
            Next::Event(event) => Some(SseEvent::default().id(event.seq.to_string()).data(&*event.body)),
            Next::Quiet => {
                let body = json!({"type": "keepalive", "timestamp": self.app.now()}).to_string();
                // The id stays that of the last event, so a client that resumes loses nothing.
                Some(SseEvent::default().id(self.seen.to_string()).data(body))
            }
            Next::End => None,
        }
    }
}

/// What one look at a source gave.
enum Turn {
    Again,
    Quiet,
    End,
}

/// `DELETE /api/ai/stream/{session_id}`: cancels the job of a stream. It may have ended in the meantime.
pub(crate) async fn cancel(
    State(app): State<App>,
    me: Me,
    Path(session): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<Response, Refusal> {
    let user = query.user(&me)?;
    let session: SessionId = session.parse().map_err(|_| not_found("stream"))?;
    cancel_stream(&app, &user, &session).await?;
    Ok((StatusCode::ACCEPTED, JsonBody(json!({"status": "cancelling", "session_id": session})))
        .into_response())
}

/// Cancels the newest job of a user's stream. Conflict where it has ended.
pub(crate) async fn cancel_stream(app: &App, user: &UserId, session: &SessionId) -> Result<(), Problem> {
    let job = app.store.job_by_session(session.clone(), Some(user.clone())).await.map_err(problem_of)?;
    match app.store.request_cancel(user.clone(), job.id, app.now()).await.map_err(problem_of)? {
        CancelAnswer::Ended(_) => Err(Problem::new(ProblemCode::Conflict, "This has ended already.")),
        CancelAnswer::Cancelled => Ok(()),
        CancelAnswer::Asked => {
            app.store.streams().cancel(job.id);
            Ok(())
        }
    }
}
