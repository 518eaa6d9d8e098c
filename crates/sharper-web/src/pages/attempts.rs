//! The pages of quizzes and exams as they are taken: `/quizzes/{id}/start`, `/attempts/{id}` with its forms, `/quizzes/{id}/print`.

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_agents::attempts::Sent;
use sharper_domain::{
    AppealOutcome, AttemptId, FieldError, MaterialId, Paper, Problem, ProblemCode, QuestionId,
};
use sharper_pages::attempt::{Notice, ResultPage, SheetPage, Taken};

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::attempts::{APPEAL_CHARS, attempt_id, question_id, seconds_left};
use crate::routes::who::Me;

/// Largest form: an essay of 20,000 characters, each of four bytes that take twelve in a form.
const FORM_BYTES: usize = 256 * 1024;
/// Attempts that the page of a paper lists.
const LISTED: u32 = 10;

/// Where the reader is, in the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Place {
    q: Option<String>,
    all: Option<String>,
    said: Option<String>,
}

/// `GET /attempts/{id}`: the sheet while it is open, the result when it is over.
pub(crate) async fn attempt(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let id = attempt_id(&id).map_err(|problem| reader.refuse(problem))?;
    let sitting = app.agents.sitting(me.user(), id).await.map_err(|problem| reader.refuse(problem))?;
    let (attempt, answers) = (sitting.attempt, sitting.answers);
    if attempt.finished_at.is_some() {
        return Ok(html(StatusCode::OK, &ResultPage::new(reader.frame, attempt, &answers)));
    }
    let left = seconds_left(attempt.deadline_at, app.now());
    let number = place.q.as_deref().and_then(|text| text.parse().ok()).unwrap_or(1);
    let at = place.all.is_none().then_some(number);
    let notice = match place.said.as_deref() {
        Some("saved") => Some(Notice::Saved),
        Some("newer") => Some(Notice::Newer),
        _ => None,
    };
    Ok(html(StatusCode::OK, &SheetPage::new(reader.frame, attempt, &answers, at, left, notice)))
}

/// `POST /quizzes/{id}/start`.
pub(crate) async fn start_quiz(
    app: State<App>,
    me: Me,
    headers: HeaderMap,
    id: Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    start(app, me, headers, (Paper::Quiz, id), request).await
}

/// `POST /exams/{id}/start`.
pub(crate) async fn start_exam(
    app: State<App>,
    me: Me,
    headers: HeaderMap,
    id: Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    start(app, me, headers, (Paper::Exam, id), request).await
}

async fn start(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    (paper, Path(id)): (Paper, Path<String>),
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let id: MaterialId = id.parse().map_err(|_| reader.no_such(paper.as_str()))?;
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let retake_of = match typed.line("retake_of") {
        "" => None,
        text => Some(attempt_id(text).map_err(|problem| reader.refuse(problem))?),
    };
    let begun = app.agents.start_attempt(me.user(), paper, id, retake_of).await;
    let begun = begun.map_err(|problem| reader.refuse(problem))?;
    Ok(Redirect::to(&format!("/attempts/{}", begun.attempt.id)).into_response())
}

/// `POST /attempts/{id}/save`: saves an answer and goes where the button says.
pub(crate) async fn save(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let refuse = |problem| reader.refuse(problem);
    let id = attempt_id(&id).map_err(refuse)?;
    let typed = Typed::within(&app, request, FORM_BYTES).await.map_err(refuse)?;
    let question = question_id(typed.line("question")).map_err(refuse)?;
    let sitting = app.agents.sitting(me.user(), id).await.map_err(refuse)?;
    let number: usize = typed.line("number").parse().unwrap_or(1);
    let (go, all) = (typed.line("go"), typed.is_on("all"));
    let checked = sitting.answer(question).is_some_and(|answer| answer.graded_at.is_some());
    let here = |said: &str| match all {
        true => format!("/attempts/{id}?all=1&said={said}#q-{number}"),
        false => format!("/attempts/{id}?q={number}&said={said}"),
    };
    if sitting.attempt.finished_at.is_none() && !checked {
        let sent = sent(&typed);
        let done = match go {
            "check" => app.agents.check_answer(me.user(), id, question, sent).await.map(drop),
            _ => app.agents.save_answer(me.user(), id, question, sent).await.map(drop),
        };
        match done {
            Err(problem) if problem.version.is_some() => {
                return Ok(Redirect::to(&here("newer")).into_response());
            }
            done => done.map_err(refuse)?,
        }
    }
    let last = sitting.attempt.asked.len();
    let next = match go {
        "next" if number >= last => format!("/attempts/{id}?q={number}&said=saved#hand-in"),
        "next" => format!("/attempts/{id}?q={}", number + 1),
        "back" => format!("/attempts/{id}?q={}", number.saturating_sub(1).max(1)),
        _ => here("saved"),
    };
    Ok(Redirect::to(&next).into_response())
}

