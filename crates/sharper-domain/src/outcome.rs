//! Outcomes: the `result` of the wire contract, which ends every job, is streamed, stored and returned.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::request::Request;
pub use crate::saved::Saved;
use crate::{
    Citation, Clarification, ContextUsed, Difficulty, DifficultyChoice, ExamSection, Fault, Finding,
    FindingKind, Flashcard, FlashcardOptions, Inferred, Item, MaterialId, NoteId, PlanDay, Question,
    SessionId, Statement, StudyTopic, SummaryContent, TaskKind, UserId, exam,
};

/// The number that the reference's clients expect in `phase`.
pub const PHASE: u8 = 4;

/// How the items of a result were checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Validation {
    /// Mean over the items delivered; 0 when there are none.
    pub safety_score: f64,
    /// Mean over the items delivered; 0 when there are none.
    pub quality_score: f64,
    /// Mean over the items delivered; 0 when there are none.
    pub accuracy_score: f64,
    /// 1, plus one for each repair.
    pub validation_attempts: u32,
    /// Whether everything delivered passed, and something was.
    pub validation_passed: bool,
    /// Items asked for.
    pub requested: u32,
    /// Items delivered.
    pub delivered: u32,
    /// Items turned away, by reason, the commonest first.
    pub rejected: Vec<Rejected>,
}

/// How many items were turned away for one reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Rejected {
    /// The reason.
    pub fault: Fault,
    /// The reason, for a student.
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// Facts about the making.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Metadata {
    /// From the claim of the job to its end, in milliseconds.
    pub execution_time_ms: u64,
    /// Model tokens, prompt and completion; 0 for the offline author.
    pub tokens_used: u64,
    /// The author: a model's name, or `offline`.
    pub model_used: String,
    /// The mean of the three scores.
    pub confidence_score: f64,
    /// Calls to a model.
    pub model_calls: u32,
    /// What the calls cost in US dollars; `null` where neither the server nor the price table says.
    pub cost_usd: Option<f64>,
    /// The same for each item that was delivered.
    pub cost_per_item_usd: Option<f64>,
    /// Why the offline author stepped in for a model, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub degraded: Option<String>,
    /// What the request left open and was filled in, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub defaults: Vec<Inferred>,
}

/// What a result says of its making.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Making {
    /// Model tokens, prompt and completion; 0 for the offline author.
    pub tokens_used: u64,
    /// The author: a model's name, or `offline`.
    pub model_used: String,
    /// Calls to a model.
    pub model_calls: u32,
    /// What they cost in US dollars; `None` where nobody says.
    pub cost_usd: Option<f64>,
    /// Why the offline author stepped in for a model, if it did.
    pub degraded: Option<String>,
}

/// What was asked for, as the wire repeats it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GenerationParams {
    /// How many.
    pub count: u32,
    /// How hard.
    pub difficulty: DifficultyChoice,
    /// About what.
    pub topic: Option<String>,
}

impl GenerationParams {
    /// Of a request for flashcards.
    pub fn of(request: &Request) -> Self {
        let FlashcardOptions { count, difficulty, topic, .. } = request.flashcards.clone();
        Self { count, difficulty, topic }
    }
}

/// A quiz as the wire tells it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct QuizTold {
    /// A line for people.
    pub title: String,
    /// The questions, in order.
    pub questions: Vec<Question>,
}

/// An exam as the wire tells it.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct ExamTold {
    /// A line for people.
    pub title: String,
    /// How long it lasts.
    pub duration_minutes: u32,
    /// What all its questions count together.
    pub total_points: u32,
    /// The sections, in order.
    pub sections: Vec<ExamSection>,
}

/// An analysis as it is told: the findings by kind.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AnalysisTold {
    /// A line for people.
    pub title: String,
    /// What the notes explain well.
    pub strengths: Vec<Finding>,
    /// What they use and do not explain.
    pub gaps: Vec<Finding>,
    /// Passages that cannot both be right.
    pub contradictions: Vec<Finding>,
    /// Passages that cannot be understood as they stand.
    pub unclear: Vec<Finding>,
    /// What to study next.
    pub next_steps: Vec<Finding>,
}

/// A plan as it is told.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PlanTold {
    /// A line for people.
    pub title: String,
    /// Minutes of all days.
    pub total_minutes: u32,
    /// The topics, the weightiest first.
    pub topics: Vec<StudyTopic>,
    /// The days.
    pub days: Vec<PlanDay>,
}

/// An item that was to be written anew and stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct StaysStale {
    /// The card or the question.
    pub item_id: Uuid,
    /// The set or the quiz that it is in.
    pub material_id: MaterialId,
    /// What it asks.
    pub front: String,
    /// Whether nothing is left where its passage was: it can be kept or deleted, and not be written anew.
    pub gone: bool,
    /// Why, for a student.
    pub reason: String,
}

/// Something of which single parts cannot be written anew, for they belong together: the whole can be made again.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct MakeAgain {
    /// What it is.
    pub kind: TaskKind,
    /// Which.
    pub material_id: MaterialId,
    /// A line for people.
    pub title: String,
    /// How many of its parts are stale.
    pub stale: u32,
    /// The body of a request to `POST /api/ai/process-stream` that makes it again.
    #[schema(value_type = Object)]
    pub request: serde_json::Value,
}

