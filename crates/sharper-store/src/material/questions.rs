//! The questions of quizzes, each in a row of its own, and those that a student has been asked already.

use std::collections::HashMap;

use sharper_domain::{
    CorrectAnswer, ExamSection, Material, MaterialId, NoteId, Question, QuestionId, Timestamp, UserId,
};

use crate::conn::{Conn, Row, Sql, Value, params};
use crate::{Store, StoreError};

/// A question that the student has: what it asks and what is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownQuestion {
    /// Which.
    pub id: QuestionId,
    /// What it asks.
    pub question: String,
    /// The right answer, in words.
    pub answer: String,
}

/// Exams that are looked through for questions: a student has few, and each is long.
const EXAMS_LOOKED_AT: u32 = 20;

const INSERT: &str = "INSERT INTO quiz_questions \
    (id, quiz_id, user_id, position, type, question, options, correct_answer, acceptable_answers, explanation, \
     points, rubric, section, topic, difficulty, source, source_note_id, verdict, author, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
const REPLACE: &str = "UPDATE quiz_questions SET type = $3, question = $4, options = $5, correct_answer = $6, \
    acceptable_answers = $7, explanation = $8, points = $9, rubric = $10, section = $11, topic = $12, difficulty = $13, \
    source = $14, source_note_id = $15, verdict = $16, author = $17 WHERE user_id = $1 AND id = $2";
const COUNT_POINTS: &str = "UPDATE quizzes SET total_points = \
    (SELECT coalesce(sum(points), 0) FROM quiz_questions q WHERE q.quiz_id = quizzes.id AND q.hidden_at IS NULL) \
    WHERE user_id = $1 AND id = (SELECT quiz_id FROM quiz_questions WHERE user_id = $1 AND id = $2)";
/// What has no source or no verdict was not checked, so it is not shown.
macro_rules! select_of_quizzes {
    ($index:literal, $ids:literal) => {
        concat!(
            "SELECT id, quiz_id, type, question, options, correct_answer, acceptable_answers, explanation, points, \
             rubric, section, topic, difficulty, source, verdict, author FROM quiz_questions ",
            $index,
            " WHERE user_id = $1 AND quiz_id IN (",
            $ids,
            ") AND source IS NOT NULL AND verdict IS NOT NULL AND hidden_at IS NULL ORDER BY quiz_id, position"
        )
    };
}
/// SQLite would look through all questions of the user, for want of statistics; so here and below it is told its way.
const OF_QUIZZES: Sql = Sql::each(
    select_of_quizzes!("INDEXED BY quiz_questions_of_quiz", "SELECT value FROM json_each($2)"),
    select_of_quizzes!("", "SELECT CAST(value AS UUID) FROM json_array_elements_text($2)"),
);
macro_rules! select_hidden {
    ($ids:literal) => {
        concat!(
            "SELECT id, quiz_id, type, question, options, correct_answer, acceptable_answers, explanation, points, \
             rubric, section, topic, difficulty, source, verdict, author FROM quiz_questions WHERE user_id = $1 \
             AND hidden_at IS NOT NULL AND source IS NOT NULL AND verdict IS NOT NULL AND id IN (",
            $ids,
            ")"
        )
    };
}
const HIDDEN: Sql = Sql::each(
    select_hidden!("SELECT value FROM json_each($2)"),
    select_hidden!("SELECT CAST(value AS UUID) FROM json_array_elements_text($2)"),
);
macro_rules! select_known {
    ($index:literal, $notes:literal) => {
        concat!(
            "SELECT id, question, correct_answer, created_at FROM quiz_questions ",
            $index,
            " WHERE user_id = $1",
            $notes,
            " ORDER BY created_at DESC, id DESC LIMIT $2"
        )
    };
}
const KNOWN: &str = select_known!("", "");
const KNOWN_OF_NOTES: Sql = Sql::each(
    select_known!(
        "INDEXED BY quiz_questions_from_note",
        " AND source_note_id IN (SELECT value FROM json_each($3))"
    ),
    select_known!(
        "",
        " AND source_note_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($3))"
    ),
);
const EXAMS: &str =
    "SELECT sections, created_at FROM exams WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2";

/// Keeps the questions of a quiz whose row is there.
pub(super) fn add(conn: &mut Conn<'_>, quiz: &Material, questions: &[Question]) -> Result<(), StoreError> {
    for (question, position) in questions.iter().zip(0i64..) {
        let values = params![
            question.id,
            quiz.id,
            &quiz.user_id,
            position,
            question.kind,
            question.question.as_str(),
            Value::json(&question.options)?,
            Value::json(&question.correct_answer)?,
            Value::json(&question.acceptable_answers)?,
            question.explanation.as_str(),
            question.points,
            Value::json(&question.rubric)?,
            question.section.as_deref(),
            question.topic.as_str(),
            question.difficulty,
            Value::json(&question.source)?,
            question.source.note_id,
            Value::json(&question.verdict)?,
            question.author,
            quiz.created_at,
        ];
        conn.execute(INSERT, values)?;
    }
    Ok(())
}

