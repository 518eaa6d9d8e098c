//! Graded answers as evidence of memory: of which studied cards each tells something, and that it was told.

use sharper_domain::{AttemptId, CardId, QuestionId, Timestamp, UserId};

use crate::conn::{Conn, params};
use crate::{Durability, Store, StoreError};

/// A graded answer that has not counted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// To which question.
    pub question: QuestionId,
    /// Whether it was worth all.
    pub full: bool,
    /// When it was answered.
    pub at: Timestamp,
    /// The studied cards on the question's passage.
    pub cards: Vec<CardId>,
}

const UNCOUNTED: &str = "SELECT question_id, points = of_points AS whole, saved_at FROM attempt_answers \
    WHERE user_id = $1 AND attempt_id = $2 AND points IS NOT NULL AND answer <> '' AND counted_at IS NULL \
    ORDER BY saved_at, question_id";
const COUNTED: &str =
    "UPDATE attempt_answers SET counted_at = $4 WHERE user_id = $1 AND attempt_id = $2 AND question_id = $3";
/// Where question and card stand now: passages move with each edit of the note. Both must cover at least half of the other;
/// cards that were never studied are left new, and those that are set aside stay aside.
const CARDS: &str = "SELECT DISTINCT c.item_id AS card_id FROM passages q \
    JOIN passages c ON c.user_id = q.user_id AND c.note_id = q.note_id AND c.note_version = q.note_version \
    AND c.kind = 'flashcard_generation' \
    JOIN card_memory m ON m.card_id = c.item_id \
    JOIN flashcards f ON f.id = c.item_id AND f.suspended_at IS NULL AND f.hidden_at IS NULL \
    WHERE q.user_id = $1 AND q.item_id = $2 AND q.stale_since IS NULL AND c.stale_since IS NULL \
    AND c.span_start < q.span_end AND q.span_start < c.span_end \
    AND 2 * (CASE WHEN c.span_end < q.span_end THEN c.span_end ELSE q.span_end END \
        - CASE WHEN c.span_start > q.span_start THEN c.span_start ELSE q.span_start END) \
        >= CASE WHEN c.span_end - c.span_start > q.span_end - q.span_start THEN c.span_end - c.span_start \
            ELSE q.span_end - q.span_start END \
    ORDER BY card_id LIMIT 20";

fn uncounted(conn: &mut Conn<'_>, user: &UserId, attempt: AttemptId) -> Result<Vec<Evidence>, StoreError> {
    let rows = conn.query(UNCOUNTED, params![user, attempt])?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let question = row.get("question_id")?;
        let cards = conn.query(CARDS, params![user, question])?;
        let cards = cards.iter().map(|row| row.get("card_id")).collect::<Result<_, _>>()?;
        found.push(Evidence { question, full: row.get("whole")?, at: row.get("saved_at")?, cards });
    }
    Ok(found)
}

impl Store {
    /// The graded answers of an attempt that have not counted as reviews yet, in the order in which they were given.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn uncounted_answers(
        &self,
        user: UserId,
        attempt: AttemptId,
    ) -> Result<Vec<Evidence>, StoreError> {
        self.of(&user).read(move |conn| uncounted(conn, &user, attempt)).await
    }

    /// Remembers that answers of an attempt have counted.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn answers_counted(
        &self,
        user: UserId,
        attempt: AttemptId,
        questions: Vec<QuestionId>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                for question in questions {
                    conn.execute(COUNTED, params![&user, attempt, question, now])?;
                }
                Ok(())
            })
            .await
    }
}
