//! Lists of notes: page by page in three orders, in one folder or everywhere, with their texts or without; and the whole
//! library at a glance.

use std::collections::HashMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sharper_domain::{BriefNote, Folder, FolderId, Note, NoteId, UserId};
use uuid::Uuid;

use super::{fold, shelf};
use crate::conn::{Conn, Row, Sql, Value, params};
use crate::{Store, StoreError, folders, hex};

/// Notes that a library at a glance shows.
const TREE_NOTES: u32 = 5_000;
/// Bytes of text on a page with texts: what does not fit is for the next page. One note fits always.
const PAGE_BYTES: usize = 4 << 20;

/// In which order notes are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteOrder {
    /// The one changed last first.
    #[default]
    Updated,
    /// By title, without regard to case and accents.
    Title,
    /// The newest first.
    Created,
}

impl NoteOrder {
    /// The words of the wire.
    pub const WORDS: [&str; 3] = ["updated", "title", "created"];
}

impl FromStr for NoteOrder {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "updated" => Ok(NoteOrder::Updated),
            "title" => Ok(NoteOrder::Title),
            "created" => Ok(NoteOrder::Created),
            _ => Err(()),
        }
    }
}

/// Where notes are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Within {
    /// In all folders and outside of them.
    #[default]
    Everything,
    /// Outside of folders.
    NoFolder,
    /// In this folder, and not in those in it.
    Folder(FolderId),
}

impl Within {
    /// As `WITHIN` takes it: which of the three, and the folder.
    fn values(self) -> (i32, Option<FolderId>) {
        match self {
            Within::Everything => (0, None),
            Within::NoFolder => (1, None),
            Within::Folder(folder) => (2, Some(folder)),
        }
    }
}

/// Which notes are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotesAsked {
    /// Where.
    pub within: Within,
    /// In which order.
    pub order: NoteOrder,
    /// `next` of the page before.
    pub cursor: Option<String>,
    /// How many at most.
    pub limit: u32,
}

impl NotesAsked {
    /// Whether a text is the `next` of a list in this order.
    pub fn is_cursor(text: &str, order: NoteOrder) -> bool {
        Cursor::read(text, order).is_some()
    }
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct NotesPage<T> {
    /// The notes, in the order asked for.
    pub notes: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
    /// What to ask for the page after this one with; `None` where this one is the last.
    pub next: Option<String>,
}

/// A library at a glance.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// All folders, by name.
    pub folders: Vec<Folder>,
    /// Notes, the one changed last first.
    pub notes: Vec<BriefNote>,
    /// Whether there are more notes than these.
    pub more: bool,
}

/// Where a page ended. It is not secret: a user could as well write another of their own.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Cursor {
    order: NoteOrder,
    /// Microseconds, or a folded title.
    key: Key,
    id: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
enum Key {
    Time(i64),
    Title(String),
}

impl Cursor {
    fn write(&self) -> String {
        hex(&serde_json::to_vec(self).unwrap_or_default())
    }

    /// What `write` made, for this order.
    fn read(text: &str, order: NoteOrder) -> Option<Self> {
        let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
        let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
        let cursor: Cursor = serde_json::from_slice(&bytes?).ok()?;
        let fits = matches!(
            (order, &cursor.key),
            (NoteOrder::Title, Key::Title(_)) | (NoteOrder::Updated | NoteOrder::Created, Key::Time(_))
        );
        (fits && cursor.order == order).then_some(cursor)
    }
}

macro_rules! within {
    () => {
        "user_id = $1 AND deleted_at IS NULL AND ($2 = 0 OR ($2 = 1 AND folder_id IS NULL) OR folder_id = $3)"
    };
}
macro_rules! brief {
    () => {
        "SELECT id, folder_id, title, version, origin, copy_of, created_at, updated_at FROM notes WHERE "
    };
}
macro_rules! page {
    ($column:literal) => {
        concat!(
            brief!(),
            within!(),
            " AND (",
            $column,
            ", id) < ($4, $5) ORDER BY ",
            $column,
            " DESC, id DESC LIMIT $6"
        )
    };
}
const BY_UPDATE: &str = page!("updated_at");
const BY_CREATION: &str = page!("created_at");
const ALL: &str = concat!(brief!(), within!(), " ORDER BY updated_at DESC, id DESC LIMIT $4");
const TITLES: &str =
    concat!("SELECT id, title FROM notes WHERE ", within!(), " ORDER BY updated_at DESC, id DESC");
