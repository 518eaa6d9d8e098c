//! Many cards in one statement: rows that travel as JSON, so that a deck of thousands comes in within a breath.

use serde::Serialize;
use sharper_domain::{Memory, StudyCard, UserId};
use uuid::Uuid;

use super::word;
use crate::StoreError;
use crate::conn::{Conn, Sql, Value, params};

/// Rows of one statement.
const ROWS: usize = 500;

/// The databases differ in what they keep ids and JSON as.
macro_rules! insert_cards {
    ($id:literal, $json:literal, $each:literal) => {
        concat!(
            "INSERT INTO flashcards (user_id, id, set_id, group_id, position, question, answer, explanation, topic, \
             difficulty, form, author, style, ordinal, cloze, tags, flag, suspended_at, anki, created_at, edited_at, \
             source_note_id, source_note_version, source_start, source_end, source_quote, verdict) \
             SELECT $1, CAST(value->>0 AS ", $id, "), CAST(value->>1 AS ", $id, "), CAST(value->>2 AS ", $id, "), \
             CAST(value->>3 AS INTEGER), value->>4, value->>5, value->>6, value->>7, value->>8, value->>9, value->>10, \
             value->>11, CAST(value->>12 AS INTEGER), value->>13, CAST(value->>14 AS ", $json, "), \
             CAST(value->>15 AS INTEGER), CAST(value->>16 AS BIGINT), CAST(value->>17 AS ", $json, "), \
             CAST(value->>18 AS BIGINT), CAST(value->>19 AS BIGINT), CAST(value->>20 AS ", $id, "), \
             CAST(value->>21 AS INTEGER), CAST(value->>22 AS INTEGER), CAST(value->>23 AS INTEGER), value->>24, \
             CAST(value->>25 AS ", $json, ") FROM ", $each, "($2) WHERE TRUE \
             ON CONFLICT (id) DO UPDATE SET question = excluded.question, answer = excluded.answer, \
             explanation = excluded.explanation, style = excluded.style, cloze = excluded.cloze, \
             tags = excluded.tags, flag = excluded.flag, anki = excluded.anki, edited_at = excluded.edited_at \
             WHERE flashcards.user_id = $1 AND (flashcards.edited_at IS NULL OR excluded.edited_at >= flashcards.edited_at)"
        )
    };
}
const INSERT: Sql = Sql::each(
    insert_cards!("TEXT", "TEXT", "json_each"),
    insert_cards!("UUID", "JSON", "json_array_elements"),
);
macro_rules! insert_memories {
    ($id:literal, $each:literal) => {
        concat!(
            "INSERT INTO card_memory (user_id, card_id, set_id, state, step, stability, difficulty, due_at, \
             last_review_at, reviews, lapses) \
             SELECT $1, c.id, c.set_id, value->>1, CAST(value->>2 AS INTEGER), \
             CAST(value->>3 AS DOUBLE PRECISION), CAST(value->>4 AS DOUBLE PRECISION), CAST(value->>5 AS BIGINT), \
             CAST(value->>6 AS BIGINT), CAST(value->>7 AS INTEGER), CAST(value->>8 AS INTEGER) \
             FROM ", $each, "($2) JOIN flashcards c ON c.id = CAST(value->>0 AS ", $id, ") AND c.user_id = $1 \
             WHERE TRUE ON CONFLICT (card_id) DO NOTHING"
        )
    };
}
const REMEMBER: Sql =
    Sql::each(insert_memories!("TEXT", "json_each"), insert_memories!("UUID", "json_array_elements"));
macro_rules! insert_reviews {
    ($id:literal, $each:literal) => {
        concat!(
            "INSERT INTO flashcard_reviews (user_id, id, card_id, grade, took_ms, reviewed_at, kind) \
             SELECT $1, CAST(value->>0 AS ",
            $id,
            "), c.id, CAST(value->>2 AS INTEGER), CAST(value->>3 AS INTEGER), \
             CAST(value->>4 AS BIGINT), 'import' \
             FROM ",
            $each,
            "($2) JOIN flashcards c ON c.id = CAST(value->>1 AS ",
            $id,
            ") AND c.user_id = $1 \
             WHERE TRUE ON CONFLICT (id) DO NOTHING"
        )
    };
}
const REVIEWS: Sql =
    Sql::each(insert_reviews!("TEXT", "json_each"), insert_reviews!("UUID", "json_array_elements"));

