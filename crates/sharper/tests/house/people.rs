//! Who is asking, over HTTP: accounts, passwords by letter, tokens, the operator, people of Supabase.

use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};
use sharper_post::testing::Office;
use sharper_testkit::{Client, Response, Server, ServerOptions};

use crate::access::{register, server_with_accounts};

/// What `access::register` gives everybody.
const PASSWORD: &str = "correct horse battery";
const NEW: &str = "lighthouse-mango-47";
const ADMIN: &str = "an-admin-token-canary-of-more-than-32-characters";

fn sign_in(server: &Server, email: &str, password: &str) -> Response {
    server.client().post("/api/auth/sign-in", &json!({"email": email, "password": password}))
}

/// The cookie that an answer gives.
fn cookie(answer: &Response) -> String {
    let line = answer.header("set-cookie").expect("signing in gives a cookie");
    line.split(';').next().unwrap_or_default().to_owned()
}

fn with_cookie(server: &Server, cookie: &str) -> Client {
    server.client().with_header("Cookie", cookie).with_header("Origin", &server.url())
}

fn bearer(server: &Server, token: &str) -> Client {
    server.client().with_header("Authorization", &format!("Bearer {token}"))
}

/// A problem without what is new in each answer.
fn body(answer: &Response) -> Value {
    let mut body = answer.json();
    body.as_object_mut().unwrap().remove("request_id");
    body
}

#[test]
fn a_session_lives_from_signing_in_to_signing_out() {
    let server = server_with_accounts(ServerOptions::new());
    register(&server, "ada@example.org");
    server.client().get("/api/notes").expect_status(401);
    let first = sign_in(&server, "ADA@example.org", PASSWORD).expect_status(200);
    let line = first.header("set-cookie").unwrap().to_owned();
    assert!(
        line.contains("; HttpOnly") && line.contains("; SameSite=Lax") && line.contains("; Path=/"),
        "{line}"
    );
    let second = sign_in(&server, "ada@example.org", PASSWORD).expect_status(200);
    assert_ne!(cookie(&first), cookie(&second));
    let (one, two) = (with_cookie(&server, &cookie(&first)), with_cookie(&server, &cookie(&second)));
    let me = one.get("/api/auth/me").expect_status(200).json();
    assert_eq!((&me["user"]["email"], &me["user"]["role"]), (&json!("ada@example.org"), &json!("admin")));
    one.post("/api/auth/sign-out", &json!({})).expect_status(200);
    one.get("/api/notes").expect_status(401);
    two.get("/api/notes").expect_status(200);
}

#[test]
fn a_wrong_password_and_an_unknown_address_are_answered_the_same() {
    let server = server_with_accounts(ServerOptions::new());
    register(&server, "ada@example.org");
    let known = sign_in(&server, "ada@example.org", NEW).expect_status(401);
    let unknown = sign_in(&server, "eve@example.org", NEW).expect_status(401);
    assert_eq!(body(&known), body(&unknown));
    let ask =
        |email: &str| server.client().post("/api/auth/reset", &json!({"email": email})).expect_status(202);
    assert_eq!(ask("ada@example.org").text(), ask("eve@example.org").text());
}

#[test]
fn a_forgotten_password_is_set_by_the_link_of_a_letter() {
    let office = Office::new(vec![]);
    let options = ServerOptions::new()
        .env("SMTP_URL", office.url())
        .env("MAIL_FROM", "Study Sharper <study@example.org>")
        .env("PUBLIC_URL", "http://study.example.org");
    let server = server_with_accounts(options);
    let ada = register(&server, "ada@example.org");
    server.client().post("/api/auth/reset", &json!({"email": "ada@example.org"})).expect_status(202);
    let letter = office.letter("ada@example.org", 1);
    assert!(letter.text.contains("http://study.example.org/reset?token="), "{}", letter.text);
    let confirm = |password: &str| {
        let body = json!({"token": letter.token(), "password": password});
        server.client().post("/api/auth/reset/confirm", &body)
    };
    confirm("password").expect_status(422);
    confirm(NEW).expect_status(200);
    confirm(NEW).expect_status(404);
    ada.client.get("/api/notes").expect_status(401);
    sign_in(&server, "ada@example.org", PASSWORD).expect_status(401);
    sign_in(&server, "ada@example.org", NEW).expect_status(200);
    let log = server.log();
    for secret in [letter.token().as_str(), NEW, PASSWORD] {
        assert!(!log.contains(secret), "the log tells {secret}");
    }
}

