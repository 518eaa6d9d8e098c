//! The kit against a real process: start, ask, stream, kill, restart, and what makes a test fail at the end.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::json;
use sharper_testkit::{Server, ServerOptions, TempFolder};

fn start(options: ServerOptions) -> Server {
    Server::start(Path::new(env!("CARGO_BIN_EXE_sample-server")), options)
}

/// The message of the panic that the function ends with.
fn panic_of(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("it should have panicked");
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[test]
fn a_started_server_answers() {
    let server = start(ServerOptions::new());
    assert_eq!(server.client().get("/livez").expect_status(200).text(), "ok");
    assert_eq!(server.client().get("/nowhere").status, 404);
    assert!(server.log().starts_with("listening on "));
}

#[test]
fn a_json_body_comes_back() {
    let server = start(ServerOptions::new());
    let body = json!({"a": [1, "ü"]});
    let response = server.client().post("/echo", &body);
    assert_eq!(response.json(), body);
    assert_eq!(response.header("Content-Type"), Some("application/json"));
}

#[test]
fn headers_of_the_client_go_with_each_request() {
    let server = start(ServerOptions::new());
    let text = server.client().with_header("Authorization", "Bearer x").get("/head").text();
    assert!(text.contains("Authorization: Bearer x"), "{text}");
}

#[test]
fn the_environment_holds_what_the_test_set_and_no_more() {
    let server = start(ServerOptions::new().env("GREETING", "hello"));
    let text = server.client().get("/environment").text();
    let names: Vec<&str> = text.lines().filter_map(|line| line.split('=').next()).collect();
    assert!(text.contains("GREETING=hello\n"), "{text}");
    assert!(names.contains(&"DATA_DIR") && names.contains(&"PORT"), "{text}");
    assert!(!names.iter().any(|name| name.starts_with("CARGO") || name.starts_with("SHARPER")), "{text}");
}

#[test]
fn an_answer_is_whole_though_the_server_keeps_the_connection_open() {
    let server = start(ServerOptions::new());
    let client = server.client().with_patience(std::time::Duration::from_secs(5));
    assert_eq!(client.get("/kept-open").text(), "ok");
}

#[test]
fn a_body_cut_short_is_an_error() {
    let server = start(ServerOptions::new());
    let error = server.client().try_send("GET", "/cut", &[], b"").unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::UnexpectedEof);
}

#[test]
fn raw_bytes_go_out_as_they_are() {
    let server = start(ServerOptions::new());
    let answer = server.client().raw(b"GET /livez HTTP/1.1\r\n\r\n").unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
}

#[test]
fn a_killed_server_is_gone_and_restarts_where_it_was() {
    let mut server = start(ServerOptions::new());
    let (address, client) = (server.address(), server.client());
    std::fs::write(server.data_folder().join("kept"), "yes").unwrap();
    server.kill_9();
    assert!(client.try_send("GET", "/livez", &[], b"").is_err());
    server.restart();
    assert_eq!(server.address(), address);
    assert_eq!(client.get("/livez").status, 200);
    assert!(server.data_folder().join("kept").exists());
}

#[test]
fn a_terminated_server_gives_its_status() {
    use std::os::unix::process::ExitStatusExt;
    let mut server = start(ServerOptions::new());
    assert_eq!(server.terminate().signal(), Some(15));
    assert_eq!(server.process(), None);
}

#[test]
fn a_paused_server_keeps_silent_until_it_goes_on() {
    let server = start(ServerOptions::new());
    let client = server.client().with_patience(std::time::Duration::from_millis(100));
    server.pause();
    client.try_send("GET", "/livez", &[], b"").unwrap_err();
    server.resume();
    assert_eq!(server.client().get("/livez").status, 200);
}

#[test]
fn a_given_data_folder_outlives_the_server() {
    let folder = TempFolder::new();
    let server = start(ServerOptions::new().data_folder(folder.path()));
    assert!(
        server
            .client()
            .get("/environment")
            .text()
            .contains(&format!("DATA_DIR={}\n", folder.path().display()))
    );
    drop(server);
    assert!(folder.path().exists());
}

#[test]
fn a_server_that_ends_at_its_start_fails_the_test_with_its_log() {
    let message = panic_of(|| drop(start(ServerOptions::new().arguments(&["fail"]))));
    assert!(message.contains("ended at its start") && message.contains("no can do"), "{message}");
}

#[test]
fn a_panic_in_the_server_fails_the_test_at_its_end() {
    let server = start(ServerOptions::new());
    let _ = server.client().try_send("GET", "/panic", &[], b"");
    let message = panic_of(|| drop(server));
    assert!(message.contains("the server panicked") && message.contains("as asked"), "{message}");
}

#[test]
fn a_process_left_over_fails_the_test_at_its_end() {
    let server = start(ServerOptions::new());
    server.client().get("/orphan").expect_status(200);
    let message = panic_of(|| drop(server));
    assert!(message.contains("left over") && message.contains("sleep 600"), "{message}");
}

#[test]
fn a_stream_gives_its_events_in_order() {
    let server = start(ServerOptions::new());
    let numbers: Vec<u64> =
        server.client().stream("/stream", None).map(|event| event.json()["n"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
}

#[test]
fn a_stream_cut_at_any_byte_resumes_without_a_gap() {
    let server = start(ServerOptions::new());
    let mut whole = server.client().stream("/stream", None);
    let all: Vec<_> = whole.by_ref().collect();
    for cut in 0..=whole.bytes() {
        let mut first = server.client().stream("/stream", None).stop_at(cut);
        let mut seen: Vec<_> = first.by_ref().collect();
        assert_eq!(first.bytes(), cut);
        seen.extend(server.client().stream("/stream", first.last_id()));
        assert_eq!(seen, all, "cut at {cut}");
    }
}

#[test]
fn what_is_no_stream_fails_with_its_answer() {
    let server = start(ServerOptions::new());
    let message = panic_of(|| drop(server.client().stream("/livez", None)));
    assert!(message.contains("text/plain") && message.contains("ok"), "{message}");
}
