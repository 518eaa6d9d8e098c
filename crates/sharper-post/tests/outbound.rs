//! What is fetched and posted: within limits, and only where it was sent.
#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::json;
use sharper_post::{Outbound, OutboundError, Post, PostSettings};

/// A server that answers everything with these bytes, and what it was asked.
fn server(answer: impl Into<Vec<u8>>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook?key=canary", listener.local_addr().unwrap());
    let (answer, (tell, asked)) = (answer.into(), channel());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = tell.send(request(&mut stream));
            let _ = stream.write_all(&answer);
            if answer.is_empty() {
                // Silence, for as long as the other side listens.
                let _ = stream.read(&mut [0]);
            }
        }
    });
    (url, asked)
}

fn request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut bytes = [0; 4096];
    loop {
        let read = stream.read(&mut bytes).unwrap_or(0);
        text.push_str(&String::from_utf8_lossy(&bytes[..read]));
        let body = text.split_once("\r\n\r\n").map(|(head, body)| (head.to_lowercase(), body.len()));
        let whole = body.is_some_and(|(head, got)| {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            got >= length.unwrap_or(0)
        });
        if whole || read == 0 {
            return text;
        }
    }
}

async fn get(answer: impl Into<Vec<u8>>) -> Result<Vec<u8>, OutboundError> {
    let (url, _asked) = server(answer);
    Outbound::default().get(&url, Duration::from_secs(2), 1000).await
}

#[tokio::test]
async fn what_is_fetched_is_read_within_its_limits() {
    let body =
        |length: usize| format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{}", "x".repeat(length));
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{}0\r\n\r\n",
        format!("64\r\n{}\r\n", "x".repeat(100)).repeat(11)
    );
    assert_eq!(get(body(1000)).await, Ok(vec![b'x'; 1000]));
    assert_eq!(get(body(1001)).await, Err(OutboundError::Large));
    assert_eq!(get(chunked).await, Err(OutboundError::Large));
    assert_eq!(get("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n").await, Err(OutboundError::Refused(500)));
    assert_eq!(get("").await, Err(OutboundError::Slow));
    let outbound = Outbound::default();
    for url in ["", "file:///etc/passwd", "ftp://localhost/", "localhost", "http://"] {
        let got = outbound.get(url, Duration::from_secs(1), 10).await;
        assert_eq!(got, Err(OutboundError::Unusable), "{url}");
    }
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let (elsewhere, asked) = server("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    for status in ["301", "302", "303", "307", "308"] {
        let away = format!("HTTP/1.1 {status} Away\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n");
        assert_eq!(get(away).await, Err(OutboundError::Refused(status.parse().unwrap())));
    }
    assert!(asked.try_recv().is_err(), "nobody came");
}

#[tokio::test]
async fn a_webhook_gets_its_json_and_its_address_stays_a_secret() {
    let (post, _delivery) = Post::new(&PostSettings::default()).unwrap();
    let (url, asked) = server("HTTP/1.1 204 Thanks\r\ncontent-length: 0\r\n\r\n");
    post.webhook(&url, &json!({"rule": "success_rate"})).await.unwrap();
    let got = asked.recv().unwrap();
    assert!(got.starts_with("POST /hook?key=canary HTTP/1.1\r\n"), "{got}");
    assert!(got.to_lowercase().contains("content-type: application/json"), "{got}");
    assert!(got.ends_with(r#"{"rule":"success_rate"}"#), "{got}");
    let (url, _asked) = server("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n");
    let refused = post.webhook(&url, &json!({})).await.unwrap_err();
    assert_eq!(refused, OutboundError::Refused(410));
    assert!(!format!("{refused} {refused:?}").contains("canary"));
}
