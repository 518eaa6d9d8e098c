//! Beginning an attempt, once per paper: starting again returns the one that is open.

use sharper_domain::{Attempt, AttemptId, MaterialId, Paper, Question, Timestamp, UserId, attempt};

use super::{Sitting, answers, locked, read, sitting};
use crate::conn::{Conn, Value, params};
use crate::{Durability, Store, StoreError};

/// An attempt that is to begin.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAttempt {
    /// What is taken.
    pub paper: Paper,
    /// Which.
    pub material_id: MaterialId,
    /// Its title.
    pub title: String,
    /// Its questions, in order.
    pub asked: Vec<Question>,
    /// When its time runs out.
    pub deadline_at: Option<Timestamp>,
    /// The attempt whose misses it repeats.
    pub retake_of: Option<AttemptId>,
}

/// Another attempt at what was missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetakeOf {
    /// The paper that was taken.
    pub paper: Paper,
    /// Which.
    pub material_id: MaterialId,
    /// The attempt.
    pub attempt: AttemptId,
}

const INSERT: &str = "INSERT INTO attempts \
    (id, user_id, kind, material_id, title, asked, retake_of, started_at, deadline_at, of_points) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
    ON CONFLICT (user_id, material_id) WHERE finished_at IS NULL DO NOTHING";
const OPEN: &str = "SELECT id, user_id, kind, material_id, title, asked, retake_of, started_at, deadline_at, finished_at, \
    ended_by, points, of_points FROM attempts WHERE user_id = $1 AND material_id = $2 AND finished_at IS NULL";

fn start(
    conn: &mut Conn<'_>,
    user: &UserId,
    new: &NewAttempt,
    now: Timestamp,
) -> Result<Sitting, StoreError> {
    if new.asked.is_empty() {
        return Err(StoreError::Conflict("there is no question in it to ask"));
    }
    let of_points = new.asked.iter().map(attempt::worth).fold(0, u32::saturating_add);
    let values = params![
        AttemptId::new(now),
        user,
        new.paper.as_str(),
        new.material_id,
        new.title.as_str(),
        Value::json(&new.asked)?,
        new.retake_of,
        now,
        new.deadline_at,
        of_points,
    ];
    conn.execute(INSERT, values)?;
    let attempt = read(&conn.query_one(OPEN, params![user, new.material_id])?)?;
    Ok(Sitting { answers: answers(conn, user, attempt.id)?, attempt })
}

/// What was missed in an ended attempt, as a new one. Its clock runs for the share of the time that those questions take.
fn missed(past: &Sitting, wanted: RetakeOf, now: Timestamp) -> Result<NewAttempt, StoreError> {
    let Sitting { attempt, .. } = past;
    if attempt.material_id != wanted.material_id || attempt.paper != wanted.paper {
        return Err(StoreError::NotFound);
    }
    if attempt.finished_at.is_none() {
        return Err(StoreError::Conflict("this attempt is not finished yet"));
    }
    let missed = |question: &&Question| past.answer(question.id).is_some_and(|answer| answer.missed());
    let asked: Vec<Question> = attempt.asked.iter().filter(missed).cloned().collect();
    if asked.is_empty() {
        return Err(StoreError::Conflict("nothing was missed in this attempt"));
    }
    Ok(NewAttempt {
        paper: attempt.paper,
        material_id: attempt.material_id,
        title: attempt.title.clone(),
        deadline_at: shared_deadline(attempt, &asked, now),
        asked,
        retake_of: Some(attempt.id),
    })
}

fn shared_deadline(attempt: &Attempt, asked: &[Question], now: Timestamp) -> Option<Timestamp> {
    let whole = attempt.deadline_at?.as_microsecond() - attempt.started_at.as_microsecond();
    let minutes = |questions: &[Question]| -> f64 {
        questions.iter().map(|question| sharper_domain::exam::minutes_of(question.kind)).sum()
    };
    let share = minutes(asked) / minutes(&attempt.asked).max(1.0);
    let minute = 60_000_000;
    let length = ((whole as f64 * share / minute as f64).ceil() as i64).max(1) * minute;
    Timestamp::from_microsecond(now.as_microsecond() + length).ok()
}

impl Store {
    /// Begins an attempt, or returns the one at this paper that is open already.
    ///
    /// # Errors
    /// `Conflict` when there is nothing to ask.
    pub async fn start_attempt(
        &self,
        user: UserId,
        new: NewAttempt,
        now: Timestamp,
    ) -> Result<Sitting, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| start(conn, &user, &new, now)).await
    }

    /// Begins an attempt at what was missed in another, or returns the one at this paper that is open already.
    ///
    /// # Errors
    /// `NotFound` when there was no such attempt at this paper; `Conflict` when it is not finished or nothing was missed.
    pub async fn retake(&self, user: UserId, of: RetakeOf, now: Timestamp) -> Result<Sitting, StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                locked(conn, &user, of.attempt)?;
                let past = sitting(conn, &user, of.attempt)?;
                start(conn, &user, &missed(&past, of, now)?, now)
            })
            .await
    }
}
