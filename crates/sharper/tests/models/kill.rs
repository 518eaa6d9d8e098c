//! Killed while a model writes or judges: the job ends once, at most one call is made again, nothing is doubled, and
//! what was taken back stays so.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sharper_domain::TaskKind;
use sharper_llm::testing::Act;
use sharper_testkit::{Client, StreamEvent};

use crate::house::{CELLS, House, Setup, assert_whole, end, request, standing, told};
use crate::wire::{Asked, answer, ending, passes, pieces};
use crate::writer::Writer;

const CARDS: TaskKind = TaskKind::FlashcardGeneration;

fn post(client: &Client) -> String {
    let body = request(CARDS, "ana", "From my notes, please.", CELLS);
    let accepted = client.post("/api/ai/process-stream", &body).expect_status(200).json();
    accepted["stream_url"].as_str().unwrap().to_owned()
}

fn read(stream: impl Iterator<Item = StreamEvent>) -> impl Iterator<Item = StreamEvent> {
    stream.filter(|event| event.json()["type"] != "keepalive")
}

/// Reads a stream to its end, through as many connections as it takes.
fn to_the_end(client: &Client, url: &str) -> Vec<StreamEvent> {
    let begun = Instant::now();
    let mut log: Vec<StreamEvent> = Vec::new();
    while !log.last().is_some_and(|event| matches!(event.json()["type"].as_str(), Some("complete" | "error")))
    {
        assert!(begun.elapsed() < Duration::from_secs(60), "{url} never ends; {} events", log.len());
        let last = log.last().and_then(|event| event.id.clone());
        log.extend(read(client.stream(url, last.as_deref())));
    }
    log
}

/// Waits for something to be so.
#[track_caller]
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(30), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The end of a job that was killed in the middle: once, with nothing doubled, and kept as it was shown.
fn check(house: &mut House, url: &str, seen: &[StreamEvent]) -> Vec<StreamEvent> {
    let log = to_the_end(&house.client(), url);
    assert_whole(&log);
    assert_eq!(log[..seen.len()], *seen, "what was shown is not told in another way");
    let items = told(&log, "item");
    let numbers: HashSet<u64> = items.iter().map(|item| item["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers.len(), items.len(), "no number is given twice");
    let standing = standing(&log);
    let questions: HashSet<&str> =
        standing.iter().map(|(_, card)| card["question"].as_str().unwrap()).collect();
    assert_eq!(questions.len(), standing.len(), "no card stands twice");
    let end = end(&log);
    assert_eq!(end["type"], "complete", "{end}");
    assert_eq!(end["validation"]["delivered"], standing.len(), "{end}");
    let kept = house.closed();
    assert_eq!(kept.jobs("ana"), (1, 1));
    let all = kept.items("ana", CARDS);
    assert_eq!((all.len(), all[0].len()), (1, standing.len()));
    let asked = house.asked();
    let shapes: Vec<&str> = asked.iter().map(Asked::shape).collect();
    println!("{shapes:?}, {} cards stand, {} were taken back", standing.len(), told(&log, "withdrawn").len());
    log
}

#[test]
fn killed_while_the_model_writes_the_job_goes_on_where_it_was() {
    let writer = Writer::of(CELLS);
    let killed = Arc::new(AtomicBool::new(false));
    let before = Arc::clone(&killed);
    let mut house = House::with(&Setup::default(), move |asked| {
        let text = if asked.is_judging() { passes(asked) } else { writer.write(asked) };
        if before.load(Ordering::SeqCst) {
            return answer(asked, &text);
        }
        let all = pieces(&text);
        let half = all[..all.len() / 2].iter().fold(Act::stream_head(), |act, piece| act.delta(piece));
        ending(half.pause(Duration::from_secs(60)), asked, &text)
    });
    let url = post(&house.client());
    let mut stream = read(house.client().stream(&url, None));
    let mut seen: Vec<StreamEvent> = Vec::new();
    while told(&seen, "item").len() < 2 {
        seen.push(stream.next().expect("the model has not finished"));
    }
    house.server.kill_9();
    killed.store(true, Ordering::SeqCst);
    house.server.restart();
    let log = check(&mut house, &url, &seen);
    assert_eq!(end(&log)["validation"]["delivered"], 6);
    assert_eq!(house.model.calls(), 3, "the call that was cut is made again, and the judge's");
}

#[test]
fn killed_while_the_judge_reads_nobody_writes_again() {
    let writer = Writer::of(CELLS);
    let killed = Arc::new(AtomicBool::new(false));
    let before = Arc::clone(&killed);
    let mut house = House::with(&Setup::default(), move |asked| {
        if !asked.is_judging() {
            return answer(asked, &writer.write(asked));
        }
        if before.load(Ordering::SeqCst) { answer(asked, &passes(asked)) } else { Act::stream_head().hang() }
    });
    let url = post(&house.client());
    let model = &house.model;
    wait_until("the judge is asked", || model.calls() == 2);
    house.server.kill_9();
    killed.store(true, Ordering::SeqCst);
    house.server.restart();
    let log = check(&mut house, &url, &[]);
    assert_eq!(end(&log)["validation"]["delivered"], 6);
    assert_eq!(house.model.calls(), 3, "only the judge's call is made again");
}

#[test]
fn killed_after_something_was_taken_back_it_stays_so_and_its_number_is_not_given_again() {
    let writer = Writer::of(CELLS);
    let killed = Arc::new(AtomicBool::new(false));
    let before = Arc::clone(&killed);
    let mut house = House::with(&Setup::default(), move |asked| {
        if asked.is_judging() {
            return answer(asked, &all_but_the_last(asked));
        }
        if asked.is_repair() && !before.load(Ordering::SeqCst) {
            return Act::stream_head().hang();
        }
        answer(asked, &writer.write(asked))
    });
    let url = post(&house.client());
    let mut stream = read(house.client().stream(&url, None));
    let mut seen: Vec<StreamEvent> = Vec::new();
    while told(&seen, "withdrawn").is_empty() {
        seen.push(stream.next().expect("the judge does not pass all"));
    }
    let model = &house.model;
    wait_until("the repair is asked for", || model.calls() == 3);
    house.server.kill_9();
    killed.store(true, Ordering::SeqCst);
    house.server.restart();
    let log = check(&mut house, &url, &seen);
    let gone = told(&seen, "withdrawn")[0]["data"]["number"].as_u64().unwrap();
    assert!(standing(&log).iter().all(|(number, _)| *number != gone));
    let taken = |event: &&Value| event["number"] == gone;
    let question = told(&log, "item").iter().find(taken).unwrap()["data"]["question"].clone();
    let back = standing(&log).iter().filter(|(_, card)| card["question"] == question).count();
    assert_eq!(back, 0, "what was taken back does not come back: {question}");
}

/// Passes all but the sixth item of the first round.
fn all_but_the_last(asked: &Asked) -> String {
    let mut verdicts: Value = serde_json::from_str(&passes(asked)).unwrap();
    for verdict in verdicts["items"].as_array_mut().unwrap() {
        if verdict["item"] == "i6" {
            verdict["accuracy_score"] = json!(0.1);
        }
    }
    verdicts.to_string()
}
