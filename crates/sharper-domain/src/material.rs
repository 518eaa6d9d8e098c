//! Material: what was made for a student, as it is kept and told: a set of cards, a quiz, an exam, a summary, a reply,
//! an analysis, a plan.

use crate::outcome::{Content, GenerationParams, Making, Saved};
use crate::request::Request;
use crate::{
    Citation, ContextUsed, ExamSection, Finding, Flashcard, FlashcardSet, Item, KeyTerm, MainPoint,
    MaterialId, NoteId, PlanDay, Question, SetId, Source, Statement, StudyTopic, Summary, SummaryContent,
    TaskKind, Timestamp, UserId,
};

/// Something that was made for a student.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// Its id.
    pub id: MaterialId,
    /// Whose it is.
    pub user_id: UserId,
    /// The note it was made from, or the first of them.
    pub note_id: Option<NoteId>,
    /// A line for people.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who wrote it: a model's name, or `offline`.
    pub model_used: String,
    /// What it is.
    pub body: Body,
}

/// What a material is.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// A set of cards, in their order.
    Flashcards(Vec<Flashcard>),
    /// A quiz, its questions in their order.
    Quiz(Vec<Question>),
    /// An exam.
    Exam {
        /// How long it lasts.
        duration_minutes: u32,
        /// Its sections.
        sections: Vec<ExamSection>,
    },
    /// A summary.
    Summary {
        /// Its points, in order.
        points: Vec<MainPoint>,
        /// Its terms.
        terms: Vec<KeyTerm>,
    },
    /// The tutor's reply.
    Reply {
        /// What the student said.
        question: String,
        /// What the tutor says; nothing where the notes do not hold the answer.
        statements: Vec<Statement>,
        /// The titles of the notes cited, in the order of their first citation.
        titles: Vec<(NoteId, String)>,
        /// What the reply had to go by.
        context: ContextUsed,
    },
    /// A note analysis.
    Analysis(Vec<Finding>),
    /// A study plan.
    Plan {
        /// The topics, the weightiest first.
        topics: Vec<StudyTopic>,
        /// The days.
        days: Vec<PlanDay>,
    },
}

/// What the tutor says when the notes do not hold the answer.
pub const NOT_IN_NOTES: &str = "Your notes don't hold the answer to this. Add a note about it, or ask about something that stands in them.";

impl Material {
    /// The kind of task that makes it.
    pub fn kind(&self) -> TaskKind {
        match self.body {
            Body::Flashcards(_) => TaskKind::FlashcardGeneration,
            Body::Quiz(_) => TaskKind::QuizGeneration,
            Body::Exam { .. } => TaskKind::ExamGeneration,
            Body::Summary { .. } => TaskKind::SummaryGeneration,
            Body::Reply { .. } => TaskKind::Chat,
            Body::Analysis(_) => TaskKind::NoteAnalysis,
            Body::Plan { .. } => TaskKind::StudyPlan,
        }
    }

    /// Its id as that of a set of cards.
    pub fn set_id(&self) -> SetId {
        SetId(self.id.0)
    }

    /// The set, of a set of cards.
    pub fn set(&self) -> Option<FlashcardSet> {
        let Body::Flashcards(cards) = &self.body else { return None };
        Some(FlashcardSet {
            id: self.set_id(),
            user_id: self.user_id.clone(),
            title: self.title.clone(),
            note_id: self.note_id,
            card_count: i32::try_from(cards.len()).unwrap_or(i32::MAX),
            created_at: self.created_at,
        })
    }

    /// Its items, in the order in which a stream tells them.
    pub fn items(&self) -> Vec<Item> {
        match &self.body {
            Body::Flashcards(cards) => cards.iter().cloned().map(Item::Card).collect(),
            Body::Quiz(questions) => questions.iter().cloned().map(Item::Question).collect(),
            Body::Exam { sections, .. } => {
                sections.iter().flat_map(|section| &section.questions).cloned().map(Item::Question).collect()
            }
            Body::Summary { points, terms } => {
                let points = points.iter().cloned().map(Item::Point);
                points.chain(terms.iter().cloned().map(Item::Term)).collect()
            }
            Body::Reply { statements, .. } => statements.iter().cloned().map(Item::Statement).collect(),
            Body::Analysis(findings) => findings.iter().cloned().map(Item::Finding).collect(),
            Body::Plan { topics, .. } => topics.iter().cloned().map(Item::Topic).collect(),
        }
    }

    /// `saved` of the wire.
    pub fn saved(&self) -> Saved {
        let id = self.id;
        match &self.body {
            Body::Flashcards(cards) => Saved::Flashcards {
                saved: true,
                count: count(cards),
                ids: cards.iter().map(|card| card.id).collect(),
                set: self.set().expect("the body is a set of cards"),
            },
            Body::Quiz(questions) => {
                Saved::Quiz { saved: true, quiz_id: id, question_count: count(questions) }
            }
            Body::Exam { .. } => Saved::Exam { saved: true, exam_id: id },
            Body::Summary { .. } => Saved::Summary { saved: true, summary_id: id },
            Body::Reply { .. } => Saved::Chat { saved: true, message_id: id },
            Body::Analysis(_) => Saved::Analysis { saved: true, analysis_id: id },
            Body::Plan { .. } => Saved::Plan { saved: true, plan_id: id },
        }
    }

