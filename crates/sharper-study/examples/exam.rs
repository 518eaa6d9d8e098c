//! Prints an exam on a note as JSON: `exam NOTE [MINUTES]`.

#![allow(clippy::print_stdout)]

use std::error::Error;

use sharper_domain::ExamOptions;
use sharper_study::compose::exam;
use sharper_study::read::Document;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let text = std::fs::read_to_string(arguments.get(1).ok_or("usage: exam NOTE [MINUTES]")?)?;
    let duration_minutes = arguments.get(2).map_or(Ok(60), |word| word.parse())?;
    let docs = [Document::parse(&text)];
    let mut exam = exam(&docs, &ExamOptions { duration_minutes, ..ExamOptions::default() });
    let mut questions = Vec::new();
    while let Some(draft) = exam.propose() {
        exam.accepted();
        questions.push(draft);
    }
    println!("{}", serde_json::to_string_pretty(&questions)?);
    Ok(())
}
