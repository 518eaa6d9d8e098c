//! What stands on a shelf: an index, and which note in which version stands where in it.

use std::collections::{HashMap, HashSet};

use sharper_domain::{Note, NoteId};
use sharper_store::notes::{Catalogue, Mark};
use sharper_study::retrieve::{Found, Index, Query};

/// The notes of one user, indexed.
#[derive(Default)]
pub(super) struct Holdings {
    index: Index,
    /// The state of the library that they are; `None` until they have been brought to one.
    mark: Option<Mark>,
    places: HashMap<NoteId, usize>,
    /// By place.
    notes: Vec<Option<Held>>,
    /// Places where nothing stands any more.
    free: Vec<usize>,
}

/// A note that stands in the index.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub(super) id: NoteId,
    pub(super) version: i32,
    title: String,
}

/// What must be done to be as a catalogue says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Difference {
    /// Notes that go.
    pub(super) gone: Vec<NoteId>,
    /// Notes whose words must be read, with the bytes of each.
    pub(super) changed: Vec<(NoteId, usize)>,
}

impl Holdings {
    /// Whether they are the library in this state.
    pub(super) fn are_of(&self, mark: Mark) -> bool {
        self.mark == Some(mark)
    }

    /// Brought to this state of the library.
    pub(super) fn settle(&mut self, mark: Mark) {
        self.mark = Some(mark);
    }

    /// What separates them from a catalogue, of which at most `most` bytes of text are to stand here: the notes changed
    /// last before others.
    pub(super) fn difference(&self, catalogue: &Catalogue, most: usize) -> Difference {
        let mut bytes = 0;
        let wanted = catalogue.notes.iter().filter(|note| {
            let fits = note.bytes <= most - bytes;
            bytes += if fits { note.bytes } else { 0 };
            fits
        });
        let mut stays = HashSet::new();
        let mut changed = Vec::new();
        for note in wanted {
            stays.insert(note.id);
            let held = self.held(note.id);
            if held.is_none_or(|held| held.version != note.version || held.title != note.title) {
                changed.push((note.id, note.bytes));
            }
        }
        let gone = self.places.keys().filter(|id| !stays.contains(id)).copied().collect();
        Difference { gone, changed }
    }

    /// Puts a note in, in the place of what it was before.
    pub(super) fn put(&mut self, note: &Note) {
        let place = self.places.get(&note.id).copied().or_else(|| self.free.pop());
        let place = match place {
            Some(place) => {
                self.index.replace(place, &note.title, &note.content);
                place
            }
            None => self.index.add(&note.title, &note.content),
        };
        if self.notes.len() <= place {
            self.notes.resize(place + 1, None);
        }
        self.places.insert(note.id, place);
        self.notes[place] = Some(Held { id: note.id, version: note.version, title: note.title.clone() });
    }

    /// Takes a note out.
    pub(super) fn remove(&mut self, id: NoteId) {
        if let Some(place) = self.places.remove(&id) {
            self.index.remove(place);
            self.notes[place] = None;
            self.free.push(place);
        }
    }

    /// The note with this id.
    pub(super) fn held(&self, id: NoteId) -> Option<&Held> {
        self.at(*self.places.get(&id)?)
    }

    /// The note at a place of the index.
    pub(super) fn at(&self, place: usize) -> Option<&Held> {
        self.notes.get(place)?.as_ref()
    }

    /// How many notes stand here.
    pub(super) fn count(&self) -> usize {
        self.places.len()
    }

    /// About how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        let titles: usize = self.notes.iter().flatten().map(|held| held.title.capacity()).sum();
        self.index.bytes()
            + titles
            + self.notes.capacity() * size_of::<Option<Held>>()
            + self.places.capacity() * 32
    }

    /// The passages that fit, of all notes or of those named.
    pub(super) fn search(&self, text: &str, notes: &[NoteId], limit: usize, diversity: f32) -> Found {
        let places: Vec<usize> = notes.iter().filter_map(|id| self.places.get(id).copied()).collect();
        let notes = (!notes.is_empty()).then_some(places.as_slice());
        self.index.search(&Query { text, limit, notes, diversity })
    }
}
