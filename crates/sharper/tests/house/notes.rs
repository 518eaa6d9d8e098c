//! Notes, folders and feedback: kept, changed, found again, and nobody else's.

use serde_json::{Value, json};
use sharper_testkit::Client;

use crate::stage::{TEXT, cards, make, server};

#[track_caller]
fn add(client: &Client, body: &Value) -> Value {
    client.post("/api/notes", body).expect_status(201).json()["note"].clone()
}

#[track_caller]
fn refused(answer: &sharper_testkit::Response, status: u16, code: &str) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    let problem = answer.json();
    assert_eq!(problem["code"], code, "{problem}");
    problem
}

#[test]
fn a_note_is_kept_read_changed_and_deleted() {
    let server = server();
    let client = server.client();
    let added =
        client.post("/api/notes", &json!({"user_id": "ana", "title": " Cells ", "content": "Cells divide."}));
    let note = added.clone().expect_status(201).json()["note"].clone();
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    assert_eq!(added.header("location"), Some(path.as_str()));
    assert_eq!((&note["title"], &note["version"]), (&json!("Cells"), &json!(1)));
    let path = format!("{path}?user_id=ana");
    assert_eq!(client.get(&path).expect_status(200).json()["note"]["content"], "Cells divide.");

    let changed = client.put(&path, &json!({"content": "Cells divide by mitosis.", "version": 1}));
    let changed = changed.expect_status(200).json()["note"].clone();
    assert_eq!((&changed["version"], &changed["title"]), (&json!(2), &json!("Cells")));
    refused(&client.put(&path, &json!({"title": "Late", "version": 1})), 409, "conflict");
    assert_eq!(
        client.put(&path, &json!({"title": "Mitosis"})).expect_status(200).json()["note"]["version"],
        2
    );

    client.delete(&path).expect_status(200);
    refused(&client.get(&path), 404, "not_found");
    refused(&client.delete(&path), 404, "not_found");
}

#[test]
fn the_same_text_is_kept_once_and_a_text_names_itself() {
    let server = server();
    let client = server.client();
    let first = add(&client, &json!({"content": "# Mitosis\n\nCells divide."}));
    assert_eq!(first["title"], "Mitosis");
    let again =
        client.post("/api/notes", &json!({"title": "Other", "content": "# Mitosis\n\nCells divide."}));
    assert_eq!(again.expect_status(200).json()["note"]["id"], first["id"]);
    add(&client, &json!({"content": "Newer."}));
    let list = client.get("/api/notes").json();
    assert_eq!((&list["count"], &list["total"]), (&json!(2), &json!(2)));
    assert_eq!(list["notes"][0]["content"], "Newer.");
    let list = client.get("/api/notes?limit=1").json();
    assert_eq!((&list["count"], &list["total"]), (&json!(1), &json!(2)));
    refused(&client.get("/api/notes?limit=none"), 422, "invalid_request");
}

#[test]
fn what_is_no_note_is_refused_with_every_wrong_field() {
    let server = server();
    let client = server.client();
    let body = json!({"title": "x".repeat(201), "content": 7, "folder_id": "x", "user_id": "ana"});
    let problem = refused(&client.post("/api/notes", &body), 422, "invalid_request");
    let pointers: Vec<&Value> =
        problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/title", "/content", "/folder_id"]);
    refused(&client.post("/api/notes", &json!({"title": "T"})), 422, "invalid_request");
    refused(&client.post("/api/notes", &json!({"content": " \n\t"})), 422, "empty_notes");
    refused(&client.post("/api/notes", &json!({"content": "PK\u{0}\u{1}"})), 422, "not_text");
    refused(&client.post("/api/notes", &json!({"content": "a", "user_id": "a b"})), 422, "invalid_request");
    refused(&client.post("/api/notes", &json!([])), 422, "invalid_request");
    refused(&client.post("/api/notes", &json!({"content": "x".repeat(2 << 20)})), 413, "payload_too_large");
    let note = add(&client, &json!({"content": "Cells divide."}));
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    refused(&client.put(&path, &json!({"title": ""})), 422, "invalid_request");
    refused(&client.put(&path, &json!({"content": " "})), 422, "empty_notes");
    assert_eq!(client.get(&path).json()["note"], note);
}

