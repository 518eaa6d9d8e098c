//! What students are told while it happens, and the names of the agents by task.

use sharper_domain::{Author, Item, Message, Request, Speaker, SummaryLength, TaskKind};
use sharper_study::text::{content, guess};

/// The agent of a task, by its name in `agent_executions`.
pub(crate) fn agent(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Chat => "chat_agent",
        TaskKind::FlashcardGeneration => "flashcard_agent",
        TaskKind::QuizGeneration => "quiz_agent",
        TaskKind::ExamGeneration => "exam_agent",
        TaskKind::SummaryGeneration => "summary_agent",
        TaskKind::NoteAnalysis => "note_analysis_agent",
        TaskKind::StudyPlan => "study_plan_agent",
    }
}

/// "Writing up to 10 cards …"; when it is asked again, how many are wanting.
pub(crate) fn writing(kind: TaskKind, wanted: Option<u32>, again: Option<u32>) -> String {
    if let Some(again) = again {
        let items = if again == 1 { "1 item that".to_owned() } else { format!("{again} items that") };
        return format!("Asking again for {items} did not pass...");
    }
    let wanted = wanted.unwrap_or_default();
    match kind {
        TaskKind::Chat => "Looking for the answer in your notes...".to_owned(),
        TaskKind::FlashcardGeneration => {
            format!("Writing up to {wanted} cards and checking each against your notes...")
        }
        TaskKind::QuizGeneration => {
            format!("Writing up to {wanted} questions and checking each against your notes...")
        }
        TaskKind::ExamGeneration => {
            "Writing an exam and checking each question against your notes...".to_owned()
        }
        TaskKind::SummaryGeneration => "Finding what matters most in your notes...".to_owned(),
        TaskKind::NoteAnalysis => {
            "Looking for what is strong, missing or unclear in your notes...".to_owned()
        }
        TaskKind::StudyPlan => "Weighing the topics of your notes...".to_owned(),
    }
}

/// What is told while the items are put together.
pub(crate) fn assembling(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Chat => "Putting the answer together...",
        TaskKind::FlashcardGeneration => "Putting the set together...",
        TaskKind::QuizGeneration => "Putting the quiz together...",
        TaskKind::ExamGeneration => "Putting the exam together...",
        TaskKind::SummaryGeneration => "Putting the summary together...",
        TaskKind::NoteAnalysis => "Putting the analysis together...",
        TaskKind::StudyPlan => "Putting the plan together...",
    }
}

/// Who wrote an item, where it says so itself.
pub(crate) fn author_of(item: &Item) -> Option<Author> {
    match item {
        Item::Card(card) => Some(card.author),
        Item::Question(question) => Some(question.author),
        _ => None,
    }
}

/// How many items of a model are taken at most, where it says itself how many there are.
pub(crate) fn most(kind: TaskKind, request: &Request) -> Option<u32> {
    match kind {
        TaskKind::FlashcardGeneration | TaskKind::QuizGeneration => None,
        TaskKind::ExamGeneration => Some(request.exam.question_count()),
        // Points and terms together.
        TaskKind::SummaryGeneration => Some(match request.summary.length {
            SummaryLength::Short => 8,
            SummaryLength::Medium => 16,
            SummaryLength::Long => 26,
        }),
        TaskKind::Chat => Some(6),
        TaskKind::NoteAnalysis => Some(20),
        TaskKind::StudyPlan => Some(12),
    }
}

/// What to look up for a message: one that has no word of its own to go by ("and why?") is looked up with the last.
pub(crate) fn question(message: &str, conversation: &[Message]) -> String {
    let last = conversation.iter().rev().find(|said| said.role == Speaker::User);
    match last {
        Some(last) if content(message, guess(message)).is_empty() => format!("{} {message}", last.content),
        _ => message.to_owned(),
    }
}
