//! Quizzes and exams as a package of IMS QTI 2.1: a manifest, a test, an item for each question.

use std::io::{Cursor, Write as _};

use sharper_domain::{CorrectAnswer, Question, QuestionKind};
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

use crate::markup::{escape, plain};
use crate::paper::{Paper, rubric};
use crate::xml_text;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
/// The namespace of QTI 2.1, and where its schema lies.
const QTI: &str = "xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" \
    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
    xsi:schemaLocation=\"http://www.imsglobal.org/xsd/imsqti_v2p1 http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd\"";
const MATCH: &str = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct";
const MAP: &str = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response";

/// Why a package could not be made. It is never the paper's doing.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The archive refused.
    #[error("the package cannot be made")]
    Archive(#[from] zip::result::ZipError),
}

/// A paper as a package. Words lose their looks; formulas stay as they are written.
///
/// # Errors
/// When the archive cannot be made.
pub fn write(paper: &Paper) -> Result<Vec<u8>, WriteError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    put(&mut zip, "imsmanifest.xml", &manifest(paper))?;
    put(&mut zip, "test.xml", &test(paper))?;
    for (at, question) in paper.questions().enumerate() {
        put(&mut zip, &format!("{}.xml", name(at)), &item(at, question))?;
    }
    Ok(zip.finish()?.into_inner())
}

