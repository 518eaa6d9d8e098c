//! The index: notes in, notes out, one at a time.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::chunks;
use super::forward::{Forward, Line, Shape, Word};
use super::postings::{Postings, Uses};
use super::terms;
use super::vocabulary::Vocabulary;
use crate::text::{Language, guess};

/// An index over notes. A note is named by the position at which it was added; positions are never used again.
#[derive(Debug, Clone, Default)]
pub struct Index {
    notes: Vec<Option<Entry>>,
    pub(super) chunks: Vec<Chunk>,
    pub(super) vocabulary: Vocabulary,
    pub(super) postings: Vec<Postings>,
    pub(super) forward: Forward,
    /// Chunks of notes that are there, and the words of their texts, stop words left out.
    pub(super) live_chunks: usize,
    pub(super) live_words: u64,
    /// How many notes there are in each language.
    languages: [u32; 5],
    /// Counts notes that came and went: who looked before knows whether it is as it was.
    pub(super) changes: u64,
}

#[derive(Debug, Clone)]
struct Entry {
    language: Language,
    /// The headings above each section's text.
    paths: Vec<Vec<String>>,
    chunks: Range<usize>,
}

/// A chunk of a note.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    /// Position of its note.
    pub(super) note: u32,
    section: u32,
    /// Bytes in the note.
    pub(super) span: Range<usize>,
    /// Words of its text, stop words left out.
    pub(super) words: u32,
    /// Whether its note is still there.
    pub(super) live: bool,
    pub(super) forward: Range<usize>,
}

/// Packed when more than half of at least this many chunks belong to notes that are gone.
const WORTH_PACKING: usize = 1_000;

const LANGUAGES: [Language; 5] =
    [Language::English, Language::German, Language::Spanish, Language::French, Language::Other];

impl Index {
    /// Adds a note and tells its position.
    pub fn add(&mut self, title: &str, text: &str) -> usize {
        let note = self.notes.len();
        let entry = self.read(note, title, text);
        self.notes.push(Some(entry));
        note
    }

    /// Puts other words in the place of a note, or of one that was removed. False where none ever was.
    pub fn replace(&mut self, note: usize, title: &str, text: &str) -> bool {
        if note >= self.notes.len() {
            return false;
        }
        self.remove(note);
        let entry = self.read(note, title, text);
        self.notes[note] = Some(entry);
        self.pack_if_worth_it();
        true
    }

    /// Removes a note. False where there is none.
    pub fn remove(&mut self, note: usize) -> bool {
        let Some(entry) = self.notes.get_mut(note).and_then(Option::take) else { return false };
        self.changes += 1;
        self.languages[entry.language as usize] -= 1;
        for chunk in entry.chunks {
            self.forget(chunk);
        }
        self.pack_if_worth_it();
        true
    }

    /// How many notes there are.
    pub fn notes(&self) -> usize {
        self.notes.iter().flatten().count()
    }

    /// How many passages there are.
    pub fn passages(&self) -> usize {
        self.live_chunks
    }

    /// About how many bytes the index takes in memory.
    pub fn bytes(&self) -> usize {
        self.postings.iter().map(|postings| postings.bytes() + size_of::<Postings>()).sum::<usize>()
            + self.forward.len()
            + self.chunks.capacity() * size_of::<Chunk>()
            + self.vocabulary.bytes()
    }

    /// The chunk that is the `place`th of a note, from 0.
    pub(super) fn chunk(&self, note: usize, place: usize) -> Option<u32> {
        let chunks = &self.notes.get(note)?.as_ref()?.chunks;
        chunks.clone().nth(place).map(|chunk| chunk as u32)
    }

    /// Where a chunk stands: the position of its note, and which of that note's passages it is, from 0.
    pub(super) fn place(&self, chunk: u32) -> Option<(usize, usize)> {
        let note = self.chunks.get(chunk as usize)?.note as usize;
        let first = self.notes.get(note)?.as_ref()?.chunks.start;
        Some((note, (chunk as usize).checked_sub(first)?))
    }

    /// The headings above a chunk.
    pub(super) fn path(&self, chunk: &Chunk) -> &[String] {
        let entry = self.notes.get(chunk.note as usize).and_then(Option::as_ref);
        entry.and_then(|entry| entry.paths.get(chunk.section as usize)).map_or(&[], Vec::as_slice)
    }

