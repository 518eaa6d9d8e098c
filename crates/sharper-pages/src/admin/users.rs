//! `GET /admin/users` and `GET /admin/users/{id}`: who uses it, and how much. No word of a note is on these pages.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::Timestamp;

use super::address::encoded;
use super::{Address, Cell, Column, State, Table};
use crate::{Frame, figure};

/// The page of the users.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/users.html")]
pub struct UsersPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen; the search looks into ids and e-mail addresses.
    pub address: Address,
    /// The users, the last seen first.
    pub users: Vec<UserRow>,
    /// How many there are in all.
    pub total: u64,
}

/// A user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// Their id.
    pub id: String,
    /// Their address, where they have an account here.
    pub email: Option<String>,
    /// Whether they administer this server.
    pub admin: bool,
    /// The state of the account: `active`, `waiting` or `closed`.
    pub account: Option<String>,
    /// When they were last seen.
    pub seen_at: Option<Timestamp>,
    /// Requests in the window.
    pub requests: u64,
    /// Failed ones.
    pub failed: u64,
    /// Generations today, tokens today, storage: each against its limit.
    pub usage: Usage,
}

/// What a user has used of what they may. Limits are `None` where there is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Generations today (UTC).
    pub generations: u64,
    /// How many there may be in a day.
    pub generations_limit: Option<u64>,
    /// Tokens of models today (UTC).
    pub tokens: u64,
    /// How many there may be in a day.
    pub tokens_limit: Option<u64>,
    /// Bytes of notes.
    pub bytes: u64,
    /// How many there may be.
    pub bytes_limit: Option<u64>,
}

/// Near a limit from this share on.
const NEAR: f64 = 0.8;

fn against(used: u64, limit: Option<u64>) -> Option<State> {
    let limit = limit?;
    let share = used as f64 / limit.max(1) as f64;
    (share >= NEAR).then_some(if share >= 1.0 { State::Bad } else { State::Near })
}

fn used(cell: Cell, state: Option<State>, limit: Option<String>) -> Cell {
    let cell = limit.into_iter().fold(cell, |cell, limit| cell.over(format!("/ {limit}")));
    state.into_iter().fold(cell, Cell::stands)
}

fn generations(frame: &Frame, usage: &Usage) -> Cell {
    let limit = usage.generations_limit;
    let cell = Cell::count(frame, usage.generations);
    used(cell, against(usage.generations, limit), limit.map(|most| figure::count(frame.locale, most)))
}

fn tokens(frame: &Frame, usage: &Usage) -> Cell {
    let cell = Cell::count(frame, usage.tokens);
    let limit = usage.tokens_limit;
    used(cell, against(usage.tokens, limit), limit.map(|most| figure::count(frame.locale, most)))
}

fn storage(frame: &Frame, usage: &Usage) -> Cell {
    let cell = Cell::number(usage.bytes as f64, figure::bytes(frame.locale, usage.bytes));
    let limit = usage.bytes_limit;
    used(cell, against(usage.bytes, limit), limit.map(|most| figure::bytes(frame.locale, most).into_owned()))
}

fn who(frame: &Frame, row: &UserRow) -> Cell {
    let href = format!("/admin/users/{}", encoded(&row.id));
    let cell = match &row.email {
        Some(email) => Cell::foreign(email),
        None => Cell::code(&row.id),
    };
    let cell = cell.to(href);
    match (row.admin, row.account.as_deref()) {
        (true, _) => cell.over(frame.t("admin-user-admin")),
        (_, Some("waiting")) => cell.over(frame.t("admin-user-waiting")),
        (_, Some("closed")) => cell.over(frame.t("admin-user-closed")),
        _ => cell,
    }
}

const COLUMNS: [Column<UserRow>; 7] = [
    Column { id: "user", key: "admin-user", number: false, cell: who },
    Column { id: "seen", key: "admin-seen", number: true, cell: |frame, row| Cell::ago(frame, row.seen_at) },
    Column {
        id: "requests",
        key: "admin-requests",
        number: true,
        cell: |frame, row| Cell::count(frame, row.requests),
    },
    Column {
        id: "failed",
        key: "admin-failed",
        number: true,
        cell: |frame, row| Cell::count(frame, row.failed),
    },
    Column {
        id: "made",
        key: "admin-made-today",
        number: true,
        cell: |frame, row| generations(frame, &row.usage),
    },
    Column {
        id: "tokens",
        key: "admin-tokens-today",
        number: true,
        cell: |frame, row| tokens(frame, &row.usage),
    },
    Column {
        id: "storage",
        key: "admin-storage",
        number: true,
        cell: |frame, row| storage(frame, &row.usage),
    },
];

