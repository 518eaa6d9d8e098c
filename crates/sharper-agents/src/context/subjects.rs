//! Subjects: which notes are about the same, by the words that they share. Pure; for finding out whether a request that
//! names no notes could mean any.

use std::collections::{HashMap, HashSet};

use sharper_study::text::{content, guess};

use super::NoteText;

/// Bytes of each note that are looked at.
const LOOKED_AT: usize = 4 * 1024;
/// Words that stand for a note.
const SIGNS: usize = 24;
/// Shared words from which two notes are about the same, and their share of the signs.
const SHARED: usize = 3;
const SHARE: f64 = 0.2;

/// The notes by subject, as places in `texts`, the largest subject first, each in the order of `texts`.
pub(super) fn of(texts: &[NoteText]) -> Vec<Vec<usize>> {
    let signs: Vec<HashSet<String>> = texts.iter().map(signs).collect();
    let mut subject: Vec<usize> = (0..texts.len()).collect();
    for a in 0..texts.len() {
        for b in a + 1..texts.len() {
            let shared = signs[a].intersection(&signs[b]).count();
            let least = signs[a].len().min(signs[b].len());
            if shared >= SHARED && shared as f64 >= SHARE * least as f64 && subject[a] != subject[b] {
                let (from, to) = (subject[b], subject[a]);
                subject.iter_mut().filter(|one| **one == from).for_each(|one| *one = to);
            }
        }
    }
    let mut subjects: Vec<Vec<usize>> = Vec::new();
    let mut places: HashMap<usize, usize> = HashMap::new();
    for (note, one) in subject.into_iter().enumerate() {
        let place = *places.entry(one).or_insert_with(|| {
            subjects.push(Vec::new());
            subjects.len() - 1
        });
        subjects[place].push(note);
    }
    subjects.sort_by_key(|notes| std::cmp::Reverse(notes.len()));
    subjects
}

/// The places of the notes that hold every word of a topic.
pub(super) fn holding(texts: &[NoteText], topic: &str) -> Vec<usize> {
    let mut stems = content(topic, guess(topic));
    if stems.is_empty() {
        return Vec::new();
    }
    stems.dedup();
    let holds = |note: &NoteText| {
        let words = format!("{}\n{}", note.title, note.content).to_lowercase();
        stems.iter().all(|stem| words.contains(stem.as_str()))
    };
    (0..texts.len()).filter(|place| holds(&texts[*place])).collect()
}

/// The commonest words of a note that say something, those of its title among them.
fn signs(note: &NoteText) -> HashSet<String> {
    let end = (0..=LOOKED_AT.min(note.content.len())).rev().find(|at| note.content.is_char_boundary(*at));
    let beginning = &note.content[..end.unwrap_or(0)];
    let language = guess(beginning);
    let mut counts: HashMap<String, usize> = HashMap::new();
    for stem in content(beginning, language) {
        *counts.entry(stem).or_default() += 1;
    }
    for stem in content(&note.title, language) {
        *counts.entry(stem).or_default() += 2;
    }
    let mut counted: Vec<(String, usize)> =
        counts.into_iter().filter(|(stem, _)| stem.chars().any(char::is_alphabetic)).collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted.into_iter().take(SIGNS).map(|(stem, _)| stem).collect()
}
