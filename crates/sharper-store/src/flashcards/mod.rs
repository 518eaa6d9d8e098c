//! Flashcards and the sets they are in.

mod add;
mod cards;
mod deck;
mod edit;
mod marks;
mod merge;
mod recent;
mod rows;
mod search;
mod sets;

pub use self::add::{CardStyling, NewCard};
pub(crate) use self::cards::{Light, light, one as study_card, study_cards};
pub use self::deck::Imported;
pub use self::edit::CardEdit;
pub use self::marks::Mark;
pub use self::recent::RecentSet;
pub use self::search::{CardFilter, CardState, FoundCards};
pub use self::sets::SetChange;
pub(crate) use self::sets::study_set;

use std::collections::HashMap;

use sharper_domain::{CardId, Flashcard, FlashcardSet, MaterialId, NoteId, SetId, Source, UserId};

use crate::conn::{Conn, Row, Sql, Value, params};
use crate::{Store, StoreError};

/// A card that the student has: what it asks and what it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCard {
    /// Which.
    pub id: CardId,
    /// The front.
    pub question: String,
    /// The back.
    pub answer: String,
}

/// How many items of each kind a user has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ContentStats {
    /// Cards.
    pub flashcards: u64,
    /// Quizzes.
    pub quizzes: u64,
    /// Exams.
    pub exams: u64,
    /// Summaries.
    pub summaries: u64,
}

const INSERT_CARD: &str = "INSERT INTO flashcards \
    (id, set_id, user_id, position, question, answer, explanation, topic, difficulty, form, author, \
     source_note_id, source_note_version, source_start, source_end, source_quote, verdict, created_at, group_id) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $1)";
const REPLACE_CARD: &str = "UPDATE flashcards SET question = $3, answer = $4, explanation = $5, topic = $6, \
    difficulty = $7, form = $8, author = $9, source_note_id = $10, source_note_version = $11, source_start = $12, \
    source_end = $13, source_quote = $14, verdict = $15 WHERE user_id = $1 AND id = $2";
macro_rules! select_sets {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_id, note_id, title, created_at, exam_at, desired_retention, new_per_day, reviews_per_day, \
             (SELECT count(*) FROM flashcards c WHERE c.set_id = flashcard_sets.id AND c.hidden_at IS NULL) AS card_count \
             FROM flashcard_sets ",
            $rest
        )
    };
}
macro_rules! select_cards {
    ($rest:literal) => {
        concat!(
            "SELECT id, set_id, position, question, answer, explanation, topic, difficulty, form, author, \
             source_note_id, source_note_version, source_start, source_end, source_quote, verdict, created_at \
             FROM flashcards ",
            $rest
        )
    };
}
const SETS: &str = select_sets!("WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2");
const SET: &str = select_sets!("WHERE user_id = $1 AND id = $2");
const CARDS: &str =
    select_cards!("WHERE user_id = $1 AND set_id = $2 AND hidden_at IS NULL ORDER BY position");
/// SQLite would look through all cards of the user, for want of statistics.
const CARDS_OF_SETS: Sql = Sql::each(
    select_cards!(
        "INDEXED BY flashcards_of_set WHERE user_id = $1 AND hidden_at IS NULL \
         AND set_id IN (SELECT value FROM json_each($2)) ORDER BY set_id, position"
    ),
    select_cards!(
        "WHERE user_id = $1 AND hidden_at IS NULL \
         AND set_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($2)) ORDER BY set_id, position"
    ),
);
const HIDDEN: Sql = Sql::each(
    select_cards!("WHERE user_id = $1 AND hidden_at IS NOT NULL AND id IN (SELECT value FROM json_each($2))"),
    select_cards!(
        "WHERE user_id = $1 AND hidden_at IS NOT NULL \
         AND id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($2))"
    ),
);
const RECENT: &str =
    select_cards!("WHERE user_id = $1 AND hidden_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $2");
