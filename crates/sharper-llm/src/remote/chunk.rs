//! The answer on the wire: chunks of a stream, or one whole completion, read with tolerance and put together.
//!
//! Servers differ in what they leave out, so every field may be absent, null or of an odd kind. Only two things are
//! strict: a chunk must be JSON, and an answer is whole only when the server has said that it ended.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::refusal::Refusal;
use crate::{Cost, Done, Error, Finish, TokenEstimate, Usage};

/// What ends a stream.
const DONE: &str = "[DONE]";

/// A chunk, or a whole completion: they differ by `delta` and `message`.
#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Option<Vec<Option<Choice>>>,
    #[serde(default)]
    usage: Value,
    #[serde(default)]
    error: Value,
    #[serde(default)]
    model: Text,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    index: Option<Value>,
    #[serde(default)]
    delta: Option<Message>,
    #[serde(default)]
    message: Option<Message>,
    /// Of the older completions, and of some servers still.
    #[serde(default)]
    text: Text,
    #[serde(default)]
    finish_reason: Text,
}

#[derive(Deserialize, Default)]
struct Message {
    #[serde(default)]
    content: Text,
    #[serde(default)]
    refusal: Text,
}

/// A text that may come as a string, as a list of parts with a `text` each, as null, or not at all.
#[derive(Default)]
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything that may stand for a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Text, E> {
        Ok(Text(text))
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Text, E> {
        Ok(Text::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Text, A::Error> {
        let mut whole = String::new();
        while let Some(Text(part)) = parts.next_element()? {
            whole.push_str(&part);
        }
        Ok(Text(whole))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut part: A) -> Result<Text, A::Error> {
        let mut found = Text::default();
        while let Some(key) = part.next_key::<String>()? {
            if key == "text" {
                found = part.next_value()?;
            } else {
                part.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Puts an answer together, chunk by chunk.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    finish: Option<Finish>,
    /// Whether the end of the stream was announced.
    ended: bool,
    prompt_tokens: Option<u32>,
    completion_tokens: Option<u32>,
    cost: Option<Cost>,
    model: String,
    written: TokenEstimate,
    has_text: bool,
}

impl Assembly {
    /// Takes the data of one event, or the body of a whole completion; gives its text, which may be none.
    pub(crate) fn take(&mut self, data: &str) -> Result<String, Error> {
        if self.ended || data.trim().is_empty() {
            return Ok(String::new());
        }
        if data.trim() == DONE {
            self.ended = true;
            return Ok(String::new());
        }
        let odd = || Error::malformed("a part of the answer is not a completion");
        // serde would take an array for an object whose fields are all absent.
        let object = data.trim_start().starts_with('{');
        let chunk: Chunk = serde_json::from_str(data).ok().filter(|_| object).ok_or_else(odd)?;
        if is_error(&chunk.error) {
            return Err(Refusal::of_error(&chunk.error).error());
        }
        self.take_usage(&chunk.usage);
        if !chunk.model.0.is_empty() {
            self.model = chunk.model.0;
        }
        let mut text = String::new();
        // We ask for one answer; a second one is not ours.
        let ours = |choice: &Choice| choice.index.as_ref().and_then(Value::as_u64).unwrap_or(0) == 0;
        for choice in chunk.choices.into_iter().flatten().flatten().filter(ours) {
            self.take_choice(choice, &mut text)?;
        }
        self.has_text |= !text.is_empty();
        self.written.push(&text);
        Ok(text)
    }

    fn take_choice(&mut self, choice: Choice, text: &mut String) -> Result<(), Error> {
        let message = choice.delta.or(choice.message).unwrap_or_default();
        let said = if message.content.0.is_empty() { choice.text.0 } else { message.content.0 };
        if self.finish.is_some() && !said.is_empty() {
            return Err(Error::malformed("text came after its end"));
        }
        text.push_str(&said);
        if !message.refusal.0.is_empty() {
            self.finish = Some(Finish::Filtered);
        }
        match choice.finish_reason.0.as_str() {
            "" => {}
            "stop" | "eos" | "end_turn" | "stop_sequence" => self.finish = self.finish.or(Some(Finish::Stop)),
            "length" | "max_tokens" => self.finish = Some(Finish::Length),
            "content_filter" | "refusal" | "safety" => self.finish = Some(Finish::Filtered),
            "error" => return Err(Error::unavailable("the server failed amid the answer")),
            _ => self.finish = Some(Finish::Other),
        }
        Ok(())
    }

    fn take_usage(&mut self, usage: &Value) {
        let tokens = |name: &str| {
            let count = usage.get(name)?;
            count.as_u64().or_else(|| count.as_f64().filter(|n| *n >= 0.0).map(|n| n as u64))
        };
        let small = |count: u64| u32::try_from(count).ok();
        self.prompt_tokens = tokens("prompt_tokens").and_then(small).or(self.prompt_tokens);
        self.completion_tokens = tokens("completion_tokens").and_then(small).or(self.completion_tokens);
        let cost = usage.get("cost");
        let usd = cost.and_then(|cost| cost.as_f64().or_else(|| cost.as_str()?.parse().ok()));
        self.cost = usd.and_then(Cost::reported).or(self.cost);
    }

    /// A whole completion came, and its end with it: it needs no reason for stopping.
    pub(crate) fn end(&mut self) {
        self.ended = true;
    }

    /// Whether nothing more has to come.
    pub(crate) fn is_ended(&self) -> bool {
        self.ended
    }

    /// Whether the model has said why it stopped. Usage may still follow.
    pub(crate) fn is_finished(&self) -> bool {
        self.finish.is_some()
    }

    /// Tokens so far, estimated where they were not counted.
    pub(crate) fn usage(&self, prompt_tokens: u32) -> Usage {
        Usage {
            prompt_tokens: self.prompt_tokens.unwrap_or(prompt_tokens),
            completion_tokens: self.completion_tokens.unwrap_or(self.written.tokens()),
            estimated: self.prompt_tokens.is_none() || self.completion_tokens.is_none(),
        }
    }

    /// The stream is over. An error unless the server had said that the answer ended, and there is one.
    ///
    /// `prompt_tokens` is our estimate, `model` the name that was asked for: both for servers that do not say.
    pub(crate) fn finish(&self, prompt_tokens: u32, model: &str) -> Result<Done, Error> {
        if self.finish.is_none() && !self.ended {
            return Err(Error::unavailable("the answer broke off"));
        }
        let finish = self.finish.unwrap_or(Finish::Other);
        if !self.has_text && finish != Finish::Filtered {
            return Err(Error::malformed("the answer is empty"));
        }
        let named = if self.model.is_empty() { model } else { &self.model };
        Ok(Done { usage: self.usage(prompt_tokens), finish, model: named.to_owned(), cost: self.cost })
    }
}

/// Whether the `error` field holds an error: some servers always send it, as null, empty or false.
fn is_error(error: &Value) -> bool {
    match error {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Class;
    use proptest::prelude::*;

    fn assemble(parts: &[&str]) -> Result<(String, Done), Error> {
        let mut assembly = Assembly::default();
        let mut text = String::new();
        for part in parts {
            text.push_str(&assembly.take(part)?);
        }
        Ok((text, assembly.finish(7, "asked")?))
    }

    const HI: &str = r#"{"choices":[{"delta":{"content":"Hi"}}]}"#;
    const STOP: &str = r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#;

    fn text(parts: &[&str]) -> String {
        assemble(parts).unwrap().0
    }

    fn class(parts: &[&str]) -> Class {
        assemble(parts).unwrap_err().class()
    }

    #[test]
    fn a_stream_of_chunks_is_one_answer() {
        let usage = r#"{"choices":[],"model":"m-1","usage":{"prompt_tokens":5,"completion_tokens":2,"cost":0.00012}}"#;
        let (text, done) = assemble(&[HI, HI, STOP, usage, "[DONE]"]).unwrap();
        assert_eq!(text, "HiHi");
        assert_eq!(done.usage, Usage { prompt_tokens: 5, completion_tokens: 2, estimated: false });
        assert_eq!((done.finish, done.model.as_str()), (Finish::Stop, "m-1"));
        assert_eq!(done.cost, Some(Cost { nano_usd: 120_000, reported: true }));
    }

    #[test]
    fn a_whole_completion_is_one_chunk() {
        let whole = r#"{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}"#;
        assert_eq!(text(&[whole]), "Hi");
    }

    #[test]
    fn without_usage_it_is_estimated_and_said_so() {
        for usage in ["null", "{}", "[]", "\"\"", r#"{"prompt_tokens":null}"#] {
            let chunk = format!(r#"{{"choices":[],"usage":{usage}}}"#);
            let done = assemble(&[HI, STOP, &chunk, "[DONE]"]).unwrap().1;
            assert_eq!(
                done.usage,
                Usage { prompt_tokens: 7, completion_tokens: 1, estimated: true },
                "{usage}"
            );
            assert_eq!(done.model, "asked");
        }
    }

    #[test]
    fn content_may_be_parts_null_absent_or_of_the_older_kind() {
        for (chunk, expected) in [
            (
                r#"{"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}"#,
                "ab",
            ),
            (r#"{"choices":[{"delta":{"role":"assistant","content":null}}]}"#, ""),
            (r#"{"choices":[{"delta":null}]}"#, ""),
            (r#"{"choices":[null]}"#, ""),
            (r#"{"choices":null}"#, ""),
            (r#"{"choices":[{"text":"a"}]}"#, "a"),
            (r#"{"choices":[{"index":1,"delta":{"content":"other"}}]}"#, ""),
            (r#"{"id":7,"choices":[{"delta":{"content":"a","tool_calls":[{}]},"logprobs":{"x":1}}]}"#, "a"),
        ] {
            assert_eq!(text(&[HI, chunk, STOP]), format!("Hi{expected}"), "{chunk}");
        }
    }

    #[test]
    fn a_finish_reason_may_be_empty_null_or_unknown() {
        let finish = |reason: &str| {
            let chunk = format!(r#"{{"choices":[{{"delta":{{}},"finish_reason":{reason}}}]}}"#);
            assemble(&[HI, &chunk, "[DONE]"]).unwrap().1.finish
        };
        assert_eq!(finish("\"\""), Finish::Other);
        assert_eq!(finish("null"), Finish::Other);
        assert_eq!(finish("\"length\""), Finish::Length);
        assert_eq!(finish("\"content_filter\""), Finish::Filtered);
        assert_eq!(finish("\"load_shed\""), Finish::Other);
    }

    #[test]
    fn an_answer_is_whole_without_done_but_not_without_any_end() {
        assert_eq!(text(&[HI, STOP]), "Hi");
        assert_eq!(text(&[HI, "[DONE]"]), "Hi");
        assert_eq!(class(&[HI]), Class::Unavailable);
        assert_eq!(class(&[]), Class::Unavailable);
    }

    #[test]
    fn an_answer_without_text_is_malformed_unless_it_was_filtered() {
        assert_eq!(class(&[STOP, "[DONE]"]), Class::Malformed);
        assert_eq!(class(&[r#"{"choices":[]}"#, "[DONE]"]), Class::Malformed);
        let refusal = r#"{"choices":[{"delta":{"refusal":"I cannot"},"finish_reason":"stop"}]}"#;
        assert_eq!(assemble(&[refusal]).unwrap().1.finish, Finish::Filtered);
    }

    #[test]
    fn an_error_object_is_an_error_wherever_it_comes() {
        let error = r#"{"error":{"code":502,"message":"x"},"choices":[{"delta":{"content":""},"finish_reason":"error"}]}"#;
        assert_eq!(class(&[error]), Class::Unavailable);
        assert_eq!(class(&[HI, error]), Class::Unavailable);
        assert_eq!(class(&[HI, STOP, r#"{"error":"boom"}"#]), Class::Unavailable);
        assert_eq!(text(&[r#"{"error":null,"choices":[]}"#, HI, STOP]), "Hi");
    }

    #[test]
    fn text_after_its_end_is_malformed_but_a_repeated_end_is_not() {
        assert_eq!(class(&[HI, STOP, HI]), Class::Malformed);
        assert_eq!(text(&[HI, STOP, STOP, "[DONE]", "[DONE]", HI]), "Hi");
    }

    #[test]
    fn what_is_not_a_completion_is_malformed() {
        for part in ["{\"choices\":[", "nonsense", "[]", "7", r#"{"choices":{}}"#] {
            assert_eq!(class(&[HI, part]), Class::Malformed, "{part}");
        }
        let deep = format!(r#"{{"choices":[],"x":{}}}"#, "[".repeat(100_000));
        assert_eq!(class(&[&deep]), Class::Malformed);
    }

    proptest! {
        #[test]
        fn no_json_makes_it_panic(data in "[\\[\\]{}\":,a-z0-9\\\\ ]{0,60}") {
            let _ = assemble(&[&data]);
        }
    }
}
