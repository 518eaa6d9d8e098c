//! The form of Today as it was filled in, and the request that it asks for.
//!
//! A form is text. It becomes the JSON of the wire, which `Request::parse` reads as it reads a client's: what is wrong
//! with a field is said in one place.

use serde_json::{Map, Value, json};
use sharper_domain::{QuestionKind, TaskKind};

/// The numbers of cards or questions that are one tap away.
pub const QUICK_COUNTS: [&str; 3] = ["5", "10", "20"];

/// The fields of `POST /make`, as they were typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeForm {
    /// The notes.
    pub notes: String,
    /// Notes of the library to work from.
    pub note_ids: Vec<String>,
    /// A title, or nothing.
    pub title: String,
    /// What to make.
    pub kind: TaskKind,
    /// The question to the tutor.
    pub question: String,
    /// How many cards or questions: a quick number, or `other`.
    pub count: String,
    /// The other number.
    pub count_other: String,
    /// How hard.
    pub difficulty: String,
    /// Which kinds of question.
    pub question_types: Vec<String>,
    /// How long an exam lasts.
    pub duration_minutes: String,
    /// How long a summary is.
    pub length: String,
    /// Its shape.
    pub style: String,
    /// The day of the exam, or nothing.
    pub exam_date: String,
    /// Days of a plan without an exam.
    pub days: String,
    /// Minutes a day.
    pub daily_minutes: String,
    /// Something new even where the same was asked before.
    pub fresh: bool,
}

impl Default for MakeForm {
    fn default() -> Self {
        let text = str::to_owned;
        Self {
            notes: String::new(),
            note_ids: Vec::new(),
            title: String::new(),
            kind: TaskKind::FlashcardGeneration,
            question: String::new(),
            count: text("10"),
            count_other: String::new(),
            difficulty: text("adaptive"),
            question_types: QuestionKind::QUIZ.map(|kind| kind.as_str().to_owned()).into(),
            duration_minutes: text("60"),
            length: text("medium"),
            style: text("bullet_points"),
            exam_date: String::new(),
            days: text("7"),
            daily_minutes: text("45"),
            fresh: false,
        }
    }
}

impl MakeForm {
    /// A form as a browser sends it, field by field. Fields that it does not have are passed over; what a field left
    /// out says nothing about is as usual.
    pub fn read<'f>(fields: impl IntoIterator<Item = (&'f str, String)>) -> Self {
        let mut form = Self::default();
        let mut kinds = Vec::new();
        for (name, text) in fields {
            match name {
                "notes" => form.notes = text.replace("\r\n", "\n"),
                "note_id" => form.note_ids.push(text),
                "title" => form.title = text,
                "type" => form.kind = text.parse().unwrap_or(form.kind),
                "question" => form.question = text,
                "count" => form.count = text,
                "count_other" => form.count_other = text,
                "difficulty" => form.difficulty = text,
                "question_types" => kinds.push(text),
                "duration_minutes" => form.duration_minutes = text,
                "length" => form.length = text,
                "style" => form.style = text,
                "exam_date" => form.exam_date = text,
                "days" => form.days = text,
                "daily_minutes" => form.daily_minutes = text,
                "fresh" => form.fresh = text == "1",
                _ => {}
            }
        }
        if !kinds.is_empty() {
            form.question_types = kinds;
        }
        form
    }

    /// Whether the number is none of the quick ones.
    pub(crate) fn counts_otherwise(&self) -> bool {
        !QUICK_COUNTS.contains(&self.count.as_str())
    }

    /// The request, as a client of the wire would write it, to work from `content`.
    pub fn body(&self, content: &str) -> Value {
        let count = if self.count == "other" { &self.count_other } else { &self.count };
        let mut options = match self.kind {
            TaskKind::FlashcardGeneration => {
                json!({"count": number(count), "difficulty": self.difficulty})
            }
            TaskKind::QuizGeneration => json!({
                "question_count": number(count),
                "difficulty": self.difficulty,
                "question_types": self.question_types,
            }),
            TaskKind::ExamGeneration => {
                json!({"duration_minutes": number(&self.duration_minutes), "difficulty": self.difficulty})
            }
            TaskKind::SummaryGeneration => json!({"length": self.length, "style": self.style}),
            TaskKind::StudyPlan => {
                let date = Some(self.exam_date.trim()).filter(|date| !date.is_empty());
                json!({
                    "days": number(&self.days),
                    "daily_minutes": number(&self.daily_minutes),
                    "exam_date": date,
                })
            }
            TaskKind::NoteAnalysis | TaskKind::Chat => Value::Object(Map::new()),
        };
        let from_notes = !self.note_ids.is_empty() || self.kind == TaskKind::Chat;
        if !content.trim().is_empty() || !from_notes {
            options["content"] = json!(content);
        }
        options["fresh"] = json!(self.fresh);
        let message = if self.kind == TaskKind::Chat { self.question.trim() } else { "" };
        json!({"type": self.kind, "message": message, "options": options, "explicit_note_ids": self.note_ids})
    }
}

