//! What is wrong is refused with a clear 4xx, nothing is half-kept, and the server goes on.

use serde_json::{Value, json};
use sharper_testkit::Client;

use crate::stage::{TEXT, cards, make, server};

#[track_caller]
fn refused(client: &Client, body: &Value, status: u16, code: &str) -> Value {
    let problem = client.post("/api/ai/process-stream", body).expect_status(status);
    assert_eq!(problem.header("content-type"), Some("application/problem+json"));
    let problem = problem.json();
    assert_eq!(problem["code"], code, "{problem}");
    assert_eq!(problem["status"], status);
    for field in ["type", "title", "detail", "request_id"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field} in {problem}");
    }
    problem
}

fn with(field: &str, value: Value) -> Value {
    let mut body = cards("ana", 5, TEXT);
    match field.strip_prefix("options.") {
        Some(option) => body["options"][option] = value,
        None => body[field] = value,
    }
    body
}

#[test]
fn each_wrong_field_is_named_and_nothing_is_kept() {
    let server = server();
    let client = server.client();
    for (field, value) in [
        ("type", json!("flashcards")),
        ("type", Value::Null),
        ("options.count", json!(0)),
        ("options.count", json!(-1)),
        ("options.count", json!(10_000)),
        ("options.count", json!("ten")),
        ("options.difficulty", json!("brutal")),
        ("options.content", json!(["text"])),
        ("user_id", json!("a b\n")),
        ("session_id", json!("x".repeat(500))),
        ("message", json!("x".repeat(8_001))),
        ("explicit_note_ids", json!(["nonsense"])),
        ("options", json!([])),
    ] {
        let problem = refused(&client, &with(field, value), 422, "invalid_request");
        let pointer = format!("/{}", field.replace('.', "/"));
        let named = problem["errors"][0]["pointer"].as_str().unwrap();
        assert!(named.starts_with(&pointer), "{named} for {field}");
    }
    assert_eq!(client.get("/api/ai/content-stats/ana").json()["total_items"], 0);
    assert_eq!(make(&client, &cards("ana", 5, TEXT)).last().unwrap().json()["saved"]["count"], 5);
}

#[test]
fn notes_that_are_none_are_refused() {
    let server = server();
    let client = server.client();
    for nothing in ["", "   ", "\n\t\r\n \u{a0}"] {
        refused(&client, &with("options.content", json!(nothing)), 422, "empty_notes");
    }
    refused(&client, &with("options.content", Value::Null), 422, "empty_notes");
    let binary: String = (0..2_000u32).map(|n| char::from_u32(n % 32).unwrap()).collect();
    refused(&client, &with("options.content", json!(binary)), 422, "not_text");
    refused(&client, &with("options.content", json!("PK\u{0}\u{1}\u{2}")), 422, "not_text");
    let mut foreign = cards("ana", 5, TEXT);
    foreign["options"]["content"] = Value::Null;
    foreign["explicit_note_ids"] = json!(["01890a5d-ac96-774b-bcce-b302099a8057"]);
    refused(&client, &foreign, 422, "invalid_request");
}

#[test]
fn a_text_without_a_fact_fails_honestly() {
    let server = server();
    let log = make(&server.client(), &cards("ana", 5, "Hm. Well. Yes and no!"));
    let end = log.last().unwrap().json();
    assert_eq!((&end["type"], &end["code"]), (&json!("error"), &json!("nothing_to_make")));
}

#[test]
fn a_large_paste_is_refused_before_it_is_read() {
    let server = server();
    let client = server.client();
    let five_megabytes = "All cells come from cells. ".repeat(200_000);
    refused(&client, &cards("ana", 5, &five_megabytes), 413, "payload_too_large");
    let chunked = "POST /api/ai/process-stream HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\
        Connection: close\r\nContent-Type: application/json\r\n\r\n";
    let chunk = format!("{:x}\r\n{}\r\n", 65_536, "x".repeat(65_536)).repeat(32);
    let answer = client.raw(format!("{chunked}{chunk}0\r\n\r\n").as_bytes());
    // The server may close before all is sent: either way nothing was accepted.
    if let Ok(answer) = answer {
        let text = String::from_utf8_lossy(&answer).into_owned();
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 413"), "{text:.200}");
    }
    assert_eq!(client.get("/livez").status, 200);
}

#[test]
fn what_is_not_json_is_refused_with_the_place_where_it_breaks() {
    let server = server();
    let client = server.client();
    let json = [("Content-Type", "application/json")];
    for body in [&b""[..], b"{", b"{\"type\":", b"\xff\xfe", b"not json", "[".repeat(5_000).as_bytes()] {
        let problem = client.send("POST", "/api/ai/process-stream", &json, body).expect_status(400).json();
        assert_eq!(problem["code"], "invalid_json");
    }
}

#[test]
fn wrong_methods_and_unknown_places_are_said_to_be_so() {
    let server = server();
    let client = server.client();
    assert_eq!(client.get("/api/ai/process-stream").expect_status(405).json()["code"], "method_not_allowed");
    assert_eq!(client.get("/nowhere").expect_status(404).json()["code"], "not_found");
    assert_eq!(client.get("/api/ai/stream/not-a-uuid").expect_status(404).json()["code"], "not_found");
    assert_eq!(client.get("/api/ai/generated-content/poems").expect_status(404).json()["code"], "not_found");
    assert_eq!(client.get("/api/ai/generated-content/flashcards?limit=many").status, 422);
    let page = client.send("GET", "/nowhere", &[("Accept", "text/html")], b"").expect_status(404);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
}

#[test]
fn a_page_of_another_site_cannot_act_here() {
    let server = server();
    let client = server.client();
    let body = cards("ana", 5, TEXT).to_string();
    let headers = [("Content-Type", "text/plain"), ("Origin", "https://evil.example")];
    let problem =
        client.send("POST", "/api/ai/process-stream", &headers, body.as_bytes()).expect_status(403).json();
    assert_eq!(problem["code"], "forbidden");
    assert_eq!(client.get("/api/ai/content-stats/ana").json()["total_items"], 0);
}

#[test]
fn agent_test_keeps_the_fields_of_the_contract_when_it_fails() {
    let server = server();
    let answer = server
        .client()
        .post("/api/ai/agent-test", &with("options.count", json!(0)))
        .expect_status(422)
        .json();
    assert_eq!((&answer["status"], &answer["result"]["success"]), (&json!("error"), &json!(false)));
    assert!(answer["message"].as_str().unwrap().contains("options.count"), "{answer}");
    let answer = server.client().send("POST", "/api/ai/agent-test", &[], b"{").expect_status(400).json();
    assert_eq!(answer["status"], "error");
}
