//! The library as a student searches it, letter by letter: notes by their titles, and passages of their texts.

use serde::Serialize;
use sharper_domain::{BriefNote, Problem, Span, UserId};

use crate::context::{NoteText, SHELF_CHARS, SHELF_NOTES};
use crate::{Agents, problem_of};

/// Bytes of a snippet, about.
const SNIPPET: usize = 240;

/// A note that was found.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct FoundNote {
    /// The note.
    #[serde(flatten)]
    pub note: BriefNote,
    /// Where in its text it was found; `None` where only the title fits.
    pub snippet: Option<Snippet>,
}

/// A piece of a note's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Snippet {
    /// The piece.
    pub text: String,
    /// The bytes of the note at which it begins and ends.
    pub start: usize,
    /// See `start`.
    pub end: usize,
    /// What was searched for, in bytes of `text`.
    pub words: Vec<Span>,
}
