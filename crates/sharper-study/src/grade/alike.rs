//! Whether a typed word stands for a wanted one: inflected, misspelt, a synonym; and which likeness is none.

use super::terms::Terms;
use super::words::{Kind, Piece};
use crate::lexicon::{commonness, related};
use crate::text::Language;

/// Words that look alike and mean different things, one family a line.
const CONFUSED: &str = include_str!("confused.txt");

/// Beginnings and endings that make another word of a word.
const OTHER_STARTS: &[&str] = &[
    "hypo hyper",
    "endo exo ecto",
    "intra inter",
    "ana cata",
    "uni bi tri mono di poly",
    "micro macro",
    "pre post",
    "ab ad",
    "af ef",
    "intro extro extra",
    "homo hetero",
    "sub super supra",
    "iso allo",
    "pro anti ante",
    "under over",
    "in ex im em e",
    "eu pro",
    "para peri",
    "epi endo",
    "iso aniso",
    "oligo poly",
    "omni carni herbi",
    "thermo chemo photo",
    "гипо гипер",
    "эндо экзо",
    "интра интер",
    "моно ди поли три",
    "микро макро",
];
const OTHER_ENDS: &[&str] = &[
    "ase ose",
    "ine ane ene yne one",
    "ate ite ide",
    "ic ous",
    "ant ent",
    "cyte some plast",
    "phase",
    "ism ist",
    "or ee er",
    "gen gon",
    "ose ase",
    "trophic tropic",
    "genesis lysis",
    "phil phob",
    "philic phobic",
    "al ol",
    "ium ine",
    "osis itis",
    "аза оза",
    "ат ит ид",
    "ан ен ин",
];

/// Least weight of a relation for a word to stand for another.
const SYNONYM: f32 = 0.5;

/// How well a typed word stands for a wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// It is the word, in this or another form.
    Same,
    /// It is the word, misspelt.
    Typo,
    /// It is another word of the same meaning.
    Synonym,
}

/// Compares words, knowing the notes.
pub(super) struct Alike<'t> {
    pub(super) terms: [&'t Terms; 2],
    pub(super) language: Language,
}

impl Alike<'_> {
    /// How a typed word stands for a wanted one, if it does.
    pub(super) fn of(&self, wanted: &Piece, said: &Piece) -> Option<Likeness> {
        if wanted.folded == said.folded {
            return Some(Likeness::Same);
        }
        if wanted.kind != Kind::Word || said.kind != Kind::Word {
            return None;
        }
        if let (Some(one), Some(other)) = (number(&wanted.folded), number(&said.folded)) {
            return (one == other).then_some(Likeness::Same);
        }
        if wanted.code || said.code {
            let number = roman(&wanted.folded).is_some_and(|n| said.folded == n.to_string())
                || roman(&said.folded).is_some_and(|n| wanted.folded == n.to_string());
            return (number || wanted.code != said.code && plural_code(&wanted.folded, &said.folded))
                .then_some(Likeness::Same);
        }
        if wanted.stem == said.stem && !confused(&wanted.folded, &said.folded) {
            return Some(Likeness::Same);
        }
        if self.misspelt(wanted, said) {
            return Some(Likeness::Typo);
        }
        self.synonyms(wanted, said).then_some(Likeness::Synonym)
    }

    fn synonyms(&self, wanted: &Piece, said: &Piece) -> bool {
        self.language == Language::English
            && related(&wanted.stem).any(|(stem, weight)| stem == said.stem && weight >= SYNONYM)
            && !super::polarity::opposed(&wanted.stem, &said.stem)
    }

    /// Whether a typed word is the wanted one misspelt: near in spelling, no word of the notes or of the lexicon, and not
    /// another by a beginning or an ending that makes another word.
    fn misspelt(&self, wanted: &Piece, said: &Piece) -> bool {
        let (a, b): (Vec<char>, Vec<char>) = (wanted.folded.chars().collect(), said.folded.chars().collect());
        let room = room(&a);
        let far = a.len().abs_diff(b.len()) > room;
        if room == 0 || far || a.first() != b.first() && !swapped_start(&a, &b) {
            return false;
        }
        let near = distance(&a, &b) <= room
            || distance(&wanted.stem.chars().collect::<Vec<_>>(), &said.stem.chars().collect::<Vec<_>>())
                <= room.min(1);
        near && !confused(&wanted.folded, &said.folded) && !self.is_word(said)
    }

    /// Whether a typed word is a word of its own.
    pub(super) fn is_word(&self, said: &Piece) -> bool {
        self.terms.iter().any(|terms| terms.holds(&said.folded, &said.stem))
            || self.language == Language::English
                && (commonness(&said.folded) > 0.0
                    || related(&said.stem).next().is_some()
                    || in_confused(&said.folded))
    }
}

