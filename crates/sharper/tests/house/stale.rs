//! Notes that are edited after cards were made from them: exactly what says something else now is stale, and is written
//! anew in its place.

use serde_json::{Value, json};
use sharper_testkit::{Client, Response, Server};

use crate::stage::{OTHER, TEXT, cards, kind, make, post, server};

/// A sentence of the text, and what becomes of it.
const OLD: &str = "approximately one to two days after secondary exposure";
const NEW: &str = "approximately three to four days after secondary exposure";

/// A note with a set of cards on it: the note's path, its text, the set's path.
struct Furnished {
    note: String,
    text: String,
    set: String,
}

fn furnished(client: &Client, text: &str, count: u32) -> Furnished {
    let log = make(client, &cards("local", count, text));
    let end = log.last().unwrap().json();
    assert_eq!(end["type"], "complete", "{end}");
    let set = format!("/api/flashcards/sets/{}", end["saved"]["set"]["id"].as_str().unwrap());
    let note = format!("/api/notes/{}", end["saved"]["set"]["note_id"].as_str().unwrap());
    let text = client.get(&note).json()["note"]["content"].as_str().unwrap().to_owned();
    Furnished { note, text, set }
}

fn cards_of(client: &Client, set: &str) -> Vec<Value> {
    client.get(set).expect_status(200).json()["cards"].as_array().unwrap().clone()
}

fn edit(client: &Client, note: &str, text: &str) -> u64 {
    let answer = client.put(note, &json!({"content": text})).expect_status(200).json();
    answer["stale"]["items"].as_u64().unwrap()
}

