//! A good model: what it writes of some notes, task by task. It finds its items as the offline author does, and hands
//! them over in the shape that a model is asked for.

use serde_json::{Value, json};
use sharper_domain::{
    CorrectAnswer, Draft, ExamOptions, Finding, FindingKind, FlashcardOptions, Passage, QuestionDraft,
    QuestionKind, QuizOptions, Statement, SummaryLength, SummaryOptions, TaskKind,
};
use sharper_study::compose;
use sharper_study::compose::summary::summary;
use sharper_study::read::Document;

use crate::wire::Asked;

/// Every task, by the name of the wire.
pub(crate) const TASKS: [TaskKind; 7] = TaskKind::ALL;

/// What stands in some notes, ready to be written down.
#[derive(Debug, Clone)]
pub(crate) struct Writer {
    pub(crate) notes: String,
    pub(crate) cards: Vec<Draft>,
    pub(crate) questions: Vec<Draft>,
    exam: Vec<Draft>,
    points: Vec<Draft>,
    terms: Vec<Draft>,
    statements: Vec<Draft>,
    findings: Vec<Draft>,
    topics: Vec<Draft>,
}

impl Writer {
    pub(crate) fn of(notes: &str) -> Self {
        let docs = [Document::parse(notes)];
        let cards = compose::flashcards(&docs, &FlashcardOptions::default());
        let long = SummaryOptions { length: SummaryLength::Medium, ..SummaryOptions::default() };
        let parts = summary(&docs, &long).summary;
        let statement = |point: &sharper_domain::MainPoint<Passage>| {
            let sources = point.sources[..1].to_vec();
            Draft::Statement(Statement { text: point.point.clone(), sources, verdict: None })
        };
        let finding = |point: &sharper_domain::MainPoint<Passage>| {
            Draft::Finding(Finding {
                kind: FindingKind::Strength,
                point: point.point.clone(),
                details: String::new(),
                topic: point.heading.clone(),
                sources: point.sources[..1].to_vec(),
                verdict: None,
            })
        };
        Self {
            cards: cards.take(60).map(Draft::Card).collect(),
            questions: compose::quiz(&docs, &QuizOptions::default()).take(60).map(Draft::Question).collect(),
            exam: exam(&docs),
            statements: parts.main_points.iter().take(2).map(statement).collect(),
            findings: parts.main_points.iter().take(4).map(finding).collect(),
            points: parts.main_points.into_iter().map(Draft::Point).collect(),
            terms: parts.key_terms.into_iter().map(Draft::Term).collect(),
            topics: compose::topics(&docs, &[]).into_iter().map(Draft::Topic).collect(),
            notes: notes.to_owned(),
        }
    }

    /// What it answers: new items, as many as are asked for.
    pub(crate) fn write(&self, asked: &Asked) -> String {
        let fresh = |drafts: &[Draft]| -> Vec<Value> {
            let before = asked.before_notes();
            let new = drafts.iter().filter(|draft| !before.contains(front(draft).as_str()));
            new.take(asked.count().unwrap_or(usize::MAX)).map(|draft| written(draft, &self.notes)).collect()
        };
        self.shaped(asked.shape(), &fresh)
    }

    fn shaped(&self, shape: &str, fresh: &dyn Fn(&[Draft]) -> Vec<Value>) -> String {
        let answer = match shape {
            "flashcards" => json!({"flashcards": fresh(&self.cards)}),
            "quiz" => json!({"quiz": {"questions": fresh(&self.questions)}}),
            "exam" => json!({"exam": {"questions": fresh(&self.exam)}}),
            "summary" => {
                json!({"summary": {"main_points": fresh(&self.points), "key_terms": fresh(&self.terms)}})
            }
            "reply" => json!({"answerable": true, "statements": fresh(&self.statements)}),
            "analysis" => json!({"findings": fresh(&self.findings)}),
            "topics" => json!({"topics": fresh(&self.topics)}),
            other => panic!("no such shape: {other}"),
        };
        answer.to_string()
    }
}

/// The questions of an exam, section by section.
fn exam(docs: &[Document<'_>]) -> Vec<Draft> {
    let mut exam = compose::exam(docs, &ExamOptions::default());
    let mut questions = Vec::new();
    while let Some(question) = exam.propose() {
        exam.accepted();
        questions.push(Draft::Question(question));
    }
    questions
}

/// As much of what it asks or says as tells it from others.
pub(crate) fn front(draft: &Draft) -> String {
    let whole = match draft {
        Draft::Card(card) => &card.question,
        Draft::Question(question) => &question.question,
        Draft::Point(point) => &point.point,
        Draft::Term(term) => &term.term,
        Draft::Statement(statement) => &statement.text,
        Draft::Finding(finding) => &finding.point,
        Draft::Topic(topic) => &topic.topic,
    };
    whole.chars().take(90).collect()
}

/// A draft as a model writes it.
pub(crate) fn written(draft: &Draft, notes: &str) -> Value {
    let quote = |passage: Passage| passage.span.of(notes).unwrap_or_default().to_owned();
    let quotes = |passages: &[Passage]| passages.iter().map(|one| quote(*one)).collect::<Vec<_>>();
    match draft {
        Draft::Card(card) => json!({
            "quote": card.span.of(notes).unwrap_or_default(), "question": card.question, "answer": card.answer,
            "explanation": card.explanation.as_deref().unwrap_or_default(), "topic": card.topic,
            "difficulty": card.difficulty,
        }),
        Draft::Question(question) => question_written(question, notes),
        Draft::Point(point) => json!({
            "quotes": quotes(&point.sources), "point": point.point, "details": point.details,
            "importance": point.importance, "heading": point.heading,
        }),
        Draft::Term(term) => {
            json!({"term": term.term, "definition": term.definition, "quote": quote(term.source)})
        }
        Draft::Statement(statement) => {
            json!({"text": statement.text, "quote": quote(statement.sources[0])})
        }
        Draft::Finding(finding) => json!({
            "kind": finding.kind, "quotes": quotes(&finding.sources), "point": finding.point,
            "details": finding.details, "topic": finding.topic,
        }),
        // What the offline author says of a topic is counted from the notes; a model says why in their words.
        Draft::Topic(topic) => json!({
            "topic": topic.topic, "why": quote(topic.source), "importance": 3, "quote": quote(topic.source),
        }),
    }
}

fn question_written(question: &QuestionDraft, notes: &str) -> Value {
    let key = question.correct_answer.as_str();
    let mut value = json!({
        "type": question.kind, "quote": question.span.of(notes).unwrap_or_default(), "question": question.question,
        "correct_answer": match &question.correct_answer {
            CorrectAnswer::Truth(truth) => truth.to_string(),
            CorrectAnswer::Text(text) => text.clone(),
        },
        "distractors": [], "acceptable_answers": question.acceptable_answers,
        "explanation": question.explanation, "topic": question.topic, "difficulty": question.difficulty,
        "section": question.section, "rubric": question.rubric,
    });
    if question.kind == QuestionKind::MultipleChoice {
        if question.options.iter().any(|option| option == key) {
            let wrong: Vec<&String> = question.options.iter().filter(|option| *option != key).collect();
            value["distractors"] = json!(wrong);
        } else {
            // A model that does not do as it is asked, and lists options without the key.
            value["options"] = json!(question.options);
        }
    }
    value
}
