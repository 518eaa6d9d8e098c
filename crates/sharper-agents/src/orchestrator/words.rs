//! What students are told while it happens, and the names of the agents by task.

use sharper_domain::{Author, Item, Message, Request, Speaker, SummaryLength, TaskKind};
use sharper_study::text::{Language, content};

use crate::context::conversation::questions;

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

/// Words that mean what was spoken of last: "and what about its function?".
const POINTS_BACK: [&str; 57] = [
    "it", "its", "it's", "they", "them", "their", "that", "this", "those", "these", "he", "she", "his",
    "her", "former", "latter", "there", "er", "sie", "es", "ihr", "ihre", "ihren", "sein", "seine", "seinen",
    "das", "dies", "diese", "dieser", "deren", "dessen", "davon", "dazu", "ello", "eso", "esto", "esta",
    "este", "su", "sus", "ellos", "ellas", "il", "elle", "ils", "elles", "son", "sa", "ses", "leur", "leurs",
    "cela", "ça", "ceci", "هذا", "ذلك",
];
/// The same where words are not parted.
const POINTS_BACK_UNPARTED: [&str; 6] = ["它", "他们", "这个", "那个", "其", "他"];
/// What speaks of the beginning of the conversation.
const THE_FIRST: [&str; 14] = [
    "first question",
    "first thing",
    "first topic",
    "at the beginning",
    "at the start",
    "we started with",
    "began with",
    "erste frage",
    "am anfang",
    "primera pregunta",
    "al principio",
    "première question",
    "第一个问题",
    "السؤال الأول",
];
/// Words from which a question stands by itself, though it points back.
const OWN_WORDS: usize = 3;

/// What to look up for a message. One that points back ("and what about its function?"), or has no word of its own to go by
/// ("and why?"), is looked up with what was spoken of last; one that speaks of the beginning, with the first question.
pub(crate) fn question(message: &str, conversation: &[Message], earlier: &str) -> String {
    let asked =
        conversation.iter().filter(|said| said.role == Speaker::User).map(|said| said.content.as_str());
    let all: Vec<&str> = questions(earlier).chain(asked).collect();
    let lower = message.to_lowercase();
    if THE_FIRST.iter().any(|words| lower.contains(words))
        && let Some(first) = all.first()
    {
        return format!("{first} {message}");
    }
    if !leans(message) {
        return message.to_owned();
    }
    // The last that stands by itself is what all after it lean on.
    match all.iter().rev().find(|said| !leans(said)).or(all.last()) {
        Some(topic) => format!("{topic} {message}"),
        None => message.to_owned(),
    }
}

/// Whether a question cannot be understood without what was said before.
fn leans(message: &str) -> bool {
    // Too few words to tell the language: what says nothing in any of them says nothing.
    let own = |language: Language| {
        content(message, language).iter().filter(|stem| !POINTS_BACK.contains(&stem.as_str())).count()
    };
    let languages = [Language::English, Language::German, Language::Spanish, Language::French];
    let own = languages.map(own).into_iter().min().unwrap_or_default();
    let lower = message.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let points = words.any(|word| POINTS_BACK.contains(&word))
        || message.chars().count() <= 16 && POINTS_BACK_UNPARTED.iter().any(|word| lower.contains(word));
    own == 0 || points && own < OWN_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::Timestamp;

    #[track_caller]
    fn check(asked: &[&str], earlier: &str, message: &str, expected: &str) {
        let said = |content: &&str| Message {
            role: Speaker::User,
            content: (*content).to_owned(),
            created_at: Timestamp::UNIX_EPOCH,
        };
        let conversation: Vec<Message> = asked.iter().map(said).collect();
        assert_eq!(question(message, &conversation, earlier), expected);
    }

    #[test]
    fn a_question_that_points_back_is_looked_up_with_what_was_spoken_of() {
        let asked = ["What is a macrophage?"];
        for message in ["And why?", "and what about its function?", "Where do they live?"] {
            check(&asked, "", message, &format!("What is a macrophage? {message}"));
        }
        // What leans on what leans.
        check(&["What is osmosis?", "And its use?"], "", "And why?", "What is osmosis? And why?");
        check(&["Was ist Osmose?"], "", "Und wie läuft sie ab?", "Was ist Osmose? Und wie läuft sie ab?");
        check(&[], "", "And why?", "And why?");
    }

    #[test]
    fn a_question_that_stands_by_itself_is_looked_up_as_it_is() {
        for message in ["What is osmosis?", "How does it come that water crosses a membrane by osmosis?"] {
            check(&["What is a macrophage?"], "", message, message);
        }
    }

    #[test]
    fn what_has_left_the_window_is_known_from_the_summary() {
        let earlier = "- Q: What is a macrophage? A: A cell that eats.\n- Q: What is osmosis?";
        check(&[], earlier, "And its function?", "What is osmosis? And its function?");
        let message = "Back to my first question: why is that so?";
        check(&["What is light?"], earlier, message, &format!("What is a macrophage? {message}"));
        check(&["What is light?"], "", message, &format!("What is light? {message}"));
    }
}
