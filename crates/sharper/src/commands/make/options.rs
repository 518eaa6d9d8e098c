//! What may be chosen on the command line, and the request that it makes: the same fields that the API takes, read by the
//! same rules.

use anyhow::bail;
use serde_json::{Value, json};
use sharper_domain::{Request, TaskKind};

use super::Notes;

/// What to make.
#[derive(clap::Subcommand)]
pub(crate) enum What {
    /// Flashcards.
    Flashcards {
        #[command(flatten)]
        notes: Notes,
        /// How many cards at most, 1 to 200.
        #[arg(long, default_value_t = 20)]
        count: u32,
        /// easy, medium, hard or adaptive.
        #[arg(long, default_value = "adaptive")]
        difficulty: String,
    },
    /// A quiz.
    Quiz {
        #[command(flatten)]
        notes: Notes,
        /// How many questions at most, 1 to 200.
        #[arg(long, default_value_t = 10)]
        count: u32,
        /// easy, medium, hard or adaptive.
        #[arg(long, default_value = "adaptive")]
        difficulty: String,
        /// multiple_choice, true_false or short_answer; several with commas. All where it is left out.
        #[arg(long, value_delimiter = ',')]
        types: Vec<String>,
    },
    /// An exam.
    Exam {
        #[command(flatten)]
        notes: Notes,
        /// How long it lasts in minutes, 5 to 480.
        #[arg(long, default_value_t = 60)]
        minutes: u32,
        /// easy, medium, hard or adaptive.
        #[arg(long, default_value = "adaptive")]
        difficulty: String,
    },
    /// A summary.
    Summary {
        #[command(flatten)]
        notes: Notes,
        /// short, medium or long.
        #[arg(long, default_value = "medium")]
        length: String,
        /// bullet_points, paragraph or outline.
        #[arg(long, default_value = "bullet_points")]
        style: String,
    },
    /// What is strong, missing, contradictory or unclear in the notes.
    Analysis {
        #[command(flatten)]
        notes: Notes,
    },
    /// A study plan.
    Plan {
        #[command(flatten)]
        notes: Notes,
        /// How many days, 1 to 365.
        #[arg(long, default_value_t = 7)]
        days: u32,
        /// The day of the exam, such as 2026-06-30.
        #[arg(long)]
        exam_date: Option<String>,
        /// Minutes a day, 5 to 720.
        #[arg(long, default_value_t = 45)]
        daily_minutes: u32,
    },
}

impl What {
    pub(super) fn kind(&self) -> TaskKind {
        match self {
            What::Flashcards { .. } => TaskKind::FlashcardGeneration,
            What::Quiz { .. } => TaskKind::QuizGeneration,
            What::Exam { .. } => TaskKind::ExamGeneration,
            What::Summary { .. } => TaskKind::SummaryGeneration,
            What::Analysis { .. } => TaskKind::NoteAnalysis,
            What::Plan { .. } => TaskKind::StudyPlan,
        }
    }

    pub(super) fn notes(&self) -> &Notes {
        match self {
            What::Flashcards { notes, .. }
            | What::Quiz { notes, .. }
            | What::Exam { notes, .. }
            | What::Summary { notes, .. }
            | What::Analysis { notes }
            | What::Plan { notes, .. } => notes,
        }
    }

    /// The request, or every choice that cannot be.
    pub(super) fn request(&self) -> anyhow::Result<Request> {
        let body = json!({"type": self.kind().as_str(), "options": self.options()});
        Request::parse(&body).or_else(|wrong| {
            let name = |field: &str| {
                field.trim_start_matches("/options/").replace("question_", "").replace('_', "-")
            };
            let said = wrong.iter().map(|fault| format!("--{} {}", name(&fault.pointer), fault.detail));
            bail!("{}", said.collect::<Vec<_>>().join("; "))
        })
    }

    fn options(&self) -> Value {
        let mut options = match self {
            What::Flashcards { count, difficulty, .. } => json!({"count": count, "difficulty": difficulty}),
            What::Quiz { count, difficulty, types, .. } if types.is_empty() => {
                json!({"question_count": count, "difficulty": difficulty})
            }
            What::Quiz { count, difficulty, types, .. } => {
                json!({"question_count": count, "difficulty": difficulty, "question_types": types})
            }
            What::Exam { minutes, difficulty, .. } => {
                json!({"duration_minutes": minutes, "difficulty": difficulty})
            }
            What::Summary { length, style, .. } => json!({"length": length, "style": style}),
            What::Analysis { .. } => json!({}),
            What::Plan { days, exam_date, daily_minutes, .. } => {
                json!({"days": days, "exam_date": exam_date, "daily_minutes": daily_minutes})
            }
        };
        match (&self.notes().topic, self) {
            (Some(topic), What::Summary { .. }) => options["focus_areas"] = json!([topic]),
            (Some(topic), _) => options["topic"] = json!(topic),
            (None, _) => {}
        }
        options
    }
}
