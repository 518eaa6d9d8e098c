//! Feedback: what students say of what was made for them.

use sharper_domain::{Timestamp, UserId};

use crate::conn::{Row, Value, params};
use crate::revisions::raise_learning;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// What a student says of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFeedback {
    /// What kind of item.
    pub content_type: String,
    /// Which, as the client names it.
    pub content_id: String,
    /// 1 (bad) to 5 (good).
    pub rating: u8,
    /// In their words.
    pub feedback_text: Option<String>,
    /// What is wrong with it.
    pub issues: Vec<String>,
}

/// What a student said, for whoever watches over the quality.
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
}

const NEWEST: &str = "SELECT created_at, content_type, rating, feedback_text, issues FROM content_feedback \
    WHERE created_at >= $1 ORDER BY created_at DESC LIMIT $2";
const INSERT: &str = "INSERT INTO content_feedback \
    (id, user_id, content_type, content_id, rating, feedback_text, issues, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

impl Store {
    /// Keeps feedback.
    ///
    /// # Errors
    /// `Conflict` when the rating is not 1 to 5.
    pub async fn add_feedback(
        &self,
        user: UserId,
        new: NewFeedback,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if !(1..=5).contains(&new.rating) {
            return Err(StoreError::Conflict("a rating is a number from 1 to 5"));
        }
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                let (kind, id) = (new.content_type.as_str(), new.content_id.as_str());
                let issues = Value::json(&new.issues)?;
                let values =
                    params![fresh_id(now), &user, kind, id, new.rating, new.feedback_text, issues, now];
                conn.execute(INSERT, values)?;
                raise_learning(conn, &user)
            })
            .await
    }

    /// What students said since a moment, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recent_feedback(&self, since: Timestamp, limit: u32) -> Result<Vec<Said>, StoreError> {
        let read = |row: &Row| {
            let rating: u32 = row.get("rating")?;
            Ok(Said {
                at: row.get("created_at")?,
                content_type: row.get("content_type")?,
                rating: u8::try_from(rating).unwrap_or_default(),
                feedback_text: row.get("feedback_text")?,
                issues: row.json("issues")?,
            })
        };
        self.house()
            .read(move |conn| conn.query(NEWEST, params![since, limit])?.iter().map(read).collect())
            .await
    }
}
