//! What can go wrong, named by what the caller can do; the cause is kept for the log and never shown.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use sharper_domain::{FieldError, Problem, ProblemCode, Timestamp};

/// The error underneath. Its text may hold SQL or a path, so only a log may print it (through `source`).
#[derive(Clone)]
pub struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    pub(crate) fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Arc::from(cause.into()))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}

/// Whose limit of unfinished jobs is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueLimit {
    /// This user's.
    User,
    /// Everybody's together.
    Everyone,
}

/// Whose budget is spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BudgetOf {
    /// This user's.
    User,
    /// Everybody's together.
    Everyone,
}

/// Why a unit of work was not done. When it is one of these, nothing of the unit was kept, with one
/// exception: `Unavailable` after a connection broke during the commit leaves that open.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// There is no such thing, or it is not the user's.
    #[error("there is no such thing")]
    NotFound,
    /// Things are not in the state that this needs. The text says which, for a person.
    #[error("{0}")]
    Conflict(&'static str),
    /// It was changed since the version that the change was made from.
    #[error("it was changed meanwhile and is at version {version}")]
    Changed {
        /// The version that it is at.
        version: i32,
    },
    /// Too many jobs are unfinished already.
    #[error("{limit} jobs are waiting or running already")]
    QueueFull {
        /// Whose limit it is.
        scope: QueueLimit,
        /// The limit.
        limit: u32,
    },
    /// What is left of a day's budget for models is not enough for this call.
    #[error("the day's budget for models is spent")]
    OverBudget {
        /// Whose budget it is.
        whose: BudgetOf,
        /// When the next day begins (UTC), with a budget of its own.
        until: Timestamp,
        /// How long it is until then.
        wait: Duration,
    },
    /// The user has started as much as they may in a day.
    #[error("{limit} generations were started today, which is a day's quota")]
    DayIsUsedUp {
        /// The quota.
        limit: u32,
        /// When the next day begins (UTC).
        until: Timestamp,
        /// How long it is until then.
        wait: Duration,
    },
    /// The user has sent as many files as they may in a day.
    #[error("{limit} files were sent today, which is a day's quota")]
    FilesUsedUp {
        /// The quota.
        limit: u32,
        /// When the next day begins (UTC).
        until: Timestamp,
        /// How long it is until then.
        wait: Duration,
    },
    /// The user's notes would take more room than there is for them.
    #[error("the user's notes would take more than {limit} bytes, which is their quota")]
    NotesFull {
        /// The quota, in bytes.
        limit: u64,
    },
    /// The idempotency key was used for another request.
    #[error("this idempotency key was used for another request")]
    KeyReused,
    /// The job is not this worker's any more: stop working on it and write nothing.
    #[error("the job has passed to another worker or has ended")]
    LeaseLost,
    /// The store has more to do than it can; try again soon.
    #[error("the store is busy")]
    Busy,
    /// There is no room left to write.
    #[error("the store has no room left")]
    Full,
    /// The store cannot be reached or cannot write at the moment.
    #[error("the store is not available")]
    Unavailable(#[source] Cause),
    /// What is stored cannot be read.
    #[error("stored data cannot be read")]
    Corrupt(#[source] Cause),
    /// Our fault.
    #[error("the store failed")]
    Internal(#[source] Cause),
}

impl StoreError {
    /// Our fault, for this cause.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        StoreError::Internal(Cause::new(cause))
    }

    pub(crate) fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        StoreError::Unavailable(Cause::new(cause))
    }

    pub(crate) fn corrupt(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        StoreError::Corrupt(Cause::new(cause))
    }

    /// The problem that a client is told of.
    pub fn problem(&self) -> Problem {
        let soon = Duration::from_secs(1);
        match self {
            StoreError::NotFound => Problem::new(ProblemCode::NotFound, "There is no such thing here."),
            StoreError::Conflict(why) => Problem::new(ProblemCode::Conflict, format!("{}.", capital(why))),
            StoreError::Changed { version } => changed(*version),
            StoreError::QueueFull { scope: QueueLimit::User, limit } => Problem::new(
                ProblemCode::QueueFull,
                format!(
                    "{limit} of your requests are waiting or running already. Try again when one is done."
                ),
            )
            .retry_after(Duration::from_secs(5)),
            StoreError::QueueFull { scope: QueueLimit::Everyone, .. } => Problem::new(
                ProblemCode::Unavailable,
                "Very many requests are waiting at the moment. Try again in a little while.",
            )
            .retry_after(Duration::from_secs(30)),
            StoreError::OverBudget { whose, wait, .. } => over_budget(*whose).retry_after(*wait),
            StoreError::DayIsUsedUp { limit, wait, .. } => Problem::new(
                ProblemCode::DayIsUsedUp,
                format!("Your day's quota of requests ({limit}) is used up. A new day begins at 00:00 UTC."),
            )
            .retry_after(*wait),
            StoreError::FilesUsedUp { limit, wait, .. } => Problem::new(
                ProblemCode::DayIsUsedUp,
                format!("Your day's quota of files ({limit}) is used up. A new day begins at 00:00 UTC."),
            )
            .retry_after(*wait),
            StoreError::NotesFull { limit } => Problem::new(
                ProblemCode::NotesFull,
                format!(
                    "Your notes fill the {} that there are for them. Delete some, then try again.",
                    size(*limit)
                ),
            ),
            StoreError::KeyReused => Problem::invalid(vec![FieldError::new(
                "/Idempotency-Key",
                "was used for another request within the last 24 hours: take a new one",
            )]),
            StoreError::LeaseLost => {
                Problem::new(ProblemCode::Conflict, "This work has ended or passed to another worker.")
            }
            StoreError::Busy => {
                Problem::new(ProblemCode::Unavailable, "The store is busy. Try again in a moment.")
                    .retry_after(soon)
            }
            StoreError::Full => Problem::new(ProblemCode::StorageFull, "There is no room left to keep this.")
                .retry_after(10 * soon),
            StoreError::Unavailable(_) => {
                Problem::new(ProblemCode::Unavailable, "The store cannot be reached. Try again in a moment.")
                    .retry_after(2 * soon)
            }
            StoreError::Corrupt(_) | StoreError::Internal(_) => {
                Problem::new(ProblemCode::Internal, "The store failed. It has been written to the log.")
            }
        }
    }
}

fn changed(version: i32) -> Problem {
    let detail = format!(
        "This note was changed meanwhile, and is at version {version} now. Read it again, then change that."
    );
    Problem { version: Some(version), ..Problem::new(ProblemCode::Conflict, detail) }
}

fn over_budget(whose: BudgetOf) -> Problem {
    let detail = match whose {
        BudgetOf::User => {
            "What you may spend on language models in a day is spent. Tomorrow (UTC) there is more."
        }
        BudgetOf::Everyone => {
            "What this server may spend on language models in a day is spent. Tomorrow (UTC) there is more."
        }
    };
    Problem::new(ProblemCode::BudgetSpent, detail)
}

/// In the largest unit that says it in whole numbers.
fn size(bytes: u64) -> String {
    let units = [("GiB", 30), ("MiB", 20), ("KiB", 10)];
    let whole = units.into_iter().find(|(_, bits)| bytes.trailing_zeros() >= *bits);
    whole.map_or_else(|| format!("{bytes} bytes"), |(name, bits)| format!("{} {name}", bytes >> bits))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Why a store cannot be opened. For the operator: these texts may name a path or a setting.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// A setting is not right; the text says which and what would be.
    #[error("{0}")]
    Settings(String),
    /// The database was written by a newer program.
    #[error(
        "the database has schema version {found}, but this program knows versions up to {known}: \
         start a newer program, or restore a backup that was made before the upgrade"
    )]
    SchemaNewer {
        /// The newest version in the database.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// The database was written by an older program, and `migrate_at_start` is off.
    #[error(
        "the database has schema version {found}, and this program needs {known}: run `study-sharper migrate` once, or \
         set MIGRATE_AT_START=true"
    )]
    SchemaOlder {
        /// The newest version in the database; 0 for an empty one.
        found: i64,
        /// The version this program needs.
        known: i64,
    },
    /// A migration that the database has is not the one that this program has under that number.
    #[error(
        "migration {version} ({name}) in the database differs from this program's: they do not belong together"
    )]
    SchemaDiffers {
        /// Its number.
        version: i64,
        /// Its name in this program.
        name: &'static str,
    },
    /// The database cannot be opened or migrated.
    #[error("the database cannot be opened: {}", deepest(.0))]
    Store(#[from] StoreError),
}

