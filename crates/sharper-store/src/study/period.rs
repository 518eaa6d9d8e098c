//! The reviews of a stretch of time, added up.

use sharper_domain::{Timestamp, UserId};

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

/// What an answer counted as a review of a card is told by the answer itself.
const MASTERY: &str = "SELECT topic, count(*) AS reviews, count(CASE WHEN known THEN 1 END) AS known FROM ( \
    SELECT c.topic AS topic, r.grade > 1 AS known FROM flashcard_reviews r JOIN flashcards c ON c.id = r.card_id \
    WHERE r.user_id = $1 AND r.kind <> 'quiz' AND r.kind <> 'exam' \
    UNION ALL SELECT s.topic, s.points = s.of_points FROM attempt_answers s \
    WHERE s.user_id = $1 AND s.points IS NOT NULL AND s.answer <> '' AND s.topic <> '') AS told \
    GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 200";

impl Store {
    /// How well the user knows each topic, from 0 to 1: the share of its reviews and graded
    /// answers that were known (an answer: in full), with one
    /// of each kind added, so that a single review says little (rule of succession). The
    /// topics with the most come first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn topic_mastery(&self, user: UserId) -> Result<Vec<(String, f64)>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let rows = conn.query(MASTERY, params![&user])?;
                let mastery = |row: &crate::conn::Row| {
                    let (reviews, known): (u64, u64) = (row.get("reviews")?, row.get("known")?);
                    Ok((row.get("topic")?, (known + 1) as f64 / (reviews + 2) as f64))
                };
                rows.iter().map(mastery).collect()
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
