//! A user's notes as a whole: how many there are, and as many as fit.

use sharper_domain::{Note, UserId};

use super::read;
use crate::conn::params;
use crate::{Store, StoreError};

const COUNT: &str = "SELECT count(*) AS notes FROM notes WHERE user_id = $1 AND deleted_at IS NULL";
const WITHIN: &str = "SELECT id, user_id, folder_id, title, content, version, origin, anchors, created_at, updated_at FROM \
    (SELECT n.*, sum(length(n.content)) OVER (ORDER BY n.updated_at DESC, n.id DESC) AS so_far \
     FROM notes n WHERE n.user_id = $1 AND n.deleted_at IS NULL) AS shelf \
    WHERE so_far <= $2 ORDER BY updated_at DESC, id DESC LIMIT $3";

impl Store {
    /// How many notes the user has.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn count_notes(&self, user: UserId) -> Result<u64, StoreError> {
        self.of(&user).read(move |conn| conn.query_one(COUNT, params![&user])?.get("notes")).await
    }

    /// The user's notes, the last changed first, as long as all of them together have at most so many characters
    /// and are at most so many.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn notes_within(&self, user: UserId, chars: u64, notes: u32) -> Result<Vec<Note>, StoreError> {
        let chars = i64::try_from(chars).unwrap_or(i64::MAX);
        self.of(&user)
            .read(move |conn| conn.query(WITHIN, params![&user, chars, notes])?.iter().map(read).collect())
            .await
    }
}
