//! Files that were sent: one row each, with what became of it. The file itself is not kept.

use sharper_domain::{FileFault, FileKind, Note, NoteId, Timestamp, UserId};

use crate::conn::{Conn, params, storable};
use crate::limits::{Quotas, one_by_one};
use crate::notes::{self, NewNote};
use crate::spending::today;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// A file that was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct SentFile {
    /// What its sender calls it.
    pub name: String,
    /// What it is, where that could be told.
    pub kind: Option<FileKind>,
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
    /// How long reading it took, in milliseconds.
    pub took_ms: u64,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Became {
    /// Its text is kept as this note, or is that of a note that is there.
    Read(NewNote),
    /// The user has a note of the very same file.
    Known(NoteId),
    /// It could not be read.
    Refused(FileFault),
}

const INSERT: &str = "INSERT INTO uploads \
    (id, user_id, note_id, name, kind, bytes, sha256, outcome, took_ms, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const SENT_SINCE: &str = "SELECT count(*) AS sent FROM uploads WHERE user_id = $1 AND created_at >= $2";
const NOTE_OF_FILE: &str = "SELECT n.id AS id FROM uploads u JOIN notes n ON n.id = u.note_id \
    WHERE u.user_id = $1 AND u.sha256 = $2 AND n.user_id = $1 AND n.deleted_at IS NULL \
    ORDER BY u.created_at DESC LIMIT 1";

/// Whether the user may send one more file today.
///
/// # Errors
/// `FilesUsedUp`.
fn check_files(
    conn: &mut Conn<'_>,
    user: &UserId,
    quotas: &Quotas,
    now: Timestamp,
) -> Result<(), StoreError> {
    let limit = quotas.files_per_day;
    if limit == 0 {
        return Ok(());
    }
    let (since, until, wait) = today(now);
    let sent: u32 = conn.query_one(SENT_SINCE, params![user, since])?.get("sent")?;
    if sent < limit { Ok(()) } else { Err(StoreError::FilesUsedUp { limit, until, wait }) }
}

/// Keeps what became of a file, and its note with it.
///
/// # Errors
/// `FilesUsedUp`; as for `notes::add`.
fn keep(
    conn: &mut Conn<'_>,
    user: &UserId,
    file: &SentFile,
    became: &Became,
    quotas: &Quotas,
    now: Timestamp,
) -> Result<Option<Note>, StoreError> {
    one_by_one(conn, user)?;
    check_files(conn, user, quotas, now)?;
    let (note, outcome) = match became {
        Became::Read(new) => {
            let note = notes::add(conn, user, new, quotas, now)?;
            let outcome = if note.id == new.id { "read" } else { "known" };
            (Some(note), outcome)
        }
        Became::Known(id) => (Some(notes::get(conn, user, *id)?), "known"),
        Became::Refused(fault) => (None, fault.as_str()),
    };
    conn.execute(
        INSERT,
        params![
            fresh_id(now),
            user,
            note.as_ref().map(|note| note.id),
            storable(&file.name),
            file.kind.map(FileKind::as_str),
            i64::try_from(file.bytes).unwrap_or(i64::MAX),
            file.sha256.as_str(),
            outcome,
            i64::try_from(file.took_ms).unwrap_or(i64::MAX),
            now
        ],
    )?;
    Ok(note)
}

impl Store {
    /// Sees to it that the user may send one more file today, and finds the note that the very same file became.
    ///
    /// # Errors
    /// `FilesUsedUp`.
    pub async fn note_of_file(
        &self,
        user: UserId,
        sha256: String,
        now: Timestamp,
    ) -> Result<Option<NoteId>, StoreError> {
        let (quotas, whose) = (self.limits().quotas, user.clone());
        let find = move |conn: &mut Conn<'_>| {
            check_files(conn, &user, &quotas, now)?;
            conn.query_opt(NOTE_OF_FILE, params![&user, sha256])?.map(|row| row.get("id")).transpose()
        };
        self.of(&whose).read(find).await
    }

    /// Keeps what became of a file, and its note with it, in one transaction. The answer is the note, where there is one.
    ///
    /// # Errors
    /// `FilesUsedUp`; `NotFound` when the folder is not the user's, or the known note is gone; `NotesFull`.
    pub async fn keep_file(
        &self,
        user: UserId,
        file: SentFile,
        became: Became,
        now: Timestamp,
    ) -> Result<Option<Note>, StoreError> {
        let quotas = self.limits().quotas;
        self.of(&user)
            .write(Durability::Synced, move |conn| keep(conn, &user, &file, &became, &quotas, now))
            .await
    }
}
