//! What is mine: to take along, to have erased, and to be kept by whoever runs the server.

use std::process::{Command, Output};

use serde_json::{Value, json};
use sharper_testkit::{Postgres, ServerOptions, TempFolder};

use crate::access::{register, server_with_accounts};
use crate::stage::program;

const PASSWORD: &str = "correct horse battery";

#[test]
fn everything_of_mine_is_taken_along_and_then_erased_and_nobody_else_notices() {
    mine(ServerOptions::new());
}

#[test]
fn the_same_is_so_on_postgresql() {
    let database = Postgres::database();
    mine(ServerOptions::new().env("DATABASE_URL", &database.url));
}

fn mine(options: ServerOptions) {
    let server = server_with_accounts(options);
    let (ada, eve) = (register(&server, "ada@example.org"), register(&server, "eve@example.org"));
    for (person, word) in [(&ada, "Zyxomma"), (&eve, "Epitheca")] {
        let note = json!({"content": format!("{word} is a genus of dragonflies."), "title": word});
        person.client.post("/api/notes", &note).expect_status(201);
    }
    let answer = ada.client.get("/api/me/export").expect_status(200);
    assert!(answer.header("content-disposition").is_some_and(|name| name.contains("attachment")));
    let export: Value = answer.json();
    assert_eq!(
        (export["user_id"].as_str(), export["tables"]["notes"][0]["title"].as_str()),
        (Some(&*ada.id), Some("Zyxomma"))
    );
    assert_eq!(export["tables"]["accounts"][0]["email"], "ada@example.org");
    assert!(!answer.text().contains("Epitheca") && !answer.text().contains("argon2"));

    let erase = |body: &Value| ada.client.send_json("DELETE", "/api/me", body);
    erase(&json!({})).expect_status(422);
    erase(&json!({"confirm": "erase"})).expect_status(422);
    erase(&json!({"password": "another horse battery"})).expect_status(403);
    ada.client.get("/api/auth/me").expect_status(200);
    erase(&json!({"password": PASSWORD})).expect_status(200);
    ada.client.get("/api/auth/me").expect_status(401);
    let again = json!({"email": "ada@example.org", "password": PASSWORD});
    assert_ne!(server.client().post("/api/auth/sign-in", &again).status, 200);
    assert!(eve.client.get("/api/notes").expect_status(200).text().contains("Epitheca"));
}

#[test]
fn an_operator_erases_a_person_on_record_and_nobody_else() {
    let (folder, database) = (TempFolder::new(), Postgres::database());
    let options = ServerOptions::new().env("DATABASE_URL", &database.url);
    let server = server_with_accounts(options);
    let (ada, eve) = (register(&server, "ada@example.org"), register(&server, "eve@example.org"));
    let environment = [("DATABASE_URL", &*database.url)];
    let erase = |arguments: &[&str]| {
        let done = run(&folder, &[&["erase-user"][..], arguments].concat(), &environment);
        let said = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8(said).unwrap())
    };
    for (arguments, word) in [
        (&["eve@example.org"][..], "say --yes"),
        (&["nobody@example.org", "--yes"][..], "nothing is kept"),
        (&["no one", "--yes"][..], "neither"),
    ] {
        let (done, said) = erase(arguments);
        assert!(!done && said.contains(word), "{said}");
        eve.client.get("/api/auth/me").expect_status(200);
    }
    for who in ["EVE@example.org", &*ada.id] {
        let (done, said) = erase(&[who, "--yes"]);
        assert!(done && said.contains("erased: "), "{said}");
    }
    eve.client.get("/api/auth/me").expect_status(401);
    ada.client.get("/api/auth/me").expect_status(401);
    database.execute(
        "DO $$ BEGIN ASSERT 2 = (SELECT count(*) FROM admin_log WHERE actor = 'command' AND about IS NULL); END $$",
    );
}

#[test]
fn on_sqlite_a_running_server_must_be_stopped_before_a_person_is_erased() {
    let folder = TempFolder::new();
    let mut server = server_with_accounts(ServerOptions::new());
    let ada = register(&server, "ada@example.org");
    let data = server.data_folder().display().to_string();
    let erase = || run(&folder, &["erase-user", "ada@example.org", "--yes"], &[("DATA_DIR", &*data)]);
    let refused = erase();
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("stop the server"), "{said}");
    ada.client.get("/api/auth/me").expect_status(200);
    server.terminate();
    assert!(erase().status.success());
    server.restart();
    ada.client.get("/api/auth/me").expect_status(401);
}

#[test]
fn where_nobody_signs_in_a_typed_word_erases() {
    let server = sharper_testkit::Server::start(program(), ServerOptions::new());
    let client = server.client();
    client
        .post("/api/notes", &json!({"content": "Zyxomma is a genus.", "title": "Zyxomma"}))
        .expect_status(201);
    client.send_json("DELETE", "/api/me", &json!({"confirm": "no"})).expect_status(422);
    assert!(client.get("/api/me/export").expect_status(200).text().contains("Zyxomma"));
    client.send_json("DELETE", "/api/me", &json!({"confirm": "erase"})).expect_status(200);
    assert!(!client.get("/api/me/export").expect_status(200).text().contains("Zyxomma"));
}

#[test]
fn erasing_oneself_buys_no_second_day() {
    let options = ServerOptions::new().env("QUOTA_GENERATIONS", "1");
    let server = sharper_testkit::Server::start(program(), options);
    let ask = || {
        let question = json!({"type": "chat", "message": "What is an enzyme?"});
        server.client().post("/api/ai/process-stream", &question)
    };
    ask().expect_status(200);
    server.client().send_json("DELETE", "/api/me", &json!({"confirm": "erase"})).expect_status(200);
    assert_eq!(ask().expect_status(429).json()["code"], "daily_limit");
}

fn run(folder: &TempFolder, arguments: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program());
    command.env_clear().current_dir(folder.path()).args(arguments).envs(env.iter().copied());
    command.output().expect("the program runs")
}

/// A server's data go into a file while it runs, and from there into the other database.
#[test]
fn a_backup_beside_a_running_server_is_restored_into_postgresql_and_served() {
    let (folder, database) = (TempFolder::new(), Postgres::database());
    let server = sharper_testkit::Server::start(program(), ServerOptions::new());
    let data = server.data_folder().display().to_string();
    let note = json!({"content": "Zyxomma is a genus of dragonflies.", "title": "Zyxomma"});
    server.client().post("/api/notes", &note).expect_status(201);
    let (sqlite, postgres) = ([("DATA_DIR", &*data)], [("DATABASE_URL", &*database.url)]);
    let made = run(&folder, &["backup", "first"], &sqlite);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(!run(&folder, &["backup", "first"], &sqlite).status.success(), "a file that is there stays");
    let piped = run(&folder, &["backup", "-"], &sqlite);
    assert_eq!(piped.stdout[..4], [0x28, 0xB5, 0x2F, 0xFD]);
    let in_use = run(&folder, &["restore", "first", "--force"], &sqlite);
    assert!(String::from_utf8_lossy(&in_use.stderr).contains("another study-sharper"));
    let restored = run(&folder, &["restore", "first"], &postgres);
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let refused = run(&folder, &["restore", "first"], &postgres);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--force"));
    let other =
        sharper_testkit::Server::start(program(), ServerOptions::new().env("DATABASE_URL", &database.url));
    assert!(other.client().get("/api/notes").expect_status(200).text().contains("Zyxomma"));
}
