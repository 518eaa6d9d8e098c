//! `/api/me/preferences`: how a student wants things made: what they chose, what was learned, and what counts.

use axum::Json as JsonBody;
use axum::extract::{Query, State};
use serde_json::{Value, json};
use sharper_domain::preference::{DAILY_CARDS_MAX, is_time_zone};
use sharper_domain::request::COUNT_MAX;
use sharper_domain::{Preferences, QuestionKind, UserId};

use crate::App;
use crate::door::body::Json;
use crate::door::fields::Fields;
use crate::door::problem::Refusal;
use crate::routes::who::{Me, UserQuery};

/// Longest name of a time zone, in characters.
const ZONE_CHARS: usize = 64;

/// `GET /api/me/preferences`.
pub(crate) async fn read(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
) -> Result<JsonBody<Value>, Refusal> {
    Ok(JsonBody(told(&app, query.user(&me)?).await?))
}

/// `PUT /api/me/preferences`: what is absent stays, null gives it back to what is learned.
pub(crate) async fn choose(
    State(app): State<App>,
    me: Me,
    Query(query): Query<UserQuery>,
    Json(body): Json,
) -> Result<JsonBody<Value>, Refusal> {
    let user = query.user(&me)?;
    let mut fields = Fields::of(&body);
    let mut chosen = app.store.preferences(user.clone()).await?;
    read_into(&mut chosen, &mut fields);
    fields.done()?;
    app.store.set_preferences(user.clone(), chosen, app.now()).await?;
    Ok(JsonBody(told(&app, user).await?))
}

async fn told(app: &App, user: UserId) -> Result<Value, Refusal> {
    let profile = app.agents.profile_of(&user).await?;
    Ok(json!({
        "status": "success",
        "preferences": profile.chosen,
        "learned": profile.learned,
        "effective": profile.effective,
    }))
}

fn read_into(chosen: &mut Preferences, fields: &mut Fields<'_>) {
    if fields.has("difficulty") {
        chosen.difficulty = fields.parsed("difficulty", "easy, medium, hard or adaptive");
    }
    if fields.has("count") {
        chosen.count = fields.number("count", 1..=COUNT_MAX);
    }
    if fields.has("question_types") {
        chosen.question_types = question_types(fields);
    }
    if fields.has("summary_length") {
        chosen.summary_length = fields.parsed("summary_length", "short, medium or long");
    }
    if fields.has("summary_style") {
        chosen.summary_style = fields.parsed("summary_style", "bullet_points, paragraph or outline");
    }
    if fields.has("language") {
        chosen.language = fields.parsed("language", "the tag of a language, such as en or pt-BR");
    }
    if fields.has("detail") {
        chosen.detail = fields.parsed("detail", "brief, normal or thorough");
    }
    if fields.has("daily_cards") {
        chosen.daily_cards = fields.number("daily_cards", 1..=DAILY_CARDS_MAX);
    }
    if fields.has("time_zone") {
        let zone = fields.line("time_zone", ZONE_CHARS);
        chosen.time_zone = match zone {
            Some(zone) if !is_time_zone(&zone) => {
                fields.wrong("time_zone", "must be the name of a time zone, such as Europe/Berlin")
            }
            zone => zone,
        };
    }
}

/// Types of a quiz's questions, each once; an empty list is the same as none.
fn question_types(fields: &mut Fields<'_>) -> Option<Vec<QuestionKind>> {
    let list = fields.value("question_types")?;
    let kinds: Option<Vec<QuestionKind>> = list.as_array().and_then(|list| {
        let kind = |value: &Value| {
            let kind = value.as_str()?.parse().ok()?;
            QuestionKind::QUIZ.contains(&kind).then_some(kind)
        };
        list.iter().map(kind).collect()
    });
    let Some(mut kinds) = kinds else {
        return fields.wrong("question_types", "must be a list of multiple_choice, true_false, short_answer");
    };
    kinds.sort_unstable();
    kinds.dedup();
    Some(kinds).filter(|kinds| !kinds.is_empty())
}
