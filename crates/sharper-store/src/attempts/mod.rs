//! Attempts at quizzes and exams: begun, answered, ended, graded, appealed against.
//!
//! An attempt keeps the questions that it asks, whole, so it can be finished and read when its paper was written anew or
//! deleted meanwhile. What is saved is synced before it is answered. Whatever changes an attempt locks its row first.

mod appeal;
mod evidence;
mod finish;
mod save;
mod start;

use sharper_domain::{
    Answered, Appeal, Attempt, AttemptId, EndedBy, MaterialId, Paper, QuestionId, Timestamp, UserId,
};

pub use self::appeal::{Appealed, Ruling};
pub use self::evidence::Evidence;
pub use self::finish::Marked;
pub use self::save::{Kept, Save};
pub use self::start::{NewAttempt, RetakeOf};
use crate::conn::{Conn, Row, Sql, locking, params};
use crate::{Store, StoreError};

/// An attempt with what was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    /// The attempt.
    pub attempt: Attempt,
    /// What was answered, in any order; a question may be missing.
    pub answers: Vec<Answered>,
}

impl Sitting {
    /// What was answered to a question.
    pub fn answer(&self, id: QuestionId) -> Option<&Answered> {
        self.answers.iter().find(|answer| answer.question_id == id)
    }
}

/// An attempt at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefAttempt {
    /// Its id.
    pub id: AttemptId,
    /// What is taken.
    pub paper: Paper,
    /// Which.
    pub material_id: MaterialId,
    /// Its title.
    pub title: String,
    /// The attempt whose misses it repeats.
    pub retake_of: Option<AttemptId>,
    /// When it began.
    pub started_at: Timestamp,
    /// When its time runs out.
    pub deadline_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// What ended it.
    pub ended_by: Option<EndedBy>,
    /// Questions that it asks.
    pub questions: u32,
    /// Those that are answered.
    pub answered: u32,
    /// Of an ended one, those that are not graded.
    pub ungraded: u32,
    /// What is earned so far, in hundredths of a point. Of an open one nothing is told.
    pub points: Option<u32>,
    /// What could be earned, in hundredths of a point.
    pub of_points: u32,
}

macro_rules! one {
    () => {
        "SELECT id, user_id, kind, material_id, title, asked, retake_of, started_at, deadline_at, finished_at, \
         ended_by, points, of_points FROM attempts WHERE user_id = $1 AND id = $2"
    };
}
const ONE: &str = one!();
const ONE_LOCKED: Sql = locking!(one!(), "FOR UPDATE");
const ANSWERS: &str = "SELECT question_id, answer, flagged, revision, saved_at, points, of_points, grading, graded_at, \
    appeal, appealed_at, appeal_outcome, appeal_answered_at FROM attempt_answers WHERE user_id = $1 AND attempt_id = $2";
const LIST: &str = "SELECT a.id, a.kind, a.material_id, a.title, a.retake_of, a.started_at, a.deadline_at, a.finished_at, \
    a.ended_by, a.of_points, json_array_length(a.asked) AS questions, \
    (SELECT count(*) FROM attempt_answers s WHERE s.attempt_id = a.id AND s.answer <> '') AS answered, \
    (SELECT count(*) FROM attempt_answers s WHERE s.attempt_id = a.id AND s.points IS NULL) AS ungraded, \
    (SELECT CAST(coalesce(sum(s.points), 0) AS BIGINT) FROM attempt_answers s WHERE s.attempt_id = a.id) AS earned \
    FROM attempts a WHERE a.user_id = $1 AND (CAST($3 AS TEXT) IS NULL OR CAST(a.material_id AS TEXT) = $3) \
    ORDER BY a.started_at DESC, a.id DESC LIMIT $2";
const OVERDUE: &str = "SELECT user_id, id FROM attempts \
    WHERE finished_at IS NULL AND deadline_at IS NOT NULL AND deadline_at < $1 ORDER BY deadline_at LIMIT $2";

