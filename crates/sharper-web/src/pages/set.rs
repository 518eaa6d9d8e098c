//! `GET /sets`: all sets. `GET /sets/{id}`: a set with its cards and the words they stand on, how it is learned, and a card more.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use sharper_domain::{Difficulty, FieldError, Problem, SetId, visible_lines};
use sharper_pages::{CardView, SetPage, SetsPage};
use sharper_store::flashcards::{CardStyling, NewCard, SetChange};

use super::typed::Typed;
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::sets::{PER_DAY, TITLE_CHARS};
use crate::routes::who::Me;

/// Most sets that are listed.
const SETS: u32 = 200;
/// Largest form with the sides of a card, in bytes.
const CARD_BYTES: usize = 64 * 1024;
/// The hour at which an exam of a day begins.
const EXAM_HOUR: i8 = 9;

pub(crate) async fn sets(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let sets = reader.had(app.store.study_sets(me.user().clone(), SETS).await)?;
    let waiting = reader.had(app.agents.sit(me.user(), None, 1, app.now()).await)?.waiting;
    let most = app.intake.file_limits().map(|(most, _)| most as u64);
    Ok(html(StatusCode::OK, &SetsPage { sets, waiting, most, frame: reader.frame }))
}

pub(crate) async fn set(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let user = me.user();
    let id: SetId = id.parse().map_err(|_| reader.no_such("set"))?;
    let found = reader.had(app.store.study_set(user.clone(), id).await)?;
    let cards = reader.had(app.store.cards_of_set(user.clone(), id).await)?;
    let zone = reader.had(app.agents.study_of(user).await)?.days.zone;
    let ahead = found.rules.exam_at.filter(|exam| *exam > app.now());
    let ready = match ahead {
        Some(exam) => {
            let ready = reader.had(app.agents.readiness(user, id, exam).await)?;
            Some((ready.recall, ready.low, ready.high))
        }
        None => None,
    };
    let page = SetPage {
        frame: reader.frame,
        id,
        title: found.set.title,
        created_at: found.set.created_at,
        exam: found.rules.exam_at.map(|exam| exam.to_zoned(zone).date()),
        new_per_day: found.rules.new_per_day,
        ready,
        cards: cards.iter().map(CardView::from).collect(),
    };
    Ok(html(StatusCode::OK, &page))
}

/// `POST /sets/{id}`: its name, and how it is to be learned. What is left empty is as everywhere.
pub(crate) async fn change(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let user = me.user().clone();
    let id: SetId = id.parse().map_err(|_| reader.no_such("set"))?;
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let wrong =
        |field: &str, detail: &str| reader.refuse(Problem::invalid(vec![FieldError::new(field, detail)]));
    let mut rules = reader.had(app.store.study_set(user.clone(), id).await)?.rules;
    let title = typed.name("title");
    if title.is_empty() || title.chars().count() > TITLE_CHARS {
        return Err(wrong("/title", "must be a line of at most 200 characters"));
    }
    rules.exam_at = match typed.line("exam_date") {
        "" => None,
        date => {
            let zone = reader.had(app.agents.study_of(&user).await)?.days.zone;
            let date: Option<Date> = date.parse().ok();
            let moment = date.and_then(|date| date.at(EXAM_HOUR, 0, 0, 0).to_zoned(zone).ok());
            Some(moment.ok_or_else(|| wrong("/exam_date", "must be a day, such as 2026-12-01"))?.timestamp())
        }
    };
    rules.new_per_day = match typed.line("new_per_day") {
        "" => None,
        number => {
            let number = number.parse().ok().filter(|number| *number <= PER_DAY);
            Some(number.ok_or_else(|| wrong("/new_per_day", "must be a whole number from 0 to 9999"))?)
        }
    };
    reader.had(app.store.change_set(user, id, SetChange { title: Some(title), rules: Some(rules) }).await)?;
    Ok(Redirect::to(&format!("/sets/{id}")).into_response())
}

/// `POST /sets/{id}/cards`: a card that the student writes.
pub(crate) async fn add_card(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let id: SetId = id.parse().map_err(|_| reader.no_such("set"))?;
    let typed = Typed::within(&app, request, CARD_BYTES).await.map_err(|problem| reader.refuse(problem))?;
    let (question, answer) = (visible_lines(typed.text("question")), visible_lines(typed.text("answer")));
    for (field, side) in [("/question", &question), ("/answer", &answer)] {
        if side.is_empty() || side.chars().count() > crate::routes::cards::SIDE_CHARS {
            let detail = format!("must hold 1 to {} characters", crate::routes::cards::SIDE_CHARS);
            return Err(reader.refuse(Problem::invalid(vec![FieldError::new(field, detail)])));
        }
    }
    let new = NewCard {
        question,
        answer,
        explanation: None,
        topic: String::new(),
        difficulty: Difficulty::Medium,
        tags: Vec::new(),
        flag: 0,
        styling: if typed.is_on("both_ways") { CardStyling::BothWays } else { CardStyling::Basic },
    };
    reader.had(app.store.add_card(me.user().clone(), id, new, app.now()).await)?;
    Ok(Redirect::to(&format!("/sets/{id}")).into_response())
}
