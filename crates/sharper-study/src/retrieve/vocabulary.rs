//! The vocabulary: each term once, how a spelling leads to it, and which terms look like a word that is not there.

use rustc_hash::FxHashMap;

use super::terms;
use crate::text::Language;

/// A spelling, resolved: the number of its term, and whether it is a stop word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) term: u32,
    pub(super) stop: bool,
}

/// All terms of an index. A term keeps its number as long as the index lives.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    ids: FxHashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
    /// What a spelling in lower case resolves to, for each language: stemming once is enough.
    spellings: [FxHashMap<Box<str>, Spelling>; 5],
    /// Which terms hold a run of four characters (two for scripts of syllables and pictures, one for pairs of them).
    grams: FxHashMap<u64, Vec<u32>>,
    lower: String,
}

/// A term that looks like a word, and how much: 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lookalike {
    pub(super) term: u32,
    pub(super) likeness: f32,
}

impl Vocabulary {
    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// About how many bytes it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        let spellings: usize =
            self.spellings.iter().flat_map(|map| map.keys()).map(|text| text.len() + 32).sum();
        let texts: usize = self.texts.iter().map(|text| 2 * text.len() + 56).sum();
        let grams: usize = self.grams.values().map(|terms| terms.capacity() * 4 + 40).sum();
        spellings + texts + grams
    }

    /// The text of a term.
    pub(super) fn text(&self, term: u32) -> &str {
        &self.texts[term as usize]
    }

    /// The term of a piece of a note in `language`; a new one where it was never seen.
    pub(super) fn learn(&mut self, piece: &str, language: Language) -> Spelling {
        let mut lower = std::mem::take(&mut self.lower);
        lower.clear();
        if piece.is_ascii() {
            lower.extend(piece.bytes().map(|byte| byte.to_ascii_lowercase() as char));
        } else {
            lower.extend(piece.chars().flat_map(char::to_lowercase));
        }
        let known = self.spellings[language as usize].get(lower.as_str()).copied();
        let spelling = known.unwrap_or_else(|| {
            let term = self.intern(terms::canonical(piece, language));
            let spelling = Spelling { term, stop: terms::is_stop(&lower, language) };
            self.spellings[language as usize].insert(lower.as_str().into(), spelling);
            spelling
        });
        self.lower = lower;
        spelling
    }

    /// The term of a piece of a question, if there is one.
    pub(super) fn find(&self, piece: &str, language: Language) -> Option<u32> {
        self.find_canonical(&terms::canonical(piece, language))
    }

    /// The term of this form, if there is one.
    pub(super) fn find_canonical(&self, text: &str) -> Option<u32> {
        self.ids.get(text).copied()
    }

    /// The terms that begin so, in the order in which they were learnt.
    pub(super) fn beginning_with<'v>(&'v self, begun: &'v str) -> impl Iterator<Item = u32> + 'v {
        let terms = self.texts.iter().zip(0..);
        terms.filter(move |(text, _)| text.starts_with(begun)).map(|(_, term)| term)
    }

    fn intern(&mut self, text: String) -> u32 {
        if let Some(&term) = self.ids.get(text.as_str()) {
            return term;
        }
        let term = self.texts.len() as u32;
        for gram in grams(&text) {
            self.grams.entry(gram).or_default().push(term);
        }
        self.texts.push(text.as_str().into());
        self.ids.insert(text.into(), term);
        term
    }

    /// The terms that look like `word` (in canonical form): other forms of it, and what it may be a slip for.
    pub(super) fn lookalikes(&self, word: &str, most: usize) -> Vec<Lookalike> {
        let wanted = grams(word);
        if wanted.is_empty() || word.bytes().any(|byte| byte.is_ascii_digit()) {
            return Vec::new();
        }
        let mut shared: FxHashMap<u32, u32> = FxHashMap::default();
        for term in wanted.iter().filter_map(|gram| self.grams.get(gram)).flatten() {
            *shared.entry(*term).or_default() += 1;
        }
        let mut found: Vec<Lookalike> = shared
            .into_iter()
            .filter(|&(term, _)| self.text(term) != word)
            .filter_map(|(term, common)| {
                let other = self.text(term);
                let size = wanted.len() + gram_count(other);
                let likeness = 2.0 * common as f32 / size as f32;
                let likeness = if likeness < 0.6 && is_slip(word, other) { 0.6 } else { likeness };
                (likeness >= 0.4).then_some(Lookalike { term, likeness: likeness.min(1.0) })
            })
            .collect();
        found.sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.term.cmp(&b.term)));
        found.truncate(most);
        found
    }
}

