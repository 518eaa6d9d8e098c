//! Study plans: the topics of notes, and what to do on which day until the exam.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Source, Verdict};

/// Days of a plan when no exam is named.
pub const DAYS: u32 = 7;
/// Minutes a day when none are given.
pub const DAILY_MINUTES: u32 = 45;

/// What a request for a plan may choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlanOptions {
    /// Days until the exam, today among them, 1 to 365.
    pub days: u32,
    /// The day of the exam; with it the days count from the day of asking.
    pub exam_date: Option<Date>,
    /// Minutes a day, 5 to 720.
    pub daily_minutes: u32,
    /// Only about this, if given.
    pub topic: Option<String>,
}

impl Default for PlanOptions {
    fn default() -> Self {
        Self { days: DAYS, exam_date: None, daily_minutes: DAILY_MINUTES, topic: None }
    }
}

/// A topic of the notes. `S` is [`Passage`](crate::Passage) in a draft and [`Source`] in what is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StudyTopic<S = Source> {
    /// A heading or key term of the notes.
    pub topic: String,
    /// Why it gets the time it gets, in a sentence.
    pub why: String,
    /// Its share of the time, above 0; those of a plan add up to 1.
    pub weight: f64,
    /// Words that the notes have on it.
    pub words: u32,
    /// How well the student knows it, 0 to 1; `None` where nothing was studied yet.
    pub mastery: Option<f64>,
    /// Where the notes begin to speak of it.
    pub source: S,
    /// What the checks found; `None` in a draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
}

impl<S> StudyTopic<S> {
    /// Checked, with each passage as the notes' own source; `None` where `cite` finds one of them nowhere.
    pub fn checked<T>(self, verdict: Verdict, mut cite: impl FnMut(S) -> Option<T>) -> Option<StudyTopic<T>> {
        Some(StudyTopic {
            source: cite(self.source)?,
            topic: self.topic,
            why: self.why,
            weight: self.weight,
            words: self.words,
            mastery: self.mastery,
            verdict: Some(verdict),
        })
    }
}

/// What to do with a topic on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Read it and make cards.
    Learn,
    /// Recall it with cards, some days after it was learned.
    Review,
    /// Answer questions on it.
    Practise,
    /// Sit an exam on everything.
    MockExam,
}

impl Activity {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Activity::Learn => "learn",
            Activity::Review => "review",
            Activity::Practise => "practise",
            Activity::MockExam => "mock_exam",
        }
    }
}

/// One stretch of work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlanSession {
    /// The topic; for a mock exam, the title of the plan.
    pub topic: String,
    /// What to do.
    pub activity: Activity,
    /// For how long.
    pub minutes: u32,
    /// One sentence that says how.
    pub task: String,
}

/// A day of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlanDay {
    /// From 1.
    pub day: u32,
    /// The date, where the exam's is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Minutes in all.
    pub minutes: u32,
    /// What to do, in order.
    pub sessions: Vec<PlanSession>,
}
