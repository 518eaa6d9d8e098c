//! Items: the parts of what is made that are written, checked, shown and kept one by one, whatever the task.

use serde::{Deserialize, Serialize};

use crate::{
    CardDraft, Finding, Flashcard, KeyTerm, MainPoint, Passage, Question, QuestionDraft, Source, Statement,
    StudyTopic, Verdict,
};

/// An item as an author drafts it: not yet checked, so never shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Draft {
    /// A flashcard.
    Card(CardDraft),
    /// A question of a quiz or an exam.
    Question(QuestionDraft),
    /// A point of a summary.
    Point(MainPoint<Passage>),
    /// A term of a summary.
    Term(KeyTerm<Passage>),
    /// A statement of the tutor's reply.
    Statement(Statement<Passage>),
    /// A finding of a note analysis.
    Finding(Finding<Passage>),
    /// A topic of a study plan.
    Topic(StudyTopic<Passage>),
}

/// An item that passed its checks. In JSON, `kind` names which and `data` holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Item {
    /// A flashcard.
    Card(Flashcard),
    /// A question of a quiz or an exam.
    Question(Question),
    /// A point of a summary.
    Point(MainPoint),
    /// A term of a summary.
    Term(KeyTerm),
    /// A statement of the tutor's reply.
    Statement(Statement),
    /// A finding of a note analysis.
    Finding(Finding),
    /// A topic of a study plan.
    Topic(StudyTopic),
}

impl Item {
    /// What the checks found; `None` only for what a person wrote.
    pub fn verdict(&self) -> Option<&Verdict> {
        match self {
            Item::Card(card) => card.verdict.as_ref(),
            Item::Question(question) => Some(&question.verdict),
            Item::Point(point) => point.verdict.as_ref(),
            Item::Term(term) => term.verdict.as_ref(),
            Item::Statement(statement) => statement.verdict.as_ref(),
            Item::Finding(finding) => finding.verdict.as_ref(),
            Item::Topic(topic) => topic.verdict.as_ref(),
        }
    }

    /// Puts another verdict on it: a second judge has spoken.
    pub fn judged(mut self, verdict: Verdict) -> Self {
        match &mut self {
            Item::Card(card) => card.verdict = Some(verdict),
            Item::Question(question) => question.verdict = verdict,
            Item::Point(point) => point.verdict = Some(verdict),
            Item::Term(term) => term.verdict = Some(verdict),
            Item::Statement(statement) => statement.verdict = Some(verdict),
            Item::Finding(finding) => finding.verdict = Some(verdict),
            Item::Topic(topic) => topic.verdict = Some(verdict),
        }
        self
    }

    /// Whether it may leave the house: it has a verdict, and the verdict is a pass.
    pub fn may_leave(&self) -> bool {
        self.verdict().is_some_and(Verdict::passed)
    }

    /// The passages it is quoted from.
    pub fn sources(&self) -> &[Source] {
        match self {
            Item::Card(card) => card.source.as_slice(),
            Item::Question(question) => std::slice::from_ref(&question.source),
            Item::Point(point) => &point.sources,
            Item::Term(term) => std::slice::from_ref(&term.source),
            Item::Statement(statement) => &statement.sources,
            Item::Finding(finding) => &finding.sources,
            Item::Topic(topic) => std::slice::from_ref(&topic.source),
        }
    }

    /// What it asks or says first, and what it answers or adds: the front and the back.
    pub fn sides(&self) -> (&str, &str) {
        match self {
            Item::Card(card) => (&card.question, &card.answer),
            Item::Question(question) => (&question.question, question.correct_answer.as_str()),
            Item::Point(point) => (&point.point, &point.details),
            Item::Term(term) => (&term.term, &term.definition),
            Item::Statement(statement) => (&statement.text, ""),
            Item::Finding(finding) => (&finding.point, &finding.details),
            Item::Topic(topic) => (&topic.topic, &topic.why),
        }
    }
}