/// A number where the text is one, else the text, for the door to say what is wrong with it.
fn number(text: &str) -> Value {
    let text = text.trim();
    text.parse::<u64>().map_or_else(|_| json!(text), |number| json!(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sharper_domain::{Request, SummaryStyle};

    fn form(fields: &[(&'static str, &str)]) -> MakeForm {
        MakeForm::read(fields.iter().map(|(name, text)| (*name, (*text).to_owned())))
    }

    fn asked(fields: &[(&'static str, &str)]) -> Result<Request, Vec<String>> {
        let body = form(fields).body("Cells divide.");
        Request::parse(&body).map_err(|errors| errors.into_iter().map(|error| error.pointer).collect())
    }

    #[test]
    fn every_form_as_it_stands_is_a_sound_request_for_its_kind() {
        for kind in TaskKind::ALL {
            let request = asked(&[("type", kind.as_str())]).unwrap();
            assert_eq!((request.kind, request.content.as_deref()), (kind, Some("Cells divide.")));
        }
    }

    #[test]
    fn what_was_chosen_reaches_the_request() {
        let quiz = asked(&[
            ("type", "quiz_generation"),
            ("count", "other"),
            ("count_other", " 7 "),
            ("question_types", "essay"),
        ]);
        assert_eq!(quiz.unwrap_err(), ["/options/question_types/0"]);
        let quiz =
            asked(&[("type", "quiz_generation"), ("count", "5"), ("question_types", "true_false")]).unwrap();
        assert_eq!((quiz.quiz.question_count, quiz.quiz.question_types.len()), (5, 1));
        let summary = asked(&[("type", "summary_generation"), ("style", "outline")]).unwrap();
        assert_eq!(summary.summary.style, SummaryStyle::Outline);
        let plan =
            asked(&[("type", "study_plan"), ("exam_date", "2026-06-30"), ("daily_minutes", "20")]).unwrap();
        assert_eq!((plan.plan.daily_minutes, plan.plan.exam_date.is_some()), (20, true));
    }

    #[test]
    fn a_count_is_a_quick_one_or_the_other_one_and_what_is_wrong_with_it_is_named() {
        let check = |count, other, wanted: Option<u32>| {
            let request = asked(&[("count", count), ("count_other", other)]);
            assert_eq!(request.map(|request| request.flashcards.count).ok(), wanted, "{count} {other}");
        };
        check("5", "", Some(5));
        check("20", "37", Some(20));
        check("other", " 37 ", Some(37));
        check("other", "", None);
        check("other", "0", None);
        check("other", "201", None);
        check("many", "", None);
    }

    #[test]
    fn a_note_of_the_library_stands_for_a_text() {
        let form = form(&[("type", "quiz_generation"), ("note_id", "01890a5d-ac96-774b-bcce-b302099a8057")]);
        let request = Request::parse(&form.body("")).unwrap();
        assert_eq!((request.explicit_note_ids.len(), request.content), (1, None));
    }

    #[test]
    fn a_question_needs_no_text_with_it() {
        let form = form(&[("type", "chat"), ("question", " What is osmosis? ")]);
        let request = Request::parse(&form.body(" ")).unwrap();
        assert_eq!((request.message.as_str(), request.content), ("What is osmosis?", None));
    }
}
