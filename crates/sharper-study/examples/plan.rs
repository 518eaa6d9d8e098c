//! Prints the topics of a note and a plan for them, as JSON: `plan NOTE [DAYS [MINUTES]]`.

#![allow(clippy::print_stdout)]

use std::error::Error;

use sharper_study::compose::{schedule, topics};
use sharper_study::read::Document;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(arguments.get(1).ok_or("usage: plan NOTE [DAYS [MINUTES]]")?)?;
    let number = |at: usize, or: u32| arguments.get(at).map_or(Ok(or), |word| word.parse());
    let found = topics(&[Document::parse(&text)], &[]);
    println!("{}", serde_json::to_string_pretty(&found)?);
    let days = schedule(&found, number(2, 7)?, None, number(3, 45)?, "Everything");
    println!("{}", serde_json::to_string_pretty(&days)?);
    Ok(())
}
