//! Notes and folders: what a student puts in.

use serde::{Deserialize, Serialize};

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
    /// When it was made.
    pub created_at: Timestamp,
}
