//! Requests: what a student asks for, as a type that cannot be wrong.
//!
//! `Request::parse` is the door: it takes the JSON of the wire and answers with either a request or the list
//! of every field that is wrong, so that a client can mend them all at once.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Difficulty, FieldError, NoteId, SessionId, UserId};

/// Longest message, in characters.
pub const MESSAGE_CHARS: usize = 8_000;
/// Most items that one request may ask for.
pub const COUNT_MAX: u32 = 200;
/// Longest topic, in characters.
pub const TOPIC_CHARS: usize = 200;
/// Most notes that a request may name.
pub const NOTES_MAX: usize = 100;

/// The `type` of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// A question to the tutor; a chat that asks for something else is classified.
    Chat,
    /// Flashcards.
    FlashcardGeneration,
    /// A quiz.
    QuizGeneration,
    /// An exam.
    ExamGeneration,
    /// A summary.
    SummaryGeneration,
    /// What is strong, missing or unclear in the notes.
    NoteAnalysis,
    /// A plan by day.
    StudyPlan,
}

impl TaskKind {
    /// All of them, in the order of the wire contract.
    pub const ALL: [TaskKind; 7] = [
        TaskKind::Chat,
        TaskKind::FlashcardGeneration,
        TaskKind::QuizGeneration,
        TaskKind::ExamGeneration,
        TaskKind::SummaryGeneration,
        TaskKind::NoteAnalysis,
        TaskKind::StudyPlan,
    ];

    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            TaskKind::Chat => "chat",
            TaskKind::FlashcardGeneration => "flashcard_generation",
            TaskKind::QuizGeneration => "quiz_generation",
            TaskKind::ExamGeneration => "exam_generation",
            TaskKind::SummaryGeneration => "summary_generation",
            TaskKind::NoteAnalysis => "note_analysis",
            TaskKind::StudyPlan => "study_plan",
        }
    }
}

impl fmt::Display for TaskKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for TaskKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        TaskKind::ALL.into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// The difficulty asked for: one level, or a mix that goes by the student's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DifficultyChoice {
    /// Easy items.
    Easy,
    /// Medium items.
    Medium,
    /// Hard items.
    Hard,
    /// A mix.
    #[default]
    Adaptive,
}

impl DifficultyChoice {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        self.level().map_or("adaptive", Difficulty::as_str)
    }

    /// The one level asked for, or `None` for a mix.
    pub fn level(self) -> Option<Difficulty> {
        match self {
            DifficultyChoice::Easy => Some(Difficulty::Easy),
            DifficultyChoice::Medium => Some(Difficulty::Medium),
            DifficultyChoice::Hard => Some(Difficulty::Hard),
            DifficultyChoice::Adaptive => None,
        }
    }
}

impl FromStr for DifficultyChoice {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "easy" => Ok(DifficultyChoice::Easy),
            "medium" => Ok(DifficultyChoice::Medium),
            "hard" => Ok(DifficultyChoice::Hard),
            "adaptive" => Ok(DifficultyChoice::Adaptive),
            _ => Err(()),
        }
    }
}

/// What a request for flashcards may choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FlashcardOptions {
    /// How many cards, 1 to 200.
    pub count: u32,
    /// How hard.
    pub difficulty: DifficultyChoice,
    /// Only about this, if given.
    pub topic: Option<String>,
    /// New cards even where the same request was answered before. Without it the same request, on the same
    /// text, gives the same cards: nothing is paid for twice.
    #[serde(default)]
    pub fresh: bool,
}

impl Default for FlashcardOptions {
    fn default() -> Self {
        Self { count: 10, difficulty: DifficultyChoice::default(), topic: None, fresh: false }
    }
}

/// A request that was checked: nothing in it can be wrong any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What is asked for.
    pub kind: TaskKind,
    /// By whom, as the request says; `None` leaves it to the sign-in.
    pub user_id: Option<UserId>,
    /// In which stream; `None` makes one.
    pub session_id: Option<SessionId>,
    /// The student's words.
    pub message: String,
    /// What was chosen for flashcards.
    pub flashcards: FlashcardOptions,
    /// Text to work from, given with the request.
    pub content: Option<String>,
    /// Notes to work from, and no others.
    pub explicit_note_ids: Vec<NoteId>,
}

