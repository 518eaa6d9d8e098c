//! Studying: grades are kept once, for their own student, with and without a script.

use std::time::Duration;

use serde_json::{Value, json};
use sharper_testkit::axe::axe;
use sharper_testkit::{Browser, Client, ColourScheme};

use crate::stage::{TEXT, cards, make, server};

const FORM: [(&str, &str); 1] = [("Content-Type", "application/x-www-form-urlencoded")];

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
        let back = format!("/study/{set}?session={session}");
        assert_eq!(shown.matches("data-interval").count(), 4);
        assert!(shown.contains("data-interval=\"3\">"), "each grade says when the card comes back");
        let form = format!("session={session}&card={card}&grade=3&back={}", back.replace('?', "%3F"));
        let answer = client.send("POST", "/study/grade", &FORM, form.as_bytes()).expect_status(303);
        assert_eq!(answer.header("location"), Some(format!("{back}&last={card}").as_str()));
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

#[test]
fn a_grade_brings_a_card_back_later_and_undo_puts_it_where_it_was() {
    let server = server();
    let client = server.client();
    let (set, ids) = a_set(&client);
    client.put("/api/me/study", &json!({"time_zone": "Asia/Kathmandu", "day_starts": 4})).expect_status(200);
    let due = || client.get(&format!("/api/flashcards/due?set_id={set}")).expect_status(200).json();
    let before = due();
    assert_eq!(before["waiting"], json!({"learning": 0, "review": 0, "new": 3}));
    let intervals: Vec<u64> = before["cards"][0]["choices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|choice| choice["interval_s"].as_u64().unwrap())
        .collect();
    assert!(intervals.is_sorted() && intervals[3] >= 3_600, "{intervals:?}");
    let card = &ids[0];
    let review = "0b9f6c80-7f57-4a54-8a49-1b6a4d1a2a55";
    let body = json!({"rating": 4, "review_id": review, "seen": 0});
    let graded = client.post(&format!("/api/flashcards/{card}/review"), &body).expect_status(200).json();
    assert_eq!((graded["counted"].clone(), graded["interval_s"].as_u64()), (json!(true), Some(intervals[3])));
    let again = client.post(&format!("/api/flashcards/{card}/review"), &body).expect_status(200).json();
    assert_eq!((again["counted"].clone(), &again["due_at"]), (json!(false), &graded["due_at"]));
    assert_eq!(due()["waiting"]["new"], 2);
    let undo = format!("/api/flashcards/{card}/undo");
    let undone = client.post(&undo, &json!({"review_id": review})).expect_status(200).json();
    assert_eq!((undone["undone"].clone(), undone["card"]["memory"].clone()), (json!(true), Value::Null));
    assert_eq!(due()["waiting"], before["waiting"]);
}

#[test]
fn a_student_writes_cards_finds_them_and_is_ready_for_an_exam() {
    let server = server();
    let client = server.client();
    let set = json!({"title": "Capitals", "exam_at": "2999-01-01T09:00:00Z"});
    let set = client.post("/api/flashcards/sets", &set).expect_status(201).json()["set"]["id"].clone();
    let cloze = json!({"set_id": set, "style": "cloze", "cloze": "{{c1::Paris}} is in {{c2::France}}", "tags": ["geo"]});
    let made = client.post("/api/flashcards", &cloze).expect_status(201).json();
    assert_eq!(made["count"], 2);
    let found = client.get("/api/flashcards/search?query=paris&tag=geo&state=new").expect_status(200).json();
    assert_eq!(found["total"], 2);
    for wrong in
        [json!({"set_id": set, "style": "cloze", "cloze": "no gap"}), json!({"set_id": set}), json!({})]
    {
        client.post("/api/flashcards", &wrong).expect_status(422);
    }
    let id = set.as_str().unwrap();
    let whole = client.get(&format!("/api/flashcards/sets/{id}")).expect_status(200).json();
    assert_eq!(
        (whole["readiness"]["new"].clone(), whole["readiness"]["recall"].clone()),
        (json!(2), json!(0.0))
    );
    let batch = json!({"ids": [made["cards"][0]["id"]], "action": "suspend"});
    client.post("/api/flashcards/batch", &batch).expect_status(200);
    let due = client.get("/api/flashcards/due").expect_status(200).json();
    assert_eq!(due["count"], 1);
    client.delete(&format!("/api/flashcards/sets/{id}")).expect_status(200);
    client.get(&format!("/api/flashcards/sets/{id}")).expect_status(404);
}

/// The id of the card in hand.
fn in_hand(page: &str) -> String {
    let at = page.find("name=\"card\" value=\"").expect("a card is in hand") + 19;
    page[at..at + 36].to_owned()
}

#[test]
fn what_waits_of_all_sets_is_studied_and_a_grade_is_taken_back_without_a_script() {
    let server = server();
    let client = server.client();
    a_set(&client);
    let post =
        |path: &str, form: String| client.send("POST", path, &FORM, form.as_bytes()).expect_status(303);
    let first = client.get("/study").expect_status(200).text();
    let card = in_hand(&first);
    let done = post(
        "/study/grade",
        format!("card={card}&grade=4&back=/study&review=6f1f7b0e-5d1c-4b62-9d53-0a3d2f6a9b12"),
    );
    assert_eq!(done.header("location"), Some(format!("/study?last={card}").as_str()));
    let second = client.get(&format!("/study?last={card}")).text();
    assert_ne!(in_hand(&second), card);
    assert!(second.contains("action=\"/study/undo\""), "the grade can be taken back");
    post("/study/undo", format!("card={card}&back=/study"));
    assert_eq!(in_hand(&client.get("/study").text()), card);
    // Another way out of the page than back to it there is not.
    let away = post("/study/undo", format!("card={card}&back=https://evil.example/"));
    assert_eq!(away.header("location"), Some("/study"));
}

#[test]
fn a_card_in_hand_is_put_off_turned_down_or_rewritten() {
    let server = server();
    let client = server.client();
    a_set(&client);
    let act = |card: &str, rest: &str| {
        let form = format!("card={card}&back=/study&{rest}");
        client.send("POST", "/study/card", &FORM, form.as_bytes()).expect_status(303)
    };
    let show = || client.get("/study").expect_status(200).text();
    let card = in_hand(&show());
    act(&card, "action=edit&question=What+is+it%3F%0A*now*&answer=%3Cb%3E1%3C%2Fb%3E");
    let told = client.get(&format!("/api/flashcards/{card}")).json();
    assert_eq!(
        (&told["card"]["question"], &told["card"]["answer"]),
        (&json!("What is it?\n*now*"), &json!("<b>1</b>"))
    );
    assert!(show().contains("<p>What is it?"), "{}", show());
    act(&card, "action=bury");
    let next = in_hand(&show());
    assert_ne!(next, card);
    act(&next, "action=wrong");
    client.get(&format!("/api/flashcards/{next}")).expect_status(404);
    act(&in_hand(&show()), "action=suspend");
    assert!(show().contains("<section data-turn hidden"), "none of the three waits any more");
    assert_eq!(client.send("POST", "/study/card", &FORM, b"card=x&action=bury").status, 404);
}

#[test]
fn how_learning_goes_is_told_by_the_students_own_days() {
    let server = server();
    let client = server.client();
    assert_eq!(client.get("/api/me/progress").expect_status(200).json()["progress"]["streak_days"], 0);
    let (set, ids) = a_set(&client);
    client
        .put("/api/me/study", &json!({"time_zone": "Pacific/Kiritimati", "day_starts": 4}))
        .expect_status(200);
    client
        .put(&format!("/api/flashcards/sets/{set}"), &json!({"exam_at": "2999-01-01T09:00:00Z"}))
        .expect_status(200);
    for (card, rating) in ids.iter().zip([1, 4, 4]) {
        client
            .post(&format!("/api/flashcards/{card}/review"), &json!({"rating": rating, "took_ms": 30_000}))
            .expect_status(200);
    }
    let going = client.get("/api/me/progress").expect_status(200).json()["progress"].clone();
    assert_eq!((&going["streak_days"], &going["studied_today"]), (&json!(1), &json!(true)));
    let day = &going["days"][0];
    assert_eq!((&day["reviews"], &day["remembered"], &day["minutes"]), (&json!(3), &json!(2), &json!(2)));
    // The day is the student's own, which is not always that of the server.
    assert_eq!(day["date"], going["forecast"][0]["date"]);
    assert_eq!(going["forecast"].as_array().unwrap().len(), 14);
    assert_eq!((&going["exam"]["set_id"], going["exam"]["recall"].is_number()), (&json!(set), true));
    assert!(going["topics"].as_array().is_some_and(|topics| !topics.is_empty()));
    let page = client.get("/progress").expect_status(200).text();
    assert!(page.contains("1 day in a row.") && page.contains("class=\"calendar\""), "{page}");
}

#[test]
fn cards_are_studied_by_keyboard_taken_back_and_looked_at_without_a_barrier() {
    let server = server();
    let client = server.client();
    let (_, ids) = a_set(&client);
    let browser = Browser::open();
    browser.set_width(375);
    browser.goto(&format!("{}/study", server.url()));
    let left = |count: usize| browser.wait_for_text("[data-left]", &format!("{count} left"));
    left(3);
    for (key, then) in [("4", 2), ("3", 1)] {
        browser.press(" ");
        browser.wait_for("[data-card][data-shown]");
        assert!(
            browser
                .texts("[data-interval]")
                .iter()
                .all(|text| text.chars().any(|sign| sign.is_ascii_digit()))
        );
        browser.press(key);
        left(then);
    }
    // The last grade is still here; the one before is with the server already.
    browser.press("u");
    left(2);
    browser.press("u");
    left(3);
    let reviews = |id: &String| {
        client.get(&format!("/api/flashcards/{id}")).json()["reviews"].as_array().unwrap().len()
    };
    assert_eq!(ids.iter().map(reviews).sum::<usize>(), 0, "both are taken back");
    browser.press(" ");
    browser.wait_for("[data-card][data-shown]");
    browser.press("w");
    browser.wait_until(
        "document.readyState === 'complete' && !document.querySelector('[data-shown]')",
        Duration::from_secs(10),
    );
    left(2);
    let set = client.get("/api/flashcards/sets").json()["sets"][0]["id"].as_str().unwrap().to_owned();
    for page in ["/study", "/sets", &format!("/sets/{set}"), "/progress"] {
        for (width, scheme) in [(375, ColourScheme::Light), (1280, ColourScheme::Dark)] {
            browser.set_width(width);
            browser.set_colour_scheme(scheme);
            browser.goto(&format!("{}{page}", server.url()));
            if page == "/study" {
                browser.press(" ");
                browser.wait_for("[data-card][data-shown]");
            }
            browser
                .execute("for (const fold of document.querySelectorAll('details')) fold.open = true;", &[]);
            let wide =
                browser.execute("return document.documentElement.scrollWidth <= window.innerWidth", &[]);
            assert_eq!(wide, json!(true), "{page} at {width} is wider than its window");
            let found = axe(&browser);
            assert!(found.is_empty(), "{page} at {width}: {found:?}");
        }
    }
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn memory_is_fitted_to_ones_own_reviews_once_there_are_enough() {
    let server = server();
    let client = server.client();
    let set = client.post("/api/flashcards/sets", &json!({"title": "Words"})).expect_status(201).json();
    let fit = || client.post("/api/me/study/fit", &json!({})).expect_status(200).json()["fit"].clone();
    assert_eq!((&fit()["fitted"], &fit()["have"]), (&json!(false), &json!(0)));
    // A student who forgets a third of everything after a day, and after two, four, eight.
    let now = jiff::Timestamp::now();
    for number in 0..60 {
        let card =
            json!({"set_id": set["set"]["id"], "question": format!("word {number}"), "answer": "a word"});
        let card = client.post("/api/flashcards", &card).expect_status(201).json();
        let review = format!("/api/flashcards/{}/review", card["cards"][0]["id"].as_str().unwrap());
        for (step, days) in [40, 39, 37, 33, 25, 24, 22, 18, 10].into_iter().enumerate() {
            let at = now - jiff::SignedDuration::from_hours(24 * days);
            let rating = if step > 0 && (number + step) % 3 == 0 { 1 } else { 3 };
            let body = json!({"rating": rating, "reviewed_at": at, "took_ms": 4000});
            client.post(&review, &body).expect_status(200);
        }
    }
    let fitted = fit();
    assert_eq!((&fitted["fitted"], &fitted["reviews"]), (&json!(true), &json!(540)), "{fitted}");
    assert_eq!(client.get("/api/me/study").json()["fit"]["reviews"], 540);
}

#[test]
fn a_set_gets_its_exam_and_a_card_without_a_script() {
    let server = server();
    let client = server.client();
    let (set, _) = a_set(&client);
    client.put("/api/me/study", &json!({"time_zone": "America/New_York"})).expect_status(200);
    let post =
        |path: &str, form: &str| client.send("POST", &format!("/sets/{set}{path}"), &FORM, form.as_bytes());
    post("", "title=Cells+and+more&exam_date=2999-03-12&new_per_day=7").expect_status(303);
    let told = client.get(&format!("/api/flashcards/sets/{set}")).json()["set"].clone();
    assert_eq!((&told["title"], &told["new_per_day"]), (&json!("Cells and more"), &json!(7)));
    assert_eq!(told["exam_at"], "2999-03-12T13:00:00Z", "nine in the morning where the student is");
    post("/cards", "question=one&answer=two&both_ways=1").expect_status(303);
    let page = client.get(&format!("/sets/{set}")).expect_status(200).text();
    assert!(page.contains("value=\"2999-03-12\"") && page.contains("you will recall"), "{page}");
    assert_eq!(client.get(&format!("/api/flashcards/sets/{set}")).json()["count"], 5);
    for wrong in ["title=", "title=x&exam_date=soon", "title=x&new_per_day=-1"] {
        post("", wrong).expect_status(422);
    }
    post("/cards", "question=one").expect_status(422);
    post("", "title=x").expect_status(303);
    assert_eq!(client.get(&format!("/api/flashcards/sets/{set}")).json()["set"]["exam_at"], Value::Null);
}

#[test]
fn how_one_studies_is_chosen_on_a_page_without_a_script() {
    let server = server();
    let client = server.client();
    let post = |form: &str| client.send("POST", "/settings/study", &FORM, form.as_bytes());
    let rest =
        "reviews_per_day=150&maximum_interval_days=365&leech_lapses=6&day_starts=5&relearning_steps=10";
    let kept =
        post(&format!("desired_retention=85&new_per_day=12&learning_steps=0.5+10&leech_suspends=1&{rest}"));
    assert_eq!(kept.expect_status(303).header("location"), Some("/settings/study?news=kept"));
    let rules = client.get("/api/me/study").json()["rules"].clone();
    assert_eq!((rules["desired_retention"].as_f64(), &rules["new_per_day"]), (Some(0.85), &json!(12)));
    assert_eq!((&rules["learning_steps"], &rules["relearning_steps"]), (&json!([30, 600]), &json!([600])));
    assert_eq!((&rules["leech_suspends"], &rules["bury_siblings"]), (&json!(true), &json!(false)));
    let page = client.get("/settings/study").expect_status(200).text();
    assert!(page.contains("value=\"85\"") && page.contains("value=\"0.5 10\""), "{page}");
    for wrong in [
        "desired_retention=99&new_per_day=1&learning_steps=1",
        "desired_retention=90&new_per_day=x&learning_steps=1",
        "desired_retention=90&new_per_day=1&learning_steps=soon",
    ] {
        let page = post(&format!("{wrong}&{rest}")).expect_status(422).text();
        assert_eq!(page.matches("aria-invalid").count(), 1, "{wrong}: {page}");
    }
    assert_eq!(client.get("/api/me/study").json()["rules"], rules, "what cannot be so changes nothing");
    let fit = client.send("POST", "/settings/study/fit", &FORM, b"").expect_status(303);
    assert_eq!(fit.header("location"), Some("/settings/study?news=few"), "a student without reviews");
}

#[test]
fn a_day_of_a_plan_is_ticked_off_and_not_without_a_script() {
    let server = server();
    let client = server.client();
    let body = json!({"type": "study_plan", "options": {"content": TEXT, "days": 3}});
    let end = make(&client, &body).last().unwrap().json();
    let plan = end["saved"]["plan_id"].as_str().unwrap_or_else(|| panic!("{end}")).to_owned();
    let tick = |form: &str| client.send("POST", &format!("/plans/{plan}/tick"), &FORM, form.as_bytes());
    let page = || client.get(&format!("/plans/{plan}")).expect_status(200).text();
    assert!(!page().contains("days done"));
    let back = tick("day=2&done=1").expect_status(303);
    assert_eq!(back.header("location"), Some(format!("/plans/{plan}#day-2").as_str()));
    tick("day=2&done=1").expect_status(303);
    assert!(page().contains("1 of 3 days done"), "{}", page());
    tick("day=2").expect_status(303);
    assert!(!page().contains("days done"));
    for wrong in ["day=9&done=1", "day=x", ""] {
        tick(wrong).expect_status(422);
    }
    assert_eq!(client.send("POST", "/plans/x/tick", &FORM, b"day=1").status, 404);
}
