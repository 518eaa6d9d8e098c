//! Saving an answer: in time, to a question that was asked, and never over a newer one.

use sharper_domain::{Answered, Attempt, AttemptId, Question, QuestionId, Timestamp, UserId, attempt};

use super::{ANSWERS, locked, read_answer};
use crate::conn::{Conn, params};
use crate::{Durability, Store, StoreError};

/// An answer that is to be saved. What is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Save {
    /// To which question.
    pub question_id: QuestionId,
    /// The answer, as `attempt::as_kept` has it.
    pub answer: Option<String>,
    /// Whether the student means to come back to it.
    pub flagged: Option<bool>,
    /// The revision that the student saw when they changed it; 0 where there was none; `None` writes over any.
    pub revision: Option<u32>,
}

/// What became of an answer that was to be saved.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// It is kept.
    Saved(Answered),
    /// Another one was saved meanwhile, which stays: this.
    Newer(Answered),
}

const UPSERT: &str = "INSERT INTO attempt_answers \
    (attempt_id, question_id, user_id, answer, flagged, revision, saved_at, topic, of_points) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (attempt_id, question_id) DO UPDATE SET \
    answer = excluded.answer, flagged = excluded.flagged, revision = excluded.revision, saved_at = excluded.saved_at";

/// The answer that stands, or the empty one that nobody saved.
pub(super) fn standing(
    conn: &mut Conn<'_>,
    attempt: &Attempt,
    question: &Question,
) -> Result<Answered, StoreError> {
    let rows = conn.query(ANSWERS, params![&attempt.user_id, attempt.id])?;
    let all = rows.iter().map(read_answer).collect::<Result<Vec<_>, _>>()?;
    Ok(all.into_iter().find(|answer| answer.question_id == question.id).unwrap_or_else(|| Answered {
        question_id: question.id,
        answer: String::new(),
        flagged: false,
        revision: 0,
        saved_at: attempt.started_at,
        points: None,
        of_points: attempt::worth(question),
        grading: None,
        graded_at: None,
        appeal: None,
    }))
}

/// Writes an answer as it is given, whatever stood there.
pub(super) fn write(
    conn: &mut Conn<'_>,
    attempt: &Attempt,
    question: &Question,
    answer: &Answered,
) -> Result<(), StoreError> {
    let values = params![
        attempt.id,
        question.id,
        &attempt.user_id,
        answer.answer.as_str(),
        answer.flagged,
        answer.revision,
        answer.saved_at,
        question.topic.as_str(),
        answer.of_points,
    ];
    conn.execute(UPSERT, values).map(drop)
}

fn save(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: AttemptId,
    save: &Save,
    grace: i64,
    now: Timestamp,
) -> Result<Kept, StoreError> {
    let attempt = locked(conn, user, id)?;
    let question = attempt.question(save.question_id).ok_or(StoreError::NotFound)?;
    let standing = standing(conn, &attempt, question)?;
    let mut next = standing.clone();
    next.answer = save.answer.clone().unwrap_or(next.answer);
    next.flagged = save.flagged.unwrap_or(next.flagged);
    if next == standing && standing.revision > 0 {
        // Sent twice, or in vain: it is as it should be.
        return Ok(Kept::Saved(standing));
    }
    if attempt.finished_at.is_some() {
        return Err(StoreError::Conflict(
            "this attempt is finished, and its answers are not changed any more",
        ));
    }
    if attempt.is_over(now, grace) {
        return Err(StoreError::Conflict("the time of this attempt is over"));
    }
    if standing.graded_at.is_some() && next.answer != standing.answer {
        return Err(StoreError::Conflict("this answer was checked already, and is not changed any more"));
    }
    if save.revision.is_some_and(|revision| revision != standing.revision) {
        return Ok(Kept::Newer(standing));
    }
    next.revision += 1;
    next.saved_at = now;
    write(conn, &attempt, question, &next)?;
    Ok(Kept::Saved(next))
}

impl Store {
    /// Saves an answer. It is on the disk when this returns. After the deadline there are `grace` seconds for what was
    /// under way.
    ///
    /// # Errors
    /// `NotFound` when the attempt is not the user's or did not ask this; `Conflict` when it is finished, its time is over, or the
    /// answer was checked.
    pub async fn save_answer(
        &self,
        user: UserId,
        attempt: AttemptId,
        answer: Save,
        grace: i64,
        now: Timestamp,
    ) -> Result<Kept, StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| save(conn, &user, attempt, &answer, grace, now))
            .await
    }
}
