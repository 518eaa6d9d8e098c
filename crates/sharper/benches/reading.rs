//! What reading files costs: `cargo xtask bench reading` prints two tables, of ordinary files of each kind and of all that
//! want to do harm. Figures, not tests: nothing fails on a slow day.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where something is not as it must be"
)]

use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use sharper_testkit::bombs::{all, harmless};
use sharper_testkit::{Client, Response, Server, ServerOptions, Watch};

const TEXT: &str = include_str!("../../../samples/immune-disruptions.md");
/// Pages, slides or chapters of each file.
const PAGES: usize = 100;
/// How often each file is read; the middle counts.
const TIMES: usize = 5;
const BETWEEN: &str = "----a-line-that-no-file-holds";

fn main() {
    let program = Path::new(env!("CARGO_BIN_EXE_study-sharper"));
    let server = Server::start(program, ServerOptions::new().env("LOG_LEVEL", "warn"));
    let client = server.client().with_patience(Duration::from_secs(60));
    ordinary(&client);
    let watch = Watch::begin(&server);
    let seen = watch.over(|| harmful(&client));
    println!(
        "\nOne at a time: the largest child had {} MiB, the server grew by {} MiB; /livez p50 {:.1} ms, p99 {:.1} ms",
        seen.child >> 10,
        seen.growth >> 10,
        seen.p50.as_secs_f64() * 1e3,
        seen.p99.as_secs_f64() * 1e3
    );
}

fn ordinary(client: &Client) {
    println!("| file | size | time | MB/s | pages/s | words found |\n|---|---|---|---|---|---|");
    let paragraphs: Vec<&str> = TEXT.split("\n\n").collect();
    for (name, bytes) in harmless::documents(&paragraphs, PAGES) {
        let mut found = 0.0;
        let mut times: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let began = Instant::now();
                let note = upload(client, name, &bytes).expect_status(201).json();
                let took = began.elapsed();
                found = recall(note["note"]["content"].as_str().unwrap());
                let id = note["note"]["id"].as_str().unwrap().to_owned();
                // Gone for good, so that the same file is read again.
                client.delete(&format!("/api/notes/{id}")).expect_status(200);
                took
            })
            .collect();
        times.sort();
        let seconds = times[TIMES / 2].as_secs_f64();
        let size = bytes.len() as f64 / 1e6;
        println!(
            "| {name} | {size:.2} MB | {:.0} ms | {:.1} | {:.0} | {:.1} % |",
            seconds * 1e3,
            size / seconds,
            PAGES as f64 / seconds,
            found * 100.0
        );
    }
}

/// The share of the words of the known text, each as often as it stands there, that the note has.
fn recall(note: &str) -> f64 {
    let mut known: HashMap<&str, isize> = HashMap::new();
    for word in note.split_whitespace() {
        *known.entry(word).or_default() += 1;
    }
    let words: Vec<&str> = TEXT.split_whitespace().filter(|word| *word != "#" && *word != "##").collect();
    let found = words.iter().filter(|word| {
        let left = known.entry(word).or_default();
        *left -= 1;
        *left >= 0
    });
    found.count() as f64 / words.len() as f64
}

fn harmful(client: &Client) {
    println!("\n| file that wants to do harm | size | verdict | time |\n|---|---|---|---|");
    for bomb in all() {
        let bytes = bomb.bytes();
        let began = Instant::now();
        let answer = upload(client, bomb.file, &bytes);
        let took = began.elapsed();
        assert!(matches!(answer.status, 200 | 201 | 415 | 422), "{}: {}", bomb.name, answer.text());
        let fault = answer.json()["fault"].as_str().unwrap_or("read").to_owned();
        println!("| {} | {} KiB | {fault} | {} ms |", bomb.name, bytes.len() >> 10, took.as_millis());
    }
}

fn upload(client: &Client, name: &str, bytes: &[u8]) -> Response {
    let head =
        format!("--{BETWEEN}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), bytes, format!("\r\n--{BETWEEN}--\r\n").as_bytes()].concat();
    let kind = format!("multipart/form-data; boundary={BETWEEN}");
    client.send("POST", "/api/upload", &[("Content-Type", &kind)], &body)
}
