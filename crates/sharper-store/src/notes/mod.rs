//! Notes: kept once per user and text, with their older versions.
//!
//! A note in the bin (`deleted_at` is set) is for the functions of `bin` alone; every other statement leaves it out.

mod bin;
mod copies;
mod list;
mod shelf;
mod titles;
mod versions;

pub use self::shelf::{Catalogue, Mark, Standing};

use sharper_domain::{Anchor, FolderId, Note, NoteId, Origin, Timestamp, UserId};

use crate::conn::{Conn, Row, Sql, Value, locking, params, storable};
use crate::limits::{Quotas, one_by_one};
use crate::migrate::checksum;
use crate::{Durability, Store, StoreError, folders, revisions};

pub use self::bin::BinPage;
pub(crate) use self::bin::{restore_with, throw_with};
pub use self::list::{NoteOrder, NotesAsked, NotesPage, Tree, Within};
use self::titles::all_titles;
pub use self::titles::fold;

/// A note that is to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewNote {
    /// The id it gets, unless the user has the same text already.
    pub id: NoteId,
    /// The folder it goes in.
    pub folder_id: Option<FolderId>,
    /// A line for people.
    pub title: String,
    /// The text.
    pub content: String,
    /// The file that it was read from.
    pub origin: Option<Origin>,
    /// Where its pages begin, in order.
    pub anchors: Vec<Anchor>,
}

/// What is to be changed in a note; `None` leaves it as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NoteChange {
    /// The line for people.
    pub title: Option<String>,
    /// The text.
    pub content: Option<String>,
    /// Where the pages begin in the new text. Without it, a new text keeps the anchors of what it has in common with the
    /// old one from the beginning: only those are sure.
    pub anchors: Option<Vec<Anchor>>,
    /// The folder; `Some(None)` takes it out of its folder.
    pub folder_id: Option<Option<FolderId>>,
    /// The version that the change was made from. When the note has another by now, the answer is `Changed`.
    pub from_version: Option<i32>,
}

/// What was found of a list of notes.
#[derive(Debug, Clone, PartialEq)]
pub struct NotesFound {
    /// The notes, in the order asked for.
    pub notes: Vec<Note>,
    /// The ids that are no notes of this user.
    pub missing: Vec<NoteId>,
}

const INSERT: &str = "INSERT INTO notes \
    (id, user_id, folder_id, title, content, content_hash, version, created_at, updated_at, bytes, origin, anchors) \
    VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7, $8, $9, $10) ON CONFLICT (user_id, content_hash) \
    WHERE deleted_at IS NULL AND copy_of IS NULL DO NOTHING";
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_id, folder_id, title, content, version, origin, anchors, created_at, updated_at FROM notes ",
            $rest
        )
    };
}
const BY_HASH: &str =
    select!("WHERE user_id = $1 AND content_hash = $2 AND deleted_at IS NULL AND copy_of IS NULL");
const BY_ID: &str = select!("WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL");
const BY_ID_LOCKED: Sql =
    locking!(select!("WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL"), "FOR UPDATE");
const RECENT: &str =
    select!("WHERE user_id = $1 AND deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT $2");
const UPDATE: &str = "UPDATE notes SET folder_id = $3, title = $4, content = $5, content_hash = $6, \
    version = $7, updated_at = $8, bytes = bytes + $9, anchors = $10 WHERE user_id = $1 AND id = $2";
/// Whether a note is a copy, so that it may have the text of another.
const IS_COPY: &str =
    "SELECT copy_of IS NOT NULL AS copy FROM notes WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL";

/// Keeps a note, or finds the one with the same text that the user has already.
///
/// # Errors
/// `NotFound` when the folder is not the user's; `Conflict` when the id is taken; `NotesFull`.
pub fn add(
    conn: &mut Conn<'_>,
    user: &UserId,
    new: &NewNote,
    quotas: &Quotas,
    now: Timestamp,
) -> Result<Note, StoreError> {
    one_by_one(conn, user)?;
    folders::own(conn, user, new.folder_id)?;
    let content = storable(&new.content);
    let hash = checksum(&content);
    let kept = conn.execute(
        INSERT,
        params![
            new.id,
            user,
            new.folder_id,
            new.title.as_str(),
            content.as_str(),
            hash.as_str(),
            now,
            bytes(&content),
            new.origin.as_ref().map(Value::json).transpose()?,
            Value::json(&new.anchors)?
        ],
    )?;
    if kept == 0 {
        return read(&conn.query_one(BY_HASH, params![user, hash])?);
    }
    quotas.check_storage(conn, user)?;
    revisions::raise_library(conn, user)?;
    Ok(Note {
        id: new.id,
        user_id: user.clone(),
        folder_id: new.folder_id,
        title: storable(&new.title),
        content,
        version: 1,
        origin: new.origin.clone(),
        anchors: new.anchors.clone(),
        created_at: now,
        updated_at: now,
    })
}

/// A note of the user's.
///
/// # Errors
/// `NotFound`.
pub fn get(conn: &mut Conn<'_>, user: &UserId, id: NoteId) -> Result<Note, StoreError> {
    read(&conn.query_one(BY_ID, params![user, id])?)
}