    /// `data` of the wire.
    pub fn content(&self, making: &Making, request: &Request) -> Content {
        let (tokens_used, model_used) = (making.tokens_used, making.model_used.clone());
        let title = self.title.clone();
        match &self.body {
            Body::Flashcards(cards) => Content::Flashcards {
                flashcards: cards.clone(),
                total_count: count(cards),
                topics_covered: topics(cards.iter().map(|card| card.topic.as_str())),
                tokens_used,
                model_used,
                generation_params: GenerationParams::of(request),
            },
            Body::Quiz(questions) => Content::quiz(title, questions.clone(), tokens_used, model_used),
            Body::Exam { duration_minutes, sections } => {
                Content::exam(title, *duration_minutes, sections.clone(), tokens_used, model_used)
            }
            Body::Summary { points, terms } => {
                let summary = Summary { title, main_points: points.clone(), key_terms: terms.clone() };
                Content::Summary { content: SummaryContent::of(summary), tokens_used, model_used }
            }
            Body::Reply { statements, titles, context, .. } => {
                let (response, citations) = told(statements, titles);
                Content::Chat {
                    response,
                    answerable: !statements.is_empty(),
                    citations,
                    statements: statements.clone(),
                    clarification: None,
                    context_used: *context,
                    tokens_used,
                    model_used,
                }
            }
            Body::Analysis(findings) => Content::analysis(title, findings.clone(), tokens_used, model_used),
            Body::Plan { topics, days } => {
                Content::plan(title, topics.clone(), days.clone(), tokens_used, model_used)
            }
        }
    }

    /// The words of a reply, with the numbers of its citations; `None` of anything else.
    pub fn response(&self) -> Option<String> {
        match &self.body {
            Body::Reply { statements, titles, .. } => Some(told(statements, titles).0),
            _ => None,
        }
    }
}

/// What the numbers in the words of a reply refer to.
pub fn cited(statements: &[Statement], titles: &[(NoteId, String)]) -> Vec<Citation> {
    told(statements, titles).1
}

/// Statements as one text with numbered citations, and what the numbers refer to. A passage has one number.
fn told(statements: &[Statement], titles: &[(NoteId, String)]) -> (String, Vec<Citation>) {
    if statements.is_empty() {
        return (NOT_IN_NOTES.to_owned(), Vec::new());
    }
    let mut citations: Vec<Citation> = Vec::new();
    let mut paragraphs: Vec<String> = Vec::new();
    for statement in statements {
        let mut text = statement.text.clone();
        for source in &statement.sources {
            let number = number_of(source, titles, &mut citations);
            let mark = format!(" [{number}]");
            if !text.ends_with(&mark) {
                text.push_str(&mark);
            }
        }
        paragraphs.push(text);
    }
    (paragraphs.join("\n\n"), citations)
}

fn number_of(source: &Source, titles: &[(NoteId, String)], citations: &mut Vec<Citation>) -> u32 {
    if let Some(known) = citations.iter().find(|citation| citation.source == *source) {
        return known.number;
    }
    let number = count(citations) + 1;
    let title = titles.iter().find(|(id, _)| *id == source.note_id).map(|(_, title)| title.clone());
    citations.push(Citation { number, title: title.unwrap_or_default(), source: source.clone() });
    number
}

/// Each once, in order of appearance.
fn topics<'t>(all: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for topic in all {
        if !seen.iter().any(|known| known == topic) {
            seen.push(topic.to_owned());
        }
    }
    seen
}

fn count<T>(all: &[T]) -> u32 {
    u32::try_from(all.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(note: NoteId, start: usize) -> Source {
        Source { note_id: note, note_version: 1, start, end: start + 2, quote: "It".into() }
    }

    #[test]
    fn a_passage_has_one_number_however_often_it_is_cited() {
        let note = NoteId::new(Timestamp::UNIX_EPOCH);
        let statement = |text: &str, starts: &[usize]| Statement {
            text: text.to_owned(),
            sources: starts.iter().map(|&start| source(note, start)).collect(),
            verdict: None,
        };
        let (text, citations) = told(
            &[statement("Cells divide.", &[0, 9]), statement("They grow.", &[9])],
            &[(note, "Bio".into())],
        );
        assert_eq!(text, "Cells divide. [1] [2]\n\nThey grow. [2]");
        assert_eq!(citations.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(citations[1].title, "Bio");
    }

    #[test]
    fn a_reply_without_statements_says_that_the_notes_do_not_hold_it() {
        assert_eq!(told(&[], &[]), (NOT_IN_NOTES.to_owned(), Vec::new()));
    }
}
