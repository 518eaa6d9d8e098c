//! The judge: one call for all items of a round gives each its verdict. A verdict that is missing or misshapen is not a
//! pass.

use serde::Deserialize;
use serde_json::json;
use sharper_domain::{CorrectAnswer, Fault, Item, QuestionKind, Scores, TaskKind, Thresholds, Verdict};
use sharper_llm::items::object_in;
use sharper_llm::{Found, ItemParser, Prompt, Task};

use super::notes::push_line;
use super::shape::object;
use crate::context::NoteText;
use crate::tasks::desk::Shown;

/// Bytes of the note that are shown before and after a quote that does not speak for itself.
const BEFORE: usize = 160;
const AFTER: usize = 80;
/// A quote shorter than this does not.
const SHORT: usize = 60;
/// Words that lean on the sentence before, when a quote begins with one.
const LEANING: [&str; 12] =
    ["it", "its", "this", "that", "these", "those", "they", "their", "he", "she", "such", "here"];
/// Tokens of one verdict, at most,
const VERDICT_TOKENS: u32 = 80;
/// and what is added for all together: some models think first.
const ROOM_TOKENS: u32 = 1_500;

/// What the judge is asked.
pub(super) fn prompt(kind: TaskKind, items: &[&Shown], texts: &[NoteText]) -> Prompt {
    let mut user = format!("Judge exactly {} items.\n", items.len());
    for shown in items {
        user.push_str(&format!("<item>\nName: {}\n", name(shown.number)));
        push_item(&mut user, &shown.item);
        for source in shown.item.sources() {
            let note = texts.iter().find(|note| note.id == source.note_id);
            let passage =
                note.map_or(source.quote.as_str(), |note| passage(&note.content, source.start, source.end));
            user.push_str("Passage: ");
            push_line(&mut user, passage);
            user.push('\n');
        }
        user.push_str("</item>\n");
    }
    let names: Vec<String> = items.iter().map(|shown| name(shown.number)).collect();
    let score = json!({"type": "number", "minimum": 0, "maximum": 1});
    let verdict = object(json!({
        "item": {"enum": names}, "reason": {"type": "string"}, "is_safe": {"type": "boolean"},
        "accuracy_score": score, "quality_score": score,
    }));
    let count = items.len();
    let items = json!({"type": "array", "items": verdict, "minItems": count, "maxItems": count});
    let most = ROOM_TOKENS + VERDICT_TOKENS * u32::try_from(count).unwrap_or(100);
    let system =
        format!("{}\nThe items are of this kind: {}.", include_str!("../../prompts/judge.md"), what(kind));
    Prompt::new(Task::Judge, system, user)
        .schema("verdicts", object(json!({"items": items})))
        .max_tokens(most)
}

/// The name by which an item is judged.
fn name(number: u32) -> String {
    format!("i{number}")
}

fn what(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::FlashcardGeneration => "flashcards",
        TaskKind::QuizGeneration => "quiz questions",
        TaskKind::ExamGeneration => "exam questions",
        TaskKind::SummaryGeneration => "points and terms of a summary",
        TaskKind::Chat => "statements of a tutor's reply",
        TaskKind::NoteAnalysis => "findings about notes, made to help their writer",
        TaskKind::StudyPlan => "topics of a study plan",
    }
}

fn push_item(to: &mut String, item: &Item) {
    let mut line = |label: &str, text: &str| {
        if !text.is_empty() {
            to.push_str(label);
            to.push_str(": ");
            push_line(to, text);
            to.push('\n');
        }
    };
    let (front, back) = item.sides();
    match item {
        Item::Question(question) => {
            line("Question", front);
            if question.kind == QuestionKind::MultipleChoice {
                line("Options", &question.options.join(" | "));
            }
            match question.correct_answer {
                CorrectAnswer::Truth(_) => line("The statement is said to be", back),
                CorrectAnswer::Text(_) => line("Right answer", back),
            }
            for criterion in &question.rubric {
                line("Earns points", &criterion.criterion);
            }
        }
        Item::Card(_) => {
            line("Question", front);
            line("Answer", back);
        }
        _ => {
            line("Says", front);
            line("And", back);
        }
    }
}

