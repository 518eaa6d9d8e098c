//! Requests: what a student asks for, as a type that cannot be wrong.
//!
//! `Request::parse` is the door: it takes the JSON of the wire and answers with either a request or the list
//! of every field that is wrong, so that a client can mend them all at once.

mod form;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::exam::ExamOptions;
use crate::plan::PlanOptions;
use crate::{Difficulty, FieldError, NoteId, QuizOptions, SessionId, SummaryOptions, UserId};
use form::Form;

/// Longest message, in characters.
pub const MESSAGE_CHARS: usize = 8_000;
/// Most items that one request may ask for.
pub const COUNT_MAX: u32 = 200;
/// Longest topic, in characters.
pub const TOPIC_CHARS: usize = 200;
/// Most texts in a list of options: focus areas, sections, kinds.
pub const LIST_MAX: usize = 10;
/// Most notes that a request may name.
pub const NOTES_MAX: usize = 100;

/// The `type` of a request.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, utoipa::ToSchema)]
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

/// Items whose passages changed, to be written anew in their places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remake {
    /// The note that they were made from.
    pub note_id: NoteId,
    /// The cards and questions; none means all that are stale.
    pub items: Vec<Uuid>,
}

/// Which options a request names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// How many.
    pub count: bool,
    /// How hard.
    pub difficulty: bool,
    /// About what.
    pub topic: bool,
    /// The types of questions.
    pub question_types: bool,
    /// How long a summary.
    pub length: bool,
    /// In which shape a summary.
    pub style: bool,
}

impl Default for Given {
    /// All of them: what was built without looking, or kept by an older version, stays as it is.
    fn default() -> Self {
        Self { count: true, difficulty: true, topic: true, question_types: true, length: true, style: true }
    }
}

impl Given {
    fn of(options: &Map<String, Value>) -> Self {
        let has = |name: &str| options.get(name).is_some_and(|value| !value.is_null());
        Self {
            count: has("count") || has("question_count"),
            difficulty: has("difficulty"),
            topic: has("topic") || has("focus_areas"),
            question_types: has("question_types"),
            length: has("length"),
            style: has("style"),
        }
    }
}

/// A request that was checked: nothing in it can be wrong any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What is asked for.
    pub kind: TaskKind,
    /// By whom, as the request says; `None` leaves it to the sign-in.
    pub user_id: Option<UserId>,
    /// In which stream; `None` makes one.
    pub session_id: Option<SessionId>,
    /// The student's words.
    pub message: String,
    /// Something new even where the same request was answered before. Without it the same request, on the same
    /// text, gives the same answer: nothing is paid for twice.
    #[serde(default)]
    pub fresh: bool,
    /// Which options the request itself names. The others may be filled in.
    #[serde(default)]
    pub given: Given,
    /// What was chosen for flashcards.
    pub flashcards: FlashcardOptions,
    /// What was chosen for a quiz.
    #[serde(default)]
    pub quiz: QuizOptions,
    /// What was chosen for an exam.
    #[serde(default)]
    pub exam: ExamOptions,
    /// What was chosen for a summary.
    #[serde(default)]
    pub summary: SummaryOptions,
    /// What was chosen for a study plan.
    #[serde(default)]
    pub plan: PlanOptions,
    /// Text to work from, given with the request.
    pub content: Option<String>,
    /// Notes to work from, and no others.
    pub explicit_note_ids: Vec<NoteId>,
    /// Nothing new, but these again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remake: Option<Remake>,
}

impl Request {
    /// A request of a kind for which nothing was chosen.
    pub fn new(kind: TaskKind) -> Self {
        Self {
            kind,
            user_id: None,
            session_id: None,
            message: String::new(),
            fresh: false,
            given: Given::default(),
            flashcards: FlashcardOptions::default(),
            quiz: QuizOptions::default(),
            exam: ExamOptions::default(),
            summary: SummaryOptions::default(),
            plan: PlanOptions::default(),
            content: None,
            explicit_note_ids: Vec::new(),
            remake: None,
        }
    }

    /// How many items a task of this kind is to give; `None` where that is for the notes to say.
    pub fn wanted(&self, kind: TaskKind) -> Option<u32> {
        match kind {
            TaskKind::FlashcardGeneration => Some(self.flashcards.count),
            TaskKind::QuizGeneration => Some(self.quiz.question_count),
            TaskKind::ExamGeneration
            | TaskKind::SummaryGeneration
            | TaskKind::Chat
            | TaskKind::NoteAnalysis
            | TaskKind::StudyPlan => None,
        }
    }

