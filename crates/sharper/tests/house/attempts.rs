//! Quizzes and exams as they are taken: a saved answer outlives a kill, the clock is the server's, keys stay secret until they may
//! be told, and all of it works without a script.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use sharper_store::{Durability, Store, StoreSettings};
use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, Client, ColourScheme, Server};

use crate::stage::{TEXT, make, server};

const FORM: [(&str, &str); 1] = [("Content-Type", "application/x-www-form-urlencoded")];

/// Makes a paper and answers with its address in the API.
fn paper(client: &Client, kind: &str) -> String {
    let options = json!({"content": TEXT, "question_count": 6, "duration_minutes": 30});
    let end = make(client, &json!({"type": kind, "options": options})).last().unwrap().json();
    let saved = &end["saved"];
    match kind {
        "quiz_generation" => format!("/api/quizzes/{}", saved["quiz_id"].as_str().unwrap()),
        _ => format!("/api/exams/{}", saved["exam_id"].as_str().unwrap()),
    }
}

fn begun(client: &Client, paper: &str) -> (String, Vec<Value>) {
    let attempt = client.post(&format!("{paper}/attempts"), &json!({})).expect_status(201).json();
    let attempt = &attempt["attempt"];
    (text(&attempt["id"]), attempt["questions"].as_array().unwrap().clone())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("a text was expected, not {value}")).to_owned()
}

fn answer_of(question: &Value) -> String {
    match question["options"][0].as_str() {
        Some(option) => option.to_owned(),
        None => "Some words of my own".to_owned(),
    }
}

fn place(attempt: &str, question: &Value) -> String {
    format!("/api/attempts/{attempt}/answers/{}", text(&question["id"]))
}

/// Lets the clock of every exam run out long ago, while nobody has the database open.
fn let_time_run_out(server: &Server) {
    let settings = StoreSettings { data_dir: server.data_folder(), ..StoreSettings::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&settings).await.unwrap();
        let late =
            "UPDATE attempts SET started_at = started_at - 120000000, deadline_at = started_at - 60000000";
        store.house().write(Durability::Synced, move |conn| conn.execute(late, &[])).await.unwrap();
        store.close().await;
    });
}

