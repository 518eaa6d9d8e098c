//! Moving passages: with an edit of their note, or after it where they were written down from an older version.

use serde::Serialize;
use sharper_domain::{Anchor, MaterialId, Note, NoteId, Span, Timestamp, UserId};

use super::{byte, count_stale};
use crate::conn::{Conn, Sql, Value, params};
use crate::limits::{Quotas, one_by_one};
use crate::notes::{self, NoteChange};
use crate::{Durability, Store, StoreError};

/// Where a passage stands after an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// What its item is a part of.
    pub material_id: MaterialId,
    /// The item's place in that, from 1.
    pub number: u32,
    /// Which of the item's sources, from 1.
    pub place: u32,
    /// The version that it was moved from; a row that counts in another by now is left as it is.
    pub from_version: i32,
    /// Where it stands, or, where it is stale, would stand.
    pub span: Span,
    /// Whether it is not there any more.
    pub stale: bool,
}

/// A text of a note, worked out beforehand: what an edit means for all that stands in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewriting {
    /// The version that it was worked out from.
    pub from_version: i32,
    /// Where the pages begin in the new text.
    pub anchors: Vec<Anchor>,
    /// Where the passages stand in the new text.
    pub moved: Vec<Moved>,
}

const MOVE: Sql = Sql::each(
    "UPDATE passages SET span_start = m.span_start, span_end = m.span_end, note_version = $3, \
     stale_since = CASE WHEN m.stale = 1 THEN coalesce(stale_since, $4) END \
     FROM (SELECT json_extract(value, '$[0]') AS material, json_extract(value, '$[1]') AS item, \
        json_extract(value, '$[2]') AS source, json_extract(value, '$[3]') AS from_version, \
        json_extract(value, '$[4]') AS span_start, json_extract(value, '$[5]') AS span_end, \
        json_extract(value, '$[6]') AS stale FROM json_each($2)) AS m \
     WHERE passages.user_id = $1 AND material_id = m.material AND number = m.item AND place = m.source \
     AND note_version = m.from_version",
    "UPDATE passages SET span_start = m.span_start, span_end = m.span_end, note_version = $3, \
     stale_since = CASE WHEN m.stale = 1 THEN coalesce(stale_since, $4) END \
     FROM (SELECT CAST(value->>0 AS UUID) AS material, CAST(value->>1 AS INTEGER) AS item, \
        CAST(value->>2 AS INTEGER) AS source, CAST(value->>3 AS INTEGER) AS from_version, \
        CAST(value->>4 AS INTEGER) AS span_start, CAST(value->>5 AS INTEGER) AS span_end, \
        CAST(value->>6 AS INTEGER) AS stale FROM json_array_elements($2)) AS m \
     WHERE passages.user_id = $1 AND material_id = m.material AND number = m.item AND place = m.source \
     AND note_version = m.from_version",
);
const TEXT_AT: &str = "SELECT content FROM note_versions v WHERE note_id = $2 AND version = $3 \
    AND EXISTS (SELECT 1 FROM notes n WHERE n.id = v.note_id AND n.user_id = $1)";
const ANCHORS: &str = "UPDATE notes SET anchors = $3 WHERE user_id = $1 AND id = $2";

/// Moves passages to a version of their note. One that was moved by somebody else meanwhile is left as it is.
///
/// # Errors
/// Only the store's own.
pub fn move_all(
    conn: &mut Conn<'_>,
    user: &UserId,
    moved: &[Moved],
    version: i32,
    now: Timestamp,
) -> Result<(), StoreError> {
    #[derive(Serialize)]
    struct Line(MaterialId, u32, u32, i32, i64, i64, u8);
    if moved.is_empty() {
        return Ok(());
    }
    let line = |one: &Moved| -> Result<Line, StoreError> {
        let (start, end) = (byte(one.span.start)?, byte(one.span.end)?);
        Ok(Line(one.material_id, one.number, one.place, one.from_version, start, end, u8::from(one.stale)))
    };
    let lines = moved.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    conn.execute(MOVE, params![user, Value::json(&lines)?, version, now]).map(drop)
}

/// Changes the text of a note, with all that stands in it.
fn rewrite(
    conn: &mut Conn<'_>,
    user: &UserId,
    id: NoteId,
    change: &NoteChange,
    worked_out: &Rewriting,
    quotas: &Quotas,
    now: Timestamp,
) -> Result<(Note, u32), StoreError> {
    let change = NoteChange { from_version: Some(worked_out.from_version), ..change.clone() };
    let mut note = notes::update(conn, user, id, &change, quotas, now)?;
    if note.version != worked_out.from_version {
        conn.execute(ANCHORS, params![user, id, Value::json(&worked_out.anchors)?])?;
        note.anchors.clone_from(&worked_out.anchors);
    }
    move_all(conn, user, &worked_out.moved, note.version, now)?;
    let stale = count_stale(conn, user, id)?;
    Ok((note, stale))
}

impl Store {
    /// The text that a note had in an older version; `None` where it is not kept.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn text_at(
        &self,
        user: UserId,
        note: NoteId,
        version: i32,
    ) -> Result<Option<String>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let row = conn.query_opt(TEXT_AT, params![&user, note, version])?;
                row.map(|row| row.get("content")).transpose()
            })
            .await
    }

    /// Changes the text of a note and, in the same transaction, moves all that stands in it. Answers with the note and
    /// how many of its items are stale.
    ///
    /// # Errors
    /// As for `notes::update`; `Conflict` when the note is at another version than this was worked out from.
    pub async fn rewrite_note(
        &self,
        user: UserId,
        id: NoteId,
        change: NoteChange,
        worked_out: Rewriting,
        now: Timestamp,
    ) -> Result<(Note, u32), StoreError> {
        let quotas = self.limits().quotas;
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                rewrite(conn, &user, id, &change, &worked_out, &quotas, now)
            })
            .await
    }

    /// Moves passages that count in older versions of a note to this version, unless the note has another by now: then
    /// they are left for the next who looks.
    ///
    /// # Errors
    /// `NotFound` when the note is not the user's.
    pub async fn move_passages(
        &self,
        user: UserId,
        note: NoteId,
        moved: Vec<Moved>,
        version: i32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Relaxed, move |conn| {
                one_by_one(conn, &user)?;
                if notes::get(conn, &user, note)?.version == version {
                    move_all(conn, &user, &moved, version, now)?;
                }
                Ok(())
            })
            .await
    }
}
