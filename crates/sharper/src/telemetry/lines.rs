//! Log lines. One event is one line, whatever its values hold: line ends and control characters are escaped.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Map, Value};
use sharper_domain::Clock;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::{Net, fields, net};
use crate::clock::SystemClock;

/// A line a JSON object: time, level, target, message, and every field of the event and of the spans around it.
pub(super) struct Json<M> {
    net: Arc<Net>,
    out: M,
}

impl<M> Json<M> {
    pub(super) fn new(net: Arc<Net>, out: M) -> Self {
        Self { net, out }
    }
}

impl<S, M> Layer<S> for Json<M>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    M: for<'a> MakeWriter<'a> + 'static,
{
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let about = event.metadata();
        let mut line = Map::new();
        line.insert("timestamp".into(), SystemClock.now().to_string().into());
        line.insert("level".into(), about.level().as_str().into());
        line.insert("target".into(), about.target().into());
        let mut fields = fields::of(event, &context);
        line.extend(fields.remove("message").map(|message| ("message".to_owned(), message)));
        for (name, value) in fields {
            line.entry(name).or_insert(value);
        }
        let line = Value::Object(line).to_string();
        let line = self.net.clean_line(&line, net::is_letter(about));
        // A log that cannot be written has nobody to tell.
        let _ = self.out.make_writer().write_all(format!("{}\n", escaped(&line, false)).as_bytes());
    }
}

/// Standard error for the text format, a line a call.
pub(super) struct Lines {
    net: Arc<Net>,
    colours: bool,
}

impl Lines {
    pub(super) fn new(net: Arc<Net>, colours: bool) -> Self {
        Self { net, colours }
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line<'a>;

    fn make_writer(&'a self) -> Line<'a> {
        Line { lines: self, letter: false }
    }

    fn make_writer_for(&'a self, about: &tracing::Metadata<'_>) -> Line<'a> {
        Line { lines: self, letter: net::is_letter(about) }
    }
}

/// One line of text on its way out.
pub(super) struct Line<'a> {
    lines: &'a Lines,
    letter: bool,
}

impl Write for Line<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let (line, end) = text.strip_suffix('\n').map_or((&*text, ""), |line| (line, "\n"));
        let line = self.lines.net.clean_line(line, self.letter);
        let line = escaped(&line, self.lines.colours);
        io::stderr().write_all(format!("{line}{end}").as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// The text with control characters as `\u{…}`. With `colours` the escape stays, which paints the line: values lose
/// theirs where the line is put together.
fn escaped(text: &str, colours: bool) -> Cow<'_, str> {
    let harmful = |letter: char| letter.is_control() && letter != '\t' && !(colours && letter == '\u{1b}');
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\n' => clean.push_str("\\n"),
            '\r' => clean.push_str("\\r"),
            letter if harmful(letter) => {
                let _ = write!(clean, "\\u{:04x}", u32::from(letter));
            }
            letter => clean.push(letter),
        }
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What is written while `tell` runs.
    fn written(secrets: &str, tell: impl FnOnce()) -> String {
        let out = Shared::default();
        let also = out.clone();
        let table = secrets.parse().unwrap();
        let net = Arc::new(Net::for_table(&table));
        let subscriber =
            tracing_subscriber::registry().with(fields::Keep).with(Json::new(net, move || also.clone()));
        tracing::subscriber::with_default(subscriber, tell);
        String::from_utf8(out.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn a_line_holds_the_fields_of_the_spans_around_it() {
        let line = written("", || {
            let request = tracing::info_span!("request", request_id = "r-1", status = 0, otel.name = "GET /");
            let _inside = request.enter();
            tracing::info_span!("job", job = 7).in_scope(|| tracing::warn!(status = 3, "it went {}", "so"));
        });
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&line["request_id"], &line["job"]), (&"r-1".into(), &7.into()));
        assert_eq!((&line["message"], &line["status"]), (&"it went so".into(), &3.into()));
        assert_eq!((&line["level"], line.get("otel.name")), (&"WARN".into(), None));
    }

    #[test]
    fn one_event_is_one_line_whatever_it_holds() {
        let evil = "a\r\nlevel=ERROR forged\n\u{1b}[31mred\u{9b}2J\u{7f}\0";
        let lines = written("", || tracing::info!(evil, "also {evil}"));
        assert_eq!(lines.lines().count(), 1, "{lines:?}");
        assert!(!lines.trim_end().contains(char::is_control), "{lines:?}");
        let line: Value = serde_json::from_str(&lines).unwrap();
        assert!(line["evil"].as_str().unwrap().starts_with("a\r\nlevel=ERROR"));
        assert_eq!(escaped(evil, false), "a\\r\\nlevel=ERROR forged\\n\\u001b[31mred\\u009b2J\\u007f\\u0000");
        assert!(escaped("\u{1b}[31mred\u{1b}[0m", true).contains('\u{1b}'));
    }

    #[test]
    fn no_secret_and_no_address_is_written() {
        let line = written("[llm]\napi_key = 'can\"ary-key'", || {
            tracing::error!(key = "can\"ary-key", mail = "ada@example.org", "sent can\"ary-key");
        });
        assert!(!line.contains("ary-key") && !line.contains("ada@"), "{line}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["message"], "sent [secret]");
    }
}
