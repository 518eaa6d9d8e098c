//! `SseDecoder`: `text/event-stream` as it arrives, cut anywhere, into the data of its events.
//!
//! After the WHATWG HTML standard, §9.2.6; only `data` matters to us. Any cut of the same bytes gives the same events.

use crate::Error;

/// The longest event, in bytes.
const EVENT_BYTES: usize = 1 << 20;

/// Reads a stream of server-sent events piece by piece.
#[derive(Debug, Default)]
pub struct SseDecoder {
    /// The line that has begun.
    line: Vec<u8>,
    /// The data of the event that has begun.
    data: String,
    /// Whether a `data` field has come since the last event; its value may be empty.
    has_data: bool,
    /// Whether the last byte was CR, so that an LF after it ends no second line.
    after_cr: bool,
    /// Whether a line has ended: only before the first one may a byte order mark stand.
    begun: bool,
}

impl SseDecoder {
    /// At the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next bytes and adds the data of each event that they end to `events`.
    ///
    /// `Malformed` when a line is not UTF-8 or an event is too long; the decoder is of no use after that.
    pub fn push(&mut self, mut bytes: &[u8], events: &mut Vec<String>) -> Result<(), Error> {
        while let Some(first) = bytes.first() {
            if std::mem::take(&mut self.after_cr) && *first == b'\n' {
                bytes = &bytes[1..];
                continue;
            }
            let Some(end) = bytes.iter().position(|&b| b == b'\n' || b == b'\r') else {
                self.line.extend_from_slice(bytes);
                return self.bounded();
            };
            self.after_cr = bytes[end] == b'\r';
            let (line, rest) = (&bytes[..end], &bytes[end + 1..]);
            if self.line.is_empty() {
                self.end_line(line, events)?;
            } else {
                self.line.extend_from_slice(line);
                let whole = std::mem::take(&mut self.line);
                self.end_line(&whole, events)?;
            }
            bytes = rest;
        }
        Ok(())
    }

    /// The stream has ended. The standard drops an event that no empty line has ended; servers leave that line out, so
    /// its data is given, and whether it is whole is for the reader of the data to see.
    pub fn finish(mut self, events: &mut Vec<String>) -> Result<(), Error> {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.end_line(&line, events)?;
        }
        self.end_line(b"", events)
    }

    fn end_line(&mut self, line: &[u8], events: &mut Vec<String>) -> Result<(), Error> {
        let line = match std::mem::replace(&mut self.begun, true) {
            true => line,
            false => line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line),
        };
        let line = str::from_utf8(line).map_err(|_| Error::malformed("the stream is not UTF-8"))?;
        if line.is_empty() {
            if std::mem::take(&mut self.has_data) {
                events.push(std::mem::take(&mut self.data));
            }
            return Ok(());
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        if field == "data" {
            if std::mem::replace(&mut self.has_data, true) {
                self.data.push('\n');
            }
            self.data.push_str(value.strip_prefix(' ').unwrap_or(value));
        }
        self.bounded()
    }

    fn bounded(&self) -> Result<(), Error> {
        match self.line.len() + self.data.len() {
            n if n > EVENT_BYTES => Err(Error::malformed("an event of the stream is too long")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decode(pieces: &[&[u8]]) -> Result<Vec<String>, Error> {
        let (mut decoder, mut events) = (SseDecoder::new(), Vec::new());
        for piece in pieces {
            decoder.push(piece, &mut events)?;
        }
        decoder.finish(&mut events)?;
        Ok(events)
    }

    fn check(stream: &str, events: &[&str]) {
        assert_eq!(decode(&[stream.as_bytes()]).unwrap(), events, "{stream:?}");
    }

    #[test]
    fn an_event_ends_with_an_empty_line() {
        check("data: a\n\ndata: b\n\n", &["a", "b"]);
        check("data:a\n\ndata:  b\n\n", &["a", " b"]);
    }

    #[test]
    fn lines_end_with_lf_cr_or_both() {
        check("data: a\r\n\r\ndata: b\r\rdata: c\n\n", &["a", "b", "c"]);
        check("data: a\r\ndata: b\r\n\r\n", &["a\nb"]);
    }

    #[test]
    fn several_data_lines_are_one_event() {
        check("data: {\ndata: }\n\n", &["{\n}"]);
        check("data\ndata\n\n", &["\n"]);
    }

    #[test]
    fn comments_other_fields_and_empty_events_give_nothing() {
        check(": OPENROUTER PROCESSING\n\n:\nevent: x\nid: 7\nretry: 10\n\ndata: a\n\n\n\n", &["a"]);
        check("dataset: a\n\n", &[]);
    }

    #[test]
    fn the_last_event_needs_no_empty_line() {
        check("data: [DONE]", &["[DONE]"]);
        check("data: a\n", &["a"]);
    }

    #[test]
    fn a_byte_order_mark_may_stand_first_only() {
        check("\u{feff}data: a\n\n", &["a"]);
        check("data: a\n\n\u{feff}data: b\n\n", &["a"]);
    }

    #[test]
    fn what_is_not_utf_8_is_malformed() {
        assert!(matches!(decode(&[b"data: \xff\n\n"]), Err(Error::Malformed(_))));
        assert!(matches!(decode(&[b"data: \xe2\x82"]), Err(Error::Malformed(_))));
    }

    #[test]
    fn a_line_without_end_is_cut_off_at_a_megabyte() {
        let piece = [b'x'; 65_536];
        let (mut decoder, mut events) = (SseDecoder::new(), Vec::new());
        let pushed = (0..=16).find_map(|_| decoder.push(&piece, &mut events).err());
        assert!(matches!(pushed, Some(Error::Malformed(_))));
    }

    proptest! {
        #[test]
        fn any_cut_of_the_bytes_gives_the_same_events(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("data: ".to_owned()), Just("data:".to_owned()), Just("\n".to_owned()), Just("\r".to_owned()),
                    Just("\r\n".to_owned()), Just(": c".to_owned()), Just("\u{feff}".to_owned()), "[a-zé光{}:]{0,6}",
                ],
                0..40,
            ),
            cuts in proptest::collection::vec(0usize..200, 0..12),
        ) {
            let text = parts.concat();
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            prop_assert_eq!(decode(&pieces).unwrap(), decode(&[bytes]).unwrap());
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = decode(&[&bytes]);
        }
    }
}
