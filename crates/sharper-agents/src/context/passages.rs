//! Retrieval for the tutor: the passages of the notes that a question is about, and how likely they answer it.

use std::sync::Arc;

use sharper_domain::{Span, UserId};
use sharper_study::retrieve::Query;

use super::NoteText;
use crate::alone::ranking::Shelves;

/// Passages that the tutor reads.
const PASSAGES: usize = 8;
/// Notes that they come from at most.
const NOTES: usize = 6;

/// A passage that a question is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Passage {
    /// Which of the texts.
    pub(crate) text: usize,
    /// Its bytes there.
    pub(crate) span: Span,
    /// The bytes of the sentence in it that fits best.
    pub(crate) sentence: Span,
    /// How well it fits, above 0 and up to 1.
    pub(crate) score: f32,
    /// How likely it answers the question, 0 to 1.
    pub(crate) answerable: f32,
}

/// The notes that hold something on a question, and where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Retrieved {
    pub(crate) texts: Vec<NoteText>,
    pub(crate) passages: Vec<Passage>,
}

impl Retrieved {
    /// Looks `question` up in `notes` and keeps only the notes that hold something of it.
    pub(crate) fn look_up(
        shelves: &Arc<Shelves>,
        user: &UserId,
        notes: Vec<NoteText>,
        question: &str,
    ) -> Self {
        let index = shelves.index(user, &notes);
        let found = index.search(&Query { limit: PASSAGES, ..Query::new(question) });
        let mut places: Vec<usize> = Vec::new();
        let mut passages = Vec::new();
        for passage in found.passages {
            let place = places.iter().position(|known| *known == passage.note);
            let text = match place {
                Some(text) => text,
                None if places.len() < NOTES => {
                    places.push(passage.note);
                    places.len() - 1
                }
                None => continue,
            };
            passages.push(Passage {
                text,
                span: passage.span,
                sentence: passage.sentence,
                score: passage.score,
                answerable: passage.answerable,
            });
        }
        // A question about the notes as a whole finds nothing, and is about the newest.
        for place in 0..notes.len() {
            if places.len() >= NOTES.min(notes.len()) {
                break;
            }
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let mut notes: Vec<Option<NoteText>> = notes.into_iter().map(Some).collect();
        let texts = places.into_iter().filter_map(|place| notes[place].take()).collect();
        Self { texts, passages }
    }
}