const KNOWN: &str = "SELECT id, question, answer FROM flashcards WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2";
const KNOWN_OF_NOTES: Sql = Sql::each(
    "SELECT id, question, answer FROM flashcards WHERE user_id = $1 \
     AND source_note_id IN (SELECT value FROM json_each($3)) ORDER BY created_at DESC, id DESC LIMIT $2",
    "SELECT id, question, answer FROM flashcards WHERE user_id = $1 \
     AND source_note_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($3)) \
     ORDER BY created_at DESC, id DESC LIMIT $2",
);
const STATS: &str = "SELECT \
    (SELECT count(*) FROM flashcards WHERE user_id = $1 AND hidden_at IS NULL) AS flashcards, \
    (SELECT count(*) FROM quizzes WHERE user_id = $1) AS quizzes, \
    (SELECT count(*) FROM exams WHERE user_id = $1) AS exams, \
    (SELECT count(*) FROM summaries WHERE user_id = $1) AS summaries";

/// Keeps the cards of a set whose row is there.
pub(crate) fn add_cards(
    conn: &mut Conn<'_>,
    user: &UserId,
    set: SetId,
    cards: &[Flashcard],
) -> Result<(), StoreError> {
    for card in cards {
        if card.set_id != set {
            return Err(StoreError::internal("a card is kept with its own set"));
        }
        add_card(conn, user, card)?;
    }
    Ok(())
}

fn add_card(conn: &mut Conn<'_>, user: &UserId, card: &Flashcard) -> Result<(), StoreError> {
    let source = card.source.as_ref();
    let values = params![
        card.id,
        card.set_id,
        user,
        card.position,
        card.question.as_str(),
        card.answer.as_str(),
        card.explanation.as_deref(),
        card.topic.as_str(),
        card.difficulty,
        word(&card.form)?,
        card.author,
        source.map(|source| source.note_id),
        source.map(|source| source.note_version),
        source.map(|source| byte(source.start)).transpose()?,
        source.map(|source| byte(source.end)).transpose()?,
        source.map(|source| source.quote.as_str()),
        card.verdict.as_ref().map(Value::json).transpose()?,
        card.created_at,
    ];
    conn.execute(INSERT_CARD, values).map(drop)
}

/// The cards of several sets, in their order.
pub(crate) fn cards_of_sets(
    conn: &mut Conn<'_>,
    user: &UserId,
    sets: &[MaterialId],
) -> Result<HashMap<MaterialId, Vec<Flashcard>>, StoreError> {
    let mut of_set: HashMap<MaterialId, Vec<Flashcard>> = HashMap::new();
    for row in conn.query(CARDS_OF_SETS, params![user, Value::json(&sets)?])? {
        let card = read_card(&row)?;
        of_set.entry(MaterialId(card.set_id.0)).or_default().push(card);
    }
    Ok(of_set)
}

/// Those of these cards that the user turned down.
pub(crate) fn hidden(conn: &mut Conn<'_>, user: &UserId, ids: Value) -> Result<Vec<Flashcard>, StoreError> {
    conn.query(HIDDEN, params![user, ids])?.iter().map(read_card).collect()
}

/// Writes a card anew in the place of the one with its id, if that is there: the set, the place in it and the day it was
/// made stay.
pub(crate) fn replace(conn: &mut Conn<'_>, user: &UserId, card: &Flashcard) -> Result<bool, StoreError> {
    let source = card.source.as_ref().ok_or_else(|| StoreError::internal("a card is quoted from a note"))?;
    let values = params![
        user,
        card.id,
        card.question.as_str(),
        card.answer.as_str(),
        card.explanation.as_deref(),
        card.topic.as_str(),
        card.difficulty,
        word(&card.form)?,
        card.author,
        source.note_id,
        source.note_version,
        byte(source.start)?,
        byte(source.end)?,
        source.quote.as_str(),
        card.verdict.as_ref().map(Value::json).transpose()?,
    ];
    Ok(conn.execute(REPLACE_CARD, values)? > 0)
}

fn byte(place: usize) -> Result<i64, StoreError> {
    i64::try_from(place).map_err(StoreError::internal)
}

/// The word that a value is in JSON.
fn word(value: &impl serde::Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        _ => Err(StoreError::internal("this is no single word")),
    }
}