/// A review that came along with a card.
pub(super) struct CameAlong {
    pub(super) id: Uuid,
    pub(super) card: Uuid,
    pub(super) grade: u8,
    pub(super) took_ms: u32,
    pub(super) at: i64,
}

/// Keeps cards whose sets are there. Of one whose id is there already, what it says is changed and nothing else,
/// unless it was edited here since; `foreign` is what each was in the program that it came from.
pub(super) fn keep(
    conn: &mut Conn<'_>,
    user: &UserId,
    cards: &[(StudyCard, Option<serde_json::Value>)],
) -> Result<(), StoreError> {
    for some in cards.chunks(ROWS) {
        let rows = some.iter().map(|(card, foreign)| row(card, foreign.as_ref()));
        let rows = rows.collect::<Result<Vec<_>, StoreError>>()?;
        conn.execute(INSERT, params![user, Value::json(&rows)?])?;
    }
    let known = cards.iter().filter_map(|(card, _)| Some((card.card.id.0, card.memory?)));
    let known: Vec<(Uuid, Memory)> = known.collect();
    for some in known.chunks(ROWS) {
        let rows: Vec<_> = some.iter().map(|(id, memory)| remembered(*id, memory)).collect();
        conn.execute(REMEMBER, params![user, Value::json(&rows)?])?;
    }
    Ok(())
}

/// Keeps reviews that came along; those that are there already stay as they are.
pub(super) fn keep_reviews(
    conn: &mut Conn<'_>,
    user: &UserId,
    reviews: &[CameAlong],
) -> Result<(), StoreError> {
    for some in reviews.chunks(4 * ROWS) {
        let rows = some.iter().map(|one| (one.id, one.card, one.grade, one.took_ms, one.at));
        let rows: Vec<_> = rows.collect();
        conn.execute(REVIEWS, params![user, Value::json(&rows)?])?;
    }
    Ok(())
}

fn row(card: &StudyCard, foreign: Option<&serde_json::Value>) -> Result<Vec<serde_json::Value>, StoreError> {
    use serde_json::json;
    let StudyCard { card: it, .. } = card;
    let source = it.source.as_ref();
    Ok(vec![
        json!(it.id),
        json!(it.set_id),
        json!(card.group_id),
        json!(it.position),
        json!(clean(&it.question)),
        json!(clean(&it.answer)),
        json!(it.explanation.as_deref().map(clean)),
        json!(clean(&it.topic)),
        json!(it.difficulty),
        json!(word(&it.form)?),
        json!(it.author),
        json!(card.style),
        json!(card.ordinal),
        json!(card.cloze.as_deref().map(clean)),
        json!(text(&card.tags)?),
        json!(card.flag),
        json!(card.suspended_at.map(|at| at.as_microsecond())),
        json!(foreign.map(text).transpose()?),
        json!(it.created_at.as_microsecond()),
        json!(card.edited_at.map(|at| at.as_microsecond())),
        json!(source.map(|source| source.note_id)),
        json!(source.map(|source| source.note_version)),
        json!(source.map(|source| source.start)),
        json!(source.map(|source| source.end)),
        json!(source.map(|source| clean(&source.quote))),
        json!(it.verdict.as_ref().map(text).transpose()?),
    ])
}

fn remembered(id: Uuid, memory: &Memory) -> impl Serialize {
    let Memory { state, step, stability, difficulty, due_at, last_review_at, reviews, lapses } = *memory;
    let (due, last) = (due_at.as_microsecond(), last_review_at.as_microsecond());
    (id, state, step, stability, difficulty, due, last, reviews, lapses)
}

/// Text as it can be kept.
fn clean(text: &str) -> String {
    crate::conn::storable(text)
}

/// JSON within JSON: as the text that it is kept as.
fn text(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map(|text| clean(&text)).map_err(StoreError::internal)
}
