//! Quizzes and exams as they are taken.
#![expect(dead_code, reason = "these types are never made: their shapes are what is described")]

use serde_json::{Value, json};
use sharper_domain::{
    Appeal, AppealOutcome, AttemptId, CorrectAnswer, Criterion, EndedBy, Grading, MaterialId, Paper,
    ProblemCode, QuestionId, QuestionKind, Source, Timestamp,
};
use utoipa::ToSchema;

use super::operation::{Operation, get, post, put};
use super::{examples, parameters};

/// What an attempt begins with.
#[derive(ToSchema)]
struct NewAttempt {
    /// An ended attempt at the same paper: only what was missed in it is asked.
    retake_of: Option<AttemptId>,
}

/// An answer; what is absent stays.
#[derive(ToSchema)]
struct AnswerSent {
    /// The letters of an option, true or false, or words; an empty text takes the answer back.
    answer: Option<AnswerGiven>,
    /// Whether you mean to come back to it.
    flagged: Option<bool>,
    /// The revision that you saw, 0 where there was none. Another one is 409, with the newer as `version`. Without it the answer
    /// is written over any.
    #[schema(minimum = 0, maximum = 2147483647)]
    revision: Option<u32>,
}

#[derive(ToSchema)]
#[serde(untagged)]
enum AnswerGiven {
    Truth(bool),
    Text(String),
}

/// What you say to a grading.
#[derive(ToSchema)]
struct AppealSent {
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    text: String,
}

/// A decision on an appeal.
#[derive(ToSchema)]
struct Decision {
    /// Whose appeal it is.
    #[schema(min_length = 1, max_length = 128)]
    user_id: String,
    attempt_id: AttemptId,
    question_id: QuestionId,
    /// `granted`: the answer earns all of its points.
    outcome: AppealOutcome,
}

/// Attempts.
#[derive(ToSchema)]
struct Attempts {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// The newest first.
    attempts: Vec<ListedAttempt>,
}

/// An attempt at a glance.
#[derive(ToSchema)]
struct ListedAttempt {
    id: AttemptId,
    kind: Paper,
    material_id: MaterialId,
    title: String,
    /// The attempt whose misses it repeats.
    #[schema(required)]
    retake_of: Option<AttemptId>,
    started_at: Timestamp,
    /// When its time runs out, by the server's clock; null where there is none.
    #[schema(required)]
    deadline_at: Option<Timestamp>,
    #[schema(required)]
    finished_at: Option<Timestamp>,
    #[schema(required)]
    ended_by: Option<EndedBy>,
    questions: u32,
    answered: u32,
    /// Questions of an ended attempt that nobody could grade yet.
    not_graded: u32,
    /// In hundredths of a point; null while it is open.
    #[schema(required)]
    points: Option<u32>,
    /// In hundredths of a point.
    of_points: u32,
}

/// An attempt.
#[derive(ToSchema)]
struct OneAttempt {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    attempt: ToldAttempt,
}

/// An attempt with its questions.
#[derive(ToSchema)]
struct ToldAttempt {
    id: AttemptId,
    kind: Paper,
    material_id: MaterialId,
    title: String,
    /// The attempt whose misses it repeats.
    #[schema(required)]
    retake_of: Option<AttemptId>,
    started_at: Timestamp,
    /// When its time runs out, by the server's clock; null where there is none.
    #[schema(required)]
    deadline_at: Option<Timestamp>,
    /// Until then, of an open one.
    #[schema(required)]
    seconds_left: Option<f64>,
    #[schema(required)]
    finished_at: Option<Timestamp>,
    #[schema(required)]
    ended_by: Option<EndedBy>,
    /// In hundredths of a point, of what is graded; null while it is open.
    #[schema(required)]
    points: Option<u32>,
    /// In hundredths of a point.
    of_points: u32,
    /// Questions of an ended attempt that nobody could grade yet.
    not_graded: u32,
    /// In their order, as they were when the attempt began.
    questions: Vec<AskedQuestion>,
}