/// A quote; where it does not speak for itself, with a little of what stands around it. Every byte here is paid for.
fn passage(text: &str, start: usize, end: usize) -> &str {
    let quote = text.get(start..end).unwrap_or_default();
    let first = quote.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let leans = quote.len() < SHORT
        || first.starts_with(char::is_lowercase)
        || LEANING.iter().any(|word| first.eq_ignore_ascii_case(word));
    if !leans {
        return quote;
    }
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (from, to) = (floor(start.saturating_sub(BEFORE)), floor(end.saturating_add(AFTER)));
    text.get(from..to.max(from)).unwrap_or_default()
}

/// One verdict, as it must come: every field there, every score from 0 to 1.
#[derive(Deserialize)]
struct Told {
    is_safe: bool,
    accuracy_score: f64,
    quality_score: f64,
}

/// The verdicts in an answer, by the number of the item. An item that is named twice is not judged, even if only one of
/// the two can be read; nor is one of whose verdict a field comes twice.
pub(super) fn read(answer: &str, items: &[&Shown], kind: TaskKind) -> Vec<(u32, Verdict)> {
    #[derive(Deserialize)]
    struct Named {
        item: String,
    }
    let found = object_in(answer).map(|json| ItemParser::new("items").push(json)).unwrap_or_default();
    let verdicts: Vec<String> = found
        .into_iter()
        .filter_map(|one| match one {
            Found::Item { json, array: 0 } => Some(json),
            _ => None,
        })
        .collect();
    let named = |json: &String| Some((serde_json::from_str::<Named>(json).ok()?.item, json.clone()));
    let told: Vec<(String, String)> = verdicts.iter().filter_map(named).collect();
    let judged = |shown: &&Shown| {
        let name = name(shown.number);
        let mut of_it = told.iter().filter(|(named, _)| *named == name);
        match (of_it.next(), of_it.next()) {
            (Some((_, json)), None) => {
                let told: Told = serde_json::from_str(json).ok()?;
                Some((shown.number, verdict(&told, &shown.item, kind)?))
            }
            _ => None,
        }
    };
    items.iter().filter_map(judged).collect()
}

