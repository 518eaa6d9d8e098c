//! Condensing: what has left the tutor's window, in a model's short words. An extract stands in wherever it fails.

use serde::Deserialize;
use serde_json::json;
use sharper_domain::Speaker;
use sharper_llm::items::object_in;
use sharper_llm::{Prompt, Task};

use super::notes::push_line;
use super::orders::is_order;
use crate::calls::Calls;
use crate::context::conversation::{Fold, TURN_CHARS, extract};

const WORDS: &str = include_str!("../../prompts/conversation.md");

/// What was said, in at most so many tokens; `None` where no model says it.
pub(crate) async fn condense(calls: &Calls, fold: &Fold, tokens: u32) -> Option<String> {
    #[derive(Deserialize)]
    struct Told {
        summary: String,
    }
    let schema = json!({
        "type": "object",
        "properties": {"summary": {"type": "string"}},
        "required": ["summary"],
        "additionalProperties": false,
    });
    let mut prompt = Prompt::new(Task::Chat, WORDS, question(fold)).schema("conversation", schema);
    prompt.max_tokens = Some(tokens.saturating_add(100));
    // The call is on the ledger like any other; an answer that does not come is no fault of the request.
    let answer = calls.ask(prompt, None).await.ok()?.text().await.ok()?;
    let told: Told = serde_json::from_str(object_in(&answer)?).ok()?;
    let plain = told.summary.lines().filter(|line| !is_order(line)).collect::<Vec<_>>().join("\n");
    Some(extract(Some(plain.trim()), &[], tokens)).filter(|summary| !summary.is_empty())
}

fn question(fold: &Fold) -> String {
    let mut user = String::new();
    if let Some(before) = &fold.before {
        user.push_str("<earlier>\n");
        for line in before.lines() {
            push_line(&mut user, line);
            user.push('\n');
        }
        user.push_str("</earlier>\n");
    }
    user.push_str("<message>\n");
    for message in fold.said.iter().filter(|message| !is_order(&message.content)) {
        user.push_str(if message.role == Speaker::User { "Student: " } else { "Tutor: " });
        push_line(&mut user, &message.content.chars().take(TURN_CHARS).collect::<String>());
        user.push('\n');
    }
    user.push_str("</message>\n");
    user
}
