//! Stale items with a model: exactly the calls for them, with their passages and nothing else; all of a job or nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sharper_domain::{Draft, TaskKind};
use sharper_llm::testing::Act;
use sharper_testkit::Client;

use crate::house::{CELLS, House, Setup, end, make, request};
use crate::wire::{Asked, answer, passes};
use crate::writer::{Writer, front, written};

/// An author over the notes as they are now, who quotes from what it is given to read.
fn author(writer: &Arc<Mutex<Writer>>) -> impl Fn(&Asked) -> String + Send + Sync + 'static {
    let writer = Arc::clone(writer);
    move |asked| {
        if asked.is_judging() {
            return passes(asked);
        }
        let writer = writer.lock().unwrap();
        let user = asked.user();
        let given = &user[asked.before_notes().len()..];
        let stands = |draft: &&Draft| {
            let span = match draft {
                Draft::Card(card) => card.span,
                Draft::Question(question) => question.span,
                _ => return true,
            };
            given.contains(span.of(&writer.notes).unwrap()) && !asked.before_notes().contains(&front(draft))
        };
        let some = |drafts: &[Draft]| -> Vec<Value> {
            let fits = drafts.iter().filter(stands).take(asked.count().unwrap_or(usize::MAX));
            fits.map(|draft| written(draft, &writer.notes)).collect()
        };
        match asked.shape() {
            "flashcards" => json!({"flashcards": some(&writer.cards)}).to_string(),
            _ => json!({"quiz": {"questions": some(&writer.questions)}}).to_string(),
        }
    }
}

/// The set or quiz of a request, and its note.
fn made(client: &Client, kind: TaskKind) -> Value {
    let mut body = request(kind, "ana", "", CELLS);
    body["options"]["count"] = json!(12);
    body["options"]["question_count"] = json!(12);
    let end = end(&make(client, &body));
    assert_eq!(end["type"], "complete", "{end}");
    end
}

fn cards(client: &Client, set: &str) -> Vec<Value> {
    let path = format!("/api/flashcards/sets/{set}?user_id=ana");
    client.get(&path).expect_status(200).json()["cards"].as_array().unwrap().clone()
}

/// A quote of one of these items, with a word more.
fn edited(quote: &str) -> String {
    let at = quote.rfind(' ').unwrap();
    format!("{} nearly{}", &quote[..at], &quote[at..])
}

fn edit(client: &Client, note: &str, writer: &Mutex<Writer>, quote: &str) -> u64 {
    let path = format!("/api/notes/{note}?user_id=ana");
    let text = client.get(&path).json()["note"]["content"].as_str().unwrap().to_owned();
    let new = text.replacen(quote, &edited(quote), 1);
    *writer.lock().unwrap() = Writer::of(&new);
    client.put(&path, &json!({"content": new})).expect_status(200).json()["stale"]["items"].as_u64().unwrap()
}

