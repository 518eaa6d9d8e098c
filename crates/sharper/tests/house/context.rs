//! What is known of a student, and the conversations with the tutor.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sharper_testkit::{Client, Postgres, Server, ServerOptions};

use crate::access::{register, server_with_accounts};
use crate::stage::{OTHER, TEXT, cards, make, program, server};

fn end(client: &Client, body: &Value) -> Value {
    let log = make(client, body);
    let mut end = log.last().expect("a stream has an end").json();
    assert_eq!(end["type"], "complete", "{end}");
    end["session_id"] = log[0].json()["session_id"].clone();
    end
}

fn ask(client: &Client, session: Option<&str>, message: &str) -> Value {
    end(client, &json!({"type": "chat", "message": message, "session_id": session}))
}

fn add(client: &Client, title: &str, text: &str) -> String {
    let note = client.post("/api/notes", &json!({"title": title, "content": text})).expect_status(201).json();
    note["note"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_conversation_is_kept_named_ended_opened_again_and_deleted_by_its_owner_alone() {
    let server = server_with_accounts(ServerOptions::new());
    let owner = register(&server, "owner@example.org").client;
    let other = register(&server, "other@example.org").client;
    add(&owner, "Immune", TEXT);
    let asked = ask(&owner, None, "What is a hypersensitivity?");
    let session = asked["session_id"].as_str().unwrap().to_owned();
    let place = format!("/api/chat/sessions/{session}");
    let one = owner.get(&place).expect_status(200).json();
    assert_eq!((&one["session"]["messages"], &one["session"]["named"]), (&json!(2), &json!(false)));
    assert_eq!(one["messages"][1]["citations"], asked["data"]["citations"]);
    assert_eq!(one["messages"][1]["content"], asked["data"]["response"]);

    owner.put(&place, &json!({"title": "Allergies"})).expect_status(200);
    owner.put(&place, &json!({"title": " "})).expect_status(422);
    let found = |words: &str| owner.get(&format!("/api/chat/sessions?query={words}")).json()["count"].clone();
    assert_eq!((found("allerg"), found("HYPERSENS"), found("nowhere")), (json!(1), json!(1), json!(0)));
    let ended = owner.post(&format!("{place}/end"), &json!({})).expect_status(200).json();
    assert!(ended["session"]["ended_at"].is_string());
    ask(&owner, Some(&session), "And what is an autoimmune disease?");
    let again = owner.get(&place).json();
    assert_eq!(
        (&again["session"]["ended_at"], &again["session"]["title"]),
        (&Value::Null, &json!("Allergies"))
    );
    assert_eq!(again["messages"].as_array().unwrap().len(), 4);

    assert_eq!(other.get("/api/chat/sessions").json()["count"], 0);
    other.get(&place).expect_status(404);
    other.put(&place, &json!({"title": "Mine"})).expect_status(404);
    other.post(&format!("{place}/end"), &json!({})).expect_status(404);
    other.send_json("DELETE", &place, &json!({})).expect_status(404);

    owner.send_json("DELETE", &place, &json!({})).expect_status(200);
    owner.get(&place).expect_status(404);
    owner.get(&format!("/tutor/{session}")).expect_status(404);
    let export = owner.get("/api/me/export").expect_status(200).text();
    assert!(!export.contains("autoimmune disease?"), "its words are gone from jobs and events too");
}

#[test]
fn a_choice_on_one_instance_counts_on_the_other_at_once() {
    let database = Postgres::database();
    let options = || ServerOptions::new().env("DATABASE_URL", &database.url);
    let first = Server::start(program(), options());
    let second = Server::start(program(), options());
    let effective = |server: &Server, field: &str| {
        server.client().get("/api/me/preferences").expect_status(200).json()["effective"][field].clone()
    };
    for detail in ["brief", "thorough"] {
        assert_ne!(effective(&second, "detail"), json!(detail));
        first.client().put("/api/me/preferences", &json!({"detail": detail})).expect_status(200);
        assert_eq!(effective(&second, "detail"), json!(detail));
    }
    assert_eq!(effective(&second, "difficulty"), Value::Null);
    for _ in 0..3 {
        let said =
            json!({"content_type": "flashcard", "content_id": "x", "rating": 2, "issues": ["too_easy"]});
        first.client().post("/api/ai/feedback", &said).expect_status(200);
    }
    assert_eq!(effective(&second, "difficulty"), json!("hard"));
    let body = json!({"type": "flashcard_generation", "options": {"content": TEXT}});
    let made = end(&second.client(), &body);
    assert_eq!(made["data"]["generation_params"]["difficulty"], "hard");
    assert_eq!(made["data"]["generation_params"]["count"], 10);
    let filled = made["metadata"]["defaults"].as_array().unwrap();
    assert!(filled.iter().any(|one| one["field"] == "difficulty" && one["from"] == "feedback"), "{filled:?}");
    second.client().put("/api/me/preferences", &json!({"difficulty": "easy"})).expect_status(200);
    assert_eq!(effective(&first, "difficulty"), json!("easy"));
}

#[test]
fn an_agent_that_does_not_answer_holds_nobody_up() {
    let database = Postgres::database();
    let server = Server::start(program(), ServerOptions::new().env("DATABASE_URL", &database.url));
    add(&server.client(), "Immune", TEXT);
    // Whoever reads preferences now waits: longer than a request may be held up.
    let lock =
        "BEGIN; LOCK TABLE user_agent_preferences IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(8); COMMIT;";
    std::thread::scope(|scope| {
        let holding = scope.spawn(|| database.execute(lock));
        std::thread::sleep(std::time::Duration::from_millis(300));
        let made = end(&server.client(), &cards("local", 3, OTHER));
        assert_eq!(made["data"]["total_count"], 3);
        assert!(!holding.is_finished(), "the request did not wait for the slow agent");
        holding.join().unwrap();
    });
}

#[test]
fn after_sixty_turns_the_first_question_is_still_known() {
    let server = Server::start(
        program(),
        ServerOptions::new().env("RATE_LIMIT_PER_MINUTE", "10000").env("RATE_LIMIT_PER_HOUR", "10000"),
    );
    let client = server.client();
    add(&client, "Immune", TEXT);
    add(&client, "Money", OTHER);
    let first = ask(&client, None, "What is an autoimmune disease?");
    assert_eq!(first["data"]["answerable"], true);
    let session = first["session_id"].as_str().unwrap().to_owned();
    for turn in 0..59 {
        ask(
            &client,
            Some(&session),
            &format!("What is the money supply M{}, and what does it include?", turn % 3),
        );
    }
    let back = ask(&client, Some(&session), "Back to my first question: say that once more");
    let cited = back["data"]["citations"][0]["title"].clone();
    assert_eq!(cited, json!("Immune"), "{}", back["data"]);
    let told = client.get(&format!("/api/chat/sessions/{session}?limit=1")).expect_status(200).json();
    assert_eq!(told["session"]["messages"], 122);
}

#[test]
fn a_vague_wish_over_many_unlike_notes_is_asked_back_and_what_is_chosen_is_made() {
    let server = server();
    let client = server.client();
    for n in 0..6 {
        let (mut immune, mut money) = (TEXT.to_owned(), OTHER.to_owned());
        write!(immune, "\n\nThis is copy {n}.").unwrap();
        write!(money, "\n\nThis is copy {n}.").unwrap();
        add(&client, &format!("Immune {n}"), &immune);
        add(&client, &format!("Money {n}"), &money);
    }
    let third = "Osmosis is the movement of water across a membrane. Water crosses the membrane by osmosis. ";
    add(&client, "Osmosis", &third.repeat(3));
    let body = json!({"type": "chat", "message": "Make me flashcards from my notes"});
    let asked = end(&client, &body);
    assert_eq!((&asked["saved"]["type"], &asked["saved"]["saved"]), (&json!("nothing"), &json!(false)));
    assert_eq!((&asked["metadata"]["model_calls"], &asked["success"]), (&json!(0), &json!(true)));
    let options = asked["data"]["clarification"]["options"].as_array().unwrap().clone();
    assert_eq!(options.len(), 4, "{options:?}");
    let session = asked["session_id"].as_str().unwrap();
    let page = client.get(&format!("/tutor/{session}")).expect_status(200).text();
    assert!(page.contains("All 13 notes"), "{page}");
    let made = end(&client, &options[0]["request"]);
    assert_eq!(made["intent"], "flashcard_generation");
    assert!(made["data"]["total_count"].as_u64().unwrap() > 0);
    // Who names the kind is not asked.
    let named = end(&client, &json!({"type": "flashcard_generation", "message": "from my notes"}));
    assert_eq!(named["intent"], "flashcard_generation");
}
