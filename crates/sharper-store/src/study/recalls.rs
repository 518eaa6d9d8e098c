//! What was remembered of the cards that came back after days, with what was known of each before: what a prediction is
//! held against.

use sharper_domain::{Memory, Timestamp, UserId};

use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// A review of a card that had come back after days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recall {
    /// When.
    pub at: Timestamp,
    /// What was known of the card before.
    pub before: Memory,
    /// Whether it was remembered.
    pub remembered: bool,
}

const RECALLS: &str = "SELECT reviewed_at, grade, before FROM flashcard_reviews \
    WHERE user_id = $1 AND reviewed_at >= $2 AND state = 'review' AND before IS NOT NULL \
    ORDER BY reviewed_at DESC LIMIT $3";

fn read(row: &Row) -> Result<Recall, StoreError> {
    let grade: u32 = row.get("grade")?;
    Ok(Recall { at: row.get("reviewed_at")?, before: row.json("before")?, remembered: grade > 1 })
}

impl Store {
    /// The user's reviews of cards that had come back after days, since a moment, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recalls(
        &self,
        user: UserId,
        since: Timestamp,
        limit: u32,
    ) -> Result<Vec<Recall>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(RECALLS, params![&user, since, limit])?.iter().map(read).collect())
            .await
    }
}