const NAMED: Sql = Sql::each(
    concat!(brief!(), "user_id = $1 AND id IN (SELECT value FROM json_each($2))"),
    concat!(
        brief!(),
        "user_id = $1 AND id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))"
    ),
);
/// `octet_length` is read off the row's head: the texts stay where they are.
const LENGTHS: Sql = Sql::each(
    "SELECT id, octet_length(content) AS bytes FROM notes WHERE user_id = $1 AND id IN (SELECT value FROM json_each($2))",
    "SELECT id, octet_length(content) AS bytes FROM notes WHERE user_id = $1 \
     AND id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($2 AS JSON)))",
);
const COUNT: &str = concat!("SELECT count(*) AS notes FROM notes WHERE ", within!());

fn read_brief(row: &Row) -> Result<BriefNote, StoreError> {
    Ok(BriefNote {
        id: row.get("id")?,
        folder_id: row.get("folder_id")?,
        title: row.get("title")?,
        version: row.get("version")?,
        origin: row.json_opt("origin")?,
        copy_of: row.get("copy_of")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}

fn all(conn: &mut Conn<'_>, user: &UserId, within: Within, limit: u32) -> Result<Vec<BriefNote>, StoreError> {
    let (which, folder) = within.values();
    conn.query(ALL, params![user, which, folder, limit])?.iter().map(read_brief).collect()
}

/// The user's notes without their texts, the one changed last first, at most so many.
pub(super) fn all_brief(
    conn: &mut Conn<'_>,
    user: &UserId,
    limit: u32,
) -> Result<Vec<BriefNote>, StoreError> {
    all(conn, user, Within::Everything, limit)
}

/// The ids and titles of the user's notes, the one changed last first: what is needed to order or to find them.
pub(super) fn titles(
    conn: &mut Conn<'_>,
    user: &UserId,
    within: Within,
) -> Result<Vec<(NoteId, String)>, StoreError> {
    let (which, folder) = within.values();
    let rows = conn.query(TITLES, params![user, which, folder])?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("title")?))).collect()
}

