//! The words that every other room speaks: ids, notes, cards, quizzes, requests, verdicts, outcomes, events, problems.
//!
//! Nothing in here reads a clock, a file or a socket. A value of one of these types is either right or it
//! does not exist: input becomes a type at the door (`request`, `ids`) and stays right from there on.

pub mod analysis;
pub mod attempt;
pub mod card;
pub mod chat;
pub mod clock;
pub mod cloze;
pub mod deck;
pub mod event;
pub mod exam;
pub mod file;
pub mod grade;
pub mod grading;
pub mod ids;
pub mod item;
mod line;
pub mod material;
pub mod memory;
pub mod note;
pub mod outcome;
pub mod plan;
pub mod preference;
pub mod problem;
pub mod quiz;
pub mod request;
mod saved;
pub mod secret;
pub mod study;
pub mod summary;
pub mod verdict;

pub use analysis::{Finding, FindingKind};
pub use attempt::{Answered, Appeal, AppealOutcome, Attempt, EndedBy, Paper, TopicScore};
pub use card::{Author, CardDraft, CardForm, Difficulty, Flashcard, FlashcardSet, Source, Span};
pub use chat::{Choice, Citation, Clarification, ContextUsed, Message, Speaker, Statement};
pub use clock::{Clock, Timestamp};
pub use deck::{CardStyle, Deck, DeckCard, DeckMedia, DeckReview};
pub use event::{Event, Stage};
pub use exam::{ExamOptions, ExamSection, SectionSpec};
pub use file::{Anchor, AnchorKind, Document, FileFault, FileKind, Origin};
pub use grade::Grade;
pub use grading::{GradedBy, GradedPoint, Grading};
pub use ids::{
    AttemptId, CardId, ExecutionId, FolderId, JobId, MaterialId, NoteId, QuestionId, SessionId, SetId, UserId,
};
pub use item::{Draft, Item};
pub use line::{visible_line, visible_lines};
pub use material::{Body, Material};
pub use memory::{Memory, MemoryState, StudyRules};
pub use note::{BinEntry, Binned, BriefNote, BriefVersion, Folder, Note, NoteVersion};
pub use outcome::{Content, Making, Metadata, Outcome, Rejected, Saved, Validation};
pub use plan::{Activity, PlanDay, PlanOptions, PlanSession, StudyTopic};
pub use preference::{Detail, Inferred, LanguageTag, Preferences};
pub use problem::{FieldError, Problem, ProblemCode};
pub use quiz::{CorrectAnswer, Criterion, Question, QuestionDraft, QuestionKind, QuizOptions};
pub use request::{DifficultyChoice, FlashcardOptions, Given, Request, TaskKind};
pub use secret::Secret;
pub use study::{SetRules, StudyCard, StudySet, Waiting};
pub use summary::{
    Importance, KeyTerm, MainPoint, Passage, Summary, SummaryContent, SummaryLength, SummaryOptions,
    SummaryStyle,
};
pub use verdict::{Fault, Scores, Thresholds, Verdict};
