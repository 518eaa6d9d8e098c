//! Hiding what a student turned down, and showing it again. It is never deleted: the like of it is not to be made again.

use sharper_domain::{ExamSection, MaterialId, NoteId, Timestamp, UserId};
use uuid::Uuid;

use crate::StoreError;
use crate::conn::{Conn, Sql, Value, params};

/// Something that is hidden now.
pub(super) struct Hidden {
    /// The note from whose passage it can be written anew by itself; `None` where it cannot.
    pub(super) note: Option<NoteId>,
}

const CARD: &str = "UPDATE flashcards SET hidden_at = coalesce(hidden_at, $3) WHERE user_id = $1 AND id = $2 \
    RETURNING set_id AS material_id";
const QUESTION: &str = "UPDATE quiz_questions SET hidden_at = coalesce(hidden_at, $3) WHERE user_id = $1 AND id = $2 \
    RETURNING quiz_id AS material_id";
const CARD_SHOWN: &str = "UPDATE flashcards SET hidden_at = NULL WHERE user_id = $1 AND id = $2";
const QUESTION_SHOWN: &str = "UPDATE quiz_questions SET hidden_at = NULL WHERE user_id = $1 AND id = $2";
/// The points of a quiz are those of the questions that it shows.
const COUNT_POINTS: &str = "UPDATE quizzes SET total_points = (SELECT coalesce(sum(points), 0) FROM quiz_questions q \
    WHERE q.quiz_id = quizzes.id AND q.hidden_at IS NULL) WHERE user_id = $1 \
    AND id = (SELECT quiz_id FROM quiz_questions WHERE user_id = $1 AND id = $2)";
/// Questions of exams stand in their exam's JSON, and a student has few exams.
const EXAM: Sql = Sql::each(
    "SELECT id, sections, hidden FROM exams WHERE user_id = $1 AND instr(sections, $2) > 0",
    "SELECT id, sections, hidden FROM exams WHERE user_id = $1 AND strpos(CAST(sections AS TEXT), $2) > 0",
);
const EXAM_HIDES: &str = "UPDATE exams SET hidden = $3, total_points = $4 WHERE user_id = $1 AND id = $2";
const PASSAGE: &str = "SELECT p.note_id FROM passages p JOIN notes n ON n.id = p.note_id AND n.user_id = p.user_id \
    WHERE p.item_id = $2 AND p.user_id = $1 AND n.deleted_at IS NULL AND p.span_end > p.span_start \
    AND (p.kind = 'flashcard_generation' OR p.kind = 'quiz_generation')";

/// Hides the user's card, question of a quiz, or question of an exam with this id; `None` where there is none.
pub(super) fn hide(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: Uuid,
    now: Timestamp,
) -> Result<Option<Hidden>, StoreError> {
    let row = match conn.query_opt(CARD, params![user, id, now])? {
        Some(row) => Some(row),
        None => conn.query_opt(QUESTION, params![user, id, now])?,
    };
    if row.is_some() {
        conn.execute(COUNT_POINTS, params![user, id])?;
        return Ok(Some(Hidden { note: passage(conn, user, id)? }));
    }
    Ok(of_exam(conn, user, id, true)?.then_some(Hidden { note: None }))
}

/// The note from whose passage a card or a question of a quiz can be written anew.
pub(super) fn passage(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<Option<NoteId>, StoreError> {
    conn.query_opt(PASSAGE, params![user, id])?.map(|row| row.get("note_id")).transpose()
}

/// Shows again what was hidden.
pub(super) fn show(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<(), StoreError> {
    if conn.execute(CARD_SHOWN, params![user, id])? == 0 {
        if conn.execute(QUESTION_SHOWN, params![user, id])? == 0 {
            return of_exam(conn, user, id, false).map(drop);
        }
        conn.execute(COUNT_POINTS, params![user, id])?;
    }
    Ok(())
}

/// Hides or shows a question of an exam. Answers whether there is one.
fn of_exam(conn: &mut Conn<'_>, user: &UserId, id: Uuid, hide: bool) -> Result<bool, StoreError> {
    for row in conn.query(EXAM, params![user, id.to_string()])? {
        let sections: Vec<ExamSection> = row.json("sections")?;
        let asked = || sections.iter().flat_map(|section| &section.questions);
        if !asked().any(|question| question.id.0 == id) {
            continue;
        }
        let mut hidden: Vec<Uuid> = row.json("hidden")?;
        hidden.retain(|other| *other != id);
        if hide {
            hidden.push(id);
        }
        let shown = asked().filter(|question| !hidden.contains(&question.id.0));
        let points: u32 = shown.map(|question| question.points).sum();
        let exam: MaterialId = row.get("id")?;
        conn.execute(EXAM_HIDES, params![user, exam, Value::json(&hidden)?, points])?;
        return Ok(true);
    }
    Ok(false)
}

/// The sections of an exam without the questions that are hidden, and without those sections in which none is left.
pub(crate) fn shown(mut sections: Vec<ExamSection>, hidden: &[Uuid]) -> Vec<ExamSection> {
    if !hidden.is_empty() {
        for section in &mut sections {
            section.questions.retain(|question| !hidden.contains(&question.id.0));
        }
        sections.retain(|section| !section.questions.is_empty());
    }
    sections
}