/// What the judge says and what was proven before, together. Quality and accuracy are the judge's; nothing it says makes an
/// item safer than it was found to be, or takes a proven fault away.
fn verdict(told: &Told, item: &Item, kind: TaskKind) -> Option<Verdict> {
    let fits = |score: f64| (0.0..=1.0).contains(&score);
    if !fits(told.accuracy_score) || !fits(told.quality_score) {
        return None;
    }
    let before = item.verdict()?;
    let safety = if told.is_safe { before.scores.safety } else { 0.0 };
    let scores = Scores { safety, quality: told.quality_score, accuracy: told.accuracy_score };
    let mut faults = before.faults.clone();
    if !told.is_safe {
        faults.push(Fault::Unsafe);
    }
    Some(Verdict { scores, faults }.judged_by(&Thresholds::of(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use sharper_domain::{NoteId, Source, Statement, Timestamp};

    fn shown(number: u32) -> Shown {
        let source = Source {
            note_id: NoteId::new(Timestamp::UNIX_EPOCH),
            note_version: 1,
            start: 0,
            end: 13,
            quote: "Cells divide.".to_owned(),
        };
        let scores = Scores { safety: 1.0, quality: 0.0, accuracy: 1.0 };
        let item = Item::Statement(Statement {
            text: "Cells divide.".to_owned(),
            sources: vec![source],
            verdict: Some(Verdict { scores, faults: Vec::new() }),
        });
        Shown { number, item, judged: false, by_model: true, told: true }
    }

    /// The numbers of the items that pass by this answer.
    fn passing(answer: &str) -> Vec<u32> {
        let items = [shown(1), shown(2)];
        let items: Vec<&Shown> = items.iter().collect();
        let verdicts = read(answer, &items, TaskKind::FlashcardGeneration);
        verdicts.into_iter().filter(|(_, verdict)| verdict.passed()).map(|(number, _)| number).collect()
    }

    fn pass(name: &str) -> Value {
        json!({"item": name, "reason": "", "is_safe": true, "accuracy_score": 0.9, "quality_score": 0.9})
    }

    fn of(verdicts: &[Value]) -> String {
        json!({ "items": verdicts }).to_string()
    }

    /// Passes with one field that is missing or is not what it must be.
    fn misshapen() -> Vec<Value> {
        let (nothing, list) = (Value::Null, json!([]));
        let wrong = [
            (
                "is_safe",
                json!([nothing, list, {}, 1, 0, "true", "false", "yes", "", [true], {"is_safe": true}, 0.9]),
            ),
            (
                "accuracy_score",
                json!([nothing, list, {}, true, "0.9", "1", "high", "", [0.9], {"score": 1}, 1.5, -1, -0.01, 9, 1e300]),
            ),
            (
                "quality_score",
                json!([nothing, list, {}, true, "0.9", "1", "good", "", [0.9], {"score": 1}, 1.5, -1, -0.01, 9, 90]),
            ),
        ];
        let mut all = Vec::new();
        for (field, values) in wrong {
            for value in values.as_array().unwrap() {
                let mut verdict = pass("i1");
                verdict[field] = value.clone();
                all.push(verdict);
            }
            let mut verdict = pass("i1");
            verdict.as_object_mut().unwrap().remove(field);
            all.push(verdict);
        }
        all
    }

    /// Verdicts that name no item that was asked about.
    fn misnamed() -> Vec<Value> {
        let names =
            json!([null, 1, "1", "I1", " i1", "i1 ", "i01", "i3", "", "i1,i2", ["i1"], {"i1": true}, true]);
        let named = |name: &Value| {
            let mut verdict = pass("i1");
            verdict["item"] = name.clone();
            verdict
        };
        names.as_array().unwrap().iter().map(named).collect()
    }

    #[test]
    fn two_hundred_misshapen_verdicts_are_no_pass() {
        let mut answers: Vec<String> = Vec::new();
        for text in [
            "",
            "{}",
            "[]",
            "null",
            "false",
            "true",
            "1",
            "\"pass\"",
            "NaN",
            "All items pass.",
            "{\"items\":",
        ] {
            answers.push(text.to_owned());
        }
        for items in [
            json!(null),
            json!(true),
            json!("pass"),
            json!({}),
            json!([]),
            json!([[]]),
            json!([1, "i1", true, null]),
        ] {
            answers.push(json!({ "items": items }).to_string());
        }
        answers.push(json!({"items": {"i1": pass("i1")}}).to_string());
        answers.push(json!({"items": [[pass("i1")]]}).to_string());
        answers.push(json!({"items": [{"verdict": pass("i1")}]}).to_string());
        answers.push(json!({"verdicts": {"i1": pass("i1")}}).to_string());
        answers.push(format!("{{\"items\":[{}", pass("i1")));
        answers.push(of(&[pass("i1"), pass("i1")]));
        for nan in ["NaN", "Infinity", "-Infinity", "nan", "1e999", ".9", "0,9", "0.9.1"] {
            answers.push(of(&[pass("i1")]).replace("0.9", nan));
        }
        for twice in ["\"is_safe\":false", "\"accuracy_score\":0.1", "\"quality_score\":0", "\"item\":\"i2\""]
        {
            let doubled = of(&[pass("i1")]).replace("{\"item\":", &format!("{{{twice},\"item\":"));
            assert_ne!(doubled, of(&[pass("i1")]));
            answers.push(doubled);
        }
        answers.extend(misnamed().into_iter().map(|verdict| of(&[verdict])));
        for bad in misshapen() {
            answers.push(of(std::slice::from_ref(&bad)));
            // A second voice on the same item: nobody knows which one counts.
            answers.push(of(&[bad.clone(), pass("i1")]));
            answers.push(of(&[pass("i1"), bad.clone()]));
            answers.push(format!("```json\n{}\n```", of(&[bad])));
        }
        assert!(answers.len() >= 200, "{}", answers.len());
        for answer in &answers {
            assert_eq!(passing(answer), [0; 0], "{answer}");
        }
    }

    #[test]
    fn a_misshapen_verdict_does_not_hurt_the_verdicts_beside_it() {
        assert_eq!(passing(&of(&[pass("i1"), pass("i2")])), [1, 2]);
        assert_eq!(passing(&format!("Here you are:\n```json\n{}\n```", of(&[pass("i2")]))), [2]);
        for bad in misshapen().into_iter().chain(misnamed()) {
            assert_eq!(passing(&of(&[bad.clone(), pass("i2"), pass("i77")])), [2], "{bad}");
        }
    }
}
