//! Notes and folders: what a student puts in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Anchor, FolderId, NoteId, Origin, Timestamp, UserId};

/// A note: text of the student's own, in Markdown or plain, with a version that each edit raises by one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Note {
    /// Its id, the same over all versions.
    pub id: NoteId,
    /// Whose it is.
    pub user_id: UserId,
    /// The folder it lies in, if any.
    pub folder_id: Option<FolderId>,
    /// A line for people.
    pub title: String,
    /// The text. Spans of items count bytes in it.
    pub content: String,
    /// 1 when made; +1 at each change of the content.
    pub version: i32,
    /// The file that it was read from; `None` where it was typed or pasted.
    pub origin: Option<Origin>,
    /// Where the pages of that file begin in the text, in order.
    pub anchors: Vec<Anchor>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A note without its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BriefNote {
    /// Its id.
    pub id: NoteId,
    /// The folder it lies in, if any.
    pub folder_id: Option<FolderId>,
    /// A line for people.
    pub title: String,
    /// 1 when made; +1 at each change of the content.
    pub version: i32,
    /// The file that it was read from; `None` where it was typed or pasted.
    pub origin: Option<Origin>,
    /// The note that it is a copy of, as long as it is one.
    pub copy_of: Option<NoteId>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A version of a note, without its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BriefVersion {
    /// Its number, from 1.
    pub version: i32,
    /// The title that the note had.
    pub title: String,
    /// The length of its text in UTF-8.
    pub bytes: u64,
    /// Whether it is what the note says now.
    pub current: bool,
    /// When this text was last changed, its title too.
    pub created_at: Timestamp,
}

/// A version of a note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct NoteVersion {
    /// Of which note.
    pub note_id: NoteId,
    /// Its number, from 1.
    pub version: i32,
    /// The title that the note had.
    pub title: String,
    /// The text that it had.
    pub content: String,
    /// Where the pages of its file began in that text, in order.
    pub anchors: Vec<Anchor>,
    /// Whether it is what the note says now.
    pub current: bool,
    /// When this text was last changed, its title too.
    pub created_at: Timestamp,
}

/// A folder of notes; folders nest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// Whose it is.
    pub user_id: UserId,
    /// The folder above, if any.
    pub parent_id: Option<FolderId>,
    /// A line for people.
    pub name: String,
    /// Notes that lie in it, without those of the folders in it.
    pub notes: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last renamed or moved.
    pub updated_at: Timestamp,
}

/// What lies in the bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Binned {
    /// A note.
    Note,
    /// A folder, with what was in it.
    Folder,
}

/// Something in the bin, as it was thrown away: what lay in a folder comes back with the folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BinEntry {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: Binned,
    /// The note's title or the folder's name.
    pub title: String,
    /// Notes in the folder and the folders in it; of a note 0.
    pub notes: u32,
    /// Folders in the folder; of a note 0.
    pub folders: u32,
    /// Since when it lies there.
    pub deleted_at: Timestamp,
}
