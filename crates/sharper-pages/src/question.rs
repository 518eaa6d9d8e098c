//! One question as the pages of a quiz and of an exam show it.

use std::borrow::Cow;

use sharper_domain::{CorrectAnswer, Criterion, Question, QuestionKind};

use crate::card::difficulty_key;
use crate::item::{answer, options, question_key};
use crate::library::passage_href;
use crate::{Frame, Locale};

/// A question to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionView {
    /// Its number in the quiz or exam, from 1.
    pub number: u32,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The stem, or the statement to judge.
    pub question: String,
    /// What may be chosen, and whether it is right.
    pub options: Vec<(String, bool)>,
    /// The right answer in words; of an essay, a model answer.
    pub answer: String,
    /// Other ways to write it.
    pub acceptable: Vec<String>,
    /// Why it is right.
    pub explanation: String,
    /// What it counts.
    pub points: u32,
    /// What earns the points of an essay.
    pub rubric: Vec<Criterion>,
    /// What it is about.
    pub topic: String,
    /// The message key of its difficulty.
    pub difficulty: &'static str,
    /// The words of the notes, byte for byte.
    pub quote: String,
    /// The address of those words in their note.
    pub passage: String,
}

impl QuestionView {
    /// A question under its number, with our own words in a language.
    pub fn of(number: u32, question: &Question, locale: Locale) -> Self {
        let right = |place: usize, text: &str| match &question.correct_answer {
            CorrectAnswer::Truth(truth) => (place == 0) == *truth,
            CorrectAnswer::Text(answer) => answer == text,
        };
        let options = options(question, locale).into_iter().enumerate();
        Self {
            number,
            kind: question.kind,
            question: question.question.clone(),
            options: options.map(|(place, text)| (text.clone(), right(place, &text))).collect(),
            answer: answer(&question.correct_answer, locale).into_owned(),
            acceptable: question.acceptable_answers.clone(),
            explanation: question.explanation.clone(),
            points: question.points,
            rubric: question.rubric.clone(),
            topic: question.topic.clone(),
            difficulty: difficulty_key(question.difficulty),
            quote: question.source.quote.clone(),
            passage: passage_href(&question.source),
        }
    }

    /// Whether it is answered by choosing.
    pub(crate) fn is_choice(&self) -> bool {
        !self.options.is_empty()
    }

    /// Whether several sentences are to be written.
    pub(crate) fn is_essay(&self) -> bool {
        self.kind == QuestionKind::Essay
    }

    /// The explanation, unless it only says the quote again.
    pub(crate) fn reason(&self) -> &str {
        let explanation = self.explanation.trim();
        if self.quote.contains(explanation) { "" } else { explanation }
    }

    /// The letter of an option.
    pub(crate) fn letter(&self, place: &usize) -> char {
        char::from(b'A' + u8::try_from(place % 26).unwrap_or(0))
    }

    /// Every wording that is right, for a script.
    pub(crate) fn accepted(&self) -> Vec<&str> {
        std::iter::once(&self.answer).chain(&self.acceptable).map(String::as_str).collect()
    }

    pub(crate) fn also(&self, frame: &Frame) -> Option<Cow<'static, str>> {
        let answers = self.acceptable.join(" · ");
        (!answers.is_empty()).then(|| frame.locale.with("quiz-also", &[("answers", answers.as_str().into())]))
    }

    /// What kind it is, how hard and what it counts, in one line.
    pub(crate) fn facts(&self, frame: &Frame) -> String {
        let points = frame.locale.n("item-points", self.points);
        format!("{} · {} · {points}", frame.t(question_key(self.kind)), frame.t(self.difficulty))
    }
}
