//! The page for everything that went wrong: what happened, what to do, and the number to name when asking for help.

use std::borrow::Cow;

use askama::Template;
use sharper_domain::{Problem, ProblemCode};

use crate::{Frame, Locale};

/// The page of a problem, to be served with `problem.code.status()`.
#[derive(Debug, Clone, Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    /// What is around it.
    pub frame: Frame,
    /// What happened.
    pub problem: Problem,
    /// The id under which the log tells the rest.
    pub request_id: String,
}

impl ProblemPage {
    /// The messages for a problem: what happened, and what to do.
    pub(crate) fn keys(code: ProblemCode) -> (&'static str, &'static str) {
        match code {
            ProblemCode::EmptyNotes => ("problem-empty-notes", "problem-empty-notes-do"),
            ProblemCode::NotText | ProblemCode::UnsupportedMediaType => {
                ("problem-not-text", "problem-not-text-do")
            }
            ProblemCode::FileUnreadable => ("problem-file", "problem-file-do"),
            ProblemCode::NotFound => ("problem-not-found", "problem-not-found-do"),
            ProblemCode::PayloadTooLarge => ("problem-too-large", "problem-too-large-do"),
            ProblemCode::RequestTimeout => ("problem-timeout", "problem-timeout-do"),
            ProblemCode::Conflict => ("problem-conflict", "problem-conflict-do"),
            ProblemCode::Unauthorized => ("problem-unauthorized", "problem-unauthorized-do"),
            ProblemCode::Forbidden => ("problem-forbidden", "problem-forbidden-do"),
            ProblemCode::RateLimited | ProblemCode::QueueFull => ("problem-limit", "problem-limit-do"),
            ProblemCode::DayIsUsedUp => ("problem-day", "problem-day-do"),
            ProblemCode::NotesFull => ("problem-notes-full", "problem-notes-full-do"),
            ProblemCode::BudgetSpent => ("problem-budget", "problem-budget-do"),
            ProblemCode::NotAvailable => ("problem-not-available", "problem-not-available-do"),
            ProblemCode::NothingToMake => ("problem-nothing-to-make", "problem-nothing-to-make-do"),
            ProblemCode::Cancelled => ("problem-cancelled", "problem-cancelled-do"),
            ProblemCode::Unavailable => ("problem-unavailable", "problem-unavailable-do"),
            ProblemCode::StorageFull => ("problem-storage-full", "problem-storage-full-do"),
            ProblemCode::InvalidJson | ProblemCode::InvalidRequest | ProblemCode::MethodNotAllowed => {
                ("problem-request", "problem-request-do")
            }
            ProblemCode::Internal => ("problem-internal", "problem-internal-do"),
        }
    }

    fn title(&self) -> Cow<'static, str> {
        self.frame.t(Self::keys(self.problem.code).0)
    }

    fn advice(&self) -> Cow<'static, str> {
        self.frame.t(Self::keys(self.problem.code).1)
    }

    /// When a limit opens again: in seconds up to two minutes, in minutes up to two hours, then in hours, rounded up.
    fn opens_again(&self) -> Option<Cow<'static, str>> {
        let wait = self.problem.retry_after?;
        let seconds = (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1);
        Some(match seconds {
            1..=119 => self.frame.locale.n("problem-again-seconds", seconds),
            120..=7199 => self.frame.locale.n("problem-again-minutes", seconds.div_ceil(60)),
            _ => self.frame.locale.n("problem-again-hours", seconds.div_ceil(3600)),
        })
    }

    /// The detail is English; in another language it is marked as such.
    fn speaks_english(&self) -> bool {
        self.frame.locale == Locale::En
    }
}
