//! Studying over the API: what waits, grades and their undoing, and how a student wants to study.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_agents::study::{Fit, NEEDED_REVIEWS, Study, Turn, interval_s};
use sharper_domain::preference::is_time_zone;
use sharper_domain::{Grade, Memory, StudyRules, Timestamp, UserId};
use sharper_store::study::{Grading, ReviewKind, StudyId};
use uuid::Uuid;

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::Refusal;
use crate::routes::cards::card_id;
use crate::routes::sets::{PER_DAY, retention, set_id};
use crate::routes::who::{Me, UserQuery};

/// Longest time that one card can have taken, in milliseconds: an hour. More is a closed laptop.
const TOOK_MS_MAX: u64 = 3_600_000;
/// Most steps of minutes, and the longest, in seconds.
const STEPS: (usize, u64) = (10, 86_400);
/// Longest name of a time zone, in characters.
const ZONE_CHARS: usize = 64;

/// What of what waits is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    set_id: Option<String>,
    #[serde(flatten)]
    who: UserQuery,
}

/// `GET /api/flashcards/due`: the next first.
pub(crate) async fn due(
    State(app): State<App>,
    me: Me,
    Query(wanted): Query<Wanted>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (wanted.who.user(&me)?, wanted.who.limit(50)?);
    let set = wanted.set_id.as_deref().filter(|id| !id.is_empty()).map(set_id).transpose()?;
    let sit = app.agents.sit(&user, set, limit, app.now()).await?;
    let cards: Vec<Value> = sit.turns.iter().map(told).collect();
    Ok(JsonBody(json!({"status": "success", "count": cards.len(), "cards": cards,
        "waiting": sit.waiting, "next_at": sit.next_at})))
}

/// A card with what each grade would make of it.
fn told(turn: &Turn) -> Value {
    let mut told = json!(turn.card);
    told["choices"] = json!(choices(&turn.choices));
    told
}

/// What each grade would make of a card: when it would come back.
pub(crate) fn choices(memories: &[Memory; 4]) -> Vec<Value> {
    let choice = |(grade, memory): (Grade, &Memory)| {
        json!({"rating": grade.number(), "due_at": memory.due_at, "interval_s": interval_s(memory),
            "state": memory.state})
    };
    Grade::ALL.into_iter().zip(memories).map(choice).collect()
}

/// `POST /api/flashcards/{id}/review`: `{"rating": 1–4, "session_id"?, "took_ms"?, "review_id"?, "reviewed_at"?, "seen"?}`.
/// The same `review_id` again changes nothing, so a client may send a grade until it is answered.
pub(crate) async fn review(
    State(app): State<App>,
    me: Me,
    Path(card): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, card) = (query.user(&me)?, card_id(&card)?);
    let now = app.now();
    let mut fields = Fields::of(&body);
    let grade = grade(&mut fields);
    let study = fields.parsed("session_id", "a UUID").map(StudyId);
    let id = fields.parsed("review_id", "a UUID").unwrap_or_else(Uuid::new_v4);
    let at = fields.parsed::<Timestamp>("reviewed_at", "a moment (RFC 3339), such as 2026-12-01T09:00:00Z");
    let seen = fields.number("seen", 0..=u32::MAX);
    let took_ms = took_ms(&mut fields).unwrap_or_default();
    fields.done()?;
    let grade = grade.expect("without a grade the fields were not right");
    // A clock that goes ahead does not move a card into the future.
    let at = at.filter(|at| *at < now).and_then(whole_micros).unwrap_or(now);
    let new = Grading { id, card, study, grade, at, took_ms, kind: ReviewKind::Card, seen };
    let graded = app.agents.grade(&user, new).await?;
    let memory = graded.card.memory;
    Ok(JsonBody(json!({
        "status": "success", "card_id": card, "rating": grade as u8, "reviewed_at": at, "review_id": id,
        "counted": graded.counted, "leech": graded.leech, "memory": memory,
        "due_at": memory.map(|memory| memory.due_at),
        "interval_s": memory.map(|memory| interval_s(&memory)),
        "choices": choices(&graded.choices),
    })))
}

/// A moment as the store keeps it.
fn whole_micros(at: Timestamp) -> Option<Timestamp> {
    Timestamp::from_microsecond(at.as_microsecond()).ok()
}

fn grade(fields: &mut Fields<'_>) -> Option<Grade> {
    let number = fields.required("rating")?.as_u64().and_then(|number| u8::try_from(number).ok());
    let wrong = "must be 1 (again), 2 (hard), 3 (good) or 4 (easy)";
    number.and_then(Grade::from_number).or_else(|| fields.wrong("rating", wrong))
}

fn took_ms(fields: &mut Fields<'_>) -> Option<u32> {
    match fields.value("took_ms")?.as_u64() {
        Some(took) => u32::try_from(took.min(TOOK_MS_MAX)).ok(),
        None => fields.wrong("took_ms", "must be a whole number of milliseconds"),
    }
}

