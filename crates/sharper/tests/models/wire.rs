//! What the model's server is asked, as it came over the wire, and what it answers.

use serde_json::{Value, json};
use sharper_llm::TokenEstimate;
use sharper_llm::testing::{Act, Seen};

/// One request to the model.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    body: Value,
}

impl From<&Seen> for Asked {
    fn from(seen: &Seen) -> Self {
        Self { body: seen.body.clone() }
    }
}

impl Asked {
    /// The name of the shape that the answer must have.
    pub(crate) fn shape(&self) -> &str {
        self.body["response_format"]["json_schema"]["name"].as_str().unwrap_or_default()
    }

    pub(crate) fn is_judging(&self) -> bool {
        self.shape() == "verdicts"
    }

    /// The model that is asked.
    pub(crate) fn model(&self) -> &str {
        self.body["model"].as_str().unwrap_or_default()
    }

    /// How freely it is to write.
    pub(crate) fn temperature(&self) -> Option<f64> {
        self.body["temperature"].as_f64()
    }

    /// The instructions.
    pub(crate) fn system(&self) -> &str {
        let first = self.messages().iter().find(|one| one["role"] == "system");
        first.and_then(|one| one["content"].as_str()).unwrap_or_default()
    }

    /// The last message.
    pub(crate) fn user(&self) -> &str {
        self.messages().last().and_then(|last| last["content"].as_str()).unwrap_or_default()
    }

    /// All that it says, the rules and the conversation too.
    pub(crate) fn whole(&self) -> String {
        let texts: Vec<&str> = self.messages().iter().filter_map(|one| one["content"].as_str()).collect();
        texts.join("\n")
    }

    fn messages(&self) -> &[Value] {
        self.body["messages"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// What stands before the notes and their title: the task, what failed, what is there already.
    pub(crate) fn before_notes(&self) -> &str {
        let user = self.user();
        let end = ["<title>", "<notes>"].into_iter().filter_map(|mark| user.find(mark)).min();
        end.map_or(user, |at| &user[..at])
    }

    /// How many items are asked for; `None` where that is for the notes to say.
    pub(crate) fn count(&self) -> Option<usize> {
        let line = self.user();
        let at = line.find("exactly ")? + "exactly ".len();
        line[at..].split(' ').next()?.parse().ok()
    }

    /// Whether it asks again for what did not pass.
    pub(crate) fn is_repair(&self) -> bool {
        self.user().contains("<failed>")
    }

    /// The names of the items to be judged.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.user().lines().filter_map(|line| line.strip_prefix("Name: ")).collect()
    }

    /// Tokens of it, as a server would count them.
    pub(crate) fn tokens(&self) -> u32 {
        TokenEstimate::of(&self.whole())
    }
}

/// What a million tokens cost here, in US dollars.
const PRICE: f64 = 0.5;

/// What a call of so many tokens costs.
pub(crate) fn cost(tokens: u32) -> f64 {
    f64::from(tokens) * PRICE / 1e6
}

/// A good stream of this text, with honest counts and a price.
pub(crate) fn answer(asked: &Asked, text: &str) -> Act {
    ending(pieces(text).into_iter().fold(Act::stream_head(), |act, piece| act.delta(&piece)), asked, text)
}

/// The end of a good stream, after its text.
pub(crate) fn ending(act: Act, asked: &Asked, text: &str) -> Act {
    let (prompt, completion) = (asked.tokens(), TokenEstimate::of(text));
    let usage =
        json!({"prompt_tokens": prompt, "completion_tokens": completion, "cost": cost(prompt + completion)});
    act.finish("stop")
        .event(json!({"model": "test/model-1", "choices": [], "usage": usage}).to_string())
        .done()
}

/// A text in pieces of 16 characters.
pub(crate) fn pieces(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(16).map(String::from_iter).collect()
}

/// A judge that passes everything.
pub(crate) fn passes(asked: &Asked) -> String {
    let pass = |name: &&str| json!({"item": name, "reason": "", "is_safe": true, "accuracy_score": 0.97, "quality_score": 0.93});
    json!({"items": asked.names().iter().map(pass).collect::<Vec<_>>()}).to_string()
}