fn remake(client: &Client, note: &str) -> String {
    let path = format!("/api/notes/{note}/remake");
    let answer = client.post(&path, &json!({"user_id": "ana"})).expect_status(200).json();
    answer["stream_url"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn quote(item: &Value) -> &str {
    item["source"]["quote"].as_str().unwrap()
}

#[test]
fn only_what_is_stale_is_asked_for_with_nothing_but_its_passage_to_read() {
    let writer = Arc::new(Mutex::new(Writer::of(CELLS)));
    let write = author(&writer);
    let house = House::with(&Setup::default(), move |asked| answer(asked, &write(asked)));
    let client = house.client();
    let end_of = made(&client, TaskKind::FlashcardGeneration);
    let set = end_of["saved"]["set"]["id"].as_str().unwrap();
    let note = end_of["saved"]["set"]["note_id"].as_str().unwrap();
    let before = cards(&client, set);
    let (first, last) = (quote(&before[0]).to_owned(), quote(&before[before.len() - 1]).to_owned());
    let stale = edit(&client, note, &writer, &first);
    assert!(stale > 0 && (stale as usize) < before.len());
    let calls = house.model.calls();
    let url = remake(&client, note);
    let last_event = client.stream(&url, None).last().unwrap().json();
    assert_eq!(last_event["type"], "complete", "{last_event}");
    let asked = house.asked().split_off(calls);
    assert_eq!(
        asked.len(),
        2,
        "the author and the judge are asked once, for all that stands on one sentence"
    );
    assert_eq!((asked[0].shape(), asked[0].count()), ("flashcards", Some(stale as usize)));
    assert!(asked[1].is_judging());
    assert!(
        asked[0].user().contains(&edited(&first)) && !asked[0].user().contains(&last),
        "{}",
        asked[0].user()
    );
    assert_eq!(last_event["metadata"]["model_calls"], 2);
    let after = cards(&client, set);
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old["id"], new["id"]);
        assert_eq!(quote(old).contains(&first), old != new, "{old} {new}");
        assert_eq!(new["stale"], false, "{new}");
    }
}

#[test]
fn a_remake_that_is_killed_leaves_all_as_it_was_until_it_is_done() {
    let writer = Arc::new(Mutex::new(Writer::of(CELLS)));
    let write = author(&writer);
    let hangs = Arc::new(AtomicBool::new(false));
    let hanging = Arc::clone(&hangs);
    let mut house = House::with(&Setup::default(), move |asked| {
        if hanging.load(Ordering::SeqCst) && !asked.is_judging() && asked.shape() == "quiz" {
            return Act::stream_head().hang();
        }
        answer(asked, &write(asked))
    });
    let client = house.client();
    let first = made(&client, TaskKind::FlashcardGeneration);
    let quiz = made(&client, TaskKind::QuizGeneration);
    let set = first["saved"]["set"]["id"].as_str().unwrap();
    let note = first["saved"]["set"]["note_id"].as_str().unwrap();
    let before = cards(&client, set);
    let asked: Vec<&str> = quiz["data"]["quiz"]["questions"].as_array().unwrap().iter().map(quote).collect();
    let both = before
        .iter()
        .map(quote)
        .find(|one| asked.contains(one))
        .expect("a sentence that both quote")
        .to_owned();
    let stale = edit(&client, note, &writer, &both);
    hangs.store(true, Ordering::SeqCst);
    let begun = house.model.calls();
    let url = remake(&client, note);
    let wait = |house: &House, calls: usize| {
        let from = Instant::now();
        while house.asked().iter().skip(calls).filter(|one| one.shape() == "quiz").count() == 0 {
            assert!(from.elapsed() < Duration::from_secs(30), "the quiz's author is never asked");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    let same = |client: &Client| {
        let now: Vec<Value> = cards(client, set)
            .into_iter()
            .map(|mut card| {
                card["stale"] = json!(false);
                card
            })
            .collect();
        assert_eq!(now, before, "nothing is replaced before all is");
    };
    wait(&house, begun);
    same(&client);
    house.server.kill_9();
    let calls = house.model.calls();
    house.server.restart();
    wait(&house, calls);
    same(&house.client());
    house.server.kill_9();
    hangs.store(false, Ordering::SeqCst);
    house.server.restart();
    let client = house.client();
    let mut last = Value::Null;
    while !matches!(last["type"].as_str(), Some("complete" | "error")) {
        last = client.stream(&url, None).last().unwrap().json();
    }
    assert_eq!(last["type"], "complete", "{last}");
    let done =
        last["data"]["remade"].as_array().unwrap().len() + last["data"]["stays"].as_array().unwrap().len();
    assert_eq!(done as u64, stale, "{last}");
    let after = cards(&client, set);
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old["id"], new["id"]);
        let is_new = quote(new).contains(&edited(&both));
        assert_eq!(is_new || new["stale"] == true, quote(old).contains(&both), "{old} {new}");
    }
}
