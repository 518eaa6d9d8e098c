//! `GET /admin/agents`: a row each.

use askama::Template;

use super::now::{AVERAGE_TARGET_MS, SUCCESS_TARGET};
use super::{Address, Cell, Column, State, Table};
use crate::Frame;

/// The page of the agents.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/agents.html")]
pub struct AgentsPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// Every agent that ran in the window, in the order of a request.
    pub agents: Vec<AgentRow>,
}

/// What one agent did in the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRow {
    /// Its name on the wire: `flashcard_generation`.
    pub name: String,
    /// How often it ran.
    pub runs: u64,
    /// How often it succeeded.
    pub succeeded: u64,
    /// Half took no longer, in milliseconds.
    pub p50_ms: Option<u64>,
    /// 95 of 100 took no longer.
    pub p95_ms: Option<u64>,
    /// On average.
    pub average_ms: Option<u64>,
    /// Tokens of models.
    pub tokens: u64,
    /// What they cost, in billionths of a US dollar; `None` where it asks no model.
    pub nano_usd: Option<u64>,
    /// Its runs in equal parts of the window, the oldest first.
    pub course: Vec<u64>,
}

const COLUMNS: [Column<AgentRow>; 9] = [
    Column { id: "agent", key: "admin-agent", number: false, cell: |_, row| Cell::code(&row.name) },
    Column { id: "runs", key: "admin-runs", number: true, cell: |frame, row| Cell::count(frame, row.runs) },
    Column { id: "course", key: "admin-course", number: false, cell: |_, row| Cell::spark(&row.course) },
    Column {
        id: "success",
        key: "admin-success",
        number: true,
        cell: |frame, row| {
            let cell = Cell::share(frame, row.succeeded, row.runs);
            let low = row.runs > 0 && (row.succeeded as f64) <= SUCCESS_TARGET * row.runs as f64;
            if low { cell.stands(State::Bad) } else { cell }
        },
    },
    Column { id: "p50", key: "admin-p50", number: true, cell: |frame, row| Cell::took(frame, row.p50_ms) },
    Column { id: "p95", key: "admin-p95", number: true, cell: |frame, row| Cell::took(frame, row.p95_ms) },
    Column {
        id: "average",
        key: "admin-average",
        number: true,
        cell: |frame, row| {
            let cell = Cell::took(frame, row.average_ms);
            let slow = row.average_ms.is_some_and(|ms| ms >= AVERAGE_TARGET_MS);
            if slow { cell.stands(State::Bad) } else { cell }
        },
    },
    Column {
        id: "tokens",
        key: "admin-tokens",
        number: true,
        cell: |frame, row| Cell::count(frame, row.tokens),
    },
    Column { id: "cost", key: "admin-cost", number: true, cell: |frame, row| Cell::usd(frame, row.nano_usd) },
];

impl AgentsPage {
    fn table(&self) -> Table {
        let words = ("admin-agents", "admin-agents-none");
        Table::sortable(&self.frame, &self.address, words, &COLUMNS, &self.agents)
    }
}
