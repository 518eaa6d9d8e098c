//! Structure: fields, lengths, an answer that its question gives away, the language.

use super::source::Source;
use super::words::{Role, Word};
use crate::text::guess;

/// Longest question, in words.
pub const QUESTION_WORDS: usize = 60;
/// Longest answer, in words.
pub const ANSWER_WORDS: usize = 60;
/// Longest explanation, in words.
pub const EXPLANATION_WORDS: usize = 120;
/// Longest word, in characters: no language that is studied here needs more.
const WORD_CHARS: usize = 80;

/// Whether the text has nothing that a person could read.
pub(super) fn is_blank(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Whether the text is too long for so many words.
pub(super) fn is_too_long(text: &str, limit: usize) -> bool {
    let mut count = 0;
    text.split_whitespace().any(|word| {
        count += 1;
        count > limit || word.len() > WORD_CHARS && word.chars().count() > WORD_CHARS
    })
}

/// Whether the answer stands in the question: all its content words, or the whole of it when it has none.
pub(super) fn gives_away(question: &[Word], answer: &[Word]) -> bool {
    let said = |word: &Word| question.iter().any(|other| other.stem == word.stem);
    let mut content = answer.iter().filter(|word| word.role == Role::Content).peekable();
    if content.peek().is_some() {
        return content.all(said) && !offers_a_choice(question);
    }
    let answers_a_yes_or_no = matches!(answer, [only] if is_yes_or_no(&only.lower));
    let stands_in = || {
        question.windows(answer.len()).any(|part| part.iter().zip(answer).all(|(a, b)| a.lower == b.lower))
    };
    !answer.is_empty() && !answers_a_yes_or_no && stands_in()
}

/// Whether the answer stands in the question where it is not one of two that are offered: "a wave or a particle".
pub(super) fn tells(question: &[Word], answer: &[Word]) -> bool {
    let content = |word: &&Word| word.role == Role::Content;
    let said = |word: &Word| question.iter().any(|other| other.stem == word.stem);
    if !answer.iter().any(|word| content(&word)) || !answer.iter().filter(content).all(said) {
        return false;
    }
    let offered = |at: usize| {
        let near = &question[at.saturating_sub(2)..(at + 3).min(question.len())];
        near.iter().any(|word| answer.iter().filter(content).any(|other| other.stem == word.stem))
    };
    let either = |word: &Word| matches!(word.lower.as_str(), "or" | "oder" | "ou" | "o");
    answer.iter().any(either) || !question.iter().enumerate().any(|(at, word)| either(word) && offered(at))
}

fn is_yes_or_no(lower: &str) -> bool {
    matches!(lower, "yes" | "no" | "not" | "true" | "false" | "ja" | "nein" | "sí" | "oui" | "non")
}

/// "Is light a wave or a particle?" must name its answer; so must "True or false: …".
fn offers_a_choice(question: &[Word]) -> bool {
    const OPENERS: &[&str] = &[
        "is", "are", "was", "were", "do", "does", "did", "which", "can", "will", "true", "has", "have",
        "should", "ist", "sind",
    ];
    let either = question.iter().any(|word| matches!(word.lower.as_str(), "or" | "oder" | "ou" | "o"));
    either && question.first().is_some_and(|word| OPENERS.contains(&word.lower.as_str()))
}

/// Whether the item is in another language than the notes.
pub(super) fn is_in_another_language(question: &str, answer: &str, words: &[&Word], source: &Source) -> bool {
    if source.sentences().is_empty() || guess(&format!("{question} {answer}")) == source.language() {
        return false;
    }
    // Short items have few tell-tale words; one whose words are those of the notes is in their language.
    let known = words.iter().filter(|word| source.family(&word.stem).is_some()).count();
    known * 2 < words.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::judge::words::{Stems, words};
    use crate::text::Language;

    fn check(question: &str, answer: &str, given_away: bool) {
        let read = |text| words(text, Language::English, &mut Stems::default());
        assert_eq!(gives_away(&read(question), &read(answer)), given_away, "{question} {answer}");
    }

    #[test]
    fn an_answer_all_of_whose_words_stand_in_the_question_is_given_away() {
        check("What do ribosomes in a cell do for ribosomes?", "The ribosome", true);
        check("In which year, 1945 or so, did it end?", "1945", true);
        check("What makes proteins?", "Ribosomes", false);
        check("What is osmosis?", "Osmosis is the movement of water", false);
    }

    #[test]
    fn a_question_that_offers_a_choice_must_name_its_answer() {
        check("Is light a wave or a particle in this model?", "a wave", false);
        check("Is a virus alive, yes or no?", "No", false);
        check("True or false: cells divide.", "True", false);
    }

    #[test]
    fn blank_and_long_texts_are_told_from_others() {
        assert!(is_blank(" \n…?"));
        assert!(!is_blank("5"));
        assert!(is_too_long("a b c d", 3));
        assert!(is_too_long(&"x".repeat(100), 3));
        assert!(!is_too_long("a b c", 3));
    }
}
