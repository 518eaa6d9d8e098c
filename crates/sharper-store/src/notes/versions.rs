//! Older versions of notes: the last so many of each, with the anchors that they had.

use sharper_domain::{BriefVersion, Note, NoteId, NoteVersion, UserId};

use crate::conn::{Conn, Row, params};
use crate::{Store, StoreError};

const KEEP: &str = "INSERT INTO note_versions (note_id, version, title, content, anchors, created_at) \
    SELECT id, version, title, content, anchors, updated_at FROM notes \
    WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL";
const TOO_OLD: &str = "SELECT CAST(coalesce(sum(octet_length(content)), 0) AS BIGINT) AS bytes FROM note_versions \
    WHERE note_id = $1 AND version <= $2";
const FORGET: &str = "DELETE FROM note_versions WHERE note_id = $1 AND version <= $2";
const CURRENT: &str = "SELECT version, title, octet_length(content) AS bytes, updated_at AS created_at FROM notes \
    WHERE user_id = $1 AND id = $2 AND deleted_at IS NULL";
const OLDER: &str = "SELECT version, title, octet_length(content) AS bytes, created_at FROM note_versions \
    WHERE note_id = $1 ORDER BY version DESC LIMIT $2";
const ONE: &str = "SELECT v.version, v.title, v.content, v.anchors, v.created_at FROM note_versions v \
    JOIN notes n ON n.id = v.note_id \
    WHERE n.user_id = $1 AND n.id = $2 AND n.deleted_at IS NULL AND v.version = $3";

/// Keeps what a note says now as an older version, before it says something else, and lets go of those beyond the last
/// `most` (0: of none). Answers how many bytes that frees.
pub(super) fn keep(conn: &mut Conn<'_>, user: &UserId, note: &Note, most: u32) -> Result<i64, StoreError> {
    conn.execute(KEEP, params![user, note.id])?;
    let most = i32::try_from(most).unwrap_or(i32::MAX);
    let last = note.version.saturating_sub(most);
    if most == 0 || last < 1 {
        return Ok(0);
    }
    let freed = conn.query_one(TOO_OLD, params![note.id, last])?.get("bytes")?;
    conn.execute(FORGET, params![note.id, last])?;
    Ok(freed)
}

fn brief(row: &Row, current: bool) -> Result<BriefVersion, StoreError> {
    Ok(BriefVersion {
        version: row.get("version")?,
        title: row.get("title")?,
        bytes: row.get("bytes")?,
        current,
        created_at: row.get("created_at")?,
    })
}

/// The versions of a note, what it says now first, at most so many.
fn list(conn: &mut Conn<'_>, user: &UserId, id: NoteId, limit: u32) -> Result<Vec<BriefVersion>, StoreError> {
    let mut versions = vec![brief(&conn.query_one(CURRENT, params![user, id])?, true)?];
    for row in conn.query(OLDER, params![id, limit.saturating_sub(1)])? {
        versions.push(brief(&row, false)?);
    }
    Ok(versions)
}

fn one(conn: &mut Conn<'_>, user: &UserId, id: NoteId, version: i32) -> Result<NoteVersion, StoreError> {
    let note = super::get(conn, user, id)?;
    if note.version == version {
        return Ok(NoteVersion {
            note_id: id,
            version,
            title: note.title,
            content: note.content,
            anchors: note.anchors,
            current: true,
            created_at: note.updated_at,
        });
    }
    let row = conn.query_one(ONE, params![user, id, version])?;
    Ok(NoteVersion {
        note_id: id,
        version,
        title: row.get("title")?,
        content: row.get("content")?,
        anchors: row.json("anchors")?,
        current: false,
        created_at: row.get("created_at")?,
    })
}

impl Store {
    /// The versions of a note without their texts, the newest first, at most so many. The first is what it says now.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn note_versions(
        &self,
        user: UserId,
        id: NoteId,
        limit: u32,
    ) -> Result<Vec<BriefVersion>, StoreError> {
        self.of(&user).read(move |conn| list(conn, &user, id, limit)).await
    }

    /// A version of a note. To have it back, `update_note` with its text and its anchors.
    ///
    /// # Errors
    /// `NotFound`, also where it was let go of.
    pub async fn note_version(
        &self,
        user: UserId,
        id: NoteId,
        version: i32,
    ) -> Result<NoteVersion, StoreError> {
        self.of(&user).read(move |conn| one(conn, &user, id, version)).await
    }
}
