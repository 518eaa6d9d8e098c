//! Prints the analysis of a note: `analysis NOTE`; with `speed` after it, only how many megabytes a second.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Instant;

use sharper_study::compose::{analysis, topics};
use sharper_study::read::Document;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(arguments.get(1).ok_or("usage: analysis NOTE [speed]")?)?;
    if arguments.len() > 2 {
        let started = Instant::now();
        let docs = [Document::parse(&text)];
        let found = analysis(&docs).len();
        let taken = started.elapsed().as_secs_f64();
        let begun = Instant::now();
        let topics = topics(&docs, &[]).len();
        let megabytes = text.len() as f64 / 1e6;
        println!(
            "{found} findings: {:.2} MB/s; {topics} topics: {:.2} MB/s",
            megabytes / taken,
            megabytes / begun.elapsed().as_secs_f64()
        );
        return Ok(());
    }
    for finding in analysis(&[Document::parse(&text)]) {
        println!(
            "[{}] <{}> {}\n    {}",
            finding.kind.as_str(),
            finding.topic,
            finding.point,
            finding.details
        );
        for source in &finding.sources {
            println!("    > {}", source.span.of(&text).unwrap_or("?"));
        }
    }
    Ok(())
}
