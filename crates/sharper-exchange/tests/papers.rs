//! Quizzes and exams, read back by the parsers of Python's own library.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

use std::process::Command;

use serde_json::{Value, json};
use sharper_domain::{ExamSection, Question};
use sharper_exchange::{Paper, gift, moodle, qti};

/// Signs that one of the formats or XML takes for its own.
const SIGNS: &str = "~ = # { } : \\ / ; , \" ' & < > ]]> * $x_1$ 🧬 ما";

fn question(kind: &str, words: &str, options: &[&str], right: Value, more: Value) -> Question {
    let mut all = json!({
        "id": "01890000-0000-7000-8000-000000000001", "type": kind, "question": words, "options": options,
        "correct_answer": right, "explanation": format!("Because {SIGNS}"), "points": 3, "topic": "Cells: {a}",
        "difficulty": "easy",
        "source": {"note_id": "01890000-0000-7000-8000-000000000002", "note_version": 1, "start": 0, "end": 1, "quote": "C"},
        "verdict": {"scores": {"safety": 1.0, "quality": 1.0, "accuracy": 1.0}, "faults": []},
        "author": "offline",
    });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(all).unwrap()
}

fn exam() -> Paper {
    let choice = question(
        "multiple_choice",
        &format!("Which? {SIGNS}\nSecond line"),
        &["a ~ b", "c = {d}", "e: #1", "1 < 2 & 3"],
        json!("c = {d}"),
        json!({}),
    );
    let truth = question("true_false", "Is it?", &["True", "False"], json!(false), json!({}));
    let short = question(
        "short_answer",
        "How many?",
        &[],
        json!("x = 3"),
        json!({"acceptable_answers": ["three*", "3"]}),
    );
    let rubric = json!({"rubric": [{"criterion": "Names {both}", "points": 2, "quote": "A & B"}]});
    let essay = question("essay", "Explain.", &[], json!("A model answer"), rubric);
    let section = |name: &str, questions| ExamSection {
        section_name: name.to_owned(),
        time_estimate_minutes: 10,
        questions,
    };
    Paper {
        id: "exam-1".to_owned(),
        title: "Biology <1>".to_owned(),
        duration_minutes: Some(30),
        sections: vec![section("A & B", vec![choice, truth]), section("Essays", vec![short, essay])],
    }
}

fn read_back(form: &str, bytes: &[u8]) -> Value {
    let path = std::env::temp_dir().join(format!("sharper-exchange-{form}-{}", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/papers.py");
    let output = Command::new("python3").arg(script).arg(form).arg(&path).output().unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Words as a page shows them: formulas between the marks of Anki and Moodle.
fn shown() -> String {
    format!("Which? {}Second line", SIGNS.replace("$x_1$", "\\(x_1\\)"))
}

#[test]
fn gift_holds_every_question_with_its_signs() {
    let read = read_back("gift", gift::write(&exam()).as_bytes());
    assert_eq!(read.as_array().unwrap().len(), 4);
    assert_eq!(read[0]["question"], shown());
    assert_eq!(
        read[0]["answers"],
        json!([["~", "a ~ b"], ["=", "c = {d}"], ["~", "e: #1"], ["~", "1 < 2 & 3"]])
    );
    assert!(read[0]["feedback"].as_str().unwrap().starts_with("Because ~ = # { } :"));
    assert_eq!(read[1]["answers"], json!([["=", "FALSE"]]));
    assert_eq!(read[2]["answers"], json!([["=", "x = 3"], ["=", "three*"], ["=", "3"]]));
    assert_eq!(read[3]["answers"], json!([]));
    assert!(read[3]["feedback"].as_str().unwrap().starts_with("Names {both} (2): “A & B”"));
}

#[test]
fn moodle_xml_holds_every_question_with_points_and_rubric() {
    let read = read_back("moodle", moodle::write(&exam()).as_bytes());
    let types: Vec<&str> = read.as_array().unwrap().iter().map(|one| one["type"].as_str().unwrap()).collect();
    assert_eq!(types, ["multichoice", "truefalse", "shortanswer", "essay"]);
    assert_eq!(read[0]["question"], shown());
    assert_eq!(
        read[0]["answers"],
        json!([["0", "a ~ b"], ["100", "c = {d}"], ["0", "e: #1"], ["0", "1 < 2 & 3"]])
    );
    assert_eq!(read[1]["answers"], json!([["0", "true"], ["100", "false"]]));
    assert_eq!(read[2]["answers"], json!([["100", "x = 3"], ["100", "three\\*"], ["100", "3"]]));
    assert_eq!(
        (&read[3]["points"], &read[3]["grader"]),
        (&json!("3"), &json!("Names {both} (2): “A & B”A model answer"))
    );
}

#[test]
fn a_qti_package_holds_sections_items_and_scores() {
    let read = read_back("qti", &qti::write(&exam()).unwrap());
    assert_eq!(read["time"], "1800");
    assert_eq!(read["sections"][0]["title"], "A & B");
    let item = |section: usize, at: usize| read["sections"][section]["items"][at].clone();
    assert!(
        item(0, 0)["text"].as_str().unwrap().contains(&format!("Which? {SIGNS}Second line")),
        "{}",
        item(0, 0)
    );
    assert_eq!(
        (&item(0, 0)["right"], &item(0, 0)["choices"]["choice-2"]),
        (&json!(["choice-2"]), &json!("c = {d}"))
    );
    assert_eq!(item(0, 0)["ways"], json!({"choice-2": "3"}));
    assert_eq!(
        (&item(0, 1)["kind"], &item(0, 1)["right"]),
        (&json!("choiceInteraction"), &json!(["choice-2"]))
    );
    assert_eq!(item(1, 0)["ways"], json!({"x = 3": "3", "three*": "3", "3": "3"}));
    assert_eq!(item(1, 1)["kind"], "extendedTextInteraction");
    assert!(item(1, 1)["scorer"][0].as_str().unwrap().contains("Names {both} (2): “A & B”"));
}
