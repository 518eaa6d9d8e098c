//! What a search costs in a large library: `cargo xtask bench search` fills SQLite with 100,000 passages of one user, and
//! searches them as chat, library and API do. Figures, not tests: nothing fails on a slow day.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, reads the clock, and stops where something is not as it must be"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use sharper_agents::{
    Agents, AuthorSettings, ContextSettings, KeepData, MonitoringSettings, Recorder, RetrievalSettings,
    Search,
};
use sharper_domain::{Clock, NoteId, Secret, Timestamp, UserId};
use sharper_store::notes::{NewNote, NoteChange};
use sharper_store::{Store, StoreSettings};
use sharper_study::retrieve::passages;

/// Passages of the library.
const PASSAGES: usize = 100_000;
/// Searches that are timed.
const SEARCHES: usize = 2_000;
/// Edits that are timed.
const EDITS: usize = 20;
const SAMPLES: [&str; 2] = [
    include_str!("../../../samples/immune-disruptions.md"),
    include_str!("../../sharper-study/tests/notes/cells.md"),
];

struct System;

impl Clock for System {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Numbers that are the same in each run (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most
    }

    /// A word of a subject: few are common and many rare, as Zipf's law has it.
    fn word(&mut self) -> String {
        const PARTS: [&str; 32] = [
            "ra", "le", "no", "mi", "tor", "ven", "sal", "qui", "der", "pho", "gly", "car", "bo", "xen",
            "tri", "lu", "mag", "ne", "sis", "ter", "op", "ul", "ver", "cha", "hy", "dro", "em", "bry",
            "kin", "as", "por", "zy",
        ];
        let scale = self.below(16);
        let mut rank = self.below(2 << scale);
        let mut word = String::new();
        for _ in 0..3 {
            word.push_str(PARTS[(rank * 7 + word.len()) % 32]);
            rank /= 32;
        }
        word
    }
}

/// Sentences of real texts with every fourth longer word another one, so that a vocabulary of tens of thousands of words
/// comes about.
struct Author {
    sentences: Vec<&'static str>,
    dice: Dice,
}

impl Author {
    fn new() -> Self {
        let lines = SAMPLES.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#'));
        let sentences = lines.flat_map(|line| line.split_inclusive(". ")).filter(|text| text.len() > 30);
        Self { sentences: sentences.collect(), dice: Dice(0x5eed_5eed_5eed) }
    }

    fn sentence(&mut self) -> String {
        let sentence = self.sentences[self.dice.below(self.sentences.len())];
        let words = sentence.split(' ').map(|word| {
            let plain = word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            if plain && self.dice.below(4) == 0 { self.dice.word() } else { word.to_owned() }
        });
        words.collect::<Vec<_>>().join(" ").trim_end().trim_end_matches('.').to_owned() + ". "
    }

    fn note(&mut self) -> String {
        let section = |author: &mut Self| {
            let heading = author.dice.word();
            let paragraph = |author: &mut Self| (0..4).map(|_| author.sentence()).collect::<String>();
            let paragraphs: Vec<String> = (0..4).map(|_| paragraph(author)).collect();
            format!("## {heading}\n\n{}\n\n", paragraphs.join("\n\n"))
        };
        (0..8).map(|_| section(self)).collect()
    }

    /// A question: some words of a sentence that may stand somewhere.
    fn question(&mut self) -> String {
        let sentence = self.sentence();
        let words: Vec<&str> = sentence.split(' ').collect();
        let from = self.dice.below(words.len().saturating_sub(8).max(1));
        format!("What is said about {}?", words[from..].iter().take(8).copied().collect::<Vec<_>>().join(" "))
    }
}

fn agents(store: &Store) -> Agents {
    let record =
        MonitoringSettings { record: false, keep_data: KeepData::None, metrics_token: Secret::new("") };
    let context = ContextSettings {
        window_tokens: 300,
        summary_tokens: 100,
        summarise_tokens: 100,
        cache_seconds: 60,
        cached_users: 9,
    };
    let authors = AuthorSettings {
        threads: 2,
        context_ms: 5_000,
        known_cards: 9,
        note_bytes: 9_000,
        hold_for_judge: false,
        context,
    };
    let retrieval = RetrievalSettings { index_bytes: 1 << 30, user_bytes: 1 << 30 };
    let (recorder, _) = Recorder::new(store.clone(), record);
    Agents::new(store.clone(), Arc::new(System), recorder, authors, retrieval, None)
}

fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn figures(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    println!("| {what} | {:.1} | {:.1} | {:.1} | {:.1} |", at(0.5), at(0.95), at(0.99), at(1.0));
}

/// Fills the library. The notes, the passages and the bytes that there are then.
async fn fill(store: &Store, user: &UserId, author: &mut Author) -> (Vec<NoteId>, usize, usize) {
    let (mut notes, mut count, mut bytes) = (Vec::new(), 0, 0);
    while count < PASSAGES {
        let content = author.note();
        (count, bytes) = (count + passages(&content).len(), bytes + content.len());
        let id = NoteId::new(Timestamp::now());
        let (title, folder_id, origin, anchors) = (author.dice.word(), None, None, Vec::new());
        let new = NewNote { id, folder_id, title, content, origin, anchors };
        notes.push(store.add_note(user.clone(), new, Timestamp::now()).await.unwrap().id);
    }
    (notes, count, bytes)
}

async fn timed(agents: &Agents, user: &UserId, search: Search) -> Duration {
    let began = Instant::now();
    let found = agents.find(user, &search).await.unwrap();
    assert!(!found.passages.is_empty(), "{}", search.text);
    began.elapsed()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let mut of_store = StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() };
    of_store.quotas.storage_bytes = u64::MAX >> 2;
    let store = Store::open(&of_store).await.unwrap();
    let (user, mut author): (UserId, _) = ("ada".parse().unwrap(), Author::new());
    let (notes, count, bytes) = fill(&store, &user, &mut author).await;
    store.close().await;

    let store = Store::open(&of_store).await.unwrap();
    let (agents, before) = (agents(&store), memory());
    let first = timed(&agents, &user, Search::new(author.question(), 10)).await;
    println!("{count} passages in {} notes, {:.1} MB of text", notes.len(), bytes as f64 / 1e6);
    println!("first search after a start (the index is built): {:.2} s", first.as_secs_f64());
    println!("resident memory: {before:.0} MB before, {:.0} MB after\n", memory());
    println!("| search, ms | p50 | p95 | p99 | most |\n|---|---|---|---|---|");
    let mut times = Vec::new();
    for _ in 0..SEARCHES {
        times.push(timed(&agents, &user, Search::new(author.question(), 10)).await);
    }
    figures("a question, 10 passages", times);
    let mut times = Vec::new();
    for _ in 0..SEARCHES {
        let begun = author.dice.word();
        let search = Search { once_per_note: true, unfinished: true, ..Search::new(begun, 20) };
        let began = Instant::now();
        agents.find(&user, &search).await.unwrap();
        times.push(began.elapsed());
    }
    figures("a word as it is typed, 20 notes", times);
    let mut times = Vec::new();
    for &note in notes.iter().step_by(notes.len() / EDITS).take(EDITS) {
        let change = NoteChange { content: Some(author.note()), ..NoteChange::default() };
        store.update_note(user.clone(), note, change, Timestamp::now()).await.unwrap();
        times.push(timed(&agents, &user, Search::new(author.question(), 10)).await);
    }
    figures("the first after an edit", times);
    store.close().await;
}
