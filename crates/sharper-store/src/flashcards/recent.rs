//! The sets that a student made or studied lately, with how far they came in each.

use sharper_domain::{SetId, Timestamp, UserId};

use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// A set, and how far the student came in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentSet {
    /// The set.
    pub id: SetId,
    /// A line for people.
    pub title: String,
    /// How many cards it holds.
    pub cards: u32,
    /// How many of them were reviewed at least once.
    pub studied: u32,
    /// When it was last studied, or else made.
    pub touched_at: Timestamp,
}

/// The newest by either time are looked at first, so that the counting is over few sets.
const RECENT: &str = "SELECT s.id, s.title, \
    (SELECT count(*) FROM flashcards c WHERE c.set_id = s.id AND c.hidden_at IS NULL) AS cards, \
    (SELECT count(*) FROM flashcards c WHERE c.set_id = s.id AND c.hidden_at IS NULL \
        AND EXISTS (SELECT 1 FROM flashcard_reviews r WHERE r.card_id = c.id)) AS studied, \
    coalesce((SELECT max(f.started_at) FROM flashcard_sessions f WHERE f.set_id = s.id), s.created_at) AS touched_at \
    FROM flashcard_sets s WHERE s.user_id = $1 ORDER BY touched_at DESC, s.id DESC LIMIT $2";

fn read(row: &Row) -> Result<RecentSet, StoreError> {
    Ok(RecentSet {
        id: row.get("id")?,
        title: row.get("title")?,
        cards: row.get("cards")?,
        studied: row.get("studied")?,
        touched_at: row.get("touched_at")?,
    })
}

impl Store {
    /// The user's sets, the one made or studied last first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recent_sets(&self, user: UserId, limit: u32) -> Result<Vec<RecentSet>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(RECENT, params![&user, limit])?.iter().map(read).collect())
            .await
    }
}
