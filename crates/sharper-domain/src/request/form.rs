//! Reading a request field by field, keeping what is wrong with each.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use serde_json::{Map, Value};

use super::{
    COUNT_MAX, DifficultyChoice, FlashcardOptions, LIST_MAX, NOTES_MAX, Request, TOPIC_CHARS, TaskKind,
};
use crate::exam::{DURATION_MINUTES, ExamOptions, SectionSpec};
use crate::plan::{self, PlanOptions};
use crate::{FieldError, NoteId, QuestionKind, QuizOptions, SummaryOptions};

/// Reads fields one by one and keeps what is wrong with them.
#[derive(Default)]
pub(super) struct Form {
    pub(super) errors: Vec<FieldError>,
}

impl Form {
    pub(super) fn wrong<T>(&mut self, pointer: &str, detail: impl Into<String>) -> Option<T> {
        self.errors.push(FieldError::new(pointer, detail));
        None
    }

    /// The field that `pointer` ends with, unless it is absent or null.
    pub(super) fn field<'v>(map: &'v Map<String, Value>, pointer: &str) -> Option<&'v Value> {
        let name = pointer.rsplit('/').next().unwrap_or(pointer);
        map.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn object<'v>(
        &mut self,
        map: &'v Map<String, Value>,
        pointer: &str,
    ) -> Option<&'v Map<String, Value>> {
        match Self::field(map, pointer)? {
            Value::Object(object) => Some(object),
            _ => self.wrong(pointer, "must be an object"),
        }
    }

    pub(super) fn text<'v>(&mut self, map: &'v Map<String, Value>, pointer: &str) -> Option<&'v str> {
        match Self::field(map, pointer)? {
            Value::String(text) => Some(text),
            _ => self.wrong(pointer, "must be a string"),
        }
    }

    pub(super) fn limited(&mut self, map: &Map<String, Value>, pointer: &str, most: usize) -> Option<String> {
        let text = self.text(map, pointer)?;
        match text.chars().count() {
            n if n > most => self.wrong(pointer, format!("must be at most {most} characters long, not {n}")),
            _ => Some(text.trim().to_owned()),
        }
    }

    pub(super) fn id<I: FromStr<Err: fmt::Display>>(&mut self, pointer: &str, text: &str) -> Option<I> {
        text.parse().map_err(|error: I::Err| self.wrong::<()>(pointer, error.to_string())).ok()
    }

    pub(super) fn kind(&mut self, body: &Map<String, Value>) -> TaskKind {
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

    pub(super) fn within(
        &mut self,
        options: &Map<String, Value>,
        pointer: &str,
        range: RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = Self::field(options, pointer)?;
        match value.as_u64().and_then(|n| u32::try_from(n).ok()) {
            Some(n) if range.contains(&n) => Some(n),
            _ => self
                .wrong(pointer, format!("must be a whole number from {} to {}", range.start(), range.end())),
        }
    }

    /// A word out of a closed list.
    fn word<T: FromStr>(&mut self, options: &Map<String, Value>, pointer: &str, words: &str) -> Option<T> {
        match Self::field(options, pointer)?.as_str().and_then(|word| word.parse().ok()) {
            None => self.wrong(pointer, format!("must be one of {words}")),
            choice => choice,
        }
    }

    /// The choices of the task that is asked for. A chat may turn out to ask for any of them.
    pub(super) fn choices(&mut self, options: &Map<String, Value>, request: &mut Request) {
        let kind = request.kind;
        let asked = |one: TaskKind| kind == one || kind == TaskKind::Chat;
        let difficulty: DifficultyChoice =
            self.word(options, "/options/difficulty", "easy, medium, hard, adaptive").unwrap_or_default();
        let topic = self.limited(options, "/options/topic", TOPIC_CHARS).filter(|topic| !topic.is_empty());
        if asked(TaskKind::FlashcardGeneration) {
            let count = self.within(options, "/options/count", 1..=COUNT_MAX);
            let count = count.unwrap_or(FlashcardOptions::default().count);
            request.flashcards = FlashcardOptions { count, difficulty, topic: topic.clone() };
        }
        if asked(TaskKind::QuizGeneration) {
            let usual = QuizOptions::default();
            request.quiz = QuizOptions {
                question_count: self
                    .within(options, "/options/question_count", 1..=COUNT_MAX)
                    .unwrap_or(usual.question_count),
                question_types: self.kinds(options, "/options/question_types", &QuestionKind::QUIZ),
                difficulty,
                topic: topic.clone(),
            };
            if request.quiz.question_types.is_empty() {
                request.quiz.question_types = usual.question_types;
            }
        }
        if asked(TaskKind::ExamGeneration) {
            request.exam = ExamOptions {
                duration_minutes: self
                    .within(options, "/options/duration_minutes", 5..=480)
                    .unwrap_or(DURATION_MINUTES),
                sections: self.sections(options),
                difficulty,
                topic: topic.clone(),
            };
        }
        if asked(TaskKind::SummaryGeneration) {
            request.summary = SummaryOptions {
                length: self.word(options, "/options/length", "short, medium, long").unwrap_or_default(),
                style: self
                    .word(options, "/options/style", "bullet_points, paragraph, outline")
                    .unwrap_or_default(),
                focus_areas: self.texts(options, "/options/focus_areas"),
            };
        }
        if asked(TaskKind::StudyPlan) {
            request.plan = self.plan(options, topic);
        }
    }

    fn plan(&mut self, options: &Map<String, Value>, topic: Option<String>) -> PlanOptions {
        let pointer = "/options/exam_date";
        let exam_date = self.text(options, pointer).and_then(|text| match text.parse() {
            Ok(date) => Some(date),
            Err(_) => self.wrong(pointer, "must be a date such as 2026-06-30"),
        });
        PlanOptions {
            days: self.within(options, "/options/days", 1..=365).unwrap_or(plan::DAYS),
            exam_date,
            daily_minutes: self
                .within(options, "/options/daily_minutes", 5..=720)
                .unwrap_or(plan::DAILY_MINUTES),
            topic,
        }
    }

    /// At most ten short texts.
    fn texts(&mut self, options: &Map<String, Value>, pointer: &str) -> Vec<String> {
        let list = match Self::field(options, pointer) {
            None => return Vec::new(),
            Some(Value::Array(list)) if list.len() <= LIST_MAX => list,
            Some(_) => {
                let detail = format!("must be an array of at most {LIST_MAX} texts");
                return self.wrong(pointer, detail).unwrap_or_default();
            }
        };
        let mut texts = Vec::with_capacity(list.len());
        for (place, value) in list.iter().enumerate() {
            match value.as_str() {
                Some(text) if text.chars().count() <= TOPIC_CHARS => texts.push(text.trim().to_owned()),
                _ => self
                    .wrong(
                        &format!("{pointer}/{place}"),
                        format!("must be a text of at most {TOPIC_CHARS} characters"),
                    )
                    .unwrap_or_default(),
            }
        }
        texts.retain(|text: &String| !text.is_empty());
        texts
    }

    fn kinds(
        &mut self,
        options: &Map<String, Value>,
        pointer: &str,
        allowed: &[QuestionKind],
    ) -> Vec<QuestionKind> {
        let words = self.texts(options, pointer);
        let mut kinds: Vec<QuestionKind> = Vec::with_capacity(words.len());
        for (place, word) in words.iter().enumerate() {
            match word.parse::<QuestionKind>().ok().filter(|kind| allowed.contains(kind)) {
                Some(kind) if kinds.contains(&kind) => {}
                Some(kind) => kinds.push(kind),
                None => {
                    let names: Vec<&str> = allowed.iter().map(|kind| kind.as_str()).collect();
                    self.wrong(&format!("{pointer}/{place}"), format!("must be one of {}", names.join(", ")))
                        .unwrap_or_default()
                }
            }
        }
        kinds
    }

    /// The sections of an exam: a number of them, their names, or objects.
    fn sections(&mut self, options: &Map<String, Value>) -> Vec<SectionSpec> {
        let pointer = "/options/sections";
        let spec = |name: &str| SectionSpec {
            name: name.trim().chars().take(TOPIC_CHARS).collect(),
            question_types: Vec::new(),
            question_count: None,
        };
        let list = match Self::field(options, pointer) {
            None => return Vec::new(),
            Some(Value::Number(number)) if (1..=LIST_MAX as u64).contains(&number.as_u64().unwrap_or(0)) => {
                let count = number.as_u64().unwrap_or(1);
                return (1..=count).map(|n| spec(&format!("Section {n}"))).collect();
            }
            Some(Value::Array(list)) if list.len() <= LIST_MAX => list,
            Some(_) => {
                let detail =
                    format!("must be a number of sections or an array of at most {LIST_MAX} of them");
                return self.wrong(pointer, detail).unwrap_or_default();
            }
        };
        let mut sections = Vec::with_capacity(list.len());
        for (place, value) in list.iter().enumerate() {
            let at = format!("{pointer}/{place}");
            match value {
                Value::String(name) if !name.trim().is_empty() => sections.push(spec(name)),
                Value::Object(object) => {
                    let name =
                        ["section_name", "name", "title"].iter().find_map(|key| object.get(*key)?.as_str());
                    let name = name.map_or_else(|| format!("Section {}", place + 1), str::to_owned);
                    sections.push(SectionSpec {
                        question_types: self.kinds(
                            object,
                            &format!("{at}/question_types"),
                            &QuestionKind::ALL,
                        ),
                        question_count: self.within(object, &format!("{at}/question_count"), 1..=COUNT_MAX),
                        ..spec(&name)
                    });
                }
                _ => self
                    .wrong(
                        &at,
                        "must be a name, or an object with section_name, question_types, question_count",
                    )
                    .unwrap_or_default(),
            }
        }
        sections
    }

    pub(super) fn flag(&mut self, options: &Map<String, Value>, pointer: &str) -> bool {
        match Self::field(options, pointer) {
            None => false,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => self.wrong(pointer, "must be true or false").unwrap_or_default(),
        }
    }

    pub(super) fn note_ids(&mut self, body: &Map<String, Value>) -> Vec<NoteId> {
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
