//! Where a job keeps what it made, as its last event says.

use serde::Serialize;
use uuid::Uuid;

use crate::{CardId, FlashcardSet, MaterialId, NoteId, TaskKind};

/// `saved`: what is kept where. It is told only in the transaction that keeps it, so `saved` is always true.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Saved {
    /// A set of cards.
    Flashcards {
        /// True.
        saved: bool,
        /// How many.
        count: u32,
        /// The cards' ids, in order.
        ids: Vec<CardId>,
        /// The set they are in.
        set: FlashcardSet,
    },
    /// A quiz.
    Quiz {
        /// True.
        saved: bool,
        /// Which.
        quiz_id: MaterialId,
        /// How many questions.
        question_count: u32,
    },
    /// An exam.
    Exam {
        /// True.
        saved: bool,
        /// Which.
        exam_id: MaterialId,
    },
    /// A summary.
    Summary {
        /// True.
        saved: bool,
        /// Which.
        summary_id: MaterialId,
    },
    /// The tutor's reply, in its conversation.
    Chat {
        /// True.
        saved: bool,
        /// Which.
        message_id: MaterialId,
    },
    /// Nothing was made: the student is asked first.
    Nothing {
        /// False.
        saved: bool,
    },
    /// A note analysis.
    Analysis {
        /// True.
        saved: bool,
        /// Which.
        analysis_id: MaterialId,
    },
    /// A study plan.
    Plan {
        /// True.
        saved: bool,
        /// Which.
        plan_id: MaterialId,
    },
    /// Items that were written anew in their places.
    Remade {
        /// True.
        saved: bool,
        /// The note whose passages changed.
        note_id: NoteId,
        /// The items' ids.
        ids: Vec<Uuid>,
        /// The first set or quiz that they are in.
        material_id: MaterialId,
        /// What that is.
        kind: TaskKind,
    },
}
