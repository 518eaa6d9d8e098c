//! The ledger: what the questions of an exam say and ask, so that none gives away another and no two ask the same.

use rustc_hash::FxHashSet;
use sharper_domain::{CorrectAnswer, QuestionDraft, QuestionKind, Span};

use crate::text::{Language, content, key};

/// Share of common stems from which two stems ask the same.
const SAME: f32 = 0.7;

/// A question, read for comparison.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Stem and options in canonical form, each between spaces.
    said: Vec<String>,
    /// The key in canonical form between spaces; `None` where it says nothing by itself (true, false, an essay).
    key: Option<String>,
    asks: FxHashSet<String>,
    kind: QuestionKind,
    text: usize,
    span: Span,
}

impl Entry {
    pub(super) fn of(question: &QuestionDraft) -> Self {
        let key = match &question.correct_answer {
            CorrectAnswer::Text(text) if question.kind != QuestionKind::Essay => Some(canonical(text)),
            _ => None,
        };
        let mut said = vec![canonical(&question.question)];
        if question.kind == QuestionKind::MultipleChoice {
            said.extend(question.options.iter().map(|option| canonical(option)));
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

    /// Whether the stem or an option states the key of the other.
    fn gives_away(&self, other: &Entry) -> bool {
        other.key.as_ref().is_some_and(|key| self.said.iter().any(|said| said.contains(key.as_str())))
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
