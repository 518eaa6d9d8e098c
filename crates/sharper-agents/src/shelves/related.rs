//! Related: the notes that are like a note, by the mean of its vectors, or else by the words that tell it apart.

use std::sync::Arc;

use sharper_domain::{NoteId, Problem, Span, UserId};
use sharper_store::vectors::Asked;
use sharper_study::retrieve::{Near, Passage};

use super::find::{Findings, Hits, Mode, Search, anchor};
use super::holdings::{Close, Holdings};
use super::{FoundPassage, Shelf};
use crate::{Agents, problem_of};

/// Words that a note is looked up by.
const WORDS: usize = 16;
/// Least cosine, in standard deviations over all passages, of a note that is like another.
const LIKE: f32 = 1.0;
/// Passages that are looked at: of one note there may be many.
const MOST: u32 = 2_000;

/// A passage that is like a note: which note, in which version, where, under which headings, and how near.
type Like = (NoteId, i32, Span, Vec<String>, f32);

impl Agents {
    /// The user's notes that are like one of them, that one left out, best first, each with its passage that is most so.
    ///
    /// # Errors
    /// `NotFound` where the note is none of the user's.
    pub async fn related(&self, user: &UserId, id: NoteId, limit: usize) -> Result<Findings, Problem> {
        let note = self.store.note(user.clone(), id).await.map_err(problem_of)?;
        let shelf = self.shelf(user).await?;
        let near = match self.store.finds_nearest() {
            true => self.near_in_database(user, &shelf, id, limit).await?,
            false => {
                let shelf = Arc::clone(&shelf);
                self.desk(move || shelf.read(|holdings| by_vectors(holdings, id, limit))).await?
            }
        };
        if let Some(near) = near {
            return self.with_notes(user, near, shelf.read(Holdings::count)).await;
        }
        let content = note.title + "\n" + &note.content;
        let hits = move || {
            shelf.read(|holdings| {
                let words = holdings.index().telling_words(&content, WORDS).join(" ");
                let search = Search { once_per_note: true, ..Search::new(words, limit + 1) };
                Hits::look(holdings, &search, None)
            })
        };
        let mut hits = self.desk(hits).await?;
        hits.passages.retain(|(found, ..)| *found != id);
        hits.passages.truncate(limit);
        let ids = hits.passages.iter().map(|(id, ..): &(NoteId, i32, Passage)| *id).collect();
        let notes = self.store.notes_named(user.clone(), ids).await.map_err(problem_of)?;
        Ok(hits.findings(notes))
    }

    async fn near_in_database(
        &self,
        user: &UserId,
        shelf: &Arc<Shelf>,
        id: NoteId,
        limit: usize,
    ) -> Result<Option<Vec<Like>>, Problem> {
        let Some(model) = self.embedding_model() else { return Ok(None) };
        let mean = self.store.mean_vector(user.clone(), model.clone(), id).await.map_err(problem_of)?;
        let Some(vector) = mean else { return Ok(None) };
        let asked = Asked { model, vector, most: MOST, ..Asked::default() };
        let near = self.store.nearest(user.clone(), asked).await.map_err(problem_of)?;
        let shelf = Arc::clone(shelf);
        let like = move |holdings: &Holdings| like(holdings, id, limit, &holdings.placed(&near));
        Ok(Some(self.desk(move || shelf.read(like)).await?))
    }

    async fn with_notes(&self, user: &UserId, near: Vec<Like>, searched: usize) -> Result<Findings, Problem> {
        let ids = near.iter().map(|(id, ..)| *id).collect();
        let notes = self.store.notes_named(user.clone(), ids).await.map_err(problem_of)?;
        let passage = |(id, version, span, path, cosine): Like| {
            let note = notes.iter().position(|note| note.id == id && note.version == version)?;
            Some(FoundPassage {
                note,
                span,
                sentence: span,
                path,
                anchor: anchor(&notes[note].anchors, span.start),
                score: cosine.clamp(f32::MIN_POSITIVE, 1.0),
                similarity: Some(cosine),
                answerable: 0.0,
            })
        };
        let passages = near.into_iter().filter_map(passage).collect();
        Ok(Findings { passages, searched, mode: Mode::Hybrid, answerable: 0.0, notes })
    }
}

/// The nearest passage of each note that is like one; `None` where that one has no vectors.
fn by_vectors(holdings: &Holdings, id: NoteId, limit: usize) -> Option<Vec<Like>> {
    let mean = holdings.mean_vector(id)?;
    Some(like(holdings, id, limit, &holdings.nearest(&mean, MOST as usize)))
}

fn like(holdings: &Holdings, id: NoteId, limit: usize, close: &Close) -> Vec<Like> {
    let mut found: Vec<Like> = Vec::new();
    for &Near { note, place, cosine } in &close.known {
        let Some(held) = holdings.at(note).filter(|held| held.id != id) else { continue };
        if found.len() == limit || cosine < close.mean + LIKE * close.deviation {
            break;
        }
        if found.iter().all(|(known, ..)| *known != held.id)
            && let Some((span, path)) = holdings.index().stands_at(note, place)
        {
            found.push((held.id, held.version, span, path, cosine));
        }
    }
    found
}
