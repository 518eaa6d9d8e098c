//! Quizzes: what may be chosen for one, and questions as an author drafts them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Difficulty, DifficultyChoice, Span};

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// By choosing one of several options.
    MultipleChoice,
    /// By judging a statement.
    TrueFalse,
    /// By a few words.
    ShortAnswer,
}

impl QuestionKind {
    /// All of them, in the order of the wire contract.
    pub const ALL: [QuestionKind; 3] =
        [QuestionKind::MultipleChoice, QuestionKind::TrueFalse, QuestionKind::ShortAnswer];

    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            QuestionKind::MultipleChoice => "multiple_choice",
            QuestionKind::TrueFalse => "true_false",
            QuestionKind::ShortAnswer => "short_answer",
        }
    }
}

impl fmt::Display for QuestionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for QuestionKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        QuestionKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// The right answer of a question: a JSON boolean for a statement, a string for the rest.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CorrectAnswer {
    /// Whether the statement is true.
    Truth(bool),
    /// The right option, or the words that answer.
    Text(String),
}

/// A question as an author drafts it: not yet checked, so never shown. Its JSON is that of the wire contract with
/// fields added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionDraft {
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: QuestionKind,
    /// The stem, or the statement to judge.
    pub question: String,
    /// What may be chosen: four options, "True" and "False", or nothing.
    pub options: Vec<String>,
    /// The right answer; of a multiple choice it is one of the options, letter for letter.
    pub correct_answer: CorrectAnswer,
    /// Other ways to write the right answer of a short answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acceptable_answers: Vec<String>,
    /// Why it is right: the passage of the notes.
    pub explanation: String,
    /// What it counts.
    pub points: u32,
    /// What it is about: a heading or key term of the notes.
    pub topic: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Which of the texts that the author was given, from 0.
    pub text: usize,
    /// The quote in that text.
    pub span: Span,
}

/// What a request for a quiz may choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuizOptions {
    /// How many questions, 1 to 200.
    pub question_count: u32,
    /// How hard.
    pub difficulty: DifficultyChoice,
    /// Which kinds of question; none means all.
    pub question_types: Vec<QuestionKind>,
    /// Only about this, if given.
    pub topic: Option<String>,
}

impl Default for QuizOptions {
    fn default() -> Self {
        Self {
            question_count: 10,
            difficulty: DifficultyChoice::default(),
            question_types: QuestionKind::ALL.to_vec(),
            topic: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_answer_of_a_statement_is_a_json_boolean() {
        let json = |answer| serde_json::to_string(&answer).expect("it is plain data");
        assert_eq!(json(CorrectAnswer::Truth(true)), "true");
        assert_eq!(json(CorrectAnswer::Text("osmosis".to_owned())), "\"osmosis\"");
        let back: CorrectAnswer = serde_json::from_str("false").expect("a boolean");
        assert_eq!(back, CorrectAnswer::Truth(false));
    }

    #[test]
    fn kinds_are_read_back_from_the_words_of_the_wire() {
        for kind in QuestionKind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("essay".parse::<QuestionKind>().is_err());
    }
}
