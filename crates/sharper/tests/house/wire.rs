//! The wire contract: a client written for the reference finds what it reads.

use serde_json::{Value, json};

use crate::stage::{TEXT, assert_whole, cards, kind, make, server};

#[track_caller]
fn has(value: &Value, fields: &[&str]) {
    for field in fields {
        assert!(!value[field].is_null(), "{field} is missing in {value}");
    }
}

#[test]
fn a_request_is_accepted_streamed_and_kept_in_the_shapes_of_the_contract() {
    let server = server();
    let client = server.client();
    let answer = client.post("/api/ai/process-stream", &cards("ana", 8, TEXT)).expect_status(200).json();
    assert_eq!(answer["status"], "processing");
    has(&answer, &["session_id", "stream_url", "message"]);
    assert_eq!(answer["stream_url"], format!("/api/ai/stream/{}", answer["session_id"].as_str().unwrap()));

    let stream = client.stream(answer["stream_url"].as_str().unwrap(), None);
    assert_eq!(stream.header("cache-control"), Some("no-cache"));
    assert_eq!(stream.header("x-accel-buffering"), Some("no"));
    let log: Vec<_> = stream.collect();
    assert_whole(&log);
    assert!(log.iter().all(|event| event.name.is_none()), "onmessage sees only unnamed events");

    let steps: Vec<_> =
        log.iter().filter(|event| kind(event) == "progress").map(|event| event.json()).collect();
    let numbers: Vec<_> = steps.iter().map(|step| step["data"]["step"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    let percentages: Vec<_> = steps.iter().map(|step| step["data"]["percentage"].as_u64().unwrap()).collect();
    assert_eq!(percentages, [16, 33, 50, 66, 83, 100]);
    assert_eq!(steps[0]["data"]["current_agent"], "main_orchestrator");
    assert_eq!(steps[0]["data"]["total_steps"], 6);
    assert!(steps[0]["data"]["timestamp"].is_f64());

    let complete = log.last().unwrap().json();
    assert_eq!((&complete["type"], &complete["success"]), (&json!("complete"), &json!(true)));
    has(&complete, &["execution_time_ms", "validation", "saved", "data"]);
    let data = &complete["data"];
    has(
        data,
        &["flashcards", "total_count", "topics_covered", "tokens_used", "model_used", "generation_params"],
    );
    assert_eq!(data["generation_params"]["count"], 8);
    assert_eq!(complete["validation"]["validation_passed"], true);
    has(&complete["validation"], &["safety_score", "quality_score", "accuracy_score", "validation_attempts"]);
    assert_eq!(complete["saved"]["saved"], true);
    assert_eq!(complete["saved"]["type"], "flashcards");
    has(&complete["saved"], &["count", "ids", "set"]);

    let items: Vec<_> = log.iter().filter(|event| kind(event) == "item").map(|event| event.json()).collect();
    let shown: Vec<&Value> = items.iter().map(|item| &item["data"]).collect();
    assert_eq!(shown, data["flashcards"].as_array().unwrap().iter().collect::<Vec<_>>());
}

#[test]
fn every_card_is_quoted_byte_for_byte_and_carries_its_verdict() {
    let server = server();
    let log = make(&server.client(), &cards("ana", 20, TEXT));
    let complete = log.last().unwrap().json();
    let made = complete["data"]["flashcards"].as_array().unwrap();
    assert!(made.len() >= 15, "a section of 1,400 words holds more than {} cards", made.len());
    for card in made {
        has(card, &["question", "answer", "topic", "difficulty", "source", "verdict", "author"]);
        let source = &card["source"];
        let place = |field: &str| usize::try_from(source[field].as_u64().unwrap()).unwrap();
        assert_eq!(TEXT.get(place("start")..place("end")), source["quote"].as_str());
        assert_eq!(card["verdict"]["faults"], json!([]));
    }
    let mut questions: Vec<&str> = made.iter().map(|card| card["question"].as_str().unwrap()).collect();
    questions.sort_unstable();
    questions.dedup();
    assert_eq!(questions.len(), made.len(), "no question twice");
}

#[test]
fn the_blocking_route_answers_with_the_result() {
    let server = server();
    let client = server.client();
    let answer = client.post("/api/ai/agent-test", &cards("ana", 5, TEXT)).expect_status(200).json();
    assert_eq!(answer["status"], "success");
    has(&answer, &["execution_time_ms", "model_used", "progress_updates", "message"]);
    assert_eq!(answer["progress_updates"].as_array().unwrap().len(), 6);
    let result = &answer["result"];
    assert_eq!((&result["success"], &result["phase"]), (&json!(true), &json!(4)));
    assert_eq!((&result["intent"], &result["user_id"]), (&json!("flashcard_generation"), &json!("ana")));
    has(result, &["data", "validation", "metadata", "session_id"]);
    has(&result["metadata"], &["execution_time_ms", "tokens_used", "model_used", "confidence_score"]);
    assert_eq!(result["data"]["flashcards"].as_array().unwrap().len(), 5);
}

#[test]
fn what_was_made_is_listed_newest_first_and_counted_for_its_user_alone() {
    let server = server();
    let client = server.client();
    make(&client, &cards("ana", 3, TEXT));
    make(&client, &cards("ana", 2, crate::stage::OTHER));
    let list =
        client.get("/api/ai/generated-content/flashcards?user_id=ana&limit=50").expect_status(200).json();
    assert_eq!((&list["status"], &list["content_type"]), (&json!("success"), &json!("flashcards")));
    assert_eq!((&list["count"], list["items"].as_array().unwrap().len()), (&json!(5), 5));
    let times: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|c| c["created_at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older), "{times:?}");
    let one = client.get("/api/ai/generated-content/flashcards?user_id=ana&limit=1").json();
    assert_eq!(one["count"], 1);

    let stats = client.get("/api/ai/content-stats/ana").expect_status(200).json();
    assert_eq!(stats["stats"], json!({"flashcards": 5, "quizzes": 0, "exams": 0, "summaries": 0}));
    assert_eq!(stats["total_items"], 5);
    assert_eq!(client.get("/api/ai/content-stats/ben").json()["total_items"], 0);
    assert_eq!(client.get("/api/ai/generated-content/flashcards?user_id=ben").json()["count"], 0);
}

#[test]
fn health_status_and_the_front_door_answer_as_the_contract_says() {
    let server = server();
    let client = server.client();
    let health = client.get("/health").expect_status(200).json();
    assert_eq!(health["status"], "healthy");
    assert_eq!(health["service"], "studysharper_backend");
    has(&health, &["version", "environment", "timestamp", "endpoints"]);
    has(&health["components"], &["database", "monitoring", "rate_limiting", "sse_streaming"]);
    let status = client.get("/api/ai/stream-status").json();
    assert_eq!(status, json!({"active_connections": 0, "status": "operational"}));
    has(&client.get("/").json(), &["message", "version", "status"]);
    let page = client.send("GET", "/", &[("Accept", "text/html")], b"");
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert_eq!(client.get("/livez").status, 200);
    assert_eq!(client.get("/readyz").status, 200);
}

#[test]
fn a_chat_that_asks_for_flashcards_gets_flashcards() {
    let server = server();
    let body = json!({"type": "chat", "user_id": "ana", "message": "Make me flashcards of this, please",
        "options": {"content": TEXT, "count": 3}});
    let complete = make(&server.client(), &body).last().unwrap().json();
    assert_eq!(
        (&complete["intent"], &complete["saved"]["count"]),
        (&json!("flashcard_generation"), &json!(3))
    );
}

#[test]
fn the_same_request_gives_the_same_cards_and_a_fresh_one_new_cards() {
    let server = server();
    let client = server.client();
    let ids = |body: &Value| make(&client, body).last().unwrap().json()["saved"]["ids"].clone();
    let first = ids(&cards("ana", 4, TEXT));
    assert_eq!(ids(&cards("ana", 4, TEXT)), first);
    assert_eq!(client.get("/api/ai/content-stats/ana").json()["total_items"], 4);
    let mut fresh = cards("ana", 4, TEXT);
    fresh["options"]["fresh"] = json!(true);
    let second = ids(&fresh);
    let old = first.as_array().unwrap();
    assert!(second.as_array().unwrap().iter().all(|id| !old.contains(id)));
    assert_eq!(client.get("/api/ai/content-stats/ana").json()["total_items"], 8);
    assert_ne!(ids(&cards("ben", 4, TEXT)), first, "another student's cards are another's");
}

#[test]
fn a_request_sent_again_under_its_key_is_the_same_job() {
    let mut server = server();
    let send = |client: &sharper_testkit::Client, key: &str, body: &Value| {
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", key)];
        client.send("POST", "/api/ai/process-stream", &headers, body.to_string().as_bytes())
    };
    let client = server.client();
    let first = send(&client, "monday-1", &cards("ana", 3, TEXT)).expect_status(200);
    assert_eq!(first.header("idempotent-replayed"), None);
    for _ in 0..3 {
        let again = send(&client, "monday-1", &cards("ana", 3, TEXT)).expect_status(200);
        assert_eq!((again.text(), again.header("idempotent-replayed")), (first.text(), Some("true")));
    }
    send(&client, "monday-1", &cards("ana", 4, TEXT)).expect_status(422);
    send(&client, "", &cards("ana", 3, TEXT)).expect_status(422);
    send(&client, &"k".repeat(256), &cards("ana", 3, TEXT)).expect_status(422);
    assert_ne!(
        send(&client, "monday-1", &cards("ben", 3, TEXT)).text(),
        first.text(),
        "keys are each student's own"
    );
    server.kill_9();
    server.restart();
    let again = send(&server.client(), "monday-1", &cards("ana", 3, TEXT)).expect_status(200);
    assert_eq!(again.text(), first.text());
    let url = first.json()["stream_url"].as_str().unwrap().to_owned();
    assert_whole(&server.client().stream(&url, None).collect::<Vec<_>>());
    assert_eq!(server.client().get("/api/flashcards/sets?user_id=ana").json()["count"], 1);
}

#[test]
fn a_short_note_gives_what_it_holds_and_says_so() {
    let server = server();
    let text = "Osmosis is the movement of water across a semipermeable membrane. \
        Diffusion is the movement of particles from a region of high concentration to one of low concentration.";
    let complete = make(&server.client(), &cards("ana", 30, text)).last().unwrap().json();
    let count = complete["saved"]["count"].as_u64().unwrap();
    assert!((1..10).contains(&count), "{count} cards of two sentences");
    assert_eq!(complete["validation"]["requested"], 30);
    assert_eq!(complete["validation"]["delivered"], count);
    assert!(
        complete["message"].as_str().unwrap().starts_with(&format!("{count} of 30")),
        "{}",
        complete["message"]
    );
}
