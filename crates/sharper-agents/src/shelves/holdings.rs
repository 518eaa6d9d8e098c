//! What stands on a shelf: an index, and which note in which version stands where in it.

use std::collections::{HashMap, HashSet};

use sharper_domain::{Note, NoteId};
use sharper_store::notes::{Catalogue, Mark};
use sharper_store::vectors::{Nearest, NoteVectors};
use sharper_study::retrieve::{Candidates, Found, Index, Near, Nearness, Query};

use super::Search;
use super::nearest::{Asked, Vectors, greatest};

/// Passages that an embedding model is heard on for one question.
pub(super) const NEAREST: usize = 64;

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
    vectors: Option<Lie>,
}

/// Where the vectors of a note lie.
#[derive(Debug, Clone, PartialEq)]
enum Lie {
    Here(Vectors),
    /// In the database, which finds the nearest by itself.
    InDatabase,
}

impl Held {
    fn vectors(&self) -> Option<&Vectors> {
        match self.vectors.as_ref()? {
            Lie::Here(vectors) => Some(vectors),
            Lie::InDatabase => None,
        }
    }
}

/// What a model says of a question: the passages whose nearness is known, and what all passages are like.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Close {
    pub(super) known: Vec<Near>,
    pub(super) mean: f32,
    pub(super) deviation: f32,
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
            let vectors = Vectors::new(new.chunks.iter().map(|chunk| chunk.embedding.as_slice()));
            held.vectors = Some(Lie::Here(vectors));
        }
    }

    /// Notes that a note's vectors are in the database, which finds the nearest by itself.
    pub(super) fn embedded_there(&mut self, id: NoteId) {
        if let Some(Some(held)) = self.places.get(&id).map(|&place| &mut self.notes[place]) {
            held.vectors = Some(Lie::InDatabase);
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
        let vectors: usize = held.filter_map(Held::vectors).map(Vectors::bytes).sum();
        self.index.bytes()
            + vectors
            + titles
            + self.notes.capacity() * size_of::<Option<Held>>()
            + self.places.capacity() * 32
    }

    /// The first half of a search: the passages that hold words of it, of all notes or of those named.
    pub(super) fn candidates(&self, search: &Search, limit: usize) -> Candidates {
        self.asked(search, limit, |query| self.index.candidates(query))
    }

    /// The second half, with what is known to be near.
    pub(super) fn rank(
        &self,
        candidates: Candidates,
        search: &Search,
        limit: usize,
        close: Option<&Close>,
    ) -> Found {
        let near = close.filter(|close| !close.known.is_empty());
        let near =
            near.map(|close| Nearness { known: &close.known, mean: close.mean, deviation: close.deviation });
        self.asked(search, limit, |query| self.index.rank(candidates, query, near.as_ref()))
    }

    fn asked<T>(&self, search: &Search, limit: usize, look: impl FnOnce(&Query<'_>) -> T) -> T {
        let Search { text, notes, diversity, unfinished, .. } = search;
        let places: Vec<usize> = notes.iter().filter_map(|id| self.places.get(id).copied()).collect();
        let notes = (!notes.is_empty()).then_some(places.as_slice());
        look(&Query { text, limit, notes, diversity: *diversity, unfinished: *unfinished })
    }

    /// What the vectors that lie here say of a question: the nearest of them, and how near the candidates are.
    pub(super) fn close(&self, vector: &[f32], search: &Search, candidates: &Candidates) -> Close {
        let places: Vec<usize> = search.notes.iter().filter_map(|id| self.places.get(id).copied()).collect();
        let all = self.cosines(vector, (!search.notes.is_empty()).then_some(places.as_slice()));
        let wanted: HashSet<(usize, usize)> = self.index.places(candidates).into_iter().collect();
        let mut known: Vec<_> = all.iter().copied().filter(|(place, _)| wanted.contains(place)).collect();
        let (nearest, mean, deviation) = greatest(all, NEAREST);
        known.extend(nearest.into_iter().filter(|(place, _)| !wanted.contains(place)));
        Close { known: known.into_iter().map(near).collect(), mean, deviation }
    }

    /// The passages nearest to a vector of those that lie here, nearest first, at most so many.
    pub(super) fn nearest(&self, vector: &[f32], most: usize) -> Close {
        let (nearest, mean, deviation) = greatest(self.cosines(vector, None), most);
        Close { known: nearest.into_iter().map(near).collect(), mean, deviation }
    }

    /// What the database says of a question, by the places of this index. Notes that stand here in another version are as
    /// if they had no vectors.
    pub(super) fn placed(&self, found: &Nearest) -> Close {
        let known = found.passages.iter().filter_map(|near| {
            let note = *self.places.get(&near.note)?;
            let same = self.at(note)?.version == near.version;
            same.then_some(Near { note, place: near.place, cosine: near.cosine })
        });
        Close { known: known.collect(), mean: found.mean, deviation: found.deviation }
    }

    /// Where candidates stand: note, and which of its passages.
    pub(super) fn places(&self, candidates: &Candidates) -> Vec<(NoteId, usize)> {
        let places = self.index.places(candidates).into_iter();
        places.filter_map(|(note, place)| Some((self.at(note)?.id, place))).collect()
    }

    /// How near each passage is to a vector: its note's place, which of that note's passages it is, and the cosine.
    fn cosines(&self, vector: &[f32], notes: Option<&[usize]>) -> Vec<((usize, usize), f32)> {
        let asked = Asked::new(vector);
        let mut all = Vec::with_capacity(self.index.passages());
        let wanted = |note: usize| notes.is_none_or(|notes| notes.contains(&note));
        for (note, held) in self.notes.iter().enumerate().filter(|&(note, _)| wanted(note)) {
            let vectors = held.iter().filter_map(Held::vectors);
            let cosines = vectors.flat_map(|vectors| vectors.cosines(&asked)).enumerate();
            all.extend(cosines.map(|(place, cosine)| ((note, place), cosine)));
        }
        all
    }

    /// The mean of a note's vectors; `None` where it has none.
    pub(super) fn mean_vector(&self, id: NoteId) -> Option<Vec<f32>> {
        self.held(id)?.vectors()?.mean()
    }

    /// The index itself.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }
}

fn near(((note, place), cosine): ((usize, usize), f32)) -> Near {
    Near { note, place, cosine }
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

    fn found(holdings: &Holdings, text: &str, vector: Option<&[f32]>) -> Found {
        let search = Search::new(text, 5);
        let candidates = holdings.candidates(&search, 5);
        let close = vector.map(|vector| holdings.close(vector, &search, &candidates));
        holdings.rank(candidates, &search, 5, close.as_ref())
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
        let found = |text: &str| found(&holdings, text, None).passages.len();
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
        let best = |vector: &[f32]| found(&holdings, "What does a car need?", Some(vector)).passages[0].note;
        assert_eq!((best(&[1.0, 0.1]), best(&[0.1, 1.0])), (0, 1));
    }
}
