//! Essays: the model says which points one makes and in which words; anything else it says leaves the essay not graded.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};
use sharper_domain::TaskKind;
use sharper_llm::testing::Act;

use crate::house::{House, Setup, end, good, make};
use crate::wire::answer;

/// Notes that an essay can be asked about.
const NOTES: &str = include_str!("../../../sharper-study/tests/notes/industry.md");
const ESSAY: &str = "Many people moved to the towns, and machines replaced the work of hands.";

fn essays(attempt: &Value) -> Vec<(String, Value)> {
    let questions = attempt["attempt"]["questions"].as_array().unwrap();
    let essays = questions.iter().filter(|question| question["type"] == "essay");
    essays.map(|question| (question["id"].as_str().unwrap().to_owned(), question.clone())).collect()
}

#[test]
fn an_essay_is_graded_by_its_points_and_words_or_not_at_all() {
    let clear = Arc::new(AtomicBool::new(false));
    let (author, says) = (good(NOTES), Arc::clone(&clear));
    let house = House::with(&Setup::default(), move |asked| {
        match asked.shape() {
            "findings" => {}
            // The offline author stands in, which writes an essay too.
            "exam" => return Act::error(500, "?"),
            _ => return author(asked),
        }
        let count = asked.user().matches("<point>").count();
        let finding = |at: usize| match at {
            0 => json!({"point": "p0", "met": true, "words": "machines replaced the work of hands"}),
            _ => json!({"point": format!("p{at}"), "met": false, "words": ""}),
        };
        let findings: Vec<Value> = (0..count).map(finding).collect();
        match says.load(Ordering::SeqCst) {
            true => answer(asked, &json!({"findings": findings}).to_string()),
            false => answer(asked, "A lovely essay, full marks."),
        }
    });
    let client = house.client();
    let options = json!({"content": NOTES, "duration_minutes": 60});
    let kind = TaskKind::ExamGeneration;
    let log = make(&client, &json!({"type": kind, "message": "An exam, please.", "options": options}));
    let end = end(&log);
    let exam = end["saved"]["exam_id"].as_str().unwrap_or_else(|| panic!("{end}")).to_owned();
    for (readable, by) in [(false, Value::Null), (true, json!("model"))] {
        clear.store(readable, Ordering::SeqCst);
        let begun = client.post(&format!("/api/exams/{exam}/attempts"), &json!({})).expect_status(201).json();
        let attempt = format!("/api/attempts/{}", begun["attempt"]["id"].as_str().unwrap());
        let asked = essays(&begun);
        assert!(
            !asked.is_empty(),
            "no essay among {:?}",
            begun["attempt"]["questions"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["type"].to_string())
                .collect::<Vec<_>>()
        );
        for (id, _) in &asked {
            let body = json!({"answer": ESSAY, "revision": 0});
            client.put(&format!("{attempt}/answers/{id}"), &body).expect_status(200);
        }
        let done = client.post(&format!("{attempt}/finish"), &json!({})).expect_status(200).json();
        for (id, _) in &asked {
            let answers = done["attempt"]["questions"].as_array().unwrap_or_else(|| panic!("{done}"));
            let own = answers.iter().find(|one| one["id"] == id.as_str()).unwrap();
            assert_eq!(own["grading"]["by"], by, "{own}");
            if readable {
                let first = &own["grading"]["parts"][0];
                assert_eq!((&first["earned"], own["points"].is_u64()), (&first["of"], true), "{own}");
                let (start, end) = (first["words"][0]["start"].as_u64(), first["words"][0]["end"].as_u64());
                let words = start.zip(end).and_then(|(start, end)| ESSAY.get(start as usize..end as usize));
                assert_eq!(words, Some("machines replaced the work of hands"));
            } else {
                assert_eq!(own["points"], Value::Null, "never half marks: {own}");
            }
        }
    }
}