/// A question as it is asked. What is right comes when it was checked or the attempt is over, and not before.
#[derive(ToSchema)]
struct AskedQuestion {
    id: QuestionId,
    r#type: QuestionKind,
    #[schema(required)]
    section: Option<String>,
    question: String,
    options: Vec<String>,
    /// In hundredths of a point.
    of_points: u32,
    answer: String,
    flagged: bool,
    revision: u32,
    #[schema(required)]
    saved_at: Option<Timestamp>,
    /// Graded, and not changed any more.
    checked: bool,
    /// Only with the key.
    #[schema(nullable = false)]
    topic: Option<String>,
    #[schema(nullable = false)]
    key: Option<AnswerKey>,
    /// In hundredths of a point; null where it is not graded.
    points: Option<u32>,
    grading: Option<Grading>,
    appeal: Option<Appeal>,
}

/// What is right, and why.
#[derive(ToSchema)]
struct AnswerKey {
    correct_answer: CorrectAnswer,
    acceptable_answers: Vec<String>,
    explanation: String,
    rubric: Vec<Criterion>,
    source: Source,
}

/// An answer that is kept.
#[derive(ToSchema)]
struct KeptAnswer {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    answer: AnswerNow,
}

/// An answer as it stands.
#[derive(ToSchema)]
struct AnswerNow {
    question_id: QuestionId,
    answer: String,
    flagged: bool,
    /// To be sent with the next change.
    revision: u32,
    saved_at: Timestamp,
}

/// A question as it stands.
#[derive(ToSchema)]
struct OneQuestion {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    question: AskedQuestion,
}

/// How an attempt went.
#[derive(ToSchema)]
struct AttemptResult {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    attempt: ToldAttempt,
    /// The weakest first.
    topics: Vec<TopicResult>,
}

/// How a topic went.
#[derive(ToSchema)]
struct TopicResult {
    topic: String,
    questions: u32,
    /// In hundredths of a point.
    points: u32,
    /// Of what is graded, in hundredths of a point.
    of_points: u32,
    not_graded: u32,
}

/// Appeals.
#[derive(ToSchema)]
struct Appeals {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    count: u64,
    /// The oldest first.
    appeals: Vec<WaitingAppeal>,
}

/// An appeal that waits for a person.
#[derive(ToSchema)]
struct WaitingAppeal {
    user_id: String,
    attempt_id: AttemptId,
    kind: Paper,
    title: String,
    question_id: QuestionId,
    question: String,
    correct_answer: CorrectAnswer,
    acceptable_answers: Vec<String>,
    /// The passage of the notes.
    quote: String,
    answer: String,
    #[schema(required)]
    points: Option<u32>,
    of_points: u32,
    #[schema(required)]
    grading: Option<Grading>,
    appeal: Appeal,
}

/// What became of an appeal.
#[derive(ToSchema)]
struct Decided {
    /// Always `success`.
    #[schema(pattern = "^success$")]
    status: String,
    outcome: AppealOutcome,
}

const GROUP: &str = "Quizzes and exams";

pub(super) fn operations() -> Vec<Operation> {
    let mut all = of_papers();
    all.extend(of_answers());
    all.extend(of_appeals());
    all
}

fn attempt() -> Value {
    let question = json!({"id": examples::CARD, "type": "short_answer", "section": null,
        "question": "What are enzymes?", "options": [], "of_points": 200, "answer": "", "flagged": false, "revision": 0,
        "saved_at": null, "checked": false});
    json!({"id": examples::SESSION, "kind": "quiz", "material_id": examples::SET, "title": "Enzymes", "retake_of": null,
        "started_at": examples::TIME, "deadline_at": null, "seconds_left": null, "finished_at": null, "ended_by": null,
        "points": null, "of_points": 200, "not_graded": 0, "questions": [question]})
}

fn of_one(operation: Operation) -> Operation {
    let operation = operation.in_group(GROUP).takes(parameters::id("id", "The attempt."));
    operation.takes(parameters::user_id()).refuses(&[ProblemCode::NotFound])
}

