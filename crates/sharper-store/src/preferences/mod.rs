//! Preferences: what students chose about how things are made for them, and what their feedback says of it.

use sharper_domain::{Difficulty, Preferences, Timestamp, UserId};

use crate::conn::{Row, Sql, Value, params};
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError};

/// What a student once said of something, with what is known of that thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// What kind of thing, in the client's word.
    pub content_type: String,
    /// 1 (bad) to 5 (good).
    pub rating: u8,
    /// What is wrong with it, in the client's words.
    pub issues: Vec<String>,
    /// How hard the card, question or quiz is; `None` for other things, and for what is gone.
    pub difficulty: Option<Difficulty>,
    /// The type of the question, or the form of the card.
    pub form: Option<String>,
}

const READ: &str = "SELECT preferences FROM user_agent_preferences WHERE user_id = $1";
const WRITE: &str = "INSERT INTO user_agent_preferences (user_id, preferences, updated_at) VALUES ($1, $2, $3) \
    ON CONFLICT (user_id) DO UPDATE SET preferences = excluded.preferences, updated_at = excluded.updated_at";

macro_rules! opinions {
    ($of_card:expr, $of_question:expr) => {
        concat!(
            "SELECT b.content_type, b.rating, b.issues, coalesce(c.difficulty, q.difficulty) AS difficulty, \
             coalesce(q.type, c.form) AS form FROM (SELECT * FROM content_feedback WHERE user_id = $1 \
             ORDER BY created_at DESC, id DESC LIMIT $2) b LEFT JOIN flashcards c ON ",
            $of_card,
            " AND c.user_id = b.user_id LEFT JOIN quiz_questions q ON ",
            $of_question,
            " AND q.user_id = b.user_id ORDER BY b.created_at DESC, b.id DESC"
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
const OPINIONS: Sql = Sql::each(
    opinions!("c.id = b.content_id", "q.id = b.content_id"),
    opinions!(as_uuid!("c.id"), as_uuid!("q.id")),
);

fn read(row: &Row) -> Result<Opinion, StoreError> {
    let rating: u32 = row.get("rating")?;
    Ok(Opinion {
        content_type: row.get("content_type")?,
        rating: u8::try_from(rating).unwrap_or_default(),
        issues: row.json("issues")?,
        difficulty: row.get("difficulty")?,
        form: row.get("form")?,
    })
}

impl Store {
    /// What the user chose; nothing where they never did.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn preferences(&self, user: UserId) -> Result<Preferences, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let kept = conn.query_opt(READ, params![&user])?;
                kept.map_or_else(|| Ok(Preferences::default()), |row| row.json("preferences"))
            })
            .await
    }

    /// Keeps what the user chose, in the place of what they chose before.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn set_preferences(
        &self,
        user: UserId,
        chosen: Preferences,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                conn.execute(WRITE, params![&user, Value::json(&chosen)?, now])?;
                raise_learning(conn, &user)
            })
            .await
    }

    /// What the user said last of what was made for them, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn opinions(&self, user: UserId, limit: u32) -> Result<Vec<Opinion>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(OPINIONS, params![&user, limit])?.iter().map(read).collect())
            .await
    }
}
