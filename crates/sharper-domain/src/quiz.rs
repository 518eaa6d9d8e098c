//! Questions of quizzes and exams: what may be chosen, drafts as an author writes them, and what is kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Author, Difficulty, DifficultyChoice, QuestionId, Source, Span, Verdict};

/// How a question is answered.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// By choosing one of several options.
    MultipleChoice,
    /// By judging a statement.
    TrueFalse,
    /// By a few words.
    ShortAnswer,
    /// By a few sentences, marked by a rubric. Only exams ask for them.
    Essay,
}

impl QuestionKind {
    /// All of them, the ones of a quiz first.
    pub const ALL: [QuestionKind; 4] = [
        QuestionKind::MultipleChoice,
        QuestionKind::TrueFalse,
        QuestionKind::ShortAnswer,
        QuestionKind::Essay,
    ];
    /// Those that a quiz may hold, in the order of the wire contract.
    pub const QUIZ: [QuestionKind; 3] =
        [QuestionKind::MultipleChoice, QuestionKind::TrueFalse, QuestionKind::ShortAnswer];

    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            QuestionKind::MultipleChoice => "multiple_choice",
            QuestionKind::TrueFalse => "true_false",
            QuestionKind::ShortAnswer => "short_answer",
            QuestionKind::Essay => "essay",
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
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum CorrectAnswer {
    /// Whether the statement is true.
    Truth(bool),
    /// The right option, or the words that answer.
    Text(String),
}

impl CorrectAnswer {
    /// In words: "True", "False", or the text.
    pub fn as_str(&self) -> &str {
        match self {
            CorrectAnswer::Truth(true) => "True",
            CorrectAnswer::Truth(false) => "False",
            CorrectAnswer::Text(text) => text,
        }
    }
}

/// One thing that an essay must say to earn points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Criterion {
    /// What it must say.
    pub criterion: String,
    /// What that earns.
    pub points: u32,
    /// The words of the notes that say it, byte for byte.
    pub quote: String,
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
    /// What earns the points of an essay; empty for the other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rubric: Vec<Criterion>,
    /// The section of the exam it belongs to; `None` in a quiz.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// What it is about: a heading or key term of the notes.
    pub topic: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Which of the texts that the author was given, from 0.
    pub text: usize,
    /// The quote in that text.
    pub span: Span,
}

/// A question that was checked and accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: QuestionKind,
    /// The stem, or the statement to judge.
    pub question: String,
    /// What may be chosen; nothing where words are to be written.
    pub options: Vec<String>,
    /// The right answer; of a multiple choice it is one of the options, letter for letter. Of an essay, a model answer.
    pub correct_answer: CorrectAnswer,
    /// Other ways to write the right answer of a short answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acceptable_answers: Vec<String>,
    /// Why it is right: the passage of the notes.
    pub explanation: String,
    /// What it counts.
    pub points: u32,
    /// What earns the points of an essay; empty for the other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rubric: Vec<Criterion>,
    /// The section of the exam it belongs to; `None` in a quiz.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// What it is about: a heading or key term of the notes.
    pub topic: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// The passage it is quoted from.
    pub source: Source,
    /// What the checks found.
    pub verdict: Verdict,
    /// Who wrote it.
    pub author: Author,
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
            question_types: QuestionKind::QUIZ.to_vec(),
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
        assert!("riddle".parse::<QuestionKind>().is_err());
    }
}
