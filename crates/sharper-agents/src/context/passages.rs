//! Retrieval for the tutor: the passages of the notes that a question is about, and how likely they answer it.

use sharper_domain::{NoteId, Problem, Span, UserId};

use super::NoteText;
use crate::shelves::Search;
use crate::{Agents, problem_of};

/// Passages that the tutor reads.
const PASSAGES: usize = 8;
/// Notes that they come from at most.
const NOTES: usize = 6;
/// How much the passages are to differ: the same thing said twice tells the tutor no more.
const DIVERSITY: f32 = 0.2;

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
    /// How many notes were looked through.
    pub(crate) looked_at: usize,
}

impl Retrieved {
    /// Looks `question` up in the user's notes, or in those named, and keeps the notes that hold something of it. A
    /// question about the notes as a whole finds little, and is about the newest.
    pub(crate) async fn look_up(
        agents: &Agents,
        user: &UserId,
        named: &[NoteId],
        question: &str,
    ) -> Result<Self, Problem> {
        let search =
            Search { notes: named.to_vec(), diversity: DIVERSITY, ..Search::new(question, PASSAGES) };
        let found = agents.find(user, &search).await?;
        let passages = found.passages.iter().filter(|passage| passage.note < NOTES).map(|passage| Passage {
            text: passage.note,
            span: passage.span,
            sentence: passage.sentence,
            score: passage.score,
            answerable: passage.answerable,
        });
        let passages = passages.collect();
        let mut texts: Vec<NoteText> = found.notes.into_iter().take(NOTES).map(NoteText::from).collect();
        if texts.len() < NOTES.min(found.searched) {
            let more = match named {
                [] => agents.store.recent_notes(user.clone(), NOTES as u32).await,
                named => agents.store.notes_named(user.clone(), named.to_vec()).await,
            };
            for note in more.map_err(problem_of)? {
                if texts.len() < NOTES && texts.iter().all(|text| text.id != note.id) {
                    texts.push(NoteText::from(note));
                }
            }
        }
        Ok(Self { texts, passages, looked_at: found.searched })
    }
}
