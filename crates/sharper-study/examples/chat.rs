//! Replies over JSON lines, for measuring: `chat QUESTIONS`, where each line is `{id, q, context}`, writes
//! `{id, answer, would, score, signs}`: the reply, or null where the context is not thought to answer. `chat ask NOTE QUESTION` prints one.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};

use serde_json::{Value, json};
use sharper_study::compose::{Reply, reply};
use sharper_study::read::Document;
use sharper_study::retrieve::Index;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [path] => rows(path),
        [_, note, question] => {
            let text = std::fs::read_to_string(note)?;
            println!("{}", serde_json::to_string_pretty(&replied(question, &text).statements)?);
            Ok(())
        }
        _ => Err("usage: chat QUESTIONS | chat ask NOTE QUESTION".into()),
    }
}

fn replied(question: &str, text: &str) -> Reply {
    let mut index = Index::default();
    index.add("", text);
    reply(question, &[Document::parse(text)], &index)
}

fn rows(path: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in BufReader::new(File::open(path)?).lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let said =
            replied(row["q"].as_str().unwrap_or_default(), row["context"].as_str().unwrap_or_default());
        let text = said.statements.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join("\n\n");
        let answer = said.answerable.then_some(text);
        writeln!(
            out,
            "{}",
            json!({"id": row["id"], "answer": answer, "score": said.likelihood, "signs": said.signs.as_slice()})
        )?;
    }
    Ok(())
}
