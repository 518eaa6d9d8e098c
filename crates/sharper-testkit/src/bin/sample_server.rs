//! A small server for the kit's own tests: it answers, streams, panics and leaves processes over on request.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "it stands outside the product")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, ExitCode};

const PAGE: &str = "<!doctype html><html lang=en><title>Sample</title><h1>Sample</h1>\
    <label>Notes <textarea id=notes></textarea></label><button id=go>Go</button><p id=out>nothing yet</p>\
    <script src=/script.js></script>";
const BARRIER: &str = "<!doctype html><title>Barrier</title><img src=/x.png><input>";
const SCRIPT: &str = "document.querySelector('#go').onclick = () => setTimeout(() => { \
    document.querySelector('#out').textContent = document.querySelector('#notes').value.length + ' letters' }, 50);";

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("fail") {
        println!("no can do");
        return ExitCode::FAILURE;
    }
    let port = std::env::var("PORT").unwrap_or_default();
    let Ok(listener) = TcpListener::bind(format!("127.0.0.1:{port}")) else { return ExitCode::FAILURE };
    println!("listening on {port}");
    for stream in listener.incoming().flatten() {
        std::thread::spawn(move || answer(stream));
    }
    ExitCode::SUCCESS
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == "\r\n" {
            break;
        }
        head.push(line.trim_end().to_owned());
    }
    let value = |name: &str| {
        head.iter()
            .filter_map(|line| line.split_once(": "))
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value)
    };
    let length = value("Content-Length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
    match path {
        "/livez" => plain(&mut stream, "text/plain", b"ok"),
        "/echo" => plain(&mut stream, "application/json", &body),
        "/head" => plain(&mut stream, "text/plain", head.join("\n").as_bytes()),
        "/environment" => plain(&mut stream, "text/plain", environment().as_bytes()),
        "/page" => plain(&mut stream, "text/html", PAGE.as_bytes()),
        "/barrier" => plain(&mut stream, "text/html", BARRIER.as_bytes()),
        "/script.js" => plain(&mut stream, "text/javascript", SCRIPT.as_bytes()),
        "/stream" => events(&mut stream, value("Last-Event-ID").and_then(|id| id.parse().ok()).unwrap_or(0)),
        "/cut" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
        "/kept-open" => {
            plain(&mut stream, "text/plain", b"ok")?;
            stream.read_to_end(&mut Vec::new()).map(drop)
        }
        "/orphan" => {
            Command::new("sleep").arg("600").spawn()?;
            plain(&mut stream, "text/plain", b"ok")
        }
        "/panic" => panic!("as asked"),
        _ => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
    }
}

fn environment() -> String {
    std::env::vars().map(|(name, value)| format!("{name}={value}\n")).collect()
}

fn plain(stream: &mut TcpStream, kind: &str, body: &[u8]) -> std::io::Result<()> {
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Content-Security-Policy: default-src 'self'\r\n\r\n"
    )?;
    stream.write_all(body)
}

/// Five events in chunks of three bytes, from the one after `last_id`.
fn events(stream: &mut TcpStream, last_id: u32) -> std::io::Result<()> {
    stream.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n",
    )?;
    let text: String = (last_id + 1..=5).map(|id| format!("id: {id}\ndata: {{\"n\":{id}}}\n\n")).collect();
    for chunk in text.as_bytes().chunks(3) {
        write!(stream, "{:x}\r\n", chunk.len())?;
        stream.write_all(chunk)?;
        stream.write_all(b"\r\n")?;
    }
    stream.write_all(b"0\r\n\r\n")
}
