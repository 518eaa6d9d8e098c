//! On record: what an agent did, also where it failed; and a single agent that fails fails nothing else.

use serde_json::{Value, json};
use sharper_domain::TaskKind;
use sharper_llm::testing::Act;
use sharper_store::Durability;

use crate::house::{CELLS, House, Kept, Setup, end, in_parallel, make, message, request};
use crate::wire::{answer, passes};
use crate::writer::{TASKS, Writer};

/// The runs of an agent: how each ended, and what it says of its failure.
fn runs(kept: &Kept, agent: &'static str) -> Vec<(String, Option<String>)> {
    let look = kept.store.house().read(move |conn| {
        let all = "SELECT agent_name, status, error_message FROM agent_executions ORDER BY created_at";
        let rows = conn.query(all, &[])?;
        let of_agent =
            rows.iter().filter(|row| row.get::<String>("agent_name").is_ok_and(|name| name == agent));
        of_agent.map(|row| Ok((row.get("status")?, row.get("error_message")?))).collect()
    });
    kept.now(look).unwrap()
}

#[test]
fn a_context_agent_that_fails_fails_no_request_and_is_on_record() {
    let mut house = House::good();
    let kept = house.closed();
    // What the progress agent reads is gone; the notes and what is made are not.
    let away = kept.store.house().write(Durability::Synced, |conn| {
        conn.execute("ALTER TABLE flashcard_reviews RENAME TO flashcard_reviews_gone", &[])
    });
    kept.now(away).unwrap();
    kept.now(kept.store.close());
    drop(kept);
    house.server.restart();
    let end = end(&make(&house.client(), &request(TaskKind::StudyPlan, "ana", "A plan, please.", CELLS)));
    assert_eq!(end["type"], "complete", "{end}");
    assert!(end["metadata"]["degraded"].is_null(), "{end}");
    let kept = house.closed();
    let failed = runs(&kept, "progress_agent");
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].0, "failure", "{failed:?}");
    assert!(failed[0].1.is_some(), "it says why: {failed:?}");
    for agent in ["rag_agent", "study_plan_agent", "main_orchestrator"] {
        assert_eq!(runs(&kept, agent), [("success".to_owned(), None)], "{agent}");
    }
}

#[test]
fn a_judge_that_fails_fails_no_request_and_is_on_record_with_its_reason() {
    let writer = Writer::of(CELLS);
    let mut house = House::with(&Setup::default(), move |asked| {
        if asked.is_judging() { Act::error(500, "server_error") } else { answer(asked, &writer.write(asked)) }
    });
    let tasks: Vec<TaskKind> = TASKS.into_iter().filter(|kind| *kind != TaskKind::NoteAnalysis).collect();
    let ends = in_parallel(6, &tasks, |kind| {
        end(&make(&house.client(), &request(*kind, &format!("user-{kind}"), message(*kind), CELLS)))
    });
    assert!(ends.iter().all(|end| end["type"] == "complete"), "{ends:?}");
    let kept = house.closed();
    let judged = runs(&kept, "quality_agent");
    assert_eq!(judged.len(), tasks.len(), "{judged:?}");
    for (status, error) in &judged {
        assert_eq!((status.as_str(), error.as_deref()), ("failure", Some("the model is not available")));
    }
    let whole = runs(&kept, "main_orchestrator");
    assert!(whole.iter().all(|(status, _)| status == "success"), "{whole:?}");
}

/// The turns of a conversation, each answered before the next is asked; and what the program kept.
fn talked(questions: &[&str], summary: impl Fn() -> String + Send + Sync + 'static) -> (House, Kept) {
    let writer = Writer::of(CELLS);
    let settings = "[authors.context]\nwindow_tokens = 120\nsummarise_tokens = 40\n";
    let mut house = House::with(&Setup { settings, env: &[] }, move |asked| match asked.shape() {
        "conversation" => answer(asked, &summary()),
        "verdicts" => answer(asked, &passes(asked)),
        _ => answer(asked, &writer.write(asked)),
    });
    let client = house.client();
    client
        .post("/api/notes", &json!({"user_id": "ana", "title": "Cells", "content": CELLS}))
        .expect_status(201);
    for question in questions {
        let body = json!({"type": "chat", "user_id": "ana", "session_id": "talk", "message": question});
        assert_eq!(end(&make(&client, &body))["type"], "complete");
    }
    let kept = house.closed();
    (house, kept)
}

const QUESTIONS: [&str; 6] = [
    "What do mitochondria do in a cell?",
    "What is the nucleus of a cell for?",
    "What does the membrane of a cell let through?",
    "What do ribosomes make?",
    "How do cells divide?",
    "What is a tissue made of?",
];

fn summary(kept: &Kept) -> String {
    let memory = kept.store.conversation_memory("ana".parse().unwrap(), "talk".parse().unwrap(), 1);
    kept.now(memory).unwrap().summary.unwrap_or_default()
}

#[test]
fn what_has_left_a_conversations_window_is_put_in_short_words_by_the_model() {
    let told = || json!({"summary": "The student asked what mitochondria are for."}).to_string();
    let (house, kept) = talked(&QUESTIONS, told);
    assert!(summary(&kept).contains("asked what mitochondria are for"), "{}", summary(&kept));
    let asked = house.asked();
    let about = asked.iter().find(|asked| asked.shape() == "conversation").expect("it was asked");
    assert!(about.user().contains("mitochondria"), "{}", about.user());
    assert!(
        asked.iter().any(|later| later.shape() != "conversation"
            && later.whole().contains("asked what mitochondria are for"))
    );
}

#[test]
fn where_the_model_has_no_short_words_an_extract_is_kept() {
    let (_, kept) = talked(&QUESTIONS, || "I would rather not.".to_owned());
    assert!(summary(&kept).contains("Q: What do mitochondria do in a cell?"), "{}", summary(&kept));
}

#[test]
fn the_tutors_look_into_the_notes_is_on_record_with_how_many_it_read() {
    let (_, kept) = talked(&QUESTIONS[..1], String::new);
    let look = kept.store.house().read(|conn| {
        let all = "SELECT output_data FROM agent_executions WHERE agent_name = 'rag_agent'";
        conn.query(all, &[])?.iter().map(|row| row.json("output_data")).collect()
    });
    let found: Vec<Value> = kept.now(look).unwrap();
    assert_eq!(found.len(), 1, "once, not with an empty run before it");
    assert_eq!((&found[0]["notes"], &found[0]["searched"]), (&json!(1), &json!(1)));
    assert!(found[0]["passages"].as_u64().unwrap() > 0, "{found:?}");
}
