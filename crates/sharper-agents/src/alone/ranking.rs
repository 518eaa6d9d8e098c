//! Ranking: which notes say most about a question, by `study::retrieve`.
//!
//! An index takes longer to make than to ask, so the last few are kept; each is of certain versions of certain notes,
//! and a change makes another.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use sharper_domain::{NoteId, UserId};
use sharper_study::retrieve::{Index, Query};

use crate::context::NoteText;

/// Indexes kept at most.
const KEPT: usize = 16;
/// Bytes that the kept indexes take together at most.
const KEPT_BYTES: usize = 48 * 1024 * 1024;
/// Passages looked at for each note that is wanted: a note may hold several good ones.
const PASSAGES_PER_NOTE: usize = 4;

/// What an index was made of.
#[derive(PartialEq, Eq)]
struct Made {
    user: UserId,
    notes: Vec<(NoteId, i32)>,
}

/// The indexes that were used last.
#[derive(Default)]
pub(crate) struct Shelves {
    kept: Mutex<VecDeque<(Made, Arc<Index>)>>,
}

impl Shelves {
    /// The notes that hold something of `query`, as places in `notes` with a score above 0 and at most 1, best first.
    pub(super) fn rank(
        &self,
        user: &UserId,
        notes: &[NoteText],
        query: &str,
        most: usize,
    ) -> Vec<(usize, f64)> {
        let index = self.index(user, notes);
        let found = index.search(&Query { limit: most * PASSAGES_PER_NOTE, ..Query::new(query) });
        let mut ranked: Vec<(usize, f64)> = Vec::new();
        for passage in found.passages {
            if ranked.len() < most && !ranked.iter().any(|&(note, _)| note == passage.note) {
                ranked.push((passage.note, f64::from(passage.score)));
            }
        }
        ranked
    }

    /// The index over these notes, made now or kept from before.
    pub(crate) fn index(&self, user: &UserId, notes: &[NoteText]) -> Arc<Index> {
        let made =
            Made { user: user.clone(), notes: notes.iter().map(|note| (note.id, note.version)).collect() };
        if let Some((_, index)) = self.lock().iter().find(|(kept, _)| *kept == made) {
            return index.clone();
        }
        let mut index = Index::default();
        for note in notes {
            index.add(&note.title, &note.content);
        }
        let index = Arc::new(index);
        let mut kept = self.lock();
        kept.retain(|(other, _)| other.user != made.user);
        kept.push_front((made, index.clone()));
        let mut bytes = 0;
        let mut place = 0;
        kept.retain(|(_, index)| {
            bytes += index.bytes();
            place += 1;
            place <= KEPT && bytes <= KEPT_BYTES
        });
        index
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<(Made, Arc<Index>)>> {
        // A panic while it is held leaves a list that is short of an index, and no worse.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::Timestamp;

    fn notes(texts: &[&str]) -> Vec<NoteText> {
        let note = |text: &&str| NoteText {
            id: NoteId::new(Timestamp::UNIX_EPOCH),
            title: String::new(),
            version: 1,
            content: (*text).to_owned(),
        };
        texts.iter().map(note).collect()
    }

    fn check(query: &str, texts: &[&str], wanted: &[usize]) {
        let ranked = Shelves::default().rank(&"ana".parse().unwrap(), &notes(texts), query, 5);
        assert_eq!(ranked.iter().map(|&(place, _)| place).collect::<Vec<_>>(), wanted, "{query}");
        assert!(ranked.iter().all(|&(_, score)| score > 0.0 && score <= 1.0));
    }

    #[test]
    fn the_note_that_holds_more_of_the_question_comes_first() {
        let notes = ["Money is a medium of exchange.", "Cells divide.", "Cells divide by mitosis."];
        check("How do cells divide in mitosis?", &notes, &[2, 1]);
    }

    #[test]
    fn a_note_that_shares_nothing_is_not_found() {
        check("photosynthesis", &["Cells divide.", ""], &[]);
        check("", &["Cells divide."], &[]);
        check("cells", &[], &[]);
    }

    #[test]
    fn a_note_is_named_once_however_many_of_its_passages_fit() {
        let long =
            "# One\n\nMitosis divides cells.\n\n# Two\n\nMitosis has phases.\n\n# Three\n\nMitosis ends.";
        check("mitosis", &[long, "Mitosis is told of here too."], &[0, 1][..]);
    }

    #[test]
    fn an_edit_is_found_and_the_old_words_are_not() {
        let (shelves, user) = (Shelves::default(), "ana".parse().unwrap());
        let mut notes = notes(&["Cells divide."]);
        assert_eq!(shelves.rank(&user, &notes, "cells", 5).len(), 1);
        (notes[0].content, notes[0].version) = ("Money is exchanged.".into(), 2);
        assert_eq!(shelves.rank(&user, &notes, "cells", 5).len(), 0);
        assert_eq!(shelves.rank(&user, &notes, "money", 5).len(), 1);
    }
}
