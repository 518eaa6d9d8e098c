//! The request on the wire: `POST /chat/completions`, in the dialect of the server.

use serde::Serialize;
use serde_json::{Value, json};

use super::dialect::{Dialect, Format};
use crate::{Prompt, Role, Schema};

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    messages: Vec<Message<'a>>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f32>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

/// Numbers of a request that the settings have completed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) max_tokens: u32,
    pub(crate) temperature: f32,
}

/// The body of the request.
pub(crate) fn request(model: &str, prompt: &Prompt, bounds: Bounds, dialect: Dialect) -> Vec<u8> {
    let told = prompt.schema.as_ref().filter(|_| dialect.format != Format::Schema).map(|schema| {
        // The word JSON must stand in the messages: servers insist on it for `json_object`.
        format!(
            "{}\n\nAnswer with one JSON object and nothing else. It must fit this JSON Schema:\n{}",
            prompt.system, schema.schema
        )
    });
    let system = told.as_deref().unwrap_or(&prompt.system);
    let history = prompt.history.iter().map(|turn| Message { role: role(turn.role), content: &turn.text });
    let first = (!system.is_empty()).then_some(Message { role: "system", content: system });
    let last = Message { role: "user", content: &prompt.user };
    let request = Request {
        model,
        messages: first.into_iter().chain(history).chain([last]).collect(),
        stream: dialect.stream,
        stream_options: dialect.stream_options.then(|| json!({"include_usage": true})),
        usage: dialect.cost.then(|| json!({"include": true})),
        response_format: prompt.schema.as_ref().and_then(|schema| response_format(schema, dialect.format)),
        max_tokens: (!dialect.max_completion_tokens).then_some(bounds.max_tokens),
        max_completion_tokens: dialect.max_completion_tokens.then_some(bounds.max_tokens),
        temperature: dialect.temperature.then_some(bounds.temperature),
    };
    serde_json::to_vec(&request).expect("a request has only string keys and finite numbers")
}

fn role(role: Role) -> &'static str {
    match role {
        Role::User => "user",
        Role::Assistant => "assistant",
    }
}

fn response_format(schema: &Schema, format: Format) -> Option<Value> {
    match format {
        Format::Schema => Some(json!({
            "type": "json_schema",
            "json_schema": {"name": schema.name, "strict": true, "schema": schema.schema},
        })),
        Format::Object => Some(json!({"type": "json_object"})),
        Format::Plain => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Provider;
    use crate::{Task, Turn};

    const BOUNDS: Bounds = Bounds { max_tokens: 100, temperature: 0.5 };

    fn sent(prompt: &Prompt, dialect: Dialect) -> Value {
        serde_json::from_slice(&request("m", prompt, BOUNDS, dialect)).unwrap()
    }

    fn shaped() -> Prompt {
        Prompt::new(Task::Flashcards, "Write cards.", "Notes").schema("cards", json!({"type": "object"}))
    }

    #[test]
    fn the_whole_dialect_asks_for_a_stream_with_usage_in_a_shape() {
        let body = sent(&shaped(), Dialect::first(Provider::Openrouter));
        assert_eq!(body["stream_options"], json!({"include_usage": true}));
        assert_eq!(body["usage"], json!({"include": true}));
        assert_eq!(body["response_format"]["json_schema"]["schema"], json!({"type": "object"}));
        assert_eq!((&body["max_tokens"], &body["temperature"]), (&json!(100), &json!(0.5)));
        assert_eq!(body["messages"][0], json!({"role": "system", "content": "Write cards."}));
    }

    #[test]
    fn openai_gets_the_newer_name_of_the_longest_answer() {
        let body = sent(&shaped(), Dialect::first(Provider::Openai));
        assert_eq!(body["max_completion_tokens"], 100);
        assert_eq!((body.get("max_tokens"), body.get("usage")), (None, None));
    }

    #[test]
    fn a_server_without_schemas_is_told_the_shape_in_words() {
        for (format, expected) in
            [(Format::Object, json!({"type": "json_object"})), (Format::Plain, Value::Null)]
        {
            let body = sent(&shaped(), Dialect { format, ..Dialect::first(Provider::Other) });
            assert_eq!(body["response_format"], expected);
            let system = body["messages"][0]["content"].as_str().unwrap();
            assert!(system.contains("JSON") && system.ends_with(r#"{"type":"object"}"#), "{system}");
        }
    }

    #[test]
    fn earlier_turns_stand_between_instructions_and_question() {
        let mut prompt = Prompt::new(Task::Chat, "", "And now?");
        prompt.history = vec![
            Turn { role: Role::User, text: "Hi".into() },
            Turn { role: Role::Assistant, text: "Hello".into() },
        ];
        let body = sent(&prompt, Dialect::first(Provider::Other));
        let roles: Vec<&str> =
            body["messages"].as_array().unwrap().iter().map(|m| m["role"].as_str().unwrap()).collect();
        assert_eq!(roles, ["user", "assistant", "user"]);
        assert_eq!(body.get("response_format"), None);
    }
}
