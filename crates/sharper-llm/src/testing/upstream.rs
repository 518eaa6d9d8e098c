//! `Upstream`: a server on a port of this machine that answers each request by a script of bytes and pauses.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// A request that came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Which request it is, from 0.
    pub number: usize,
    /// Which connection it came on, from 0.
    pub connection: usize,
    /// `POST /v1/chat/completions`
    pub line: String,
    /// Its headers, as they came, without the request line.
    pub headers: String,
    /// Its body; null when it is not JSON.
    pub body: Value,
    /// The same as it came.
    pub bytes: Vec<u8>,
}

/// What the server does with one request.
#[derive(Debug, Clone, Default)]
pub struct Act {
    steps: Vec<Step>,
}

#[derive(Debug, Clone)]
enum Step {
    Send(Vec<u8>),
    /// One byte at a time, with this pause after each.
    Drip(Vec<u8>, Duration),
    Pause(Duration),
    /// Nothing more, with the connection open.
    Hang,
    /// The connection is closed with a TCP reset.
    Reset,
    /// The connection is closed as TCP ends.
    Close,
}

impl Act {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Sends these bytes as they are.
    pub fn send(self, bytes: impl AsRef<[u8]>) -> Self {
        self.then(Step::Send(bytes.as_ref().to_vec()))
    }

    /// Sends these bytes one at a time.
    pub fn drip(self, bytes: impl AsRef<[u8]>, each: Duration) -> Self {
        self.then(Step::Drip(bytes.as_ref().to_vec(), each))
    }

    /// Waits.
    pub fn pause(self, time: Duration) -> Self {
        self.then(Step::Pause(time))
    }

    /// Says nothing more.
    pub fn hang(self) -> Self {
        self.then(Step::Hang)
    }

    /// Resets the connection.
    pub fn reset(self) -> Self {
        self.then(Step::Reset)
    }

    /// Closes the connection.
    pub fn close(self) -> Self {
        self.then(Step::Close)
    }

    /// A whole response.
    pub fn respond(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.as_ref().len();
        Self::new()
            .send(format!("HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\n\r\n"))
            .send(body)
    }

    /// A whole response in JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::respond(status, &[("Content-Type", "application/json")], body.to_string())
    }

    /// An error in OpenAI's shape.
    pub fn error(status: u16, code: &str) -> Self {
        Self::json(status, &json!({"error": {"message": format!("canary-body {code}"), "code": code}}))
    }

    /// One whole completion, as to a request without `stream`.
    pub fn whole(text: &str) -> Self {
        let message = json!({"role": "assistant", "content": text});
        let usage = json!({"prompt_tokens": 11, "completion_tokens": 22, "total_tokens": 33});
        Self::json(
            200,
            &json!({
                "model": "test/model-1",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": usage,
            }),
        )
    }

    /// The head of a stream, whose body comes in HTTP chunks.
    pub fn stream_head() -> Self {
        Self::new()
            .send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    }

    /// These bytes as one HTTP chunk of the body.
    pub fn chunk(self, bytes: impl AsRef<[u8]>) -> Self {
        let bytes = bytes.as_ref();
        self.send([format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat())
    }

    /// An event of the stream.
    pub fn event(self, data: impl AsRef<str>) -> Self {
        self.chunk(format!("data: {}\n\n", data.as_ref()))
    }

    /// Text of the answer.
    pub fn delta(self, text: &str) -> Self {
        self.event(json!({"choices": [{"index": 0, "delta": {"content": text}}]}).to_string())
    }

    /// The reason for stopping.
    pub fn finish(self, reason: &str) -> Self {
        self.event(json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]}).to_string())
    }

    /// The usage, with a cost.
    pub fn usage(self) -> Self {
        let usage = json!({"prompt_tokens": 11, "completion_tokens": 22, "cost": 0.0005});
        self.event(json!({"model": "test/model-1", "choices": [], "usage": usage}).to_string())
    }

    /// `[DONE]` and the end of the body.
    pub fn done(self) -> Self {
        self.event("[DONE]").end()
    }

    /// The end of the body.
    pub fn end(self) -> Self {
        self.send("0\r\n\r\n")
    }

    /// A good stream, as OpenRouter sends it: comments, a role, pieces of 16 characters, a reason, usage, the end.
    pub fn stream(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let begun = Self::stream_head()
            .chunk(": OPENROUTER PROCESSING\n\n")
            .event(r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#);
        let said = characters.chunks(16).fold(begun, |act, piece| act.delta(&String::from_iter(piece)));
        said.finish("stop").usage().done()
    }

    /// Whether the connection can be used for another request after it.
    async fn play(self, socket: &mut TcpStream) -> std::io::Result<bool> {
        // What can go in one write does, as with a real server; only pauses part it.
        let mut waiting = Vec::new();
        for step in self.steps {
            if let Step::Send(bytes) = step {
                waiting.extend(bytes);
                continue;
            }
            socket.write_all(&std::mem::take(&mut waiting)).await?;
            match step {
                Step::Send(_) => {}
                Step::Drip(bytes, each) => {
                    for byte in bytes {
                        socket.write_all(&[byte]).await?;
                        sleep(each).await;
                    }
                }
                Step::Pause(time) => sleep(time).await,
                Step::Hang => {
                    // Until the client has had enough.
                    let mut ignored = [0; 64];
                    while socket.read(&mut ignored).await? > 0 {}
                    return Ok(false);
                }
                Step::Reset => {
                    socket.set_zero_linger()?;
                    return Ok(false);
                }
                Step::Close => return Ok(false),
            }
        }
        socket.write_all(&waiting).await?;
        Ok(true)
    }
}

