//! Finding material: one statement for the rows of its table and, for cards and questions, one more for all their parts.

use std::collections::HashMap;

use serde::Deserialize;
use sharper_domain::material::Body;
use sharper_domain::{Flashcard, KeyTerm, MainPoint, Material, MaterialId, Question, TaskKind, UserId};
use uuid::Uuid;

use super::questions;
use crate::conn::{Conn, Row, Sql, Value};
use crate::{StoreError, conversations, feedback, flashcards};

/// The statements on one table.
struct Selects {
    by_id: &'static str,
    by_ids: Sql,
    newest: &'static str,
    answering: Option<&'static str>,
}

/// What every table has, and `own` of this one.
macro_rules! select {
    ($own:literal, $from:literal, $rest:literal) => {
        concat!(
            "SELECT id, user_id, note_id, title, model_used, created_at",
            $own,
            " FROM ",
            $from,
            " user_id = $1",
            $rest
        )
    };
}
macro_rules! selects {
    ($own:literal, $from:literal) => {
        Selects {
            by_id: select!($own, $from, " AND id = $2"),
            by_ids: Sql::each(
                select!($own, $from, " AND id IN (SELECT value FROM json_each($2))"),
                select!(
                    $own,
                    $from,
                    " AND id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($2))"
                ),
            ),
            newest: select!($own, $from, " ORDER BY created_at DESC, id DESC LIMIT $2"),
            answering: Some(select!(
                $own,
                $from,
                " AND fingerprint = $2 ORDER BY created_at DESC, id DESC LIMIT 1"
            )),
        }
    };
}

const SETS: Selects = selects!("", "flashcard_sets WHERE");
const QUIZZES: Selects = selects!("", "quizzes WHERE");
const EXAMS: Selects = selects!(", duration_minutes, sections, hidden", "exams WHERE");
const SUMMARIES: Selects = selects!(", summary", "summaries WHERE");
const ANALYSES: Selects = selects!(", findings", "note_analyses WHERE");
const PLANS: Selects = selects!(", topics, days", "study_plans WHERE");
const REPLIES: Selects = Selects {
    by_id: select!(", detail", "conversation_messages WHERE detail IS NOT NULL AND", " AND id = $2"),
    by_ids: Sql::each(
        select!(
            ", detail",
            "conversation_messages WHERE detail IS NOT NULL AND",
            " AND id IN (SELECT value FROM json_each($2))"
        ),
        select!(
            ", detail",
            "conversation_messages WHERE detail IS NOT NULL AND",
            " AND id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text($2))"
        ),
    ),
    newest: select!(
        ", detail",
        "conversation_messages WHERE detail IS NOT NULL AND",
        " ORDER BY created_at DESC, id DESC LIMIT $2"
    ),
    answering: None,
};

fn selects(kind: TaskKind) -> &'static Selects {
    match kind {
        TaskKind::Chat => &REPLIES,
        TaskKind::FlashcardGeneration => &SETS,
        TaskKind::QuizGeneration => &QUIZZES,
        TaskKind::ExamGeneration => &EXAMS,
        TaskKind::SummaryGeneration => &SUMMARIES,
        TaskKind::NoteAnalysis => &ANALYSES,
        TaskKind::StudyPlan => &PLANS,
    }
}

pub(super) fn by_id(
    conn: &mut Conn<'_>,
    user: &UserId,
    kind: TaskKind,
    id: MaterialId,
) -> Result<Option<Material>, StoreError> {
    Ok(found(conn, user, kind, selects(kind).by_id, id.into())?.pop())
}

/// Those of a list that are there, in any order.
pub(crate) fn by_ids(
    conn: &mut Conn<'_>,
    user: &UserId,
    kind: TaskKind,
    ids: &[MaterialId],
) -> Result<Vec<Material>, StoreError> {
    found(conn, user, kind, selects(kind).by_ids, Value::json(&ids)?)
}

pub(super) fn newest(
    conn: &mut Conn<'_>,
    user: &UserId,
    kind: TaskKind,
    limit: u32,
) -> Result<Vec<Material>, StoreError> {
    found(conn, user, kind, selects(kind).newest, limit.into())
}

pub(super) fn answering(
    conn: &mut Conn<'_>,
    user: &UserId,
    kind: TaskKind,
    fingerprint: &str,
) -> Result<Option<Material>, StoreError> {
    let Some(statement) = selects(kind).answering else { return Ok(None) };
    Ok(found(conn, user, kind, statement, fingerprint.into())?.pop())
}

/// The material of the rows that a statement finds.
fn found(
    conn: &mut Conn<'_>,
    user: &UserId,
    kind: TaskKind,
    statement: impl Into<Sql>,
    which: Value,
) -> Result<Vec<Material>, StoreError> {
    let rows = conn.query(statement, &[Value::from(user), which])?;
    let mut parts = Parts::of(conn, user, kind, &rows)?;
    rows.iter().map(|row| read(row, kind, &mut parts)).collect()
}

/// What is read of a summary's JSON; its title stands in the row.
#[derive(Deserialize)]
struct SummaryParts {
    #[serde(default)]
    main_points: Vec<MainPoint>,
    #[serde(default)]
    key_terms: Vec<KeyTerm>,
}

/// Parts that have tables of their own, by what they are parts of.
#[derive(Default)]
struct Parts {
    cards: HashMap<MaterialId, Vec<Flashcard>>,
    questions: HashMap<MaterialId, Vec<Question>>,
}

impl Parts {
    fn of(conn: &mut Conn<'_>, user: &UserId, kind: TaskKind, rows: &[Row]) -> Result<Self, StoreError> {
        let ids = rows.iter().map(|row| row.get("id")).collect::<Result<Vec<MaterialId>, _>>()?;
        Ok(match kind {
            _ if ids.is_empty() => Self::default(),
            TaskKind::FlashcardGeneration => {
                Self { cards: flashcards::cards_of_sets(conn, user, &ids)?, ..Self::default() }
            }
            TaskKind::QuizGeneration => {
                Self { questions: questions::of_quizzes(conn, user, &ids)?, ..Self::default() }
            }
            _ => Self::default(),
        })
    }
}

fn read(row: &Row, kind: TaskKind, parts: &mut Parts) -> Result<Material, StoreError> {
    let id = row.get("id")?;
    let body = match kind {
        TaskKind::FlashcardGeneration => Body::Flashcards(parts.cards.remove(&id).unwrap_or_default()),
        TaskKind::QuizGeneration => Body::Quiz(parts.questions.remove(&id).unwrap_or_default()),
        TaskKind::ExamGeneration => {
            let sections = feedback::shown(row.json("sections")?, &row.json::<Vec<Uuid>>("hidden")?);
            Body::Exam { duration_minutes: row.get("duration_minutes")?, sections }
        }
        TaskKind::SummaryGeneration => {
            let SummaryParts { main_points, key_terms } = row.json("summary")?;
            Body::Summary { points: main_points, terms: key_terms }
        }
        TaskKind::NoteAnalysis => Body::Analysis(row.json("findings")?),
        TaskKind::StudyPlan => Body::Plan { topics: row.json("topics")?, days: row.json("days")? },
        TaskKind::Chat => conversations::read_reply(row)?,
    };
    Ok(Material {
        id,
        user_id: row.get("user_id")?,
        note_id: row.get("note_id")?,
        title: row.get("title")?,
        created_at: row.get("created_at")?,
        model_used: row.get("model_used")?,
        body,
    })
}