fn sent(typed: &Typed) -> Sent {
    Sent {
        answer: Some(typed.text("answer").to_owned()),
        flagged: Some(typed.is_on("flagged")),
        revision: typed.line("revision").parse().ok(),
    }
}

/// `POST /attempts/{id}/finish`.
pub(crate) async fn finish(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let id = attempt_id(&id).map_err(|problem| reader.refuse(problem))?;
    app.agents.finish_attempt(me.user(), id).await.map_err(|problem| reader.refuse(problem))?;
    Ok(Redirect::to(&format!("/attempts/{id}")).into_response())
}

/// `POST /attempts/{id}/appeal`.
pub(crate) async fn appeal(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let refuse = |problem| reader.refuse(problem);
    let id = attempt_id(&id).map_err(refuse)?;
    let typed = Typed::within(&app, request, FORM_BYTES).await.map_err(refuse)?;
    let question = question_id(typed.line("question")).map_err(refuse)?;
    let text = typed.line("text");
    if text.is_empty() || text.chars().count() > APPEAL_CHARS {
        let detail = format!("must say something, in at most {APPEAL_CHARS} characters");
        return Err(reader.refuse(Problem::invalid(vec![FieldError::new("/text", detail)])));
    }
    let sitting = app.agents.appeal(me.user(), (id, question), text.to_owned()).await.map_err(refuse)?;
    let number: u32 = typed.line("number").parse().unwrap_or(1);
    let next = match sitting.attempt.finished_at {
        Some(_) => format!("/attempts/{id}#q-{number}"),
        None => format!("/attempts/{id}?q={number}"),
    };
    Ok(Redirect::to(&next).into_response())
}

/// `POST /admin/appeals`: the operator's word.
pub(crate) async fn decide(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let none = || Problem::new(ProblemCode::NotFound, "There is no such appeal.");
    let user = typed.line("user").parse().map_err(|_| reader.refuse(none()))?;
    let attempt: AttemptId = typed.line("attempt").parse().map_err(|_| reader.refuse(none()))?;
    let question: QuestionId = typed.line("question").parse().map_err(|_| reader.refuse(none()))?;
    let outcome: AppealOutcome = typed.line("outcome").parse().map_err(|()| reader.refuse(none()))?;
    let decided = app.agents.decide_appeal(user, (attempt, question), outcome).await;
    decided.map_err(|problem| reader.refuse(problem))?;
    tracing::info!(actor = me.actor(), %attempt, %question, %outcome, "an appeal was decided on");
    Ok(Redirect::to("/admin/quality#appeals").into_response())
}

impl Reader<'_> {
    /// The attempts at a paper, the newest first.
    pub(super) async fn taken(&self, paper: MaterialId) -> Result<Vec<Taken>, PageRefusal> {
        let found = self.app.agents.attempts(self.me.user(), Some(paper), LISTED).await;
        let found = found.map_err(|problem| self.refuse(problem))?;
        let taken = found.into_iter().map(|one| Taken {
            id: one.id,
            started_at: one.started_at,
            points: one.points,
            of_points: one.of_points,
            not_graded: one.ungraded,
        });
        Ok(taken.collect())
    }
}
