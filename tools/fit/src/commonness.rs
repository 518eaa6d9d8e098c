//! Which words are common to textbooks of all subjects, from how many sections of how many books use them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Fewest books that must use a word.
const BOOKS: usize = 3;

/// The table as Rust source: words in order, each with a level from 1 (in three books) to 9 (everywhere).
pub fn table(texts: &[(String, String)]) -> String {
    let mut books: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut sections: BTreeMap<String, usize> = BTreeMap::new();
    for (book, text) in texts {
        let words: BTreeSet<String> = text
            .split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.len() > 2)
            .map(str::to_ascii_lowercase)
            .collect();
        for word in words {
            books.entry(word.clone()).or_default().insert(book);
            *sections.entry(word).or_default() += 1;
        }
    }
    let most = texts.len() as f64;
    let mut out = String::from(
        "//! Words that textbooks of all subjects share, with how common they are (1 to 9).\n//!\n//! Generated: `cargo run --release --manifest-path tools/fit/Cargo.toml -- commonness DATA`.\n\n#[rustfmt::skip]\npub(super) static COMMON: &[(&str, u8)] = &[\n",
    );
    let mut line = String::new();
    for (word, seen) in &books {
        if seen.len() < BOOKS {
            continue;
        }
        let share = sections[word] as f64 / most;
        let level = (9.0 + (share.log2() * 1.2)).round().clamp(1.0, 9.0) as u8;
        let item = format!("(\"{word}\", {level}), ");
        if line.len() + item.len() > 110 {
            writeln!(out, "    {}", line.trim_end()).expect("writing to a string");
            line.clear();
        }
        line.push_str(&item);
    }
    writeln!(out, "    {}\n];", line.trim_end()).expect("writing to a string");
    out
}