impl UsersPage {
    fn table(&self) -> Table {
        let nothing = if self.address.search.is_empty() { "admin-empty" } else { "admin-users-none" };
        let words = ("admin-users", nothing);
        Table::sortable(&self.frame, &self.address, words, &COLUMNS, &self.users)
    }

    fn facts(&self) -> Cow<'static, str> {
        let n = |number| figure::count(self.frame.locale, number);
        let shown = n(self.users.len() as u64);
        let values = [("shown", shown.into()), ("total", n(self.total).into())];
        self.frame.locale.with("admin-users-facts", &values)
    }
}

/// The page of one user.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/user.html")]
pub struct UserPage {
    /// What is around it.
    pub frame: Frame,
    /// What is chosen.
    pub address: Address,
    /// The user.
    pub user: UserRow,
    /// When the account was made.
    pub created_at: Option<Timestamp>,
    /// What was done for them in the window, the last first.
    pub activity: Vec<ActivityRow>,
}

/// One execution of an agent for a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityRow {
    /// When.
    pub at: Timestamp,
    /// In which request.
    pub request_id: String,
    /// Which agent.
    pub agent: String,
    /// How it ended: `success`, `failure` or `timeout`.
    pub status: String,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Tokens of models.
    pub tokens: u64,
}

const ACTIVITY: [Column<ActivityRow>; 5] = [
    Column {
        id: "agent",
        key: "admin-agent",
        number: false,
        cell: |_, row| Cell::code(&row.agent).to(format!("/admin/requests/{}", encoded(&row.request_id))),
    },
    Column { id: "at", key: "admin-when", number: true, cell: |frame, row| Cell::ago(frame, Some(row.at)) },
    Column {
        id: "status",
        key: "admin-outcome",
        number: false,
        cell: |frame, row| {
            let key = match row.status.as_str() {
                "success" => "admin-status-success",
                "timeout" => "admin-status-timeout",
                _ => "admin-status-failure",
            };
            Cell::words(frame.t(key)).stands(State::of(Some(row.status == "success")))
        },
    },
    Column {
        id: "took",
        key: "admin-took",
        number: true,
        cell: |frame, row| Cell::took(frame, Some(row.took_ms)),
    },
    Column {
        id: "tokens",
        key: "admin-tokens",
        number: true,
        cell: |frame, row| Cell::count(frame, row.tokens),
    },
];

/// One limit of a user: what it bounds, and how much is used.
struct Bound {
    key: &'static str,
    cell: fn(&Frame, &Usage) -> Cell,
    usage: Usage,
}

const BOUNDS: [Column<Bound>; 2] = [
    Column {
        id: "what",
        key: "admin-limit",
        number: false,
        cell: |frame, row| Cell::words(frame.t(row.key)),
    },
    Column { id: "used", key: "admin-used", number: true, cell: |frame, row| (row.cell)(frame, &row.usage) },
];

impl UserPage {
    fn name(&self) -> &str {
        self.user.email.as_deref().unwrap_or(&self.user.id)
    }

    fn activity_table(&self) -> Table {
        let words = ("admin-activity", "admin-activity-none");
        Table::sortable(&self.frame, &self.address, words, &ACTIVITY, &self.activity)
    }

    fn bounds_table(&self) -> Table {
        let usage = self.user.usage;
        let bound = |key, cell| Bound { key, cell, usage };
        let rows = [
            bound("admin-made-today", generations),
            bound("admin-tokens-today", tokens),
            bound("admin-storage", storage),
        ];
        Table::fixed(&self.frame, ("admin-limits", "admin-empty"), &BOUNDS, &rows)
    }

    fn facts(&self) -> String {
        let frame = &self.frame;
        let mut facts = vec![frame.t(match (self.user.admin, self.user.account.as_deref()) {
            (true, _) => "admin-user-admin",
            (_, Some("waiting")) => "admin-user-waiting",
            (_, Some("closed")) => "admin-user-closed",
            (_, Some(_)) => "admin-user-student",
            (_, None) => "admin-user-elsewhere",
        })];
        if let Some(at) = self.created_at {
            facts.push(frame.locale.with("admin-user-since", &[("day", figure::day(at).into())]));
        }
        if let Some(at) = self.user.seen_at {
            facts.push(frame.locale.with("admin-user-seen", &[("ago", frame.ago(at).as_ref().into())]));
        }
        facts.join(" · ")
    }
}