fn of_papers() -> Vec<Operation> {
    let one = json!({"status": "success", "attempt": attempt()});
    let result = json!({"status": "success", "attempt": attempt(), "topics": [{"topic": "Enzymes", "questions": 1,
        "points": 0, "of_points": 200, "not_graded": 0}]});
    let mut listed = attempt();
    for (name, value) in [("questions", json!(1)), ("answered", json!(0))] {
        listed[name] = value;
    }
    listed.as_object_mut().map(|fields| fields.remove("seconds_left"));
    let begins = |path, what| {
        post(path)
            .in_group(GROUP)
            .takes(parameters::id("id", what))
            .takes(parameters::user_id())
            .reads::<NewAttempt>(json!({}))
            .gives::<OneAttempt>(201, "The attempt.", one.clone())
            .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull])
    };
    let once = "The one that is open already, if one is.";
    vec![
        begins("/api/quizzes/{id}/attempts", "The quiz.").does("Begin a quiz", once),
        begins("/api/exams/{id}/attempts", "The exam.").does("Begin an exam", once),
        get("/api/attempts")
            .in_group(GROUP)
            .does("List attempts", "The newest first.")
            .takes(parameters::user_id())
            .takes(parameters::optional("material_id", "Only those at this paper.", examples::SET))
            .takes(parameters::limit(50))
            .gives::<Attempts>(
                200,
                "The attempts.",
                json!({"status": "success", "count": 1, "attempts": [listed]}),
            )
            .refuses(&[ProblemCode::InvalidRequest]),
        of_one(get("/api/attempts/{id}"))
            .does("Read an attempt", "Its questions, and what was answered.")
            .gives::<OneAttempt>(200, "The attempt.", one.clone()),
        of_one(post("/api/attempts/{id}/finish"))
            .does("Hand an attempt in", "Ends and grades it. Of an ended one, grades what is not graded yet.")
            .gives::<AttemptResult>(200, "How it went.", result.clone())
            .refuses(&[ProblemCode::StorageFull]),
        of_one(get("/api/attempts/{id}/result"))
            .does("Read how an attempt went", "Points, by topic too, and every question with its key.")
            .gives::<AttemptResult>(200, "How it went.", result)
            .refuses(&[ProblemCode::Conflict]),
    ]
}

fn of_answers() -> Vec<Operation> {
    let kept = json!({"status": "success", "answer": {"question_id": examples::CARD, "answer": "proteins", "flagged": false,
        "revision": 1, "saved_at": examples::TIME}});
    let question = json!({"status": "success", "question": attempt()["questions"][0]});
    let changes = |operation: Operation| {
        of_one(operation)
            .takes(parameters::id("question_id", "A question that the attempt asks."))
            .refuses(&[ProblemCode::Conflict, ProblemCode::StorageFull])
    };
    let sent = json!({"answer": "proteins", "revision": 0});
    vec![
        changes(put("/api/attempts/{id}/answers/{question_id}"))
            .does(
                "Save an answer",
                "On the disk when it is answered. Refused when the time is over; never over a newer one.",
            )
            .reads::<AnswerSent>(sent.clone())
            .gives::<KeptAnswer>(200, "The answer as it stands.", kept),
        changes(post("/api/attempts/{id}/check/{question_id}"))
            .does("Check an answer of a quiz", "Saved, graded, told what is right, and not changed any more.")
            .reads::<AnswerSent>(sent)
            .gives::<OneQuestion>(200, "The question with its key.", question.clone()),
        changes(post("/api/attempts/{id}/answers/{question_id}/appeal"))
            .does("Say that you were right", "Kept; it waits for a person.")
            .reads::<AppealSent>(json!({"text": "The notes say so themselves."}))
            .gives::<OneQuestion>(200, "The question as it stands.", question),
    ]
}

fn of_appeals() -> Vec<Operation> {
    const TAG: &str = "For whoever runs it";
    let none = json!({"status": "success", "count": 0, "appeals": []});
    let decision = json!({"user_id": examples::USER, "attempt_id": examples::SESSION, "question_id": examples::CARD,
        "outcome": "granted"});
    vec![
        get("/api/admin/appeals")
            .in_group(TAG)
            .does("Read appeals that wait", "Each with its question, its key and what was answered.")
            .takes(parameters::limit(50))
            .gives::<Appeals>(200, "The appeals.", none),
        post("/api/admin/appeals")
            .in_group(TAG)
            .does("Decide on an appeal", "Granted, the answer earns all of its points.")
            .reads::<Decision>(decision)
            .gives::<Decided>(200, "It is decided.", json!({"status": "success", "outcome": "granted"}))
            .refuses(&[ProblemCode::NotFound, ProblemCode::Conflict, ProblemCode::StorageFull]),
    ]
}
