//! Problems: the closed list of what can go wrong, shared by HTTP, the event stream, jobs and the command line.
//!
//! The shape on the wire is RFC 9457 (`application/problem+json`) plus the fields of the wire contract.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Every kind of problem a client can meet. One place turns it into a status: `ProblemCode::status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The body is not JSON.
    InvalidJson,
    /// The body is JSON, but fields are wrong; `errors` names each.
    InvalidRequest,
    /// There is no text to work with.
    EmptyNotes,
    /// What was sent is not text.
    NotText,
    /// The text of a file cannot be read; `fault` says why.
    FileUnreadable,
    /// No such thing, or not yours.
    NotFound,
    /// The route has no such method.
    MethodNotAllowed,
    /// Not the kind of body that the route reads.
    UnsupportedMediaType,
    /// The body is larger than allowed.
    PayloadTooLarge,
    /// The request did not arrive in time.
    RequestTimeout,
    /// It cannot be done in the state that things are in.
    Conflict,
    /// Nobody is signed in, or what was shown as proof does not count (any more).
    Unauthorized,
    /// The caller may not.
    Forbidden,
    /// Too many requests in a window of time.
    RateLimited,
    /// Too much of the user's work is waiting already.
    QueueFull,
    /// The user has started as much as they may in a day.
    #[serde(rename = "daily_limit")]
    DayIsUsedUp,
    /// The user's notes take all the room that there is for them.
    NotesFull,
    /// What may be spent on models in a day is spent.
    BudgetSpent,
    /// The task needs something that is not configured here.
    NotAvailable,
    /// The notes hold nothing that passes the checks.
    NothingToMake,
    /// The work was cancelled by the student.
    Cancelled,
    /// The store is away; later it works again.
    Unavailable,
    /// There is no room left to write.
    StorageFull,
    /// Our fault.
    Internal,
}

impl ProblemCode {
    /// The HTTP status.
    pub fn status(self) -> u16 {
        match self {
            ProblemCode::InvalidJson => 400,
            ProblemCode::InvalidRequest | ProblemCode::EmptyNotes | ProblemCode::NotText => 422,
            ProblemCode::NothingToMake | ProblemCode::FileUnreadable => 422,
            ProblemCode::Unauthorized => 401,
            ProblemCode::Forbidden => 403,
            ProblemCode::NotFound => 404,
            ProblemCode::MethodNotAllowed => 405,
            ProblemCode::RequestTimeout => 408,
            ProblemCode::Conflict | ProblemCode::Cancelled => 409,
            ProblemCode::PayloadTooLarge | ProblemCode::NotesFull => 413,
            ProblemCode::UnsupportedMediaType => 415,
            ProblemCode::RateLimited | ProblemCode::QueueFull => 429,
            ProblemCode::DayIsUsedUp | ProblemCode::BudgetSpent => 429,
            ProblemCode::Internal => 500,
            ProblemCode::NotAvailable => 501,
            ProblemCode::Unavailable => 503,
            ProblemCode::StorageFull => 507,
        }
    }

    /// The word of the wire, which clients may compare with.
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemCode::InvalidJson => "invalid_json",
            ProblemCode::InvalidRequest => "invalid_request",
            ProblemCode::EmptyNotes => "empty_notes",
            ProblemCode::NotText => "not_text",
            ProblemCode::FileUnreadable => "file_unreadable",
            ProblemCode::NotFound => "not_found",
            ProblemCode::MethodNotAllowed => "method_not_allowed",
            ProblemCode::UnsupportedMediaType => "unsupported_media_type",
            ProblemCode::PayloadTooLarge => "payload_too_large",
            ProblemCode::RequestTimeout => "request_timeout",
            ProblemCode::Conflict => "conflict",
            ProblemCode::Unauthorized => "unauthorized",
            ProblemCode::Forbidden => "forbidden",
            ProblemCode::RateLimited => "rate_limited",
            ProblemCode::QueueFull => "queue_full",
            ProblemCode::DayIsUsedUp => "daily_limit",
            ProblemCode::NotesFull => "notes_full",
            ProblemCode::BudgetSpent => "budget_spent",
            ProblemCode::NotAvailable => "not_available",
            ProblemCode::NothingToMake => "nothing_to_make",
            ProblemCode::Cancelled => "cancelled",
            ProblemCode::Unavailable => "unavailable",
            ProblemCode::StorageFull => "storage_full",
            ProblemCode::Internal => "internal",
        }
    }

    /// A short title for people.
    pub fn title(self) -> &'static str {
        match self {
            ProblemCode::InvalidJson => "This is not JSON",
            ProblemCode::InvalidRequest => "Some fields are not right",
            ProblemCode::EmptyNotes => "There are no notes to work with",
            ProblemCode::NotText => "This is not text",
            ProblemCode::FileUnreadable => "This file cannot be read",
            ProblemCode::NotFound => "Not found",
            ProblemCode::MethodNotAllowed => "This address has no such method",
            ProblemCode::UnsupportedMediaType => "This kind of content is not understood here",
            ProblemCode::PayloadTooLarge => "This is too large",
            ProblemCode::RequestTimeout => "The request took too long to arrive",
            ProblemCode::Conflict => "This cannot be done now",
            ProblemCode::Unauthorized => "Sign in first",
            ProblemCode::Forbidden => "Not allowed",
            ProblemCode::RateLimited => "Too many requests",
            ProblemCode::QueueFull => "Too much is waiting already",
            ProblemCode::DayIsUsedUp => "That is all for today",
            ProblemCode::NotesFull => "There is no more room for your notes",
            ProblemCode::BudgetSpent => "Today's budget is spent",
            ProblemCode::NotAvailable => "Not available here",
            ProblemCode::NothingToMake => "Nothing could be made from these notes",
            ProblemCode::Cancelled => "Cancelled",
            ProblemCode::Unavailable => "Not available at the moment",
            ProblemCode::StorageFull => "There is no room left",
            ProblemCode::Internal => "Something went wrong on our side",
        }
    }
}

/// One wrong field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Where, as a JSON pointer (RFC 6901): `/options/count`.
    pub pointer: String,
    /// What is wrong and what would be right.
    pub detail: String,
}

impl FieldError {
    /// At `pointer`, because of `detail`.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), detail: detail.into() }
    }
}

/// What happened and what to do, for a person. Holds nothing of an exception, a query, a path or an upstream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{}: {detail}", code.title())]
pub struct Problem {
    /// Which of the list.
    pub code: ProblemCode,
    /// What happened here, and what to do.
    pub detail: String,
    /// The wrong fields, for `InvalidRequest`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// When it is worth trying again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<Duration>,
    /// Of a conflict, the version that the thing is at now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
}

impl Problem {
    /// A problem of this kind, explained.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), retry_after: None, version: None }
    }

    /// Fields that are wrong.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => format!("{} {}", one.pointer.trim_start_matches('/').replace('/', "."), one.detail),
            many => format!("{} fields are not right; `errors` names each.", many.len()),
        };
        Self { code: ProblemCode::InvalidRequest, detail, errors, retry_after: None, version: None }
    }

    /// Worth trying again after this time.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }
}
