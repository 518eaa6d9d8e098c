//! What was made, in the form that was asked for.

use std::fmt::Write;

use anyhow::bail;
use serde_json::{Value, json};
use sharper_domain::{
    Body, CorrectAnswer, Finding, Flashcard, KeyTerm, MainPoint, Material, PlanDay, Question, Source,
    StudyTopic, TaskKind,
};

/// A form of output.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// JSON, as the API gives it.
    Json,
    /// Markdown, to read.
    Md,
    /// Cards: a row a card: question, answer, topic, difficulty, quote.
    Csv,
}

impl Format {
    /// Whether a kind has this form.
    pub(super) fn fits(self, kind: TaskKind) -> anyhow::Result<()> {
        match (self, kind) {
            (Format::Json | Format::Md, _) | (Format::Csv, TaskKind::FlashcardGeneration) => Ok(()),
            (Format::Csv, _) => bail!("csv is a form for flashcards; take json or md"),
        }
    }
}

/// The bytes of a form.
pub(super) fn told(made: &Material, format: Format) -> anyhow::Result<Vec<u8>> {
    match (format, &made.body) {
        (Format::Csv, Body::Flashcards(cards)) => csv(cards),
        (Format::Csv, _) => bail!("csv is a form for flashcards"),
        (Format::Md, _) => Ok(markdown(made).into_bytes()),
        (Format::Json, _) => {
            let mut bytes = serde_json::to_vec_pretty(&value(made))?;
            bytes.push(b'\n');
            Ok(bytes)
        }
    }
}

fn value(made: &Material) -> Value {
    let title = &made.title;
    match &made.body {
        Body::Flashcards(cards) => json!(cards),
        Body::Quiz(questions) => json!({"title": title, "questions": questions}),
        Body::Exam { duration_minutes, sections } => {
            json!({"title": title, "duration_minutes": duration_minutes, "sections": sections})
        }
        Body::Summary { points, terms } => json!({"title": title, "main_points": points, "key_terms": terms}),
        Body::Reply { statements, .. } => json!(statements),
        Body::Analysis(findings) => json!({"title": title, "findings": findings}),
        Body::Plan { topics, days } => json!({"title": title, "topics": topics, "days": days}),
    }
}

fn csv(cards: &[Flashcard]) -> anyhow::Result<Vec<u8>> {
    let mut rows = csv::Writer::from_writer(Vec::new());
    rows.write_record(["question", "answer", "topic", "difficulty", "quote"])?;
    for card in cards {
        let quote = card.source.as_ref().map_or("", |source| &source.quote);
        let cells = [&card.question, &card.answer, &card.topic, card.difficulty.as_str(), quote];
        rows.write_record(cells.map(neutral))?;
    }
    Ok(rows.into_inner()?)
}

/// A cell that a spreadsheet would run is marked as text (OWASP, CSV injection).
fn neutral(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if runs { format!("'{cell}") } else { cell.to_owned() }
}

/// A text to read. (Writing to a string cannot fail.)
fn markdown(made: &Material) -> String {
    let mut text = String::new();
    if !matches!(made.body, Body::Flashcards(_)) {
        let _ = writeln!(text, "# {}\n", made.title);
    }
    match &made.body {
        Body::Flashcards(cards) => {
            cards.iter().enumerate().for_each(|(at, card)| a_card(&mut text, at + 1, card))
        }
        Body::Quiz(questions) => asked(&mut text, questions, 1),
        Body::Exam { duration_minutes, sections } => {
            let _ = writeln!(text, "{duration_minutes} minutes\n");
            let mut next = 1;
            for section in sections {
                let _ = writeln!(
                    text,
                    "## {} ({} minutes)\n",
                    section.section_name, section.time_estimate_minutes
                );
                asked(&mut text, &section.questions, next);
                next += section.questions.len();
            }
        }
        Body::Summary { points, terms } => summary(&mut text, points, terms),
        Body::Reply { statements, .. } => statements.iter().for_each(|one| {
            let _ = writeln!(text, "{}\n", one.text);
        }),
        Body::Analysis(findings) => findings.iter().for_each(|finding| a_finding(&mut text, finding)),
        Body::Plan { topics, days } => plan(&mut text, topics, days),
    }
    text
}

fn a_card(text: &mut String, number: usize, card: &Flashcard) {
    let _ = writeln!(text, "{number}. **{}**\n\n   {}\n", card.question, card.answer);
    card.source.iter().for_each(|source| quote(text, source));
}

fn quote(text: &mut String, source: &Source) {
    let _ = writeln!(text, "   > {}\n", source.quote.trim_end().replace('\n', "\n   > "));
}

/// The questions, and their answers after them.
fn asked(text: &mut String, questions: &[Question], first: usize) {
    for (number, question) in (first..).zip(questions) {
        let points =
            if question.points == 1 { "1 point".to_owned() } else { format!("{} points", question.points) };
        let _ = writeln!(text, "{number}. {} ({points})\n", question.question);
        for (letter, option) in ('a'..).zip(&question.options) {
            let _ = writeln!(text, "   {letter}) {option}");
        }
        if !question.options.is_empty() {
            text.push('\n');
        }
    }
    let _ = writeln!(text, "### Answers\n");
    for (number, question) in (first..).zip(questions) {
        let letter =
            ('a'..).zip(&question.options).find(|(_, option)| *option == question.correct_answer.as_str());
        let key = match (&question.correct_answer, letter) {
            (CorrectAnswer::Text(key), Some((letter, _))) => format!("{letter}) {key}"),
            (key, _) => key.as_str().to_owned(),
        };
        let _ = writeln!(text, "{number}. {key}");
        for part in &question.rubric {
            let _ = writeln!(text, "   - {} ({})", part.criterion, part.points);
        }
        text.push('\n');
        quote(text, &question.source);
    }
}

fn summary(text: &mut String, points: &[MainPoint], terms: &[KeyTerm]) {
    for point in points {
        let _ = writeln!(text, "- **{}** {}", point.point, point.details);
    }
    if !terms.is_empty() {
        let _ = writeln!(text, "\n## Key terms\n");
    }
    for term in terms {
        let _ = writeln!(text, "- **{}**: {}", term.term, term.definition);
    }
}

fn a_finding(text: &mut String, finding: &Finding) {
    let _ = writeln!(text, "- **{}** ({}): {}\n", finding.point, finding.kind.as_str(), finding.details);
    finding.sources.iter().for_each(|source| quote(text, source));
}

fn plan(text: &mut String, topics: &[StudyTopic], days: &[PlanDay]) {
    for day in days {
        let date = day.date.map(|date| format!(", {date}")).unwrap_or_default();
        let _ = writeln!(text, "## Day {}{date} ({} minutes)\n", day.day, day.minutes);
        for session in &day.sessions {
            let _ = writeln!(text, "- [ ] {} min, {}: {}", session.minutes, session.topic, session.task);
        }
        text.push('\n');
    }
    let _ = writeln!(text, "## Topics\n");
    for topic in topics {
        let _ = writeln!(text, "- **{}**: {}", topic.topic, topic.why);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_marked_as_text() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"] {
            assert_eq!(neutral(cell), format!("'{cell}"));
        }
        assert_eq!(neutral("What is -1?"), "What is -1?");
    }
}
