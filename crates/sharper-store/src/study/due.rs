//! What is due: how many cards, and when.

use sharper_domain::{Timestamp, UserId};

use super::quarters::moment;
use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// Cards that come back in one quarter of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// Its beginning.
    pub at: Timestamp,
    /// How many.
    pub cards: u64,
}

/// What there is to study at a moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Due {
    /// Cards that have come back.
    pub cards: u64,
    /// Cards that were never studied.
    pub new: u64,
}

/// Cards out of the queue come back when they are let in again: nobody knows when.
macro_rules! shown {
    () => {
        "c.hidden_at IS NULL AND c.suspended_at IS NULL"
    };
}
const COMING: &str = concat!(
    "SELECT m.due_at / 900000000 AS quarter, count(*) AS cards FROM card_memory m JOIN flashcards c ON c.id = m.card_id \
     WHERE m.user_id = $1 AND m.due_at < $2 AND ",
    shown!(),
    " GROUP BY m.due_at / 900000000 ORDER BY quarter"
);
const DUE: &str = concat!(
    "SELECT (SELECT count(*) FROM card_memory m JOIN flashcards c ON c.id = m.card_id WHERE m.user_id = $1 \
     AND m.due_at <= $2 AND ",
    shown!(),
    " AND (c.buried_until IS NULL OR c.buried_until <= $2)) AS cards, \
     (SELECT count(*) FROM flashcards c WHERE c.user_id = $1 AND ",
    shown!(),
    " AND (c.buried_until IS NULL OR c.buried_until <= $2) \
     AND NOT EXISTS (SELECT 1 FROM card_memory m WHERE m.card_id = c.id)) AS new"
);

impl Store {
    /// When the user's cards come back, before a moment, by the quarter of an hour, the first first. What is overdue
    /// stands where it was due.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn coming_cards(&self, user: UserId, before: Timestamp) -> Result<Vec<Coming>, StoreError> {
        let read = |row: &Row| Ok(Coming { at: moment(row)?, cards: row.get("cards")? });
        self.of(&user)
            .read(move |conn| conn.query(COMING, params![&user, before])?.iter().map(read).collect())
            .await
    }

    /// How many of the user's cards there are to study at a moment.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn due_cards(&self, user: UserId, now: Timestamp) -> Result<Due, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let row = conn.query_one(DUE, params![&user, now])?;
                Ok(Due { cards: row.get("cards")?, new: row.get("new")? })
            })
            .await
    }
}
