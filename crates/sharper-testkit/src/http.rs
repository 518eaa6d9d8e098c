//! A small blocking HTTP/1.1 client over a plain socket: one request a connection, every byte in sight.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

use crate::sse::EventStream;

/// How long an answer may be silent before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends requests to one server, with the same headers each.
#[derive(Debug, Clone)]
pub struct Client {
    address: SocketAddr,
    headers: Vec<(String, String)>,
    patience: Duration,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// Names (in small letters) and values, in the order they came.
    pub headers: Vec<(String, String)>,
    /// The body, taken out of its chunks.
    pub body: Vec<u8>,
}

impl Client {
    /// A client of the server at `address`.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, headers: Vec::new(), patience: PATIENCE }
    }

    /// The same client, sending one more header with each request.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same client, waiting at most so long for the next byte (60 s at first).
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// GET.
    #[track_caller]
    pub fn get(&self, path: &str) -> Response {
        self.send("GET", path, &[], b"")
    }

    /// POST with a JSON body.
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Response {
        self.send_json("POST", path, body)
    }

    /// PUT with a JSON body.
    #[track_caller]
    pub fn put(&self, path: &str, body: &Value) -> Response {
        self.send_json("PUT", path, body)
    }

    /// DELETE.
    #[track_caller]
    pub fn delete(&self, path: &str) -> Response {
        self.send("DELETE", path, &[], b"")
    }

    /// Any method with a JSON body.
    #[track_caller]
    pub fn send_json(&self, method: &str, path: &str, body: &Value) -> Response {
        self.send(method, path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
    }

    /// Any request.
    ///
    /// # Panics
    /// When no whole answer comes.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Response {
        match self.try_send(method, path, headers, body) {
            Ok(response) => response,
            Err(error) => panic!("{method} {path} of {}: {error}", self.address),
        }
    }

    /// Any request, for a server that may be gone.
    ///
    /// # Errors
    /// When the connection is refused or cut, or the answer is not HTTP.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Response> {
        let (status, headers, mut body) = self.begin(method, path, headers, body)?;
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)?;
        Ok(Response { status, headers, body: bytes })
    }

    /// Opens an event stream; `last_event_id` goes into the header of that name.
    ///
    /// # Panics
    /// When the answer is not 200 with `text/event-stream`.
    #[track_caller]
    pub fn stream(&self, path: &str, last_event_id: Option<&str>) -> EventStream {
        let mut headers = vec![("Accept", "text/event-stream")];
        headers.extend(last_event_id.map(|id| ("Last-Event-ID", id)));
        let (status, headers, mut body) = match self.begin("GET", path, &headers, b"") {
            Ok(answer) => answer,
            Err(error) => panic!("stream {path} of {}: {error}", self.address),
        };
        let kind = headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value.as_str());
        if status != 200 || !kind.is_some_and(|kind| kind.starts_with("text/event-stream")) {
            let mut text = String::new();
            let _ = body.read_to_string(&mut text);
            panic!("stream {path} answered {status} with {kind:?}: {text}");
        }
        EventStream::new(Box::new(body), headers)
    }

    /// Writes the bytes as they are and reads all that comes back until the server closes.
    ///
    /// # Errors
    /// When the connection is refused or falls silent.
    pub fn raw(&self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        let mut socket = self.connect()?;
        socket.write_all(bytes)?;
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer)?;
        Ok(answer)
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let socket = TcpStream::connect_timeout(&self.address, self.patience)?;
        socket.set_read_timeout(Some(self.patience))?;
        socket.set_write_timeout(Some(self.patience))?;
        socket.set_nodelay(true)?;
        Ok(socket)
    }

    fn begin(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Answer> {
        let mut socket = self.connect()?;
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        let own = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.chain(headers.iter().copied()) {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() || matches!(method, "POST" | "PUT" | "PATCH") {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        // One write, so that a server that answers early and closes does not cut us between two.
        socket.write_all(&[request.as_bytes(), body].concat())?;
        read_head(BufReader::new(socket), method)
    }
}

impl Response {
    /// The first header of that name (in any letters).
    pub fn header(&self, name: &str) -> Option<&str> {
        let name = name.to_lowercase();
        self.headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// The body as text; bytes that are not UTF-8 become U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(error) => panic!("{} with a body that is not JSON ({error}): {}", self.status, self.text()),
        }
    }

    /// The answer itself, if it has this status.
    ///
    /// # Panics
    /// When it has another; the message holds the body.
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

/// Status, headers and the body still to read.
type Answer = (u16, Vec<(String, String)>, Body);

fn read_head(mut reader: BufReader<TcpStream>, method: &str) -> io::Result<Answer> {
    let line = read_line(&mut reader)?;
    let status = line.strip_prefix("HTTP/1.").and_then(|rest| rest.split(' ').nth(1)?.parse::<u16>().ok());
    let status = status.ok_or_else(|| malformed(&line))?;
    let mut headers = Vec::new();
    loop {
        let line = read_line(&mut reader)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed(&line))?;
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let value = |name: &str| headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    let framing = if method == "HEAD" || matches!(status, 100..=199 | 204 | 304) {
        Framing::Length(0)
    } else if value("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked")) {
        Framing::Chunk(0)
    } else {
        match value("content-length") {
            Some(length) => Framing::Length(length.parse().map_err(|_| malformed(length))?),
            None => Framing::UntilClose,
        }
    };
    Ok((status, headers, Body { reader, framing }))
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("not HTTP: {what:?}"))
}

fn read_line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the connection was closed"));
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// How the end of the body is known.
enum Framing {
    /// So many bytes are still to come.
    Length(u64),
    /// So many bytes of the present chunk are still to come.
    Chunk(u64),
    UntilClose,
}

/// The body of an answer, out of its chunks. A body cut short is an error of kind `UnexpectedEof`.
struct Body {
    reader: BufReader<TcpStream>,
    framing: Framing,
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Framing::Chunk(0) = self.framing {
            let line = read_line(&mut self.reader)?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            let size = u64::from_str_radix(digits, 16).map_err(|_| malformed(&line))?;
            if size == 0 {
                while !read_line(&mut self.reader)?.is_empty() {}
                self.framing = Framing::Length(0);
            } else {
                self.framing = Framing::Chunk(size);
            }
        }
        let left = match self.framing {
            Framing::Length(left) | Framing::Chunk(left) => left,
            Framing::UntilClose => return self.reader.read(buffer),
        };
        let room = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if room == 0 {
            // Not even a look at the socket: a server that keeps the connection open would hold us there.
            return Ok(0);
        }
        let count = self.reader.read(&mut buffer[..room])?;
        if count == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the body was cut short"));
        }
        self.consume(count as u64)?;
        Ok(count)
    }
}

impl Body {
    /// Counts what was read, and steps over the end of a chunk.
    fn consume(&mut self, count: u64) -> io::Result<()> {
        match &mut self.framing {
            Framing::Length(left) => *left -= count,
            Framing::Chunk(left) => {
                *left -= count;
                if *left == 0 && count > 0 {
                    read_line(&mut self.reader)?;
                }
            }
            Framing::UntilClose => {}
        }
        Ok(())
    }
}
