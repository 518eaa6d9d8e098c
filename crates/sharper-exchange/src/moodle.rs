//! Quizzes and exams as Moodle XML: everything but times.

use sharper_domain::{CorrectAnswer, Question, QuestionKind};

use crate::markup::{NoFiles, escape, to_html};
use crate::paper::{Paper, rubric};
use crate::xml_text;

/// A paper as Moodle XML; each section is a category.
pub fn write(paper: &Paper) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    let mut number = 0;
    for section in &paper.sections {
        let path = if section.section_name == paper.title {
            slashes(&paper.title)
        } else {
            format!("{}/{}", slashes(&paper.title), slashes(&section.section_name))
        };
        out.push_str(&format!(
            "<question type=\"category\"><category><text>$course$/top/{}</text></category></question>\n",
            text(&path)
        ));
        for question in &section.questions {
            number += 1;
            out.push_str(&item(question, number, &paper.id));
        }
    }
    out.push_str("</quiz>\n");
    out
}

fn item(question: &Question, number: usize, paper: &str) -> String {
    let kind = match question.kind {
        QuestionKind::MultipleChoice => "multichoice",
        QuestionKind::TrueFalse => "truefalse",
        QuestionKind::ShortAnswer => "shortanswer",
        QuestionKind::Essay => "essay",
    };
    let right = question.correct_answer.as_str();
    let mut out = format!("<question type=\"{kind}\">\n");
    out.push_str(&format!("<name><text>{number} {}</text></name>\n", text(&question.topic)));
    out.push_str(&format!(
        "<questiontext format=\"html\"><text>{}</text></questiontext>\n",
        html(&question.question)
    ));
    out.push_str(&format!(
        "<generalfeedback format=\"html\"><text>{}</text></generalfeedback>\n",
        html(&question.explanation)
    ));
    out.push_str(&format!("<defaultgrade>{}</defaultgrade>\n<penalty>0</penalty>\n", question.points));
    out.push_str(&format!("<idnumber>{}</idnumber>\n", text(&format!("{paper}-{}", question.id))));
    match question.kind {
        QuestionKind::MultipleChoice => {
            out.push_str("<single>true</single>\n<shuffleanswers>true</shuffleanswers>\n<answernumbering>abc</answernumbering>\n");
            for option in &question.options {
                out.push_str(&answer(option == right, "html", &html(option)));
            }
        }
        QuestionKind::TrueFalse => {
            let truth = match &question.correct_answer {
                CorrectAnswer::Truth(truth) => *truth,
                CorrectAnswer::Text(text) => text.eq_ignore_ascii_case("true"),
            };
            out.push_str(&answer(truth, "moodle_auto_format", "true"));
            out.push_str(&answer(!truth, "moodle_auto_format", "false"));
        }
        QuestionKind::ShortAnswer => {
            out.push_str("<usecase>0</usecase>\n");
            for way in std::iter::once(right).chain(question.acceptable_answers.iter().map(String::as_str)) {
                // A star would stand for any words.
                out.push_str(&answer(true, "moodle_auto_format", &text(way).replace('*', "\\*")));
            }
        }
        QuestionKind::Essay => {
            let lines = rubric(question).into_iter().map(|line| format!("<li>{}</li>", escape(&line)));
            let info = format!("<ul>{}</ul>{}", lines.collect::<String>(), to_html(right, &NoFiles));
            out.push_str(&format!(
                "<responseformat>editor</responseformat>\n<responserequired>1</responserequired>\n\
                 <responsefieldlines>15</responsefieldlines>\n<attachments>0</attachments>\n\
                 <graderinfo format=\"html\"><text>{}</text></graderinfo>\n",
                text(&info)
            ));
        }
    }
    out.push_str(&format!("<tags><tag><text>{}</text></tag></tags>\n</question>\n", text(&question.topic)));
    out
}

fn answer(is_right: bool, format: &str, words: &str) -> String {
    let fraction = if is_right { 100 } else { 0 };
    format!(
        "<answer fraction=\"{fraction}\" format=\"{format}\"><text>{words}</text><feedback format=\"html\"><text></text></feedback></answer>\n"
    )
}

/// HTML as the text of an element.
fn html(markdown: &str) -> String {
    text(&to_html(markdown, &NoFiles))
}

fn text(text: &str) -> String {
    escape(&xml_text(text))
}

/// The name of a category: a slash in it is two.
fn slashes(name: &str) -> String {
    name.replace('/', "//")
}
