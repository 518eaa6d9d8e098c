//! Folders of notes. One user's changes pass one by one, so that two moves at once never make a circle.

mod bin;
mod tree;

use sharper_domain::{Folder, FolderId, Timestamp, UserId};

pub use self::bin::{Restored, Thrown};
pub(crate) use self::bin::{delete, delete_all};
use self::tree::Tree;
use crate::conn::{Conn, Row, params, storable};
use crate::limits::one_by_one;
use crate::{Durability, Store, StoreError, revisions};

/// What is to be changed in a folder; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FolderChange {
    /// The line for people.
    pub name: Option<String>,
    /// The folder above; `Some(None)` takes it out to the top.
    pub parent_id: Option<Option<FolderId>>,
}

const INSERT: &str = "INSERT INTO folders (id, user_id, parent_id, name, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)";
const LIST: &str = "SELECT id, user_id, parent_id, name, created_at, updated_at, coalesce(c.notes, 0) AS notes FROM folders \
    LEFT JOIN (SELECT folder_id, count(*) AS notes FROM notes \
    WHERE user_id = $1 AND deleted_at IS NULL AND folder_id IS NOT NULL GROUP BY folder_id) AS c ON c.folder_id = id \
    WHERE user_id = $1 AND deleted_at IS NULL ORDER BY name, id";
const OWN: &str = "SELECT id FROM folders WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL";
const UPDATE: &str = "UPDATE folders SET parent_id = $3, name = $4, updated_at = $5 \
    WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL";

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

/// The folder, where it is there and not in the bin.
pub(crate) fn if_there(
    conn: &mut Conn<'_>,
    user: &UserId,
    folder: Option<FolderId>,
) -> Result<Option<FolderId>, StoreError> {
    let Some(id) = folder else { return Ok(None) };
    Ok(conn.query_opt(OWN, params![user, id])?.map(|_| id))
}

/// The user's folders, by name.
pub(crate) fn list(conn: &mut Conn<'_>, user: &UserId) -> Result<Vec<Folder>, StoreError> {
    conn.query(LIST, params![user])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Folder, StoreError> {
    Ok(Folder {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        parent_id: row.get("parent_id")?,
        name: row.get("name")?,
        notes: row.get("notes")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn one(conn: &mut Conn<'_>, user: &UserId, id: FolderId) -> Result<Folder, StoreError> {
    list(conn, user)?.into_iter().find(|folder| folder.id == id).ok_or(StoreError::NotFound)
}

fn add(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: FolderId,
    parent: Option<FolderId>,
    name: &str,
    now: Timestamp,
) -> Result<Folder, StoreError> {
    one_by_one(conn, user)?;
    own(conn, user, parent)?;
    let name = storable(name);
    Tree::of(&list(conn, user)?).check(None, parent, &name)?;
    conn.execute(INSERT, params![id, user, parent, name.as_str(), now])?;
    revisions::raise_library(conn, user)?;
    let user_id = user.clone();
    Ok(Folder { id, user_id, parent_id: parent, name, notes: 0, created_at: now, updated_at: now })
}

/// Renames or moves a folder.
///
/// # Errors
/// `NotFound` when one of the folders is not the user's; `Conflict` says what stands against it: it would lie in itself,
/// beside another of its name, or too deep.
pub fn change(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: FolderId,
    change: &FolderChange,
    now: Timestamp,
) -> Result<Folder, StoreError> {
    one_by_one(conn, user)?;
    let all = list(conn, user)?;
    let mut folder = all.iter().find(|folder| folder.id == id).cloned().ok_or(StoreError::NotFound)?;
    if let Some(name) = &change.name {
        folder.name = storable(name);
    }
    if let Some(parent) = change.parent_id {
        own(conn, user, parent)?;
        folder.parent_id = parent;
    }
    Tree::of(&all).check(Some(id), folder.parent_id, &folder.name)?;
    folder.updated_at = now;
    conn.execute(UPDATE, params![user, id, folder.parent_id, folder.name.as_str(), now])?;
    revisions::raise_library(conn, user)?;
    Ok(folder)
}

impl Store {
    /// Makes a folder.
    ///
    /// # Errors
    /// `NotFound` when the folder above is not the user's; `Conflict` says what stands against it: a folder of this name,
    /// too deep, or one too many.
    pub async fn add_folder(
        &self,
        user: UserId,
        id: FolderId,
        parent: Option<FolderId>,
        name: String,
        now: Timestamp,
    ) -> Result<Folder, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| add(conn, &user, id, parent, &name, now)).await
    }

    /// The user's folders, by name.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn folders(&self, user: UserId) -> Result<Vec<Folder>, StoreError> {
        self.of(&user).read(move |conn| list(conn, &user)).await
    }

    /// A folder of the user's.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn folder(&self, user: UserId, id: FolderId) -> Result<Folder, StoreError> {
        self.of(&user).read(move |conn| one(conn, &user, id)).await
    }

    /// Renames or moves a folder.
    ///
    /// # Errors
    /// As for `folders::change`.
    pub async fn change_folder(
        &self,
        user: UserId,
        id: FolderId,
        to: FolderChange,
        now: Timestamp,
    ) -> Result<Folder, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| change(conn, &user, id, &to, now)).await
    }
}
