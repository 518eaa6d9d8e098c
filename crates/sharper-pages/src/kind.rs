//! The kinds of material: the word for style, script and messages, and the address of the page that shows one.

use std::borrow::Cow;

use sharper_domain::{MaterialId, SessionId, TaskKind, Timestamp};

use crate::{Frame, Locale};

/// The kinds in the order in which a student is offered them.
pub const OFFERED: [TaskKind; 7] = [
    TaskKind::FlashcardGeneration,
    TaskKind::QuizGeneration,
    TaskKind::ExamGeneration,
    TaskKind::SummaryGeneration,
    TaskKind::NoteAnalysis,
    TaskKind::StudyPlan,
    TaskKind::Chat,
];

/// The word by which a message and a style tell the kinds apart.
pub fn word(kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Chat => "chat",
        TaskKind::FlashcardGeneration => "cards",
        TaskKind::QuizGeneration => "quiz",
        TaskKind::ExamGeneration => "exam",
        TaskKind::SummaryGeneration => "summary",
        TaskKind::NoteAnalysis => "analysis",
        TaskKind::StudyPlan => "plan",
    }
}

/// The address of a material. A reply is shown in its conversation; cards are shown by being studied.
pub fn address(kind: TaskKind, id: MaterialId, session: &SessionId) -> String {
    match kind {
        TaskKind::Chat => conversation(session),
        TaskKind::FlashcardGeneration => format!("/study/{id}"),
        TaskKind::QuizGeneration => format!("/quizzes/{id}"),
        TaskKind::ExamGeneration => format!("/exams/{id}"),
        TaskKind::SummaryGeneration => format!("/summaries/{id}"),
        TaskKind::NoteAnalysis => format!("/analyses/{id}"),
        TaskKind::StudyPlan => format!("/plans/{id}"),
    }
}

/// The address of a conversation. A session's name may hold signs that mean something in an address.
pub fn conversation(session: &SessionId) -> String {
    let mut address = "/tutor/".to_owned();
    for byte in session.as_str().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => address.push(byte as char),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

impl Locale {
    /// A message that differs by kind.
    pub(crate) fn of_kind(self, key: &str, kind: TaskKind) -> Cow<'static, str> {
        self.with(key, &[("kind", word(kind).into())])
    }
}

/// What every page of a material says above it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// A line for people; empty where the notes have no title.
    pub title: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who wrote it: a model's name, or `offline`.
    pub model_used: String,
}

impl Heading {
    /// The title, or the name of the kind where there is none.
    pub(crate) fn name(&self, frame: &Frame, kind: TaskKind) -> Cow<'_, str> {
        match self.title.trim() {
            "" => frame.locale.of_kind("kind-name", kind),
            title => title.into(),
        }
    }

    /// What it is, who wrote it and when, in one line.
    pub(crate) fn line(&self, frame: &Frame, kind: TaskKind) -> String {
        let author = match self.model_used.as_str() {
            "" | "offline" => frame.t("result-by-offline"),
            model => frame.locale.with("result-by-model", &[("model", model.into())]),
        };
        format!("{} · {author} · {}", frame.locale.of_kind("kind-name", kind), frame.ago(self.created_at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_a_page_of_its_own() {
        let id: MaterialId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap();
        let session: SessionId = "a:b|c".parse().unwrap();
        let mut pages: Vec<String> = OFFERED.iter().map(|kind| address(*kind, id, &session)).collect();
        assert!(pages.contains(&"/tutor/a%3Ab%7Cc".to_owned()) && pages.contains(&format!("/plans/{id}")));
        pages.sort();
        pages.dedup();
        assert_eq!(pages.len(), TaskKind::ALL.len());
    }

    #[test]
    fn a_material_without_a_title_is_called_by_its_kind() {
        let frame = Frame {
            locale: Locale::En,
            now: Timestamp::UNIX_EPOCH,
            author: crate::AuthorInUse::Offline,
            visitor: crate::Visitor::Local,
            version: "1",
        };
        let heading =
            |title: &str| Heading { title: title.into(), created_at: frame.now, model_used: "m".into() };
        assert_eq!(heading(" ").name(&frame, TaskKind::QuizGeneration), "Quiz");
        assert_eq!(heading("Cells").name(&frame, TaskKind::QuizGeneration), "Cells");
        assert_eq!(heading("").line(&frame, TaskKind::StudyPlan), "Study plan · written by m · just now");
    }
}
