//! Passages: where the passage of each item stands in its note now, and whether it still stands there.
//!
//! A row is written with the item, in one transaction, and moved with each edit of the note. The item keeps its source as
//! it was when it was made; a row that cannot be moved is stale, and keeps the place where its passage would be.

mod place;
mod rejected;
mod remake;

use std::collections::HashMap;

use sharper_domain::{Item, Material, MaterialId, NoteId, Source, Span, TaskKind, Timestamp, UserId};
use uuid::Uuid;

pub use self::place::{Moved, Rewriting, move_all};
pub use self::remake::Remade;
pub(crate) use self::remake::replace;
use crate::conn::{Conn, Row, Sql, Value, params};
use crate::{Store, StoreError, material};

/// Passages that are shown of a note, or of a user, at once.
pub const SHOWN: u32 = 500;
/// Passages of one note that are moved with an edit: far more than anybody has.
const MOVED: u32 = 20_000;

/// Where a passage stands: enough to move it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The kind of what it belongs to.
    pub kind: TaskKind,
    /// What it belongs to: a set, a quiz, a summary, …
    pub material_id: MaterialId,
    /// The item's place in that, from 1.
    pub number: u32,
    /// Which of the item's sources, from 1.
    pub place: u32,
    /// The card's or the question's own id; `None` of what has none.
    pub item_id: Option<Uuid>,
    /// The note that it stands in.
    pub note_id: NoteId,
    /// The version of the note that `span` counts in.
    pub note_version: i32,
    /// Where. Of a stale one: where it would be; empty where nothing is left in its place.
    pub span: Span,
    /// Since when it is not there any more.
    pub stale_since: Option<Timestamp>,
}

/// A passage with its item, as it is shown beside the note.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Where it stands.
    pub spot: Spot,
    /// The title of what the item is a part of.
    pub title: String,
    /// The item, as it was made.
    pub item: Item,
    /// The source that this passage was.
    pub source: Source,
}

impl Placed {
    /// A line that tells which item it is: a question, a point, a term.
    pub fn front(&self) -> &str {
        self.item.sides().0
    }

    /// Whether it can be written anew by itself: a card, or a question of a quiz.
    pub fn is_remade_alone(&self) -> bool {
        matches!(self.spot.kind, TaskKind::FlashcardGeneration | TaskKind::QuizGeneration)
    }

    /// Whether the passage is not there any more.
    pub fn is_stale(&self) -> bool {
        self.spot.stale_since.is_some()
    }
}

const INSERT: &str = "INSERT INTO passages \
    (user_id, kind, material_id, number, place, item_id, note_id, note_version, span_start, span_end, stale_since) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL)";
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT kind, material_id, number, place, item_id, note_id, note_version, span_start, span_end, stale_since \
             FROM passages p ",
            $rest
        )
    };
}
const OF_NOTE: &str = select!(
    "WHERE user_id = $1 AND note_id = $2 ORDER BY span_start, span_end, material_id, number, place LIMIT $3"
);
const STALE: &str = select!(
    "WHERE user_id = $1 AND stale_since IS NOT NULL AND EXISTS (SELECT 1 FROM notes n \
     WHERE n.id = p.note_id AND n.user_id = p.user_id AND n.deleted_at IS NULL) \
     ORDER BY stale_since DESC, note_id, span_start, material_id, number, place LIMIT $2"
);
const STALE_OF_NOTE: &str = select!(
    "WHERE user_id = $1 AND note_id = $2 AND stale_since IS NOT NULL \
     ORDER BY span_start, span_end, material_id, number, place LIMIT $3"
);
macro_rules! stale_in {
    ($ids:literal) => {
        concat!(
            "SELECT DISTINCT item_id FROM passages WHERE user_id = $1 AND stale_since IS NOT NULL \
             AND item_id IS NOT NULL AND material_id IN (",
            $ids,
            ")"
        )
    };
}
const STALE_IN: Sql = Sql::each(
    stale_in!("SELECT value FROM json_each($2)"),
    stale_in!("SELECT CAST(value AS UUID) FROM json_array_elements_text($2)"),
);
const COUNT_STALE: &str = "SELECT count(*) AS items FROM (SELECT DISTINCT material_id, number FROM passages \
    WHERE user_id = $1 AND note_id = $2 AND stale_since IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM flashcards c WHERE c.id = item_id AND c.hidden_at IS NOT NULL) \
    AND NOT EXISTS (SELECT 1 FROM quiz_questions q WHERE q.id = item_id AND q.hidden_at IS NOT NULL)) AS stale";
/// Notes that have passages which were not moved to their newest version.
const BEHIND: &str = "SELECT DISTINCT p.note_id FROM passages p JOIN notes n ON n.id = p.note_id AND n.user_id = p.user_id \
    WHERE p.user_id = $1 AND n.deleted_at IS NULL AND p.note_version < n.version LIMIT $2";

