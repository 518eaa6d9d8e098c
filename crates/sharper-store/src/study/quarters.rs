//! What was studied when: reviews and attempts by the quarter of an hour, from which days are made in any time zone.

use sharper_domain::{Timestamp, UserId};

use crate::conn::{Conn, Row, params};
use crate::{Store, StoreError};

/// What was studied in a quarter of an hour. Days begin at a whole quarter of an hour in every time zone there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quarter {
    /// Its beginning.
    pub at: Timestamp,
    /// Reviews of cards.
    pub reviews: u64,
    /// Those in which the card was remembered.
    pub remembered: u64,
    /// Reviews of cards that had come back after days: what retention is reckoned from.
    pub returned: u64,
    /// Those of them in which the card was remembered.
    pub recalled: u64,
    /// Quizzes and exams that were begun.
    pub attempts: u64,
    /// The time that it took, in milliseconds.
    pub took_ms: u64,
}

/// Microseconds of a quarter of an hour.
const QUARTER: i64 = 15 * 60 * 1_000_000;

/// An attempt counts with the time from its beginning to its end, at most three hours: longer is a closed laptop.
const QUARTERS: &str = "SELECT quarter, CAST(sum(reviews) AS BIGINT) AS reviews, \
    CAST(sum(remembered) AS BIGINT) AS remembered, CAST(sum(returned) AS BIGINT) AS returned, \
    CAST(sum(recalled) AS BIGINT) AS recalled, CAST(sum(attempts) AS BIGINT) AS attempts, \
    CAST(sum(took_ms) AS BIGINT) AS took_ms FROM ( \
        SELECT reviewed_at / 900000000 AS quarter, 1 AS reviews, CASE WHEN grade > 1 THEN 1 ELSE 0 END AS remembered, \
        CASE WHEN state = 'review' THEN 1 ELSE 0 END AS returned, \
        CASE WHEN state = 'review' AND grade > 1 THEN 1 ELSE 0 END AS recalled, 0 AS attempts, took_ms \
        FROM flashcard_reviews WHERE user_id = $1 AND reviewed_at >= $2 AND kind <> 'quiz' AND kind <> 'exam' \
        UNION ALL \
        SELECT started_at / 900000000, 0, 0, 0, 0, 1, \
        CASE WHEN finished_at IS NULL THEN 0 WHEN finished_at - started_at > 10800000000 THEN 10800000 \
        ELSE (finished_at - started_at) / 1000 END \
        FROM attempts WHERE user_id = $1 AND started_at >= $2 \
    ) AS studied GROUP BY quarter ORDER BY quarter DESC";

fn read(row: &Row) -> Result<Quarter, StoreError> {
    Ok(Quarter {
        at: moment(row)?,
        reviews: row.get("reviews")?,
        remembered: row.get("remembered")?,
        returned: row.get("returned")?,
        recalled: row.get("recalled")?,
        attempts: row.get("attempts")?,
        took_ms: row.get("took_ms")?,
    })
}

/// The beginning of the quarter of an hour of a row.
pub(super) fn moment(row: &Row) -> Result<Timestamp, StoreError> {
    let quarter: i64 = row.get("quarter")?;
    Timestamp::from_microsecond(quarter * QUARTER).map_err(StoreError::corrupt)
}

/// The quarters of an hour since a moment in which something was studied, newest first.
pub(super) fn quarters(
    conn: &mut Conn<'_>,
    user: &UserId,
    since: Timestamp,
) -> Result<Vec<Quarter>, StoreError> {
    conn.query(QUARTERS, params![user, since])?.iter().map(read).collect()
}

impl Store {
    /// What the user studied since a moment, by the quarter of an hour, newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn studied_quarters(&self, user: UserId, since: Timestamp) -> Result<Vec<Quarter>, StoreError> {
        self.of(&user).read(move |conn| quarters(conn, &user, since)).await
    }
}
