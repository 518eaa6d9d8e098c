//! Intent: what a message asks for. Pure, without a model; whole words, and the most specific phrase wins.
//!
//! `words` reads the message, `lexicon` finds in it the phrases of `phrases` and `guards`, and `score` weighs
//! each phrase by its `role` and by what stands around it: "make flashcards" is a wish, "for my exam" and
//! "what is an exam" are not. `messages.tsv` holds messages with the kind that the student means (kind,
//! language, message), and the tests hold us to it.

mod guards;
mod lexicon;
mod phrases;
mod role;
mod score;
mod words;

use sharper_domain::TaskKind;

use score::{CLOSE, ENOUGH, Wish};
use words::Words;

/// What was understood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intent {
    /// What to do.
    pub kind: TaskKind,
    /// How likely that is right, 0 to 1; below 0.5 it is better to ask. A kind that the request names is certain.
    pub confidence: f64,
}

/// What a request of this kind with this message wants. Only a chat is classified by its words.
///
/// Of several wishes the first counts, unless a later one is clearly stronger: "I have an exam, quiz me" asks
/// for a quiz. What follows "then" is a second wish, what follows "don't" or "instead of" is none. A message
/// without a wish for something made is a chat.
pub fn classify(kind: TaskKind, message: &str) -> Intent {
    if kind != TaskKind::Chat {
        return Intent { kind, confidence: 1.0 };
    }
    let words = Words::read(message);
    let (main, rival) = score::wishes(&lexicon::cues(&words), |clause| words.of_clause(clause));
    match main {
        Some(wish) if wish.score >= ENOUGH => granted(wish, rival),
        Some(wish) => Intent { kind: TaskKind::Chat, confidence: sure(ENOUGH - wish.score) },
        None => Intent { kind: TaskKind::Chat, confidence: MOST_SURE },
    }
}

fn granted(wish: Wish, rival: Option<Wish>) -> Intent {
    let ahead = rival.map_or(f64::INFINITY, |rival| wish.score - rival.score + CLOSE);
    Intent { kind: wish.kind, confidence: sure(wish.score - ENOUGH) * sure(ahead.max(0.0)) }
}

/// The most that words alone can tell: about one message in fifty says what no table holds.
const MOST_SURE: f64 = 0.98;

