//! Intent: what a message asks for. Pure; whole words only, the most specific phrase wins.

use sharper_domain::TaskKind;

/// What was understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intent {
    /// What to do.
    pub kind: TaskKind,
    /// How sure that is, 0 to 1. A kind that the request names is certain.
    pub confidence: f64,
}

/// What a request of this kind with this message wants. Only a chat is classified by its words.
pub fn classify(kind: TaskKind, message: &str) -> Intent {
    if kind != TaskKind::Chat {
        return Intent { kind, confidence: 1.0 };
    }
    let words: Vec<String> = words(message);
    let mut best: Option<(usize, &Phrase)> = None;
    for phrase in PHRASES {
        let found = find(&words, phrase.words);
        if let Some(at) = found
            && best.is_none_or(|(place, other)| (phrase.words.len(), place) > (other.words.len(), at))
        {
            best = Some((at, phrase));
        }
    }
    match best {
        Some((_, Phrase { kind: Some(kind), words })) => {
            Intent { kind: *kind, confidence: if words.len() > 1 { 0.95 } else { 0.85 } }
        }
        _ => Intent { kind: TaskKind::Chat, confidence: 0.8 },
    }
}

/// Words in lower case; a hyphen parts words, an apostrophe does not.
fn words(message: &str) -> Vec<String> {
    message
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn find(words: &[String], phrase: &[&str]) -> Option<usize> {
    words.windows(phrase.len()).position(|window| window.iter().zip(phrase).all(|(a, b)| a == b))
}

/// Words that stand for a wish; `None` for a phrase that only looks like one.
struct Phrase {
    words: &'static [&'static str],
    kind: Option<TaskKind>,
}

const fn asks(kind: TaskKind, words: &'static [&'static str]) -> Phrase {
    Phrase { words, kind: Some(kind) }
}

const fn only_looks(words: &'static [&'static str]) -> Phrase {
    Phrase { words, kind: None }
}

use TaskKind::{ExamGeneration as Exam, FlashcardGeneration as Cards, NoteAnalysis as Analysis};
use TaskKind::{QuizGeneration as Quiz, StudyPlan as Plan, SummaryGeneration as Summary};

const PHRASES: &[Phrase] = &[
    asks(Cards, &["flashcard"]),
    asks(Cards, &["flashcards"]),
    asks(Cards, &["flash", "card"]),
    asks(Cards, &["flash", "cards"]),
    asks(Cards, &["study", "cards"]),
    asks(Cards, &["anki"]),
    asks(Cards, &["karteikarten"]),
    asks(Cards, &["lernkarten"]),
    asks(Cards, &["tarjetas"]),
    asks(Cards, &["fiches"]),
    asks(Quiz, &["quiz"]),
    asks(Quiz, &["quizzes"]),
    asks(Quiz, &["test"]),
    asks(Quiz, &["practice"]),
    asks(Quiz, &["practise"]),
    asks(Quiz, &["practice", "test"]),
    asks(Quiz, &["practice", "questions"]),
    only_looks(&["test", "tube"]),
    only_looks(&["test", "tubes"]),
    only_looks(&["in", "practice"]),
    only_looks(&["final", "chapter"]),
    only_looks(&["the", "final", "chapter"]),
    only_looks(&["final", "answer"]),
    only_looks(&["final", "result"]),
    asks(Exam, &["exam"]),
    asks(Exam, &["exams"]),
    asks(Exam, &["final"]),
    asks(Exam, &["finals"]),
    asks(Exam, &["midterm"]),
    asks(Exam, &["practice", "exam"]),
    asks(Exam, &["mock", "exam"]),
    asks(Exam, &["klausur"]),
    asks(Exam, &["examen"]),
    asks(Summary, &["summary"]),
    asks(Summary, &["summarize"]),
    asks(Summary, &["summarise"]),
    asks(Summary, &["tldr"]),
    asks(Summary, &["overview"]),
    asks(Summary, &["zusammenfassung"]),
    asks(Summary, &["resumen"]),
    asks(Summary, &["résumé"]),
    asks(Analysis, &["analyze"]),
    asks(Analysis, &["analyse"]),
    asks(Analysis, &["analysis"]),
    asks(Analysis, &["review"]),
    asks(Plan, &["study", "plan"]),
    asks(Plan, &["study", "schedule"]),
    asks(Plan, &["schedule"]),
    asks(Plan, &["lernplan"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, expected: TaskKind) {
        assert_eq!(classify(TaskKind::Chat, message).kind, expected, "{message}");
    }

    #[test]
    fn the_words_of_the_wire_contract_are_understood() {
        check("Make me some flashcards on cells", TaskKind::FlashcardGeneration);
        check("Can you quiz me?", TaskKind::QuizGeneration);
        check("I need a practice test", TaskKind::QuizGeneration);
        check("Write a midterm on chapter 3", TaskKind::ExamGeneration);
        check("tldr please", TaskKind::SummaryGeneration);
        check("Analyze my notes", TaskKind::NoteAnalysis);
        check("Make a study plan for next week", TaskKind::StudyPlan);
        check("What is osmosis?", TaskKind::Chat);
    }

    #[test]
    fn a_word_inside_another_is_not_that_word() {
        check("What do my latest notes say?", TaskKind::Chat);
        check("Is the contest over?", TaskKind::Chat);
        check("Explain the greatest common divisor", TaskKind::Chat);
    }

    #[test]
    fn the_most_specific_phrase_wins() {
        check("Give me a practice exam", TaskKind::ExamGeneration);
        check("What happens in the test tube?", TaskKind::Chat);
        check("Explain the final chapter", TaskKind::Chat);
        check("Make flashcards for my final", TaskKind::FlashcardGeneration);
    }

    #[test]
    fn a_request_that_names_its_kind_is_taken_at_its_word() {
        let intent = classify(TaskKind::SummaryGeneration, "make flashcards");
        assert_eq!(intent, Intent { kind: TaskKind::SummaryGeneration, confidence: 1.0 });
    }
}