impl Request {
    /// Reads the JSON of `POST /api/ai/process-stream`. On failure, every field that is wrong.
    ///
    /// Fields that the wire contract does not name are ignored, as the reference did.
    pub fn parse(body: &Value) -> Result<Self, Vec<FieldError>> {
        let Some(body) = body.as_object() else {
            return Err(vec![FieldError::new("", "must be a JSON object")]);
        };
        let empty = Map::new();
        let mut form = Form { errors: Vec::new() };
        let options = form.object(body, "/options").unwrap_or(&empty);
        let request = Self {
            kind: form.kind(body),
            user_id: form.text(body, "/user_id").and_then(|text| form.id("/user_id", text)),
            session_id: form.text(body, "/session_id").and_then(|text| form.id("/session_id", text)),
            message: form.limited(body, "/message", MESSAGE_CHARS).unwrap_or_default(),
            flashcards: FlashcardOptions {
                count: form.count(options, "/options/count").unwrap_or(FlashcardOptions::default().count),
                difficulty: form.word(options, "/options/difficulty").unwrap_or_default(),
                topic: form.limited(options, "/options/topic", TOPIC_CHARS).filter(|t| !t.is_empty()),
                fresh: form.flag(options, "/options/fresh"),
            },
            content: form.text(options, "/options/content").map(str::to_owned),
            explicit_note_ids: form.note_ids(body),
        };
        if form.errors.is_empty() { Ok(request) } else { Err(form.errors) }
    }
}

/// Reads fields one by one and keeps what is wrong with them.
struct Form {
    errors: Vec<FieldError>,
}

impl Form {
    fn wrong<T>(&mut self, pointer: &str, detail: impl Into<String>) -> Option<T> {
        self.errors.push(FieldError::new(pointer, detail));
        None
    }