/// What to do with each request.
type Script = dyn Fn(&Seen) -> Act + Send + Sync;

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Upstream {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    /// Ends with it.
    _accepting: JoinSet<()>,
}

impl Upstream {
    /// Starts a server on a free port that answers by `script`.
    pub async fn start(script: impl Fn(&Seen) -> Act + Send + Sync + 'static) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let mut accepting = JoinSet::new();
        accepting.spawn(accept(listener, Arc::new(script), Arc::clone(&seen)));
        Ok(Self { address, seen, _accepting: accepting })
    }

    /// Its base address, with `/v1`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Every request so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many requests so far.
    pub fn calls(&self) -> usize {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

async fn accept(listener: TcpListener, script: Arc<Script>, seen: Arc<Mutex<Vec<Seen>>>) {
    let mut connections = JoinSet::new();
    for connection in 0.. {
        let Ok((socket, _)) = listener.accept().await else { return };
        let (script, seen) = (Arc::clone(&script), Arc::clone(&seen));
        connections.spawn(async move {
            // A client that goes away is no failure of the server.
            let _gone = serve(socket, connection, &*script, &seen).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(
    mut socket: TcpStream,
    connection: usize,
    script: &Script,
    seen: &Mutex<Vec<Seen>>,
) -> std::io::Result<()> {
    socket.set_nodelay(true)?;
    let mut received = Vec::new();
    while let Some((line, headers, body)) = request(&mut socket, &mut received).await? {
        let request = {
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            let (body, bytes) = (serde_json::from_slice(&body).unwrap_or_default(), body);
            let request = Seen { number: seen.len(), connection, line, headers, body, bytes };
            seen.push(request.clone());
            request
        };
        if !script(&request).play(&mut socket).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Reads one request: its line without the version, its headers, its body. `None` when the client has closed.
async fn request(
    socket: &mut TcpStream,
    received: &mut Vec<u8>,
) -> std::io::Result<Option<(String, String, Vec<u8>)>> {
    loop {
        if let Some(end) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&received[..end]).into_owned();
            let (line, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
            let length = headers.lines().find_map(|header| {
                let (name, value) = header.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
            });
            let whole = end + 4 + length.unwrap_or(0);
            if received.len() >= whole {
                let body = received[end + 4..whole].to_vec();
                received.drain(..whole);
                let line = line.trim_end_matches(" HTTP/1.1").to_owned();
                return Ok(Some((line, headers.to_owned(), body)));
            }
        }
        let mut more = [0; 16 << 10];
        match socket.read(&mut more).await? {
            0 => return Ok(None),
            n => received.extend_from_slice(&more[..n]),
        }
    }
}
