//! `/api/flashcards`: cards that a student writes, edits, looks for, and does something with, one or many at once.

use axum::Json as JsonBody;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use sharper_domain::{CardId, Difficulty, FieldError, Problem, SetId, cloze};
use sharper_store::flashcards::{CardEdit, CardFilter, CardStyling, Mark, NewCard};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::{Fields, number_of};
use crate::door::problem::{Refusal, not_found};
use crate::routes::who::{Me, UserQuery};

/// Longest side of a card, in characters.
pub(crate) const SIDE_CHARS: usize = 10_000;
/// Longest topic, in characters.
const TOPIC_CHARS: usize = 200;
/// Longest tag, in characters.
const TAG_CHARS: usize = 100;
/// Most tags of a card.
const TAGS: usize = 50;
/// Most cards of one request.
const CARDS: usize = 500;

/// `POST /api/flashcards`: one card, a pair, or a sentence with gaps.
pub(crate) async fn add(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<(StatusCode, JsonBody<Value>), Refusal> {
    let user = query.user(&me)?;
    let mut fields = Fields::of(&body);
    fields.required("set_id");
    let set = fields.parsed::<SetId>("set_id", "a UUID");
    let new = new_card(&mut fields);
    fields.done()?;
    let (Some(set), Some(new)) = (set, new) else { return Err(not_found("set").into()) };
    let cards = app.store.add_card(user, set, new, app.now()).await?;
    Ok((StatusCode::CREATED, JsonBody(json!({"status": "success", "count": cards.len(), "cards": cards}))))
}

fn new_card(fields: &mut Fields<'_>) -> Option<NewCard> {
    let style = fields.text("style").unwrap_or("basic");
    let (mut question, mut answer) = (String::new(), String::new());
    let styling = match style {
        "cloze" => {
            let text = fields.required_lines("cloze", SIDE_CHARS).unwrap_or_default();
            if !text.is_empty() && cloze::numbers(&text).is_empty() {
                fields.wrong::<()>("cloze", "must have a gap: {{c1::words}}");
            }
            CardStyling::Cloze(text)
        }
        "basic" | "reversed" => {
            question = fields.required_lines("question", SIDE_CHARS).unwrap_or_default();
            answer = fields.required_lines("answer", SIDE_CHARS).unwrap_or_default();
            if style == "basic" { CardStyling::Basic } else { CardStyling::BothWays }
        }
        _ => return fields.wrong("style", "must be basic, reversed or cloze"),
    };
    let difficulty = fields.parsed::<Difficulty>("difficulty", "easy, medium or hard");
    Some(NewCard {
        question,
        answer,
        explanation: fields.lines("explanation", SIDE_CHARS),
        topic: fields.line("topic", TOPIC_CHARS).unwrap_or_default(),
        difficulty: difficulty.unwrap_or(Difficulty::Medium),
        tags: tags(fields, "tags").unwrap_or_default(),
        flag: flag(fields).unwrap_or_default(),
        styling,
    })
}

fn flag(fields: &mut Fields<'_>) -> Option<u8> {
    fields.number("flag", 0..=7).and_then(|flag| u8::try_from(flag).ok())
}

/// Tags: words without spaces, each once.
fn tags(fields: &mut Fields<'_>, name: &str) -> Option<Vec<String>> {
    let list = fields.value(name)?;
    let texts = list.as_array().filter(|list| list.len() <= TAGS).and_then(|list| {
        list.iter().map(|tag| tag.as_str().and_then(tag_of)).collect::<Option<Vec<String>>>()
    });
    let wrong = format!("must be at most {TAGS} tags of at most {TAG_CHARS} characters, without spaces");
    let mut all = texts.or_else(|| fields.wrong(name, wrong))?;
    let mut once = Vec::new();
    all.retain(|tag| {
        !once.contains(tag) && {
            once.push(tag.clone());
            true
        }
    });
    Some(all)
}

/// A text as a tag, if it can be one.
pub(crate) fn tag_of(text: &str) -> Option<String> {
    let fits = (1..=TAG_CHARS).contains(&text.chars().count())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    fits.then(|| text.to_owned())
}

/// `GET /api/flashcards/{id}`: a card, with what each grade would make of it.
pub(crate) async fn get(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, card_id(&id)?);
    let turn = app.agents.turn(&user, id, app.now()).await?;
    let reviews = app.store.reviews_of_card(user, id).await?;
    let reviews: Vec<Value> = reviews
        .iter()
        .map(|one| json!({"rating": one.grade.number(), "reviewed_at": one.at, "took_ms": one.took_ms}))
        .collect();
    let choices = super::study::choices(&turn.choices);
    Ok(JsonBody(json!({"status": "success", "card": turn.card, "choices": choices, "reviews": reviews})))
}

/// `PUT /api/flashcards/{id}`: what is absent stays. Id, reviews and memory do in any case.
pub(crate) async fn change(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, card_id(&id)?);
    let mut fields = Fields::of(&body);
    let mut side = |name: &str| {
        if fields.has(name) { fields.required_lines(name, SIDE_CHARS) } else { None }
    };
    let (question, answer, text) = (side("question"), side("answer"), side("cloze"));
    let explanation =
        fields.has("explanation").then(|| fields.lines("explanation", SIDE_CHARS).unwrap_or_default());
    let topic = fields.line("topic", TOPIC_CHARS);
    let tags = tags(&mut fields, "tags");
    fields.done()?;
    let change = CardEdit { question, answer, explanation, topic, tags, cloze: text };
    let card = app.store.edit_card(user, id, change, app.now()).await?;
    Ok(JsonBody(json!({"status": "success", "card": card})))
}

