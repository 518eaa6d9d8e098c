//! What students turned down: kept so that the like of it is not made again, and may be written anew in its place.

use sharper_domain::{CorrectAnswer, ExamSection, Timestamp, UserId};
use uuid::Uuid;

use crate::conn::{Conn, Row, params};
use crate::store::fresh_id;
use crate::{Store, StoreError};

/// Something that was turned down: what it asks, and what it says is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The front.
    pub question: String,
    /// The back.
    pub answer: String,
}

const CARDS: &str = "SELECT question, answer FROM flashcards WHERE user_id = $1 AND hidden_at IS NOT NULL \
    ORDER BY hidden_at DESC LIMIT $2";
const QUESTIONS: &str = "SELECT question, correct_answer FROM quiz_questions WHERE user_id = $1 \
    AND hidden_at IS NOT NULL ORDER BY hidden_at DESC LIMIT $2";
const EXAMS: &str = "SELECT sections, hidden FROM exams WHERE user_id = $1 \
    AND CAST(hidden AS TEXT) <> '[]' ORDER BY created_at DESC LIMIT $2";

/// Copies a card that was turned down, as it is, before another is written in its place.
const KEEP_CARD: &str = "INSERT INTO flashcards (id, set_id, user_id, position, question, answer, explanation, topic, \
    difficulty, form, author, source_note_id, source_note_version, source_start, source_end, source_quote, verdict, \
    created_at, style, group_id, ordinal, cloze, tags, hidden_at) \
    SELECT $3, set_id, user_id, position, question, answer, explanation, topic, difficulty, form, author, \
    source_note_id, source_note_version, source_start, source_end, source_quote, verdict, created_at, style, $3, 0, \
    cloze, tags, hidden_at FROM flashcards WHERE user_id = $1 AND id = $2";
const KEEP_QUESTION: &str = "INSERT INTO quiz_questions (id, quiz_id, user_id, position, type, question, options, \
    correct_answer, acceptable_answers, explanation, points, rubric, section, topic, difficulty, source, \
    source_note_id, verdict, author, created_at, hidden_at) \
    SELECT $3, quiz_id, user_id, (SELECT max(o.position) + 1 FROM quiz_questions o WHERE o.quiz_id = q.quiz_id), type, \
    question, options, correct_answer, acceptable_answers, explanation, points, rubric, section, topic, difficulty, \
    source, source_note_id, verdict, author, created_at, hidden_at FROM quiz_questions q WHERE user_id = $1 AND id = $2";
const CARD_HIDDEN: &str =
    "SELECT hidden_at FROM flashcards WHERE user_id = $1 AND id = $2 AND hidden_at IS NOT NULL";
const QUESTION_HIDDEN: &str =
    "SELECT hidden_at FROM quiz_questions WHERE user_id = $1 AND id = $2 AND hidden_at IS NOT NULL";
const SHOW_CARD: &str = "UPDATE flashcards SET hidden_at = NULL WHERE user_id = $1 AND id = $2";
const SHOW_QUESTION: &str = "UPDATE quiz_questions SET hidden_at = NULL WHERE user_id = $1 AND id = $2";
/// What was remembered was another card.
const FORGET: &str = "DELETE FROM card_memory WHERE user_id = $1 AND card_id = $2";
const TOLD: &str = "UPDATE content_feedback SET effect = 'remade', content_id = $3 \
    WHERE user_id = $1 AND content_id = $2 AND effect = 'hidden'";

/// Makes room in the place of something that was turned down: it is kept, hidden, under another id, and what is under
/// this id is shown again and counts as new. Does nothing to what was not turned down.
pub(crate) fn make_room(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<(), StoreError> {
    let (row, keep, show) = match conn.query_opt(CARD_HIDDEN, params![user, id])? {
        Some(row) => (Some(row), KEEP_CARD, SHOW_CARD),
        None => (conn.query_opt(QUESTION_HIDDEN, params![user, id])?, KEEP_QUESTION, SHOW_QUESTION),
    };
    let Some(row) = row else { return Ok(()) };
    let copy = fresh_id(row.get::<Timestamp>("hidden_at")?);
    conn.execute(keep, params![user, id, copy])?;
    conn.execute(show, params![user, id])?;
    conn.execute(FORGET, params![user, id])?;
    conn.execute(TOLD, params![user, id.to_string(), copy.to_string()])?;
    Ok(())
}

fn of_exam(row: &Row) -> Result<Vec<Rejected>, StoreError> {
    let (sections, hidden): (Vec<ExamSection>, Vec<Uuid>) = (row.json("sections")?, row.json("hidden")?);
    let asked = sections.into_iter().flat_map(|section| section.questions);
    let rejected = asked.filter(|question| hidden.contains(&question.id.0));
    Ok(rejected
        .map(|one| Rejected { question: one.question, answer: one.correct_answer.as_str().to_owned() })
        .collect())
}

impl Store {
    /// The cards that the user turned down, the last first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn rejected_cards(&self, user: UserId, limit: u32) -> Result<Vec<Rejected>, StoreError> {
        let read = |row: &Row| Ok(Rejected { question: row.get("question")?, answer: row.get("answer")? });
        self.of(&user)
            .read(move |conn| conn.query(CARDS, params![&user, limit])?.iter().map(read).collect())
            .await
    }

    /// The questions of quizzes and exams that the user turned down, the last of quizzes first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn rejected_questions(&self, user: UserId, limit: u32) -> Result<Vec<Rejected>, StoreError> {
        let read = |row: &Row| {
            let answer: CorrectAnswer = row.json("correct_answer")?;
            Ok(Rejected { question: row.get("question")?, answer: answer.as_str().to_owned() })
        };
        self.of(&user)
            .read(move |conn| {
                let rows = conn.query(QUESTIONS, params![&user, limit])?;
                let mut all = rows.iter().map(read).collect::<Result<Vec<_>, StoreError>>()?;
                for row in conn.query(EXAMS, params![&user, limit])? {
                    all.extend(of_exam(&row)?);
                }
                all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
                Ok(all)
            })
            .await
    }
}
