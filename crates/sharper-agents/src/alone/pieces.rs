//! Pieces: what there is to judge in a content of any shape.
//!
//! A content is a text, or JSON whose strings are texts. A question belongs with its answer, and a term with its
//! meaning: neither says anything alone.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// One thing to judge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece<'v> {
    /// Where it stands, as a JSON pointer; empty for a content that is one text.
    pub(super) pointer: String,
    /// What it says.
    pub(super) said: Said<'v>,
}

/// What a piece says.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said<'v> {
    /// A question and its answer.
    Item {
        /// The front.
        question: &'v str,
        /// The back.
        answer: &'v str,
    },
    /// A statement that is said to be true or false.
    Claim {
        /// The statement.
        text: &'v str,
        /// What it is said to be.
        holds: bool,
    },
    /// Plain text.
    Text(Cow<'v, str>),
}

/// Fields that belong together: the second says something of the first.
const QUESTIONS: [(&str, &str); 3] =
    [("question", "answer"), ("question", "correct_answer"), ("front", "back")];
const MEANINGS: [(&str, &str); 2] = [("term", "definition"), ("point", "details")];
/// Fields that name or sort and state nothing, and those that hold wrong answers on purpose.
const LABELS: [&str; 16] = [
    "acceptable_answers",
    "author",
    "content_type",
    "difficulty",
    "form",
    "id",
    "importance",
    "model_used",
    "note_id",
    "options",
    "section_name",
    "set_id",
    "style",
    "title",
    "topic",
    "type",
];

/// Everything in `content` that states or asks something, in order.
pub(super) fn pieces(content: &Value) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    gather(content, String::new(), &mut found);
    found
}

fn gather<'v>(value: &'v Value, pointer: String, found: &mut Vec<Piece<'v>>) {
    match value {
        Value::String(text) if !text.trim().is_empty() => {
            found.push(Piece { pointer, said: Said::Text(Cow::Borrowed(text)) });
        }
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                gather(value, format!("{pointer}/{at}"), found);
            }
        }
        Value::Object(map) => {
            let (said, used) = together(map).map_or((None, None), |(said, used)| (Some(said), Some(used)));
            found.extend(said.map(|said| Piece { pointer: pointer.clone(), said }));
            for (key, value) in map {
                let taken = used.is_some_and(|(one, two)| key == one || key == two);
                if !taken && !LABELS.contains(&key.as_str()) {
                    gather(value, format!("{pointer}/{}", escaped(key)), found);
                }
            }
        }
        _ => {}
    }
}

/// The first two fields of `map` that belong together, and what they say. An item stays one where a part is blank.
fn together(map: &Map<String, Value>) -> Option<(Said<'_>, (&'static str, &'static str))> {
    let text = |key: &str| map.get(key).and_then(Value::as_str);
    for (one, two) in QUESTIONS {
        let Some(question) = text(one) else { continue };
        if let Some(answer) = text(two) {
            return Some((Said::Item { question, answer }, (one, two)));
        }
        if let Some(holds) = map.get(two).and_then(Value::as_bool) {
            return Some((Said::Claim { text: question, holds }, (one, two)));
        }
    }
    MEANINGS.into_iter().find_map(|(one, two)| {
        let whole = format!("{}: {}", text(one)?, text(two)?);
        Some((Said::Text(Cow::Owned(whole)), (one, two)))
    })
}

/// A key as a part of a JSON pointer (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// All that a student would read, line by line; labels, wrong options and keys that are no plain names among it.
pub(super) fn all_text(content: &Value) -> String {
    let mut text = String::new();
    write(content, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::String(line) => add(line, text),
        Value::Array(list) => list.iter().for_each(|value| write(value, text)),
        Value::Object(map) => {
            for (key, value) in map {
                if !key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) {
                    add(key, text);
                }
                write(value, text);
            }
        }
        _ => {}
    }
}

fn add(line: &str, text: &mut String) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(content: Value, wanted: &[(&str, &str)]) {
        let said = |piece: &Piece<'_>| match &piece.said {
            Said::Item { question, answer } => format!("{question} {answer}"),
            Said::Claim { text, holds } => format!("{text} {holds}"),
            Said::Text(text) => text.to_string(),
        };
        let found = pieces(&content);
        let found: Vec<(&str, String)> =
            found.iter().map(|piece| (piece.pointer.as_str(), said(piece))).collect();
        let found: Vec<(&str, &str)> =
            found.iter().map(|(pointer, said)| (*pointer, said.as_str())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_text_is_one_piece_and_blanks_are_none() {
        check(json!("Cells divide."), &[("", "Cells divide.")]);
        check(json!({"text": "Cells divide.", "more": " ", "count": 3}), &[("/text", "Cells divide.")]);
        check(json!([[], {}, null, 7]), &[]);
    }

    #[test]
    fn a_question_is_read_with_its_answer_and_a_term_with_its_meaning() {
        let card =
            json!({"question": "What divides?", "answer": "Cells", "topic": "Cells", "difficulty": "easy"});
        check(json!({"flashcards": [card]}), &[("/flashcards/0", "What divides? Cells")]);
        check(
            json!({"term": "Mitosis", "definition": "division of a nucleus"}),
            &[("", "Mitosis: division of a nucleus")],
        );
    }

    #[test]
    fn a_question_whose_answer_is_blank_is_still_an_item() {
        check(json!({"question": "What divides?", "answer": ""}), &[("", "What divides? ")]);
    }

    #[test]
    fn wrong_options_are_no_statements_but_an_explanation_is() {
        let question = json!({"type": "multiple_choice", "question": "What divides?", "options": ["Cells", "Rocks"],
            "correct_answer": "Cells", "explanation": "Cells divide."});
        check(question, &[("", "What divides? Cells"), ("/explanation", "Cells divide.")]);
        check(json!({"question": "Rocks divide.", "correct_answer": false}), &[("", "Rocks divide. false")]);
    }

    #[test]
    fn all_text_holds_labels_options_and_keys_that_are_sentences() {
        let content = json!({"title": "Cells", "options": ["Rocks"], "a b": 1});
        let mut lines: Vec<String> = all_text(&content).lines().map(str::to_owned).collect();
        lines.sort();
        assert_eq!(lines, ["Cells", "Rocks", "a b"]);
    }

    #[test]
    fn pointers_are_escaped() {
        check(json!({"a/b~": "x y"}), &[("/a~1b~0", "x y")]);
    }
}