/// How likely a decision is right that had so much of the score to spare. A quarter gives 0.8; what has
/// nothing to spare is as good as a coin.
fn sure(spare: f64) -> f64 {
    MOST_SURE - 0.5 * (-4.0 * spare).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGES: &str = include_str!("messages.tsv");

    /// The labelled messages: the kind that is meant, and the message.
    fn labelled() -> Vec<(TaskKind, String)> {
        let line = |line: &str| {
            let [kind, _language, message] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("a line has three fields: {line}")
            };
            (kind.parse().unwrap(), message.replace("\\n", "\n"))
        };
        MESSAGES.lines().map(line).collect()
    }

    fn check(message: &str, expected: TaskKind) {
        let intent = classify(TaskKind::Chat, message);
        assert_eq!(intent.kind, expected, "{message} ({:.2})", intent.confidence);
    }

    #[test]
    fn of_the_labelled_messages_97_in_100_are_understood() {
        let messages = labelled();
        let wrong: Vec<_> = messages
            .iter()
            .map(|(kind, message)| (classify(TaskKind::Chat, message).kind, kind, message))
            .filter(|(found, kind, _)| found != *kind)
            .map(|(found, kind, message)| format!("{kind}, not {found}: {message}"))
            .collect();
        let right = messages.len() - wrong.len();
        assert!(right * 100 >= messages.len() * 97, "{right} of {}\n{}", messages.len(), wrong.join("\n"));
    }

    #[test]
    fn every_kind_has_its_share_of_the_labelled_messages() {
        let messages = labelled();
        assert_eq!(messages.len(), 300);
        for kind in TaskKind::ALL {
            assert!(messages.iter().filter(|(meant, _)| *meant == kind).count() >= 40, "{kind}");
        }
    }

    #[test]
    fn what_is_understood_with_confidence_is_right() {
        let sure = labelled()
            .into_iter()
            .map(|(kind, message)| (classify(TaskKind::Chat, &message), kind))
            .filter(|(intent, _)| intent.confidence >= 0.9)
            .collect::<Vec<_>>();
        let right = sure.iter().filter(|(intent, kind)| intent.kind == *kind).count();
        assert!(sure.len() >= 200 && right * 100 >= sure.len() * 98, "{right} of {}", sure.len());
    }

    #[test]
    fn a_wish_that_could_be_another_is_worth_asking_about() {
        let confidence = |message| classify(TaskKind::Chat, message).confidence;
        assert!(confidence("the flashcards please") < 0.5);
        assert!(confidence("make me flashcards") > 0.9);
        assert!(confidence("what is osmosis?") > 0.9);
        assert!(confidence("flashcards or a quiz") < confidence("flashcards"));
    }

    #[test]
    fn the_words_of_the_wire_contract_are_understood() {
        check("Make me some flashcards on cells", TaskKind::FlashcardGeneration);
        check("Can you quiz me?", TaskKind::QuizGeneration);
        check("I need a practice test", TaskKind::QuizGeneration);
        check("Write a midterm on chapter 3", TaskKind::ExamGeneration);
        check("tldr please", TaskKind::SummaryGeneration);
        check("Give me an overview", TaskKind::SummaryGeneration);
        check("Analyze my notes", TaskKind::NoteAnalysis);
        check("Make a study plan for next week", TaskKind::StudyPlan);
        check("What is osmosis?", TaskKind::Chat);
        for (word, kind) in [
            ("flashcards", TaskKind::FlashcardGeneration),
            ("quiz", TaskKind::QuizGeneration),
            ("test", TaskKind::QuizGeneration),
            ("practice", TaskKind::QuizGeneration),
            ("exam", TaskKind::ExamGeneration),
            ("final", TaskKind::ExamGeneration),
            ("summary", TaskKind::SummaryGeneration),
            ("analysis", TaskKind::NoteAnalysis),
            ("review", TaskKind::NoteAnalysis),
            ("schedule", TaskKind::StudyPlan),
        ] {
            check(word, kind);
        }
    }

    #[test]
    fn a_word_inside_another_is_not_that_word() {
        check("What do my latest notes say?", TaskKind::Chat);
        check("The contest was great", TaskKind::Chat);
        check("Make the greatest common divisor clearer", TaskKind::Chat);
        check("Give him a quizzical look", TaskKind::Chat);
    }

    #[test]
    fn the_most_specific_phrase_wins() {
        check("Give me a practice exam", TaskKind::ExamGeneration);
        check("Give me practice questions", TaskKind::QuizGeneration);
        check("Draw me what I need: a test tube rack", TaskKind::Chat);
        check("Give me peer review examples", TaskKind::Chat);
        check("Please read the final chapter to me", TaskKind::Chat);
        check("Make a review schedule", TaskKind::StudyPlan);
    }

    #[test]
    fn what_a_thing_is_for_is_not_asked_for() {
        check("Make flashcards for my final", TaskKind::FlashcardGeneration);
        check("I have an exam", TaskKind::Chat);
        check("Before the exam I need a summary", TaskKind::SummaryGeneration);
    }

    #[test]
    fn a_thing_that_is_told_about_is_not_asked_for() {
        check("Exams are stressful", TaskKind::Chat);
        check("Exam tomorrow, help", TaskKind::Chat);
        check("The exam, always the exam", TaskKind::Chat);
        check("Yesterday evening Tom and Anna failed their exams", TaskKind::Chat);
        check("Tom and Anna wrote three long exams", TaskKind::Chat);
    }

    #[test]
    fn a_thing_that_is_asked_about_is_not_asked_for() {
        check("How do I make good flashcards?", TaskKind::Chat);
        check("Is the quiz hard?", TaskKind::Chat);
        check("Are exams useful?", TaskKind::Chat);
        check("Make a quiz on how exams work", TaskKind::QuizGeneration);
    }

    #[test]
    fn what_is_refused_is_not_made() {
        check("Don't make flashcards, just explain osmosis", TaskKind::Chat);
        check("Instead of a quiz make flashcards", TaskKind::FlashcardGeneration);
        check("Mach keine Karteikarten, erkläre es nur", TaskKind::Chat);
        check("クイズじゃなくて要約を作って", TaskKind::SummaryGeneration);
    }

    #[test]
    fn of_several_wishes_the_first_counts() {
        check("Make a summary and flashcards", TaskKind::SummaryGeneration);
        check("Make flashcards and a summary", TaskKind::FlashcardGeneration);
        check("summarize chapter 2, then make a quiz", TaskKind::SummaryGeneration);
    }

    #[test]
    fn a_slip_of_the_pen_is_forgiven_but_another_word_is_not() {
        check("falshcards please", TaskKind::FlashcardGeneration);
        check("make a sumary", TaskKind::SummaryGeneration);
        check("the analyst said so, retire early", TaskKind::Chat);
    }

    #[test]
    fn a_wish_after_pages_of_notes_is_still_heard() {
        let notes = "The exam and the quiz were reviewed; a summary of tests. ".repeat(120);
        check(&format!("{notes}\n\nMake flashcards from this please"), TaskKind::FlashcardGeneration);
        check(&format!("Summarize this:\n{notes}"), TaskKind::SummaryGeneration);
    }

    #[test]
    fn a_message_of_nothing_is_a_chat() {
        for message in ["", " ", "???", "🎓🎓", "\u{301}", "\0", "ﷺ"] {
            check(message, TaskKind::Chat);
        }
    }

    #[test]
    fn a_request_that_names_its_kind_is_taken_at_its_word() {
        let intent = classify(TaskKind::SummaryGeneration, "make flashcards");
        assert_eq!(intent, Intent { kind: TaskKind::SummaryGeneration, confidence: 1.0 });
    }
}