/// `DELETE /api/flashcards/{id}`.
pub(crate) async fn remove(
    State(app): State<App>,
    me: Me,
    Path(id): Path<String>,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, id) = (query.user(&me)?, card_id(&id)?);
    app.store.mark_cards(user, vec![id], Mark::Delete, app.now()).await?;
    Ok(JsonBody(json!({"status": "success", "message": "The card is deleted.", "card_id": id})))
}

pub(crate) fn card_id(text: &str) -> Result<CardId, Refusal> {
    text.parse().map_err(|_| not_found("card").into())
}

/// `POST /api/flashcards/batch`: `{"ids", "action", …}`, all or none.
pub(crate) async fn batch(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let day_ends = app.agents.study_of(&user).await?.day(app.now()).1;
    let mut fields = Fields::of(&body);
    let ids = ids(&mut fields);
    let action = fields.required("action").and_then(|_| fields.text("action"));
    let mark = match action {
        Some("suspend") => Some(Mark::Suspend(true)),
        Some("unsuspend") => Some(Mark::Suspend(false)),
        Some("bury") => Some(Mark::Bury(Some(day_ends))),
        Some("unbury") => Some(Mark::Bury(None)),
        Some("flag") => {
            fields.required("flag");
            flag(&mut fields).map(Mark::Flag)
        }
        Some(word @ ("tag" | "untag")) => {
            fields.required("tags");
            tags(&mut fields, "tags")
                .map(|tags| if word == "tag" { Mark::Tag(tags) } else { Mark::Untag(tags) })
        }
        Some("move") => {
            fields.required("set_id");
            fields.parsed("set_id", "a UUID").map(Mark::Move)
        }
        Some("merge") => Some(Mark::Merge),
        Some("delete") => Some(Mark::Delete),
        Some(_) => fields.wrong(
            "action",
            "must be suspend, unsuspend, bury, unbury, flag, tag, untag, move, merge or delete",
        ),
        None => None,
    };
    fields.done()?;
    let (Some(ids), Some(mark)) = (ids, mark) else { return Err(not_found("card").into()) };
    let cards = app.store.mark_cards(user, ids, mark, app.now()).await?;
    Ok(JsonBody(json!({"status": "success", "count": cards.len(), "cards": cards})))
}

fn ids(fields: &mut Fields<'_>) -> Option<Vec<CardId>> {
    let list = fields.required("ids")?;
    let ids = list
        .as_array()
        .filter(|list| (1..=CARDS).contains(&list.len()))
        .and_then(|list| list.iter().map(|id| id.as_str()?.parse().ok()).collect::<Option<Vec<CardId>>>());
    ids.or_else(|| fields.wrong("ids", format!("must be 1 to {CARDS} ids of cards")))
}

/// What cards are looked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    query: Option<String>,
    set_id: Option<String>,
    tag: Option<String>,
    flag: Option<String>,
    state: Option<String>,
    due: Option<String>,
    suspended: Option<String>,
    leech: Option<String>,
    offset: Option<String>,
    #[serde(flatten)]
    who: UserQuery,
}

/// Longest query, in characters.
const QUERY_CHARS: usize = 200;

/// `GET /api/flashcards/search`.
pub(crate) async fn search(
    State(app): State<App>,
    me: Me,
    Query(wanted): Query<Wanted>,
) -> Result<JsonBody<Value>, Refusal> {
    let (user, limit) = (wanted.who.user(&me)?, wanted.who.limit(50)?);
    let offset = number_of(wanted.offset.as_deref(), "offset", 0, 0..=1_000_000)?;
    let day_ends = app.agents.study_of(&user).await?.day(app.now()).1;
    let filter = filter(&wanted, day_ends)?;
    let found = app.store.find_cards(user, filter, offset, limit).await?;
    Ok(JsonBody(json!({"status": "success", "total": found.total, "count": found.cards.len(),
        "cards": found.cards})))
}

fn filter(wanted: &Wanted, day_ends: sharper_domain::Timestamp) -> Result<CardFilter, Refusal> {
    let wrong = |name: &str, what: &str| Problem::invalid(vec![FieldError::new(format!("/{name}"), what)]);
    let said = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let flag = |name: &str, text: &Option<String>| match said(text).as_deref() {
        None => Ok(None),
        Some("true" | "1") => Ok(Some(true)),
        Some("false" | "0") => Ok(Some(false)),
        Some(_) => Err(wrong(name, "must be true or false")),
    };
    let query = said(&wanted.query).unwrap_or_default();
    if query.chars().count() > QUERY_CHARS {
        return Err(wrong("query", "must be at most 200 characters long").into());
    }
    let state = said(&wanted.state).map(|word| word.parse());
    let state =
        state.transpose().map_err(|()| wrong("state", "must be new, learning, review or relearning"))?;
    let number = said(&wanted.flag).map(|text| text.parse::<u8>().ok().filter(|flag| *flag <= 7));
    let number = match number {
        Some(None) => return Err(wrong("flag", "must be a whole number from 0 to 7").into()),
        number => number.flatten(),
    };
    Ok(CardFilter {
        query,
        set: said(&wanted.set_id).map(|id| super::sets::set_id(&id)).transpose()?,
        tag: said(&wanted.tag),
        flag: number,
        state,
        due_before: flag("due", &wanted.due)?.unwrap_or_default().then_some(day_ends),
        suspended: flag("suspended", &wanted.suspended)?,
        leech: flag("leech", &wanted.leech)?,
    })
}
