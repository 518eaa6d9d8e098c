//! The source: what the student's notes say, indexed once so that each item is checked in microseconds.

use rustc_hash::{FxHashMap, FxHashSet};
use sharper_domain::Span;

use super::grounding::{locate_in, locate_undressed};
use super::words::{Role, Stems, Word, words};
use crate::text::{Language, Normalised, guess, normalise, sentences};

/// How many bytes of each text are read to tell the language.
const LANGUAGE_SAMPLE: usize = 6_000;
/// Letters that two words of one family share at the start: "infect", "infection".
const PREFIX: usize = 5;
/// How far apart two content words may stand to count as a pair.
const PAIR_REACH: usize = 3;

/// Indexed notes.
#[derive(Debug)]
pub struct Source {
    texts: Vec<Text>,
    language: Language,
    stems: FxHashMap<String, u32>,
    prefix_of: Vec<u32>,
    prefixes: FxHashMap<String, u32>,
    sentences: Vec<Sentence>,
    holding: Vec<Vec<u32>>,
    holding_prefix: Vec<Vec<u32>>,
    neighbours: FxHashSet<u64>,
    pairs: FxHashSet<u64>,
    numbers: FxHashMap<u64, Vec<u32>>,
    memory: Stems<'static>,
}

#[derive(Debug)]
struct Text {
    raw: String,
    normal: Normalised,
}

/// One word of the source.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Its stem, as a number.
    pub(super) stem: u32,
    /// What it does to the sentence.
    pub(super) turn: Turn,
    /// Whether a clause begins with it.
    pub(super) begins: bool,
}

/// What a word does to what is said around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Nothing.
    None,
    /// It denies: "not".
    Denies,
    /// It denies without saying so: "instead".
    DeniesQuietly,
    /// After a denial, it affirms: "only".
    Affirms,
}

/// One sentence of the source.
#[derive(Debug)]
pub(super) struct Sentence {
    /// Which text.
    pub(super) text: usize,
    /// Its bytes there.
    pub(super) span: Span,
    /// Its words in order.
    pub(super) marks: Vec<Mark>,
    /// Its stems, sorted, each once.
    pub(super) set: Vec<u32>,
    /// How many words deny.
    pub(super) denials: u32,
    /// Whether it speaks of more (positive) or less (negative).
    pub(super) direction: i32,
    /// The sum of its words' weights.
    pub(super) mass: f64,
}

impl Sentence {
    /// Whether the stems stand in it in their order with hardly a word between.
    pub(super) fn holds_in_a_row(&self, stems: &[u32]) -> bool {
        let reach = stems.len() + 2;
        self.marks.windows(reach.min(self.marks.len()).max(1)).any(|window| {
            let mut words = window.iter();
            stems.iter().all(|stem| words.any(|mark| mark.stem == *stem))
        })
    }

    /// Whether the stem stands in it.
    pub(super) fn holds(&self, stem: u32) -> bool {
        self.set.binary_search(&stem).is_ok()
    }
}