    /// Reads the JSON of `POST /api/ai/process-stream`. On failure, every field that is wrong.
    ///
    /// Fields that the wire contract does not name are ignored, as the reference did.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let Some(body) = body.as_object() else {
            return Err(vec![FieldError::new("", "must be a JSON object")]);
        };
        let empty = Map::new();
        let mut form = Form::default();
        let options = form.object(body, "/options").unwrap_or(&empty);
        let kind = form.kind(body);
        let mut request = Self {
            user_id: form.text(body, "/user_id").and_then(|text| form.id("/user_id", text)),
            session_id: form.text(body, "/session_id").and_then(|text| form.id("/session_id", text)),
            message: form.limited(body, "/message", MESSAGE_CHARS).unwrap_or_default(),
            fresh: form.flag(options, "/options/fresh"),
            content: form.text(options, "/options/content").map(str::to_owned),
            explicit_note_ids: form.note_ids(body),
            given: Given::of(options),
            ..Self::new(kind)
        };
        form.choices(options, &mut request);
        if form.errors.is_empty() { Ok(request) } else { Err(form.errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointers(body: Value) -> Vec<String> {
        Request::parse(&body).unwrap_err().into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn a_request_needs_only_a_type() {
        let request = Request::parse(&json!({"type": "flashcard_generation"})).unwrap();
        assert_eq!(request.kind, TaskKind::FlashcardGeneration);
        assert_eq!(request.flashcards, FlashcardOptions::default());
        assert_eq!((request.user_id, request.content), (None, None));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let body = json!({"type": "cards", "user_id": 7, "session_id": "a b", "message": "x".repeat(8001),
            "options": {"count": "ten", "difficulty": "brutal", "content": 1}, "explicit_note_ids": ["x"]});
        let wrong = [
            "/type",
            "/user_id",
            "/session_id",
            "/message",
            "/options/content",
            "/explicit_note_ids/0",
            "/options/difficulty",
            "/options/count",
        ];
        assert_eq!(pointers(body), wrong);
    }

    #[test]
    fn a_count_is_a_whole_number_from_1_to_200() {
        for count in [json!(0), json!(-1), json!(10_000), json!("ten"), json!(1.5), json!(true), json!([])] {
            let body = json!({"type": "flashcard_generation", "options": {"count": count}});
            assert_eq!(pointers(body), ["/options/count"]);
        }
        for count in [1, 200] {
            let body = json!({"type": "flashcard_generation", "options": {"count": count}});
            assert_eq!(Request::parse(&body).unwrap().flashcards.count, count);
        }
    }

    #[test]
    fn null_is_the_same_as_absent() {
        let body = json!({"type": "chat", "user_id": null, "options": null, "explicit_note_ids": null});
        assert!(Request::parse(&body).is_ok());
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
        for body in [json!([]), json!("chat"), json!(null), json!({"type": "chat", "options": []})] {
            assert_eq!(Request::parse(&body).unwrap_err().len(), 1);
        }
    }

    #[test]
    fn each_task_has_its_own_choices() {
        let parse = |body: Value| Request::parse(&body).expect("nothing is wrong with it");
        let quiz = parse(json!({"type": "quiz_generation",
            "options": {"question_count": 3, "question_types": ["true_false"], "count": "not for a quiz"}}));
        assert_eq!((quiz.quiz.question_count, quiz.wanted(quiz.kind)), (3, Some(3)));
        assert_eq!(quiz.quiz.question_types, [crate::QuestionKind::TrueFalse]);
        let exam = parse(json!({"type": "exam_generation", "options": {"duration_minutes": 30, "sections": [
            "Cells", {"section_name": "Essays", "question_types": ["essay"], "question_count": 2}]}}));
        assert_eq!(exam.exam.sections[1].question_count, Some(2));
        assert_eq!(exam.exam.sections[0].name, "Cells");
        assert_eq!(
            parse(json!({"type": "exam_generation", "options": {"sections": 2}})).exam.sections.len(),
            2
        );
        let summary = parse(json!({"type": "summary_generation", "options": {"length": "short",
            "style": "outline", "focus_areas": ["osmosis", " "]}}));
        assert_eq!(summary.summary.focus_areas, ["osmosis"]);
        let plan = parse(json!({"type": "study_plan", "options": {"days": 5, "exam_date": "2026-06-30"}}));
        assert_eq!((plan.plan.days, plan.plan.exam_date.map(|day| day.month())), (5, Some(6)));
    }

    #[test]
    fn a_wrong_choice_of_any_task_is_named() {
        let exam = json!({"type": "exam_generation", "options": {"duration_minutes": 2,
            "sections": [{"question_types": ["riddle"]}, 7]}});
        let wrong =
            ["/options/duration_minutes", "/options/sections/0/question_types/0", "/options/sections/1"];
        assert_eq!(pointers(exam), wrong);
        let quiz = json!({"type": "quiz_generation", "options": {"question_types": ["essay"]}});
        assert_eq!(pointers(quiz), ["/options/question_types/0"]);
        let plan = json!({"type": "study_plan", "options": {"exam_date": "soon", "days": 0}});
        assert_eq!(pointers(plan), ["/options/exam_date", "/options/days"]);
        let summary = json!({"type": "summary_generation", "options": {"style": "haiku", "focus_areas": 1}});
        assert_eq!(pointers(summary), ["/options/style", "/options/focus_areas"]);
    }
}