/// The stream of a remake, to its end.
fn remade(client: &Client, note: &str, body: &Value) -> Value {
    let answer = client.post(&format!("{note}/remake"), body).expect_status(200).json();
    let url = answer["stream_url"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    let log: Vec<_> = client.stream(&url, None).collect();
    log.last().unwrap().json()
}

/// What was made from the note stands where it is said to, and what does not is stale.
#[track_caller]
fn assert_all_stand(client: &Client, note: &str) -> usize {
    let text = client.get(note).json()["note"]["content"].as_str().unwrap().to_owned();
    let told = client.get(&format!("{note}/items?limit=100")).expect_status(200).json();
    for item in told["items"].as_array().unwrap() {
        let place = item["start"].as_u64().unwrap() as usize..item["end"].as_u64().unwrap() as usize;
        let stands = text.get(place) == item["quote"].as_str();
        assert_ne!(stands, item["stale"].as_bool().unwrap(), "{item}");
    }
    told["total"].as_u64().unwrap() as usize
}

#[test]
fn one_sentence_is_edited_and_exactly_its_cards_are_stale_and_written_anew_in_their_places() {
    let server = server();
    let client = server.client();
    let Furnished { note, text, set } = furnished(&client, TEXT, 40);
    let before = cards_of(&client, &set);
    assert!(before.len() >= 20, "{}", before.len());
    assert_eq!(assert_all_stand(&client, &note), before.len());
    let quotes = |card: &Value| card["source"]["quote"].as_str().unwrap().contains(OLD);
    let own: Vec<usize> = (0..before.len()).filter(|at| quotes(&before[*at])).collect();
    assert!(!own.is_empty(), "a card is about it");
    for card in &before {
        let path = format!("/api/flashcards/{}/review", card["id"].as_str().unwrap());
        client.post(&path, &json!({"rating": 3})).expect_status(200);
    }

    let edited = format!("A new first line.\n\n{}", text.replace(OLD, NEW));
    assert_eq!(edit(&client, &note, &edited), own.len() as u64);
    assert_all_stand(&client, &note);
    let stale = client.get(&format!("{note}/stale")).json();
    assert_eq!(
        (stale["total"].as_u64(), stale["stale"].as_u64()),
        (Some(own.len() as u64), Some(own.len() as u64))
    );
    for (at, card) in cards_of(&client, &set).iter().enumerate() {
        assert_eq!(card["stale"], json!(own.contains(&at)), "{card}");
    }

    let end = remade(&client, &note, &json!({}));
    assert_eq!(end["type"], "complete", "{end}");
    assert_eq!(
        (&end["saved"]["type"], &end["saved"]["kind"]),
        (&json!("remade"), &json!("flashcard_generation"))
    );
    let after = cards_of(&client, &set);
    assert_eq!(after.len(), before.len());
    for (at, (old, new)) in before.iter().zip(&after).enumerate() {
        assert_eq!((&old["id"], &old["position"]), (&new["id"], &new["position"]));
        if own.contains(&at) && new["stale"] == false {
            let quote = new["source"]["quote"].as_str().unwrap();
            assert!(quote.contains(NEW), "{new}");
            assert_eq!(new["source"]["note_version"], 2);
            assert_ne!((&old["answer"], &old["source"]), (&new["answer"], &new["source"]));
        } else {
            let mut old = old.clone();
            old["stale"] = new["stale"].clone();
            // It was graded since.
            old["memory"] = new["memory"].clone();
            assert_eq!(&old, new, "an item that was not asked for is as it was");
        }
    }
    let done = end["data"]["remade"].as_array().unwrap().len();
    let stays = end["data"]["stays"].as_array().unwrap().len();
    assert!(done > 0 && done + stays == own.len(), "{end}");
    assert_eq!(after.iter().filter(|card| card["stale"] == true).count(), stays);
    assert_eq!(reviews(&server), before.len(), "every review is kept");
}

fn reviews(server: &Server) -> usize {
    let export = server.client().get("/api/me/export").expect_status(200).json();
    export["tables"]["flashcard_reviews"].as_array().map_or(0, Vec::len)
}

#[test]
fn an_edit_that_is_taken_back_leaves_nothing_stale() {
    let server = server();
    let client = server.client();
    let Furnished { note, text, .. } = furnished(&client, TEXT, 40);
    assert!(edit(&client, &note, &text.replace(OLD, NEW)) > 0);
    assert!(edit(&client, &note, "Everything is gone.") > 20);
    assert_eq!(edit(&client, &note, &format!("Back again.\n\n{text}")), 0);
    assert_all_stand(&client, &note);
    let answer = client.post(&format!("{note}/remake"), &json!({})).expect_status(200).json();
    assert_eq!(
        (&answer["items"], &answer["stream_url"], &answer["stays"]),
        (&json!(0), &Value::Null, &json!([]))
    );
}

#[test]
fn items_whose_passages_were_deleted_stay_and_are_said_to() {
    let server = server();
    let client = server.client();
    let text = "Osmosis is the movement of water across a semipermeable membrane.\n\n\
        Mitosis is the division of a nucleus into two nuclei.\n\nThe ribosome is the part of a cell that makes proteins.";
    let Furnished { note, text, set } = furnished(&client, text, 3);
    let gone = "Mitosis is the division of a nucleus into two nuclei.\n\n";
    let stale = edit(&client, &note, &text.replace(gone, ""));
    assert!(stale > 0);
    let answer = client.post(&format!("{note}/remake"), &json!({})).expect_status(200).json();
    assert_eq!((&answer["items"], &answer["stream_url"]), (&json!(0), &Value::Null), "{answer}");
    let stays = answer["stays"].as_array().unwrap();
    assert_eq!(stays.len() as u64, stale);
    assert!(
        stays.iter().all(|one| one["gone"] == true && one["reason"].as_str().unwrap().contains("deleted"))
    );
    assert_eq!(cards_of(&client, &set).iter().filter(|card| card["stale"] == true).count() as u64, stale);

    let other =
        client.post(&format!("{note}/remake"), &json!({"items": ["01890a5d-ac96-774b-bcce-b302099a8057"]}));
    assert_eq!(other.expect_status(422).json()["errors"][0]["pointer"], "/items/0");
    client.post(&format!("{note}/remake"), &json!({"items": "all"})).expect_status(422);
    client.post("/api/notes/01890a5d-ac96-774b-bcce-b302099a8057/remake", &json!({})).expect_status(404);
}

#[test]
fn what_belongs_together_is_offered_to_be_made_again_as_a_whole() {
    let server = server();
    let client = server.client();
    let Furnished { note, text, .. } = furnished(&client, TEXT, 5);
    let id = note.rsplit('/').next().unwrap();
    for kind in ["exam_generation", "summary_generation", "study_plan"] {
        let body = json!({"type": kind, "message": "", "explicit_note_ids": [id], "user_id": "local",
            "options": {"duration_minutes": 30}});
        assert_eq!(make(&client, &body).last().unwrap().json()["type"], "complete");
    }
    let changed = text.replace("immune", "defence");
    assert!(edit(&client, &note, &changed) > 5);
    let answer = client.post(&format!("{note}/remake"), &json!({})).expect_status(200).json();
    let again = answer["make_again"].as_array().unwrap();
    let kinds: Vec<&str> = again.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"exam_generation") && kinds.contains(&"summary_generation"), "{answer}");
    let end = make(&client, &again[0]["request"]).last().unwrap().json();
    assert_eq!(end["type"], "complete", "the request that is offered is one: {end}");
}

