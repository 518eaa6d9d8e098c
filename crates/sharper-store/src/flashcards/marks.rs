//! What a student does with cards beside studying them, one or many at once.

use sharper_domain::{CardId, SetId, StudyCard, Timestamp, UserId};

use super::add::next_position;
use super::{cards, merge, set};
use crate::conn::{Conn, Sql, Value, params};
use crate::limits::one_by_one;
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError};

/// Something to be done with cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Left out until they are taken in again, or taken in.
    Suspend(bool),
    /// Left out until then, or taken in.
    Bury(Option<Timestamp>),
    /// Given a flag, 0 to 7.
    Flag(u8),
    /// Given these tags beside those they have.
    Tag(Vec<String>),
    /// Without these tags.
    Untag(Vec<String>),
    /// Moved to the end of this set.
    Move(SetId),
    /// Made one: the first is kept, and has the reviews of all.
    Merge,
    /// Deleted, with their reviews.
    Delete,
}

macro_rules! of_cards {
    ($before:literal, $after:literal) => {
        Sql::each(
            concat!($before, " IN (SELECT value FROM json_each($2))", $after),
            concat!($before, " IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($2))", $after),
        )
    };
}
const SUSPEND: Sql = of_cards!("UPDATE flashcards SET suspended_at = $3 WHERE user_id = $1 AND id", "");
const BURY: Sql = of_cards!("UPDATE flashcards SET buried_until = $3 WHERE user_id = $1 AND id", "");
const FLAG: Sql = of_cards!("UPDATE flashcards SET flag = $3 WHERE user_id = $1 AND id", "");
const DELETE: Sql = of_cards!("DELETE FROM flashcards WHERE user_id = $1 AND id", "");
const PASSAGES: Sql = of_cards!("DELETE FROM passages WHERE user_id = $1 AND item_id", "");
/// A card that is taken in again begins anew as what it was: it may become a leech once more.
const NO_LEECH: Sql = of_cards!("UPDATE flashcards SET leech_at = NULL WHERE user_id = $1 AND id", "");
const TAGS: &str = "UPDATE flashcards SET tags = $3 WHERE user_id = $1 AND id = $2";
const MOVE: &str = "UPDATE flashcards SET set_id = $3, position = $4 WHERE user_id = $1 AND id = $2";
const MOVE_MEMORY: &str = "UPDATE card_memory SET set_id = $3 WHERE user_id = $1 AND card_id = $2";
/// The number of a card's passage is its place in its set.
const MOVE_PASSAGES: &str =
    "UPDATE passages SET material_id = $3, number = $4 WHERE user_id = $1 AND item_id = $2";

/// Does it with cards that are all the user's, in the order of the ids.
fn mark(
    conn: &mut Conn<'_>,
    user: &UserId,
    ids: &[CardId],
    mark: &Mark,
    now: Timestamp,
) -> Result<Vec<StudyCard>, StoreError> {
    one_by_one(conn, user)?;
    let all = cards::study_cards(conn, user, ids)?;
    if all.is_empty() || ids.iter().any(|id| !all.iter().any(|card| card.card.id == *id)) {
        return Err(StoreError::NotFound);
    }
    let list = Value::json(&ids)?;
    match mark {
        Mark::Suspend(out) => {
            conn.execute(SUSPEND, params![user, list.clone(), out.then_some(now)])?;
            if !out {
                conn.execute(NO_LEECH, params![user, list])?;
            }
        }
        Mark::Bury(until) => drop(conn.execute(BURY, params![user, list, *until])?),
        Mark::Flag(flag) => drop(conn.execute(FLAG, params![user, list, *flag])?),
        Mark::Tag(tags) => retag(conn, user, &all, |all| all.extend(tags.iter().cloned()))?,
        Mark::Untag(tags) => retag(conn, user, &all, |all| all.retain(|tag| !tags.contains(tag)))?,
        Mark::Move(to) => shift(conn, user, &all, *to)?,
        Mark::Merge => merge::merge(conn, user, &all)?,
        Mark::Delete => delete(conn, user, ids)?,
    }
    raise_learning(conn, user)?;
    cards::study_cards(conn, user, ids)
}

/// Changes the tags of each card; one that is there twice is once there.
pub(super) fn retag(
    conn: &mut Conn<'_>,
    user: &UserId,
    all: &[StudyCard],
    change: impl Fn(&mut Vec<String>),
) -> Result<(), StoreError> {
    for card in all {
        let mut tags = card.tags.clone();
        change(&mut tags);
        let mut once: Vec<String> = Vec::new();
        for tag in tags {
            if !once.contains(&tag) {
                once.push(tag);
            }
        }
        conn.execute(TAGS, params![user, card.card.id, Value::json(&once)?])?;
    }
    Ok(())
}

/// Moves cards to the end of a set, with what is remembered of them and where their passages stand.
fn shift(conn: &mut Conn<'_>, user: &UserId, all: &[StudyCard], to: SetId) -> Result<(), StoreError> {
    set(conn, user, to)?;
    for card in all.iter().filter(|card| card.card.set_id != to) {
        let (id, position) = (card.card.id, next_position(conn, user, to)?);
        conn.execute(MOVE, params![user, id, to, position])?;
        conn.execute(MOVE_MEMORY, params![user, id, to])?;
        conn.execute(MOVE_PASSAGES, params![user, id, to, position.saturating_add(1)])?;
    }
    Ok(())
}

/// Deletes cards, with their reviews and passages.
pub(super) fn delete(conn: &mut Conn<'_>, user: &UserId, ids: &[CardId]) -> Result<(), StoreError> {
    let list = Value::json(&ids)?;
    conn.execute(PASSAGES, params![user, list.clone()])?;
    conn.execute(DELETE, params![user, list]).map(drop)
}

impl Store {
    /// Does something with cards, all of them or none; answers with those that are left, as they are now.
    ///
    /// # Errors
    /// `NotFound` when one of them, or the set to move to, is not the user's.
    pub async fn mark_cards(
        &self,
        user: UserId,
        ids: Vec<CardId>,
        what: Mark,
        now: Timestamp,
    ) -> Result<Vec<StudyCard>, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| mark(conn, &user, &ids, &what, now)).await
    }
}
