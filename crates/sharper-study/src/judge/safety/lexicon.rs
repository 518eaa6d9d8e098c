//! The lexicon: words and phrases by class, as `lexicon.txt` lists them. A class says what a word is about,
//! not that it is bad: the weights and the rules decide by what stands together.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// One class a line, its name first; `_` joins the words of a phrase.
const LEXICON: &str = include_str!("lexicon.txt");
/// Most words in a phrase.
const PHRASE: usize = 4;

/// A set of classes, as bits in the order of the file.
pub(super) type Classes = u64;

/// The lexicon, read once.
pub(super) struct Lexicon {
    names: Vec<&'static str>,
    phrases: FxHashMap<u64, Classes>,
    starts: FxHashMap<u64, usize>,
}

/// The lexicon.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON_READ: OnceLock<Lexicon> = OnceLock::new();
    LEXICON_READ.get_or_init(|| {
        let mut lexicon =
            Lexicon { names: Vec::new(), phrases: FxHashMap::default(), starts: FxHashMap::default() };
        for (at, line) in LEXICON.lines().enumerate() {
            let mut entries = line.split(' ');
            lexicon.names.extend(entries.next());
            for entry in entries {
                let (mut phrase, mut first, mut length) = (SEED, 0, 0);
                for (place, word) in entry.split('_').enumerate() {
                    phrase = extend(phrase, word);
                    if place == 0 {
                        first = phrase;
                    }
                    length = place + 1;
                }
                *lexicon.phrases.entry(phrase).or_default() |= 1 << at;
                let longest = lexicon.starts.entry(first).or_default();
                *longest = (*longest).max(length.min(PHRASE));
            }
        }
        lexicon
    })
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits, of one more word and a space.
fn extend(hash: u64, word: &str) -> u64 {
    word.bytes()
        .chain([b' '])
        .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Lexicon {
    /// The name of the class with this number.
    pub(super) fn name(&self, class: usize) -> &'static str {
        self.names[class]
    }

    /// How many classes there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The bit of a class; zero, which nothing has, for a name that is not a class.
    pub(super) fn class(&self, name: &str) -> Classes {
        self.names.iter().position(|&other| other == name).map_or(0, |at| 1 << at)
    }

    /// The classes of the phrases that begin with the first of `words`, one set a phrase.
    pub(super) fn at(&self, words: &[&str]) -> impl Iterator<Item = Classes> {
        let mut hash = SEED;
        let longest =
            words.first().and_then(|word| self.starts.get(&extend(SEED, word))).copied().unwrap_or(0);
        words[..longest.min(words.len())].iter().filter_map(move |word| {
            hash = extend(hash, word);
            self.phrases.get(&hash).copied()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(words: &[&str]) -> Vec<&'static str> {
        let lexicon = lexicon();
        let all = lexicon.at(words).fold(0, |all, classes| all | classes);
        (0..lexicon.len()).filter(|class| all >> class & 1 == 1).map(|class| lexicon.name(class)).collect()
    }

    #[test]
    fn words_and_phrases_have_classes() {
        assert!(classes(&["how", "to", "build"]).contains(&"howto"));
        assert!(classes(&["sarin", "gas"]).contains(&"hazard"));
        assert!(classes(&["photosynthesis"]).is_empty());
    }

    #[test]
    fn there_is_room_for_every_class() {
        assert!(lexicon().len() <= 64);
        assert_ne!(lexicon().class("hazard"), 0);
        assert_eq!(lexicon().class("no such class"), 0);
    }
}
