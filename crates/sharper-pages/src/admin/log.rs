//! `GET /admin/log`: what was done with an administrator's rights.

use askama::Template;
use sharper_domain::Timestamp;

use super::{Address, Cell, Column, State, Table};
use crate::Frame;

/// The page of the log.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/log.html")]
pub struct LogPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// What was done, the last first.
    pub rows: Vec<LogRow>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// When.
    pub at: Timestamp,
    /// By whom: an account's address, or the first characters of a token's fingerprint.
    pub actor: String,
    /// What: `GET /admin/users`.
    pub action: String,
    /// About whom or what.
    pub about: Option<String>,
    /// In which request.
    pub request_id: String,
    /// How it was answered (HTTP).
    pub status: u16,
}

const ROWS: [Column<LogRow>; 6] = [
    Column { id: "at", key: "admin-when", number: true, cell: |frame, row| Cell::ago(frame, Some(row.at)) },
    Column { id: "actor", key: "admin-actor", number: false, cell: |_, row| Cell::foreign(&row.actor) },
    Column { id: "action", key: "admin-action", number: false, cell: |_, row| Cell::code(&row.action) },
    Column {
        id: "about",
        key: "admin-about",
        number: false,
        cell: |_, row| row.about.as_ref().map_or_else(Cell::none, Cell::code),
    },
    Column {
        id: "status",
        key: "admin-answer",
        number: true,
        cell: |_, row| {
            let cell = Cell::number(f64::from(row.status), row.status.to_string());
            if row.status >= 400 { cell.stands(State::Bad) } else { cell }
        },
    },
    Column { id: "request", key: "admin-request", number: false, cell: |_, row| Cell::code(&row.request_id) },
];

impl LogPage {
    fn table(&self) -> Table {
        Table::sortable(&self.frame, &self.address, ("admin-log", "admin-log-none"), &ROWS, &self.rows)
    }
}
