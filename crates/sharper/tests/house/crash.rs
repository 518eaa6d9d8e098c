//! Killed at any moment: what was accepted ends exactly once, and what was shown is kept.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use sharper_testkit::{Client, StreamEvent};

use crate::stage::{OTHER, TEXT, assert_whole, cards, kind, post, server};

/// A text that keeps the author busy for a while.
fn long() -> String {
    (0..20).map(|n| format!("# Part {n}\n\n{TEXT}\n\n{OTHER}\n\n")).collect()
}

/// Reads a stream to its end, through as many connections as it takes.
fn to_the_end(client: &Client, url: &str, mut log: Vec<StreamEvent>) -> Vec<StreamEvent> {
    let begun = Instant::now();
    while !log.last().is_some_and(|event| matches!(kind(event).as_str(), "complete" | "error")) {
        assert!(begun.elapsed() < Duration::from_secs(60), "{url} never ends; {} events", log.len());
        let last = log.last().and_then(|event| event.id.clone());
        log.extend(client.stream(url, last.as_deref()).filter(|event| kind(event) != "keepalive"));
    }
    log
}

fn items(log: &[StreamEvent]) -> Vec<serde_json::Value> {
    log.iter().filter(|event| kind(event) == "item").map(|event| event.json()["data"].clone()).collect()
}

#[test]
fn a_server_killed_in_the_middle_ends_its_job_exactly_once_and_keeps_what_it_showed() {
    let mut server = server();
    let url = post(&server.client(), &cards("ana", 150, &long()));
    let mut stream = server.client().stream(&url, None);
    let mut seen: Vec<StreamEvent> = Vec::new();
    while items(&seen).len() < 3 {
        seen.push(stream.next().expect("the job is still at work"));
    }
    server.kill_9();
    drop(stream);
    server.restart();
    let client = server.client();
    let log = to_the_end(&client, &url, seen.clone());
    assert_whole(&log);
    assert_eq!(log, client.stream(&url, None).collect::<Vec<_>>(), "resuming and replaying give one log");
    let complete = log.last().unwrap().json();
    let shown = items(&log);
    assert_eq!(complete["data"]["flashcards"].as_array().unwrap(), &shown);
    let ids: HashSet<String> = shown.iter().map(|card| card["id"].to_string()).collect();
    assert_eq!(ids.len(), shown.len(), "no card twice");
    let stats = client.get("/api/ai/content-stats/ana").json();
    assert_eq!(stats["stats"]["flashcards"].as_u64(), Some(shown.len() as u64));
    assert_eq!(client.get("/api/flashcards/sets?user_id=ana").json()["count"], 1);
}

#[test]
fn whatever_was_accepted_before_a_kill_at_a_random_moment_ends_exactly_once() {
    let mut server = server();
    let mut accepted: Vec<(String, String)> = Vec::new();
    // Spread over the few milliseconds in which a request is accepted, worked on and kept. Each job meets two
    // kills at most: a third would set it aside as one that crashes its worker.
    for round in 0..12u64 {
        let client = server.client();
        if round % 2 == 0 {
            accepted.iter().for_each(|(_, url)| drop(to_the_end(&client, url, Vec::new())));
        }
        for job in 0..3 {
            let user = format!("user-{round}-{job}");
            accepted.push((user.clone(), post(&client, &cards(&user, 6, TEXT))));
        }
        std::thread::sleep(Duration::from_millis(round * 7 % 40));
        server.kill_9();
        server.restart();
    }
    let client = server.client();
    for (user, url) in &accepted {
        let log = to_the_end(&client, url, Vec::new());
        assert_whole(&log);
        assert_eq!(kind(log.last().unwrap()), "complete");
        let stats = client.get(&format!("/api/ai/content-stats/{user}")).json();
        assert_eq!(stats["total_items"], 6, "{user} has each card once");
    }
}

#[test]
fn a_server_told_to_stop_ends_its_streams_and_gives_its_jobs_back() {
    let mut server = server();
    let url = post(&server.client(), &cards("ana", 150, &long()));
    let idle: Vec<_> = (0..20)
        .map(|n| {
            server.client().stream(&format!("/api/ai/stream/6f1f7b0e-5d1c-4b62-9d53-0a3d2f6a9b{n:02}"), None)
        })
        .collect();
    let begun = Instant::now();
    let status = server.terminate();
    assert!(status.success(), "{status}: {}", server.log());
    assert!(begun.elapsed() < Duration::from_secs(10), "took {:?}", begun.elapsed());
    drop(idle);
    server.restart();
    let log = to_the_end(&server.client(), &url, Vec::new());
    assert_whole(&log);
    assert_eq!(kind(log.last().unwrap()), "complete");
}

#[test]
fn one_place_is_enough_for_any_number_of_requests() {
    // Requests that take a freed place while the runner claims for it must not stop the runner.
    let options = sharper_testkit::ServerOptions::new().env("JOBS_PLACES", "1");
    let mut server = sharper_testkit::Server::start(crate::stage::program(), options);
    let address = server.address();
    std::thread::scope(|scope| {
        for client in 0..6 {
            scope.spawn(move || {
                let client_of = Client::new(address);
                for job in 0..8 {
                    let url = post(&client_of, &cards(&format!("user-{client}-{job}"), 3, TEXT));
                    assert_whole(&to_the_end(&client_of, &url, Vec::new()));
                }
            });
        }
    });
    assert!(server.terminate().success());
}

#[test]
fn two_servers_do_not_share_a_data_folder() {
    let server = server();
    let second = std::process::Command::new(crate::stage::program())
        .env_clear()
        .env("PORT", "0")
        .env("DATA_DIR", server.data_folder())
        .output()
        .expect("the program starts");
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("another study-sharper works in"), "{said}");
}
