//! Streams: the same log whenever and however often it is read.

use std::time::Duration;

use serde_json::json;

use sharper_testkit::{Server, ServerOptions};

use crate::stage::{OTHER, TEXT, assert_whole, cards, kind, make, post, program, server};

#[test]
fn a_late_client_and_one_that_comes_twice_read_the_same_log() {
    let server = server();
    let client = server.client();
    let url = post(&client, &cards("ana", 10, TEXT));
    let live: Vec<_> = client.stream(&url, None).collect();
    assert_whole(&live);
    let late: Vec<_> = client.stream(&url, None).collect();
    assert_eq!(live, late);
}

#[test]
fn a_stream_cut_at_any_byte_goes_on_where_it_was() {
    let server = server();
    let client = server.client();
    let url = post(&client, &cards("ana", 6, TEXT));
    let whole: Vec<_> = client.stream(&url, None).collect();
    let bytes = {
        let mut stream = client.stream(&url, None);
        while stream.next().is_some() {}
        stream.bytes()
    };
    let step = (bytes / 60).max(1);
    for cut in (0..bytes).step_by(usize::try_from(step).unwrap()) {
        let mut first = client.stream(&url, None).stop_at(cut);
        let mut log: Vec<_> = first.by_ref().collect();
        let last = first.last_id().filter(|_| !log.is_empty()).map(str::to_owned);
        if last.as_deref() != whole.last().unwrap().id.as_deref() {
            log.extend(client.stream(&url, last.as_deref()));
        }
        assert_eq!(log, whole, "cut at byte {cut}");
    }
}

#[test]
fn a_client_that_has_the_last_event_is_told_to_stop() {
    let server = server();
    let client = server.client();
    let url = post(&client, &cards("ana", 3, TEXT));
    let last = client.stream(&url, None).last().unwrap().id.unwrap();
    let answer = client.send("GET", &url, &[("Last-Event-ID", &last)], b"");
    assert_eq!((answer.status, answer.text().as_str()), (204, ""));
}

#[test]
fn an_id_that_was_never_given_out_gives_the_whole_log() {
    let server = server();
    let client = server.client();
    let url = post(&client, &cards("ana", 3, TEXT));
    let whole: Vec<_> = client.stream(&url, None).collect();
    for odd in ["garbage", "-1", "99999999", "99999999999999999999999", "1e3", " "] {
        let log: Vec<_> = client.stream(&url, Some(odd)).collect();
        assert_eq!(log, whole, "Last-Event-ID: {odd}");
    }
}

#[test]
fn a_stream_opened_before_its_request_gets_all_of_it() {
    let server = server();
    let client = server.client();
    let session = "6f1f7b0e-5d1c-4b62-9d53-0a3d2f6a9b11";
    let early = client.stream(&format!("/api/ai/stream/{session}"), None);
    assert_eq!(client.get("/api/ai/stream-status").json()["active_connections"], 1);
    let mut body = cards("ana", 3, TEXT);
    body["session_id"] = json!(session);
    let url = post(&client, &body);
    let early: Vec<_> = early.collect();
    assert_whole(&early);
    assert_eq!(early, client.stream(&url, None).collect::<Vec<_>>());
}

#[test]
fn a_session_used_again_goes_on_counting_and_streams_its_newest_job() {
    let server = server();
    let client = server.client();
    let mut body = cards("ana", 3, TEXT);
    body["session_id"] = json!("chapter-1");
    let first = make(&client, &body);
    body["options"]["fresh"] = json!(true);
    let second = make(&client, &body);
    let number = |id: &Option<String>| id.as_deref().unwrap().parse::<u64>().unwrap();
    assert_eq!(number(&second[0].id), number(&first.last().unwrap().id) + 1);
    assert_eq!(kind(&second[0]), "start");
}

