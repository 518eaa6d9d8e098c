//! The words of the notes: what a misspelling must not be taken for.

use rustc_hash::FxHashSet;

use super::words::{Kind, pieces};
use crate::text::guess;

/// The words that notes hold. A typed word that is one of them is never a misspelling of another.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    folded: FxHashSet<String>,
    stems: FxHashSet<String>,
}

impl Terms {
    /// The words of these texts: the notes that a question was made from, or as much of them as is at hand.
    pub fn of<T: AsRef<str>>(texts: &[T]) -> Terms {
        let mut terms = Terms::default();
        for text in texts.iter().map(AsRef::as_ref) {
            terms.add(text);
        }
        terms
    }

    /// Adds the words of a text.
    pub(super) fn add(&mut self, text: &str) {
        for piece in pieces(text, guess(text)).into_iter().filter(|piece| piece.kind == Kind::Word) {
            self.folded.insert(piece.folded);
            self.stems.insert(piece.stem);
        }
    }

    /// Whether the notes hold a word, in this or another form.
    pub(super) fn holds(&self, folded: &str, stem: &str) -> bool {
        self.folded.contains(folded) || self.stems.contains(stem)
    }
}
