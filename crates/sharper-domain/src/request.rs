//! Requests: what a student asks for, as a type that cannot be wrong.
//!
//! `Request::parse` is the door: it takes the JSON of the wire and answers with either a request or the list
//! of every field that is wrong, so that a client can mend them all at once.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Difficulty, FieldError, NoteId, SessionId, UserId};

/// Longest message, in characters.
pub const MESSAGE_CHARS: usize = 8_000;
/// Most items that one request may ask for.
pub const COUNT_MAX: u32 = 200;
/// Longest topic, in characters.
pub const TOPIC_CHARS: usize = 200;
/// Most notes that a request may name.
pub const NOTES_MAX: usize = 100;

/// The `type` of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// A question to the tutor; a chat that asks for something else is classified.
    Chat,
    /// Flashcards.
    FlashcardGeneration,
    /// A quiz.
    QuizGeneration,
    /// An exam.
    ExamGeneration,
    /// A summary.
    SummaryGeneration,
    /// What is strong, missing or unclear in the notes.
    NoteAnalysis,
    /// A plan by day.
    StudyPlan,
}

impl TaskKind {
    /// All of them, in the order of the wire contract.
    pub const ALL: [TaskKind; 7] = [
        TaskKind::Chat,
        TaskKind::FlashcardGeneration,
        TaskKind::QuizGeneration,
        TaskKind::ExamGeneration,
        TaskKind::SummaryGeneration,
        TaskKind::NoteAnalysis,
        TaskKind::StudyPlan,
    ];

    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            TaskKind::Chat => "chat",
            TaskKind::FlashcardGeneration => "flashcard_generation",
            TaskKind::QuizGeneration => "quiz_generation",
            TaskKind::ExamGeneration => "exam_generation",
            TaskKind::SummaryGeneration => "summary_generation",
            TaskKind::NoteAnalysis => "note_analysis",
            TaskKind::StudyPlan => "study_plan",
        }
    }
}

impl fmt::Display for TaskKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for TaskKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        TaskKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// The difficulty asked for: one level, or a mix that goes by the student's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DifficultyChoice {
    /// Easy items.
    Easy,
    /// Medium items.
    Medium,
    /// Hard items.
    Hard,
    /// A mix.
    #[default]
    Adaptive,
}

impl DifficultyChoice {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        self.level().map_or("adaptive", Difficulty::as_str)
    }

    /// The one level asked for, or `None` for a mix.
    pub fn level(self) -> Option<Difficulty> {
        match self {
            DifficultyChoice::Easy => Some(Difficulty::Easy),
            DifficultyChoice::Medium => Some(Difficulty::Medium),
            DifficultyChoice::Hard => Some(Difficulty::Hard),
            DifficultyChoice::Adaptive => None,
        }
    }
}

impl FromStr for DifficultyChoice {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "easy" => Ok(DifficultyChoice::Easy),
            "medium" => Ok(DifficultyChoice::Medium),
            "hard" => Ok(DifficultyChoice::Hard),
            "adaptive" => Ok(DifficultyChoice::Adaptive),
            _ => Err(()),
        }
    }
}

/// What a request for flashcards may choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlashcardOptions {
    /// How many cards, 1 to 200.
    pub count: u32,
    /// How hard.
    pub difficulty: DifficultyChoice,
    /// Only about this, if given.
    pub topic: Option<String>,
}

impl Default for FlashcardOptions {
    fn default() -> Self {
        Self { count: 10, difficulty: DifficultyChoice::default(), topic: None }
    }
}

/// What a request asks for, by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Options {
    /// For flashcards, and for a chat that turns out to ask for flashcards.
    Flashcards(FlashcardOptions),
    /// For a kind that has no choices here.
    None,
}

/// A request that was checked: nothing in it can be wrong any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What is asked for.
    pub kind: TaskKind,
    /// By whom: as the request says; `None` leaves it to the sign-in.
    pub user_id: Option<UserId>,
    /// In which stream; `None` makes one.
    pub session_id: Option<SessionId>,
    /// The student's words.
    pub message: String,
    /// The choices.
    pub flashcards: FlashcardOptions,
    /// Text to work from, given with the request.
    pub content: Option<String>,
    /// Notes to work from, and no others.
    pub explicit_note_ids: Vec<NoteId>,
}
