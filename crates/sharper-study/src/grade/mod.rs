//! Grading: what a typed answer earns, point by point, with the words that earned it. No model.
//!
//! A choice is held against the key. A short answer is held against points made from the key, the acceptable answers and the
//! quote. An essay needs a reader: without a model or a person it is not graded.
//! Where a rule is in doubt, nothing is earned: a wrong answer must not pass.

mod alike;
mod amounts;
mod essay;
mod extent;
mod figures;
mod forms;
mod list;
mod matching;
mod numbers;
mod polarity;
mod segments;
mod short;
mod terms;
mod units;
mod words;

use sharper_domain::{
    CorrectAnswer, GradedBy, GradedPoint, Grading, Question, QuestionKind, Span, attempt::worth,
};

pub use essay::criteria;
pub use terms::Terms;

/// What the rules found, and how sure they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The grading; `None` where the rules cannot grade.
    pub grading: Option<Grading>,
    /// Whether the rules are sure. Where they are not, a model may look, and what they give stands without one.
    pub certain: bool,
}

/// Why a point earned less than all: the words that stand in [`GradedPoint::why`].
pub mod why {
    /// Nothing in the answer says it.
    pub const MISSING: &str = "missing";
    /// Another number.
    pub const NUMBER: &str = "number";
    /// No unit, or another one.
    pub const UNIT: &str = "unit";
    /// It is denied, or what is denied is affirmed.
    pub const NEGATION: &str = "negation";
    /// Another term.
    pub const OTHER_TERM: &str = "other_term";
    /// Several answers to choose from.
    pub const GUESSES: &str = "guesses";
    /// The opposite.
    pub const CONTRADICTION: &str = "contradiction";
}

/// What `answer` earns by the key and the rules alone; `None` where they cannot grade it. The quote, the options and the
/// explanation of the question are all that is known of the notes; [`assess`] takes more.
pub fn answer(question: &Question, answer: &str) -> Option<Grading> {
    assess(question, answer, &Terms::default()).grading
}

/// What `answer` earns by the key and the rules, where `terms` are the other words of the notes: a misspelling is never taken
/// for one of them, and one of them never for a misspelling.
pub fn assess(question: &Question, answer: &str, terms: &Terms) -> Assessment {
    match question.kind {
        QuestionKind::MultipleChoice | QuestionKind::TrueFalse => {
            Assessment { grading: Some(choice(question, answer)), certain: true }
        }
        QuestionKind::ShortAnswer => short::assess(question, answer, terms),
        QuestionKind::Essay => essay::assess(question, answer),
    }
}

/// A choice is right when it is the right option, letter for letter but for white space at its ends; a judgement of a
/// statement also in any case.
fn choice(question: &Question, answer: &str) -> Grading {
    let key = question.correct_answer.as_str().trim();
    let said = answer.trim();
    let right = match question.correct_answer {
        CorrectAnswer::Truth(_) => said.eq_ignore_ascii_case(key),
        CorrectAnswer::Text(_) if question.kind == QuestionKind::TrueFalse => said.eq_ignore_ascii_case(key),
        CorrectAnswer::Text(_) => said == key,
    };
    let why = match (right, said.is_empty()) {
        (true, _) => None,
        (false, true) => Some(why::MISSING),
        (false, false) => Some(why::OTHER_TERM),
    };
    let of = worth(question);
    let start = answer.len() - answer.trim_start().len();
    let words = if right { vec![Span { start, end: start + said.len() }] } else { Vec::new() };
    let point = point(key, question, of, if right { of } else { 0 }, words, why);
    grading(vec![point], GradedBy::Key)
}

/// A point of a question's own quote.
fn point(
    said: &str,
    question: &Question,
    of: u32,
    earned: u32,
    words: Vec<Span>,
    why: Option<&'static str>,
) -> GradedPoint {
    GradedPoint {
        point: said.to_owned(),
        quote: question.source.quote.clone(),
        of,
        earned,
        words,
        why: why.map(str::to_owned),
    }
}

/// Adds points up.
fn grading(parts: Vec<GradedPoint>, by: GradedBy) -> Grading {
    Grading {
        points: parts.iter().map(|part| part.earned).sum(),
        of: parts.iter().map(|part| part.of).sum(),
        parts,
        by,
    }
}
