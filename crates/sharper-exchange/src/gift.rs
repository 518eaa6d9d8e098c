//! Quizzes and exams as GIFT, Moodle's text format. Points and times are not in it; rubrics are feedback.

use sharper_domain::{CorrectAnswer, Question, QuestionKind};

use crate::markup::{NoFiles, to_html};
use crate::paper::{Paper, rubric};

/// A paper as GIFT; each section is a category.
pub fn write(paper: &Paper) -> String {
    let mut out = String::new();
    let mut number = 0;
    for section in &paper.sections {
        let (title, name) = (line(&paper.title), line(&section.section_name));
        let category = if title == name { title } else { format!("{title}/{name}") };
        out.push_str(&format!("$CATEGORY: {category}\n\n"));
        for question in &section.questions {
            number += 1;
            let name = escaped(&format!("{number} {}", line(&question.topic)));
            let words = html(&question.question);
            out.push_str(&format!("::{name}::[html]{words}{{{}}}\n\n", answers(question)));
        }
    }
    out
}

fn answers(question: &Question) -> String {
    let mut feedback = html(&question.explanation);
    if question.kind == QuestionKind::Essay {
        let rubric = rubric(question).into_iter().map(|line| html(&line)).collect::<Vec<_>>();
        feedback = rubric
            .into_iter()
            .chain([html(question.correct_answer.as_str()), feedback])
            .collect::<Vec<_>>()
            .join("<br>");
    }
    let feedback = if feedback.is_empty() { String::new() } else { format!("####{feedback}") };
    let right = question.correct_answer.as_str();
    let answers = match (question.kind, &question.correct_answer) {
        (QuestionKind::TrueFalse, CorrectAnswer::Truth(true)) => "TRUE".to_owned(),
        (QuestionKind::TrueFalse, CorrectAnswer::Truth(false)) => "FALSE".to_owned(),
        (QuestionKind::TrueFalse, CorrectAnswer::Text(text)) => text.to_uppercase(),
        (QuestionKind::MultipleChoice, _) => {
            let option =
                |option: &String| format!("{}{}", if option == right { "=" } else { "~" }, html(option));
            question.options.iter().map(option).collect::<Vec<_>>().join(" ")
        }
        (QuestionKind::ShortAnswer, _) => {
            let all = std::iter::once(right).chain(question.acceptable_answers.iter().map(String::as_str));
            all.map(|answer| format!("={}", escaped(&line(answer)))).collect::<Vec<_>>().join(" ")
        }
        (QuestionKind::Essay, _) => String::new(),
    };
    format!("{answers}{feedback}")
}

fn html(markdown: &str) -> String {
    escaped(&to_html(markdown, &NoFiles))
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The signs of GIFT, escaped; a blank line would end a question.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => out.push_str("\\n"),
            '\\' | '~' | '=' | '#' | '{' | '}' | ':' => {
                out.push('\\');
                out.push(sign);
            }
            '\r' => {}
            sign => out.push(sign),
        }
    }
    out
}
