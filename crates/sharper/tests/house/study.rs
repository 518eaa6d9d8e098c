//! Studying: grades are kept once, for their own student, with and without a script.

use serde_json::{Value, json};
use sharper_testkit::Client;

use crate::stage::{TEXT, cards, make, server};

fn a_set(client: &Client) -> (String, Vec<String>) {
    let complete = make(client, &cards("local", 3, TEXT)).last().unwrap().json();
    let ids = complete["saved"]["ids"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned());
    (complete["saved"]["set"]["id"].as_str().unwrap().to_owned(), ids.collect())
}

/// The session that a page of Study names.
fn session(page: &str) -> String {
    let at = page.find("name=\"session\" value=\"").expect("the page names its session") + 22;
    page[at..at + 36].to_owned()
}

#[test]
fn a_set_is_studied_without_a_script_to_its_end() {
    let server = server();
    let client = server.client();
    let (set, ids) = a_set(&client);
    let page = client.get(&format!("/study/{set}")).expect_status(200).text();
    let session = session(&page);
    for card in &ids {
        let shown = client.get(&format!("/study/{set}?session={session}&card={card}&show=1")).text();
        assert!(shown.contains("data-shown"), "the answer of {card} is shown");
        let form = format!("session={session}&card={card}&grade=3");
        let headers = [("Content-Type", "application/x-www-form-urlencoded")];
        let answer =
            client.send("POST", &format!("/study/{set}/grade"), &headers, form.as_bytes()).expect_status(303);
        assert_eq!(answer.header("location"), Some(format!("/study/{set}?session={session}").as_str()));
    }
    let end = client.get(&format!("/study/{set}?session={session}")).text();
    assert!(end.contains("<section data-turn hidden"), "no card is left");
}

#[test]
fn a_grade_sent_twice_counts_once() {
    let server = server();
    let client = server.client();
    let (set, ids) = a_set(&client);
    let session = session(&client.get(&format!("/study/{set}")).text());
    let path = format!("/api/flashcards/{}/review", ids[0]);
    let body = json!({"rating": 1, "session_id": session, "took_ms": 900,
        "review_id": "6f1f7b0e-5d1c-4b62-9d53-0a3d2f6a9b11"});
    for _ in 0..3 {
        assert_eq!(client.post(&path, &body).expect_status(200).json()["rating"], 1);
    }
    let page = client.get(&format!("/study/{set}?session={session}")).text();
    let start = page.find("data-desk>").unwrap() + 10;
    let desk: Value = serde_json::from_str(page[start..].split("</script>").next().unwrap()).unwrap();
    assert_eq!(desk["reviews"], json!([[ids[0], 1]]));
}

#[test]
fn a_grade_is_checked_and_another_students_card_is_no_card() {
    let server = server();
    let client = server.client();
    let (_, ids) = a_set(&client);
    let path = format!("/api/flashcards/{}/review", ids[0]);
    for wrong in [json!({}), json!({"rating": 0}), json!({"rating": 5}), json!({"rating": "good"})] {
        client.post(&path, &wrong).expect_status(422);
    }
    client.post(&path, &json!({"rating": 3, "review_id": "x"})).expect_status(422);
    client.post(&format!("{path}?user_id=ben"), &json!({"rating": 3})).expect_status(404);
    client
        .post("/api/flashcards/01890a5d-ac96-774b-bcce-b302099a8057/review", &json!({"rating": 3}))
        .expect_status(404);
}
