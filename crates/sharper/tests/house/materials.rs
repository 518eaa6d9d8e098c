//! Every kind of material: asked for by the API and by the form, listed, and shown on a page of its own.

use serde_json::{Value, json};
use sharper_testkit::{Client, Server};

use crate::stage::{OTHER, TEXT, assert_whole, kind, make, post, server};

/// The type on the wire, its place in `saved`, the kind of its items, its word in lists and its page.
const KINDS: [(&str, &str, &[&str], &str, &str); 5] = [
    ("quiz_generation", "quiz_id", &["question"], "quizzes", "/quizzes/"),
    ("exam_generation", "exam_id", &["question"], "exams", "/exams/"),
    ("summary_generation", "summary_id", &["point", "term"], "summaries", "/summaries/"),
    ("note_analysis", "analysis_id", &["finding"], "analyses", "/analyses/"),
    ("study_plan", "plan_id", &["topic"], "plans", "/plans/"),
];

fn request(kind: &str, user: Option<&str>, text: &str) -> Value {
    let mut body = json!({"type": kind, "options": {"content": text, "question_count": 6, "days": 3,
        "duration_minutes": 30}});
    if let Some(user) = user {
        body["user_id"] = json!(user);
    }
    body
}

fn reader(server: &Server) -> Client {
    server.client().with_header("Accept", "text/html").with_header("Accept-Language", "en")
}

#[test]
fn each_kind_is_told_item_by_item_kept_listed_and_shown() {
    let server = server();
    let client = server.client();
    for (wire, saved, items, list, path) in KINDS {
        let log = make(&client, &request(wire, None, TEXT));
        assert_whole(&log);
        let told: Vec<Value> =
            log.iter().filter(|event| kind(event) == "item").map(|event| event.json()).collect();
        assert!(!told.is_empty(), "{wire}");
        for item in &told {
            assert!(items.contains(&item["kind"].as_str().unwrap()), "{wire}: {item}");
        }
        let complete = log.last().unwrap().json();
        let id = complete["saved"][saved].as_str().unwrap_or_else(|| panic!("{wire}: {complete}")).to_owned();

        let listed = client.get(&format!("/api/ai/generated-content/{list}")).expect_status(200).json();
        assert_eq!((&listed["content_type"], &listed["count"]), (&json!(list), &json!(1)));
        let item = &listed["items"][0];
        assert_eq!(item["id"], id.as_str());
        for field in ["title", "created_at", "model_used"] {
            assert!(item[field].as_str().is_some_and(|text| !text.is_empty()), "{wire}: {field} of {item}");
        }

        let html = reader(&server).get(&format!("{path}{id}")).expect_status(200).text();
        let quote = first_quote(&told[0]);
        assert!(html.contains("<h1>") && html.contains("<main"), "{wire}");
        assert!(html.contains(&escaped(&quote)), "{wire}: the page quotes {quote}");
    }
    let quizzes = client.get("/api/ai/generated-content/quizzes").json();
    assert!(quizzes["items"][0]["questions"].is_array() && quizzes["items"][0]["total_points"].is_u64());
}

fn first_quote(item: &Value) -> String {
    let data = &item["data"];
    let source = if data["source"].is_object() { &data["source"] } else { &data["sources"][0] };
    source["quote"].as_str().unwrap_or_default().to_owned()
}

