//! `GET /admin/alerts`: the rules, how each stands, and what happened.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::Timestamp;

use super::{Address, Cell, Column, State, Table};
use crate::Frame;

/// The page of the alerts.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/alerts.html")]
pub struct AlertsPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// The rules.
    pub rules: Vec<AlertRule>,
    /// What happened, the last first.
    pub history: Vec<AlertEvent>,
    /// Whom alerts are told: `e-mail`, `webhook`. Empty: they are only in the log.
    pub told_by: Vec<String>,
}

/// Whether an alert is firing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertState {
    /// All is well.
    Quiet,
    /// Something is to be done.
    Firing,
    /// It was not looked at yet.
    Unknown,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRule {
    /// Its name in the settings.
    pub name: String,
    /// When it fires, in the words of the rule.
    pub when: String,
    /// How it stands.
    pub state: AlertState,
    /// The value it saw last, with its unit.
    pub value: Option<String>,
    /// Since when it stands so.
    pub since: Option<Timestamp>,
    /// When somebody was told last.
    pub told_at: Option<Timestamp>,
}

/// A change of a rule's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertEvent {
    /// When.
    pub at: Timestamp,
    /// Which rule.
    pub rule: String,
    /// Whether it began or ended.
    pub firing: bool,
    /// What was told.
    pub detail: String,
}

fn state(frame: &Frame, state: AlertState) -> Cell {
    let (key, stands) = match state {
        AlertState::Quiet => ("admin-alert-quiet", State::Good),
        AlertState::Firing => ("admin-alert-firing", State::Bad),
        AlertState::Unknown => ("admin-state-unknown", State::Unknown),
    };
    Cell::words(frame.t(key)).stands(stands)
}

const RULES: [Column<AlertRule>; 5] = [
    Column {
        id: "rule",
        key: "admin-rule",
        number: false,
        cell: |_, row| Cell::foreign(&row.when).over(&row.name),
    },
    Column { id: "state", key: "admin-state", number: false, cell: |frame, row| state(frame, row.state) },
    Column {
        id: "value",
        key: "admin-value",
        number: true,
        cell: |_, row| row.value.as_ref().map_or_else(Cell::none, Cell::words),
    },
    Column { id: "since", key: "admin-since", number: true, cell: |frame, row| Cell::ago(frame, row.since) },
    Column { id: "told", key: "admin-told", number: true, cell: |frame, row| Cell::ago(frame, row.told_at) },
];

const HISTORY: [Column<AlertEvent>; 4] = [
    Column { id: "at", key: "admin-when", number: true, cell: |frame, row| Cell::ago(frame, Some(row.at)) },
    Column { id: "rule", key: "admin-rule", number: false, cell: |_, row| Cell::code(&row.rule) },
    Column {
        id: "firing",
        key: "admin-state",
        number: false,
        cell: |frame, row| {
            let (key, stands) = match row.firing {
                true => ("admin-alert-began", State::Bad),
                false => ("admin-alert-ended", State::Good),
            };
            Cell::words(frame.t(key)).stands(stands)
        },
    },
    Column { id: "detail", key: "admin-detail", number: false, cell: |_, row| Cell::foreign(&row.detail) },
];

impl AlertsPage {
    fn rules_table(&self) -> Table {
        Table::fixed(&self.frame, ("admin-rules", "admin-rules-none"), &RULES, &self.rules)
    }

    fn history_table(&self) -> Table {
        let words = ("admin-history", "admin-history-none");
        Table::sortable(&self.frame, &self.address, words, &HISTORY, &self.history)
    }

    fn told_line(&self) -> Cow<'static, str> {
        if self.told_by.is_empty() {
            return self.frame.t("admin-told-nobody");
        }
        let by = self.told_by.join(", ");
        self.frame.locale.with("admin-told-by", &[("by", by.into())])
    }
}