/// `data`, by intent.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Content {
    /// Flashcards.
    Flashcards {
        /// The cards, best first.
        flashcards: Vec<Flashcard>,
        /// How many there are.
        total_count: u32,
        /// Their topics, each once, in order of appearance.
        topics_covered: Vec<String>,
        /// Model tokens.
        tokens_used: u64,
        /// The author: a model's name, or `offline`.
        model_used: String,
        /// What was asked for.
        generation_params: GenerationParams,
    },
    /// A quiz.
    Quiz {
        /// The quiz.
        quiz: QuizTold,
        /// What its questions count together.
        total_points: u32,
        /// How long it should take.
        estimated_time_minutes: u32,
        /// Model tokens.
        tokens_used: u64,
        /// The author.
        model_used: String,
    },
    /// An exam.
    Exam {
        /// The exam.
        exam: ExamTold,
        /// Model tokens.
        tokens_used: u64,
        /// The author.
        model_used: String,
    },
    /// A summary.
    Summary {
        /// The summary, with its words counted.
        #[serde(flatten)]
        content: SummaryContent,
        /// Model tokens.
        tokens_used: u64,
        /// The author.
        model_used: String,
    },
    /// The tutor's reply.
    Chat {
        /// Its words, with numbered citations.
        response: String,
        /// Whether the notes hold an answer.
        answerable: bool,
        /// What the numbers refer to.
        citations: Vec<Citation>,
        /// The reply statement by statement.
        statements: Vec<Statement>,
        /// What the student is asked before anything is made; then this is no answer, and nothing was made.
        #[serde(skip_serializing_if = "Option::is_none")]
        clarification: Option<Clarification>,
        /// What it had to go by.
        context_used: ContextUsed,
        /// Model tokens.
        tokens_used: u64,
        /// The author.
        model_used: String,
    },
    /// A note analysis.
    Analysis {
        /// The findings.
        analysis: AnalysisTold,
        /// Model tokens.
        tokens_used: u64,
        /// The author.
        model_used: String,
    },
    /// A study plan.
    Plan {
        /// The plan.
        plan: PlanTold,
        /// Model tokens.
        tokens_used: u64,
        /// The author.
        model_used: String,
    },
    /// Items that were written anew in their places.
    Remade {
        /// The note whose passages changed.
        note_id: NoteId,
        /// The items as they are now.
        remade: Vec<Item>,
        /// Those that stay as they were.
        stays: Vec<StaysStale>,
        /// Model tokens.
        tokens_used: u64,
        /// The author.
        model_used: String,
    },
}

impl Content {
    /// A quiz, with its points and minutes added up.
    pub fn quiz(title: String, questions: Vec<Question>, tokens_used: u64, model_used: String) -> Self {
        let total_points = questions.iter().map(|question| question.points).sum();
        let minutes: f64 = questions.iter().map(|question| exam::minutes_of(question.kind)).sum();
        Content::Quiz {
            quiz: QuizTold { title, questions },
            total_points,
            estimated_time_minutes: minutes.ceil() as u32,
            tokens_used,
            model_used,
        }
    }

    /// An exam, with its points added up.
    pub fn exam(
        title: String,
        duration_minutes: u32,
        sections: Vec<ExamSection>,
        tokens_used: u64,
        model_used: String,
    ) -> Self {
        let total_points = sections.iter().map(ExamSection::points).sum();
        Content::Exam {
            exam: ExamTold { title, duration_minutes, total_points, sections },
            tokens_used,
            model_used,
        }
    }

    /// An analysis, with its findings sorted by kind.
    pub fn analysis(title: String, findings: Vec<Finding>, tokens_used: u64, model_used: String) -> Self {
        let of = |kind: FindingKind| findings.iter().filter(|one| one.kind == kind).cloned().collect();
        let analysis = AnalysisTold {
            title,
            strengths: of(FindingKind::Strength),
            gaps: of(FindingKind::Gap),
            contradictions: of(FindingKind::Contradiction),
            unclear: of(FindingKind::Unclear),
            next_steps: of(FindingKind::NextStep),
        };
        Content::Analysis { analysis, tokens_used, model_used }
    }

    /// A plan, with its minutes added up.
    pub fn plan(
        title: String,
        topics: Vec<StudyTopic>,
        days: Vec<PlanDay>,
        tokens_used: u64,
        model_used: String,
    ) -> Self {
        let total_minutes = days.iter().map(|day| day.minutes).sum();
        Content::Plan { plan: PlanTold { title, total_minutes, topics, days }, tokens_used, model_used }
    }
}

/// The result of a job that was done.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// True: it holds something that was checked.
    pub success: bool,
    /// What was done.
    pub intent: TaskKind,
    /// What was made.
    pub data: Content,
    /// How it was checked.
    pub validation: Validation,
    /// Facts about the making.
    pub metadata: Metadata,
    /// For whom.
    pub user_id: UserId,
    /// In which stream.
    pub session_id: SessionId,
    /// Kept for old clients.
    pub phase: u8,
    /// One sentence for the student: "18 of 20 cards; 2 …".
    pub message: String,
}

/// Counts difficulty levels; used for the summary line of a set.
pub fn count_levels(cards: &[Flashcard]) -> [(Difficulty, usize); 3] {
    [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard]
        .map(|level| (level, cards.iter().filter(|card| card.difficulty == level).count()))
}
