//! `GET /admin/errors` and `GET /admin/errors/{group}`: what went wrong, alike with alike.

use askama::Template;
use sharper_domain::Timestamp;

use super::address::encoded;
use super::{Address, Cell, Column, Table};
use crate::{Frame, figure};

/// The page of the errors, grouped.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/errors.html")]
pub struct ErrorsPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen; the search looks into messages and agents.
    pub address: Address,
    /// The groups of the window, the last first.
    pub groups: Vec<ErrorGroup>,
}

/// Errors of one agent that say the same but for numbers and names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorGroup {
    /// By which its page is found.
    pub id: String,
    /// Which agent.
    pub agent: String,
    /// What they say; numbers and names left out.
    pub message: String,
    /// How many there were in the window.
    pub count: u64,
    /// How many users met them.
    pub users: u64,
    /// The first in the window.
    pub first_at: Timestamp,
    /// The last.
    pub last_at: Timestamp,
}

const GROUPS: [Column<ErrorGroup>; 5] = [
    Column {
        id: "message",
        key: "admin-error",
        number: false,
        cell: |_, row| {
            Cell::foreign(&row.message).to(format!("/admin/errors/{}", encoded(&row.id))).over(&row.agent)
        },
    },
    Column {
        id: "count",
        key: "admin-count",
        number: true,
        cell: |frame, row| Cell::count(frame, row.count),
    },
    Column {
        id: "users",
        key: "admin-users",
        number: true,
        cell: |frame, row| Cell::count(frame, row.users),
    },
    Column {
        id: "first",
        key: "admin-first",
        number: true,
        cell: |frame, row| Cell::ago(frame, Some(row.first_at)),
    },
    Column {
        id: "last",
        key: "admin-last",
        number: true,
        cell: |frame, row| Cell::ago(frame, Some(row.last_at)),
    },
];

impl ErrorsPage {
    fn table(&self) -> Table {
        let words = ("admin-errors", "admin-errors-none");
        Table::sortable(&self.frame, &self.address, words, &GROUPS, &self.groups)
    }
}

/// The page of one group.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/error_group.html")]
pub struct ErrorGroupPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// The group.
    pub group: ErrorGroup,
    /// The latest of it.
    pub latest: Vec<ErrorRow>,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorRow {
    /// When.
    pub at: Timestamp,
    /// In which request; its page tells the whole story.
    pub request_id: String,
    /// Whose.
    pub user_id: String,
    /// What it says, whole.
    pub message: String,
}

const ROWS: [Column<ErrorRow>; 4] = [
    Column { id: "at", key: "admin-when", number: true, cell: |frame, row| Cell::ago(frame, Some(row.at)) },
    Column { id: "message", key: "admin-error", number: false, cell: |_, row| Cell::foreign(&row.message) },
    Column {
        id: "request",
        key: "admin-request",
        number: false,
        cell: |_, row| {
            Cell::code(&row.request_id).to(format!("/admin/requests/{}", encoded(&row.request_id)))
        },
    },
    Column {
        id: "user",
        key: "admin-user",
        number: false,
        cell: |_, row| Cell::code(&row.user_id).to(format!("/admin/users/{}", encoded(&row.user_id))),
    },
];

impl ErrorGroupPage {
    fn table(&self) -> Table {
        let words = ("admin-errors-latest", "admin-errors-none");
        Table::sortable(&self.frame, &self.address, words, &ROWS, &self.latest)
    }

    fn facts(&self) -> String {
        let (locale, group) = (self.frame.locale, &self.group);
        let n = |number| ("n", figure::count(locale, number).into());
        let values = [n(group.count), ("users", figure::count(locale, group.users).into())];
        locale.with("admin-error-facts", &values).into_owned()
    }
}
