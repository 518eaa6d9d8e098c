//! Questions as a paper asks them.

use sharper_domain::{
    Author, CorrectAnswer, Difficulty, NoteId, Question, QuestionId, QuestionKind, Scores, Source, Timestamp,
    Verdict,
};

/// A short question of one point; `forms` are the other ways to write its key, a bar between.
pub(crate) fn short(stem: &str, key: &str, forms: &str, quote: &str) -> Question {
    Question {
        id: QuestionId::new(Timestamp::UNIX_EPOCH),
        kind: QuestionKind::ShortAnswer,
        question: stem.to_owned(),
        options: Vec::new(),
        correct_answer: CorrectAnswer::Text(key.to_owned()),
        acceptable_answers: forms.split('|').filter(|form| !form.is_empty()).map(str::to_owned).collect(),
        explanation: quote.to_owned(),
        points: 1,
        rubric: Vec::new(),
        section: None,
        topic: String::new(),
        difficulty: Difficulty::Medium,
        source: Source {
            note_id: NoteId::new(Timestamp::UNIX_EPOCH),
            note_version: 1,
            start: 0,
            end: quote.len(),
            quote: quote.to_owned(),
        },
        verdict: Verdict { scores: Scores { safety: 1.0, quality: 1.0, accuracy: 1.0 }, faults: Vec::new() },
        author: Author::Offline,
    }
}
