//! Finding: a question in, passages of the user's notes out, each with its place in a note and that note's text.

use std::collections::HashSet;
use std::sync::Arc;

use sharper_domain::{Anchor, Note, NoteId, Problem, Span, UserId};
use sharper_store::vectors::Asked;
use sharper_study::retrieve;

use super::Shelf;
use super::holdings::{Holdings, NEAREST};
use crate::{Agents, problem_of};

/// Passages looked at for each note, where each note is wanted once: it may hold several good ones.
const PASSAGES_PER_NOTE: usize = 4;
/// How often it is looked again where a note was changed between finding a passage of it and reading it.
const TRIES: u32 = 3;

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// The question.
    pub text: String,
    /// Most passages that are wanted.
    pub limit: usize,
    /// Only in these notes; empty means all.
    pub notes: Vec<NoteId>,
    /// Whether of each note only the best passage is wanted.
    pub once_per_note: bool,
    /// How much passages are to differ from each other, 0 to 1.
    pub diversity: f32,
    /// Whether the last word may go on: it is being typed.
    pub unfinished: bool,
}

impl Search {
    /// The best passages of all notes.
    pub fn new(text: impl Into<String>, limit: usize) -> Self {
        Self {
            text: text.into(),
            limit,
            notes: Vec::new(),
            once_per_note: false,
            diversity: 0.0,
            unfinished: false,
        }
    }
}

/// What a search went by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Words alone: no model made vectors, or none answered in time.
    #[default]
    Lexical,
    /// Words and vectors.
    Hybrid,
}

impl Mode {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Lexical => "lexical",
            Mode::Hybrid => "hybrid",
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// The notes that hold the passages, each once, by their best passage.
    pub notes: Vec<Note>,
    /// The passages, best first.
    pub passages: Vec<FoundPassage>,
    /// How likely it is that the notes answer the question, 0 to 1.
    pub answerable: f32,
    /// How many notes were looked through.
    pub searched: usize,
    /// What was gone by.
    pub mode: Mode,
}

/// A passage, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPassage {
    /// Which of the notes that were found.
    pub note: usize,
    /// Its bytes in the note.
    pub span: Span,
    /// The bytes of the sentence in it that fits best.
    pub sentence: Span,
    /// The headings above it, outermost first.
    pub path: Vec<String>,
    /// The page (or slide, chapter, moment) that it begins on, where the note has such.
    pub anchor: Option<Anchor>,
    /// How well it fits, above 0 and up to 1.
    pub score: f32,
    /// How near its vector is to the question's (cosine), where that is known.
    pub similarity: Option<f32>,
    /// How likely it answers the question, 0 to 1.
    pub answerable: f32,
}

/// What the index found, by ids and versions in place of positions.
pub(super) struct Hits {
    pub(super) passages: Vec<(NoteId, i32, retrieve::Passage)>,
    answerable: f32,
    searched: usize,
    mode: Mode,
    /// Named notes that do not stand on the shelf.
    absent: Vec<NoteId>,
}

impl Agents {
    /// Looks a question up in the user's notes.
    ///
    /// # Errors
    /// `Unavailable` and the like when the store cannot be read.
    pub async fn find(&self, user: &UserId, search: &Search) -> Result<Findings, Problem> {
        for left in (0..TRIES).rev() {
            let hits = self.hits(user, search).await?;
            let mut known = HashSet::new();
            let ids = hits.passages.iter().map(|(id, ..)| *id).filter(|id| known.insert(*id)).collect();
            let notes = self.store.notes_named(user.clone(), ids).await.map_err(problem_of)?;
            if left == 0 || hits.are_of(&notes) {
                return Ok(hits.findings(notes));
            }
        }
        Ok(Findings::default())
    }

    async fn hits(&self, user: &UserId, search: &Search) -> Result<Hits, Problem> {
        let shelf = self.shelf(user).await?;
        let embedded = shelf.read(Holdings::embedded);
        let vector = if embedded { self.question_vector(user, &search.text).await } else { None };
        let hits = self.look(user, shelf, search, vector).await?;
        if hits.absent.is_empty() {
            return Ok(hits);
        }
        // Who names notes is to have them, also when the shelf has no room for all: these alone, for this once.
        let absent = self.store.notes_named(user.clone(), hits.absent.clone()).await.map_err(problem_of)?;
        if absent.is_empty() {
            return Ok(hits);
        }
        let named = self.store.notes_named(user.clone(), search.notes.clone()).await.map_err(problem_of)?;
        let shelf = Arc::new(Shelf::default());
        let filled = Arc::clone(&shelf);
        self.desk(move || filled.write(|holdings| named.iter().for_each(|note| holdings.put(note)))).await?;
        self.look(user, shelf, search, None).await
    }

