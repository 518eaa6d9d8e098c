//! What stands on a shelf: an index, and which note in which version stands where in it.

use std::collections::{HashMap, HashSet};

use sharper_domain::{Note, NoteId};
use sharper_store::notes::{Catalogue, Mark};
use sharper_store::vectors::NoteVectors;
use sharper_study::retrieve::{Found, Index, Near, Nearness, Query};

use super::Search;
use super::nearest::{Asked, Vectors, greatest};

/// Passages that an embedding model is heard on for one question.
const NEAREST: usize = 64;

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
    /// Of this version; `None` where none were made yet.
    vectors: Option<Vectors>,
}

/// What must be done to be as a catalogue says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Difference {
    /// Notes that go.
    pub(super) gone: Vec<NoteId>,
    /// Notes whose words must be read, with the bytes of each.
    pub(super) changed: Vec<(NoteId, usize)>,
    /// Notes whose vectors must be read.
    pub(super) embedded: Vec<NoteId>,
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
    pub(super) fn difference(&self, catalogue: &Catalogue, most: usize, model: Option<&str>) -> Difference {
        let mut bytes = 0;
        let wanted = catalogue.notes.iter().filter(|note| {
            let fits = note.bytes <= most - bytes;
            bytes += if fits { note.bytes } else { 0 };
            fits
        });
        let mut stays = HashSet::new();
        let (mut changed, mut embedded) = (Vec::new(), Vec::new());
        for note in wanted {
            stays.insert(note.id);
            let held = self.held(note.id);
            let stands = held.filter(|held| held.version == note.version && held.title == note.title);
            if stands.is_none() {
                changed.push((note.id, note.bytes));
            }
            let has = note.embedded_version == note.version && note.embedded_with.as_deref() == model;
            if has && model.is_some() && stands.is_none_or(|held| held.vectors.is_none()) {
                embedded.push(note.id);
            }
        }
        let gone = self.places.keys().filter(|id| !stays.contains(id)).copied().collect();
        Difference { gone, changed, embedded }
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
        let (id, version, title) = (note.id, note.version, note.title.clone());
        self.notes[place] = Some(Held { id, version, title, vectors: None });
    }

    /// Gives a note its vectors, where they are of the version that stands here.
    pub(super) fn embed(&mut self, id: NoteId, new: &NoteVectors) {
        let held = self.places.get(&id).and_then(|&place| self.notes.get_mut(place)).and_then(Option::as_mut);
        if let Some(held) = held.filter(|held| held.version == new.version) {
            held.vectors = Some(Vectors::new(new.chunks.iter().map(|chunk| chunk.embedding.as_slice())));
        }
    }

    /// Whether any note has vectors.
    pub(super) fn embedded(&self) -> bool {
        self.notes.iter().flatten().any(|held| held.vectors.is_some())
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
        let held = self.notes.iter().flatten();
        let vectors: usize = held.filter_map(|held| held.vectors.as_ref()).map(Vectors::bytes).sum();
        self.index.bytes()
            + vectors
            + titles
            + self.notes.capacity() * size_of::<Option<Held>>()
            + self.places.capacity() * 32
    }

    /// The passages that fit, of all notes or of those named.
    /// With the vector of the question, those too that are near it.
    pub(super) fn search(&self, search: &Search, limit: usize, vector: Option<&[f32]>) -> Found {
        let Search { text, notes, .. } = search;
        let places: Vec<usize> = notes.iter().filter_map(|id| self.places.get(id).copied()).collect();
        let notes = (!notes.is_empty()).then_some(places.as_slice());
        let (nearest, mean, deviation) =
            vector.map_or_else(Default::default, |vector| self.nearest(vector, notes));
        let near = (!nearest.is_empty()).then_some(Nearness { nearest: &nearest, mean, deviation });
        let (diversity, unfinished) = (search.diversity, search.unfinished);
        self.index.search(&Query { text, limit, notes, diversity, unfinished, near })
    }

    /// The passages nearest to a vector, and what all passages are like.
    fn nearest(&self, vector: &[f32], notes: Option<&[usize]>) -> (Vec<Near>, f32, f32) {
        let all = self.cosines(vector, notes);
        let (found, mean, deviation) = greatest(all, NEAREST);
        let near = |((note, place), cosine)| Near { note, place, cosine };
        (found.into_iter().map(near).collect(), mean, deviation)
    }

    /// How near each passage is to a vector: its note's place, which of that note's passages it is, and the cosine.
    pub(super) fn cosines(&self, vector: &[f32], notes: Option<&[usize]>) -> Vec<((usize, usize), f32)> {
        let asked = Asked::new(vector);
        let mut all = Vec::with_capacity(self.index.passages());
        let wanted = |note: usize| notes.is_none_or(|notes| notes.contains(&note));
        for (note, held) in self.notes.iter().enumerate().filter(|&(note, _)| wanted(note)) {
            let vectors = held.iter().filter_map(|held| held.vectors.as_ref());
            let cosines = vectors.flat_map(|vectors| vectors.cosines(&asked)).enumerate();
            all.extend(cosines.map(|(place, cosine)| ((note, place), cosine)));
        }
        all
    }

    /// The mean of a note's vectors; `None` where it has none.
    pub(super) fn mean_vector(&self, id: NoteId) -> Option<Vec<f32>> {
        self.held(id)?.vectors.as_ref()?.mean()
    }

    /// The index itself.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }
}