/// The distinct runs of four characters of a term between its edges; single characters of a dense pair.
fn grams(term: &str) -> Vec<u64> {
    let mut chars: Vec<char> = term.chars().take(40).collect();
    let mut found: Vec<u64> = if chars.first().is_some_and(|&c| terms::is_dense(c)) {
        chars.iter().map(|&c| u64::from(c)).collect()
    } else if chars.len() < 4 {
        return Vec::new();
    } else {
        chars.insert(0, '\u{2}');
        chars.push('\u{3}');
        // Four characters of the first plane fit side by side; rarer ones mix, which costs a false friend at most.
        chars
            .windows(4)
            .map(|run| run.iter().fold(0u64, |all, &c| all.rotate_left(16) ^ u64::from(c)))
            .collect()
    };
    found.sort_unstable();
    found.dedup();
    found
}

fn gram_count(term: &str) -> usize {
    let chars = term.chars().take(40).count();
    if term.chars().next().is_some_and(terms::is_dense) { chars } else { chars.saturating_sub(1) }
}

/// Whether one word is the other with one slip (two in words of eight letters or more): a letter wrong, missing,
/// added, or two neighbours in the wrong order. The first letter is right.
fn is_slip(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.first() != b.first() || a.len().min(b.len()) < 4 || a.len() > 40 || b.len() > 40 {
        return false;
    }
    let allowed = if a.len().min(b.len()) >= 8 { 2 } else { 1 };
    a.len().abs_diff(b.len()) <= allowed && distance(&a, &b) <= allowed
}

/// Edits between two words, swaps of neighbours among them.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(known: &[&str], word: &str, wanted: &[&str]) {
        let mut vocabulary = Vocabulary::default();
        for text in known {
            vocabulary.intern((*text).to_owned());
        }
        let found: Vec<&str> =
            vocabulary.lookalikes(word, 8).iter().map(|like| vocabulary.text(like.term)).collect();
        assert_eq!(found, wanted, "{word}");
    }

    #[test]
    fn a_slip_of_the_pen_leads_to_the_word() {
        check(&["osmosis", "mitosis"], "osmsis", &["osmosis"]);
        check(&["nucleus", "calculus"], "nuclues", &["nucleus"]);
        check(&["mitochondrion"], "mitocondrion", &["mitochondrion"]);
    }

    #[test]
    fn other_forms_of_a_word_look_like_it_and_strangers_do_not() {
        check(&["photosynthet", "synth", "photon"], "photosynthesi", &["photosynthet"]);
        check(&["1945"], "1946", &[]);
        check(&["cat"], "car", &[]);
    }

    #[test]
    fn one_character_leads_to_the_pairs_that_hold_it() {
        check(&["核心", "細胞"], "核", &["核心"]);
    }

    #[test]
    fn a_spelling_is_learnt_once_for_each_language() {
        let mut vocabulary = Vocabulary::default();
        let the = vocabulary.learn("The", Language::English);
        assert!(the.stop);
        assert_eq!(vocabulary.learn("the", Language::English), the);
        assert_eq!(vocabulary.learn("Cells", Language::English), vocabulary.learn("cell", Language::English));
        assert_eq!(vocabulary.find("CELL", Language::English), Some(1));
        assert_eq!(vocabulary.len(), 2);
    }
}
