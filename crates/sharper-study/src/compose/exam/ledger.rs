//! The ledger: what the questions of an exam say and ask, so that none gives away another and no two ask the same.

use rustc_hash::FxHashSet;
use sharper_domain::{CorrectAnswer, QuestionDraft, QuestionKind, Span};

use crate::text::{Language, content, key};

/// Share of common stems from which two stems ask the same.
const SAME: f32 = 0.7;

/// Share of the words of a question that, with its key, tell its answer.
const TELLING: f32 = 0.5;

/// A question, read for comparison.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The stem, and each option, as it is shown.
    said: Vec<Shown>,
    /// The key in canonical form between spaces; `None` where it says nothing by itself (true, false, an essay).
    key: Option<String>,
    asks: FxHashSet<String>,
    kind: QuestionKind,
    text: usize,
    span: Span,
}

/// A stretch of text that everyone who sits the exam can read.
#[derive(Debug, Clone)]
struct Shown {
    /// In canonical form between spaces.
    words: String,
    stems: FxHashSet<String>,
}

impl Shown {
    fn of(text: &str) -> Self {
        Shown { words: canonical(text), stems: content(text, Language::English).into_iter().collect() }
    }
}

impl Entry {
    pub(super) fn of(question: &QuestionDraft) -> Self {
        let key = match &question.correct_answer {
            CorrectAnswer::Text(text) if question.kind != QuestionKind::Essay => Some(canonical(text)),
            _ => None,
        };
        let mut said = vec![Shown::of(&question.question)];
        if question.kind == QuestionKind::MultipleChoice {
            said.extend(question.options.iter().map(|option| Shown::of(option)));
        }
        Entry {
            said,
            key: key.filter(|key| !key.trim().is_empty()),
            asks: content(&question.question, Language::English).into_iter().collect(),
            kind: question.kind,
            text: question.text,
            span: question.span,
        }
    }

    /// Whether the stem or an option states the key of the other, together with what the other asks. A key that only
    /// stands among other terms tells nobody what it is the answer to: questions of one exam share their terms.
    fn gives_away(&self, other: &Entry) -> bool {
        let Some(key) = &other.key else { return false };
        let asked: Vec<&String> =
            other.asks.iter().filter(|stem| !key.contains(format!(" {stem}").as_str())).collect();
        let tells = |shown: &Shown| {
            let told = asked.iter().filter(|stem| shown.stems.contains(**stem)).count();
            shown.words.contains(key.as_str()) && told as f32 >= TELLING * asked.len() as f32
        };
        self.said.iter().any(tells)
    }

    /// Whether both ask for the same: of one sentence, or in nearly the same words.
    fn repeats(&self, other: &Entry) -> bool {
        let essay = |entry: &Entry| entry.kind == QuestionKind::Essay;
        if essay(self) != essay(other) {
            return false;
        }
        if self.text == other.text && self.span.start < other.span.end && other.span.start < self.span.end {
            return true;
        }
        let common = self.asks.intersection(&other.asks).count() as f32;
        let all = (self.asks.len() + other.asks.len()) as f32 - common;
        self.kind == other.kind && common >= SAME * all && common > 0.0 && !essay(self)
    }
}

/// Canonical form between spaces, what stands in brackets included.
fn canonical(text: &str) -> String {
    format!(" {} ", key(&text.replace(['(', ')'], " "), Language::English))
}

/// The questions that were accepted so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    entries: Vec<Entry>,
}

impl Ledger {
    /// Whether a question can stand beside those accepted.
    pub(super) fn allows(&self, entry: &Entry) -> bool {
        self.entries
            .iter()
            .all(|other| !entry.repeats(other) && !entry.gives_away(other) && !other.gives_away(entry))
    }

    pub(super) fn accept(&mut self, entry: Entry) {
        self.entries.push(entry);
    }
}
