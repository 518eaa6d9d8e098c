//! Fits the offline author to textbooks whose experts' terms and questions are known.
//!
//! `cargo run --release -- commonness DATA > ../../crates/sharper-study/src/lexicon/commonness.rs`
//! `cargo run --release -- rank DATA > ../../crates/sharper-study/src/compose/weights.rs`
//! `cargo run --release -- check DATA` fits on all books but one, tests on that one, for each book.
//!
//! DATA holds `sections.jsonl`, `sciq_notes.jsonl` (`{id, book, text}`) and `expert_terms.jsonl`
//! (`{section, terms: [{term, definition}], questions: [{q, answer}]}`).

mod boost;
mod commonness;
mod data;

use boost::{Forest, Row, Settings};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [command, folder] = arguments.as_slice() else {
        eprintln!("usage: fit commonness|rank|check DATA");
        std::process::exit(2);
    };
    match command.as_str() {
        "commonness" => print!("{}", commonness::table(&data::texts(folder))),
        "rank" => {
            let groups = data::groups(folder);
            let rows: Vec<Row> = groups.into_iter().flat_map(|group| group.rows).collect();
            print!("{}", Forest::fit(&rows, &Settings::default()).to_rust());
        }
        "check" => check(&data::groups(folder)),
        other => {
            eprintln!("unknown command {other}");
            std::process::exit(2);
        }
    }
}

/// Leaves each book out in turn: mean share of experts' terms met by the first 10, 20 and R cards of its sections.
fn check(groups: &[data::Group]) {
    let mut books: Vec<&str> = groups.iter().map(|group| group.book.as_str()).collect();
    books.sort_unstable();
    books.dedup();
    let mut totals = [0.0f64; 5];
    let (mut with_terms, mut with_questions) = (0.0, 0.0);
    for book in &books {
        let rows: Vec<Row> =
            groups.iter().filter(|group| group.book != *book).flat_map(|group| group.rows.clone()).collect();
        let forest = Forest::fit(&rows, &Settings::default());
        let mut sums = [0.0f64; 5];
        let (mut terms, mut questions) = (0.0f64, 0.0f64);
        for group in groups.iter().filter(|group| group.book == *book) {
            let chosen = group.choose(|row| forest.score(&row.features), 40);
            if group.terms > 0 {
                terms += 1.0;
                let found =
                    |n: usize| group.terms_found(&chosen[..n.min(chosen.len())]) as f64 / group.terms as f64;
                sums[0] += found(10);
                sums[1] += found(20);
                sums[2] += found(group.terms);
            }
            if group.questions > 0 {
                questions += 1.0;
                let met =
                    group.questions_met(&chosen[..20.min(chosen.len())]) as f64 / group.questions as f64;
                sums[3] += met;
            }
        }
        for (total, sum) in totals.iter_mut().zip(sums) {
            *total += sum;
        }
        with_terms += terms;
        with_questions += questions;
        let mean = |sum: f64, n: f64| if n > 0.0 { sum / n } else { 0.0 };
        println!(
            "{book:22} terms@10 {:.3} @20 {:.3} R {:.3} questions@20 {:.3}",
            mean(sums[0], terms),
            mean(sums[1], terms),
            mean(sums[2], terms),
            mean(sums[3], questions)
        );
    }
    println!(
        "all left out once     terms@10 {:.3} @20 {:.3} R {:.3} questions@20 {:.3}",
        totals[0] / with_terms,
        totals[1] / with_terms,
        totals[2] / with_terms,
        totals[3] / with_questions
    );
}
