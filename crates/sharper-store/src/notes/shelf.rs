//! A user's notes as a whole, for whoever keeps an index of them: what there is, in which version, and the texts of
//! those that changed.

use std::collections::HashMap;

use sharper_domain::{Note, NoteId, UserId};

use super::read;
use crate::conn::{Conn, Row, Sql, Value, params};
use crate::{Store, StoreError, revisions};

const COUNT: &str = "SELECT count(*) AS notes FROM notes WHERE user_id = $1 AND deleted_at IS NULL";
/// `octet_length` is read off the row's head: the texts stay where they are.
const STANDING: &str = "SELECT id, version, title, octet_length(content) AS bytes, embedded_version, embedded_with FROM notes \
    WHERE user_id = $1 AND deleted_at IS NULL ORDER BY updated_at DESC, id DESC";
const TEXTS: Sql = Sql::each(
    "SELECT id, user_id, folder_id, title, content, version, origin, anchors, created_at, updated_at FROM notes \
     WHERE user_id = $1 AND deleted_at IS NULL AND id IN (SELECT value FROM json_each($2))",
    "SELECT id, user_id, folder_id, title, content, version, origin, anchors, created_at, updated_at FROM notes \
     WHERE user_id = $1 AND deleted_at IS NULL \
     AND id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))",
);

/// The state of a library: two that are equal are of the same notes in the same versions, with the same vectors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark(i64);

/// A note, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub id: NoteId,
    /// Its version.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// Length of its text in bytes.
    pub bytes: usize,
    /// Up to which version it has vectors; 0 where it has none.
    pub embedded_version: i32,
    /// What made them.
    pub embedded_with: Option<String>,
}

/// The notes of a library at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The state that they are of.
    pub mark: Mark,
    /// The notes, the last changed first.
    pub notes: Vec<Standing>,
}

fn mark(conn: &mut Conn<'_>, user: &UserId) -> Result<Mark, StoreError> {
    Ok(Mark(revisions::of(conn, user)?.library))
}

fn standing(row: &Row) -> Result<Standing, StoreError> {
    Ok(Standing {
        id: row.get("id")?,
        version: row.get("version")?,
        title: row.get("title")?,
        bytes: row.get("bytes")?,
        embedded_version: row.get("embedded_version")?,
        embedded_with: row.get("embedded_with")?,
    })
}

/// Those of the user's notes that the list names, in its order.
pub(super) fn texts(conn: &mut Conn<'_>, user: &UserId, ids: &[NoteId]) -> Result<Vec<Note>, StoreError> {
    let rows = conn.query(TEXTS, params![user, Value::json(&ids)?])?;
    let found = rows.iter().map(|row| read(row).map(|note| (note.id, note)));
    let mut found: HashMap<NoteId, Note> = found.collect::<Result<_, _>>()?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

impl Store {
    /// How many notes the user has.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn count_notes(&self, user: UserId) -> Result<u64, StoreError> {
        self.of(&user).read(move |conn| conn.query_one(COUNT, params![&user])?.get("notes")).await
    }

    /// The state of the user's library: when it is as before, so are all its notes.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn library_mark(&self, user: UserId) -> Result<Mark, StoreError> {
        self.of(&user).read(move |conn| mark(conn, &user)).await
    }

    /// All notes of the user, without their texts.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn catalogue(&self, user: UserId) -> Result<Catalogue, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let mark = mark(conn, &user)?;
                let rows = conn.query(STANDING, params![&user])?;
                Ok(Catalogue { mark, notes: rows.iter().map(standing).collect::<Result<_, _>>()? })
            })
            .await
    }

    /// Those of the user's notes that the list names, in its order; what is none of theirs is left out.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn notes_named(&self, user: UserId, ids: Vec<NoteId>) -> Result<Vec<Note>, StoreError> {
        self.of(&user).read(move |conn| texts(conn, &user, &ids)).await
    }
}