/// `POST /api/flashcards/{id}/undo`: `{"review_id"?}`; takes back the card's last review, or that one if it is the last.
pub(crate) async fn undo(
    State(app): State<App>,
    me: Me,
    Path(card): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, card) = (query.user(&me)?, card_id(&card)?);
    let mut fields = Fields::of(&body);
    let review = fields.parsed::<Uuid>("review_id", "a UUID");
    fields.done()?;
    let (turn, undone) = app.agents.undo(&user, card, review, app.now()).await?;
    Ok(JsonBody(json!({"status": "success", "undone": undone, "card": told(&turn)})))
}

/// `GET /api/me/study`.
pub(crate) async fn read_rules(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let study = app.agents.study_of(&query.user(&me)?).await?;
    Ok(JsonBody(told_of(&study)))
}

/// `PUT /api/me/study`: what is absent stays.
pub(crate) async fn choose_rules(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let mut rules = app.agents.study_of(&user).await?.rules;
    let mut fields = Fields::of(&body);
    read_into(&mut rules, &mut fields);
    let zone = fields.line("time_zone", ZONE_CHARS);
    if zone.as_deref().is_some_and(|zone| !is_time_zone(zone)) {
        fields.wrong::<()>("time_zone", "must be the name of a time zone, such as Europe/Berlin");
    }
    fields.done()?;
    app.store.set_study_rules(user.clone(), rules, app.now()).await?;
    if let Some(zone) = zone {
        set_zone(&app, &user, zone).await?;
    }
    Ok(JsonBody(told_of(&app.agents.study_of(&user).await?)))
}

/// `POST /api/me/study/fit`: fits the weights to the student's own reviews, while it is waited for.
pub(crate) async fn fit(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let told = match app.agents.fit(&user, app.now()).await? {
        Fit::Done { reviews, loss: (before, after) } => {
            json!({"fitted": true, "reviews": reviews, "log_loss_before": before, "log_loss_after": after})
        }
        Fit::TooFew { have, needed } => json!({"fitted": false, "have": have, "needed": needed}),
    };
    Ok(JsonBody(json!({"status": "success", "fit": told})))
}

/// The time zone is one of the student's preferences.
pub(crate) async fn set_zone(app: &App, user: &UserId, zone: String) -> Result<(), Refusal> {
    let mut chosen = app.store.preferences(user.clone()).await?;
    chosen.time_zone = Some(zone);
    Ok(app.store.set_preferences(user.clone(), chosen, app.now()).await?)
}

fn told_of(study: &Study) -> Value {
    json!({
        "status": "success",
        "rules": study.rules,
        "time_zone": study.zone,
        "fit": {"weights": study.weights, "fitted_at": study.fitted_at, "reviews": study.fitted_reviews,
            "needed": NEEDED_REVIEWS},
    })
}

/// Takes the rules that fields give; what is absent stays.
pub(crate) fn read_into(rules: &mut StudyRules, fields: &mut Fields<'_>) {
    rules.desired_retention = retention(fields).unwrap_or(rules.desired_retention);
    let mut number = |name: &str, place: &mut u32, range| {
        *place = fields.number(name, range).unwrap_or(*place);
    };
    number("maximum_interval_days", &mut rules.maximum_interval_days, 1..=36_500);
    number("leech_lapses", &mut rules.leech_lapses, 0..=99);
    number("new_per_day", &mut rules.new_per_day, 0..=PER_DAY);
    number("reviews_per_day", &mut rules.reviews_per_day, 0..=PER_DAY);
    if let Some(hour) = fields.number("day_starts", 0..=23) {
        rules.day_starts = i8::try_from(hour).unwrap_or(rules.day_starts);
    }
    rules.leech_suspends = fields.flag("leech_suspends").unwrap_or(rules.leech_suspends);
    rules.bury_siblings = fields.flag("bury_siblings").unwrap_or(rules.bury_siblings);
    if let Some(steps) = steps(fields, "learning_steps") {
        rules.learning_steps = steps;
    }
    if let Some(steps) = steps(fields, "relearning_steps") {
        rules.relearning_steps = steps;
    }
}

fn steps(fields: &mut Fields<'_>, name: &str) -> Option<Vec<u32>> {
    let (most, longest) = STEPS;
    let list = fields.value(name)?;
    let steps = list.as_array().filter(|list| list.len() <= most).and_then(|list| {
        let step = |value: &Value| {
            let seconds = value.as_u64().filter(|seconds| (1..=longest).contains(seconds))?;
            u32::try_from(seconds).ok()
        };
        list.iter().map(step).collect::<Option<Vec<u32>>>()
    });
    steps.or_else(|| fields.wrong(name, format!("must be at most {most} numbers of seconds, 1 to {longest}")))
}

/// `GET /api/me/progress`: how learning goes.
pub(crate) async fn progress(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let going = app.agents.going(&query.user(&me)?, app.now()).await?;
    Ok(JsonBody(json!({"status": "success", "progress": going})))
}
