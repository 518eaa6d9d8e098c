//! A way in and out, through the real server: what one student takes along another takes in whole, a second time adds nothing,
//! and what is no deck is refused in words.

use serde_json::{Value, json};
use sharper_testkit::{Client, Response, TempFolder};

use crate::stage::{TEXT, cards, make, program, server};

const BETWEEN: &str = "----a-line-that-no-deck-holds";
/// Mathematics, right to left, emoji, Markdown and a cell that a spreadsheet would run.
const SIDES: [(&str, &str); 5] = [
    ("What is $\\int_0^1 x\\,dx$?", "$\\frac{1}{2}$"),
    ("ما هي الخلية؟", "أصغر وحدة حية"),
    ("Which 🧬 carries genes?", "**DNA** 🧪"),
    ("=HYPERLINK(\"http://evil.example\",\"x\")", "+1"),
    ("- a list\n- of two", "`code` & <b>"),
];

fn import(client: &Client, name: &str, bytes: &[u8]) -> Response {
    let head =
        format!("--{BETWEEN}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), bytes, format!("\r\n--{BETWEEN}--\r\n").as_bytes()].concat();
    let kind = format!("multipart/form-data; boundary={BETWEEN}");
    client.send("POST", "/api/flashcards/import", &[("Content-Type", &kind)], &body)
}

/// A set of these sides, of the user `ada`; its id.
fn a_set(client: &Client) -> String {
    let set =
        client.post("/api/flashcards/sets?user_id=ada", &json!({"title": "Cells: 細胞"})).expect_status(201);
    let set = set.json()["set"]["id"].as_str().unwrap().to_owned();
    for (question, answer) in SIDES {
        let card = json!({"set_id": set, "question": question, "answer": answer, "tags": ["biology"]});
        client.post("/api/flashcards?user_id=ada", &card).expect_status(201);
    }
    set
}

fn sides(client: &Client, set: &str) -> Vec<(String, String)> {
    let set = client.get(&format!("/api/flashcards/sets/{set}")).expect_status(200).json();
    let side = |card: &Value, side: &str| card[side].as_str().unwrap().to_owned();
    let cards = set["cards"].as_array().unwrap().iter();
    cards.map(|card| (side(card, "question"), side(card, "answer"))).collect()
}

#[test]
fn a_set_goes_to_another_student_whole_in_every_form_and_never_doubles() {
    let server = server();
    let client = server.client();
    let set = a_set(&client);
    for form in ["apkg", "json", "md", "csv"] {
        let file = client.get(&format!("/api/flashcards/sets/{set}/export?format={form}&user_id=ada"));
        let file = file.expect_status(200);
        let named = file.header("content-disposition").unwrap();
        assert!(named.contains(&format!("filename*=UTF-8''Cells%20%E7%B4%B0%E8%83%9E.{form}")), "{named}");
        if form == "csv" {
            assert!(file.text().contains("'=HYPERLINK"), "a spreadsheet would run it: {}", file.text());
        }
        // Each form to a student of its own.
        let mut there = String::new();
        for (turn, added) in [(1, SIDES.len()), (2, 0)] {
            let taken =
                import_as(&client, form, &format!("deck.{form}"), &file.body).expect_status(200).json();
            let deck = &taken["sets"][0];
            assert_eq!(
                (taken["count"].as_u64(), deck["added"].as_u64()),
                (Some(1), Some(added as u64)),
                "{form} {turn}"
            );
            there = deck["set_id"].as_str().unwrap().to_owned();
        }
        let found = sides(&client, &format!("{there}?user_id={form}"));
        let expected: Vec<_> =
            SIDES.iter().map(|(front, back)| ((*front).to_owned(), (*back).to_owned())).collect();
        assert_eq!(found, expected, "{form}");
    }
}

/// The same for a user of this name.
fn import_as(client: &Client, user: &str, name: &str, bytes: &[u8]) -> Response {
    let part = |head: &str, body: &[u8]| {
        [format!("--{BETWEEN}\r\n{head}\r\n\r\n").as_bytes(), body, b"\r\n"].concat()
    };
    let file = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
    let body = [
        part("Content-Disposition: form-data; name=\"user_id\"", user.as_bytes()),
        part(&file, bytes),
        format!("--{BETWEEN}--\r\n").into_bytes(),
    ];
    let kind = format!("multipart/form-data; boundary={BETWEEN}");
    client.send("POST", "/api/flashcards/import", &[("Content-Type", &kind)], &body.concat())
}

#[test]
fn what_is_no_deck_is_refused_and_nothing_is_kept() {
    let server = server();
    let client = server.client();
    let big = vec![b'x'; 26 << 20];
    let all: [(&str, &[u8], u16); 6] = [
        ("a.apkg", b"PK\x03\x04 and nothing", 422),
        ("a.csv", b"", 422),
        ("a.csv", b"only one column\nand another\n", 422),
        ("a.json", b"{\"format\": \"another\"}", 422),
        ("a.bin", &[0xff, 0xfe, 0x01], 415),
        ("a.csv", &big, 413),
    ];
    for (name, bytes, status) in all {
        let refused = import(&client, name, bytes).expect_status(status).json();
        assert!(refused["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{name}: {refused}");
    }
    client
        .send("POST", "/api/flashcards/import", &[("Content-Type", "application/json")], b"{}")
        .expect_status(415);
    assert_eq!(client.get("/api/flashcards/sets").json()["count"], 0);
    client
        .get("/api/flashcards/sets/01890a5d-ac96-774b-bcce-b302099a8057/export?format=csv")
        .expect_status(404);
}

#[test]
fn papers_and_plans_go_out_and_forms_that_there_are_not_are_named() {
    let server = server();
    let client = server.client();
    let made = |kind: &str, key: &str| {
        let options = json!({"content": TEXT, "question_count": 6, "duration_minutes": 30, "days": 3});
        let end = make(&client, &json!({"type": kind, "options": options})).last().unwrap().json();
        end["saved"][key].as_str().unwrap_or_else(|| panic!("{end}")).to_owned()
    };
    let quiz = made("quiz_generation", "quiz_id");
    let exam = made("exam_generation", "exam_id");
    for paper in [format!("/api/quizzes/{quiz}"), format!("/api/exams/{exam}")] {
        let file = |form: &str| client.get(&format!("{paper}/export?format={form}")).expect_status(200);
        assert!(file("gift").text().contains("$CATEGORY: "));
        assert!(file("moodle").text().contains("<quiz>"));
        assert!(file("qti").body.starts_with(b"PK"));
        let wrong = client.get(&format!("{paper}/export?format=docx")).expect_status(422).json();
        assert_eq!(wrong["errors"][0]["detail"], "must be one of gift, moodle, qti");
        client.get(&format!("{paper}/export")).expect_status(422);
    }
    let plan = made("study_plan", "plan_id");
    let calendar = client.get(&format!("/api/plans/{plan}/calendar")).expect_status(200);
    assert_eq!(calendar.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert_eq!(calendar.text().matches("BEGIN:VEVENT").count(), 3, "{}", calendar.text());
}

#[test]
fn a_page_takes_a_deck_in_and_leads_to_its_set() {
    let server = server();
    let client = server.client();
    assert!(client.get("/sets").expect_status(200).text().contains("name=\"file\""));
    let (head, end) = (
        format!(
            "--{BETWEEN}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Enzymes.csv\"\r\n\r\n"
        ),
        format!("\r\n--{BETWEEN}--\r\n"),
    );
    let kind = format!("multipart/form-data; boundary={BETWEEN}");
    let send = |table: &str| {
        client.send("POST", "/import", &[("Content-Type", &kind)], format!("{head}{table}{end}").as_bytes())
    };
    let done = send("What is ATP?,A carrier of energy\n").expect_status(303);
    let set = client.get(done.header("location").unwrap()).expect_status(200).text();
    assert!(set.contains("What is ATP?") && set.contains("export?format=apkg"), "{set}");
    assert!(client.get("/sets").text().contains("Enzymes"));
    send("nothing").expect_status(422);
}

#[test]
fn the_command_takes_decks_in_and_writes_them_out() {
    let folder = TempFolder::new();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(program());
        command
            .env_clear()
            .env("DATA_DIR", folder.path().join("data"))
            .current_dir(folder.path())
            .args(arguments);
        let done = command.output().expect("the program runs");
        (
            done.status.success(),
            String::from_utf8(done.stdout).unwrap(),
            String::from_utf8(done.stderr).unwrap(),
        )
    };
    std::fs::write(
        folder.path().join("Enzymes.tsv"),
        "What is ATP?\tA carrier of energy\nWhat is DNA?\tGenes\n",
    )
    .unwrap();
    let (done, said, error) = run(&["import", "Enzymes.tsv"]);
    assert!(done && said.contains("Enzymes: 2 new, 0 updated"), "{said}{error}");
    assert!(run(&["import", "Enzymes.tsv"]).1.contains("0 new, 2 updated"));
    let (_, listed, _) = run(&["export"]);
    let id = listed.split_whitespace().next().unwrap_or_else(|| panic!("{listed}")).to_owned();
    let (_, table, _) = run(&["export", &id, "--format", "tsv"]);
    assert_eq!(table, "What is ATP?\tA carrier of energy\nWhat is DNA?\tGenes\n");
    assert!(run(&["export", &id, "--output", "deck.apkg"]).0);
    assert!(std::fs::read(folder.path().join("deck.apkg")).unwrap().starts_with(b"PK"));
    assert!(run(&["import", "deck.apkg"]).1.contains("0 new, 2 updated"), "its cards are known");
    for wrong in [
        &["import", "missing.csv"][..],
        &["export", &id, "--format", "gift"],
        &["import", "deck.apkg", "--user", "a b"],
    ] {
        let (done, _, error) = run(wrong);
        assert!(!done && error.starts_with("study-sharper: "), "{wrong:?}: {error}");
    }
}

#[test]
fn a_memory_goes_along_to_another_student() {
    let server = server();
    let client = server.client();
    let made = make(&client, &cards("local", 3, TEXT)).last().unwrap().json();
    let (set, card) =
        (made["saved"]["set"]["id"].as_str().unwrap(), made["saved"]["ids"][0].as_str().unwrap());
    client.post(&format!("/api/flashcards/{card}/review"), &json!({"rating": 4})).expect_status(200);
    let file = client.get(&format!("/api/flashcards/sets/{set}/export?format=apkg")).expect_status(200);
    let taken = import_as(&client, "ben", "deck.apkg", &file.body).expect_status(200).json();
    let there = taken["sets"][0]["set_id"].as_str().unwrap();
    let memories = |address: &str| -> Vec<Value> {
        let set = client.get(address).expect_status(200).json();
        set["cards"].as_array().unwrap().iter().map(|card| card["memory"]["state"].clone()).collect()
    };
    let own = memories(&format!("/api/flashcards/sets/{set}"));
    assert_eq!(memories(&format!("/api/flashcards/sets/{there}?user_id=ben")), own);
    assert!(own.contains(&json!("review")), "{own:?}");
}
