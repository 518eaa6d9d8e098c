//! Answers as evidence of memory: an answer to a question counts as a review of the cards that stand on its passage.

use sharper_domain::{AttemptId, CardId, Grade, Paper, QuestionId, Timestamp, UserId};

use crate::conn::{Conn, params};
use crate::revisions::raise_learning;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// A graded answer as a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// In which attempt.
    pub attempt: AttemptId,
    /// At which kind of paper.
    pub paper: Paper,
    /// To which question.
    pub question: QuestionId,
    /// Good where it was worth all, Again where it was missed.
    pub grade: Grade,
    /// When it was answered.
    pub at: Timestamp,
}

const ONCE: &str = "UPDATE attempt_answers SET counted_at = $4 \
    WHERE user_id = $1 AND attempt_id = $2 AND question_id = $3 AND counted_at IS NULL AND answer <> ''";
/// Where question and card stand now: passages move with each edit of the note. Both must cover at least half of the other;
/// cards that were never studied are left new, and those that are set aside stay aside.
const CARDS: &str = "SELECT DISTINCT c.item_id AS card_id, m.state AS state FROM passages q \
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
const REVIEW: &str = "INSERT INTO flashcard_reviews (id, user_id, card_id, grade, took_ms, reviewed_at, state, kind) \
    VALUES ($1, $2, $3, $4, 0, $5, $6, $7)";

fn count(conn: &mut Conn<'_>, user: &UserId, evidence: &Evidence) -> Result<Vec<CardId>, StoreError> {
    let Evidence { attempt, paper, question, grade, at } = *evidence;
    if conn.execute(ONCE, params![user, attempt, question, at])? == 0 {
        return Ok(Vec::new());
    }
    let mut counted = Vec::new();
    for row in conn.query(CARDS, params![user, question])? {
        let (card, state): (CardId, String) = (row.get("card_id")?, row.get("state")?);
        let values = params![fresh_id(at), user, card, grade.number(), at, state, paper.as_str()];
        conn.execute(REVIEW, values)?;
        counted.push(card);
    }
    if !counted.is_empty() {
        raise_learning(conn, user)?;
    }
    Ok(counted)
}

impl Store {
    /// Counts a graded answer as a review of the studied cards on its passage, once, and answers with those cards.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn count_answer(&self, user: UserId, evidence: Evidence) -> Result<Vec<CardId>, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| count(conn, &user, &evidence)).await
    }
}
