//! Reading cards with all that is known of them: what was done with each, and what is remembered of it.

use sharper_domain::{CardId, Memory, MemoryState, SetId, StudyCard, Timestamp, UserId};
use uuid::Uuid;

use super::read_card;
use crate::conn::{Conn, Row, Sql, Value, params};
use crate::{Store, StoreError};

macro_rules! select_study {
    ($rest:expr) => {
        concat!(
            "SELECT c.id, c.set_id, c.position, c.question, c.answer, c.explanation, c.topic, c.difficulty, c.form, \
             c.author, c.source_note_id, c.source_note_version, c.source_start, c.source_end, c.source_quote, \
             c.verdict, c.created_at, c.style, c.group_id, c.ordinal, c.cloze, c.tags, c.flag, c.suspended_at, \
             c.buried_until, c.leech_at, c.edited_at, m.state, m.step, m.stability, m.difficulty AS hardness, m.due_at, \
             m.last_review_at, m.reviews, m.lapses \
             FROM flashcards c LEFT JOIN card_memory m ON m.card_id = c.id WHERE c.user_id = $1 ",
            $rest
        )
    };
}
const ONE: &str = select_study!("AND c.id = $2 AND c.hidden_at IS NULL");
const OF_GROUP: &str = select_study!("AND c.group_id = $2 AND c.hidden_at IS NULL ORDER BY c.ordinal");
const OF_SET: &str = select_study!("AND c.set_id = $2 AND c.hidden_at IS NULL ORDER BY c.position, c.id");
const BY_IDS: Sql = Sql::each(
    select_study!("AND c.hidden_at IS NULL AND c.id IN (SELECT value FROM json_each($2))"),
    select_study!(
        "AND c.hidden_at IS NULL AND c.id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($2))"
    ),
);

/// What is remembered of a card, where a row has it.
pub(crate) fn read_memory(row: &Row) -> Result<Option<Memory>, StoreError> {
    let Some(state) = row.get::<Option<MemoryState>>("state")? else { return Ok(None) };
    Ok(Some(Memory {
        state,
        step: row.get("step")?,
        stability: row.get("stability")?,
        difficulty: row.get("hardness")?,
        due_at: row.get("due_at")?,
        last_review_at: row.get("last_review_at")?,
        reviews: row.get("reviews")?,
        lapses: row.get("lapses")?,
    }))
}

pub(super) fn read(row: &Row) -> Result<StudyCard, StoreError> {
    let card = read_card(row)?;
    Ok(StudyCard {
        // A card that was made before cards had groups is a group by itself.
        group_id: row.get::<Option<Uuid>>("group_id")?.unwrap_or(card.id.0),
        card,
        style: row.get("style")?,
        ordinal: row.get("ordinal")?,
        cloze: row.get("cloze")?,
        tags: row.json("tags")?,
        flag: row.get("flag")?,
        suspended_at: row.get("suspended_at")?,
        buried_until: row.get("buried_until")?,
        leech_at: row.get("leech_at")?,
        edited_at: row.get("edited_at")?,
        memory: read_memory(row)?,
    })
}

/// A card of the user's that was not turned down.
///
/// # Errors
/// `NotFound`.
pub(crate) fn one(conn: &mut Conn<'_>, user: &UserId, id: CardId) -> Result<StudyCard, StoreError> {
    read(&conn.query_one(ONE, params![user, id])?)
}

/// The cards of one note.
pub(crate) fn of_group(
    conn: &mut Conn<'_>,
    user: &UserId,
    group: Uuid,
) -> Result<Vec<StudyCard>, StoreError> {
    conn.query(OF_GROUP, params![user, group])?.iter().map(read).collect()
}

/// The cards of a set, in their order.
pub(crate) fn of_set(conn: &mut Conn<'_>, user: &UserId, set: SetId) -> Result<Vec<StudyCard>, StoreError> {
    conn.query(OF_SET, params![user, set])?.iter().map(read).collect()
}

/// These cards, in the order of the ids. Those that are not the user's are left out.
pub(crate) fn study_cards(
    conn: &mut Conn<'_>,
    user: &UserId,
    ids: &[CardId],
) -> Result<Vec<StudyCard>, StoreError> {
    let rows = conn.query(BY_IDS, params![user, Value::json(&ids)?])?;
    let mut cards = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let place = |card: &StudyCard| ids.iter().position(|id| *id == card.card.id);
    cards.sort_by_key(place);
    Ok(cards)
}

/// A card, as far as its place in a queue needs it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Light {
    pub(crate) id: CardId,
    pub(crate) set: SetId,
    pub(crate) group: Uuid,
    /// State, when it is due, when it was last graded.
    pub(crate) memory: Option<(MemoryState, Timestamp, Timestamp)>,
}

pub(crate) fn light(row: &Row) -> Result<Light, StoreError> {
    let id: CardId = row.get("id")?;
    let memory = match row.get::<Option<MemoryState>>("state")? {
        Some(state) => Some((state, row.get("due_at")?, row.get("last_review_at")?)),
        None => None,
    };
    let group = row.get::<Option<Uuid>>("group_id")?.unwrap_or(id.0);
    Ok(Light { id, set: row.get("set_id")?, group, memory })
}

impl Store {
    /// A card of the user's, with all that is known of it.
    ///
    /// # Errors
    /// `NotFound`, also of a card that was turned down.
    pub async fn card(&self, user: UserId, id: CardId) -> Result<StudyCard, StoreError> {
        self.of(&user).read(move |conn| one(conn, &user, id)).await
    }

    /// The cards of a set with all that is known of them, in their order.
    ///
    /// # Errors
    /// `NotFound` when the set is not the user's.
    pub async fn study_cards_of_set(&self, user: UserId, id: SetId) -> Result<Vec<StudyCard>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                super::set(conn, &user, id)?;
                of_set(conn, &user, id)
            })
            .await
    }

    /// These cards of the user's, in this order, without those that are not there.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn cards(&self, user: UserId, ids: Vec<CardId>) -> Result<Vec<StudyCard>, StoreError> {
        self.of(&user).read(move |conn| study_cards(conn, &user, &ids)).await
    }
}
