//! Exams: whether one question tells the answer of another.

use sharper_domain::{CorrectAnswer, QuestionDraft};

use super::source::Source;
use super::words::{Role, Word};

/// Share of the words of a question that, with its answer, tell what it asks.
const TELLING: f64 = 0.5;

/// What the accepted questions of an exam ask, answer and show.
#[derive(Debug, Default)]
pub(super) struct Told {
    questions: Vec<Sides>,
}

/// A question as sorted stems.
#[derive(Debug)]
struct Sides {
    stem: Vec<String>,
    key: Vec<String>,
}

impl Sides {
    fn of(question: &QuestionDraft, source: &Source) -> Sides {
        let key = match &question.correct_answer {
            CorrectAnswer::Text(key) => stems(&source.read(key)),
            // A statement has no answer that another question could tell but itself.
            CorrectAnswer::Truth(_) => Vec::new(),
        };
        let shown = stems(&source.read(&question.question));
        Sides { stem: shown, key }
    }

    /// Whether this question's stem says the other's answer together with what the other asks.
    fn gives_away(&self, other: &Sides) -> bool {
        let says = |stem: &&String| self.stem.binary_search(stem).is_ok();
        let asked: Vec<&String> = other.stem.iter().filter(|stem| other.key.binary_search(stem).is_err()).collect();
        let told = asked.iter().filter(|stem| says(stem)).count();
        !other.key.is_empty()
            && !asked.is_empty()
            && other.key.iter().all(|stem| says(&stem))
            && told as f64 >= TELLING * asked.len() as f64
    }
}

impl Told {
    /// Remembers a question.
    pub(super) fn insert(&mut self, question: &QuestionDraft, source: &Source) {
        self.questions.push(Sides::of(question, source));
    }

    /// Whether a question tells the answer of one remembered, or one of those its answer.
    pub(super) fn clashes(&self, question: &QuestionDraft, source: &Source) -> bool {
        let new = Sides::of(question, source);
        self.questions.iter().any(|old| new.gives_away(old) || old.gives_away(&new))
    }
}

fn stems(words: &[Word]) -> Vec<String> {
    let content = words.iter().filter(|word| word.role == Role::Content);
    let mut stems: Vec<String> = content.map(|word| word.stem.clone()).collect();
    stems.sort_unstable();
    stems.dedup();
    stems
}
