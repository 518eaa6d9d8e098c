//! The student's library by its API: folders that move, a bin with a way back, versions, copies, and notes found as one types.

use serde_json::{Value, json};
use sharper_testkit::{Client, Response};

use crate::stage::server;

#[track_caller]
fn made(client: &Client, path: &str, body: &Value, what: &str) -> String {
    let answer = client.post(path, body).expect_status(201).json();
    answer[what]["id"].as_str().unwrap().to_owned()
}

#[track_caller]
fn conflict(answer: &Response, says: &str) -> Value {
    let problem = answer.json();
    assert_eq!((answer.status, &problem["code"]), (409, &json!("conflict")), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains(says), "{problem}");
    problem
}

#[test]
fn a_library_is_put_in_order_thrown_away_and_brought_back() {
    let server = server();
    let client = server.client();
    let top = made(&client, "/api/folders", &json!({"name": "Biology"}), "folder");
    let below = made(&client, "/api/folders", &json!({"name": "Cells", "parent_id": top}), "folder");
    conflict(&client.post("/api/folders", &json!({"name": "biology"})), "this name");
    let (at_top, at_below) = (format!("/api/folders/{top}"), format!("/api/folders/{below}"));
    conflict(&client.put(&at_top, &json!({"parent_id": below})), "itself");
    let renamed = client.put(&at_below, &json!({"name": "Zellen"})).expect_status(200).json();
    assert_eq!(
        (&renamed["folder"]["name"], &renamed["folder"]["parent_id"]),
        (&json!("Zellen"), &json!(top))
    );
    let note = made(&client, "/api/notes", &json!({"content": "Cells divide.", "folder_id": below}), "note");
    assert_eq!(client.get(&at_below).json()["folder"]["notes"], 1);
    let list = client.get(&format!("/api/notes?folder_id={below}&fields=brief&order=title")).json();
    assert_eq!((&list["total"], &list["notes"][0]["content"]), (&json!(1), &Value::Null));
    for wrong in ["folder_id=x", "order=size", "fields=few", "cursor=7"] {
        client.get(&format!("/api/notes?{wrong}")).expect_status(422);
    }

    let thrown = client.delete(&at_top).expect_status(200).json();
    assert_eq!((&thrown["notes"], &thrown["folders"]), (&json!(1), &json!(1)));
    assert!(thrown["undo_until"].is_string());
    client.get(&format!("/api/notes/{note}")).expect_status(404);
    let bin = client.get("/api/bin").json();
    assert_eq!((&bin["total"], &bin["entries"][0]["kind"]), (&json!(1), &json!("folder")));
    client.post(&format!("{at_top}/restore"), &json!({})).expect_status(200);
    let tree = client.get("/api/library/tree").json();
    assert_eq!(tree["folders"].as_array().unwrap().len(), 2);
    assert_eq!((&tree["notes"][0]["id"], &tree["more"]), (&json!(note), &json!(false)));

    client.delete(&format!("/api/notes/{note}")).expect_status(200);
    client.post(&format!("/api/notes/{note}/restore"), &json!({})).expect_status(200);
    client.delete(&format!("/api/notes/{note}")).expect_status(200);
    client.delete(&format!("/api/bin/{note}")).expect_status(200);
    client.delete(&format!("/api/bin/{note}")).expect_status(404);
    assert_eq!(client.delete("/api/bin").expect_status(200).json()["count"], 0);
}

#[test]
fn of_two_who_edit_one_note_the_later_is_told_the_version_and_old_texts_come_back() {
    let server = server();
    let client = server.client();
    let note = made(&client, "/api/notes", &json!({"content": "Cells divide."}), "note");
    let path = format!("/api/notes/{note}");
    client.put(&path, &json!({"content": "Cells divide twice.", "version": 1})).expect_status(200);
    let problem = conflict(&client.put(&path, &json!({"content": "Cells rest.", "version": 1})), "version 2");
    assert_eq!(problem["version"], 2);
    let versions = client.get(&format!("{path}/versions")).json();
    let told: Vec<&Value> =
        versions["versions"].as_array().unwrap().iter().map(|one| &one["version"]).collect();
    assert_eq!(told, [2, 1]);
    assert_eq!(client.get(&format!("{path}/versions/1")).json()["version"]["content"], "Cells divide.");
    let back = client.post(&format!("{path}/versions/1/restore"), &json!({})).expect_status(200).json();
    assert_eq!((&back["note"]["version"], &back["note"]["content"]), (&json!(3), &json!("Cells divide.")));
    client.get(&format!("{path}/versions/9")).expect_status(404);
    client.get(&format!("{path}/versions/first")).expect_status(404);
    let copy = client.post(&format!("{path}/duplicate"), &json!({})).expect_status(201).json();
    assert_eq!(copy["note"]["title"], "Cells divide. (copy)");
}

#[test]
fn notes_are_found_as_one_types() {
    let server = server();
    let client = server.client();
    let titled = made(&client, "/api/notes", &json!({"title": "Ökologie", "content": "Habitats."}), "note");
    let text = "# Cells\n\nEvery cell has a membrane. The nucleus holds the genes.\n";
    let inside = made(&client, "/api/notes", &json!({"title": "Cells", "content": text}), "note");
    let found = client.get("/api/notes/search?q=oko").expect_status(200).json();
    assert_eq!((&found["count"], &found["notes"][0]["id"]), (&json!(1), &json!(titled)), "{found}");
    let found = client.get("/api/notes/search?q=membr").json();
    assert_eq!((&found["count"], &found["notes"][0]["id"]), (&json!(1), &json!(inside)), "a word half typed");
    let found = client.get("/api/notes/search?q=the%20nucleus").json();
    let first = &found["notes"][0];
    assert_eq!(first["id"], json!(inside), "{found}");
    let place = |name: &str| usize::try_from(first["snippet"][name].as_u64().unwrap()).unwrap();
    assert_eq!(first["snippet"]["text"], text[place("start")..place("end")]);
    assert!(!first["snippet"]["words"].as_array().unwrap().is_empty());
    assert_eq!(client.get("/api/notes/search").expect_status(200).json()["count"], 0);
    client.delete(&format!("/api/notes/{inside}")).expect_status(200);
    assert_eq!(client.get("/api/notes/search?q=nucleus").json()["count"], 0, "not from the bin");
}
