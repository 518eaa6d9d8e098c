//! The command line: cards on standard output, progress on standard error.

use std::process::{Command, Output, Stdio};

use serde_json::Value;
use sharper_testkit::TempFolder;

use crate::stage::{TEXT, program};

fn make(arguments: &[&str]) -> Output {
    let folder = TempFolder::new();
    let notes = folder.path().join("notes.md");
    std::fs::write(&notes, TEXT).unwrap();
    let mut command = Command::new(program());
    command.env_clear().current_dir(folder.path()).args(["make", "flashcards"]).arg(&notes).args(arguments);
    command.stdin(Stdio::null()).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8")
}

#[test]
fn json_holds_the_cards_and_nothing_else() {
    let done = make(&["--count", "5", "--format", "json"]);
    assert!(done.status.success(), "{}", text(&done.stderr));
    let cards: Vec<Value> = serde_json::from_slice(&done.stdout).expect("standard output is JSON");
    assert_eq!(cards.len(), 5);
    assert!(cards.iter().all(|card| TEXT.contains(card["source"]["quote"].as_str().unwrap())));
    assert!(text(&done.stderr).contains("Reading your notes"));
}

#[test]
fn csv_has_a_row_a_card_and_markdown_is_to_be_read() {
    let csv = text(&make(&["--count", "4", "--format", "csv"]).stdout);
    assert!(csv.starts_with("question,answer,topic,difficulty,quote"), "{csv}");
    let markdown = text(&make(&["--count", "4", "--format", "md"]).stdout);
    assert_eq!(markdown.matches("\n   > ").count(), 4, "{markdown}");
}

#[test]
fn what_cannot_be_done_is_said_and_the_exit_code_tells() {
    for arguments in [&["--count", "0"][..], &["--difficulty", "brutal"], &["--format", "xml"]] {
        let done = make(arguments);
        assert!(!done.status.success() && done.stdout.is_empty(), "{arguments:?}");
        assert!(!done.stderr.is_empty());
    }
    let missing =
        Command::new(program()).env_clear().args(["make", "flashcards", "/no/such/file"]).output().unwrap();
    assert!(!missing.status.success());
    assert!(text(&missing.stderr).contains("cannot read /no/such/file"), "{}", text(&missing.stderr));
}