    async fn look(
        &self,
        user: &UserId,
        shelf: Arc<Shelf>,
        search: &Search,
        vector: Option<Arc<[f32]>>,
    ) -> Result<Hits, Problem> {
        let search = search.clone();
        let (Some(vector), true) = (vector.clone(), self.store.finds_nearest()) else {
            let look = move |holdings: &Holdings| Hits::look(holdings, &search, vector.as_deref());
            return self.desk(move || shelf.read(look)).await;
        };
        let (first, asked) = (Arc::clone(&shelf), search.clone());
        let candidates = move |holdings: &Holdings| {
            let candidates = holdings.candidates(&asked, depth(&asked));
            let places = holdings.places(&candidates);
            (candidates, places)
        };
        let (candidates, also) = self.desk(move || first.read(candidates)).await?;
        let model = self.embedding_model().unwrap_or_default();
        let (vector, notes, most) = (vector.to_vec(), search.notes.clone(), NEAREST as u32);
        let asked = Asked { model, vector, notes, most, also };
        let near = self.store.nearest(user.clone(), asked).await.map_err(problem_of)?;
        let rank = move |holdings: &Holdings| {
            let close = holdings.placed(&near);
            let found = holdings.rank(candidates, &search, depth(&search), Some(&close));
            Hits::of(holdings, &search, found, Mode::Hybrid)
        };
        self.desk(move || shelf.read(rank)).await
    }
}

/// Passages that are looked for: several of each note, where of each note only one is wanted.
fn depth(search: &Search) -> usize {
    if search.once_per_note { search.limit * PASSAGES_PER_NOTE } else { search.limit }
}

impl Hits {
    /// Looks in what stands on a shelf, by words and by the vectors that lie there.
    pub(super) fn look(holdings: &Holdings, search: &Search, vector: Option<&[f32]>) -> Self {
        let candidates = holdings.candidates(search, depth(search));
        let close = vector.map(|vector| holdings.close(vector, search, &candidates));
        let found = holdings.rank(candidates, search, depth(search), close.as_ref());
        let mode = if vector.is_some() { Mode::Hybrid } else { Mode::Lexical };
        Self::of(holdings, search, found, mode)
    }

    fn of(holdings: &Holdings, search: &Search, found: retrieve::Found, mode: Mode) -> Self {
        let mut notes = HashSet::new();
        let wanted = |passage: &retrieve::Passage| !search.once_per_note || notes.insert(passage.note);
        let named = |passage: retrieve::Passage| {
            let held = holdings.at(passage.note)?;
            Some((held.id, held.version, passage))
        };
        let passages =
            found.passages.into_iter().filter(wanted).take(search.limit).filter_map(named).collect();
        let absent: Vec<NoteId> =
            search.notes.iter().copied().filter(|&id| holdings.held(id).is_none()).collect();
        let searched = match search.notes.len() {
            0 => holdings.count(),
            named => named - absent.len(),
        };
        Self { passages, answerable: found.answerable, searched, mode, absent }
    }

    /// Whether the notes are all there, in the versions that were searched.
    fn are_of(&self, notes: &[Note]) -> bool {
        let same =
            |id: NoteId, version: i32| notes.iter().any(|note| note.id == id && note.version == version);
        self.passages.iter().all(|&(id, version, _)| same(id, version))
    }

    /// With the texts of the notes; what is of another version by now is left out.
    pub(super) fn findings(self, notes: Vec<Note>) -> Findings {
        let place =
            |id: NoteId, version: i32| notes.iter().position(|note| note.id == id && note.version == version);
        let found = self.passages.into_iter().filter_map(|(id, version, passage)| {
            let note = place(id, version)?;
            Some(FoundPassage {
                note,
                span: passage.span,
                sentence: passage.sentence,
                path: passage.path,
                anchor: anchor(&notes[note].anchors, passage.span.start),
                score: passage.score,
                similarity: passage.similarity,
                answerable: passage.answerable,
            })
        });
        let passages = found.collect();
        Findings { passages, answerable: self.answerable, searched: self.searched, mode: self.mode, notes }
    }
}

/// The last anchor that begins at or before a byte.
pub(super) fn anchor(anchors: &[Anchor], at: usize) -> Option<Anchor> {
    anchors[..anchors.partition_point(|anchor| anchor.at <= at)].last().cloned()
}
