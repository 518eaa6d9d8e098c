//! The shape of a model's answer, by task: a JSON schema, and which arrays in it hold the items.

use serde_json::{Value, json};
use sharper_domain::{QuestionKind, Request, TaskKind};
use sharper_llm::Task;

/// What a model is told of the shape of its answer.
pub(super) struct Shape {
    /// The name of the schema.
    pub(super) name: &'static str,
    pub(super) schema: Value,
    /// The arrays that hold the items, by their names.
    pub(super) arrays: &'static [&'static str],
}

/// The shape of the answer to a task, for this many items where they are counted.
pub(super) fn of(kind: TaskKind, request: &Request, count: Option<u32>) -> Shape {
    let (name, schema, arrays): (_, _, &'static [&'static str]) = match kind {
        TaskKind::FlashcardGeneration => {
            ("flashcards", object(json!({"flashcards": array(card(), count)})), &["flashcards"])
        }
        TaskKind::QuizGeneration => {
            let kinds: Vec<&str> = request.quiz.question_types.iter().map(|kind| kind.as_str()).collect();
            let questions = array(question(&kinds), count);
            ("quiz", object(json!({"quiz": object(json!({"questions": questions}))})), &["questions"])
        }
        TaskKind::ExamGeneration => {
            let questions = array(exam_question(), count);
            ("exam", object(json!({"exam": object(json!({"questions": questions}))})), &["questions"])
        }
        TaskKind::SummaryGeneration => {
            let summary = json!({"main_points": array(point(), None), "key_terms": array(term(), None)});
            ("summary", object(json!({"summary": object(summary)})), &["main_points", "key_terms"])
        }
        TaskKind::Chat => {
            let statement = object(json!({"text": text(), "quote": text()}));
            let reply = json!({"answerable": {"type": "boolean"}, "statements": array(statement, None)});
            ("reply", object(reply), &["statements"])
        }
        TaskKind::NoteAnalysis => {
            ("analysis", object(json!({"findings": array(finding(), None)})), &["findings"])
        }
        TaskKind::StudyPlan => ("topics", object(json!({"topics": array(topic(), None)})), &["topics"]),
    };
    Shape { name, schema, arrays }
}

/// The kinds of question that a request asks for.
pub(super) fn kinds(kind: TaskKind, request: &Request) -> Vec<QuestionKind> {
    match kind {
        TaskKind::QuizGeneration => request.quiz.question_types.clone(),
        _ => QuestionKind::ALL.to_vec(),
    }
}

/// The task of a kind, by the name that the settings give it.
pub(crate) fn task(kind: TaskKind) -> Task {
    match kind {
        TaskKind::Chat => Task::Chat,
        TaskKind::FlashcardGeneration => Task::Flashcards,
        TaskKind::QuizGeneration => Task::Quiz,
        TaskKind::ExamGeneration => Task::Exam,
        TaskKind::SummaryGeneration => Task::Summary,
        TaskKind::NoteAnalysis => Task::Analysis,
        TaskKind::StudyPlan => Task::Plan,
    }
}

/// An object with all its fields required and no others, as strict servers want it.
pub(super) fn object(fields: Value) -> Value {
    let names: Vec<&String> = fields.as_object().map(|fields| fields.keys().collect()).unwrap_or_default();
    json!({"type": "object", "properties": fields, "required": names, "additionalProperties": false})
}

fn array(items: Value, count: Option<u32>) -> Value {
    match count {
        Some(count) => json!({"type": "array", "items": items, "minItems": count, "maxItems": count}),
        None => json!({"type": "array", "items": items}),
    }
}

fn text() -> Value {
    json!({"type": "string"})
}

fn texts() -> Value {
    json!({"type": "array", "items": {"type": "string"}})
}

fn level() -> Value {
    json!({"enum": ["easy", "medium", "hard"]})
}

fn card() -> Value {
    object(json!({
        "quote": text(), "question": text(), "answer": text(), "explanation": text(), "topic": text(),
        "difficulty": level(),
    }))
}

fn question(kinds: &[&str]) -> Value {
    object(json!({
        "type": {"enum": kinds}, "quote": text(), "question": text(), "correct_answer": text(),
        "distractors": texts(), "acceptable_answers": texts(), "explanation": text(), "topic": text(),
        "difficulty": level(),
    }))
}

fn exam_question() -> Value {
    let criterion = object(json!({"criterion": text(), "points": {"type": "integer"}, "quote": text()}));
    object(json!({
        "section": text(), "type": {"enum": ["multiple_choice", "true_false", "short_answer", "essay"]},
        "quote": text(), "question": text(), "correct_answer": text(), "distractors": texts(),
        "acceptable_answers": texts(), "rubric": array(criterion, None), "explanation": text(),
        "topic": text(), "difficulty": level(),
    }))
}

fn point() -> Value {
    object(json!({
        "quotes": texts(), "point": text(), "details": text(), "importance": {"enum": ["high", "medium", "low"]},
        "heading": text(),
    }))
}

fn term() -> Value {
    object(json!({"term": text(), "definition": text(), "quote": text()}))
}

fn finding() -> Value {
    let kinds = sharper_domain::FindingKind::ALL.map(|kind| kind.as_str());
    object(json!({
        "kind": {"enum": kinds}, "quotes": texts(), "point": text(), "details": text(), "topic": text(),
    }))
}

fn topic() -> Value {
    object(json!({
        "topic": text(), "why": text(), "importance": {"type": "integer", "minimum": 1, "maximum": 5},
        "quote": text(),
    }))
}