#[cfg(test)]
mod tests {
    use sharper_domain::{Span, Timestamp};
    use sharper_store::notes::Standing;
    use sharper_store::vectors::ChunkVector;

    use super::*;

    fn note(n: i64, title: &str, content: &str) -> Note {
        let at = Timestamp::from_second(n).unwrap();
        Note {
            id: NoteId::new(at),
            user_id: "ana".parse().unwrap(),
            folder_id: None,
            title: title.to_owned(),
            content: content.to_owned(),
            version: 1,
            origin: None,
            anchors: Vec::new(),
            created_at: at,
            updated_at: at,
        }
    }

    fn catalogue(notes: &[&Note], embedded_with: Option<&str>) -> Catalogue {
        let standing = |note: &&Note| Standing {
            id: note.id,
            version: note.version,
            title: note.title.clone(),
            bytes: note.content.len(),
            embedded_version: i32::from(embedded_with.is_some()),
            embedded_with: embedded_with.map(str::to_owned),
        };
        Catalogue { mark: Mark::default(), notes: notes.iter().map(standing).collect() }
    }

    fn shelf(notes: &[&Note]) -> Holdings {
        let mut holdings = Holdings::default();
        notes.iter().for_each(|note| holdings.put(note));
        holdings
    }

    fn check(holdings: &Holdings, notes: &[&Note], most: usize, changed: &[&Note], gone: &[&Note]) {
        let difference = holdings.difference(&catalogue(notes, None), most, None);
        let ids = |notes: &[&Note]| notes.iter().map(|note| note.id).collect::<Vec<_>>();
        assert_eq!(difference.changed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids(changed));
        assert_eq!(difference.gone, ids(gone));
    }

    #[test]
    fn only_notes_that_changed_are_read_again() {
        let (one, two) = (note(1, "Cells", "Cells divide."), note(2, "Money", "Money is exchanged."));
        let mut holdings = shelf(&[&one, &two]);
        check(&holdings, &[&two, &one], 1_000, &[], &[]);
        let edited = Note { version: 2, content: "Cells fuse.".into(), ..one.clone() };
        check(&holdings, &[&edited, &two], 1_000, &[&edited], &[]);
        let renamed = Note { title: "Coins".into(), ..two.clone() };
        check(&holdings, &[&renamed, &one], 1_000, &[&renamed], &[]);
        check(&holdings, &[&two], 1_000, &[], &[&one]);
        check(&holdings, &[&two, &one], two.content.len() + 1, &[], &[&one]);
        holdings.put(&edited);
        holdings.remove(two.id);
        assert_eq!(holdings.count(), 1);
        let found = |text: &str| holdings.search(&Search::new(text, 5), 5, None).passages.len();
        assert_eq!((found("fuse"), found("divide"), found("money")), (1, 0, 0));
    }

    fn vectors(version: i32, embedding: &[f32]) -> NoteVectors {
        let span = Span { start: 0, end: 1 };
        let chunk = ChunkVector { span, hash: String::new(), embedding: embedding.into() };
        NoteVectors { version, model: "m".into(), chunks: vec![chunk] }
    }

    #[test]
    fn vectors_are_read_once_they_are_made_and_found_by() {
        let (one, two) = (note(1, "", "A car needs fuel."), note(2, "", "A car needs tyres."));
        let mut holdings = shelf(&[&one, &two]);
        let wanted = |holdings: &Holdings, with| {
            holdings.difference(&catalogue(&[&one], Some(with)), 99, Some("m")).embedded
        };
        assert_eq!(wanted(&holdings, "m"), [one.id]);
        assert_eq!(wanted(&holdings, "other"), []);
        holdings.embed(one.id, &vectors(2, &[1.0, 0.0]));
        assert!(!holdings.embedded(), "of a version that does not stand here");
        holdings.embed(one.id, &vectors(1, &[1.0, 0.0]));
        holdings.embed(two.id, &vectors(1, &[0.0, 1.0]));
        assert_eq!(wanted(&holdings, "m"), []);
        let search = Search::new("What does a car need?", 5);
        let best = |vector: &[f32]| holdings.search(&search, 5, Some(vector)).passages[0].note;
        assert_eq!((best(&[1.0, 0.1]), best(&[0.1, 1.0])), (0, 1));
    }
}
