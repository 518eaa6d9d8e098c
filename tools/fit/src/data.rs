//! The data: sections with the terms their experts chose, and every candidate card labelled by them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sharper_study::compose::candidates;
use sharper_study::read::Document;
use sharper_study::text::{Language, content, key};

use crate::boost::Row;

const ENGLISH: Language = Language::English;

/// The candidates of one section.
pub struct Group {
    pub book: String,
    pub terms: usize,
    pub questions: usize,
    pub rows: Vec<Row>,
    /// For each row: the term and the sentence it is about, to choose as the author chooses.
    about: Vec<(u64, usize, usize)>,
    met: Vec<(Option<usize>, Vec<usize>)>,
    stems: Vec<BTreeSet<String>>,
}

impl Group {
    /// Chooses `n` rows greedily as the author does.
    pub fn choose(&self, score: impl Fn(&Row) -> f32, n: usize) -> Vec<usize> {
        let scores: Vec<f32> = self.rows.iter().map(score).collect();
        let mut left: Vec<usize> = (0..self.rows.len()).collect();
        let (mut terms, mut sentences) = (BTreeMap::<u64, f32>::new(), BTreeMap::<usize, f32>::new());
        let mut sections = BTreeMap::<usize, f32>::new();
        let mut chosen: Vec<usize> = Vec::new();
        while chosen.len() < n && !left.is_empty() {
            let worth = |row: usize| {
                let (term, sentence, section) = self.about[row];
                scores[row]
                    - sharper_study::compose::SAME_TERM * terms.get(&term).unwrap_or(&0.0)
                    - sharper_study::compose::SAME_SENTENCE * sentences.get(&sentence).unwrap_or(&0.0)
                    - sharper_study::compose::SAME_SECTION * sections.get(&section).unwrap_or(&0.0)
            };
            let best = (0..left.len())
                .max_by(|&a, &b| worth(left[a]).total_cmp(&worth(left[b])))
                .expect("some are left");
            let row = left.swap_remove(best);
            let near = chosen.iter().any(|&other| {
                let common = self.stems[row].intersection(&self.stems[other]).count();
                common as f32 >= 0.7 * (self.stems[row].len() + self.stems[other].len() - common) as f32
            });
            if near {
                continue;
            }
            let (term, sentence, section) = self.about[row];
            *terms.entry(term).or_default() += 1.0;
            *sentences.entry(sentence).or_default() += 1.0;
            *sections.entry(section).or_default() += 1.0;
            chosen.push(row);
        }
        chosen
    }

    pub fn terms_found(&self, rows: &[usize]) -> usize {
        rows.iter().filter_map(|&row| self.met[row].0).collect::<BTreeSet<_>>().len()
    }

    pub fn questions_met(&self, rows: &[usize]) -> usize {
        rows.iter().flat_map(|&row| self.met[row].1.iter()).collect::<BTreeSet<_>>().len()
    }
}

fn lines(folder: &str, name: &str) -> Vec<Value> {
    let path = format!("{folder}/{name}");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{path}: {problem}"));
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).expect("JSON lines"))
        .collect()
}

fn text_of(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().to_owned()
}

/// Book and text of every section.
pub fn texts(folder: &str) -> Vec<(String, String)> {
    let mut all = lines(folder, "sections.jsonl");
    all.extend(lines(folder, "sciq_notes.jsonl"));
    all.iter().map(|section| (text_of(section, "book"), text_of(section, "text"))).collect()
}

struct Term {
    names: Vec<String>,
    words: BTreeSet<String>,
    definition: BTreeSet<String>,
    evidence: Vec<BTreeSet<String>>,
}

struct Asked {
    answer: String,
    words: BTreeSet<String>,
}

/// Every section with its candidates, labelled.
pub fn groups(folder: &str) -> Vec<Group> {
    let mut all = lines(folder, "sections.jsonl");
    all.extend(lines(folder, "sciq_notes.jsonl"));
    let sections: BTreeMap<String, (String, String)> = all
        .iter()
        .map(|section| (text_of(section, "id"), (text_of(section, "book"), text_of(section, "text"))))
        .collect();
    lines(folder, "expert_terms.jsonl")
        .iter()
        .enumerate()
        .filter_map(|(index, gold)| {
            sections.get(&text_of(gold, "section")).map(|(book, text)| group(index, book, text, gold))
        })
        .collect()
}

