//! `GET /admin/requests/{id}`: the whole story of one request, agent by agent, call by call.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::Timestamp;

use super::{Address, Cell, Column, State, Table};
use crate::{Frame, figure};

/// The page of one request.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/request.html")]
pub struct RequestPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// Its id.
    pub request_id: String,
    /// Whose it was.
    pub user_id: String,
    /// When its first agent began.
    pub at: Timestamp,
    /// Every agent, in the order in which they began.
    pub steps: Vec<StepView>,
    /// Every call to a model, in order.
    pub calls: Vec<ModelCallView>,
}

/// What one agent did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepView {
    /// Which agent.
    pub agent: String,
    /// How it ended: `success`, `failure` or `timeout`.
    pub status: String,
    /// How long after the first it began, in milliseconds.
    pub after_ms: u64,
    /// How long it took.
    pub took_ms: u64,
    /// Tokens of models.
    pub tokens: u64,
    /// Which model, where one was asked.
    pub model: Option<String>,
    /// What it was given; `None` where the retention policy keeps it not, or not any more.
    pub input: Option<String>,
    /// What it answered.
    pub output: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
}

/// One call to a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelCallView {
    /// Which model.
    pub model: String,
    /// For which task.
    pub task: String,
    /// How it ended: `ok`, or the kind of its failure.
    pub outcome: String,
    /// Whether it ended well.
    pub ok: bool,
    /// Whether a kept answer was used.
    pub cached: bool,
    /// Tokens that went in.
    pub prompt_tokens: u64,
    /// Tokens that came out.
    pub completion_tokens: u64,
    /// What it cost, in billionths of a US dollar; `None` where the price is not known.
    pub nano_usd: Option<u64>,
    /// How long it took, in milliseconds.
    pub took_ms: Option<u64>,
}

const CALLS: [Column<ModelCallView>; 6] = [
    Column {
        id: "model",
        key: "admin-model",
        number: false,
        cell: |_, row| Cell::code(&row.model).over(&row.task),
    },
    Column {
        id: "outcome",
        key: "admin-outcome",
        number: false,
        cell: |frame, row| {
            let cell = Cell::code(&row.outcome).stands(State::of(Some(row.ok)));
            if row.cached { cell.over(frame.t("admin-call-cached")) } else { cell }
        },
    },
    Column {
        id: "in",
        key: "admin-tokens-in",
        number: true,
        cell: |frame, row| Cell::count(frame, row.prompt_tokens),
    },
    Column {
        id: "out",
        key: "admin-tokens-out",
        number: true,
        cell: |frame, row| Cell::count(frame, row.completion_tokens),
    },
    Column { id: "cost", key: "admin-cost", number: true, cell: |frame, row| Cell::usd(frame, row.nano_usd) },
    Column { id: "took", key: "admin-took", number: true, cell: |frame, row| Cell::took(frame, row.took_ms) },
];

impl RequestPage {
    fn calls_table(&self) -> Table {
        Table::fixed(&self.frame, ("admin-calls", "admin-calls-none"), &CALLS, &self.calls)
    }

    fn facts(&self) -> String {
        let (locale, steps) = (self.frame.locale, &self.steps);
        let took = steps.iter().map(|step| step.after_ms + step.took_ms).max().unwrap_or(0);
        let tokens: u64 = steps.iter().map(|step| step.tokens).sum();
        let values = [
            ("agents", figure::count(locale, steps.len() as u64).into()),
            ("took", figure::took(locale, took).as_ref().to_owned().into()),
            ("tokens", figure::count(locale, tokens).into()),
        ];
        locale.with("admin-request-facts", &values).into_owned()
    }

    fn moment(&self) -> String {
        figure::moment(self.at)
    }

    fn state(&self, step: &StepView) -> State {
        State::of(Some(step.status == "success"))
    }

    fn status(&self, step: &StepView) -> Cow<'static, str> {
        self.frame.t(match step.status.as_str() {
            "success" => "admin-status-success",
            "timeout" => "admin-status-timeout",
            _ => "admin-status-failure",
        })
    }

    fn line(&self, step: &StepView) -> String {
        let locale = self.frame.locale;
        let values = [
            ("after", figure::took(locale, step.after_ms).as_ref().to_owned().into()),
            ("took", figure::took(locale, step.took_ms).as_ref().to_owned().into()),
            ("tokens", figure::count(locale, step.tokens).into()),
        ];
        locale.with("admin-step-line", &values).into_owned()
    }

    /// Where the agent stands in the time of the request, in a box of 1000.
    fn bar(&self, step: &StepView) -> (String, String) {
        let whole = self.steps.iter().map(|step| step.after_ms + step.took_ms).max().unwrap_or(0).max(1);
        let part = |ms: u64| ms as f64 / whole as f64 * 1000.0;
        (format!("{:.1}", part(step.after_ms).min(996.0)), format!("{:.1}", part(step.took_ms).max(4.0)))
    }

    fn kept<'s>(&self, text: &'s Option<String>) -> Option<&'s str> {
        text.as_deref().filter(|text| !text.trim().is_empty())
    }
}