/// Writes a question anew in the place of the one with its id, if that is there: the quiz and the place in it stay, and
/// the quiz counts its points again.
pub(crate) fn replace(conn: &mut Conn<'_>, user: &UserId, question: &Question) -> Result<bool, StoreError> {
    let values = params![
        user,
        question.id,
        question.kind,
        question.question.as_str(),
        Value::json(&question.options)?,
        Value::json(&question.correct_answer)?,
        Value::json(&question.acceptable_answers)?,
        question.explanation.as_str(),
        question.points,
        Value::json(&question.rubric)?,
        question.section.as_deref(),
        question.topic.as_str(),
        question.difficulty,
        Value::json(&question.source)?,
        question.source.note_id,
        Value::json(&question.verdict)?,
        question.author,
    ];
    let replaced = conn.execute(REPLACE, values)? > 0;
    conn.execute(COUNT_POINTS, params![user, question.id])?;
    Ok(replaced)
}

/// Those of these questions of quizzes that the user turned down.
pub(crate) fn hidden(conn: &mut Conn<'_>, user: &UserId, ids: Value) -> Result<Vec<Question>, StoreError> {
    conn.query(HIDDEN, params![user, ids])?.iter().map(read).collect()
}

/// The questions of several quizzes, in their order.
pub(super) fn of_quizzes(
    conn: &mut Conn<'_>,
    user: &UserId,
    quizzes: &[MaterialId],
) -> Result<HashMap<MaterialId, Vec<Question>>, StoreError> {
    let mut of_quiz: HashMap<MaterialId, Vec<Question>> = HashMap::new();
    for row in conn.query(OF_QUIZZES, params![user, Value::json(&quizzes)?])? {
        of_quiz.entry(row.get("quiz_id")?).or_default().push(read(&row)?);
    }
    Ok(of_quiz)
}

fn read(row: &Row) -> Result<Question, StoreError> {
    Ok(Question {
        id: row.get("id")?,
        kind: row.get("type")?,
        question: row.get("question")?,
        options: row.json("options")?,
        correct_answer: row.json("correct_answer")?,
        acceptable_answers: row.json_opt("acceptable_answers")?.unwrap_or_default(),
        explanation: row.get("explanation")?,
        points: row.get("points")?,
        rubric: row.json_opt("rubric")?.unwrap_or_default(),
        section: row.get("section")?,
        topic: row.get("topic")?,
        difficulty: row.get("difficulty")?,
        source: row.json("source")?,
        verdict: row.json("verdict")?,
        author: row.get("author")?,
    })
}

/// Questions with the time at which they were made.
type Dated = Vec<(Timestamp, KnownQuestion)>;

fn known(
    conn: &mut Conn<'_>,
    user: &UserId,
    notes: &[NoteId],
    limit: u32,
) -> Result<Vec<KnownQuestion>, StoreError> {
    let mut all = of_all_quizzes(conn, user, notes, limit)?;
    all.extend(of_exams(conn, user, notes)?);
    all.sort_by_key(|(made, _)| std::cmp::Reverse(*made));
    all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(all.into_iter().map(|(_, question)| question).collect())
}

fn of_all_quizzes(
    conn: &mut Conn<'_>,
    user: &UserId,
    notes: &[NoteId],
    limit: u32,
) -> Result<Dated, StoreError> {
    let rows = if notes.is_empty() {
        conn.query(KNOWN, params![user, limit])?
    } else {
        conn.query(KNOWN_OF_NOTES, params![user, limit, Value::json(&notes)?])?
    };
    let read = |row: &Row| {
        let answer: CorrectAnswer = row.json("correct_answer")?;
        let answer = answer.as_str().to_owned();
        Ok((
            row.get("created_at")?,
            KnownQuestion { id: row.get("id")?, question: row.get("question")?, answer },
        ))
    };
    rows.iter().map(read).collect()
}

fn of_exams(conn: &mut Conn<'_>, user: &UserId, notes: &[NoteId]) -> Result<Dated, StoreError> {
    let mut all = Dated::new();
    for row in conn.query(EXAMS, params![user, EXAMS_LOOKED_AT])? {
        let made = row.get("created_at")?;
        let sections: Vec<ExamSection> = row.json("sections")?;
        let asked = sections.into_iter().flat_map(|section| section.questions);
        let asked = asked.filter(|one| notes.is_empty() || notes.contains(&one.source.note_id));
        all.extend(asked.map(|one| {
            let answer = one.correct_answer.as_str().to_owned();
            (made, KnownQuestion { id: one.id, question: one.question, answer })
        }));
    }
    Ok(all)
}

impl Store {
    /// The questions of quizzes and of the newest exams that the user has already, newest first; with `notes`, only
    /// those made from them.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn known_questions(
        &self,
        user: UserId,
        notes: Vec<NoteId>,
        limit: u32,
    ) -> Result<Vec<KnownQuestion>, StoreError> {
        self.of(&user).read(move |conn| known(conn, &user, &notes, limit)).await
    }
}