#[test]
fn another_students_note_is_no_note() {
    let server = server();
    let client = server.client();
    let note = add(&client, &json!({"user_id": "ana", "content": "Cells divide."}));
    let path = format!("/api/notes/{}", note["id"].as_str().unwrap());
    for nobodys in [
        format!("{path}?user_id=ben"),
        "/api/notes/x?user_id=ana".into(),
        "/api/notes/01890a5d-ac96-774b-bcce-b302099a8057?user_id=ana".into(),
    ] {
        refused(&client.get(&nobodys), 404, "not_found");
        refused(&client.put(&nobodys, &json!({"title": "Mine"})), 404, "not_found");
        refused(&client.delete(&nobodys), 404, "not_found");
    }
    assert_eq!(client.get("/api/notes?user_id=ben").json()["total"], 0);
    assert_eq!(client.get(&format!("{path}?user_id=ana")).json()["note"]["title"], note["title"]);
}

#[test]
fn a_note_lies_in_a_folder_of_its_owner_and_can_be_taken_out() {
    let server = server();
    let client = server.client();
    let made = client.post("/api/folders", &json!({"name": "Biology"})).expect_status(201).json();
    let folder = made["folder"]["id"].clone();
    let inner =
        client.post("/api/folders", &json!({"name": "Cells", "parent_id": folder})).expect_status(201);
    assert_eq!(inner.json()["folder"]["parent_id"], folder);
    let list = client.get("/api/folders").json();
    assert_eq!((&list["count"], &list["folders"][0]["name"]), (&json!(2), &json!("Biology")));
    let path = format!("/api/folders/{}", folder.as_str().unwrap());
    assert_eq!(client.get(&path).json()["folder"]["name"], "Biology");

    let note = add(&client, &json!({"content": "Cells divide.", "folder_id": folder}));
    assert_eq!(note["folder_id"], folder);
    let at = format!("/api/notes/{}", note["id"].as_str().unwrap());
    assert_eq!(client.put(&at, &json!({"title": "T"})).json()["note"]["folder_id"], folder);
    assert_eq!(client.put(&at, &json!({"folder_id": null})).json()["note"]["folder_id"], Value::Null);

    refused(&client.get(&format!("{path}?user_id=ben")), 404, "not_found");
    let theirs = json!({"user_id": "ben", "content": "Cells.", "folder_id": folder});
    refused(&client.post("/api/notes", &theirs), 404, "not_found");
    let below = json!({"user_id": "ben", "name": "Mine", "parent_id": folder});
    refused(&client.post("/api/folders", &below), 404, "not_found");
    refused(&client.post("/api/folders", &json!({"name": " "})), 422, "invalid_request");
}

#[test]
fn a_note_that_was_added_can_be_made_into_cards() {
    let server = server();
    let client = server.client();
    let note = add(&client, &json!({"user_id": "ana", "content": TEXT}));
    let mut request = cards("ana", 3, "");
    request["options"]["content"] = Value::Null;
    request["explicit_note_ids"] = json!([note["id"]]);
    let end = make(&client, &request).last().unwrap().json();
    assert_eq!(end["saved"]["count"], 3);
    assert_eq!(end["data"]["flashcards"][0]["source"]["note_id"], note["id"]);
}

#[test]
fn feedback_is_kept_when_it_is_whole() {
    let server = server();
    let client = server.client();
    let path = "/api/ai/feedback?user_id=ana";
    let body = json!({"content_type": "flashcards", "content_id": "abc", "rating": 4,
        "feedback_text": "Good", "issues": ["too easy"]});
    let answer = client.post(path, &body).expect_status(200).json();
    assert_eq!(answer["status"], "success");
    assert!(answer["message"].is_string());
    let plain = json!({"content_type": "quiz", "content_id": "7", "rating": 1});
    client.post(path, &plain).expect_status(200);
    for (field, wrong) in [
        ("rating", json!(0)),
        ("rating", json!(6)),
        ("rating", json!("4")),
        ("rating", json!(2.5)),
        ("rating", Value::Null),
        ("content_id", Value::Null),
        ("content_type", json!("  ")),
        ("content_id", json!("x".repeat(129))),
        ("feedback_text", json!("x".repeat(4_001))),
        ("issues", json!("too easy")),
        ("issues", json!([1])),
        ("issues", json!(vec!["x"; 21])),
    ] {
        let mut body = body.clone();
        body[field] = wrong;
        let problem = refused(&client.post(path, &body), 422, "invalid_request");
        assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"));
    }
    refused(&client.post("/api/ai/feedback?user_id=a%20b", &body), 422, "invalid_request");
}