/// The notes of a list, and which of it are none of the user's.
///
/// # Errors
/// Only the store's own.
pub fn by_ids(conn: &mut Conn<'_>, user: &UserId, ids: &[NoteId]) -> Result<NotesFound, StoreError> {
    let mut found = NotesFound { notes: Vec::with_capacity(ids.len()), missing: Vec::new() };
    for id in ids {
        match conn.query_opt(BY_ID, params![user, *id])? {
            Some(row) => found.notes.push(read(&row)?),
            None => found.missing.push(*id),
        }
    }
    Ok(found)
}

/// Changes a note. A new text makes a new version and keeps the old one.
///
/// # Errors
/// `NotFound`; `Changed` when it was changed meanwhile; `Conflict` when another note has this text; `NotesFull`: a version
/// more takes more room, also when it is shorter.
pub fn update(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: NoteId,
    change: &NoteChange,
    quotas: &Quotas,
    now: Timestamp,
) -> Result<Note, StoreError> {
    one_by_one(conn, user)?;
    let mut note = read(&conn.query_one(BY_ID_LOCKED, params![user, id])?)?;
    if change.from_version.is_some_and(|version| version != note.version) {
        return Err(StoreError::Changed { version: note.version });
    }
    let before = note.version;
    let mut more = 0;
    if let Some(content) = change.content.as_deref().map(storable).filter(|content| *content != note.content)
    {
        more = rewrite(conn, user, &mut note, content, change.anchors.as_deref(), quotas)?;
    }
    if let Some(title) = &change.title {
        note.title = storable(title);
    }
    if let Some(folder) = change.folder_id {
        folders::own(conn, user, folder)?;
        note.folder_id = folder;
    }
    note.updated_at = now;
    let values = params![
        user,
        id,
        note.folder_id,
        note.title.as_str(),
        note.content.as_str(),
        checksum(&note.content),
        note.version,
        now,
        more,
        Value::json(&note.anchors)?
    ];
    conn.execute(UPDATE, values)?;
    if note.version > before {
        quotas.check_storage(conn, user)?;
    }
    revisions::raise_library(conn, user)?;
    Ok(note)
}

/// Gives a note another text and keeps the one that it had; answers how many bytes more it takes now.
fn rewrite(
    conn: &mut Conn<'_>,
    user: &UserId,
    note: &mut Note,
    content: String,
    anchors: Option<&[Anchor]>,
    quotas: &Quotas,
) -> Result<i64, StoreError> {
    let copy: bool = conn.query_one(IS_COPY, params![user, note.id])?.get("copy")?;
    if !copy && conn.query_opt(BY_HASH, params![user, checksum(&content)])?.is_some() {
        return Err(StoreError::Conflict("another note has this text already"));
    }
    let freed = versions::keep(conn, user, note, quotas.versions_per_note)?;
    let common = note.content.bytes().zip(content.bytes()).take_while(|(old, new)| old == new).count();
    match anchors {
        Some(anchors) => note.anchors = anchors.to_vec(),
        None => note.anchors.retain(|anchor| anchor.at <= common),
    }
    note.anchors.retain(|anchor| content.is_char_boundary(anchor.at));
    let more = bytes(&content) - freed;
    note.content = content;
    note.version += 1;
    Ok(more)
}

/// A text as it is kept: spans count in this.
pub fn as_kept(text: &str) -> String {
    storable(text)
}

/// The room that a text takes, in bytes.
fn bytes(content: &str) -> i64 {
    i64::try_from(content.len()).unwrap_or(i64::MAX)
}

fn read(row: &Row) -> Result<Note, StoreError> {
    Ok(Note {
        id: row.get("id")?,
        user_id: row.get("user_id")?,
        folder_id: row.get("folder_id")?,
        title: row.get("title")?,
        content: row.get("content")?,
        version: row.get("version")?,
        origin: row.json_opt("origin")?,
        anchors: row.json("anchors")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

impl Store {
    /// Keeps a note, or finds the one with the same text that the user has already.
    ///
    /// # Errors
    /// As for `notes::add`.
    pub async fn add_note(&self, user: UserId, new: NewNote, now: Timestamp) -> Result<Note, StoreError> {
        let quotas = self.limits().quotas;
        self.of(&user).write(Durability::Synced, move |conn| add(conn, &user, &new, &quotas, now)).await
    }

    /// A note of the user's.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn note(&self, user: UserId, id: NoteId) -> Result<Note, StoreError> {
        self.of(&user).read(move |conn| get(conn, &user, id)).await
    }

    /// The notes of a list, and which of it are none of the user's.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn notes_by_ids(&self, user: UserId, ids: Vec<NoteId>) -> Result<NotesFound, StoreError> {
        self.of(&user).read(move |conn| by_ids(conn, &user, &ids)).await
    }

    /// The user's notes, the last changed first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn recent_notes(&self, user: UserId, limit: u32) -> Result<Vec<Note>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(RECENT, params![&user, limit])?.iter().map(read).collect())
            .await
    }

    /// Changes a note. A new text makes a new version and keeps the old one.
    ///
    /// # Errors
    /// As for `notes::update`.
    pub async fn update_note(
        &self,
        user: UserId,
        id: NoteId,
        change: NoteChange,
        now: Timestamp,
    ) -> Result<Note, StoreError> {
        let quotas = self.limits().quotas;
        self.of(&user)
            .write(Durability::Synced, move |conn| update(conn, &user, id, &change, &quotas, now))
            .await
    }
}