    /// The field that `pointer` ends with, unless it is absent or null.
    fn field<'v>(map: &'v Map<String, Value>, pointer: &str) -> Option<&'v Value> {
        let name = pointer.rsplit('/').next().unwrap_or(pointer);
        map.get(name).filter(|value| !value.is_null())
    }

    fn object<'v>(&mut self, map: &'v Map<String, Value>, pointer: &str) -> Option<&'v Map<String, Value>> {
        match Self::field(map, pointer)? {
            Value::Object(object) => Some(object),
            _ => self.wrong(pointer, "must be an object"),
        }
    }

    fn text<'v>(&mut self, map: &'v Map<String, Value>, pointer: &str) -> Option<&'v str> {
        match Self::field(map, pointer)? {
            Value::String(text) => Some(text),
            _ => self.wrong(pointer, "must be a string"),
        }
    }

    fn limited(&mut self, map: &Map<String, Value>, pointer: &str, most: usize) -> Option<String> {
        let text = self.text(map, pointer)?.trim();
        match text.chars().count() {
            n if n > most => self.wrong(pointer, format!("must be at most {most} characters long, not {n}")),
            _ => Some(text.to_owned()),
        }
    }

    fn id<I: FromStr<Err: fmt::Display>>(&mut self, pointer: &str, text: &str) -> Option<I> {
        text.parse().map_err(|error: I::Err| self.wrong::<()>(pointer, error.to_string())).ok()
    }

    fn kind(&mut self, body: &Map<String, Value>) -> TaskKind {
        let words = || TaskKind::ALL.map(TaskKind::as_str).join(", ");
        let found = match Self::field(body, "/type") {
            None => self.wrong("/type", format!("is required: one of {}", words())),
            Some(value) => match value.as_str().and_then(|word| word.parse().ok()) {
                None => self.wrong("/type", format!("must be one of {}", words())),
                kind => kind,
            },
        };
        found.unwrap_or(TaskKind::Chat)
    }

    fn count(&mut self, options: &Map<String, Value>, pointer: &str) -> Option<u32> {
        let value = Self::field(options, pointer)?;
        match value.as_u64() {
            Some(n @ 1..) if n <= u64::from(COUNT_MAX) => u32::try_from(n).ok(),
            _ => self.wrong(pointer, format!("must be a whole number from 1 to {COUNT_MAX}")),
        }
    }

    fn word(&mut self, options: &Map<String, Value>, pointer: &str) -> Option<DifficultyChoice> {
        match Self::field(options, pointer)?.as_str().and_then(|word| word.parse().ok()) {
            None => self.wrong(pointer, "must be one of easy, medium, hard, adaptive"),
            choice => choice,
        }
    }

    fn flag(&mut self, options: &Map<String, Value>, pointer: &str) -> bool {
        match Self::field(options, pointer) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => self.wrong(pointer, "must be true or false").unwrap_or_default(),
        }
    }

    fn note_ids(&mut self, body: &Map<String, Value>) -> Vec<NoteId> {
        let pointer = "/explicit_note_ids";
        let list = match Self::field(body, pointer) {
            None => return Vec::new(),
            Some(Value::Array(list)) if list.len() <= NOTES_MAX => list,
            Some(Value::Array(_)) => {
                return self
                    .wrong(pointer, format!("may name at most {NOTES_MAX} notes"))
                    .unwrap_or_default();
            }
            Some(_) => return self.wrong(pointer, "must be an array of note ids").unwrap_or_default(),
        };
        let mut ids: Vec<NoteId> = Vec::with_capacity(list.len());
        for (place, value) in list.iter().enumerate() {
            match value.as_str().and_then(|text| text.parse().ok()) {
                Some(id) if ids.contains(&id) => {}
                Some(id) => ids.push(id),
                None => self
                    .wrong(&format!("{pointer}/{place}"), "must be the id of a note (a UUID)")
                    .unwrap_or_default(),
            }
        }
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn pointers(body: Value) -> Vec<String> {
        Request::parse(&body).unwrap_err().into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn a_request_needs_only_a_type() {
        let request = Request::parse(&json!({"type": "flashcard_generation"})).unwrap();
        assert_eq!(request.kind, TaskKind::FlashcardGeneration);
        assert_eq!(request.flashcards, FlashcardOptions::default());
        assert_eq!((request.user_id, request.content), (None, None));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let body = json!({"type": "cards", "user_id": 7, "session_id": "a b", "message": "x".repeat(8001),
            "options": {"count": "ten", "difficulty": "brutal", "content": 1}, "explicit_note_ids": ["x"]});
        let wrong = [
            "/type",
            "/user_id",
            "/session_id",
            "/message",
            "/options/count",
            "/options/difficulty",
            "/options/content",
            "/explicit_note_ids/0",
        ];
        assert_eq!(pointers(body), wrong);
    }

    #[test]
    fn a_count_is_a_whole_number_from_1_to_200() {
        for count in [json!(0), json!(-1), json!(10_000), json!("ten"), json!(1.5), json!(true), json!([])] {
            let body = json!({"type": "flashcard_generation", "options": {"count": count}});
            assert_eq!(pointers(body), ["/options/count"]);
        }
        for count in [1, 200] {
            let body = json!({"type": "flashcard_generation", "options": {"count": count}});
            assert_eq!(Request::parse(&body).unwrap().flashcards.count, count);
        }
    }

    #[test]
    fn null_is_the_same_as_absent() {
        let body = json!({"type": "chat", "user_id": null, "options": null, "explicit_note_ids": null});
        assert!(Request::parse(&body).is_ok());
    }

    #[test]
    fn what_is_not_an_object_is_refused() {
        for body in [json!([]), json!("chat"), json!(null), json!({"type": "chat", "options": []})] {
            assert_eq!(Request::parse(&body).unwrap_err().len(), 1);
        }
    }
}
