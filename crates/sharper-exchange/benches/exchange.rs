//! What decks cost: `cargo xtask bench exchange` prints a table for 10,000 cards. Figures, not tests.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where something is not as it must be"
)]

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::time::{Duration, Instant};

use sample::{bio, limits, now};
use sharper_domain::{Deck, DeckCard};
use sharper_exchange::csv::Table;
use sharper_exchange::{apkg, csv, json, markdown};

/// Cards of the deck.
const CARDS: usize = 10_000;
/// How often each is done; the middle counts.
const TIMES: usize = 5;

fn main() {
    let deck = large();
    let anki = apkg::write(&deck, now()).unwrap();
    let imported = apkg::read(&anki, &limits()).unwrap();
    assert_eq!(imported[0].cards.len(), CARDS);
    let (table, text, whole) = (csv::write(&deck, Table::Csv), markdown::write(&deck), json::write(&deck));
    println!("| {CARDS} cards | size | time |\n|---|---|---|");
    row("apkg out", anki.len(), || apkg::write(&deck, now()).unwrap().len());
    row("apkg in", anki.len(), || apkg::read(&anki, &limits()).unwrap()[0].cards.len());
    row("CSV out", table.len(), || csv::write(&deck, Table::Csv).len());
    row("CSV in", table.len(), || csv::read(&table, "x", CARDS).unwrap().cards.len());
    row("Markdown out", text.len(), || markdown::write(&deck).len());
    row("Markdown in", text.len(), || markdown::read(&text, "x", CARDS).unwrap().cards.len());
    row("JSON out", whole.len(), || json::write(&deck).len());
    row("JSON in", whole.len(), || json::read(&whole, CARDS).unwrap().cards.len());
}

/// The cards of the sample over and over, each as a note of its own words.
fn large() -> Deck {
    let sample = bio();
    let of = |(at, card): (usize, &DeckCard)| DeckCard {
        guid: format!("{}-{}", card.guid, at / sample.cards.len()),
        ..card.clone()
    };
    let cards = sample.cards.iter().cycle().enumerate().take(CARDS).map(of).collect();
    Deck { cards, ..sample.clone() }
}

fn row(name: &str, bytes: usize, mut work: impl FnMut() -> usize) {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let began = Instant::now();
            assert!(work() > 0);
            began.elapsed()
        })
        .collect();
    times.sort();
    println!("| {name} | {:.2} MB | {:.0} ms |", bytes as f64 / 1e6, times[TIMES / 2].as_secs_f64() * 1e3);
}
