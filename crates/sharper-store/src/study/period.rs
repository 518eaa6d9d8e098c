//! The reviews of a stretch of time, added up.

use sharper_domain::{Timestamp, UserId};

use super::standing::{TopicReviews, topics};
use crate::conn::params;
use crate::{Store, StoreError};

/// What was reviewed in a stretch of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// Different cards.
    pub cards: u64,
    /// Reviews by grade: again, hard, good, easy.
    pub grades: [u64; 4],
    /// The time that they took, in milliseconds.
    pub took_ms: u64,
}

const SINCE: &str = "SELECT count(DISTINCT card_id) AS cards, \
    count(CASE grade WHEN 1 THEN 1 END) AS again, count(CASE grade WHEN 2 THEN 1 END) AS hard, \
    count(CASE grade WHEN 3 THEN 1 END) AS good, count(CASE grade WHEN 4 THEN 1 END) AS easy, \
    CAST(coalesce(sum(took_ms), 0) AS BIGINT) AS took_ms \
    FROM flashcard_reviews WHERE user_id = $1 AND reviewed_at >= $2";

impl Store {
    /// How well the user knows each topic, from 0 to 1: the share of its reviews and graded answers that were known (an answer:
    /// in full), with one of each kind added, so that a single review says little (rule of succession). The topics with
    /// the most come first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn topic_mastery(&self, user: UserId) -> Result<Vec<(String, f64)>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let mastery =
                    |one: TopicReviews| (one.topic, (one.remembered + 1) as f64 / (one.reviews + 2) as f64);
                Ok(topics(conn, &user)?.into_iter().map(mastery).collect())
            })
            .await
    }

    /// What the user reviewed since a moment.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn reviews_since(&self, user: UserId, since: Timestamp) -> Result<Reviewed, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let row = conn.query_one(SINCE, params![&user, since])?;
                Ok(Reviewed {
                    cards: row.get("cards")?,
                    grades: [row.get("again")?, row.get("hard")?, row.get("good")?, row.get("easy")?],
                    took_ms: row.get("took_ms")?,
                })
            })
            .await
    }
}