/// The innermost cause, which says most to an operator.
pub(crate) fn deepest(error: &StoreError) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(cause) = innermost.source() {
        innermost = cause;
    }
    innermost.to_string()
}

/// SQLite's errors, by what can be done about them.
impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::{ErrorCode, ffi};
        let Some(code) = error.sqlite_error() else { return StoreError::internal(error) };
        match (code.code, code.extended_code) {
            (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                StoreError::Conflict("this exists already")
            }
            (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => StoreError::NotFound,
            (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => StoreError::Busy,
            (ErrorCode::DiskFull, _) => StoreError::Full,
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => StoreError::corrupt(error),
            (ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly, _)
            | (ErrorCode::PermissionDenied | ErrorCode::OutOfMemory, _) => StoreError::unavailable(error),
            _ => StoreError::internal(error),
        }
    }
}

/// PostgreSQL's errors, by what can be done about them (classes: PostgreSQL manual, appendix A).
impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        let Some(code) = error.code() else {
            let broken =
                error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>());
            return if broken { StoreError::unavailable(error) } else { StoreError::internal(error) };
        };
        match code.code() {
            "23505" => StoreError::Conflict("this exists already"),
            "23503" => StoreError::NotFound,
            "40001" | "40P01" | "55P03" | "57014" => StoreError::Busy,
            "53100" => StoreError::Full,
            "25006" | "58030" => StoreError::unavailable(error),
            "XX001" | "XX002" => StoreError::corrupt(error),
            other if other.starts_with("53") || other.starts_with("57P") || other.starts_with("08") => {
                StoreError::unavailable(error)
            }
            _ => StoreError::internal(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_holds_nothing_of_the_cause() {
        let error = StoreError::internal("SELECT secret FROM /var/lib/somewhere");
        assert_eq!(error.to_string(), "the store failed");
        assert!(!error.problem().to_string().contains("SELECT"));
        assert!(Error::source(&error).is_some_and(|cause| cause.to_string().contains("secret")));
    }

    #[test]
    fn a_size_is_said_as_people_say_it() {
        assert_eq!([size(100 << 20), size(1 << 30), size(1000)], ["100 MiB", "1 GiB", "1000 bytes"]);
    }

    #[test]
    fn a_reason_is_a_sentence_for_the_client() {
        let problem = StoreError::Conflict("this session is at work").problem();
        assert_eq!(problem.detail, "This session is at work.");
    }
}