fn read_set(row: &Row) -> Result<FlashcardSet, StoreError> {
    Ok(FlashcardSet {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        title: row.get("title")?,
        note_id: row.get("note_id")?,
        card_count: row.get("card_count")?,
        created_at: row.get("created_at")?,
    })
}

fn read_card(row: &Row) -> Result<Flashcard, StoreError> {
    let form = serde_json::Value::String(row.get("form")?);
    Ok(Flashcard {
        id: row.get("id")?,
        set_id: row.get("set_id")?,
        position: row.get("position")?,
        question: row.get("question")?,
        answer: row.get("answer")?,
        explanation: row.get("explanation")?,
        topic: row.get("topic")?,
        difficulty: row.get("difficulty")?,
        form: serde_json::from_value(form).map_err(StoreError::corrupt)?,
        source: read_source(row)?,
        verdict: row.json_opt("verdict")?,
        author: row.get("author")?,
        created_at: row.get("created_at")?,
    })
}

fn read_source(row: &Row) -> Result<Option<Source>, StoreError> {
    let Some(note_id) = row.get("source_note_id")? else { return Ok(None) };
    Ok(Some(Source {
        note_id,
        note_version: row.get("source_note_version")?,
        start: row.get("source_start")?,
        end: row.get("source_end")?,
        quote: row.get("source_quote")?,
    }))
}

/// A set of the user's.
///
/// # Errors
/// `NotFound`.
pub fn set(conn: &mut Conn<'_>, user: &UserId, id: SetId) -> Result<FlashcardSet, StoreError> {
    read_set(&conn.query_one(SET, params![user, id])?)
}

/// The cards that the user has already, newest first; with `notes`, only those made from them.
///
/// # Errors
/// Only the store's own.
pub fn known_cards(
    conn: &mut Conn<'_>,
    user: &UserId,
    notes: &[NoteId],
    limit: u32,
) -> Result<Vec<KnownCard>, StoreError> {
    let rows = if notes.is_empty() {
        conn.query(KNOWN, params![user, limit])?
    } else {
        conn.query(KNOWN_OF_NOTES, params![user, limit, Value::json(&notes)?])?
    };
    let known = |row: &Row| {
        Ok(KnownCard { id: row.get("id")?, question: row.get("question")?, answer: row.get("answer")? })
    };
    rows.iter().map(known).collect()
}

impl Store {
    /// The user's sets, newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn sets(&self, user: UserId, limit: u32) -> Result<Vec<FlashcardSet>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(SETS, params![&user, limit])?.iter().map(read_set).collect())
            .await
    }

    /// A set of the user's.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set(&self, user: UserId, id: SetId) -> Result<FlashcardSet, StoreError> {
        self.of(&user).read(move |conn| set(conn, &user, id)).await
    }

    /// The cards of a set, in their order.
    ///
    /// # Errors
    /// `NotFound` when the set is not the user's.
    pub async fn cards_of_set(&self, user: UserId, id: SetId) -> Result<Vec<Flashcard>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                set(conn, &user, id)?;
                conn.query(CARDS, params![&user, id])?.iter().map(read_card).collect()
            })
            .await
    }

    /// The user's cards, newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recent_flashcards(&self, user: UserId, limit: u32) -> Result<Vec<Flashcard>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(RECENT, params![&user, limit])?.iter().map(read_card).collect())
            .await
    }

    /// The cards that the user has already, newest first; with `notes`, only those made from them.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn known_cards(
        &self,
        user: UserId,
        notes: Vec<NoteId>,
        limit: u32,
    ) -> Result<Vec<KnownCard>, StoreError> {
        self.of(&user).read(move |conn| known_cards(conn, &user, &notes, limit)).await
    }

    /// How many items of each kind the user has.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn content_stats(&self, user: UserId) -> Result<ContentStats, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let row = conn.query_one(STATS, params![&user])?;
                Ok(ContentStats {
                    flashcards: row.get("flashcards")?,
                    quizzes: row.get("quizzes")?,
                    exams: row.get("exams")?,
                    summaries: row.get("summaries")?,
                })
            })
            .await
    }
}
