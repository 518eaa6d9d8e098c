//! Event streams, read as the HTML standard says a browser must, with every byte counted.

use std::io::Read;

/// One event of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamEvent {
    /// The last id the stream had named when the event ended.
    pub id: Option<String>,
    /// The event's own name; `None` for an unnamed one, which `onmessage` sees.
    pub name: Option<String>,
    /// The data lines, joined by line feeds.
    pub data: String,
}

impl StreamEvent {
    /// The data as JSON.
    ///
    /// # Panics
    /// When it is not JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        match serde_json::from_str(&self.data) {
            Ok(value) => value,
            Err(error) => panic!("event {:?} is not JSON ({error}): {}", self.id, self.data),
        }
    }
}

/// An open stream: an iterator over its events, which ends when the server ends it, when the connection is cut,
/// or at the byte that was asked for. Dropping it closes the connection.
pub struct EventStream {
    body: Option<Box<dyn Read + Send>>,
    headers: Vec<(String, String)>,
    decoder: Decoder,
    ready: std::collections::VecDeque<StreamEvent>,
    bytes: u64,
    stop_at: u64,
    cut: Option<String>,
}

impl EventStream {
    pub(crate) fn new(body: Box<dyn Read + Send>, headers: Vec<(String, String)>) -> Self {
        Self {
            body: Some(body),
            headers,
            decoder: Decoder::default(),
            ready: std::collections::VecDeque::new(),
            bytes: 0,
            stop_at: u64::MAX,
            cut: None,
        }
    }

    /// The same stream, cut by this side after so many bytes of its body.
    #[must_use]
    pub fn stop_at(mut self, bytes: u64) -> Self {
        self.stop_at = bytes;
        self
    }

    /// How many bytes of the body were read.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The last id of a whole event: what a client that reconnects sends as `Last-Event-ID`.
    pub fn last_id(&self) -> Option<&str> {
        self.decoder.last_id.as_deref()
    }

    /// What the server asked for in `retry:`, in milliseconds.
    pub fn retry(&self) -> Option<u64> {
        self.decoder.retry
    }

    /// How many comment lines came (they keep the connection alive).
    pub fn comments(&self) -> u64 {
        self.decoder.comments
    }

    /// A header of the answer, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Why the stream ended before its proper end, if it did: the error of the socket.
    pub fn cut(&self) -> Option<&str> {
        self.cut.as_deref()
    }

    /// Reads on; false at the end.
    fn read_on(&mut self) -> bool {
        let Some(body) = &mut self.body else { return false };
        let mut buffer = [0; 4096];
        let room = (self.stop_at - self.bytes).min(buffer.len() as u64) as usize;
        let count = match body.read(&mut buffer[..room]) {
            Ok(count) => count,
            Err(error) => {
                self.cut = Some(error.to_string());
                0
            }
        };
        if count == 0 {
            self.body = None;
            return false;
        }
        self.bytes += count as u64;
        self.ready.extend(self.decoder.push(&buffer[..count]));
        true
    }
}

impl Iterator for EventStream {
    type Item = StreamEvent;

    fn next(&mut self) -> Option<StreamEvent> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if !self.read_on() {
                return None;
            }
        }
    }
}

/// Bytes in, events out. An event that its empty line has not ended is not an event.
#[derive(Debug, Default)]
pub struct Decoder {
    line: Vec<u8>,
    after_carriage_return: bool,
    begun: bool,
    id: Option<String>,
    name: Option<String>,
    data: String,
    last_id: Option<String>,
    retry: Option<u64>,
    comments: u64,
}

