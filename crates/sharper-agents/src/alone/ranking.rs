//! Ranking: which notes say most about a question, by the words they share (BM25).
//!
//! Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).

use std::collections::HashMap;

use sharper_domain::Note;
use sharper_study::text::{Language, TokenKind, guess, is_stop_word, stem, tokens};

/// How soon a word said again counts no more.
const K1: f64 = 1.2;
/// How far a long note is held against a short one.
const B: f64 = 0.75;

/// The notes that share a word with `query`, as places in `notes` with a score above 0 and at most 1, best first.
/// The score is the share of the greatest that any note could have for this query.
pub(super) fn rank(query: &str, notes: &[Note]) -> Vec<(usize, f64)> {
    let mut terms = Terms::of(query);
    let counts: Vec<Counts> = notes.iter().map(|note| terms.count(&note.title, &note.content)).collect();
    let length: f64 = counts.iter().map(|counts| counts.words).sum::<f64>() / notes.len().max(1) as f64;
    let weights: Vec<f64> = (0..terms.number)
        .map(|term| {
            let holding = counts.iter().filter(|counts| counts.of[term] > 0.0).count() as f64;
            (1.0 + (notes.len() as f64 - holding + 0.5) / (holding + 0.5)).ln()
        })
        .collect();
    let greatest: f64 = weights.iter().map(|weight| weight * (K1 + 1.0)).sum();
    let score = |counts: &Counts| {
        let norm = K1 * (1.0 - B + B * counts.words / length.max(1.0));
        let of = counts.of.iter().zip(&weights);
        of.map(|(count, weight)| weight * count * (K1 + 1.0) / (count + norm)).sum::<f64>() / greatest
    };
    let mut ranked: Vec<(usize, f64)> = counts.iter().map(score).enumerate().collect();
    ranked.retain(|&(_, score)| score > 0.0);
    ranked.sort_by(|one, two| two.1.total_cmp(&one.1));
    ranked
}

/// The words of a query, and which words of the notes are the same.
struct Terms {
    language: Language,
    number: usize,
    /// By stem, the place in the query.
    places: HashMap<String, usize>,
    /// By word as it stands in the notes: each is stemmed once.
    known: HashMap<String, Option<usize>>,
}

/// How often each word of the query stands in a note, and how many words the note has.
struct Counts {
    of: Vec<f64>,
    words: f64,
}

impl Terms {
    fn of(query: &str) -> Self {
        let language = guess(query);
        let mut places = HashMap::new();
        for token in tokens(query).filter(|token| token.kind != TokenKind::Mark) {
            if !is_stop_word(token.text, language) {
                let next = places.len();
                places.entry(stem(token.text, language)).or_insert(next);
            }
        }
        Self { language, number: places.len(), places, known: HashMap::new() }
    }

    fn count(&mut self, title: &str, content: &str) -> Counts {
        let mut counts = Counts { of: vec![0.0; self.number], words: 0.0 };
        let mut lower = String::new();
        for token in tokens(title).chain(tokens(content)).filter(|token| token.kind != TokenKind::Mark) {
            counts.words += 1.0;
            lower.clear();
            lower.extend(token.text.chars().flat_map(char::to_lowercase));
            let place = match self.known.get(&lower) {
                Some(place) => *place,
                None => {
                    let place = self.places.get(&stem(&lower, self.language)).copied();
                    self.known.insert(lower.clone(), place);
                    place
                }
            };
            if let Some(place) = place {
                counts.of[place] += 1.0;
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::{NoteId, Timestamp};

    fn check(query: &str, texts: &[&str], wanted: &[usize]) {
        let at = Timestamp::UNIX_EPOCH;
        let note = |text: &&str| Note {
            id: NoteId::new(at),
            user_id: "ana".parse().unwrap(),
            folder_id: None,
            title: String::new(),
            content: (*text).to_owned(),
            version: 1,
            created_at: at,
            updated_at: at,
        };
        let notes: Vec<Note> = texts.iter().map(note).collect();
        let ranked = rank(query, &notes);
        assert_eq!(ranked.iter().map(|&(place, _)| place).collect::<Vec<_>>(), wanted, "{query}");
        assert!(ranked.iter().all(|&(_, score)| score > 0.0 && score <= 1.0));
    }

    #[test]
    fn the_note_that_holds_more_of_the_question_comes_first() {
        let notes = ["Money is a medium of exchange.", "Cells divide.", "Cells divide by mitosis."];
        check("How do cells divide in mitosis?", &notes, &[2, 1]);
        check("What is mitosis?", &notes, &[2]);
    }

    #[test]
    fn other_forms_of_a_word_are_the_same_word() {
        check("dividing cell", &["A note on money.", "The cells divide."], &[1]);
    }

    #[test]
    fn a_note_that_shares_nothing_is_not_found() {
        check("photosynthesis", &["Cells divide.", ""], &[]);
        check("what is the of", &["What is the point of it?"], &[]);
        check("", &["Cells divide."], &[]);
        check("cells", &[], &[]);
    }

    #[test]
    fn a_rare_word_counts_for_more_than_a_common_one() {
        let notes = ["cells grow", "cells divide", "cells die", "osmosis happens"];
        check("cells osmosis", &notes[..], &[3, 0, 1, 2]);
    }
}