/// These notes of the user's without their texts, in this order.
pub(super) fn named(
    conn: &mut Conn<'_>,
    user: &UserId,
    ids: &[NoteId],
) -> Result<Vec<BriefNote>, StoreError> {
    let rows = conn.query(NAMED, params![user, Value::json(&ids)?])?;
    let found = rows.iter().map(|row| read_brief(row).map(|note| (note.id, note)));
    let mut found: HashMap<NoteId, BriefNote> = found.collect::<Result<_, _>>()?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// One more than asked for, to see whether there are more.
fn some(conn: &mut Conn<'_>, user: &UserId, asked: &NotesAsked) -> Result<Vec<BriefNote>, StoreError> {
    let after = match asked.cursor.as_deref() {
        None => None,
        Some(text) => Some(
            Cursor::read(text, asked.order)
                .ok_or(StoreError::Conflict("this cursor is of no list like this"))?,
        ),
    };
    let more = asked.limit.saturating_add(1);
    if asked.order == NoteOrder::Title {
        return by_title(conn, user, asked.within, after, more);
    }
    let statement = if asked.order == NoteOrder::Updated { BY_UPDATE } else { BY_CREATION };
    let (time, id) = match after {
        Some(Cursor { key: Key::Time(time), id, .. }) => (time, id),
        _ => (i64::MAX, Uuid::max()),
    };
    let (which, folder) = asked.within.values();
    conn.query(statement, params![user, which, folder, time, id, more])?.iter().map(read_brief).collect()
}

/// The databases do not agree on how titles are ordered, so they are here.
fn by_title(
    conn: &mut Conn<'_>,
    user: &UserId,
    within: Within,
    after: Option<Cursor>,
    most: u32,
) -> Result<Vec<BriefNote>, StoreError> {
    let after = after.map(|cursor| (cursor.key, cursor.id));
    let titles = titles(conn, user, within)?.into_iter();
    let mut keys: Vec<_> = titles
        .map(|(id, title)| (Key::Title(fold(&title)), id.0))
        .filter(|key| after.as_ref().is_none_or(|after| key > after))
        .collect();
    keys.sort();
    keys.truncate(most as usize);
    let ids: Vec<NoteId> = keys.into_iter().map(|(_, id)| NoteId(id)).collect();
    named(conn, user, &ids)
}

/// Takes from the end of a page until its texts fit.
fn fit(
    conn: &mut Conn<'_>,
    user: &UserId,
    page: &mut NotesPage<BriefNote>,
    order: NoteOrder,
    most: usize,
) -> Result<(), StoreError> {
    let ids: Vec<NoteId> = page.notes.iter().map(|note| note.id).collect();
    let rows = conn.query(LENGTHS, params![user, Value::json(&ids)?])?;
    let lengths = rows.iter().map(|row| Ok((row.get("id")?, row.get("bytes")?)));
    let lengths: HashMap<NoteId, usize> = lengths.collect::<Result<_, StoreError>>()?;
    let mut left = most;
    let fits = |id: &&NoteId| {
        let room = left.checked_sub(lengths.get(id).copied().unwrap_or(0));
        left = room.unwrap_or(0);
        room.is_some()
    };
    let count = ids.iter().take_while(fits).count().max(1);
    if count < page.notes.len() {
        page.notes.truncate(count);
        page.next = page.notes.last().map(|last| after(last, order));
    }
    Ok(())
}

/// The cursor of what comes after a note.
fn after(last: &BriefNote, order: NoteOrder) -> String {
    let key = match order {
        NoteOrder::Updated => Key::Time(last.updated_at.as_microsecond()),
        NoteOrder::Created => Key::Time(last.created_at.as_microsecond()),
        NoteOrder::Title => Key::Title(fold(&last.title)),
    };
    Cursor { order, key, id: last.id.0 }.write()
}

fn page(conn: &mut Conn<'_>, user: &UserId, asked: &NotesAsked) -> Result<NotesPage<BriefNote>, StoreError> {
    if let Within::Folder(folder) = asked.within {
        folders::own(conn, user, Some(folder))?;
    }
    let (which, folder) = asked.within.values();
    let total = conn.query_one(COUNT, params![user, which, folder])?.get("notes")?;
    let mut notes = some(conn, user, asked)?;
    let more = notes.len() > asked.limit as usize;
    notes.truncate(asked.limit as usize);
    let next = notes.last().filter(|_| more).map(|last| after(last, asked.order));
    Ok(NotesPage { notes, total, next })
}

impl Store {
    /// A page of the user's notes without their texts.
    ///
    /// # Errors
    /// `NotFound` when the folder is not the user's; `Conflict` when the cursor is none of this order.
    pub async fn brief_notes(
        &self,
        user: UserId,
        asked: NotesAsked,
    ) -> Result<NotesPage<BriefNote>, StoreError> {
        self.of(&user).read(move |conn| page(conn, &user, &asked)).await
    }

    /// A page of the user's notes, with fewer than asked for where their texts are long.
    ///
    /// # Errors
    /// As for `brief_notes`.
    pub async fn notes(&self, user: UserId, asked: NotesAsked) -> Result<NotesPage<Note>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let mut page = page(conn, &user, &asked)?;
                fit(conn, &user, &mut page, asked.order, PAGE_BYTES)?;
                let ids: Vec<NoteId> = page.notes.iter().map(|note| note.id).collect();
                let notes = shelf::texts(conn, &user, &ids)?;
                Ok(NotesPage { notes, total: page.total, next: page.next })
            })
            .await
    }

    /// All folders, and the notes without their texts, as many as a page can show.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn library_tree(&self, user: UserId) -> Result<Tree, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let folders = folders::list(conn, &user)?;
                let mut notes = all_brief(conn, &user, TREE_NOTES + 1)?;
                let more = notes.len() > TREE_NOTES as usize;
                notes.truncate(TREE_NOTES as usize);
                Ok(Tree { folders, notes, more })
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_for_its_order_alone() {
        let cursor =
            Cursor { order: NoteOrder::Title, key: Key::Title("zelle ü".into()), id: Uuid::from_u128(7) };
        let text = cursor.write();
        assert_eq!(Cursor::read(&text, NoteOrder::Title), Some(cursor));
        assert_eq!(Cursor::read(&text, NoteOrder::Updated), None);
        for none in ["", "7", "zz", "7b7d", "é"] {
            assert_eq!(Cursor::read(none, NoteOrder::Title), None, "{none}");
        }
    }
}