/// As a template writes it.
fn escaped(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '&' => "&#38;".to_owned(),
            '<' => "&#60;".to_owned(),
            '>' => "&#62;".to_owned(),
            '"' => "&#34;".to_owned(),
            '\'' => "&#39;".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

#[test]
fn what_belongs_to_another_is_not_found_and_neither_is_what_never_was() {
    let server = server();
    let client = server.client();
    for (wire, saved, _, list, path) in KINDS {
        let log = make(&client, &request(wire, Some("ana"), TEXT));
        let complete = log.last().unwrap().json();
        let id = complete["saved"][saved].as_str().unwrap().to_owned();
        let none = "01890a5d-ac96-774b-bcce-b302099a8057";
        let detail = |id: &str| reader(&server).get(&format!("{path}{id}")).expect_status(404).text();
        // The page differs in nothing but the request's own number.
        assert_eq!(detail(&id).len(), detail(none).len(), "{wire}");
        reader(&server).get(&format!("{path}nonsense")).expect_status(404);
        let others = client.get(&format!("/api/ai/generated-content/{list}?user_id=ben")).json();
        assert_eq!(others["count"], 0);
    }
}

#[test]
fn a_conversation_is_shown_with_its_passages_and_belongs_to_its_user() {
    let server = server();
    let client = server.client();
    client.post("/api/notes", &json!({"title": "Immune", "content": TEXT})).expect_status(201);
    let body = json!({"type": "chat", "message": "What is an allergy?", "session_id": "talk-1"});
    let log = make(&client, &body);
    let complete = log.last().unwrap().json();
    assert_eq!(complete["saved"]["type"], "chat", "{complete}");
    let reader = reader(&server);
    let html = reader.get("/tutor/talk-1").expect_status(200).text();
    assert!(html.contains("What is an allergy?"));
    let statements = complete["data"]["statements"].as_array().unwrap();
    assert!(!statements.is_empty(), "{complete}");
    for statement in statements {
        assert!(html.contains(&escaped(statement["text"].as_str().unwrap())), "{statement}");
        assert!(html.contains(&escaped(statement["sources"][0]["quote"].as_str().unwrap())));
    }
    assert!(html.contains("popovertarget"));
    assert!(reader.get("/tutor").expect_status(200).text().contains("href=\"/tutor/talk-1\""));
    reader.get("/tutor/talk-2").expect_status(404);

    let anas = json!({"type": "chat", "user_id": "ana", "message": "What is an allergy?", "session_id": "talk-3",
        "options": {"content": TEXT}});
    make(&client, &anas);
    reader.get("/tutor/talk-3").expect_status(404);
}

#[test]
fn the_forms_ask_as_the_api_does() {
    let server = server();
    let client = reader(&server);
    for (wire, _, _, _, _) in KINDS {
        let answer = form(&client, &[("type", wire), ("notes", OTHER), ("count", "5"), ("days", "2")]);
        let (status, to, _) = answer;
        assert_eq!(status, 303, "{wire}");
        assert!(to.starts_with("/making/"), "{to}");
        let log: Vec<_> = client.stream(&to.replace("/making/", "/api/ai/stream/"), None).collect();
        assert_eq!(log.last().unwrap().json()["intent"], wire);
        assert!(client.get(&to).expect_status(200).text().contains("data-open href=\"/"));
    }
    let (status, _, html) =
        form(&client, &[("type", "quiz_generation"), ("notes", OTHER), ("count", "9999")]);
    assert_eq!(status, 422);
    assert!(html.contains("/options/question_count") && html.contains("must be a whole number"));
    let (status, _, _) = form(&client, &[("type", "chat"), ("notes", OTHER)]);
    assert_eq!(status, 422, "a chat asks something");
    let (status, to, _) = form(&client, &[("type", "chat"), ("question", "What is money?")]);
    assert_eq!((status, to.starts_with("/tutor/")), (303, true), "{to}");

    let form_type = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = client.send("POST", "/tutor", &form_type, b"message=What+is+money%3F").expect_status(303);
    assert!(answer.header("location").unwrap().starts_with("/tutor/"));
    client.send("POST", "/tutor", &form_type, b"nothing=1").expect_status(422);
}

/// Sends the form of Today: its status, where it leads, its page.
fn form(client: &Client, fields: &[(&str, &str)]) -> (u16, String, String) {
    let mut body = String::new();
    for (name, text) in fields {
        body.push_str(&format!(
            "--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
        ));
    }
    body.push_str("--edge--\r\n");
    let kind = [("Content-Type", "multipart/form-data; boundary=edge")];
    let answer = client.send("POST", "/make", &kind, body.as_bytes());
    let to = answer.header("location").unwrap_or_default().to_owned();
    (answer.status, to, answer.text())
}

#[test]
fn a_quiz_a_summary_and_a_reply_are_made_alone_and_not_kept() {
    let server = server();
    let client = server.client();
    let ask = |path: &str, body: &Value| {
        let answer = client.post(&format!("/api/ai/test-{path}"), body).expect_status(200).json();
        assert_eq!((&answer["success"], &answer["error"]), (&json!(true), &Value::Null));
        answer["data"].clone()
    };
    let quiz = ask("quiz", &json!({"content": TEXT, "question_count": 4, "question_types": ["true_false"]}));
    for question in quiz["quiz"]["questions"].as_array().unwrap() {
        assert_eq!(question["type"], "true_false");
        assert!(question["correct_answer"].is_boolean());
    }
    let summary = ask("summary", &json!({"content": TEXT, "length": "short", "style": "outline"}));
    assert!(!summary["summary"]["main_points"].as_array().unwrap().is_empty());
    client.post("/api/notes", &json!({"title": "Immune", "content": TEXT})).expect_status(201);
    let reply = ask("chat", &json!({"message": "What is an allergy?"}));
    assert!(reply["response"].as_str().is_some_and(|text| !text.is_empty()), "{reply}");
    assert_eq!(client.get("/api/ai/content-stats/local").json()["total_items"], 0);

    let wrong = |path: &str, body: Value, pointer: &str| {
        let answer = client.post(&format!("/api/ai/test-{path}"), &body).expect_status(422).json();
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{answer}");
    };
    wrong("quiz", json!({"content": TEXT, "question_count": 0}), "/question_count");
    wrong("quiz", json!({"content": TEXT, "question_types": ["essay"]}), "/question_types/0");
    wrong("summary", json!({"content": TEXT, "style": "haiku"}), "/style");
    wrong("summary", json!({"style": "outline"}), "/content");
    wrong("chat", json!({}), "/message");
    wrong("conversation", json!({}), "/session_id");
}

#[test]
fn what_was_said_is_told_by_the_conversation_agent() {
    let server = server();
    let client = server.client();
    client.post("/api/notes", &json!({"title": "Immune", "content": TEXT})).expect_status(201);
    client
        .stream(
            &post(&client, &json!({"type": "chat", "message": "What is an allergy?", "session_id": "s7"})),
            None,
        )
        .count();
    let answer =
        client.post("/api/ai/test-conversation?session_id=s7&limit=10", &json!({})).expect_status(200);
    let messages = answer.json()["data"]["messages"].clone();
    assert_eq!(messages[0]["content"], "What is an allergy?", "{messages}");
    assert_eq!((&messages[0]["role"], &messages[1]["role"]), (&json!("user"), &json!("assistant")));
}

#[test]
fn a_page_may_run_nothing_that_is_written_into_it() {
    let server = server();
    for path in ["/", "/tutor", "/nowhere"] {
        let answer = reader(&server).get(path);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("script-src 'self';") && !policy.contains("unsafe"), "{path}: {policy}");
    }
}
