//! `GET /notes/{id}`: a note, what was made from it and where each item stands in it, its versions, where it came from.

mod edit;

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{NoteId, TaskKind, Timestamp};

use crate::markdown::Shown;
use crate::{Frame, kind};

pub use edit::{Conflict, EditPage, PreviewPage};

/// The page of a note.
#[derive(Debug, Clone, Template)]
#[template(path = "note/note.html")]
pub struct NotePage {
    /// What is around it.
    pub frame: Frame,
    /// Which.
    pub id: NoteId,
    /// Its title.
    pub title: String,
    /// The version that is shown.
    pub version: i32,
    /// The version that the note is at.
    pub current: i32,
    /// When that was written.
    pub when: Timestamp,
    /// The folder that it lies in.
    pub folder: Option<String>,
    /// The name of the file that it was read from, and what its reader should know.
    pub origin: Option<(String, Vec<String>)>,
    /// Its text.
    pub shown: Shown,
    /// The words of the passage that was asked for, if it is in the text.
    pub passage: Option<String>,
    /// The words of a passage that was asked for and is not in the text any more.
    pub gone: Option<String>,
    /// What was made from it, by kind.
    pub groups: Vec<Group>,
    /// Items whose passage is not there any more.
    pub stale: u32,
    /// Its versions, the newest first.
    pub versions: Vec<Edition>,
    /// Whether it was saved just now.
    pub saved: bool,
}

/// Items of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The kind of what they belong to.
    pub kind: TaskKind,
    /// The items, in the order of the text.
    pub items: Vec<NoteItem>,
}

/// Something that was made from a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteItem {
    /// A question, a point, a term.
    pub front: String,
    /// The page of what it is a part of.
    pub href: String,
    /// The bytes of its passage in this version.
    pub span: (usize, usize),
    /// The words of its passage.
    pub quote: String,
    /// Whether the passage is not there any more.
    pub stale: bool,
}

/// A version of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its number.
    pub version: i32,
    /// When it was written.
    pub when: Timestamp,
}

impl NotePage {
    /// What can be made of a note with one tap: the word of the wire, and what the button says.
    fn makes(&self) -> [(TaskKind, Cow<'static, str>); 4] {
        [
            TaskKind::FlashcardGeneration,
            TaskKind::QuizGeneration,
            TaskKind::ExamGeneration,
            TaskKind::SummaryGeneration,
        ]
        .map(|kind| (kind, self.frame.locale.of_kind("today-make", kind)))
    }

    fn is_old(&self) -> bool {
        self.version != self.current
    }

    fn facts(&self) -> String {
        let version = self.frame.locale.n("note-version", self.version);
        let ago = self.frame.ago(self.when);
        match &self.folder {
            Some(folder) => format!("{folder} · {version} · {ago}"),
            None => format!("{version} · {ago}"),
        }
    }

    fn group_name(&self, group: &Group) -> Cow<'static, str> {
        self.frame.locale.of_kind("kind-name", group.kind)
    }

    fn covered(&self) -> u32 {
        self.shown.blocks.saturating_sub(self.shown.uncovered)
    }

    fn coverage(&self) -> Cow<'static, str> {
        let values = [("covered", self.covered().into()), ("blocks", self.shown.blocks.into())];
        self.frame.locale.with("note-coverage", &values)
    }

    fn edition(&self, edition: &Edition) -> Cow<'static, str> {
        self.frame.locale.n("note-version", edition.version)
    }

    fn origin_line(&self, name: &str) -> Cow<'static, str> {
        self.frame.locale.with("note-origin", &[("name", name.into())])
    }

    fn chat(&self) -> &'static str {
        kind::word(TaskKind::Chat)
    }
}