#[test]
fn every_link_of_every_letter_leads_to_a_page() {
    let office = Office::new(vec![]);
    let options = ServerOptions::new()
        .env("SMTP_URL", office.url())
        .env("MAIL_FROM", "study@example.org")
        .env("PUBLIC_URL", "http://study.example.org");
    let server = server_with_accounts(options);
    let ada = register(&server, "ada@example.org");
    let kim = json!({"email": "kim@example.org", "password": PASSWORD, "under_13": true,
        "guardian_email": "parent@example.org"});
    server.client().post("/api/auth/register", &kim).expect_status(201);
    server.client().post("/api/auth/reset", &json!({"email": "ada@example.org"})).expect_status(202);
    let link = office.letter("ada@example.org", 1);
    let change = json!({"old_password": PASSWORD, "new_password": NEW});
    ada.client.post("/api/auth/password", &change).expect_status(200);
    for letter in [link, office.letter("ada@example.org", 2), office.letter("parent@example.org", 1)] {
        let links: Vec<&str> = letter.text.split_whitespace().filter(|word| word.contains("://")).collect();
        assert_eq!(links.len(), 1, "{}", letter.text);
        let place = links[0].strip_prefix("http://study.example.org").expect("a link to this server");
        let page = server.client().send("GET", place, &[("Accept", "text/html")], b"").expect_status(200);
        assert!(page.text().contains("<form"), "{place}: {}", page.text());
    }
}

#[test]
fn the_same_request_sent_again_is_answered_with_the_same_bytes() {
    let server = server_with_accounts(ServerOptions::new());
    let ada = register(&server, "ada@example.org");
    let body = json!({"type": "chat", "message": "What is an enzyme?"}).to_string();
    let send = || {
        let headers = [("Content-Type", "application/json"), ("Idempotency-Key", "once")];
        ada.client.send("POST", "/api/ai/process-stream", &headers, body.as_bytes()).expect_status(200)
    };
    let first = send();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let second = send();
    assert_eq!(second.header("idempotent-replayed"), Some("true"));
    assert!(first.text().contains("?ticket="));
    assert_eq!(first.text(), second.text());
}

#[test]
fn a_ticket_opens_nothing_once_its_account_is_erased() {
    let server = server_with_accounts(ServerOptions::new());
    let ada = register(&server, "ada@example.org");
    let body = json!({"type": "chat", "message": "What is an enzyme?"});
    let answer = ada.client.post("/api/ai/process-stream", &body).expect_status(200).json();
    let url = answer["stream_url"].as_str().unwrap();
    assert!(url.contains("?ticket="), "{url}");
    assert!(server.client().stream(url, None).count() > 1, "it opens the stream without a cookie");
    ada.client.send_json("DELETE", "/api/me", &json!({"password": PASSWORD})).expect_status(200);
    server.client().get(url).expect_status(401);
}

#[test]
fn an_account_is_made_an_administrators_by_command() {
    let (database, folder) = (sharper_testkit::Postgres::database(), sharper_testkit::TempFolder::new());
    let server = server_with_accounts(ServerOptions::new().env("DATABASE_URL", &database.url));
    let ada = register(&server, "ada@example.org");
    ada.client.send_json("DELETE", "/api/me", &json!({"password": PASSWORD})).expect_status(200);
    let eve = register(&server, "eve@example.org");
    eve.client.get("/api/admin/experiments").expect_status(403);
    let make = |email: &str| {
        let mut command = std::process::Command::new(crate::stage::program());
        command.env_clear().current_dir(folder.path()).env("DATABASE_URL", &database.url);
        command.args(["make-admin", email]).output().expect("the program runs")
    };
    let unknown = make("nobody@example.org");
    assert!(!unknown.status.success() && String::from_utf8_lossy(&unknown.stderr).contains("no account"));
    let made = make("EVE@example.org");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    eve.client.get("/api/admin/experiments").expect_status(200);
}

