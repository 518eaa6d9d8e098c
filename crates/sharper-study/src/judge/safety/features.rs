//! What the fitted weights see of a text: words, pairs of words, parts of words, and the lexicon's classes,
//! each hashed to one of `BUCKETS` places.

use super::lexicon::{Classes, Lexicon, lexicon};
use crate::text::normalise;

/// How many places the features of a text are hashed to.
pub const BUCKETS: usize = 1 << 15;
/// What a class counts for beside the words, whose squares add up to one.
const CLASS: f32 = 0.3;

/// A text as the checks of safety read it: normal form, lower case, in words.
pub(super) struct Reading {
    lower: String,
    words: Vec<(usize, usize)>,
}

impl Reading {
    /// Of a text.
    pub(super) fn of(text: &str) -> Reading {
        let lower = normalise(text).text.to_lowercase();
        let mut words = Vec::with_capacity(lower.len() / 5);
        let mut chars = lower.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            if !c.is_alphanumeric() {
                if matches!(
                    c,
                    '!' | '?' | '<' | '>' | '[' | ']' | '{' | '}' | '"' | '$' | '#' | '*' | '|' | '%' | '\\'
                ) {
                    words.push((start, start + 1));
                }
                continue;
            }
            let mut end = start + c.len_utf8();
            while let Some(&(at, c)) = chars.peek() {
                let joins =
                    c.is_alphanumeric() || c == '\'' && lower[at + 1..].starts_with(char::is_alphabetic);
                if !joins {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            words.push((start, end));
        }
        Reading { lower, words }
    }

    /// How many words and marks it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words and marks of a stretch.
    pub(super) fn words(&self, range: std::ops::Range<usize>) -> Vec<&str> {
        self.words[range].iter().map(|&(start, end)| &self.lower[start..end]).collect()
    }

    /// The normal form in lower case.
    pub(super) fn lower(&self) -> &str {
        &self.lower
    }

    /// The text of a stretch, with what stands between the words.
    pub(super) fn stretch(&self, range: std::ops::Range<usize>) -> &str {
        match (self.words.get(range.start), self.words.get(range.end.saturating_sub(1))) {
            (Some(&(start, _)), Some(&(_, end))) if start <= end => &self.lower[start..end],
            _ => "",
        }
    }
}

/// The classes of each word: of every phrase that begins there.
pub(super) fn classes(words: &[&str]) -> Vec<Classes> {
    let lexicon = lexicon();
    (0..words.len()).map(|at| lexicon.at(&words[at..]).fold(0, |all, classes| all | classes)).collect()
}

/// The places of a text's features and what each counts, ascending by place.
pub(super) fn features(words: &[&str], classes: &[Classes]) -> Vec<(u16, f32)> {
    let mut hashes: Vec<u32> = Vec::with_capacity(words.len() * 14);
    for (at, word) in words.iter().enumerate() {
        hashes.push(hash(&[b"u", word.as_bytes()]));
        if let Some(next) = words.get(at + 1) {
            hashes.push(hash(&[b"b", word.as_bytes(), b" ", next.as_bytes()]));
        }
        if word.starts_with(char::is_alphabetic) {
            parts(word, &mut hashes);
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    let each = 1.0 / (hashes.len().max(1) as f32).sqrt();
    let mut out: Vec<(u16, f32)> = hashes.into_iter().map(|hash| (place(hash), each)).collect();
    add_classes(words.len(), classes, &mut out);
    out.sort_unstable_by_key(|&(place, _)| place);
    out.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    out
}

/// Runs of four and five letters of `^word$`.
fn parts(word: &str, hashes: &mut Vec<u32>) {
    let marked: Vec<char> = std::iter::once('^').chain(word.chars()).chain(std::iter::once('$')).collect();
    let mut buffer = [0u8; 24];
    for length in [4, 5] {
        for run in marked.windows(length) {
            let mut end = 0;
            for c in run {
                end += c.encode_utf8(&mut buffer[end..]).len();
            }
            hashes.push(hash(&[b"c", &buffer[..end]]));
        }
    }
}

fn add_classes(length: usize, classes: &[Classes], out: &mut Vec<(u16, f32)>) {
    let lexicon: &Lexicon = lexicon();
    let mut counts = [0u32; 64];
    for &set in classes.iter().filter(|&&set| set != 0) {
        for (class, count) in counts.iter_mut().enumerate().take(lexicon.len()) {
            *count += u32::from(set >> class & 1 == 1);
        }
    }
    let present: Vec<usize> = (0..lexicon.len()).filter(|&class| counts[class] > 0).collect();
    let length = length.max(5) as f32;
    for (at, &class) in present.iter().enumerate() {
        let name = lexicon.name(class).as_bytes();
        out.push((place(hash(&[b"l", name])), CLASS));
        out.push((place(hash(&[b"n", name])), CLASS * (10.0 * counts[class] as f32 / length).min(1.0)));
        if counts[class] > 1 {
            out.push((place(hash(&[b"m", name])), CLASS / 2.0));
        }
        for &other in &present[at + 1..] {
            let other = lexicon.name(other).as_bytes();
            out.push((place(hash(&[b"p", name, b" ", other])), CLASS / 2.0));
        }
    }
}

fn place(hash: u32) -> u16 {
    (hash as usize % BUCKETS) as u16
}

/// FNV-1a, 32 bits.
fn hash(pieces: &[&[u8]]) -> u32 {
    pieces
        .iter()
        .flat_map(|piece| piece.iter())
        .fold(0x811c_9dc5, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_apostrophes_and_lose_case_and_disguise() {
        let reading = Reading::of("Don’t\u{200B} PANIC!");
        assert_eq!(reading.words(0..reading.len()), ["don't", "panic", "!"]);
    }

    #[test]
    fn the_same_text_has_the_same_features_and_they_are_in_order() {
        let reading = Reading::of("How do plants make food?");
        let words = reading.words(0..reading.len());
        let once = features(&words, &classes(&words));
        assert_eq!(once, features(&words, &classes(&words)));
        assert!(once.windows(2).all(|two| two[0].0 < two[1].0));
    }
}
