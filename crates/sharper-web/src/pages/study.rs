//! `/study`, `/study/{set_id}` and their forms: what waits, card by card, with or without a script.

use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sharper_agents::study::interval_s;
use sharper_domain::{CardId, Memory, Problem, ProblemCode, SetId, StudyCard};
use sharper_pages::{CardView, Grade, Review, StudyPage};
use sharper_store::feedback::NewFeedback;
use sharper_store::flashcards::{CardEdit, Mark};
use sharper_store::study::{Grading, ReviewKind, StudyId};
use uuid::Uuid;

use super::typed::{Typed, own_path};
use super::{PageRefusal, Reader, html};
use crate::App;
use crate::routes::who::Me;

/// Most cards of one page; what waits beyond them comes with the next.
const CARDS: u32 = 200;
/// Largest form with the sides of a card, in bytes.
const CARD_BYTES: usize = 64 * 1024;

/// Where a student stands, in the address.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Place {
    session: Option<String>,
    card: Option<String>,
    show: Option<String>,
    /// All cards of the set, though they do not wait.
    all: Option<String>,
    /// The card that was graded last, to be taken back.
    last: Option<String>,
}

/// `GET /study`: what waits of all sets.
pub(crate) async fn study_all(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Query(place): Query<Place>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let sit = reader.had(app.agents.sit(me.user(), None, CARDS, app.now()).await)?;
    let cards = sit.turns.iter().map(|turn| view(&reader, &turn.card, Some(&turn.choices))).collect();
    let page = StudyPage::new(reader.frame, None, cards, String::new(), Vec::new());
    Ok(html(
        StatusCode::OK,
        &page.coming_back(sit.next_at).at(
            place.card,
            place.show.is_some(),
            place.last,
            Uuid::new_v4().to_string(),
        ),
    ))
}

/// `GET /study/{set_id}`: what waits of a set; with `all`, all of it.
pub(crate) async fn study(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let user = me.user();
    let id: SetId = id.parse().map_err(|_| reader.no_such("set"))?;
    let set = reader.had(app.store.study_set(user.clone(), id).await)?.set;
    let session = match place.session.as_deref().and_then(|text| text.parse().ok()) {
        Some(session) => session,
        None => reader.had(app.store.start_study(user.clone(), id, app.now()).await)?,
    };
    let progress = reader.had(app.store.study_progress(user.clone(), session).await)?;
    let reviewed = |card: CardId| progress.reviews.iter().any(|review| review.card == card);
    let sit = reader.had(app.agents.sit(user, Some(id), CARDS, app.now()).await)?;
    // What was graded in this sitting stays part of it; what waits follows.
    let known = reader.had(app.store.study_cards_of_set(user.clone(), id).await)?;
    let mut cards: Vec<CardView> = known
        .iter()
        .filter(|card| reviewed(card.card.id) || (place.all.is_some() && card.suspended_at.is_none()))
        .map(|card| {
            let turn = sit.turns.iter().find(|turn| turn.card.card.id == card.card.id);
            view(&reader, card, turn.map(|turn| &turn.choices))
        })
        .collect();
    for turn in &sit.turns {
        let there = turn.card.card.id.to_string();
        if !cards.iter().any(|card| card.id == there) {
            cards.push(view(&reader, &turn.card, Some(&turn.choices)));
        }
    }
    let reviews = progress
        .reviews
        .iter()
        .map(|review| Review { card_id: review.card.to_string(), grade: review.grade });
    let place_of_set = (id, set.title, set.card_count == 0, place.all.is_some());
    let page =
        StudyPage::new(reader.frame, Some(place_of_set), cards, session.to_string(), reviews.collect());
    Ok(html(
        StatusCode::OK,
        &page.coming_back(sit.next_at).at(
            place.card,
            place.show.is_some(),
            place.last,
            Uuid::new_v4().to_string(),
        ),
    ))
}

