//! The API's description of itself: served while one develops, and kept by the API.

use std::time::Duration;

use serde_json::json;
use sharper_testkit::{Browser, Server, ServerOptions};

use crate::stage::{program, server};

#[test]
fn the_description_can_be_read_and_tried_in_a_browser_from_this_very_server() {
    let server = server();
    let described = server.client().get("/openapi.json").expect_status(200).json();
    assert_eq!(described["openapi"], "3.1.0");
    assert!(described["paths"]["/api/ai/process-stream"]["post"]["summary"].is_string());
    let browser = Browser::open();
    browser.goto(&format!("{}/docs", server.url().trim_end_matches('/')));
    browser.wait_for("#swagger-ui .opblock");
    browser.execute(
        "const count = [...document.querySelectorAll('.opblock-summary-path')];
         count.find(path => path.textContent.includes('stream-status')).closest('button').click();",
        &[],
    );
    browser.wait_for(".opblock.is-open .try-out__btn");
    browser.click(".opblock.is-open .try-out__btn");
    browser.wait_for(".opblock.is-open .execute");
    browser.click(".opblock.is-open .execute");
    let answered = "document.querySelector('.opblock.is-open .live-responses-table')?.textContent.includes('active_connections')";
    browser.wait_until(answered, Duration::from_secs(15));
    let asked = browser.execute(
        "return performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)
             .filter(host => host && host !== location.host);",
        &[],
    );
    assert_eq!(asked, json!([]), "no other host is asked for anything");
    assert_eq!(
        browser.console_errors(),
        Vec::<String>::new(),
        "nothing breaks our policy for scripts and styles"
    );
}

#[test]
fn in_production_there_is_neither_description_nor_page() {
    let mut options = ServerOptions::new();
    for (name, value) in [
        ("ENVIRONMENT", "production"),
        ("ADMIN_TOKEN", "b7c1f09e4d2a83565e90dd17ac4b3f68"),
        ("PUBLIC_URL", "https://study.example.org"),
        ("PROXY_HOPS", "1"),
    ] {
        options = options.env(name, value);
    }
    let server = Server::start(program(), options);
    for place in ["/openapi.json", "/docs", "/docs/swagger-ui.css"] {
        server.client().get(place).expect_status(404);
    }
}

#[test]
fn a_review_whose_time_is_no_number_is_refused_and_names_it() {
    let server = server();
    let body = json!({"rating": 3, "took_ms": "long"});
    let card = "/api/flashcards/01890a5d-ac96-774b-bcce-b302099a8057/review";
    let problem = server.client().post(card, &body).expect_status(422).json();
    assert_eq!(problem["errors"][0]["pointer"], "/took_ms");
}

#[test]
fn a_user_of_128_letters_of_any_alphabet_is_a_user() {
    let server = server();
    let name = "%C3%A9".repeat(128);
    server.client().get(&format!("/api/notes?user_id={name}")).expect_status(200);
    server.client().get(&format!("/api/notes?user_id={name}x")).expect_status(422);
}

#[test]
fn an_erasure_with_a_password_that_can_be_none_erases_nothing() {
    let server = server();
    let client = server.client();
    client.post("/api/notes", &json!({"content": "Enzymes are proteins."})).expect_status(201);
    let body = json!({"confirm": "erase", "password": "x".repeat(257)});
    let problem = client.send_json("DELETE", "/api/me", &body).expect_status(422).json();
    assert_eq!(problem["errors"][0]["pointer"], "/password");
    assert_eq!(client.get("/api/notes").json()["total"], 1);
}

#[test]
fn a_user_in_the_query_that_is_none_is_refused_also_where_the_body_names_one() {
    let server = server();
    let body = json!({"content": "Enzymes are proteins.", "name": "Biology", "user_id": "ana"});
    for place in ["/api/notes?user_id=a%20b", "/api/folders?user_id=a%20b"] {
        let problem = server.client().post(place, &body).expect_status(422).json();
        assert_eq!(problem["errors"][0]["pointer"], "/user_id");
    }
}

#[test]
fn a_text_that_is_too_long_by_the_white_space_around_it_is_too_long() {
    let server = server();
    let body = json!({"content": "Enzymes are proteins.", "content_type": format!(" {}", "x".repeat(64))});
    server.client().post("/api/ai/test-quality", &body).expect_status(422);
    let body = json!({"type": "chat", "message": format!(" {}", "x".repeat(8_000))});
    server.client().post("/api/ai/process-stream", &body).expect_status(422);
}