fn sitting(conn: &mut Conn<'_>, user: &UserId, id: AttemptId) -> Result<Sitting, StoreError> {
    let attempt = read(&conn.query_one(ONE, params![user, id])?)?;
    Ok(Sitting { attempt, answers: answers(conn, user, id)? })
}

/// The attempt, locked to the end of the transaction.
fn locked(conn: &mut Conn<'_>, user: &UserId, id: AttemptId) -> Result<Attempt, StoreError> {
    read(&conn.query_one(ONE_LOCKED, params![user, id])?)
}

fn answers(conn: &mut Conn<'_>, user: &UserId, id: AttemptId) -> Result<Vec<Answered>, StoreError> {
    conn.query(ANSWERS, params![user, id])?.iter().map(read_answer).collect()
}

fn read(row: &Row) -> Result<Attempt, StoreError> {
    Ok(Attempt {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        paper: row.get("kind")?,
        material_id: row.get("material_id")?,
        title: row.get("title")?,
        asked: row.json("asked")?,
        retake_of: row.get("retake_of")?,
        started_at: row.get("started_at")?,
        deadline_at: row.get("deadline_at")?,
        finished_at: row.get("finished_at")?,
        ended_by: row.get("ended_by")?,
        points: row.get("points")?,
        of_points: row.get("of_points")?,
    })
}

fn read_answer(row: &Row) -> Result<Answered, StoreError> {
    let appeal = match row.get::<Option<String>>("appeal")? {
        Some(text) => Some(Appeal {
            text,
            at: row.get("appealed_at")?,
            outcome: row.get("appeal_outcome")?,
            answered_at: row.get("appeal_answered_at")?,
        }),
        None => None,
    };
    Ok(Answered {
        question_id: row.get("question_id")?,
        answer: row.get("answer")?,
        flagged: row.get("flagged")?,
        revision: row.get("revision")?,
        saved_at: row.get("saved_at")?,
        points: row.get("points")?,
        of_points: row.get("of_points")?,
        grading: row.json_opt("grading")?,
        graded_at: row.get("graded_at")?,
        appeal,
    })
}

fn read_brief(row: &Row) -> Result<BriefAttempt, StoreError> {
    let finished_at: Option<Timestamp> = row.get("finished_at")?;
    let (ungraded, earned) = (row.get("ungraded")?, row.get("earned")?);
    Ok(BriefAttempt {
        id: row.get("id")?,
        paper: row.get("kind")?,
        material_id: row.get("material_id")?,
        title: row.get("title")?,
        retake_of: row.get("retake_of")?,
        started_at: row.get("started_at")?,
        deadline_at: row.get("deadline_at")?,
        finished_at,
        ended_by: row.get("ended_by")?,
        questions: row.get("questions")?,
        answered: row.get("answered")?,
        ungraded: if finished_at.is_some() { ungraded } else { 0 },
        points: finished_at.map(|_| earned),
        of_points: row.get("of_points")?,
    })
}

impl Store {
    /// An attempt of the user's, with what was answered.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sitting(&self, user: UserId, id: AttemptId) -> Result<Sitting, StoreError> {
        self.of(&user).read(move |conn| sitting(conn, &user, id)).await
    }

    /// The user's attempts, the newest first; with `material`, only those at this paper.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn attempts(
        &self,
        user: UserId,
        material: Option<MaterialId>,
        limit: u32,
    ) -> Result<Vec<BriefAttempt>, StoreError> {
        let material = material.map(|id| id.to_string());
        self.of(&user)
            .read(move |conn| {
                conn.query(LIST, params![&user, limit, material])?.iter().map(read_brief).collect()
            })
            .await
    }

    /// Open attempts of anybody whose time was over before this moment, the longest over first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn overdue_attempts(
        &self,
        before: Timestamp,
        limit: u32,
    ) -> Result<Vec<(UserId, AttemptId)>, StoreError> {
        self.house()
            .read(move |conn| {
                let rows = conn.query(OVERDUE, params![before, limit])?;
                rows.iter().map(|row| Ok((row.get("user_id")?, row.get("id")?))).collect()
            })
            .await
    }
}
