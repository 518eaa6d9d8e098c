//! Material: what is made for students, of every kind, kept whole and read back as it was.

mod find;
mod questions;

use sharper_domain::material::Body;
use sharper_domain::{
    ExamSection, Material, MaterialId, Question, SessionId, Summary, SummaryContent, TaskKind, UserId,
};

pub(crate) use self::find::by_ids;
pub use self::questions::KnownQuestion;
pub(crate) use self::questions::hidden as hidden_questions;
pub(crate) use self::questions::replace as replace_question;
use crate::conn::{Conn, Value, params};
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError, conversations, flashcards, passages};

/// Something that was made and is to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMaterial {
    /// What it is.
    pub material: Material,
    /// Of the request that it answers (`fingerprint`), so that the same request finds it again. A reply has none: it
    /// also answers what was said before.
    pub fingerprint: Option<String>,
    /// The conversation that a reply belongs to.
    pub session_id: SessionId,
}

/// The first seven values are those of `insert`. A note in the bin is referred to all the same: it may come back.
macro_rules! insert {
    ($table:literal $(, $columns:literal, $values:literal)?) => {
        concat!(
            "INSERT INTO ", $table,
            " (id, user_id, note_id, title, model_used, fingerprint, created_at" $(, ", ", $columns)?, ") VALUES ",
            "($1, $2, (SELECT id FROM notes WHERE id = $3 AND user_id = $2), $4, $5, $6, $7" $(, ", ", $values)?, ")"
        )
    };
}
const SET: &str = insert!("flashcard_sets");
const QUIZ: &str = insert!("quizzes", "difficulty, total_points, estimated_time_minutes", "$8, $9, $10");
const EXAM: &str = insert!("exams", "duration_minutes, total_points, sections", "$8, $9, $10");
const SUMMARY: &str = insert!("summaries", "summary, word_count", "$8, $9");
const ANALYSIS: &str = insert!("note_analyses", "findings", "$8");
const PLAN: &str = insert!("study_plans", "topics, days", "$8, $9");

/// Keeps what was made, with all its parts and with where their passages stand; a reply also with the question, as the next two messages of its
/// conversation.
///
/// # Errors
/// `Conflict` when one of the ids is taken; `Internal` when a card belongs to another set.
pub fn add(conn: &mut Conn<'_>, new: &NewMaterial) -> Result<(), StoreError> {
    add_parts(conn, new)?;
    passages::keep(conn, &new.material)
}

fn add_parts(conn: &mut Conn<'_>, new: &NewMaterial) -> Result<(), StoreError> {
    let made = &new.material;
    raise_learning(conn, &made.user_id)?;
    match &made.body {
        Body::Flashcards(cards) => {
            insert(conn, SET, new, params![])?;
            flashcards::add_cards(conn, &made.user_id, made.set_id(), cards)
        }
        Body::Quiz(asked) => {
            let points: u32 = asked.iter().map(|question| question.points).sum();
            insert(conn, QUIZ, new, params![difficulty(asked), points, minutes(asked)])?;
            questions::add(conn, made, asked)
        }
        Body::Exam { duration_minutes, sections } => {
            let points: u32 = sections.iter().map(ExamSection::points).sum();
            insert(conn, EXAM, new, params![*duration_minutes, points, Value::json(sections)?])
        }
        Body::Summary { points, terms } => {
            let (main_points, key_terms) = (points.clone(), terms.clone());
            let told = SummaryContent::of(Summary { title: made.title.clone(), main_points, key_terms });
            insert(conn, SUMMARY, new, params![Value::json(&told.summary)?, told.word_count])
        }
        Body::Analysis(findings) => insert(conn, ANALYSIS, new, params![Value::json(findings)?]),
        Body::Plan { topics, days } => {
            insert(conn, PLAN, new, params![Value::json(topics)?, Value::json(days)?])
        }
        Body::Reply { .. } => conversations::add_reply(conn, made, &new.session_id),
    }
}

/// Runs an `insert!` with the values that every table has, followed by its own.
fn insert(
    conn: &mut Conn<'_>,
    statement: &'static str,
    new: &NewMaterial,
    own: &[Value],
) -> Result<(), StoreError> {
    let made = &new.material;
    let every = params![
        made.id,
        &made.user_id,
        made.note_id,
        made.title.as_str(),
        made.model_used.as_str(),
        new.fingerprint.as_deref(),
        made.created_at,
    ];
    conn.execute(statement, &[every, own].concat()).map(drop)
}

/// The level that all questions have, or that they differ.
fn difficulty(asked: &[Question]) -> &'static str {
    match asked {
        [first, rest @ ..] if rest.iter().all(|one| one.difficulty == first.difficulty) => {
            first.difficulty.as_str()
        }
        _ => "adaptive",
    }
}

fn minutes(asked: &[Question]) -> u32 {
    let minutes: f64 = asked.iter().map(|question| sharper_domain::exam::minutes_of(question.kind)).sum();
    minutes.ceil() as u32
}

impl Store {
    /// Keeps what was made. (What a job makes is kept by `finish_job`.)
    ///
    /// # Errors
    /// As for `material::add`.
    pub async fn add_material(&self, new: NewMaterial) -> Result<(), StoreError> {
        self.of(&new.material.user_id).write(Durability::Synced, move |conn| add(conn, &new)).await
    }

    /// Something of this kind that was made for the user, whole.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn material(
        &self,
        user: UserId,
        kind: TaskKind,
        id: MaterialId,
    ) -> Result<Material, StoreError> {
        self.of(&user).read(move |conn| find::by_id(conn, &user, kind, id)?.ok_or(StoreError::NotFound)).await
    }

    /// What was made of this kind for the user, whole, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recent_material(
        &self,
        user: UserId,
        kind: TaskKind,
        limit: u32,
    ) -> Result<Vec<Material>, StoreError> {
        self.of(&user).read(move |conn| find::newest(conn, &user, kind, limit)).await
    }

    /// The newest that answers the request with this fingerprint, whole. Of a chat there is never one: the same words
    /// mean something else at another place in a conversation.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn material_answering(
        &self,
        user: UserId,
        kind: TaskKind,
        fingerprint: String,
    ) -> Result<Option<Material>, StoreError> {
        self.of(&user).read(move |conn| find::answering(conn, &user, kind, &fingerprint)).await
    }
}