#[test]
fn what_a_job_makes_of_a_note_that_is_edited_meanwhile_stands_in_the_note_as_it_is() {
    let server = server();
    let client = server.client();
    let text: String = (0..5).map(|n| format!("# Part {n}\n\n{TEXT}\n\n{OTHER}\n\n")).collect();
    let note = client.post("/api/notes", &json!({"content": text})).expect_status(201).json()["note"].clone();
    let id = note["id"].as_str().unwrap();
    let path = format!("/api/notes/{id}");
    let mut asked = cards("local", 60, "");
    asked["options"].as_object_mut().unwrap().remove("content");
    asked["explicit_note_ids"] = json!([id]);
    let url = post(&client, &asked);
    let mut stream = client.stream(&url, None);
    while stream.next().is_some_and(|event| kind(&event) != "item") {}
    // Nothing but a new beginning: every passage moves, and none changes.
    assert_eq!(edit(&client, &path, &format!("A new first line.\n\n{text}")), 0);
    let last = stream.last().unwrap().json();
    assert_eq!(last["type"], "complete", "{last}");
    assert_eq!(assert_all_stand(&client, &path), last["data"]["total_count"].as_u64().unwrap() as usize);
    assert_eq!(client.get(&format!("{path}/stale")).json()["total"], 0);
}

fn pressed(client: &Client, page: &str) -> Response {
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    client.send("POST", &format!("{page}/remake"), &form, b"")
}

#[test]
fn the_button_beside_a_note_shows_the_items_being_written() {
    let server = server();
    let client = server.client();
    let Furnished { note, text, .. } = furnished(&client, TEXT, 40);
    let page = note.replace("/api", "");
    let refused = pressed(&client, &page);
    assert_eq!(refused.status, 422, "{}", refused.text());
    edit(&client, &note, &text.replace(OLD, NEW));
    let redirect = pressed(&client, &page).expect_status(303);
    let making = redirect.header("location").unwrap().to_owned();
    assert!(making.starts_with("/making/"), "{making}");
    let url = making.replace("/making/", "/api/ai/stream/");
    assert_eq!(client.stream(&url, None).last().unwrap().json()["type"], "complete");
    client.get(&making).expect_status(200);
}

#[test]
fn a_version_that_is_brought_back_has_its_own_pages_again() {
    let server = server();
    let client = server.client();
    let slides = "1\n00:00:01,000 --> 00:00:04,000\nCells divide by mitosis.\n\n\
        2\n00:05:01,000 --> 00:05:04,000\nGametes come from meiosis.\n";
    let note = crate::files::upload(&client, "talk.srt", slides.as_bytes()).expect_status(201).json();
    let path = format!("/api/notes/{}", note["note"]["id"].as_str().unwrap());
    assert!(!note["note"]["anchors"].as_array().unwrap().is_empty(), "{note}");
    edit(&client, &path, "Something else altogether, without any of it.");
    assert_ne!(client.get(&path).json()["note"]["anchors"], note["note"]["anchors"]);
    let back = client.post(&format!("{path}/versions/1/restore"), &json!({})).expect_status(200).json();
    assert_eq!(back["note"]["anchors"], note["note"]["anchors"]);
    assert_eq!(client.get(&path).json()["note"]["anchors"], note["note"]["anchors"]);
}
