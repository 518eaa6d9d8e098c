//! `GET /admin/quality`: does what is made pass, why does it not, what do students say, which variant is better?

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{Fault, TaskKind, Timestamp};

use super::{Address, Cell, Column, State, Table};
use crate::{Frame, fault, figure};

/// The page of the quality.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/quality.html")]
pub struct QualityPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// How many items passed, for each task.
    pub tasks: Vec<TaskQuality>,
    /// Why items were turned away, the commonest first.
    pub rejections: Vec<RejectionRow>,
    /// What students said lately, the last first.
    pub feedback: Vec<FeedbackRow>,
    /// The experiments that run or ran in the window.
    pub experiments: Vec<ExperimentView>,
    /// Objections to gradings that wait for a person, the oldest first.
    pub appeals: Vec<AppealView>,
}

/// An objection to a grading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealView {
    /// Whose.
    pub user: String,
    /// In which attempt.
    pub attempt: String,
    /// To which question.
    pub question_id: String,
    /// What it asks.
    pub question: String,
    /// What is right.
    pub key: String,
    /// The passage of the notes.
    pub quote: String,
    /// What was answered.
    pub answer: String,
    /// What the student says.
    pub text: String,
}

/// How many items of a task passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaskQuality {
    /// Which task.
    pub kind: TaskKind,
    /// Items that passed every check.
    pub passed: u64,
    /// Items that were turned away, or taken back.
    pub rejected: u64,
    /// Ratings of students.
    pub ratings: u64,
    /// The sum of the ratings, 1 to 5 each.
    pub rating_sum: u64,
}

/// Why items were turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RejectionRow {
    /// Why.
    pub fault: Fault,
    /// How many.
    pub count: u64,
}

/// What a student said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    /// When.
    pub at: Timestamp,
    /// Of what kind of item.
    pub content_type: String,
    /// 1 (bad) to 5 (good).
    pub rating: u8,
    /// In their words.
    pub text: Option<String>,
    /// What is wrong, by the wire's words.
    pub issues: Vec<String>,
}

/// An experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperimentView {
    /// Its name.
    pub name: String,
    /// For which task.
    pub task: String,
    /// Its variants.
    pub variants: Vec<VariantRow>,
}

/// What came of one variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantRow {
    /// Its name.
    pub name: String,
    /// How many users have it.
    pub users: u64,
    /// How many jobs ran under it.
    pub runs: u64,
    /// Items that passed.
    pub accepted: u64,
    /// Items that did not.
    pub rejected: u64,
    /// Ratings of students.
    pub ratings: u64,
    /// Their sum, 1 to 5 each.
    pub rating_sum: u64,
    /// What its jobs cost, in billionths of a US dollar; `None` where no price is known.
    pub nano_usd: Option<u64>,
    /// Reviews of its cards.
    pub reviews: u64,
    /// Those that were known (good or easy).
    pub known: u64,
}

fn rating(frame: &Frame, sum: u64, count: u64) -> Cell {
    if count == 0 {
        return Cell::none();
    }
    let mean = sum as f64 / count as f64;
    let text = frame.locale.with("admin-rating", &[("n", figure::decimal(frame.locale, mean, 1).into())]);
    Cell::number(mean, text).over(frame.locale.n("admin-ratings", count))
}

const TASKS: [Column<TaskQuality>; 5] = [
    Column {
        id: "task",
        key: "admin-task",
        number: false,
        cell: |frame, row| Cell::words(frame.kind_name(row.kind)),
    },
    Column {
        id: "passed",
        key: "admin-passed",
        number: true,
        cell: |frame, row| Cell::count(frame, row.passed),
    },
    Column {
        id: "rejected",
        key: "admin-rejected",
        number: true,
        cell: |frame, row| Cell::count(frame, row.rejected),
    },
    Column {
        id: "rate",
        key: "admin-pass-rate",
        number: true,
        cell: |frame, row| Cell::share(frame, row.passed, row.passed + row.rejected),
    },
    Column {
        id: "rating",
        key: "admin-feedback",
        number: true,
        cell: |frame, row| rating(frame, row.rating_sum, row.ratings),
    },
];