impl Source {
    /// Reads and indexes the texts that items are to be checked against.
    pub fn new(texts: &[&str]) -> Source {
        let mut sample = String::new();
        for text in texts {
            let end = (0..=LANGUAGE_SAMPLE.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
            sample.push_str(&text[..end.unwrap_or(0)]);
            sample.push('\n');
        }
        let mut source = Source {
            texts: texts.iter().map(|&raw| Text { raw: raw.to_owned(), normal: normalise(raw) }).collect(),
            language: guess(&sample),
            stems: FxHashMap::default(),
            prefix_of: Vec::new(),
            prefixes: FxHashMap::default(),
            sentences: Vec::new(),
            holding: Vec::new(),
            holding_prefix: Vec::new(),
            neighbours: FxHashSet::default(),
            pairs: FxHashSet::default(),
            numbers: FxHashMap::default(),
            memory: Stems::default(),
        };
        let mut memory = Stems::default();
        for (at, text) in texts.iter().enumerate() {
            for span in sentences(text) {
                let sentence = span.of(text).unwrap_or("");
                let words = words(sentence, source.language, &mut memory);
                source.add(at, span, sentence, &words);
            }
        }
        source.memory = memory;
        source.weigh();
        source
    }

    /// The language of the notes.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A text as it was given.
    pub fn text(&self, at: usize) -> Option<&str> {
        self.texts.get(at).map(|text| text.raw.as_str())
    }

    /// Finds a quote: which text, and where in its original bytes.
    pub fn locate(&self, quote: &str) -> Option<(usize, Span)> {
        self.texts.iter().enumerate().find_map(|(at, _)| Some((at, self.locate_in_text(at, quote)?)))
    }

    /// Finds a quote in one text.
    pub fn locate_in_text(&self, at: usize, quote: &str) -> Option<Span> {
        let text = self.texts.get(at)?;
        locate_in(quote, &text.raw, &text.normal)
    }

    /// Finds a quote as it stands, or else in another dress: case, emphasis marks, an ellipsis at either end, the marks
    /// that end it. The span is that of the notes' own bytes; words left out, added or changed are not found.
    pub fn locate_loosely(&self, quote: &str) -> Option<(usize, Span)> {
        let undressed = |(at, text): (usize, &Text)| Some((at, locate_undressed(quote, &text.raw, &text.normal)?));
        self.locate(quote).or_else(|| self.texts.iter().enumerate().find_map(undressed))
    }

    /// The words of an item, read in the language of the notes.
    pub(super) fn read(&self, text: &str) -> Vec<Word> {
        words(text, self.language, &mut Stems::over(&self.memory))
    }

    /// The sentences.
    pub(super) fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The sentences of text `at` that `span` touches, and `reach` more on either side, as a range.
    pub(super) fn around(&self, at: usize, span: Span, reach: usize) -> std::ops::Range<usize> {
        let first = self.sentences.partition_point(|s| (s.text, s.span.end) <= (at, span.start));
        let last = self.sentences.partition_point(|s| (s.text, s.span.start) < (at, span.end));
        let begin = self.sentences.partition_point(|s| s.text < at);
        let end = self.sentences.partition_point(|s| s.text <= at);
        first.saturating_sub(reach).max(begin)..(last + reach).min(end)
    }

    /// What a range of sentences of one text says.
    pub(super) fn said(&self, range: std::ops::Range<usize>) -> &str {
        let (Some(first), Some(last)) = (self.sentences.get(range.start), self.sentences.get(range.end.wrapping_sub(1)))
        else {
            return "";
        };
        self.text(first.text).and_then(|text| text.get(first.span.start..last.span.end)).unwrap_or("")
    }

    /// The number of a stem that occurs.
    pub(super) fn stem(&self, stem: &str) -> Option<u32> {
        self.stems.get(stem).copied()
    }

    /// The sentences in which a stem occurs.
    pub(super) fn holding(&self, stem: u32) -> &[u32] {
        self.holding.get(stem as usize).map_or(&[], Vec::as_slice)
    }

    /// The number of the word family of a stem, whether or not the stem itself occurs.
    pub(super) fn family(&self, stem: &str) -> Option<u32> {
        self.prefixes.get(prefix(stem)).copied()
    }

    /// The number of the word family of a stem that occurs.
    pub(super) fn family_of(&self, stem: u32) -> u32 {
        self.prefix_of.get(stem as usize).copied().unwrap_or(u32::MAX)
    }

    /// The sentences in which a word family occurs.
    pub(super) fn holding_family(&self, family: u32) -> &[u32] {
        self.holding_prefix.get(family as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether the two stems stand side by side somewhere.
    pub(super) fn side_by_side(&self, one: u32, two: u32) -> bool {
        self.neighbours.contains(&pair(one, two))
    }

    /// Whether the two stems stand near each other somewhere, in either order.
    pub(super) fn near(&self, one: u32, two: u32) -> bool {
        self.pairs.contains(&pair(one, two)) || self.pairs.contains(&pair(two, one))
    }

    /// The sentences in which a number occurs.
    pub(super) fn holding_number(&self, amount: f64) -> &[u32] {
        self.numbers.get(&amount.to_bits()).map_or(&[], Vec::as_slice)
    }

    /// How much a word that occurs in `sentences` of them tells.
    pub(super) fn weight(&self, sentences: usize) -> f64 {
        (1.0 + (self.sentences.len() as f64 + 1.0) / (sentences as f64 + 0.5)).ln()
    }

    fn add(&mut self, text: usize, span: Span, sentence: &str, words: &[Word]) {
        let at = self.sentences.len() as u32;
        let stems: Vec<u32> = words.iter().map(|word| self.intern(&word.stem)).collect();
        let mut set = stems.clone();
        set.sort_unstable();
        set.dedup();
        for &stem in &set {
            self.holding[stem as usize].push(at);
            let family = &mut self.holding_prefix[self.prefix_of[stem as usize] as usize];
            if family.last() != Some(&at) {
                family.push(at);
            }
        }
        self.neighbours.extend(stems.windows(2).map(|two| pair(two[0], two[1])));
        let content: Vec<u32> = words
            .iter()
            .zip(&stems)
            .filter(|(word, _)| word.role != Role::Function)
            .map(|(_, &stem)| stem)
            .collect();
        for (i, &one) in content.iter().enumerate() {
            self.pairs.extend(content[i + 1..].iter().take(PAIR_REACH).map(|&two| pair(one, two)));
        }
        for value in words.iter().filter_map(|word| word.value) {
            let holding = self.numbers.entry(value.amount.to_bits()).or_default();
            if holding.last() != Some(&at) {
                holding.push(at);
            }
        }
        let denials = words.iter().filter(|word| word.role == Role::Negation).count() as u32;
        let direction = super::grounding::direction(words.iter().map(|word| word.stem.as_str()));
        let marks = stems.iter().enumerate().map(|(at, &stem)| {
            let begins = at == 0 || super::grounding::begins_clause(sentence, &words[at - 1], &words[at]);
            Mark { stem, turn: super::grounding::turn(&words[at]), begins }
        });
        let marks = marks.collect();
        self.sentences.push(Sentence { text, span, marks, set, denials, direction, mass: 0.0 });
    }

    fn intern(&mut self, stem: &str) -> u32 {
        if let Some(&known) = self.stems.get(stem) {
            return known;
        }
        let new = self.holding.len() as u32;
        self.stems.insert(stem.to_owned(), new);
        self.holding.push(Vec::new());
        let families = self.holding_prefix.len() as u32;
        let family = *self.prefixes.entry(prefix(stem).to_owned()).or_insert(families);
        if family == families {
            self.holding_prefix.push(Vec::new());
        }
        self.prefix_of.push(family);
        new
    }

    fn weigh(&mut self) {
        let weights: Vec<f64> = self.holding.iter().map(|holding| self.weight(holding.len())).collect();
        for sentence in &mut self.sentences {
            sentence.mass = sentence.set.iter().map(|&stem| weights[stem as usize]).sum();
        }
    }
}

fn pair(one: u32, two: u32) -> u64 {
    u64::from(one) << 32 | u64::from(two)
}

fn prefix(stem: &str) -> &str {
    if !stem.chars().all(char::is_alphabetic) {
        return stem;
    }
    stem.char_indices().nth(PREFIX).map_or(stem, |(at, _)| &stem[..at])
}
