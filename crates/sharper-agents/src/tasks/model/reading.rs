//! Reading an essay: a model says which points it makes and in which words; what each earns is counted here. A reply that
//! cannot be read, or that quotes words the student never wrote, is no grading at all.

use serde::Deserialize;
use serde_json::json;
use sharper_domain::{GradedBy, GradedPoint, Grading, Question, Span};
use sharper_llm::items::object_in;
use sharper_llm::{Prompt, Task};
use sharper_study::grade::{criteria, why};

use super::notes::push_line;
use super::shape::object;
use crate::calls::Calls;

/// Characters of an essay that are read; a longer one waits for a person.
const ESSAY_CHARS: usize = 20_000;
/// Tokens of one finding, at most, and what is added for all together.
const FINDING_TOKENS: u32 = 120;
const ROOM_TOKENS: u32 = 1_000;

#[derive(Deserialize)]
struct Told {
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    point: String,
    met: bool,
    words: String,
}

/// What an essay earns by its rubric; `None` where no model says it in a way that can be held against the essay.
pub(crate) async fn read_essay(calls: &Calls, question: &Question, essay: &str) -> Option<Grading> {
    if essay.chars().count() > ESSAY_CHARS {
        return None;
    }
    let points = criteria(question);
    // The call is on the ledger like any other; an answer that does not come leaves the essay not graded.
    let answer = calls.ask(prompt(question, &points, essay), None).await.ok()?.text().await.ok()?;
    graded(question, &points, essay, &answer)
}

fn prompt(question: &Question, points: &[(String, u32)], essay: &str) -> Prompt {
    let mut user = String::from("Question: ");
    push_line(&mut user, &question.question);
    for (number, (point, _)) in points.iter().enumerate() {
        user.push_str(&format!("\n<point>\nName: {}\n", name(number)));
        push_line(&mut user, point);
        user.push_str("\nNotes: ");
        push_line(&mut user, quote(question, number));
        user.push_str("\n</point>");
    }
    user.push_str("\n<essay>\n");
    push_line(&mut user, essay);
    user.push_str("\n</essay>\n");
    let names: Vec<String> = (0..points.len()).map(name).collect();
    let finding =
        object(json!({"point": {"enum": names}, "met": {"type": "boolean"}, "words": {"type": "string"}}));
    let count = points.len();
    let findings = json!({"type": "array", "items": finding, "minItems": count, "maxItems": count});
    let most = ROOM_TOKENS + FINDING_TOKENS * u32::try_from(count).unwrap_or(100);
    Prompt::new(Task::Grade, include_str!("../../prompts/grade.md"), user)
        .schema("findings", object(json!({"findings": findings})))
        .max_tokens(most)
}

/// The name by which a point is found.
fn name(number: usize) -> String {
    format!("p{number}")
}

/// The words of the notes for a point.
fn quote(question: &Question, number: usize) -> &str {
    question.rubric.get(number).map_or(question.source.quote.as_str(), |criterion| criterion.quote.as_str())
}

/// Counts findings: each point once, each met one with words that stand in the essay.
fn graded(question: &Question, points: &[(String, u32)], essay: &str, answer: &str) -> Option<Grading> {
    let told: Told = serde_json::from_str(object_in(answer)?).ok()?;
    if told.findings.len() != points.len() {
        return None;
    }
    let mut parts = Vec::with_capacity(points.len());
    for (number, (point, of)) in points.iter().enumerate() {
        let own = name(number);
        let mut found = told.findings.iter().filter(|finding| finding.point == own);
        let (finding, None) = (found.next()?, found.next()) else { return None };
        let words = if finding.met { vec![stretch(essay, &finding.words)?] } else { Vec::new() };
        parts.push(GradedPoint {
            point: point.clone(),
            quote: quote(question, number).to_owned(),
            of: *of,
            earned: if finding.met { *of } else { 0 },
            words,
            why: (!finding.met).then(|| why::MISSING.to_owned()),
        });
    }
    let (points, of) = parts.iter().fold((0, 0), |sum, part| (sum.0 + part.earned, sum.1 + part.of));
    Some(Grading { points, of, parts, by: GradedBy::Model })
}

/// Where quoted words stand in the essay, whatever white space parts them.
fn stretch(essay: &str, words: &str) -> Option<Span> {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let first = wanted.first()?;
    essay.match_indices(first).find_map(|(start, _)| {
        let mut end = start;
        for (at, word) in wanted.iter().enumerate() {
            let rest = &essay[end..];
            let bare = rest.trim_start();
            if at > 0 && bare.len() == rest.len() || !bare.starts_with(word) {
                return None;
            }
            end = essay.len() - bare.len() + word.len();
        }
        Some(Span { start, end })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESSAY: &str = "Water moves through\nthe membrane. Salt stays where it is.";

    fn check(answer: &str) -> Option<Vec<(u32, Option<&'static str>)>> {
        let question: Question = serde_json::from_value(json!({
            "id": "00000000-0000-7000-8000-000000000001", "type": "essay", "question": "Explain osmosis.", "options": [],
            "correct_answer": "Water moves, salt stays.", "explanation": "", "points": 5, "topic": "", "difficulty": "hard",
            "rubric": [
                {"criterion": "Water moves", "points": 3, "quote": "Water moves."},
                {"criterion": "Salt stays", "points": 2, "quote": "Salt stays."},
            ],
            "source": {"note_id": "00000000-0000-7000-8000-000000000002", "note_version": 1, "start": 0, "end": 12, "quote": "Water moves."},
            "verdict": {"scores": {"safety": 1.0, "quality": 1.0, "accuracy": 1.0}, "faults": []}, "author": "model",
        }))
        .unwrap();
        let found = graded(&question, &criteria(&question), ESSAY, answer)?;
        assert_eq!((found.of, found.by), (500, GradedBy::Model));
        assert_eq!(found.points, found.parts.iter().map(|part| part.earned).sum::<u32>());
        Some(
            found
                .parts
                .iter()
                .map(|part| (part.earned, part.words.first().and_then(|span| span.of(ESSAY))))
                .collect(),
        )
    }

    #[test]
    fn points_are_earned_by_words_of_the_essay() {
        let answer = r#"Here: {"findings": [{"point": "p1", "met": false, "words": ""},
            {"point": "p0", "met": true, "words": "Water moves through the membrane"}]}"#;
        assert_eq!(check(answer).unwrap(), [(300, Some("Water moves through\nthe membrane")), (0, None)]);
    }

    #[test]
    fn what_cannot_be_read_or_is_made_up_is_not_graded() {
        for answer in [
            "Full marks!",
            r#"{"findings": []}"#,
            r#"{"findings": [{"point": "p0", "met": true, "words": "Water moves"}]}"#,
            r#"{"findings": [{"point": "p0", "met": true, "words": "Water moves"}, {"point": "p0", "met": false, "words": ""}]}"#,
            r#"{"findings": [{"point": "p0", "met": true, "words": "Water flows"}, {"point": "p1", "met": false, "words": ""}]}"#,
            r#"{"findings": [{"point": "p0", "met": true, "words": ""}, {"point": "p1", "met": false, "words": ""}]}"#,
            r#"{"findings": [{"point": "p0", "met": 0.5, "words": ""}, {"point": "p1", "met": false, "words": ""}]}"#,
        ] {
            assert_eq!(check(answer), None, "{answer}");
        }
    }
}
