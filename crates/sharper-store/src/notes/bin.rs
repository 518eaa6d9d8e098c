//! The bin: notes that are thrown away, brought back, or gone for good; and what lies in it, folders too.

use sharper_domain::{BinEntry, Binned, Note, NoteId, Timestamp, UserId};
use uuid::Uuid;

use super::{BY_ID, read};
use crate::conn::{Conn, Row, Sql, locking, params};
use crate::limits::one_by_one;
use crate::{Durability, Store, StoreError, folders, revisions};

/// What lies in the bin, the last thrown away first.
#[derive(Debug, Clone, PartialEq)]
pub struct BinPage {
    /// What was thrown away, as many as were asked for.
    pub entries: Vec<BinEntry>,
    /// How many there are.
    pub total: u64,
}

const THROW: &str = "UPDATE notes SET deleted_at = $3 WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL";
const THROWN: Sql = locking!(
    "SELECT id, folder_id FROM notes WHERE user_id = $1 AND id = $2 AND deleted_at IS NOT NULL",
    "FOR UPDATE"
);
/// A text that is there again meanwhile makes a copy of what comes back.
macro_rules! back {
    ($folder:literal, $which:literal) => {
        concat!(
            "UPDATE notes SET deleted_at = NULL, deleted_with = NULL",
            $folder,
            ", copy_of = coalesce(copy_of, (SELECT o.id FROM notes o WHERE o.user_id = notes.user_id \
             AND o.content_hash = notes.content_hash AND o.deleted_at IS NULL AND o.copy_of IS NULL)) \
             WHERE user_id = $1 AND deleted_at IS NOT NULL AND ",
            $which
        )
    };
}
const BACK: &str = back!(", folder_id = $3", "id = $2");
const BACK_WITH: &str = back!("", "deleted_with = $2");
const THROW_FROM: &str = "UPDATE notes SET deleted_at = $3, deleted_with = $4 \
    WHERE user_id = $1 AND folder_id = $2 AND deleted_at IS NULL";
const GONE: &str = "DELETE FROM notes WHERE user_id = $1 AND id = $2 AND deleted_at IS NOT NULL";
const GONE_WITH: &str =
    "DELETE FROM notes WHERE user_id = $1 AND deleted_with = $2 AND deleted_at IS NOT NULL";
const ALL_GONE: &str = "DELETE FROM notes WHERE user_id = $1 AND deleted_at IS NOT NULL";
const LIST: &str = "SELECT id, 'note' AS kind, title, 0 AS notes, 0 AS folders, deleted_at FROM notes \
    WHERE user_id = $1 AND deleted_at IS NOT NULL AND deleted_with IS NULL \
    UNION ALL SELECT id, 'folder' AS kind, name AS title, \
    (SELECT count(*) FROM notes n WHERE n.user_id = $1 AND n.deleted_with = f.id AND n.deleted_at IS NOT NULL) AS notes, \
    (SELECT count(*) FROM folders i WHERE i.user_id = $1 AND i.deleted_with = f.id AND i.deleted_at IS NOT NULL) AS folders, \
    deleted_at FROM folders f WHERE user_id = $1 AND deleted_at IS NOT NULL AND deleted_with IS NULL \
    ORDER BY deleted_at DESC, id DESC LIMIT $2";
const COUNT: &str = "SELECT \
    (SELECT count(*) FROM notes WHERE user_id = $1 AND deleted_at IS NOT NULL AND deleted_with IS NULL) + \
    (SELECT count(*) FROM folders WHERE user_id = $1 AND deleted_at IS NOT NULL AND deleted_with IS NULL) AS entries";

/// Throws a note away.
pub(crate) fn throw(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: NoteId,
    now: Timestamp,
) -> Result<(), StoreError> {
    one_by_one(conn, user)?;
    if conn.execute(THROW, params![user, id, now])? == 0 {
        return Err(StoreError::NotFound);
    }
    revisions::raise_library(conn, user)
}

/// Throws away what lies in one folder, because the folder `with` is thrown away; answers how many.
pub(crate) fn throw_with(
    conn: &mut Conn<'_>,
    user: &UserId,
    from: Uuid,
    with: Uuid,
    now: Timestamp,
) -> Result<u64, StoreError> {
    conn.execute(THROW_FROM, params![user, from, now, with])
}

/// Brings a note back: into its folder where that is still there, else outside of folders.
fn restore(conn: &mut Conn<'_>, user: &UserId, id: NoteId) -> Result<Note, StoreError> {
    one_by_one(conn, user)?;
    let folder = conn.query_one(THROWN, params![user, id])?.get("folder_id")?;
    let folder = folders::if_there(conn, user, folder)?;
    conn.execute(BACK, params![user, id, folder])?;
    revisions::raise_library(conn, user)?;
    read(&conn.query_one(BY_ID, params![user, id])?)
}

/// Brings back the notes that were thrown away with a folder, each into the folder that it was in.
pub(crate) fn restore_with(conn: &mut Conn<'_>, user: &UserId, with: Uuid) -> Result<u64, StoreError> {
    conn.execute(BACK_WITH, params![user, with])
}

/// Lets go for good of something that is in the bin.
fn delete(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<(), StoreError> {
    one_by_one(conn, user)?;
    if conn.execute(GONE, params![user, id])? == 0 {
        folders::delete(conn, user, id)?;
        conn.execute(GONE_WITH, params![user, id])?;
    }
    revisions::raise_library(conn, user)
}

fn empty(conn: &mut Conn<'_>, user: &UserId) -> Result<u64, StoreError> {
    one_by_one(conn, user)?;
    let gone = conn.query_one(COUNT, params![user])?.get("entries")?;
    conn.execute(ALL_GONE, params![user])?;
    folders::delete_all(conn, user)?;
    revisions::raise_library(conn, user)?;
    Ok(gone)
}

fn entry(row: &Row) -> Result<BinEntry, StoreError> {
    let kind: String = row.get("kind")?;
    Ok(BinEntry {
        id: row.get("id")?,
        kind: if kind == "note" { Binned::Note } else { Binned::Folder },
        title: row.get("title")?,
        notes: row.get("notes")?,
        folders: row.get("folders")?,
        deleted_at: row.get("deleted_at")?,
    })
}

impl Store {
    /// Throws a note away: it lies in the bin, where nobody finds it, and takes room until it is gone for good. What was
    /// made from it stays, with its quotes.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_note(&self, user: UserId, id: NoteId, now: Timestamp) -> Result<(), StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| throw(conn, &user, id, now)).await
    }

    /// Brings a note back from the bin, into its folder where that is there. One whose text is there again meanwhile comes
    /// back as its copy.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn restore_note(&self, user: UserId, id: NoteId) -> Result<Note, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| restore(conn, &user, id)).await
    }

    /// What lies in the bin as it was thrown away, the last first, at most so many.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn bin(&self, user: UserId, limit: u32) -> Result<BinPage, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let rows = conn.query(LIST, params![&user, limit])?;
                let entries = rows.iter().map(entry).collect::<Result<_, _>>()?;
                Ok(BinPage { entries, total: conn.query_one(COUNT, params![&user])?.get("entries")? })
            })
            .await
    }

    /// Lets go for good of a note in the bin, or of a folder with all that was thrown away with it.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the folder was thrown away with another.
    pub async fn delete_from_bin(&self, user: UserId, id: Uuid) -> Result<(), StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| delete(conn, &user, id)).await
    }

    /// Lets go for good of all that lies in the bin; answers how many entries it had.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn empty_bin(&self, user: UserId) -> Result<u64, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| empty(conn, &user)).await
    }
}
