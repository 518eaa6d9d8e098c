//! Where learning stands: the reviews of each topic, the days studied, and how much there is to review.

use sharper_domain::{Timestamp, UserId};

use super::quarters::quarters;
use crate::conn::{Conn, Row, params};
use crate::{Store, StoreError};

/// The reviews of one topic, and the answers to questions on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicReviews {
    /// The topic of the cards.
    pub topic: String,
    /// Reviews of its cards, and graded answers to its questions.
    pub reviews: u64,
    /// Those in which it was remembered; of an answer: that were right in full.
    pub remembered: u64,
    /// Different cards that were reviewed.
    pub cards: u64,
}

/// Where learning stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Different cards that were ever reviewed.
    pub cards_studied: u64,
    /// Cards that were never reviewed.
    pub cards_new: u64,
    /// Reviews in all.
    pub reviews: u64,
    /// Those in which the card was remembered.
    pub remembered: u64,
    /// By topic, the most reviewed first.
    pub topics: Vec<TopicReviews>,
    /// The beginning of each quarter of an hour in which something was studied, newest first. Days begin at a whole
    /// quarter of an hour in every time zone there is.
    pub quarters: Vec<Timestamp>,
}

const SUMS: &str = "SELECT count(DISTINCT card_id) AS cards, count(*) AS reviews, \
    count(CASE WHEN grade > 1 THEN 1 END) AS remembered FROM flashcard_reviews WHERE user_id = $1";
const CARDS: &str = "SELECT count(*) AS cards FROM flashcards WHERE user_id = $1 AND hidden_at IS NULL";
/// What an answer counted as a review of a card is told by the answer itself.
const TOPICS: &str = "SELECT topic, count(*) AS reviews, count(DISTINCT card) AS cards, \
    count(CASE WHEN known THEN 1 END) AS remembered FROM ( \
    SELECT c.topic AS topic, r.card_id AS card, r.grade > 1 AS known \
    FROM flashcard_reviews r JOIN flashcards c ON c.id = r.card_id \
    WHERE r.user_id = $1 AND r.kind <> 'quiz' AND r.kind <> 'exam' \
    UNION ALL SELECT s.topic, NULL, s.points = s.of_points FROM attempt_answers s \
    WHERE s.user_id = $1 AND s.points IS NOT NULL AND s.answer <> '' AND s.topic <> '') AS told \
    GROUP BY topic ORDER BY count(*) DESC, topic LIMIT 200";

/// The reviews and answers by topic, the most first.
pub(super) fn topics(conn: &mut Conn<'_>, user: &UserId) -> Result<Vec<TopicReviews>, StoreError> {
    conn.query(TOPICS, params![user])?.iter().map(topic).collect()
}

fn topic(row: &Row) -> Result<TopicReviews, StoreError> {
    Ok(TopicReviews {
        topic: row.get("topic")?,
        reviews: row.get("reviews")?,
        remembered: row.get("remembered")?,
        cards: row.get("cards")?,
    })
}

impl Store {
    /// The reviews and graded answers of the user's by topic, the most first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn topic_reviews(&self, user: UserId) -> Result<Vec<TopicReviews>, StoreError> {
        self.of(&user).read(move |conn| topics(conn, &user)).await
    }

    /// Where the user's learning stands, with the quarters of an hour since `since`.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn standing(&self, user: UserId, since: Timestamp) -> Result<Standing, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let sums = conn.query_one(SUMS, params![&user])?;
                let all: u64 = conn.query_one(CARDS, params![&user])?.get("cards")?;
                let cards_studied: u64 = sums.get("cards")?;
                Ok(Standing {
                    cards_studied,
                    cards_new: all.saturating_sub(cards_studied),
                    reviews: sums.get("reviews")?,
                    remembered: sums.get("remembered")?,
                    topics: topics(conn, &user)?,
                    quarters: quarters(conn, &user, since)?.into_iter().map(|one| one.at).collect(),
                })
            })
            .await
    }
}