    /// The languages of the notes.
    pub(super) fn languages(&self) -> impl Iterator<Item = Language> + '_ {
        LANGUAGES.into_iter().filter(|&language| self.languages[language as usize] > 0)
    }

    fn read(&mut self, note: usize, title: &str, text: &str) -> Entry {
        self.changes += 1;
        let language = if text.trim().is_empty() { guess(title) } else { guess(text) };
        self.languages[language as usize] += 1;
        let (sections, mut pieces) = chunks::cut(text);
        if pieces.is_empty() {
            // A note without a text can still be found by its title.
            pieces.push(chunks::Piece { section: 0, sentences: Vec::new() });
        }
        let title = self.words(title, language);
        let first = self.chunks.len();
        let mut headings = (usize::MAX, Vec::new());
        for piece in pieces {
            if headings.0 != piece.section {
                headings = (piece.section, self.words(&sections[piece.section].path.join("\n"), language));
            }
            self.add_chunk(note, &piece, &title, &headings.1, (text, language));
        }
        Entry {
            language,
            paths: sections.into_iter().map(|section| section.path).collect(),
            chunks: first..self.chunks.len(),
        }
    }

    fn add_chunk(
        &mut self,
        note: usize,
        piece: &chunks::Piece,
        title: &[Word],
        headings: &[Word],
        (text, language): (&str, Language),
    ) {
        let start = piece.sentences.first().map_or(0, |range| range.start);
        let end = piece.sentences.last().map_or(start, |range| range.end);
        let lines: Vec<Line> = piece
            .sentences
            .iter()
            .map(|range| Line {
                start: range.start - start,
                len: range.len(),
                words: self.words(&text[range.clone()], language),
            })
            .collect();
        let chunk = Chunk {
            note: note as u32,
            section: piece.section as u32,
            span: start..end,
            words: lines.iter().flat_map(|line| &line.words).filter(|word| !word.stop).count() as u32,
            live: true,
            forward: self.forward.push(title, headings, &lines),
        };
        self.chunks.push(chunk);
        self.post(self.chunks.len() - 1);
    }

    /// The words of a stretch of text, learnt.
    fn words(&mut self, text: &str, language: Language) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 6);
        terms::pieces(text, |piece| {
            let spelling = self.vocabulary.learn(piece.text, language);
            let shape = match piece.text.chars().next() {
                Some(c) if c.is_numeric() => Shape::Number,
                Some(c) if c.is_uppercase() && !words.is_empty() => Shape::Name,
                _ => Shape::Plain,
            };
            words.push(Word { term: spelling.term, stop: spelling.stop, shape });
        });
        words
    }

    /// Enters a chunk into the postings of its terms.
    fn post(&mut self, index: usize) {
        let chunk = &self.chunks[index];
        self.live_chunks += 1;
        self.live_words += u64::from(chunk.words);
        let uses = uses(&self.forward, chunk);
        self.postings.resize_with(self.vocabulary.len(), Postings::default);
        for (term, uses) in uses {
            self.postings[term as usize].push(index as u32, uses);
        }
    }

    /// Takes a chunk out of the counts; its postings stay until the index is packed.
    fn forget(&mut self, index: usize) {
        self.chunks[index].live = false;
        let chunk = &self.chunks[index];
        self.live_chunks -= 1;
        self.live_words -= u64::from(chunk.words);
        for term in uses(&self.forward, chunk).into_keys() {
            self.postings[term as usize].live -= 1;
        }
    }

    /// Writes chunks and postings anew, without those of notes that are gone, when these have become the most.
    fn pack_if_worth_it(&mut self) {
        if self.chunks.len() < WORTH_PACKING || self.chunks.len() - self.live_chunks <= self.live_chunks {
            return;
        }
        let forward = std::mem::take(&mut self.forward);
        let chunks = std::mem::take(&mut self.chunks);
        self.postings.clear();
        (self.live_chunks, self.live_words) = (0, 0);
        for entry in self.notes.iter_mut().flatten() {
            let first = self.chunks.len();
            for chunk in &chunks[entry.chunks.clone()] {
                let range = self.forward.copy(&forward, chunk.forward.clone());
                self.chunks.push(Chunk { forward: range, ..chunk.clone() });
            }
            entry.chunks = first..self.chunks.len();
        }
        for index in 0..self.chunks.len() {
            self.post(index);
        }
    }
}

/// How each term is used in a chunk; stop words only count in titles and headings that hold nothing else.
fn uses(forward: &Forward, chunk: &Chunk) -> FxHashMap<u32, Uses> {
    let mut found: FxHashMap<u32, Uses> = FxHashMap::default();
    let mut reader = forward.read(chunk.forward.clone());
    let mut words = Vec::new();
    for field in [Uses::in_title, Uses::in_heading] {
        reader.words(&mut words);
        let only_stops = words.iter().all(|word| word.stop);
        for word in words.iter().filter(|word| only_stops || !word.stop) {
            let uses = found.entry(word.term).or_default();
            *uses = field(*uses);
        }
    }
    let mut line = Line::empty();
    while reader.line(&mut line) {
        for word in line.words.iter().filter(|word| !word.stop) {
            let uses = found.entry(word.term).or_default();
            *uses = uses.in_text();
        }
    }
    found
}