#[test]
fn a_server_killed_during_an_exam_loses_no_saved_answer() {
    let mut server = server();
    let exam = paper(&server.client(), "exam_generation");
    let (attempt, questions) = begun(&server.client(), &exam);
    // What the client was told is kept.
    let mut ledger: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for (number, question) in questions.iter().enumerate() {
        let answer = answer_of(question);
        let body = json!({"answer": answer, "revision": 0});
        let saved = server.client().put(&place(&attempt, question), &body).expect_status(200).json();
        ledger.insert(text(&question["id"]), (answer, saved["answer"]["revision"].as_u64().unwrap()));
        if number % 4 == 1 {
            server.kill_9();
            server.restart();
        }
    }
    server.kill_9();
    server.restart();
    let client = server.client();
    let again = client.get(&format!("/api/attempts/{attempt}")).expect_status(200).json();
    let kept: BTreeMap<String, (String, u64)> = again["attempt"]["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["id"]), (text(&one["answer"]), one["revision"].as_u64().unwrap())))
        .collect();
    assert_eq!(kept, ledger);
    assert_eq!(begun(&client, &exam).0, attempt, "starting again goes on with the open one");
}

#[test]
fn an_exam_whose_clock_runs_out_while_the_server_is_down_ends_by_the_clock() {
    let mut server = server();
    let (attempt, questions) = begun(&server.client(), &paper(&server.client(), "exam_generation"));
    let path = place(&attempt, &questions[0]);
    let body = json!({"answer": answer_of(&questions[0]), "revision": 0});
    server.client().put(&path, &body).expect_status(200);
    assert_eq!(server.terminate().code(), Some(0));
    let_time_run_out(&server);
    server.restart();
    let client = server.client();
    let late =
        client.put(&path, &json!({"answer": answer_of(&questions[0]), "revision": 1, "flagged": true}));
    assert_eq!(late.expect_status(409).json()["code"], "conflict");
    let result = client.get(&format!("/api/attempts/{attempt}/result")).expect_status(200).json();
    let attempt = &result["attempt"];
    assert_eq!((&attempt["ended_by"], &attempt["seconds_left"]), (&json!("clock"), &Value::Null));
    assert_eq!(attempt["finished_at"], attempt["deadline_at"]);
    assert_eq!(attempt["questions"][0]["answer"], answer_of(&questions[0]), "what was saved counts");
}

#[test]
fn of_two_tabs_the_newer_answer_stays_and_the_older_is_told_so() {
    let server = server();
    let client = server.client();
    let (attempt, questions) = begun(&client, &paper(&client, "quiz_generation"));
    let written = questions.iter().find(|one| one["type"] == "short_answer").unwrap_or(&questions[0]);
    let (path, first) = (place(&attempt, written), answer_of(written));
    let saved = client.put(&path, &json!({"answer": first, "revision": 0})).expect_status(200).json();
    assert_eq!(saved["answer"]["revision"], 1);
    let other = client.put(&path, &json!({"answer": "", "revision": 0})).expect_status(409).json();
    assert_eq!((&other["code"], &other["version"]), (&json!("conflict"), &json!(1)));
    client.put(&path, &json!({"answer": first, "revision": 0})).expect_status(200);
    client.put(&path, &json!({"answer": 3})).expect_status(422);
    client.put(&path, &json!({"answer": "x".repeat(20_001), "revision": 1})).expect_status(422);
}

#[test]
fn an_attempt_takes_only_answers_to_its_own_questions_and_only_of_its_student() {
    let server = server();
    let client = server.client();
    let (quiz, of_quiz) = begun(&client, &paper(&client, "quiz_generation"));
    let (exam, of_exam) = begun(&client, &paper(&client, "exam_generation"));
    let body = json!({"answer": "True", "revision": 0});
    client.put(&place(&quiz, &of_exam[0]), &body).expect_status(404);
    client.put(&place(&exam, &of_quiz[0]), &body).expect_status(404);
    let check =
        |attempt: &str, question: &Value| format!("/api/attempts/{attempt}/check/{}", text(&question["id"]));
    client.post(&check(&exam, &of_exam[0]), &json!({})).expect_status(409);
    for path in ["", "/result"] {
        client.get(&format!("/api/attempts/{quiz}{path}?user_id=eve")).expect_status(404);
    }
    client.put(&format!("{}?user_id=eve", place(&quiz, &of_quiz[0])), &body).expect_status(404);
    client.post(&format!("/api/attempts/{quiz}/finish?user_id=eve"), &json!({})).expect_status(404);
    client.post(&format!("/api/quizzes/{}/attempts", quiz), &json!({})).expect_status(404);
    assert_eq!(client.get("/api/attempts?user_id=eve").json()["count"], 0);
    assert_eq!(client.get("/api/attempts").json()["count"], 2);
}

#[test]
fn a_quiz_tells_each_key_once_it_is_checked_and_its_result_by_topic() {
    let server = server();
    let client = server.client();
    let quiz = paper(&client, "quiz_generation");
    let (attempt, questions) = begun(&client, &quiz);
    let keys = |value: &Value| value.to_string().matches("correct_answer").count();
    let read = || client.get(&format!("/api/attempts/{attempt}")).expect_status(200).json();
    assert_eq!(keys(&read()), 0);
    client.get(&format!("/api/attempts/{attempt}/result")).expect_status(409);
    let choice = questions.iter().find(|one| one["options"][0].is_string()).unwrap();
    let path = format!("/api/attempts/{attempt}/check/{}", text(&choice["id"]));
    let checked = client.post(&path, &json!({"answer": answer_of(choice), "revision": 0})).expect_status(200);
    let question = &checked.json()["question"];
    assert!(
        question["key"]["correct_answer"] != Value::Null && question["key"]["source"]["quote"].is_string()
    );
    assert_eq!(question["checked"], true);
    assert_eq!(keys(&read()), 1, "of the one that was checked");
    let changed = json!({"answer": choice["options"][1], "revision": 1});
    client.put(&place(&attempt, choice), &changed).expect_status(409);
    let result =
        client.post(&format!("/api/attempts/{attempt}/finish"), &json!({})).expect_status(200).json();
    assert_eq!(keys(&result), questions.len());
    let of_topics: u64 =
        result["topics"].as_array().unwrap().iter().map(|topic| topic["questions"].as_u64().unwrap()).sum();
    assert_eq!(of_topics, questions.len() as u64);
    // Nobody answered the rest, so it was missed.
    let again = json!({"retake_of": attempt});
    let again = client.post(&format!("{quiz}/attempts"), &again).expect_status(201).json();
    let asked = again["attempt"]["questions"].as_array().unwrap().len();
    assert!(asked == questions.len() || asked == questions.len() - 1, "{asked}");
    assert_eq!(again["attempt"]["retake_of"], attempt.as_str());
}

#[test]
fn an_appeal_waits_on_the_operators_page_and_is_answered_there() {
    let server = server();
    let client = server.client();
    let (attempt, questions) = begun(&client, &paper(&client, "quiz_generation"));
    let choice = questions.iter().find(|one| one["options"][0].is_string()).unwrap();
    let mut wrong = None;
    for option in choice["options"].as_array().unwrap() {
        // The first wrong option: what is right is known only from the key, so a copy of the quiz is asked.
        let key = client.get("/api/ai/generated-content/quizzes").json();
        let same = |one: &&Value| one["id"] == choice["id"];
        let key = key["items"][0]["questions"].as_array().unwrap().iter().find(same).unwrap().clone();
        let right = match &key["correct_answer"] {
            Value::Bool(truth) => if *truth { "True" } else { "False" }.to_owned(),
            other => text(other),
        };
        if *option != right.as_str() {
            wrong = Some(option.clone());
            break;
        }
    }
    let path = format!("/api/attempts/{attempt}/check/{}", text(&choice["id"]));
    client.post(&path, &json!({"answer": wrong.unwrap()})).expect_status(200);
    let appeal = format!("{}/appeal", place(&attempt, choice));
    client.post(&appeal, &json!({"text": " "})).expect_status(422);
    client.post(&appeal, &json!({"text": "My teacher says so."})).expect_status(200);
    client.post(&appeal, &json!({"text": "Really."})).expect_status(409);
    let told = client.get(&format!("/api/attempts/{attempt}")).json();
    let told = told["attempt"]["questions"].as_array().unwrap().iter().find(|one| one["id"] == choice["id"]);
    assert_eq!(told.unwrap()["appeal"]["text"], "My teacher says so.");
}

#[test]
fn an_exam_is_taken_and_handed_in_without_a_script() {
    let server = server();
    let client = server.client().with_header("Accept", "text/html").with_header("Accept-Language", "en");
    let exam = paper(&server.client(), "exam_generation");
    let page = exam.trim_start_matches("/api");
    let begin = client.send("POST", &format!("{page}/start"), &FORM, b"").expect_status(303);
    let attempt = begin.header("location").unwrap().to_owned();
    let (_, questions) = begun(&server.client(), &exam);
    for (number, question) in (1..).zip(&questions) {
        let sheet = client.get(&format!("{attempt}?q={number}")).expect_status(200).text();
        assert!(sheet.contains("data-clock") && !sheet.contains("blockquote"), "no key on an open sheet");
        let answer = answer_of(question).replace(' ', "+");
        let form =
            format!("question={}&number={number}&revision=0&answer={answer}&go=next", text(&question["id"]));
        let next = client.send("POST", &format!("{attempt}/save"), &FORM, form.as_bytes());
        assert!(next.expect_status(303).header("location").unwrap().starts_with(&attempt));
    }
    let stale = format!("question={}&number=1&revision=0&answer=&go=next", text(&questions[0]["id"]));
    let newer = client.send("POST", &format!("{attempt}/save"), &FORM, stale.as_bytes()).expect_status(303);
    assert!(newer.header("location").unwrap().contains("said=newer"));
    client.send("POST", &format!("{attempt}/finish"), &FORM, b"").expect_status(303);
    let result = client.get(&attempt).expect_status(200).text();
    assert!(result.contains("By topic") && result.contains("blockquote"));
    let printed = client.get(&format!("{page}/print")).expect_status(200).text();
    assert!(printed.contains("key-page"));
}

/// Has the keyboard at a page that is wholly there.
fn settled(browser: &Browser) {
    let whole = "document.readyState === 'complete' && document.fonts.status === 'loaded'";
    browser.wait_until(whole, Duration::from_secs(20));
}

/// Answers every question with the keyboard: 2 chooses, words are typed, Enter goes on (and, in a quiz, checks first).
fn by_keyboard(browser: &Browser, questions: usize, quiz: bool) {
    for number in 1..=questions {
        browser.wait_for(&format!("form[data-number='{number}']"));
        settled(browser);
        // A busy machine gives the focus later than the page.
        browser.wait_until("document.activeElement?.matches('[name=answer]')", Duration::from_secs(20));
        if browser.has("[type=radio]") {
            browser.press("2");
            browser.wait_until("!!document.querySelector('[type=radio]:checked')", Duration::from_secs(5));
        } else {
            browser.press("x");
        }
        browser.wait_until(SAVED, Duration::from_secs(10));
        // A line break belongs to an essay; Tab leads on from there to the flag, and from it to the button.
        for key in
            if browser.has("textarea[name=answer]") { &["Tab", "Tab", "Enter"][..] } else { &["Enter"] }
        {
            browser.press(key);
        }
        if quiz {
            browser.wait_until(
                "document.activeElement?.matches('.ask:has(.told) [value=next]')",
                Duration::from_secs(20),
            );
            settled(browser);
            browser.press("Enter");
        }
    }
    // The page before was `said=saved` too: only the place tells that the last answer has arrived.
    browser.wait_until("location.hash === '#hand-in'", Duration::from_secs(20));
    settled(browser);
}

const SAVED: &str = "document.querySelector('[data-state]').textContent === 'Saved'";

#[test]
fn a_quiz_and_an_exam_are_taken_by_keyboard_on_a_phone_without_a_barrier() {
    let server = server();
    let browser = Browser::open();
    browser.set_width(375);
    let mut results = Vec::new();
    for kind in ["quiz_generation", "exam_generation"] {
        let (attempt, questions) = begun(&server.client(), &paper(&server.client(), kind));
        let sheet = format!("{}/attempts/{attempt}", server.url());
        without_barrier(&browser, &format!("{sheet}?all=1"));
        browser.set_width(375);
        browser.goto(&sheet);
        by_keyboard(&browser, questions.len(), kind == "quiz_generation");
        browser.execute(
            "document.querySelector('.hand-in details').open = true; \
            document.querySelector('[data-finish] button').focus()",
            &[],
        );
        browser.press("Enter");
        browser.wait_for(".score-line");
        assert_eq!(browser.count(".review > li"), questions.len());
        assert_eq!(browser.execute("return document.documentElement.scrollWidth <= 375", &[]), json!(true));
        results.push(sheet);
    }
    assert_eq!(browser.console_errors(), Vec::<String>::new());
    results.iter().for_each(|result| without_barrier(&browser, result));
}

/// Looks at a page in both themes and widths.
fn without_barrier(browser: &Browser, page: &str) {
    for (width, scheme) in [(375, ColourScheme::Light), (1280, ColourScheme::Dark)] {
        browser.set_width(width);
        browser.set_colour_scheme(scheme);
        browser.goto(page);
        browser.execute("for (const fold of document.querySelectorAll('details')) fold.open = true;", &[]);
        let found = axe(browser);
        assert!(found.is_empty(), "{page} at {width}: {found:?}");
    }
}

#[test]
fn an_answer_is_a_review_of_the_studied_cards_on_its_passage_and_undo_takes_back_no_more() {
    let server = server();
    let client = server.client();
    let note =
        client.post("/api/notes", &json!({"title": "Cells", "content": TEXT})).expect_status(201).json();
    let note = json!([note["note"]["id"]]);
    let asked = |kind: &str, options: Value| {
        let body = json!({"type": kind, "message": "", "explicit_note_ids": note, "options": options});
        make(&client, &body).last().unwrap().json()["saved"].clone()
    };
    let cards = asked("flashcard_generation", json!({"count": 12}));
    for card in cards["ids"].as_array().unwrap() {
        client
            .post(&format!("/api/flashcards/{}/review", text(card)), &json!({"rating": 4}))
            .expect_status(200);
    }
    let memories = || {
        let set = format!("/api/flashcards/sets/{}", text(&cards["set"]["id"]));
        let set = client.get(&set).expect_status(200).json();
        let memory = |card: &Value| (text(&card["id"]), card["memory"].clone());
        set["cards"].as_array().unwrap().iter().map(memory).collect::<BTreeMap<_, _>>()
    };
    let before = memories();
    let quiz =
        format!("/api/quizzes/{}", text(&asked("quiz_generation", json!({"question_count": 8}))["quiz_id"]));
    let (attempt, questions) = begun(&client, &quiz);
    for question in &questions {
        let body = json!({"answer": answer_of(question), "revision": 0});
        client.put(&place(&attempt, question), &body).expect_status(200);
    }
    let finish = format!("/api/attempts/{attempt}/finish");
    client.post(&finish, &json!({})).expect_status(200);
    let after = memories();
    let counted: Vec<&String> = before.keys().filter(|card| before[*card] != after[*card]).collect();
    assert!(!counted.is_empty(), "no answer counted: {before:?}");
    client.post(&finish, &json!({})).expect_status(200);
    assert_eq!(memories(), after, "an answer counts once");
    for card in counted {
        assert_eq!(after[card]["reviews"], 2);
        client.post(&format!("/api/flashcards/{card}/undo"), &json!({})).expect_status(200);
    }
    assert_eq!(memories(), before, "undo forgets the answer and nothing else");
}