/// The notes that a search finds, by their titles, each once.
#[track_caller]
fn found(client: &Client, body: &Value) -> Vec<String> {
    let answer = client.post("/api/embeddings/search", body).expect_status(200).json();
    assert_eq!((&answer["status"], &answer["mode"]), (&json!("success"), &json!("lexical")));
    let results = answer["results"].as_array().unwrap().clone();
    assert_eq!(answer["count"], results.len());
    let mut titles: Vec<String> = Vec::new();
    for result in results {
        let title = result["title"].as_str().unwrap().to_owned();
        assert!(result["score"].as_f64().unwrap() > 0.0);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

#[test]
fn a_search_gives_passages_with_their_place_and_sees_every_edit() {
    let server = server();
    let client = server.client();
    let text = "# Cells\n\nAll life is made of them.\n\n## Division\n\nCells divide by mitosis.\n";
    let cells = add(&client, &json!({"title": "Cells", "content": text}));
    let money = add(&client, &json!({"title": "Money", "content": "Money is a medium of exchange."}));
    add(&client, &json!({"user_id": "eve", "title": "Hers", "content": "Mitosis is hers alone."}));
    let answer =
        client.post("/api/embeddings/search", &json!({"query": "How does mitosis divide?", "limit": 1}));
    let best = answer.expect_status(200).json()["results"][0].clone();
    assert_eq!((&best["note_id"], &best["content"]), (&cells["id"], &json!("Cells divide by mitosis.")));
    let (start, end) = (best["start"].as_u64().unwrap() as usize, best["end"].as_u64().unwrap() as usize);
    assert_eq!(
        (&text[start..end], &best["path"]),
        ("Cells divide by mitosis.", &json!(["Cells", "Division"]))
    );
    assert_eq!((&best["page"], &best["similarity"]), (&Value::Null, &Value::Null));

    let ask = |query: &str| found(&client, &json!({"query": query}));
    assert_eq!(ask("mitosis"), ["Cells"]);
    assert_eq!(ask("photosynthesis"), [""; 0]);
    assert_eq!(found(&client, &json!({"query": "mitosis", "note_ids": [money["id"]]})), [""; 0]);
    let path = format!("/api/notes/{}", money["id"].as_str().unwrap());
    client.put(&path, &json!({"content": "Mitosis is no money."})).expect_status(200);
    assert_eq!(found(&client, &json!({"query": "mitosis", "note_ids": [money["id"]]})), ["Money"]);
    assert_eq!(ask("exchange"), [""; 0]);
    client.put(&path, &json!({"title": "Coins"})).expect_status(200);
    assert_eq!(ask("coins"), ["Coins"]);
    client.delete(&path).expect_status(200);
    assert_eq!(ask("mitosis"), ["Cells"]);
    let none = json!({"query": " ", "limit": 101, "note_ids": ["x"]});
    refused(&client.post("/api/embeddings/search", &none), 422, "invalid_request");
}

#[test]
fn notes_like_a_note_are_found_and_it_itself_is_not() {
    let server = server();
    let client = server.client();
    let one = add(&client, &json!({"title": "One", "content": "Osmosis moves water across a membrane."}));
    add(&client, &json!({"title": "Two", "content": "A membrane lets water through by osmosis."}));
    add(&client, &json!({"title": "Other", "content": "Prices rise when money is printed."}));
    let path = format!("/api/embeddings/related/{}", one["id"].as_str().unwrap());
    let answer = client.get(&path).expect_status(200).json();
    assert_eq!((&answer["count"], &answer["note_id"]), (&json!(1), &one["id"]));
    assert_eq!(answer["results"][0]["title"], "Two");
    refused(&client.get(&format!("{path}?user_id=eve")), 404, "not_found");
}
