//! Folders of notes.

use sharper_domain::{Folder, FolderId, Timestamp, UserId};

use crate::conn::{Conn, Row, params};
use crate::{Durability, Store, StoreError};

const INSERT: &str =
    "INSERT INTO folders (id, user_id, parent_id, name, created_at) VALUES ($1, $2, $3, $4, $5)";
const LIST: &str = "SELECT id, user_id, parent_id, name, created_at FROM folders WHERE user_id = $1 AND deleted_at IS NULL ORDER BY name, id";
const OWN: &str = "SELECT id FROM folders WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL";

/// Sees to it that a folder that something shall go in is the user's.
///
/// # Errors
/// `NotFound` when it is not.
pub(crate) fn own(conn: &mut Conn<'_>, user: &UserId, folder: Option<FolderId>) -> Result<(), StoreError> {
    match folder {
        Some(folder) => conn.query_one(OWN, params![user, folder]).map(drop),
        None => Ok(()),
    }
}

fn read(row: &Row) -> Result<Folder, StoreError> {
    Ok(Folder {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        parent_id: row.get("parent_id")?,
        name: row.get("name")?,
        created_at: row.get("created_at")?,
    })
}

impl Store {
    /// Makes a folder.
    ///
    /// # Errors
    /// `NotFound` when the folder above is not the user's.
    pub async fn add_folder(
        &self,
        user: UserId,
        id: FolderId,
        parent: Option<FolderId>,
        name: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                own(conn, &user, parent)?;
                conn.execute(INSERT, params![id, &user, parent, name, now]).map(drop)
            })
            .await
    }

    /// The user's folders, by name.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn folders(&self, user: UserId) -> Result<Vec<Folder>, StoreError> {
        self.of(&user).read(move |conn| conn.query(LIST, params![&user])?.iter().map(read).collect()).await
    }
}
