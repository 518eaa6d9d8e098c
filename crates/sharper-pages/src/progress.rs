//! `GET /progress`: days studied, what comes back when, what is remembered against what was predicted, topics, the exam ahead.
//! Charts are drawn here, as SVG without a script, each with a table that says the same.

use std::borrow::Cow;

use askama::Template;
use jiff::civil::Date;
use sharper_domain::Timestamp;

use crate::{Frame, figure};

/// Height of the chart of what comes back, in units of its drawing.
const HIGH: u64 = 100;
/// Weeks of the calendar.
const WEEKS: i64 = 12;

/// A day with a number of reviews or cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub date: Date,
    /// So many.
    pub count: u64,
}

/// A part of the retention curve.
#[derive(Debug, Clone, PartialEq)]
pub struct RetentionPart {
    /// Days since the review before: from, and to where that is limited.
    pub days: (u32, Option<u32>),
    /// Reviews.
    pub reviews: usize,
    /// What was predicted and what was remembered, 0 to 1.
    pub shares: (f64, f64),
}

/// A topic with how well it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicKnown {
    /// The topic.
    pub topic: String,
    /// Reviews and graded answers.
    pub reviews: u64,
    /// The share that was right, 0 to 1.
    pub accuracy: f64,
}

/// The exam that comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamView {
    /// When.
    pub at: Timestamp,
    /// A line for people.
    pub title: String,
    /// Where it is studied for, where that is a set.
    pub href: Option<String>,
    /// The share that will be recalled, with the limits in nine of ten cases.
    pub recall: Option<(f64, f64, f64)>,
}

/// The page Progress.
#[derive(Debug, Clone, Template)]
#[template(path = "progress.html")]
pub struct ProgressPage {
    /// What is around it.
    pub frame: Frame,
    /// The student's day.
    pub today: Date,
    /// Cards that wait today.
    pub due: u32,
    /// Days in a row.
    pub streak: u32,
    /// Minutes of the last seven days.
    pub minutes: u64,
    /// Reviews of the days on which there were some, of the last twelve weeks.
    pub days: Vec<DayCount>,
    /// What comes back on each of the next days.
    pub forecast: Vec<DayCount>,
    /// Retention by the days between.
    pub retention: Vec<RetentionPart>,
    /// Topics, the weakest first.
    pub topics: Vec<TopicKnown>,
    /// The exam that comes next.
    pub exam: Option<ExamView>,
}

/// A bar of a chart.
struct Bar {
    x: usize,
    y: u64,
    height: u64,
}

/// A day of the calendar.
struct Cell {
    x: i64,
    y: i64,
    level: u8,
}

impl ProgressPage {
    fn is_empty(&self) -> bool {
        self.days.is_empty() && self.due == 0
    }

    fn streak_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("progress-streak", self.streak)
    }

    fn due_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("sets-due", self.due)
    }

    fn time_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("progress-minutes", self.minutes)
    }

    fn percent(&self, share: &f64) -> String {
        format!("{} %", figure::decimal(self.frame.locale, share * 100.0, 0))
    }

    fn exam_line(&self, exam: &ExamView) -> String {
        let when = exam.at.as_second().saturating_sub(self.frame.now.as_second());
        let when = figure::interval(self.frame.locale, u64::try_from(when).unwrap_or_default());
        let ahead = self.frame.locale.with("progress-exam-in", &[("when", when.into())]);
        let ready = exam.recall.map(|(recall, low, high)| {
            let values = [
                ("recall", self.percent(&recall).into()),
                ("low", self.percent(&low).into()),
                ("high", self.percent(&high).into()),
            ];
            self.frame.locale.with("progress-ready", &values)
        });
        format!("{ahead} {}", ready.unwrap_or_default())
    }

    fn most(&self) -> u64 {
        self.forecast.iter().map(|day| day.count).max().unwrap_or_default().max(1)
    }

    fn bars(&self) -> Vec<Bar> {
        let bar = |(place, day): (usize, &DayCount)| {
            let height = day.count * HIGH / self.most();
            // A day with a single card is seen beside one with hundreds.
            let height = if day.count > 0 { height.max(2) } else { 0 };
            Bar { x: place * 20, y: HIGH - height, height }
        };
        self.forecast.iter().enumerate().map(bar).collect()
    }

    fn cells(&self) -> Vec<Cell> {
        let first = self.today.checked_sub(jiff::Span::new().days(WEEKS * 7 - 1)).unwrap_or(self.today);
        let cell = |back: i64| {
            let date = first.checked_add(jiff::Span::new().days(back)).unwrap_or(first);
            let count = self.days.iter().find(|day| day.date == date).map_or(0, |day| day.count);
            let level = match count {
                0 => 0,
                1..=9 => 1,
                10..=29 => 2,
                _ => 3,
            };
            Cell { x: back / 7 * 14, y: back % 7 * 14, level }
        };
        (0..WEEKS * 7).map(cell).collect()
    }

    fn days_line(&self) -> Cow<'static, str> {
        self.frame.locale.n("progress-days-studied", self.days.len())
    }

    /// The request for questions on a topic.
    fn practice(&self, topic: &TopicKnown) -> String {
        let options = serde_json::json!({"topic": topic.topic, "question_count": 10});
        serde_json::json!({"type": "quiz_generation", "message": topic.topic, "options": options}).to_string()
    }

    fn part(&self, part: &RetentionPart) -> String {
        match part.days {
            (_, Some(1)) => "≤ 1".to_owned(),
            (from, Some(to)) => format!("{from}–{to}"),
            (from, None) => format!("≥ {from}"),
        }
    }
}
