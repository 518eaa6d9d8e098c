//! For tests, here and above: a mail server on this machine that keeps what it is sent, or refuses it.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sharper_domain::Secret;

use crate::PostSettings;

/// How the server answers to a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    /// Not now (451).
    Busy,
    /// Not at all (550).
    Never,
}

/// A letter that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// Its headers, as they were sent.
    pub head: String,
    /// What it says, decoded, with `\n` at the end of each line.
    pub text: String,
}

#[derive(Default)]
struct Desk {
    letters: Vec<Letter>,
    tries: usize,
    does: VecDeque<Answers>,
}

/// The server.
pub struct Office {
    port: u16,
    desk: Arc<(Mutex<Desk>, Condvar)>,
}

impl Office {
    /// Starts one that answers so to the first letters, and takes all further ones.
    ///
    /// # Panics
    /// When the machine gives no port.
    pub fn new(does: Vec<Answers>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let desk = Arc::new((Mutex::new(Desk { does: does.into(), ..Desk::default() }), Condvar::new()));
        let shared = desk.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = shared.clone();
                std::thread::spawn(move || serve(&stream, &desk));
            }
        });
        Self { port, desk }
    }

    /// The address to send to: `SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Settings that send to it.
    pub fn settings(&self) -> PostSettings {
        let from = "Study Sharper <study@example.org>".to_owned();
        PostSettings { smtp_url: Secret::new(self.url()), from }
    }

    /// The letters that came.
    pub fn letters(&self) -> Vec<Letter> {
        self.desk().letters.clone()
    }

    /// How many were sent, also those that were not taken.
    pub fn tries(&self) -> usize {
        self.desk().tries
    }

    /// The newest letter to someone, once there are so many of them to them. It blocks.
    ///
    /// # Panics
    /// When ten seconds pass without it.
    pub fn letter(&self, to: &str, number: usize) -> Letter {
        let until = Instant::now() + Duration::from_secs(10);
        let mut desk = self.desk();
        loop {
            let found: Vec<&Letter> = desk.letters.iter().filter(|letter| letter.to == to).collect();
            if found.len() >= number
                && let Some(letter) = found.last()
            {
                return (*letter).clone();
            }
            let left = until.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "no letter number {number} came to {to}: {:?}", desk.letters);
            desk = self.desk.1.wait_timeout(desk, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn desk(&self) -> std::sync::MutexGuard<'_, Desk> {
        self.desk.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Letter {
    /// The value of `token=` in its link.
    ///
    /// # Panics
    /// When it holds none.
    pub fn token(&self) -> String {
        let (_, rest) = self.text.split_once("token=").expect("a link with a token");
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect()
    }
}

/// One connection (RFC 5321), until the other side says `QUIT` or hangs up.
fn serve(stream: &TcpStream, desk: &(Mutex<Desk>, Condvar)) {
    let (mut lines, mut out) = (BufReader::new(stream).lines(), stream);
    let mut say = move |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).is_ok();
    let mut to = String::new();
    say("220 localhost ESMTP");
    while let Some(Ok(line)) = lines.next() {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let going = match word.as_str() {
            "EHLO" | "HELO" => say("250 localhost"),
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                say("250 OK")
            }
            "DATA" => {
                say("354 Go on");
                let data: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                say(taken(&data, &to, desk))
            }
            "QUIT" => {
                say("221 Bye");
                false
            }
            _ => say("250 OK"),
        };
        if !going {
            return;
        }
    }
}

fn taken(data: &[String], to: &str, desk: &(Mutex<Desk>, Condvar)) -> &'static str {
    let mut at_desk = desk.0.lock().unwrap_or_else(PoisonError::into_inner);
    at_desk.tries += 1;
    match at_desk.does.pop_front() {
        Some(Answers::Busy) => return "451 Later",
        Some(Answers::Never) => return "550 Never",
        None => {}
    }
    let end = data.iter().position(String::is_empty).unwrap_or(data.len());
    let (head, body) = (data[..end].join("\n"), data.get(end + 1..).unwrap_or_default().join("\n"));
    let text = if head.to_ascii_lowercase().contains("quoted-printable") { unquoted(&body) } else { body };
    at_desk.letters.push(Letter { to: to.to_owned(), head, text: text + "\n" });
    desk.1.notify_all();
    "250 Taken"
}

/// Quoted-printable (RFC 2045, 6.7) as text.
fn unquoted(text: &str) -> String {
    let (joined, mut bytes) = (text.replace("=\n", ""), Vec::new());
    let mut rest = joined.as_bytes();
    while let [first, others @ ..] = rest {
        let hex = others.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
