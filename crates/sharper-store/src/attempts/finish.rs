//! Ending an attempt, by its student or by the clock, and keeping what graders found.

use sharper_domain::{AttemptId, EndedBy, Grading, QuestionId, Timestamp, UserId};

use super::save::{standing, write};
use super::{Sitting, locked, sitting};
use crate::conn::{Conn, Value, params};
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError};

/// What grading an answer came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// The question.
    pub question_id: QuestionId,
    /// The answer that was graded: what stands must still be this.
    pub answer: String,
    /// What the grader found; `None` where it could not grade.
    pub grading: Option<Grading>,
}

const FINISH: &str = "UPDATE attempts SET finished_at = $3, ended_by = $4 WHERE user_id = $1 AND id = $2";
/// What is graded stays graded; what the answer was must not have changed.
const MARK: &str = "UPDATE attempt_answers SET points = $5, grading = $6, graded_by = $7, graded_at = $8 \
    WHERE user_id = $1 AND attempt_id = $2 AND question_id = $3 AND answer = $4 AND points IS NULL";
const SUM: &str = "UPDATE attempts SET points = (SELECT CASE WHEN count(s.points) = count(*) THEN sum(s.points) END \
    FROM attempt_answers s WHERE s.attempt_id = attempts.id) \
    WHERE user_id = $1 AND id = $2 AND finished_at IS NOT NULL";

/// Ends it if it is open. What nobody answered gets an empty answer, so that it counts.
fn finish(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: AttemptId,
    grace: i64,
    now: Timestamp,
) -> Result<Sitting, StoreError> {
    let attempt = locked(conn, user, id)?;
    if attempt.finished_at.is_none() {
        let (ended, by) = match attempt.deadline_at {
            Some(deadline) if attempt.is_over(now, grace) => (deadline, EndedBy::Clock),
            Some(deadline) => (now.min(deadline), EndedBy::Student),
            None => (now, EndedBy::Student),
        };
        for question in &attempt.asked {
            let answer = standing(conn, &attempt, question)?;
            if answer.revision == 0 {
                write(conn, &attempt, question, &answer)?;
            }
        }
        conn.execute(FINISH, params![user, id, ended, by.as_str()])?;
        raise_learning(conn, user)?;
    }
    sitting(conn, user, id)
}

/// Keeps gradings, and the sum where all is graded.
pub(super) fn mark(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: AttemptId,
    marked: &[Marked],
    now: Timestamp,
) -> Result<(), StoreError> {
    for one in marked {
        let grading = one.grading.as_ref();
        let by = grading.map(by_word).transpose()?;
        let values = params![
            user,
            id,
            one.question_id,
            one.answer.as_str(),
            grading.map(|grading| grading.points),
            grading.map(Value::json).transpose()?.unwrap_or(Value::Null),
            by,
            now,
        ];
        conn.execute(MARK, values)?;
    }
    sum(conn, user, id)?;
    raise_learning(conn, user)
}

/// Adds the points of an ended attempt up; they stay unknown while something is not graded.
pub(super) fn sum(conn: &mut Conn<'_>, user: &UserId, id: AttemptId) -> Result<(), StoreError> {
    conn.execute(SUM, params![user, id]).map(drop)
}

/// Who graded, in the word of the wire.
pub(super) fn by_word(grading: &Grading) -> Result<String, StoreError> {
    let word = serde_json::to_value(grading.by).map_err(StoreError::internal)?;
    word.as_str().map(str::to_owned).ok_or_else(|| StoreError::internal("a grader has no word"))
}

impl Store {
    /// Ends an attempt of the user's: by the clock where its time (and `grace` seconds) is over, else by the student. One
    /// that has ended stays as it ended. Answers with it as it is then.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn finish_attempt(
        &self,
        user: UserId,
        id: AttemptId,
        grace: i64,
        now: Timestamp,
    ) -> Result<Sitting, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| finish(conn, &user, id, grace, now)).await
    }

    /// Keeps what graders found. An answer that has its points already, or was changed since, stays as it is. Answers with
    /// the attempt as it is then.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn mark_answers(
        &self,
        user: UserId,
        id: AttemptId,
        marked: Vec<Marked>,
        now: Timestamp,
    ) -> Result<Sitting, StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                let attempt = locked(conn, &user, id)?;
                for one in &marked {
                    let question = attempt.question(one.question_id).ok_or(StoreError::NotFound)?;
                    let stands = standing(conn, &attempt, question)?;
                    if stands.revision == 0 && attempt.finished_at.is_none() {
                        // Checked without ever having been saved: what is graded stands in a row.
                        write(conn, &attempt, question, &stands)?;
                    }
                }
                mark(conn, &user, id, &marked, now)?;
                sitting(conn, &user, id)
            })
            .await
    }
}