impl Decoder {
    /// The events that these bytes complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<StreamEvent> {
        let mut events = Vec::new();
        for &byte in bytes {
            let second_of_pair = self.after_carriage_return && byte == b'\n';
            self.after_carriage_return = byte == b'\r';
            match byte {
                _ if second_of_pair => {}
                b'\r' | b'\n' => {
                    let line = std::mem::take(&mut self.line);
                    events.extend(self.end_line(&line));
                }
                _ => self.line.push(byte),
            }
        }
        events
    }

    fn end_line(&mut self, line: &[u8]) -> Option<StreamEvent> {
        let text = String::from_utf8_lossy(line);
        let text = if self.begun { &*text } else { text.strip_prefix('\u{feff}').unwrap_or(&text) };
        self.begun = true;
        if text.is_empty() {
            return self.end_event();
        }
        let (field, value) = text.split_once(':').unwrap_or((text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" => self.comments += 1,
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => self.name = Some(value.to_owned()),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => self.retry = value.parse().ok(),
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<StreamEvent> {
        self.last_id.clone_from(&self.id);
        let name = self.name.take().filter(|name| !name.is_empty());
        let mut data = std::mem::take(&mut self.data);
        data.pop()?;
        Some(StreamEvent { id: self.last_id.clone(), name, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: Option<&str>, name: Option<&str>, data: &str) -> StreamEvent {
        StreamEvent { id: id.map(str::to_owned), name: name.map(str::to_owned), data: data.to_owned() }
    }

    /// The events of a text, however it is cut in two.
    #[track_caller]
    fn check(text: &str, expected: &[StreamEvent]) {
        for cut in 0..=text.len() {
            let mut decoder = Decoder::default();
            let mut events = decoder.push(&text.as_bytes()[..cut]);
            events.extend(decoder.push(&text.as_bytes()[cut..]));
            assert_eq!(events, expected, "cut at {cut}");
        }
    }

    #[test]
    fn an_event_ends_at_an_empty_line() {
        check("data: a\n\ndata: b\n\n", &[event(None, None, "a"), event(None, None, "b")]);
    }

    #[test]
    fn an_event_without_its_empty_line_is_none() {
        check("data: a\n", &[]);
    }

    #[test]
    fn all_three_line_ends_are_line_ends() {
        check(
            "data: a\r\n\r\ndata: b\r\rdata: c\n\n",
            &[event(None, None, "a"), event(None, None, "b"), event(None, None, "c")],
        );
    }

    #[test]
    fn data_lines_are_joined_and_lose_one_space() {
        check("data:a\ndata:  b\ndata\n\n", &[event(None, None, "a\n b\n")]);
    }

    #[test]
    fn an_id_stays_until_the_next() {
        check(
            "id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
            &[event(Some("1"), None, "a"), event(Some("1"), None, "b"), event(Some(""), None, "c")],
        );
    }

    #[test]
    fn an_id_with_a_nul_is_no_id() {
        check("id: a\0b\ndata: a\n\n", &[event(None, None, "a")]);
    }

    #[test]
    fn a_name_belongs_to_one_event() {
        check("event: x\ndata: a\n\ndata: b\n\n", &[event(None, Some("x"), "a"), event(None, None, "b")]);
    }

    #[test]
    fn a_byte_order_mark_is_stepped_over_once() {
        check("\u{feff}data: a\n\n\u{feff}data: b\n\n", &[event(None, None, "a")]);
    }

    #[test]
    fn comments_and_retry_are_noted_and_are_no_events() {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.push(b": hello\nretry: 2000\nretry: 2s\n\n"), []);
        assert_eq!((decoder.comments, decoder.retry), (1, Some(2000)));
    }

    #[test]
    fn the_last_id_is_that_of_a_whole_event() {
        let mut decoder = Decoder::default();
        decoder.push(b"id: 1\ndata: a\n\nid: 2\ndata: b\n");
        assert_eq!(decoder.last_id.as_deref(), Some("1"));
    }

    #[test]
    fn a_stream_can_be_cut_at_any_byte() {
        let text = "id: 1\ndata: a\n\nid: 2\ndata: b\n\n";
        for cut in 0..=text.len() {
            let body = Box::new(std::io::Cursor::new(text.as_bytes()));
            let mut stream = EventStream::new(body, Vec::new()).stop_at(cut as u64);
            let whole = text[..cut].matches("\n\n").count();
            assert_eq!(stream.by_ref().count(), whole, "cut at {cut}");
            assert_eq!(stream.bytes(), cut as u64);
        }
    }
}