fn view(reader: &Reader<'_>, card: &StudyCard, choices: Option<&[Memory; 4]>) -> CardView {
    let intervals = choices.map(|choices| choices.each_ref().map(interval_s));
    CardView::of_study(&reader.frame, card, intervals)
}

/// `POST /study/grade` and `/study/{set_id}/grade`: for a reader without a script.
pub(crate) async fn grade(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    if typed.line("card").is_empty() || typed.line("grade").is_empty() {
        let detail = "A grade needs the fields card and grade.";
        return Err(reader.refuse(Problem::new(ProblemCode::InvalidRequest, detail)));
    }
    let grade = typed.line("grade").parse().ok().and_then(Grade::from_number);
    let grade = grade.ok_or_else(|| reader.no_such("grade"))?;
    let study: Option<StudyId> = match typed.line("session") {
        "" => None,
        session => Some(session.parse().map_err(|_| reader.no_such("session"))?),
    };
    let card: CardId = typed.line("card").parse().map_err(|_| reader.no_such("card"))?;
    // A form that is sent twice is one grade.
    let id = typed.line("review").parse().unwrap_or_else(|_| Uuid::new_v4());
    let (kind, at) = (ReviewKind::Card, app.now());
    let review = Grading { id, card, study, grade, at, took_ms: 0, kind, seen: None };
    reader.had(app.agents.grade(me.user(), review).await)?;
    Ok(Redirect::to(&with(&back(&typed), &format!("last={card}"))).into_response())
}

/// `POST /study/undo`: takes the last grade of a card back.
pub(crate) async fn undo(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::of(&app, request).await.map_err(|problem| reader.refuse(problem))?;
    let card: CardId = typed.line("card").parse().map_err(|_| reader.no_such("card"))?;
    reader.had(app.agents.undo(me.user(), card, None, app.now()).await)?;
    Ok(Redirect::to(&back(&typed)).into_response())
}

/// `POST /study/card`: does something with the card in hand: buries, suspends, flags, turns down or rewrites it.
pub(crate) async fn card(
    State(app): State<App>,
    me: Me,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, PageRefusal> {
    let reader = Reader::of(&app, &me, &headers);
    let typed = Typed::within(&app, request, CARD_BYTES).await.map_err(|problem| reader.refuse(problem))?;
    let card: CardId = typed.line("card").parse().map_err(|_| reader.no_such("card"))?;
    let (user, now) = (me.user().clone(), app.now());
    let mark = match typed.line("action") {
        "bury" => Mark::Bury(Some(reader.had(app.agents.study_of(&user).await)?.day(now).1)),
        "suspend" => Mark::Suspend(true),
        "flag" => Mark::Flag(1),
        "unflag" => Mark::Flag(0),
        "wrong" => {
            let new = NewFeedback {
                content_type: "flashcard".to_owned(),
                content_id: card.to_string(),
                rating: 1,
                feedback_text: None,
                issues: vec!["wrong".to_owned()],
            };
            reader.had(app.store.add_feedback(user, new, now).await)?;
            return Ok(Redirect::to(&back(&typed)).into_response());
        }
        "edit" => {
            let said = |name: &str| {
                Some(sharper_domain::visible_lines(typed.text(name))).filter(|text| !text.is_empty())
            };
            let change = CardEdit {
                question: said("question"),
                answer: said("answer"),
                cloze: said("cloze"),
                ..CardEdit::default()
            };
            reader.had(app.store.edit_card(user, card, change, now).await)?;
            return Ok(Redirect::to(&back(&typed)).into_response());
        }
        _ => return Err(reader.no_such("action")),
    };
    reader.had(app.store.mark_cards(user, vec![card], mark, now).await)?;
    Ok(Redirect::to(&back(&typed)).into_response())
}

/// Where the student was.
fn back(typed: &Typed) -> String {
    let path = own_path(typed.line("back"));
    if path.starts_with("/study") { path } else { "/study".to_owned() }
}

fn with(path: &str, query: &str) -> String {
    format!("{path}{}{query}", if path.contains('?') { '&' } else { '?' })
}