#[test]
fn without_a_mail_server_the_letter_stands_in_the_log() {
    let server = server_with_accounts(ServerOptions::new());
    register(&server, "ada@example.org");
    server.client().post("/api/auth/reset", &json!({"email": "ada@example.org"})).expect_status(202);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !server.log().contains("/reset?token=") {
        assert!(std::time::Instant::now() < until, "{}", server.log());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn another_password_ends_the_other_sessions() {
    let server = server_with_accounts(ServerOptions::new());
    let ada = register(&server, "ada@example.org");
    let other = with_cookie(&server, &cookie(&sign_in(&server, "ada@example.org", PASSWORD)));
    let change =
        |old: &str| ada.client.post("/api/auth/password", &json!({"old_password": old, "new_password": NEW}));
    change(NEW).expect_status(403);
    let changed = change(PASSWORD).expect_status(200);
    for gone in [&other, &ada.client] {
        gone.get("/api/notes").expect_status(401);
    }
    with_cookie(&server, &cookie(&changed)).get("/api/notes").expect_status(200);
}

#[test]
fn an_administrators_script_is_no_administrator() {
    let server = server_with_accounts(ServerOptions::new().env("ADMIN_TOKEN", ADMIN));
    let ada = register(&server, "ada@example.org");
    let eve = register(&server, "eve@example.org");
    let made = ada.client.post("/api/auth/tokens", &json!({"name": "script", "days": 7})).expect_status(201);
    let token = made.json()["token"]["token"].as_str().unwrap().to_owned();
    let script = bearer(&server, &token);
    let me = script.get("/api/auth/me").expect_status(200).json();
    assert_eq!((&me["user"]["id"], &me["user"]["role"]), (&json!(ada.id), &json!("student")));
    let place = "/api/admin/experiments";
    ada.client.get(place).expect_status(200);
    bearer(&server, ADMIN).get(place).expect_status(200);
    for refused in [&script, &eve.client, &bearer(&server, &ADMIN[1..])] {
        refused.get(place).expect_status(403);
    }
    bearer(&server, ADMIN).get("/api/notes").expect_status(401);
    script.post("/api/auth/tokens", &json!({"name": "more"})).expect_status(403);
    let id = made.json()["token"]["id"].as_str().unwrap().to_owned();
    ada.client.delete(&format!("/api/auth/tokens/{id}")).expect_status(200);
    script.get("/api/notes").expect_status(401);
    let log = server.log();
    assert!(!log.contains(&token) && !log.contains(ADMIN) && !log.contains(PASSWORD), "{log}");
}

#[test]
fn nobody_gives_themselves_rights() {
    let server = server_with_accounts(ServerOptions::new());
    let ada = register(&server, "ada@example.org");
    let mut body = json!({"email": "eve@example.org", "password": PASSWORD});
    for name in [
        "role",
        "roles",
        "is_admin",
        "admin",
        "isAdmin",
        "state",
        "status",
        "active",
        "waiting",
        "user_id",
        "id",
        "user",
        "userId",
        "email_key",
        "password_hash",
        "failed_sign_ins",
        "created_at",
        "password_changed_at",
        "signed_in_at",
        "scope",
        "permissions",
        "app_metadata",
        "user_metadata",
        "token",
        "session",
        "expires_at",
        "via",
        "account",
        "consent",
        "verified",
    ] {
        body[name] = if name.contains("id") || name == "user" { json!(ada.id) } else { json!("admin") };
    }
    let answer = server.client().post("/api/auth/register", &body);
    if answer.status == 201 {
        let user = &answer.json()["user"];
        assert_eq!((&user["role"], &user["waiting_for_consent"]), (&json!("student"), &json!(false)));
        assert_ne!(user["id"], json!(ada.id));
    } else {
        answer.expect_status(422);
    }
    ada.client.get("/api/auth/me").expect_status(200);
}

#[test]
fn a_child_waits_for_a_guardian() {
    let office = Office::new(vec![]);
    let server = server_with_accounts(
        ServerOptions::new().env("SMTP_URL", office.url()).env("MAIL_FROM", "study@example.org"),
    );
    register(&server, "ada@example.org");
    let kim = json!({"email": "kim@example.org", "password": PASSWORD, "under_13": true});
    server.client().post("/api/auth/register", &kim).expect_status(422);
    let mut kim = kim;
    kim["guardian_email"] = json!("parent@example.org");
    let answer = server.client().post("/api/auth/register", &kim).expect_status(201);
    assert_eq!(answer.json()["user"]["waiting_for_consent"], json!(true));
    let child = with_cookie(&server, &cookie(&answer));
    child.get("/api/auth/me").expect_status(200);
    child.get("/api/notes").expect_status(403);
    child.post("/api/notes", &json!({"content": "Notes of mine.", "title": "Notes"})).expect_status(403);
    assert!(office.letter("parent@example.org", 1).text.contains("kim@example.org"));
    child.post("/api/auth/sign-out", &json!({})).expect_status(200);
}

#[test]
fn people_of_supabase_come_with_their_token_and_for_themselves() {
    let (url, secret) = ("http://127.0.0.1:9", "a-shared-secret-of-forty-characters-0123");
    let server = server_with_accounts(
        ServerOptions::new().env("SUPABASE_URL", url).env("SUPABASE_JWT_SECRET", secret),
    );
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let token = |sub: &str, role: &str, secret: &str| {
        let claims = json!({"iss": format!("{url}/auth/v1"), "aud": "authenticated", "sub": sub, "role": role,
            "email": "ada@example.org", "iat": now, "exp": now + 600});
        jsonwebtoken::encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes()))
            .unwrap()
    };
    let (ada, eve) = ("6f1d0e6e-7c5b-4a77-9d0a-2f4a3b1c0d9e", "7a2e1f7f-8d6c-4b88-8e1b-3f5b4c2d1e0f");
    let client = bearer(&server, &token(ada, "authenticated", secret));
    let me = client.get("/api/auth/me").expect_status(200).json();
    assert_eq!((&me["user"]["id"], &me["user"]["email"]), (&json!(ada), &json!("ada@example.org")));
    client
        .post("/api/notes", &json!({"content": "Osmosis moves water.", "title": "Osmosis"}))
        .expect_status(201);
    client.get(&format!("/api/ai/content-stats/{eve}")).expect_status(403);
    for refused in [
        token(ada, "service_role", secret),
        token(ada, "anon", secret),
        token(ada, "authenticated", "another-secret-of-forty-characters-0123"),
        token("operator", "authenticated", secret),
    ] {
        bearer(&server, &refused).get("/api/notes").expect_status(401);
    }
}
