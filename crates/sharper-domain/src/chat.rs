//! The tutor's replies: statements, each with the passages that bear it out.

use serde::{Deserialize, Serialize};

use serde_json::Value;

use crate::{Source, Timestamp, Verdict};

/// One statement of a reply. `S` is [`Passage`](crate::Passage) in a draft and [`Source`] in what is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Statement<S = Source> {
    /// A sentence or two.
    pub text: String,
    /// What it is quoted from or follows from; never empty.
    pub sources: Vec<S>,
    /// What the checks found; `None` in a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

impl<S> Statement<S> {
    /// Checked, with each passage as the notes' own source; `None` where `cite` finds one of them nowhere.
    pub fn checked<T>(self, verdict: Verdict, cite: impl FnMut(S) -> Option<T>) -> Option<Statement<T>> {
        let sources = self.sources.into_iter().map(cite).collect::<Option<_>>()?;
        Some(Statement { text: self.text, sources, verdict: Some(verdict) })
    }
}

/// A numbered passage that a reply refers to: `[1]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Citation {
    /// From 1.
    pub number: u32,
    /// The title of the note.
    pub title: String,
    /// The passage.
    #[serde(flatten)]
    pub source: Source,
}

/// What a reply had to go by, beside the question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ContextUsed {
    /// Notes that were looked at.
    pub notes_count: u32,
    /// Whether the conversation had begun before.
    pub has_conversation_history: bool,
    /// Whether it is known how the student is getting on.
    pub has_progress_data: bool,
}

/// What the student is asked before anything is made, where guessing would more likely be wrong than right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Clarification {
    /// What is asked for: `notes`.
    pub asks: String,
    /// The question (English).
    pub question: String,
    /// The answers to choose from.
    pub options: Vec<Choice>,
}

/// An answer to choose, with the request that it makes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Choice {
    /// What it is about: the title of its newest note; empty for all notes.
    pub label: String,
    /// How many notes it works from.
    pub notes: u32,
    /// The whole request: the body of `POST /api/ai/process-stream`.
    #[schema(value_type = Object)]
    pub request: Value,
}

/// Who said something in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    /// The student.
    User,
    /// The tutor.
    Assistant,
}

impl Speaker {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Speaker::User => "user",
            Speaker::Assistant => "assistant",
        }
    }
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Message {
    /// Who said it.
    pub role: Speaker,
    /// What was said.
    pub content: String,
    /// When.
    pub created_at: Timestamp,
}
