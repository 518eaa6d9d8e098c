//! The judge: one call for all items of a round gives each its verdict. A verdict that is missing or misshapen is not a
//! pass.

use serde::Deserialize;
use serde_json::json;
use sharper_domain::{CorrectAnswer, Fault, Item, QuestionKind, Scores, TaskKind, Thresholds, Verdict};
use sharper_llm::items::object_in;
use sharper_llm::{Prompt, Task};

use super::notes::push_plain;
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
/// Tokens of one verdict, at most, and of what stands around them all.
const VERDICT_TOKENS: u32 = 80;

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
            push_plain(&mut user, passage);
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
    let most = VERDICT_TOKENS * (u32::try_from(count).unwrap_or(u32::MAX / 1_000) + 2);
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
            push_plain(to, text);
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
    item: String,
    is_safe: bool,
    accuracy_score: f64,
    quality_score: f64,
}

/// The verdicts in an answer, by the number of the item. An item that is judged twice is not judged.
pub(super) fn read(answer: &str, items: &[&Shown], kind: TaskKind) -> Vec<(u32, Verdict)> {
    #[derive(Deserialize)]
    struct Answer {
        items: Vec<serde_json::Value>,
    }
    let answer = object_in(answer).and_then(|json| serde_json::from_str::<Answer>(json).ok());
    let told: Vec<Told> = answer
        .map(|answer| answer.items)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|value| serde_json::from_value(value).ok())
        .collect();
    let judged = |shown: &&Shown| {
        let name = name(shown.number);
        let mut of_it = told.iter().filter(|told| told.item == name);
        match (of_it.next(), of_it.next()) {
            (Some(one), None) => Some((shown.number, verdict(one, &shown.item, kind)?)),
            _ => None,
        }
    };
    items.iter().filter_map(judged).collect()
}

/// What the judge says and what was proven before, together: nothing the judge says makes an item safer or more
/// accurate than the passage does.
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
