//! The lexicon: finds the phrases of the table in a message. Longest first; whole words; small slips forgiven.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::guards::{GUARDS, REAL_WORDS};
use super::phrases::KINDS;
use super::role::Role;
use super::words::Words;

/// A phrase found in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    /// What it says.
    pub(super) role: Role,
    /// Its first word.
    pub(super) at: usize,
    /// The word after its last.
    pub(super) end: usize,
    /// The clause it stands in.
    pub(super) clause: u16,
}

/// Shortest word in which a slip of the pen is forgiven.
const FORGIVEN: usize = 6;

/// The phrases of `words`, in their order. No two share a word: the longer phrase takes it.
pub(super) fn cues(words: &Words) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match LEXICON.longest(words, at) {
            Some(entry) => {
                let end = at + entry.words.len();
                found.push(Cue { role: entry.role, at, end, clause: words.clause(at) });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

/// The table, sorted so that the entries that may start with a word lie together, the most specific first.
struct Lexicon {
    entries: Vec<Entry>,
    starts: HashMap<Start, Range<usize>>,
    forgiving: HashMap<u8, Vec<usize>>,
    real: HashSet<String>,
}

/// The first two characters of a word.
type Start = (char, Option<char>);

struct Entry {
    words: Vec<Pattern>,
    role: Role,
}

/// A word, or the stem of words (`*` in the table).
struct Pattern {
    text: String,
    stem: bool,
}

impl Pattern {
    /// Reads a part of a phrase: "l'examen" is two words, "prüf*" a stem, "*" the stem of every word.
    fn read(part: &str) -> Vec<Self> {
        let (text, stem) = part.strip_suffix('*').map_or((part, false), |text| (text, true));
        let words = Words::read(text);
        let texts = (0..words.len()).filter_map(|at| words.get(at));
        let mut read: Vec<Self> = texts.map(|text| Self { text: text.to_owned(), stem: false }).collect();
        match read.last_mut() {
            Some(last) => last.stem = stem,
            None if stem => read.push(Self { text: String::new(), stem }),
            None => {}
        }
        read
    }

    fn matches(&self, word: &str) -> bool {
        if self.stem { word.starts_with(&self.text) } else { word == self.text }
    }
}

impl Lexicon {
    fn build() -> Self {
        let phrases = KINDS.iter().chain(GUARDS).flat_map(|(role, rows)| {
            rows.iter().flat_map(|row| row.split('|')).map(|phrase| Entry::read(*role, phrase))
        });
        let mut entries: Vec<Entry> = phrases.filter(|entry| !entry.words.is_empty()).collect();
        entries.sort_by_key(Entry::order);
        let mut starts: HashMap<Start, Range<usize>> = HashMap::new();
        let mut forgiving: HashMap<u8, Vec<usize>> = HashMap::new();
        for (place, entry) in entries.iter().enumerate() {
            starts.entry(start(&entry.words[0].text)).or_insert(place..place).end = place + 1;
            if let [Pattern { text, stem: false }] = entry.words.as_slice()
                && entry.role.is_forgiving()
                && text.len() >= FORGIVEN
                && text.is_ascii()
            {
                forgiving.entry(text.as_bytes()[0]).or_default().push(place);
            }
        }
        let real = REAL_WORDS.iter().flat_map(|row| Entry::read(Role::Looks, row).words);
        let real = real.map(|word| word.text).collect();
        Self { entries, starts, forgiving, real }
    }

    fn longest(&self, words: &Words, at: usize) -> Option<&Entry> {
        let word = words.get(at)?;
        let range = self.starts.get(&start(word)).cloned().unwrap_or_default();
        self.entries[range].iter().find(|entry| entry.stands_at(words, at)).or_else(|| self.misspelt(word))
    }

    /// The entry that a word of some length is one slip away from, unless the word is one of its own.
    fn misspelt(&self, word: &str) -> Option<&Entry> {
        if word.len() < FORGIVEN || !word.is_ascii() || self.real.contains(word) {
            return None;
        }
        let near = self.forgiving.get(&word.as_bytes()[0])?;
        near.iter().map(|place| &self.entries[*place]).find(|entry| one_slip(word, &entry.words[0].text))
    }
}

impl Entry {
    fn read(role: Role, phrase: &str) -> Self {
        Self { words: phrase.split_whitespace().flat_map(Pattern::read).collect(), role }
    }

    /// Entries with the same start together; among them more words first, then words before stems, then the
    /// longer stem.
    fn order(&self) -> (Start, std::cmp::Reverse<usize>, bool, std::cmp::Reverse<usize>) {
        let first = &self.words[0];
        let letters = self.words.iter().map(|word| word.text.len()).sum();
        (start(&first.text), std::cmp::Reverse(self.words.len()), first.stem, std::cmp::Reverse(letters))
    }

    fn stands_at(&self, words: &Words, at: usize) -> bool {
        let clause = words.clause(at);
        self.words.iter().enumerate().all(|(place, pattern)| {
            words.get(at + place).is_some_and(|word| pattern.matches(word))
                && words.clause(at + place) == clause
        })
    }
}

fn start(word: &str) -> Start {
    let mut letters = word.chars();
    (letters.next().unwrap_or_default(), letters.next())
}

/// Whether two ASCII words differ by one letter left out, put in, changed or swapped with its neighbour.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b) = if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
    if b.len() - a.len() > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match a.len() == b.len() {
        true if a.len() < 2 => true,
        true => a[1..] == b[1..] || (a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]),
        false => a == &b[1..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_a_letter_more_less_other_or_swapped() {
        for typo in ["flashcard", "flashcardss", "flashcords", "flahscards", "flashcadrs", "lashcards"] {
            assert!(one_slip(typo, "flashcards"), "{typo}");
        }
        for far in ["flshcrds", "cards", "flashback", "fhalscards"] {
            assert!(!one_slip(far, "flashcards"), "{far}");
        }
    }

    #[test]
    fn no_phrase_stands_in_the_table_twice() {
        let mut seen = HashMap::new();
        let mut twice = Vec::new();
        for entry in &LEXICON.entries {
            let text: Vec<_> = entry.words.iter().map(|word| (word.text.as_str(), word.stem)).collect();
            twice.extend(seen.insert(text.clone(), entry.role).map(|other| (text, other, entry.role)));
        }
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn the_longest_phrase_takes_its_words() {
        let found = cues(&Words::read("a test tube"));
        assert_eq!(
            found.iter().map(|cue| (cue.role, cue.at, cue.end)).collect::<Vec<_>>(),
            [(Role::Looks, 1, 3)]
        );
    }

    #[test]
    fn a_phrase_does_not_reach_over_the_end_of_a_clause() {
        assert!(cues(&Words::read("in, practice")).iter().all(|cue| cue.role != Role::Looks));
    }
}
