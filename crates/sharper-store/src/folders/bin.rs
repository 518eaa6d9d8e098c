//! Folders that are thrown away with all that lies in them, brought back with exactly that, or gone for good.

use sharper_domain::{Folder, FolderId, Timestamp, UserId};
use uuid::Uuid;

use super::tree::{FOLDERS, Tree};
use super::{list, one};
use crate::conn::{Conn, Row, params};
use crate::limits::one_by_one;
use crate::{Durability, Store, StoreError, notes, revisions};

/// What went into the bin with a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thrown {
    /// Notes, of the folders in it too.
    pub notes: u64,
    /// Folders in it.
    pub folders: u64,
}

/// A folder that came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Restored {
    /// As it is now.
    pub folder: Folder,
    /// Notes that came back with it, of the folders in it too.
    pub notes: u64,
    /// Folders in it that came back.
    pub folders: u64,
}

const THROW: &str = "UPDATE folders SET deleted_at = $3, deleted_with = $4 WHERE user_id = $1 AND id = $2";
const THROWN: &str = "SELECT id, user_id, parent_id, name, created_at, updated_at, 0 AS notes, deleted_with FROM folders \
    WHERE user_id = $1 AND deleted_at IS NOT NULL AND (id = $2 OR deleted_with = $2)";
const BACK: &str = "UPDATE folders SET deleted_at = NULL, deleted_with = NULL, parent_id = $3, name = $4 \
    WHERE user_id = $1 AND id = $2";
const BACK_WITH: &str = "UPDATE folders SET deleted_at = NULL, deleted_with = NULL \
    WHERE user_id = $1 AND deleted_with = $2 AND deleted_at IS NOT NULL";
/// What was thrown away before the folder around it stays in the bin when that one goes.
const SPARE: &str = "UPDATE folders SET parent_id = NULL WHERE user_id = $1 AND deleted_at IS NOT NULL AND id <> $2 \
    AND (deleted_with IS NULL OR deleted_with <> $2) AND parent_id IN \
    (SELECT i.id FROM folders i WHERE i.user_id = $1 AND i.deleted_at IS NOT NULL AND (i.id = $2 OR i.deleted_with = $2))";
const GONE: &str =
    "DELETE FROM folders WHERE user_id = $1 AND deleted_at IS NOT NULL AND (id = $2 OR deleted_with = $2)";
const ALL_GONE: &str = "DELETE FROM folders WHERE user_id = $1 AND deleted_at IS NOT NULL";

fn throw(conn: &mut Conn<'_>, user: &UserId, id: FolderId, now: Timestamp) -> Result<Thrown, StoreError> {
    one_by_one(conn, user)?;
    let all = list(conn, user)?;
    if all.iter().all(|folder| folder.id != id) {
        return Err(StoreError::NotFound);
    }
    let mut thrown = Thrown { notes: 0, folders: 0 };
    for inside in Tree::of(&all).within(id) {
        let with = (inside != id).then_some(id);
        thrown.folders += conn.execute(THROW, params![user, inside, now, with])?;
        thrown.notes += notes::throw_with(conn, user, inside.0, id.0, now)?;
    }
    thrown.folders -= 1;
    revisions::raise_library(conn, user)?;
    Ok(thrown)
}

/// The folder `id` in the bin, and those that were thrown away with it.
fn thrown(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<(Folder, Vec<Folder>), StoreError> {
    let rows = conn.query(THROWN, params![user, id])?;
    let is_it = |row: &&Row| row.get::<Uuid>("id").is_ok_and(|one| one == id);
    let row = rows.iter().find(is_it).ok_or(StoreError::NotFound)?;
    if row.get::<Option<Uuid>>("deleted_with")?.is_some() {
        return Err(StoreError::Conflict(
            "this folder was thrown away with the folder around it, and comes back or goes with that one",
        ));
    }
    let mut folders = rows.iter().map(super::read).collect::<Result<Vec<_>, _>>()?;
    let at = folders.iter().position(|folder| folder.id.0 == id).ok_or(StoreError::NotFound)?;
    Ok((folders.swap_remove(at), folders))
}

fn restore(conn: &mut Conn<'_>, user: &UserId, id: FolderId) -> Result<Restored, StoreError> {
    one_by_one(conn, user)?;
    let (folder, inside) = thrown(conn, user, id.0)?;
    let all = list(conn, user)?;
    if all.len() + inside.len() + 1 > FOLDERS {
        return Err(StoreError::Conflict("there would be more than 1,000 folders, which is the most"));
    }
    let own: Vec<Folder> = [&[folder.clone()][..], &inside].concat();
    let height = Tree::of(&own).height(id);
    let tree = Tree::of(&all);
    let there = |parent: &FolderId| all.iter().any(|one| one.id == *parent);
    let parent = folder.parent_id.filter(there).filter(|parent| tree.is_room(Some(*parent), height));
    let names = (1..).map(|number| match number {
        1 => folder.name.clone(),
        number => format!("{} ({number})", folder.name),
    });
    let name = names.into_iter().find(|name| !tree.has(parent, name, None)).unwrap_or_default();
    conn.execute(BACK, params![user, id, parent, name])?;
    let folders = conn.execute(BACK_WITH, params![user, id])?;
    let notes = notes::restore_with(conn, user, id.0)?;
    revisions::raise_library(conn, user)?;
    Ok(Restored { folder: one(conn, user, id)?, notes, folders })
}

/// Lets go for good of a folder in the bin and of those that were thrown away with it. Its notes are the caller's.
pub(crate) fn delete(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<(), StoreError> {
    thrown(conn, user, id)?;
    conn.execute(SPARE, params![user, id])?;
    conn.execute(GONE, params![user, id]).map(drop)
}

/// Lets go for good of all folders in the bin.
pub(crate) fn delete_all(conn: &mut Conn<'_>, user: &UserId) -> Result<(), StoreError> {
    conn.execute(ALL_GONE, params![user]).map(drop)
}

impl Store {
    /// Throws a folder away, with all folders and notes in it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_folder(
        &self,
        user: UserId,
        id: FolderId,
        now: Timestamp,
    ) -> Result<Thrown, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| throw(conn, &user, id, now)).await
    }

    /// Brings a folder back from the bin with exactly what was thrown away with it. It is where it was, or at the top where
    /// that is no more; beside another of its name it gets a number.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when it was thrown away with another folder, or there would be too many.
    pub async fn restore_folder(&self, user: UserId, id: FolderId) -> Result<Restored, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| restore(conn, &user, id)).await
    }
}