fn put(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> ZipResult<()> {
    zip.start_file(name, SimpleFileOptions::default())?;
    Ok(zip.write_all(text.as_bytes())?)
}

/// The identifier of an item.
fn name(at: usize) -> String {
    format!("item-{}", at + 1)
}

fn manifest(paper: &Paper) -> String {
    let count = paper.questions().count();
    let items: String = (0..count)
        .map(|at| {
            let name = name(at);
            format!(
                "<resource identifier=\"{name}\" type=\"imsqti_item_xmlv2p1\" href=\"{name}.xml\"><file href=\"{name}.xml\"/></resource>\n"
            )
        })
        .collect();
    let needs: String =
        (0..count).map(|at| format!("<dependency identifierref=\"{}\"/>", name(at))).collect();
    format!(
        "{HEAD}<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"{}\">\n\
         <metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>\n<organizations/>\n\
         <resources>\n<resource identifier=\"test\" type=\"imsqti_test_xmlv2p1\" href=\"test.xml\">\
         <file href=\"test.xml\"/>{needs}</resource>\n{items}</resources>\n</manifest>\n",
        identifier(&paper.id)
    )
}

fn test(paper: &Paper) -> String {
    let mut at = 0;
    let mut sections = String::new();
    for (number, section) in paper.sections.iter().enumerate() {
        let title = text(&section.section_name);
        sections.push_str(&format!(
            "<assessmentSection identifier=\"section-{}\" title=\"{title}\" visible=\"true\">\n",
            number + 1
        ));
        for _ in &section.questions {
            let name = name(at);
            sections.push_str(&format!("<assessmentItemRef identifier=\"{name}\" href=\"{name}.xml\"/>\n"));
            at += 1;
        }
        sections.push_str("</assessmentSection>\n");
    }
    let limit = paper.duration_minutes.map(|minutes| format!("<timeLimits maxTime=\"{}\"/>\n", minutes * 60));
    format!(
        "{HEAD}<assessmentTest {QTI} identifier=\"{}\" title=\"{}\">\n\
         <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n{}\
         <testPart identifier=\"part-1\" navigationMode=\"nonlinear\" submissionMode=\"simultaneous\">\n{sections}</testPart>\n\
         <outcomeProcessing><setOutcomeValue identifier=\"SCORE\"><sum><testVariables variableIdentifier=\"SCORE\"/></sum>\
         </setOutcomeValue></outcomeProcessing>\n</assessmentTest>\n",
        identifier(&paper.id),
        text(&paper.title),
        limit.unwrap_or_default(),
    )
}

fn item(at: usize, question: &Question) -> String {
    let points = question.points;
    let (response, body, processing) = match question.kind {
        QuestionKind::MultipleChoice | QuestionKind::TrueFalse => choice(question),
        QuestionKind::ShortAnswer => entry(question),
        QuestionKind::Essay => essay(question),
    };
    let feedback = paragraphs(&question.explanation);
    format!(
        "{HEAD}<assessmentItem {QTI} identifier=\"{}\" title=\"{}\" adaptive=\"false\" timeDependent=\"false\">\n{response}\
         <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\" normalMaximum=\"{points}\">\
         <defaultValue><value>0</value></defaultValue></outcomeDeclaration>\n\
         <outcomeDeclaration identifier=\"SHOWN\" cardinality=\"single\" baseType=\"identifier\">\
         <defaultValue><value>explanation</value></defaultValue></outcomeDeclaration>\n\
         <itemBody>\n{body}</itemBody>\n{processing}\
         <modalFeedback outcomeIdentifier=\"SHOWN\" identifier=\"explanation\" showHide=\"show\">{feedback}</modalFeedback>\n\
         </assessmentItem>\n",
        name(at),
        text(&question.topic),
    )
}

fn choice(question: &Question) -> (String, String, String) {
    let right = question.correct_answer.as_str();
    let words: Vec<&str> = match (&question.kind, question.options.is_empty()) {
        (QuestionKind::TrueFalse, true) => vec!["True", "False"],
        _ => question.options.iter().map(String::as_str).collect(),
    };
    let is_right = |word: &str| match question.correct_answer {
        CorrectAnswer::Truth(_) => word.eq_ignore_ascii_case(right),
        CorrectAnswer::Text(_) => word == right,
    };
    let correct = words.iter().position(|word| is_right(word)).unwrap_or_default();
    let points = question.points;
    let response = format!(
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"identifier\">\
         <correctResponse><value>choice-{0}</value></correctResponse>\
         <mapping defaultValue=\"0\"><mapEntry mapKey=\"choice-{0}\" mappedValue=\"{points}\"/></mapping>\
         </responseDeclaration>\n",
        correct + 1
    );
    let shuffle = question.kind == QuestionKind::MultipleChoice;
    let choices = words.iter().enumerate().map(|(at, word)| {
        format!("<simpleChoice identifier=\"choice-{}\">{}</simpleChoice>\n", at + 1, inline(word))
    });
    let body = format!(
        "<choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"{shuffle}\" maxChoices=\"1\">\
         <prompt>{}</prompt>\n{}</choiceInteraction>\n",
        inline(&question.question),
        choices.collect::<String>()
    );
    let template = if points == 1 { MATCH } else { MAP };
    (response, body, format!("<responseProcessing template=\"{template}\"/>\n"))
}

fn entry(question: &Question) -> (String, String, String) {
    let right = question.correct_answer.as_str();
    let points = question.points;
    let mut ways: Vec<String> = Vec::new();
    for way in std::iter::once(right).chain(question.acceptable_answers.iter().map(String::as_str)) {
        let way = text(way.trim());
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    let entries = ways
        .iter()
        .map(|way| format!("<mapEntry mapKey=\"{way}\" mappedValue=\"{points}\" caseSensitive=\"false\"/>"));
    let response = format!(
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"string\">\
         <correctResponse><value>{}</value></correctResponse><mapping defaultValue=\"0\">{}</mapping>\
         </responseDeclaration>\n",
        text(right),
        entries.collect::<String>()
    );
    let body = format!(
        "{}<p><textEntryInteraction responseIdentifier=\"RESPONSE\" expectedLength=\"60\"/></p>\n",
        paragraphs(&question.question)
    );
    (response, body, format!("<responseProcessing template=\"{MAP}\"/>\n"))
}

/// An essay is marked by a person, who sees the rubric.
fn essay(question: &Question) -> (String, String, String) {
    let response =
        "<responseDeclaration identifier=\"RESPONSE\" cardinality=\"single\" baseType=\"string\"/>\n"
            .to_owned();
    let lines = rubric(question).into_iter().map(|line| format!("<li>{}</li>", text(&line)));
    let lines: String = lines.collect();
    let list = if lines.is_empty() { String::new() } else { format!("<ul>{lines}</ul>") };
    let body = format!(
        "<rubricBlock view=\"scorer\">{list}{}</rubricBlock>\n\
         <extendedTextInteraction responseIdentifier=\"RESPONSE\" expectedLines=\"15\"><prompt>{}</prompt></extendedTextInteraction>\n",
        paragraphs(question.correct_answer.as_str()),
        inline(&question.question)
    );
    (response, body, String::new())
}

fn text(words: &str) -> String {
    escape(&xml_text(words))
}

fn inline(markdown: &str) -> String {
    text(&plain(markdown)).replace('\n', "<br/>")
}

fn paragraphs(markdown: &str) -> String {
    format!("<p>{}</p>\n", inline(markdown))
}

/// An identifier: a letter or an underscore first, then letters, digits, hyphens.
fn identifier(id: &str) -> String {
    let safe = |sign: char| if sign.is_ascii_alphanumeric() || sign == '-' { sign } else { '-' };
    format!("paper-{}", id.chars().map(safe).collect::<String>())
}
