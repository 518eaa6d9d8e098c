//! Prompts: what is asked of a model, for which task, and in which shape the answer should come.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::usage::TokenEstimate;

/// What a model is asked to do. The settings give each its models, temperature and length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Say what a student's message asks for.
    Intent,
    /// Write flashcards.
    Flashcards,
    /// Write quiz questions.
    Quiz,
    /// Write an exam.
    Exam,
    /// Write a summary.
    Summary,
    /// Answer as the tutor.
    Chat,
    /// Say what is strong, missing or unclear in notes.
    Analysis,
    /// Write a study plan.
    Plan,
    /// Judge items that were written.
    Judge,
    /// Grade a student's answer.
    Grade,
}

impl Task {
    /// All of them.
    pub const ALL: [Task; 10] = [
        Task::Intent,
        Task::Flashcards,
        Task::Quiz,
        Task::Exam,
        Task::Summary,
        Task::Chat,
        Task::Analysis,
        Task::Plan,
        Task::Judge,
        Task::Grade,
    ];

    /// The word of the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Task::Intent => "intent",
            Task::Flashcards => "flashcards",
            Task::Quiz => "quiz",
            Task::Exam => "exam",
            Task::Summary => "summary",
            Task::Chat => "chat",
            Task::Analysis => "analysis",
            Task::Plan => "plan",
            Task::Judge => "judge",
            Task::Grade => "grade",
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who said an earlier turn of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The student.
    User,
    /// The model.
    Assistant,
}

/// One earlier turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Turn {
    /// Who said it.
    pub role: Role,
    /// What was said.
    pub text: String,
}

/// The shape of the answer: a JSON Schema with an object at its root.
///
/// For servers in strict mode every object needs `additionalProperties: false` and all its fields in `required`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// A name of letters, digits, `_` and `-`.
    pub name: String,
    /// The schema.
    pub schema: Value,
}

/// One question to a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    /// What it is for; chooses the models.
    pub task: Task,
    /// The instructions. Notes never stand here.
    pub system: String,
    /// Earlier turns, the oldest first.
    pub history: Vec<Turn>,
    /// The question, with the notes fenced in as data.
    pub user: String,
    /// The shape of the answer, if it is to be JSON.
    pub schema: Option<Schema>,
    /// The longest answer, in tokens; never more than the task's setting, which holds when this is `None`.
    pub max_tokens: Option<u32>,
    /// How freely it writes, 0 to 2; the task's setting when `None`.
    pub temperature: Option<f32>,
    /// The one model to ask, and no other in its place; those of the task's setting when `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

impl Prompt {
    /// A question with the task's own settings and no schema.
    pub fn new(task: Task, system: impl Into<String>, user: impl Into<String>) -> Self {
        Self {
            task,
            system: system.into(),
            history: Vec::new(),
            user: user.into(),
            schema: None,
            max_tokens: None,
            temperature: None,
            model: None,
        }
    }

    /// Asks for JSON of this shape.
    pub fn schema(mut self, name: impl Into<String>, schema: Value) -> Self {
        self.schema = Some(Schema { name: name.into(), schema });
        self
    }

    /// Asks for at most this many tokens.
    pub fn max_tokens(mut self, tokens: u32) -> Self {
        self.max_tokens = Some(tokens);
        self
    }

    /// Prompt tokens, estimated: for a reservation before the call, and when the server reports none.
    pub fn estimated_tokens(&self) -> u32 {
        /// What a message costs beside its text: its role and its borders.
        const BORDER: u32 = 4;
        let texts = [&self.system, &self.user].into_iter().chain(self.history.iter().map(|turn| &turn.text));
        let said = texts.map(|text| TokenEstimate::of(text) + BORDER).fold(0, u32::saturating_add);
        let shape = self.schema.as_ref().map_or(0, |shape| TokenEstimate::of(&shape.schema.to_string()));
        said.saturating_add(shape)
    }
}