const FEEDBACK: [Column<FeedbackRow>; 4] = [
    Column { id: "at", key: "admin-when", number: true, cell: |frame, row| Cell::ago(frame, Some(row.at)) },
    Column {
        id: "rating",
        key: "admin-rated",
        number: true,
        cell: |frame, row| {
            let text = frame.locale.with("admin-rating", &[("n", row.rating.to_string().into())]);
            let cell = Cell::number(f64::from(row.rating), text);
            if row.rating <= 2 { cell.stands(State::Bad) } else { cell }
        },
    },
    Column { id: "about", key: "admin-about", number: false, cell: |_, row| Cell::code(&row.content_type) },
    Column {
        id: "text",
        key: "admin-said",
        number: false,
        cell: |_, row| match (&row.text, row.issues.is_empty()) {
            (Some(text), true) => Cell::foreign(text),
            (Some(text), false) => Cell::foreign(text).over(row.issues.join(", ")),
            (None, false) => Cell::foreign(row.issues.join(", ")),
            (None, true) => Cell::none(),
        },
    },
];

const VARIANTS: [Column<VariantRow>; 7] = [
    Column { id: "variant", key: "admin-variant", number: false, cell: |_, row| Cell::code(&row.name) },
    Column {
        id: "users",
        key: "admin-users",
        number: true,
        cell: |frame, row| Cell::count(frame, row.users),
    },
    Column { id: "runs", key: "admin-runs", number: true, cell: |frame, row| Cell::count(frame, row.runs) },
    Column {
        id: "rate",
        key: "admin-pass-rate",
        number: true,
        cell: |frame, row| Cell::share(frame, row.accepted, row.accepted + row.rejected),
    },
    Column {
        id: "rating",
        key: "admin-feedback",
        number: true,
        cell: |frame, row| rating(frame, row.rating_sum, row.ratings),
    },
    Column {
        id: "cost",
        key: "admin-cost-each",
        number: true,
        cell: |frame, row| {
            // By what it gave: a variant that is cheap and passes nothing is not cheap.
            Cell::usd(frame, row.nano_usd.filter(|_| row.accepted > 0).map(|nano| nano / row.accepted))
        },
    },
    Column {
        id: "known",
        key: "admin-known",
        number: true,
        cell: |frame, row| {
            let cell = Cell::share(frame, row.known, row.reviews);
            if row.reviews == 0 { cell } else { cell.over(frame.locale.n("admin-reviews", row.reviews)) }
        },
    },
];

impl QualityPage {
    fn tasks_table(&self) -> Table {
        let words = ("admin-passing", "admin-empty");
        Table::sortable(&self.frame, &self.address, words, &TASKS, &self.tasks)
    }

    fn feedback_table(&self) -> Table {
        Table::fixed(&self.frame, ("admin-feedback", "admin-feedback-none"), &FEEDBACK, &self.feedback)
    }

    fn variants_table(&self, experiment: &ExperimentView) -> Table {
        Table::fixed(&self.frame, ("admin-variants", "admin-empty"), &VARIANTS, &experiment.variants)
    }

    fn pass_line(&self) -> Cow<'static, str> {
        let (passed, all) = self
            .tasks
            .iter()
            .fold((0, 0), |(passed, all), task| (passed + task.passed, all + task.passed + task.rejected));
        if all == 0 {
            return self.frame.t("admin-empty");
        }
        let locale = self.frame.locale;
        let rate = figure::percent(locale, passed as f64 / all as f64);
        let values = [("rate", rate.as_ref().into()), ("all", figure::count(locale, all).into())];
        locale.with("admin-pass-line", &values)
    }

    fn why(&self, row: &RejectionRow) -> Cow<'static, str> {
        self.frame.t(fault::key(row.fault))
    }

    fn how_many(&self, row: &RejectionRow) -> String {
        figure::count(self.frame.locale, row.count)
    }

    fn most(&self) -> u64 {
        self.rejections.iter().map(|row| row.count).max().unwrap_or(1)
    }
}