/// Writes down where the passages of new material stand.
pub(crate) fn keep(conn: &mut Conn<'_>, made: &Material) -> Result<(), StoreError> {
    for (item, number) in made.items().iter().zip(1i64..) {
        for (source, place) in item.sources().iter().zip(1i64..) {
            conn.execute(
                INSERT,
                params![
                    &made.user_id,
                    made.kind(),
                    made.id,
                    number,
                    place,
                    id_of(item),
                    source.note_id,
                    source.note_version,
                    byte(source.start)?,
                    byte(source.end)?,
                ],
            )?;
        }
    }
    Ok(())
}

/// The id of an item that has one of its own.
pub fn id_of(item: &Item) -> Option<Uuid> {
    match item {
        Item::Card(card) => Some(card.id.0),
        Item::Question(question) => Some(question.id.0),
        _ => None,
    }
}

pub(crate) fn byte(place: usize) -> Result<i64, StoreError> {
    i64::try_from(place).map_err(StoreError::internal)
}

fn read(row: &Row) -> Result<Spot, StoreError> {
    Ok(Spot {
        kind: row.get("kind")?,
        material_id: row.get("material_id")?,
        number: row.get("number")?,
        place: row.get("place")?,
        item_id: row.get("item_id")?,
        note_id: row.get("note_id")?,
        note_version: row.get("note_version")?,
        span: Span { start: row.get("span_start")?, end: row.get("span_end")? },
        stale_since: row.get("stale_since")?,
    })
}

fn spots(conn: &mut Conn<'_>, user: &UserId, note: NoteId, most: u32) -> Result<Vec<Spot>, StoreError> {
    conn.query(OF_NOTE, params![user, note, most])?.iter().map(read).collect()
}

/// Passages with their items. Those whose material is not there any more are left out.
fn placed(conn: &mut Conn<'_>, user: &UserId, spots: Vec<Spot>) -> Result<Vec<Placed>, StoreError> {
    let mut wanted: HashMap<TaskKind, Vec<MaterialId>> = HashMap::new();
    for spot in &spots {
        let ids = wanted.entry(spot.kind).or_default();
        if !ids.contains(&spot.material_id) {
            ids.push(spot.material_id);
        }
    }
    let mut found: HashMap<MaterialId, (String, Vec<Item>)> = HashMap::new();
    for (kind, ids) in wanted {
        for one in material::by_ids(conn, user, kind, &ids)? {
            found.insert(one.id, (one.title.clone(), one.items()));
        }
    }
    let with_item = |spot: Spot| {
        let (title, items) = found.get(&spot.material_id)?;
        let at = |number: u32| items.get(usize::try_from(number).ok()?.checked_sub(1)?);
        let item = match spot.item_id {
            Some(id) => items.iter().find(|item| id_of(item) == Some(id))?,
            None => at(spot.number)?,
        };
        let source = item.sources().get(usize::try_from(spot.place).ok()?.checked_sub(1)?)?;
        Some(Placed { spot, title: title.clone(), source: source.clone(), item: item.clone() })
    };
    Ok(spots.into_iter().filter_map(with_item).collect())
}

impl Store {
    /// Where all passages of a note stand, in the order of the text, without their items.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn spots_of_note(&self, user: UserId, note: NoteId) -> Result<Vec<Spot>, StoreError> {
        self.of(&user).read(move |conn| spots(conn, &user, note, MOVED)).await
    }

    /// What was made from a note, passage by passage in the order of the text; at most `SHOWN`. A row may count in an
    /// older version of the note until it is settled.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn passages_of_note(&self, user: UserId, note: NoteId) -> Result<Vec<Placed>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let spots = spots(conn, &user, note, SHOWN)?;
                placed(conn, &user, spots)
            })
            .await
    }

    /// The passages that are not there any more, of one note in the order of the text or of all notes with the newest
    /// first; at most `SHOWN`. Notes in the bin have none.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn stale_items(&self, user: UserId, note: Option<NoteId>) -> Result<Vec<Placed>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let rows = match note {
                    Some(note) => conn.query(STALE_OF_NOTE, params![&user, note, SHOWN])?,
                    None => conn.query(STALE, params![&user, SHOWN])?,
                };
                let spots = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
                placed(conn, &user, spots)
            })
            .await
    }

    /// The cards and questions of these sets and quizzes that are stale.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn stale_in(&self, user: UserId, materials: Vec<MaterialId>) -> Result<Vec<Uuid>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let rows = conn.query(STALE_IN, params![&user, Value::json(&materials)?])?;
                rows.iter().map(|row| row.get("item_id")).collect()
            })
            .await
    }

    /// How many items of a note are stale.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn count_stale(&self, user: UserId, note: NoteId) -> Result<u32, StoreError> {
        self.of(&user).read(move |conn| count_stale(conn, &user, note)).await
    }

    /// Notes of the user's with passages that count in an older version than the newest; at most so many.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn notes_behind(&self, user: UserId, most: u32) -> Result<Vec<NoteId>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let rows = conn.query(BEHIND, params![&user, most])?;
                rows.iter().map(|row| row.get("note_id")).collect()
            })
            .await
    }
}

/// How many items of a note are stale; an item with several passages counts once.
pub(crate) fn count_stale(conn: &mut Conn<'_>, user: &UserId, note: NoteId) -> Result<u32, StoreError> {
    conn.query_one(COUNT_STALE, params![user, note])?.get("items")
}
