//! Essays: only an empty one is graded without a reader. Whether a criterion is met is a judgement that rules cannot make, and
//! half marks for matching words would reward who copies the question.

use sharper_domain::attempt::worth;
use sharper_domain::{GradedBy, Question};

use super::words::Kind;
use super::{Assessment, grading, point, why};
use crate::text::guess;

/// An essay without a word earns nothing; any other needs a reader.
pub(super) fn assess(question: &Question, answer: &str) -> Assessment {
    let said = super::words::pieces(answer, guess(answer));
    if said.iter().any(|piece| piece.kind != Kind::Mark) {
        return Assessment { grading: None, certain: false };
    }
    let parts = criteria(question)
        .into_iter()
        .map(|(said, of)| point(&said, question, of, 0, Vec::new(), Some(why::MISSING)))
        .collect();
    Assessment { grading: Some(grading(parts, GradedBy::Rules)), certain: true }
}

/// What an essay has to say, and what each counts in hundredths: its rubric, or its model answer as one.
pub fn criteria(question: &Question) -> Vec<(String, u32)> {
    if question.rubric.is_empty() {
        return vec![(question.correct_answer.as_str().to_owned(), worth(question))];
    }
    question.rubric.iter().map(|one| (one.criterion.clone(), one.points.saturating_mul(100))).collect()
}
