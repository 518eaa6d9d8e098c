//! The door: slow clients are cut, headers are on every answer, assets are found again by their tag.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::stage::server;

#[test]
fn a_client_that_never_finishes_its_head_is_cut() {
    let server = server();
    for begin in ["", "GET / HTTP/1.1\r\nHost: x\r\n", "POST /api/ai/process-stream HTTP/1.1\r\nHo"] {
        let mut socket = TcpStream::connect(server.address()).unwrap();
        socket.write_all(begin.as_bytes()).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let begun = Instant::now();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).expect("the server closes the connection");
        assert!(begun.elapsed() < Duration::from_secs(15), "{begin:?} was held for {:?}", begun.elapsed());
        assert_eq!(server.client().get("/livez").status, 200);
    }
}

#[test]
fn every_answer_has_a_request_id_and_the_security_headers() {
    let server = server();
    let client = server.client();
    for path in ["/", "/health", "/livez", "/nowhere", "/api/ai/stream-status", "/assets/nothing"] {
        let answer = client.get(path);
        for name in ["x-request-id", "content-security-policy", "x-content-type-options", "referrer-policy"] {
            assert!(answer.header(name).is_some(), "{name} on {path}");
        }
        assert!(!answer.header("content-security-policy").unwrap().contains("unsafe"));
    }
    let own = client.send("GET", "/livez", &[("X-Request-ID", "my-own-7")], b"");
    assert_eq!(own.header("x-request-id"), Some("my-own-7"));
    let odd = client.send("GET", "/livez", &[("X-Request-ID", "a b<script>")], b"");
    assert_ne!(odd.header("x-request-id"), Some("a b<script>"));
}

#[test]
fn malformed_requests_get_one_answer_or_none() {
    let server = server();
    let client = server.client();
    for raw in [
        &b"GET\r\n\r\n"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x00\x01\x02\x03\r\n\r\n",
        b"POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\nConnection: close\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nfffffffffffffffff\r\n",
    ] {
        let answer = client.raw(raw).unwrap_or_default();
        let answers = String::from_utf8_lossy(&answer).matches("HTTP/1.1 ").count();
        assert!(answers <= 1, "{answers} answers to {:?}", String::from_utf8_lossy(raw));
        assert_eq!(client.get("/livez").status, 200);
    }
    let huge = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n", "a".repeat(64 * 1024));
    let answer = client.raw(huge.as_bytes()).unwrap_or_default();
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 431"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn an_address_that_cannot_be_read_and_a_form_without_its_fields_are_clear_problems() {
    let server = server();
    let client = server.client();
    for path in ["/api/notes?limit=1&limit=2", "/api/notes/%ff", "/sets/%ff"] {
        let problem = client.get(path);
        assert!((400..500).contains(&problem.status), "{path}: {}", problem.status);
        assert_eq!(problem.header("content-type"), Some("application/problem+json"), "{path}");
    }
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    assert_eq!(client.send("POST", "/study/grade", &form, b"session=1&card=%0Ax&grade=3").status, 404);
    let set = "/study/grade";
    assert_eq!(client.send("POST", set, &form, b"session=1").status, 422);
}

#[test]
fn a_server_of_this_machine_answers_to_no_other_name() {
    let server = server();
    for (host, status) in [("localhost", "200"), ("evil.example:8000", "403")] {
        let request = format!("GET /livez HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let answer = server.client().raw(request.as_bytes()).unwrap();
        let line = String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned();
        assert!(line.starts_with(&format!("HTTP/1.1 {status}")), "{host}: {line}");
    }
}

#[test]
fn assets_are_packed_cached_and_found_again_by_their_tag() {
    let server = server();
    let client = server.client();
    let page = client.send("GET", "/", &[("Accept", "text/html")], b"").text();
    let start = page.find("/assets/").expect("the page has a stylesheet");
    let path = page[start..].split('"').next().unwrap().to_owned();
    let plain = client.get(&path).expect_status(200);
    assert!(plain.header("cache-control").unwrap().contains("immutable"));
    let tag = plain.header("etag").unwrap().to_owned();
    let again = client.send("GET", &path, &[("If-None-Match", &tag)], b"");
    assert_eq!((again.status, again.text().len()), (304, 0));
}
