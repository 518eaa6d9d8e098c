//! One of everything that can be made, with sources and verdicts, for the stories that keep and find it.

use sharper_domain::{
    Activity, Author, Body, ContextUsed, CorrectAnswer, Criterion, Difficulty, ExamSection, Fault, Finding,
    FindingKind, Importance, KeyTerm, MainPoint, Material, MaterialId, NoteId, PlanDay, PlanSession,
    Question, QuestionId, QuestionKind, Scores, Source, Statement, StudyTopic, TaskKind, Verdict,
};
use sharper_store::material::NewMaterial;

use crate::stage::{at, session, set, user};

pub(crate) fn is_cards(kind: TaskKind) -> bool {
    kind == TaskKind::FlashcardGeneration
}

/// The fingerprint that `made` gives to this kind.
pub(crate) fn print_of(kind: TaskKind) -> String {
    format!("print of {}", kind.as_str())
}

/// Something of this kind, made at this moment from this note.
pub(crate) fn made(kind: TaskKind, owner: &str, moment: i64, note: Option<NoteId>) -> NewMaterial {
    let from = note.unwrap_or_else(|| NoteId::new(at(0)));
    let cards = set(owner, moment, note);
    let id = if is_cards(kind) { MaterialId(cards.set.id.0) } else { MaterialId::new(at(moment)) };
    let body = match kind {
        TaskKind::FlashcardGeneration => Body::Flashcards(cards.cards),
        TaskKind::QuizGeneration => {
            Body::Quiz(QuestionKind::QUIZ.map(|kind| question(kind, moment, from)).into())
        }
        TaskKind::ExamGeneration => exam(moment, from),
        TaskKind::SummaryGeneration => Body::Summary { points: vec![point(from)], terms: vec![term(from)] },
        TaskKind::NoteAnalysis => Body::Analysis(vec![finding(from)]),
        TaskKind::StudyPlan => plan(from),
        TaskKind::Chat => reply("What does chlorophyll absorb?", from),
    };
    let material = Material {
        id,
        user_id: user(owner),
        note_id: note,
        title: format!("Light, {}", kind.as_str()),
        created_at: at(moment),
        model_used: "some/model".into(),
        body,
    };
    NewMaterial { material, fingerprint: Some(print_of(kind)), session_id: session("talk") }
}

fn source(note_id: NoteId) -> Source {
    Source { note_id, note_version: 2, start: 3, end: 28, quote: "Chlorophyll absorbs light".into() }
}

fn verdict() -> Verdict {
    let scores = Scores { safety: 1.0, quality: 0.725, accuracy: 0.9375 };
    Verdict { scores, faults: vec![Fault::LowQuality] }
}

pub(crate) fn question(kind: QuestionKind, moment: i64, from: NoteId) -> Question {
    let (options, correct_answer) = match kind {
        QuestionKind::MultipleChoice => {
            (vec!["Light", "Water", "Soil", "Air"], CorrectAnswer::Text("Light".into()))
        }
        QuestionKind::TrueFalse => (vec!["True", "False"], CorrectAnswer::Truth(true)),
        _ => (vec![], CorrectAnswer::Text("light".into())),
    };
    let criterion = Criterion { criterion: "Says light".into(), points: 2, quote: "light".into() };
    Question {
        id: QuestionId::new(at(moment)),
        kind,
        question: format!("What does chlorophyll absorb? ({kind})"),
        options: options.into_iter().map(str::to_owned).collect(),
        correct_answer,
        acceptable_answers: if kind == QuestionKind::ShortAnswer { vec!["sunlight".into()] } else { vec![] },
        explanation: "Chlorophyll absorbs light.".into(),
        points: 2,
        rubric: if kind == QuestionKind::Essay { vec![criterion] } else { vec![] },
        section: (kind == QuestionKind::Essay).then(|| "Essays".into()),
        topic: "Chlorophyll".into(),
        difficulty: Difficulty::Medium,
        source: source(from),
        verdict: verdict(),
        author: Author::Model,
    }
}

fn exam(moment: i64, from: NoteId) -> Body {
    let section = |name: &str, kind| ExamSection {
        section_name: name.into(),
        time_estimate_minutes: 12,
        questions: vec![question(kind, moment, from)],
    };
    let sections = vec![section("Facts", QuestionKind::TrueFalse), section("Essays", QuestionKind::Essay)];
    Body::Exam { duration_minutes: 30, sections }
}

fn point(from: NoteId) -> MainPoint {
    MainPoint {
        point: "Chlorophyll absorbs light.".into(),
        details: "It gives its energy on.".into(),
        importance: Importance::High,
        heading: "Light".into(),
        sources: vec![source(from), source(from)],
        verdict: Some(verdict()),
    }
}

fn term(from: NoteId) -> KeyTerm {
    KeyTerm {
        term: "chlorophyll".into(),
        definition: "what absorbs light".into(),
        source: source(from),
        verdict: Some(verdict()),
    }
}

fn finding(from: NoteId) -> Finding {
    Finding {
        kind: FindingKind::Contradiction,
        point: "Two lines on light differ.".into(),
        details: "Look it up.".into(),
        topic: "Light".into(),
        sources: vec![source(from), source(from)],
        verdict: Some(verdict()),
    }
}

fn plan(from: NoteId) -> Body {
    let topic = StudyTopic {
        topic: "Light".into(),
        why: "Most of the notes are on it.".into(),
        weight: 1.0,
        words: 120,
        mastery: Some(0.5),
        source: source(from),
        verdict: Some(verdict()),
    };
    let session = PlanSession {
        topic: "Light".into(),
        activity: Activity::Learn,
        minutes: 45,
        task: "Read it and make cards.".into(),
    };
    let day = PlanDay { day: 1, date: "2026-06-30".parse().ok(), minutes: 45, sessions: vec![session] };
    Body::Plan { topics: vec![topic], days: vec![day] }
}

pub(crate) fn reply(question: &str, from: NoteId) -> Body {
    let said =
        |text: &str| Statement { text: text.into(), sources: vec![source(from)], verdict: Some(verdict()) };
    Body::Reply {
        question: question.into(),
        statements: vec![said("Chlorophyll absorbs light."), said("It gives its energy on.")],
        titles: vec![(from, "Photosynthesis".into())],
        context: ContextUsed { notes_count: 1, has_conversation_history: true, has_progress_data: false },
    }
}
