//! `GET /notes/{id}/edit`, `GET /notes/new`: Markdown in a box, and how it will look beside it.

use askama::Template;
use sharper_domain::{NoteId, Problem};

use crate::library::Choice;
use crate::{Frame, ProblemPage};

/// The page of the editor.
#[derive(Debug, Clone, Template)]
#[template(path = "note/edit.html")]
pub struct EditPage {
    /// What is around it.
    pub frame: Frame,
    /// Which note; `None` for a new one.
    pub id: Option<NoteId>,
    /// The title as it was typed.
    pub title: String,
    /// The text as it was typed.
    pub content: String,
    /// The version that the text was made from; 0 for a new note.
    pub version: i32,
    /// Folders that a new note may go in.
    pub folders: Vec<Choice>,
    /// How it looks, where that was asked for; safe HTML of `markdown::render`.
    pub preview: Option<String>,
    /// Why it could not be saved.
    pub problem: Option<Problem>,
    /// What was saved meanwhile from elsewhere.
    pub conflict: Option<Conflict>,
}

/// What somebody saved while this text was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The title that the note has now.
    pub title: String,
    /// The text that it has now.
    pub content: String,
}

impl EditPage {
    fn heading(&self) -> std::borrow::Cow<'static, str> {
        self.frame.t(if self.id.is_some() { "editor-edit" } else { "editor-new" })
    }

    fn action(&self) -> String {
        match self.id {
            Some(id) => format!("/notes/{id}/edit"),
            None => "/notes/new".to_owned(),
        }
    }

    fn back(&self) -> String {
        match self.id {
            Some(id) => format!("/notes/{id}"),
            None => "/library".to_owned(),
        }
    }

    fn problem_title(&self, problem: &Problem) -> std::borrow::Cow<'static, str> {
        self.frame.t(ProblemPage::keys(problem.code).0)
    }

    fn problem_advice(&self, problem: &Problem) -> std::borrow::Cow<'static, str> {
        self.frame.t(ProblemPage::keys(problem.code).1)
    }

    /// What the draft that the browser keeps is called.
    fn draft(&self) -> String {
        self.id.map_or_else(|| "new".to_owned(), |id| id.to_string())
    }

    fn words(&self) -> serde_json::Value {
        serde_json::json!({
            "offline": self.frame.t("editor-offline"),
            "kept": self.frame.t("editor-kept"),
            "no_preview": self.frame.t("editor-no-preview"),
        })
    }
}

/// How a text looks, by itself for the script of the editor.
#[derive(Debug, Clone, Template)]
#[template(source = "{{ html|safe }}", ext = "html")]
pub struct PreviewPage {
    /// Safe HTML of `markdown::render`.
    pub html: String,
}
