//! What students said, for whoever watches over the quality: with the item, its words of the notes, and who wrote it.

use std::collections::BTreeMap;

use sharper_domain::{Author, Timestamp};

use super::{Effect, LOW};
use crate::conn::{Row, Sql, params};
use crate::{Store, StoreError};

/// Feedback from which reasons are counted, the newest.
const COUNTED: u32 = 5_000;

/// What a student said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// Of what kind of item.
    pub content_type: String,
    /// 1 (bad) to 5 (good).
    pub rating: u8,
    /// In their words.
    pub feedback_text: Option<String>,
    /// What is wrong with it.
    pub issues: Vec<String>,
    /// What was done about it.
    pub effect: Effect,
    /// The card or the question of a quiz; `None` of anything else, and of what is gone.
    pub of: Option<SaidOf>,
}

/// The item that something was said of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidOf {
    /// What it asks.
    pub question: String,
    /// The words of the notes that it was made from.
    pub quote: Option<String>,
    /// Who wrote it.
    pub author: Author,
    /// The model of what it is a part of, or `offline`.
    pub model: Option<String>,
}

/// Why items were turned down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reasons {
    /// How often each reason was given, by the wire's word.
    pub by_issue: BTreeMap<String, u64>,
    /// By the model that wrote, or `offline`: how often something was said, and how often that was a thumbs-down.
    pub by_model: BTreeMap<String, (u64, u64)>,
}

macro_rules! newest {
    ($of_card:expr, $of_question:expr, $quote:literal) => {
        concat!(
            "SELECT b.created_at, b.content_type, b.rating, b.feedback_text, b.issues, b.effect, \
             coalesce(c.question, q.question) AS question, coalesce(c.source_quote, ",
            $quote,
            ") AS quote, coalesce(c.author, q.author) AS author, coalesce(s.model_used, z.model_used) AS model \
             FROM (SELECT * FROM content_feedback WHERE created_at >= $1 ORDER BY created_at DESC, id DESC LIMIT $2) b \
             LEFT JOIN flashcards c ON ",
            $of_card,
            " AND c.user_id = b.user_id LEFT JOIN quiz_questions q ON ",
            $of_question,
            " AND q.user_id = b.user_id LEFT JOIN flashcard_sets s ON s.id = c.set_id \
             LEFT JOIN quizzes z ON z.id = q.quiz_id ORDER BY b.created_at DESC, b.id DESC"
        )
    };
}
macro_rules! as_uuid {
    ($column:literal) => {
        concat!(
            $column,
            " = CASE WHEN b.content_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN b.content_id::uuid END"
        )
    };
}
/// What a client names need not be an id of ours: on PostgreSQL only what is one may become one.
const NEWEST: Sql = Sql::each(
    newest!("c.id = b.content_id", "q.id = b.content_id", "json_extract(q.source, '$.quote')"),
    newest!(as_uuid!("c.id"), as_uuid!("q.id"), "q.source->>'quote'"),
);

fn read(row: &Row) -> Result<Said, StoreError> {
    let rating: u32 = row.get("rating")?;
    let question: Option<String> = row.get("question")?;
    let of = question.map(|question| {
        Ok::<_, StoreError>(SaidOf {
            question,
            quote: row.get("quote")?,
            author: row.get("author")?,
            model: row.get("model")?,
        })
    });
    Ok(Said {
        at: row.get("created_at")?,
        content_type: row.get("content_type")?,
        rating: u8::try_from(rating).unwrap_or_default(),
        feedback_text: row.get("feedback_text")?,
        issues: row.json("issues")?,
        effect: Effect::of(row.get::<Option<String>>("effect")?.as_deref()),
        of: of.transpose()?,
    })
}

impl Reasons {
    /// Of what was said.
    fn of(all: &[Said]) -> Self {
        let mut reasons = Self::default();
        for said in all {
            for issue in said.issues.iter().filter(|_| said.rating <= LOW) {
                *reasons.by_issue.entry(issue.clone()).or_default() += 1;
            }
            let Some(of) = &said.of else { continue };
            let model = of.model.clone().unwrap_or_else(|| of.author.as_str().to_owned());
            let (count, low) = reasons.by_model.entry(model).or_default();
            *count += 1;
            *low += u64::from(said.rating <= LOW);
        }
        reasons
    }
}

impl Store {
    /// What students said since a moment, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recent_feedback(&self, since: Timestamp, limit: u32) -> Result<Vec<Said>, StoreError> {
        self.house()
            .read(move |conn| conn.query(NEWEST, params![since, limit])?.iter().map(read).collect())
            .await
    }

    /// Why items were turned down since a moment, and whose they were.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn feedback_reasons(&self, since: Timestamp) -> Result<Reasons, StoreError> {
        Ok(Reasons::of(&self.recent_feedback(since, COUNTED).await?))
    }
}