/// The edits that a misspelling of a word may have: none in a short word; words of consonants and syllable blocks are short
/// sooner.
fn room(word: &[char]) -> usize {
    let spelled_out = word.iter().all(|&c| matches!(c, '\u{0}'..='\u{24F}' | '\u{370}'..='\u{3FF}'));
    let cyrillic = word.iter().all(|&c| matches!(c, '\u{400}'..='\u{4FF}'));
    match word.len() {
        0..=3 => 0,
        4..=7 if spelled_out => 1,
        8.. if spelled_out => 2,
        9.. if cyrillic => 2,
        6.. => 1,
        _ => 0,
    }
}

/// Whether two words begin with the same two letters in either order: "hte" for "the".
fn swapped_start(a: &[char], b: &[char]) -> bool {
    a.len() > 3 && b.len() > 3 && a[0] == b[1] && a[1] == b[0]
}

/// Damerau and Levenshtein's distance (the restricted one): letters put in, left out, changed, or two neighbours swapped.
pub(super) fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// Whether two words are known to be taken for each other, or differ by a beginning or ending that makes another word.
pub(super) fn confused(one: &str, other: &str) -> bool {
    let bare = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    let (one, other) = (bare(one), bare(other));
    if one == other {
        return false;
    }
    let family = CONFUSED.lines().any(|line| {
        let has = |word: &str| line.split(' ').any(|known| bare(known) == word);
        has(&one) && has(&other)
    });
    family || starts_differ(&one, &other) || ends_differ(&one, &other) || negated(&one, &other)
}

fn in_confused(word: &str) -> bool {
    CONFUSED.split_ascii_whitespace().any(|known| known == word)
}

fn starts_differ(one: &str, other: &str) -> bool {
    OTHER_STARTS.iter().any(|family| {
        family.split(' ').any(|start| {
            let Some(rest) = one.strip_prefix(start).filter(|rest| rest.chars().count() > 2) else {
                return false;
            };
            family.split(' ').any(|second| {
                second != start
                    && other.strip_prefix(second).is_some_and(|end| end == rest || near_end(end, rest))
                    && common_start(one, other) < start.len().max(second.len())
            })
        })
    })
}

/// The bytes that two words share at the start.
fn common_start(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

fn near_end(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    a.len() > 4 && distance(&a, &b) <= 1
}

fn ends_differ(one: &str, other: &str) -> bool {
    OTHER_ENDS.iter().any(|family| {
        family.split(' ').any(|end| {
            let Some(root) = one.strip_suffix(end).filter(|root| root.chars().count() > 2) else {
                return false;
            };
            family.split(' ').any(|second| second != end && other.strip_suffix(second) == Some(root))
        })
    })
}

/// Whether one word is the other with a beginning that denies it.
pub(super) fn negated(one: &str, other: &str) -> bool {
    const DENYING: &[&str] =
        &["un", "non", "in", "im", "ir", "il", "dis", "a", "an", "anti", "de", "mis", "не", "без"];
    let denies = |long: &str, short: &str| {
        DENYING.iter().any(|start| long.strip_prefix(start) == Some(short)) && short.chars().count() > 3
    };
    denies(one, other) || denies(other, one)
}

/// The number that a word is, written in digits or as a word.
fn number(word: &str) -> Option<f64> {
    match &super::amounts::amounts(word)[..] {
        [one] if one.unit.is_none() && one.span.start == 0 && one.span.end == word.len() => {
            one.readings.first().copied()
        }
        _ => None,
    }
}

fn plural_code(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

/// A small Roman numeral in lower case.
fn roman(word: &str) -> Option<u32> {
    const ROMAN: &[&str] = &[
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
        "xvii", "xviii", "xix", "xx",
    ];
    ROMAN.iter().position(|one| *one == word).and_then(|at| u32::try_from(at + 1).ok())
}
