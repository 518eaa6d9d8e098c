//! What lies ahead of a student: exams with a date, and what was begun and not ended.

use sharper_domain::{SetId, TaskKind, Timestamp, UserId};
use uuid::Uuid;

use crate::conn::{Row, params};
use crate::{Store, StoreError};

/// A day on which something must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamAhead {
    /// When.
    pub at: Timestamp,
    /// The set or the plan that leads to it.
    pub id: Uuid,
    /// `FlashcardGeneration` of a set, `StudyPlan` of a plan.
    pub kind: TaskKind,
    /// A line for people.
    pub title: String,
}

/// Something that was begun and not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// A quiz or an exam.
    Attempt {
        /// Which attempt.
        id: Uuid,
        /// Whether of a quiz or of an exam.
        kind: TaskKind,
        /// Of which.
        material: Uuid,
        /// A line for people.
        title: String,
        /// When it began.
        started_at: Timestamp,
        /// When the clock ends it.
        deadline_at: Option<Timestamp>,
    },
    /// A sitting over a set.
    Sitting {
        /// Which sitting.
        id: Uuid,
        /// Over which set.
        set: SetId,
        /// A line for people.
        title: String,
        /// When it began.
        started_at: Timestamp,
    },
}

impl Begun {
    /// When it began.
    pub fn started_at(&self) -> Timestamp {
        match self {
            Begun::Attempt { started_at, .. } | Begun::Sitting { started_at, .. } => *started_at,
        }
    }
}

const EXAMS: &str = "SELECT exam_at, id, kind, title FROM ( \
        SELECT exam_at, id, 'flashcard_generation' AS kind, title FROM flashcard_sets \
        WHERE user_id = $1 AND exam_at >= $2 \
        UNION ALL \
        SELECT exam_at, id, 'study_plan', title FROM study_plans WHERE user_id = $1 AND exam_at >= $2 \
    ) AS ahead ORDER BY exam_at, id LIMIT $3";
const ATTEMPT: &str = "SELECT id, kind, material_id, title, started_at, deadline_at FROM attempts \
    WHERE user_id = $1 AND finished_at IS NULL AND started_at >= $2 AND (deadline_at IS NULL OR deadline_at > $3) \
    ORDER BY started_at DESC LIMIT 1";
/// A sitting in which nothing was graded was only looked at.
const SITTING: &str = "SELECT f.id, f.set_id, s.title, f.started_at FROM flashcard_sessions f \
    JOIN flashcard_sets s ON s.id = f.set_id WHERE f.user_id = $1 AND f.finished_at IS NULL AND f.started_at >= $2 \
    AND EXISTS (SELECT 1 FROM flashcard_reviews r WHERE r.session_id = f.id) \
    ORDER BY f.started_at DESC LIMIT 1";

fn exam(row: &Row) -> Result<ExamAhead, StoreError> {
    Ok(ExamAhead {
        at: row.get("exam_at")?,
        id: row.get("id")?,
        kind: row.get("kind")?,
        title: row.get("title")?,
    })
}

fn attempt(row: &Row) -> Result<Begun, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(Begun::Attempt {
        id: row.get("id")?,
        kind: if kind == "exam" { TaskKind::ExamGeneration } else { TaskKind::QuizGeneration },
        material: row.get("material_id")?,
        title: row.get("title")?,
        started_at: row.get("started_at")?,
        deadline_at: row.get("deadline_at")?,
    })
}

fn sitting(row: &Row) -> Result<Begun, StoreError> {
    Ok(Begun::Sitting {
        id: row.get("id")?,
        set: row.get("set_id")?,
        title: row.get("title")?,
        started_at: row.get("started_at")?,
    })
}

impl Store {
    /// The exams of the user's that are still to come, the next first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn exams_ahead(
        &self,
        user: UserId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<ExamAhead>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(EXAMS, params![&user, now, limit])?.iter().map(exam).collect())
            .await
    }

    /// What the user began since a moment and has not ended: the newest attempt that may still go on, and the newest
    /// sitting; the one begun last first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn begun(
        &self,
        user: UserId,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Begun>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let attempts = conn.query(ATTEMPT, params![&user, since, now])?;
                let sittings = conn.query(SITTING, params![&user, since])?;
                let all = attempts.iter().map(attempt).chain(sittings.iter().map(sitting));
                let mut all = all.collect::<Result<Vec<_>, StoreError>>()?;
                all.sort_by_key(|one| std::cmp::Reverse(one.started_at()));
                Ok(all)
            })
            .await
    }
}
