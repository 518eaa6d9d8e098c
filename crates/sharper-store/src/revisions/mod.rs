//! Revisions: two numbers of each user that say whether what was read before is still so. Caches on every instance are
//! held against them.

use sharper_domain::UserId;

use crate::conn::{Conn, params};
use crate::{Store, StoreError};

/// How often a user's things were changed. Equal numbers mean that nothing was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Revisions {
    /// Changes of notes and folders.
    pub library: i64,
    /// Reviews, feedback, preferences, new material.
    pub learning: i64,
}

const READ: &str = "SELECT library, learning FROM user_revisions WHERE user_id = $1";
const RAISE_LEARNING: &str = "INSERT INTO user_revisions (user_id, library, learning) VALUES ($1, 0, 1) \
    ON CONFLICT (user_id) DO UPDATE SET learning = user_revisions.learning + 1";

/// Says that a review, a feedback, a preference or material came or went, in the transaction in which it did.
pub(crate) fn raise_learning(conn: &mut Conn<'_>, user: &UserId) -> Result<(), StoreError> {
    conn.execute(RAISE_LEARNING, params![user]).map(drop)
}

impl Store {
    /// The user's revisions as they stand.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn revisions(&self, user: UserId) -> Result<Revisions, StoreError> {
        self.of(&user)
            .read(move |conn| match conn.query_opt(READ, params![&user])? {
                None => Ok(Revisions::default()),
                Some(row) => Ok(Revisions { library: row.get("library")?, learning: row.get("learning")? }),
            })
            .await
    }
}