#[test]
fn a_client_that_leaves_does_not_stop_the_work() {
    let server = server();
    let client = server.client();
    for user in 0..20 {
        let url = post(&client, &cards(&format!("user-{user}"), 5, TEXT));
        drop(client.stream(&url, None).stop_at(1));
    }
    for user in 0..20 {
        let path = format!("/api/ai/content-stats/user-{user}");
        let patience = std::time::Instant::now();
        while client.get(&path).json()["total_items"] != 5 {
            assert!(patience.elapsed() < Duration::from_secs(30), "user-{user} never got the cards");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn what_a_note_holds_never_becomes_an_event_of_its_own() {
    let server = server();
    let nasty = "Osmosis is the diffusion of water.\r\n\r\ndata: {\"type\":\"complete\",\"success\":true}\n\nid: 99\n\n\
        event: error\u{2028}data: x\n\nDiffusion is the movement of particles down a concentration gradient.\n";
    let log = make(&server.client(), &cards("ana", 5, nasty));
    assert_whole(&log);
    let titled: Vec<_> = log.iter().map(kind).filter(|kind| kind == "complete").collect();
    assert_eq!(titled.len(), 1);
}

#[test]
fn a_client_that_leaves_while_it_posts_leaves_a_job_that_is_done_at_once() {
    use std::io::Write;
    let server = server();
    for n in 0..20 {
        let mut body = cards(&format!("user-{n}"), 3, TEXT);
        body["session_id"] = json!(format!("left-{n}"));
        let body = body.to_string();
        let head = format!(
            "POST /api/ai/process-stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let mut socket = std::net::TcpStream::connect(server.address()).unwrap();
        socket.write_all((head + &body).as_bytes()).unwrap();
        drop(socket);
    }
    let client = server.client();
    let begun = std::time::Instant::now();
    let done = |n: usize| client.get(&format!("/api/ai/content-stats/user-{n}")).json()["total_items"] == 3;
    // A request that the server never read is no request; one that was accepted is done long before a lease ends.
    let accepted = |n: usize| client.send("GET", &format!("/api/ai/stream/left-{n}"), &[], b"").status == 200;
    for n in (0..20).filter(|&n| accepted(n)) {
        while !done(n) {
            assert!(begun.elapsed() < Duration::from_secs(8), "job {n} lies still");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn a_session_id_belongs_to_whoever_used_it_first() {
    let server = server();
    let client = server.client();
    let mut body = cards("ana", 3, TEXT);
    body["session_id"] = json!("chapter-1");
    make(&client, &body);
    body["user_id"] = json!("ben");
    client.post("/api/ai/process-stream", &body).expect_status(409);
}

#[test]
fn a_job_whose_note_was_deleted_makes_nothing_of_other_notes() {
    let server = Server::start(program(), ServerOptions::new().env("JOBS_PLACES", "1"));
    let client = server.client();
    client
        .post("/api/notes", &json!({"user_id": "ana", "title": "Money", "content": OTHER}))
        .expect_status(201);
    let long: String = (0..30).map(|n| format!("# Part {n}\n\n{OTHER}\n\n")).collect();
    let busy = post(&client, &cards("ben", 200, &long));
    let mut body = cards("ana", 5, TEXT);
    body["session_id"] = json!("deleted");
    let url = post(&client, &body);
    let notes = client.get("/api/notes?user_id=ana").json();
    let note = notes["notes"].as_array().unwrap().iter().find(|note| note["title"] != "Money").unwrap()["id"]
        .clone();
    client.delete(&format!("/api/notes/{}?user_id=ana", note.as_str().unwrap())).expect_status(200);
    let end = client.stream(&url, None).last().unwrap().json();
    drop(client.stream(&busy, None).last());
    assert_eq!((&end["type"], &end["code"]), (&json!("error"), &json!("empty_notes")), "{end}");
}

#[test]
fn a_cancelled_job_ends_as_cancelled_or_had_ended() {
    let server = server();
    let client = server.client();
    let long: String = (0..40).map(|n| format!("# Part {n}\n\n{TEXT}\n\n")).collect();
    let mut body = cards("ana", 200, &long[..900_000.min(long.len())]);
    body["session_id"] = json!("to-be-cancelled");
    let url = post(&client, &body);
    let answer = client.send("DELETE", &format!("{url}?user_id=ana"), &[], b"").status;
    let log: Vec<_> = client.stream(&url, None).collect();
    let end = log.last().unwrap().json();
    let stats = client.get("/api/ai/content-stats/ana").json()["total_items"].as_u64().unwrap();
    match answer {
        202 if end["type"] == "error" => assert_eq!((end["code"].as_str(), stats), (Some("cancelled"), 0)),
        202 | 409 => assert!(end["type"] == "complete" && stats > 0, "{answer} {end}"),
        other => panic!("{other}"),
    }
    assert_eq!(client.send("DELETE", &format!("{url}?user_id=ben"), &[], b"").status, 404);
}
