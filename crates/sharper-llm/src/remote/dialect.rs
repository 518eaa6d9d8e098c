//! `Dialect`: what a server of the OpenAI kind understands, found by asking it once.
//!
//! The first request uses everything; when the server says which part it does not know, that part is left out. The
//! dialect with which a request passed is remembered for its server and model.

use crate::settings::Provider;

/// How the shape of an answer is asked for, the best way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    /// `response_format: json_schema`; the server holds the model to it.
    Schema,
    /// `response_format: json_object`, the schema in the instructions.
    Object,
    /// In the instructions only.
    Plain,
}

/// What a request may contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) format: Format,
    /// `stream: true`
    pub(crate) stream: bool,
    /// `stream_options.include_usage`
    pub(crate) stream_options: bool,
    /// `usage.include`, for the cost (OpenRouter).
    pub(crate) cost: bool,
    /// `max_completion_tokens` in place of `max_tokens`.
    pub(crate) max_completion_tokens: bool,
    /// `temperature`
    pub(crate) temperature: bool,
}

impl Dialect {
    /// Where to begin with a provider.
    pub(crate) fn first(provider: Provider) -> Self {
        Self {
            format: Format::Schema,
            stream: true,
            stream_options: true,
            cost: provider == Provider::Openrouter,
            max_completion_tokens: provider == Provider::Openai,
            temperature: true,
        }
    }

    /// What every server understands.
    const LEAST: Self = Self {
        format: Format::Plain,
        stream: true,
        stream_options: false,
        cost: false,
        max_completion_tokens: false,
        temperature: false,
    };

    /// The dialect to try after the server refused a request with `status` and said which part it does not know.
    /// `shaped` says whether the request asked for a shape. `None` when the complaint is about something else.
    pub(crate) fn after(self, status: u16, complaint: &str, shaped: bool) -> Option<Self> {
        if !matches!(status, 400 | 404 | 422) {
            return None;
        }
        let complaint = complaint.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| complaint.contains(word));
        let mut next = self;
        if says(&["stream_options", "include_usage"]) {
            next.stream_options = false;
        } else if says(&["max_completion_tokens", "max_tokens"]) && says(UNKNOWN_WORDS) {
            // Each name that is refused means the other one, whichever of them the sentence names first.
            next.max_completion_tokens = !self.max_completion_tokens;
        } else if says(TEMPERATURE_WORDS) {
            next.temperature = false;
        } else if shaped && says(FORMAT_WORDS) {
            next.format = self.format.next()?;
        } else if says(&["streaming is not", "streaming not", "'stream'", "\"stream\""]) {
            (next.stream, next.stream_options) = (false, false);
        }
        (next != self).then_some(next)
    }

    /// The dialect to try when the server refused a request and said nothing that we know: everything optional is left
    /// out at once. It is a guess, since the refusal may have had another reason. `None` when nothing can be left out.
    pub(crate) fn guess_after(self, status: u16, complaint: &str) -> Option<Self> {
        let complaint = complaint.to_lowercase();
        let about_the_rest = REQUIRED_WORDS.iter().any(|word| complaint.contains(word));
        let least =
            Self { stream: self.stream, max_completion_tokens: self.max_completion_tokens, ..Self::LEAST };
        (matches!(status, 400 | 422) && !about_the_rest && least != self).then_some(least)
    }
}

impl Format {
    fn next(self) -> Option<Self> {
        match self {
            Format::Schema => Some(Format::Object),
            Format::Object => Some(Format::Plain),
            Format::Plain => None,
        }
    }
}

/// Words with which servers say that they cannot hold an answer to a shape; the last are OpenRouter's, for a 404.
const FORMAT_WORDS: &[&str] = &[
    "response_format",
    "json_schema",
    "json_object",
    "json schema",
    "structured output",
    "grammar",
    "guided",
    "requested parameters",
    "support",
];

/// Words with which servers say that they do not know a field.
const UNKNOWN_WORDS: &[&str] =
    &["unsupported", "not supported", "extra", "unknown", "unrecogni", "instead", "not permitted"];

/// Words with which servers name the temperature as a field; the bare word could stand in a student's notes that are
/// quoted back.
const TEMPERATURE_WORDS: &[&str] =
    &["'temperature'", "\"temperature\"", "`temperature`", "temperature is", "temperature does"];

/// Names of parts that every dialect has: a complaint about one of them no dialect mends.
const REQUIRED_WORDS: &[&str] = &["model", "messages", "api key", "role", "content"];

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: Dialect = Dialect {
        format: Format::Schema,
        stream: true,
        stream_options: true,
        cost: false,
        max_completion_tokens: false,
        temperature: true,
    };

    fn check(status: u16, complaint: &str, expected: Option<Dialect>) {
        assert_eq!(FIRST.after(status, complaint, true), expected, "{complaint}");
    }

    #[test]
    fn a_schema_that_is_not_known_becomes_an_object_and_then_plain() {
        let object = Dialect { format: Format::Object, ..FIRST };
        for complaint in [
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
            "No endpoints found that can handle the requested parameters.",
            "Failed to parse grammar",
        ] {
            check(400, complaint, Some(object));
        }
        let plain = Dialect { format: Format::Plain, ..FIRST };
        let lm_studio = "'response_format.type' must be 'json_schema' or 'text'";
        assert_eq!(object.after(400, lm_studio, true), Some(plain));
        assert_eq!(plain.after(404, "response_format", true), None);
    }

    #[test]
    fn an_option_that_is_not_known_is_left_out() {
        check(
            422,
            r#"{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"]}]}"#,
            Some(Dialect { stream_options: false, ..FIRST }),
        );
        check(
            400,
            "Unsupported value: 'temperature' does not support 0.4 with this model.",
            Some(Dialect { temperature: false, ..FIRST }),
        );
    }

    #[test]
    fn the_other_name_of_the_longest_answer_is_found_both_ways() {
        let other = Dialect { max_completion_tokens: true, ..FIRST };
        check(
            400,
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            Some(other),
        );
        let vllm =
            "[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': 'Extra inputs'}]";
        assert_eq!(other.after(400, vllm, true), Some(FIRST));
    }

    #[test]
    fn a_complaint_without_words_we_know_leaves_all_options_out_once() {
        check(400, "Bad Request", None);
        assert_eq!(FIRST.guess_after(400, "Bad Request"), Some(Dialect::LEAST));
        assert_eq!(Dialect::LEAST.guess_after(400, "Bad Request"), None);
    }

    #[test]
    fn what_no_dialect_mends_changes_none() {
        check(404, "The model `x` does not exist", None);
        check(400, "messages: at least one message is required", None);
        check(401, "response_format", None);
        check(500, "response_format", None);
        assert_eq!(FIRST.after(404, "No such route", false), None);
        assert_eq!(FIRST.guess_after(404, "No such route"), None);
        assert_eq!(FIRST.guess_after(400, "messages: at least one message is required"), None);
    }
}
