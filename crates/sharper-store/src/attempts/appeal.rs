//! Appeals: "I was right", and what became of it.

use sharper_domain::{
    AppealOutcome, AttemptId, GradedBy, GradedPoint, Grading, Paper, Question, QuestionId, Timestamp, UserId,
};

use super::finish::{by_word, sum};
use super::save::standing;
use super::{Sitting, locked, read, read_answer, sitting};
use crate::conn::{Conn, Row, Value, params};
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError};

/// What an appeal came to: at once, or after a person has looked.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// It waits for a person.
    Waits,
    /// The grading stays.
    Refused,
    /// The student was right: this is the grading now.
    Granted(Grading),
}

/// An appeal, for whoever decides on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Appealed {
    /// Whose.
    pub user_id: UserId,
    /// In which attempt.
    pub attempt_id: AttemptId,
    /// At which kind of paper.
    pub paper: Paper,
    /// Its title.
    pub title: String,
    /// The question, with its key.
    pub question: Question,
    /// The answer, its grading and the appeal.
    pub answer: sharper_domain::Answered,
}

const APPEAL: &str = "UPDATE attempt_answers SET appeal = $4, appealed_at = $5, appeal_outcome = NULL, \
    appeal_answered_at = NULL WHERE user_id = $1 AND attempt_id = $2 AND question_id = $3";
const RULE: &str = "UPDATE attempt_answers SET appeal_outcome = $4, appeal_answered_at = $5 \
    WHERE user_id = $1 AND attempt_id = $2 AND question_id = $3 AND appeal IS NOT NULL AND appeal_outcome IS NULL";
const GRADE: &str = "UPDATE attempt_answers SET points = $4, grading = $5, graded_by = $6, graded_at = $7 \
    WHERE user_id = $1 AND attempt_id = $2 AND question_id = $3";
const WAITING: &str = "SELECT a.id, a.user_id, a.kind, a.material_id, a.title, a.asked, a.retake_of, a.started_at, \
    a.deadline_at, a.finished_at, a.ended_by, a.points, a.of_points, s.question_id AS appealed \
    FROM attempt_answers s JOIN attempts a ON a.id = s.attempt_id \
    WHERE s.appeal IS NOT NULL AND s.appeal_outcome IS NULL ORDER BY s.appealed_at LIMIT $1";
const ONE_ANSWER: &str = "SELECT question_id, answer, flagged, revision, saved_at, points, of_points, grading, graded_at, \
    appeal, appealed_at, appeal_outcome, appeal_answered_at FROM attempt_answers \
    WHERE user_id = $1 AND attempt_id = $2 AND question_id = $3";

/// Everything is earned: what a person finds who grants an appeal.
fn in_full(of: u32, question: &Question, before: Option<Grading>) -> Grading {
    let mut parts = before.map_or_else(Vec::new, |grading| grading.parts);
    if parts.is_empty() {
        let (point, quote) = (question.correct_answer.as_str().to_owned(), question.source.quote.clone());
        parts.push(GradedPoint { point, quote, of, earned: of, words: Vec::new(), why: None });
    }
    for part in &mut parts {
        (part.earned, part.why) = (part.of, None);
    }
    Grading { points: of, of, parts, by: GradedBy::Person }
}

fn rule(
    conn: &mut Conn<'_>,
    user: &UserId,
    place: (AttemptId, QuestionId),
    ruling: &Ruling,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (id, question) = place;
    let outcome = match ruling {
        Ruling::Waits => return Ok(true),
        Ruling::Refused => AppealOutcome::Refused,
        Ruling::Granted(_) => AppealOutcome::Granted,
    };
    if conn.execute(RULE, params![user, id, question, outcome.as_str(), now])? == 0 {
        return Ok(false);
    }
    if let Ruling::Granted(grading) = ruling {
        let by = by_word(grading)?;
        conn.execute(GRADE, params![user, id, question, grading.points, Value::json(grading)?, by, now])?;
        sum(conn, user, id)?;
        raise_learning(conn, user)?;
    }
    Ok(true)
}

fn appealed(conn: &mut Conn<'_>, row: &Row) -> Result<Option<Appealed>, StoreError> {
    let (attempt, id): (_, QuestionId) = (read(row)?, row.get("appealed")?);
    let Some(question) = attempt.question(id).cloned() else { return Ok(None) };
    let answer = conn.query_one(ONE_ANSWER, params![&attempt.user_id, attempt.id, id])?;
    Ok(Some(Appealed {
        answer: read_answer(&answer)?,
        user_id: attempt.user_id,
        attempt_id: attempt.id,
        paper: attempt.paper,
        title: attempt.title,
        question,
    }))
}

impl Store {
    /// Keeps what the student says to the grading of an answer, and what was found of it at once. Each answer is appealed
    /// against once. Answers with the attempt as it is then.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it is not graded yet, is worth all, or was appealed against already.
    pub async fn appeal(
        &self,
        user: UserId,
        place: (AttemptId, QuestionId),
        text: String,
        ruling: Ruling,
        now: Timestamp,
    ) -> Result<Sitting, StoreError> {
        let (id, question_id) = place;
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                let attempt = locked(conn, &user, id)?;
                let question = attempt.question(question_id).ok_or(StoreError::NotFound)?;
                let answer = standing(conn, &attempt, question)?;
                if answer.graded_at.is_none() {
                    return Err(StoreError::Conflict("this answer is not graded yet"));
                }
                if answer.full() {
                    return Err(StoreError::Conflict("this answer earned all of its points"));
                }
                if answer.appeal.is_some() {
                    return Err(StoreError::Conflict("this grading was appealed against already"));
                }
                conn.execute(APPEAL, params![&user, id, question_id, text, now])?;
                rule(conn, &user, place, &ruling, now)?;
                sitting(conn, &user, id)
            })
            .await
    }

    /// Appeals of anybody that wait for a person, the oldest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn waiting_appeals(&self, limit: u32) -> Result<Vec<Appealed>, StoreError> {
        self.house()
            .read(move |conn| {
                let rows = conn.query(WAITING, params![limit])?;
                let all = rows.iter().map(|row| appealed(conn, row)).collect::<Result<Vec<_>, _>>()?;
                Ok(all.into_iter().flatten().collect())
            })
            .await
    }

    /// Decides on an appeal that waits: granted, the answer earns all of its points.
    ///
    /// # Errors
    /// `NotFound` when there is no such appeal; `Conflict` when it was decided on already.
    pub async fn decide_appeal(
        &self,
        user: UserId,
        place: (AttemptId, QuestionId),
        outcome: AppealOutcome,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (id, question_id) = place;
        self.house()
            .write(Durability::Synced, move |conn| {
                let attempt = locked(conn, &user, id)?;
                let question = attempt.question(question_id).ok_or(StoreError::NotFound)?;
                let answer = standing(conn, &attempt, question)?;
                if answer.appeal.is_none() {
                    return Err(StoreError::NotFound);
                }
                let ruling = match outcome {
                    AppealOutcome::Refused => Ruling::Refused,
                    AppealOutcome::Granted => {
                        Ruling::Granted(in_full(answer.of_points, question, answer.grading))
                    }
                };
                if rule(conn, &user, place, &ruling, now)? {
                    Ok(())
                } else {
                    Err(StoreError::Conflict("this appeal was decided on already"))
                }
            })
            .await
    }
}