fn group(index: usize, book: &str, text: &str, gold: &Value) -> Group {
    let document = Document::parse(text);
    let sentences: Vec<(String, BTreeSet<String>)> = document
        .sentences
        .iter()
        .map(|sentence| document.sentence_text(sentence))
        .map(|sentence| (padded(sentence), content(sentence, ENGLISH).into_iter().collect()))
        .collect();
    let terms: Vec<Term> = list(gold, "terms").iter().map(|value| term(value, &sentences)).collect();
    let questions: Vec<Asked> = list(gold, "questions")
        .iter()
        .map(|value| Asked {
            answer: key(&text_of(value, "answer"), ENGLISH),
            words: set(&text_of(value, "q")),
        })
        .filter(|asked| !asked.answer.is_empty())
        .collect();
    let mut group = Group {
        book: book.to_owned(),
        terms: terms.len(),
        questions: questions.len(),
        rows: Vec::new(),
        about: Vec::new(),
        met: Vec::new(),
        stems: Vec::new(),
    };
    for candidate in candidates(std::slice::from_ref(&document)) {
        let (front, back) = (&candidate.draft.question, &candidate.draft.answer);
        let found = meets_term(front, back, &terms);
        let met = meets_questions(front, back, &questions);
        let meets = found.into_iter().chain(met.iter().map(|question| terms.len() + question)).collect();
        group.rows.push(Row { features: candidate.features.to_vec(), group: index, meets });
        group.about.push((candidate.term, candidate.sentence, candidate.section));
        group.met.push((found, met));
        group.stems.push(set(&format!("{front} {back}")));
    }
    group
}

fn list(value: &Value, field: &str) -> Vec<Value> {
    value[field].as_array().cloned().unwrap_or_default()
}

fn set(text: &str) -> BTreeSet<String> {
    content(text, ENGLISH).into_iter().collect()
}

fn padded(text: &str) -> String {
    format!(" {} ", key(text, ENGLISH))
}

fn term(value: &Value, sentences: &[(String, BTreeSet<String>)]) -> Term {
    let written = text_of(value, "term");
    let mut names = vec![key(&written, ENGLISH)];
    if let (Some(open), Some(close)) = (written.find('('), written.find(')'))
        && open < close
    {
        names.push(key(&written[open + 1..close], ENGLISH));
    }
    names.retain(|name| !name.is_empty());
    let words: BTreeSet<String> = names.iter().flat_map(|name| name.split(' ')).map(str::to_owned).collect();
    let evidence = sentences
        .iter()
        .filter(|(sentence, _)| names.iter().any(|name| sentence.contains(&format!(" {name} "))))
        .map(|(_, stems)| stems.difference(&words).cloned().collect())
        .collect();
    let definition = set(&text_of(value, "definition")).difference(&words).cloned().collect();
    Term { names, words, definition, evidence }
}

/// The expert's term that a card tests: it is the back, and the front says something true of it; or the front
/// names it and the back says what it is.
fn meets_term(front: &str, back: &str, terms: &[Term]) -> Option<usize> {
    let (front_key, back_key) = (padded(front), key(back, ENGLISH));
    let (front_words, back_words) = (set(front), set(back));
    let mut best: Option<(usize, usize)> = None;
    for (i, term) in terms.iter().enumerate() {
        let named = term.names.iter().any(|name| front_key.contains(&format!(" {name} ")));
        let said: BTreeSet<&String> =
            if named { &back_words } else { &front_words }.difference(&term.words).collect();
        let from = |other: &BTreeSet<String>| said.iter().filter(|word| other.contains(**word)).count();
        let enough = if named { 0.6 } else { 0.5 };
        let supported =
            term.evidence.iter().any(|evidence| from(evidence) as f32 >= enough * said.len() as f32)
                || from(&term.definition) as f32 >= (0.34 * term.definition.len() as f32).max(2.0);
        let fits = if named {
            front_words.difference(&term.words).count() <= 5
        } else {
            term.names.contains(&back_key)
        };
        let length = term.names[0].len();
        if said.len() >= 3 && supported && fits && best.is_none_or(|(_, other)| length > other) {
            best = Some((i, length));
        }
    }
    best.map(|(i, _)| i)
}

fn meets_questions(front: &str, back: &str, questions: &[Asked]) -> Vec<usize> {
    let (front_key, back_key) = (padded(front), padded(back));
    let (front_words, back_words) = (set(front), set(back));
    let meets = |asked: &Asked| {
        let answer: BTreeSet<String> = asked.answer.split(' ').map(str::to_owned).collect();
        let words: Vec<&String> = asked.words.difference(&answer).collect();
        let inside = |text: &str| text.contains(&format!(" {} ", asked.answer));
        let share = |side: &BTreeSet<String>| {
            words.iter().filter(|word| side.contains(**word)).count() as f32 >= 0.4 * words.len() as f32
        };
        let direct = inside(&back_key)
            && !inside(&front_key)
            && back_words.difference(&answer).count() <= 4
            && share(&front_words);
        let mirrored = inside(&front_key)
            && !inside(&back_key)
            && front_words.difference(&answer).count() <= 4
            && back_words.len() >= 3
            && share(&back_words);
        !words.is_empty() && (direct || mirrored)
    };
    questions.iter().enumerate().filter(|(_, asked)| meets(asked)).map(|(i, _)| i).collect()
}
