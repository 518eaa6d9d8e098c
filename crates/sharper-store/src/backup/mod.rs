//! Backup and restore, in one format for both databases: so it is also the way from one to the other.
//!
//! A file is a zstd stream (RFC 8878) of lines of JSON:
//!
//! ```text
//! {"study_sharper_backup": 1, "schema": 4, "created_at": "2026-…Z", "tables": {"folders": 3, …}}
//! {"table": "folders", "columns": ["id", "user_id", …]}
//! ["0192…", "ada", null, "Biology", 1760000000000000]
//! …
//! {"rows": 1234, "sha256": "…"}
//! ```
//!
//! Tables stand in the order in which they refer to each other, rows in the order of their key, both as of one moment.
//! The sum at the end is over all lines before it. Ids and JSON are strings, truth values 0 and 1, times microseconds
//! since 1970 UTC; `{"real": "0.5"}` is a number with a fraction, `{"hex": "00ff"}` bytes.
//!
//! A backup holds everything that the database holds, secrets and password hashes too: it must be kept like it.

mod lines;
mod restore;
mod row;
mod write;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sharper_domain::Timestamp;

pub use self::restore::verify;
use crate::error::deepest;
use crate::schema::{self, Table};
use crate::{OpenError, StoreError};

/// The format that this program writes, and the newest that it reads.
const FORMAT: u32 = 1;
/// Tables that say nothing outside their database, or that are made anew from the others.
const LEFT_OUT: [&str; 2] = ["store_pulse", "chunk_vectors"];

/// What stands in the first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    study_sharper_backup: u32,
    /// The version of the schema.
    schema: i64,
    created_at: Timestamp,
    /// Rows, by table.
    tables: BTreeMap<String, u64>,
}

/// Begins the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Begin {
    table: String,
    columns: Vec<String>,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct End {
    rows: u64,
    sha256: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holds {
    /// The version of the schema that it was made of.
    pub schema: i64,
    /// Its moment: all that was kept before is in it.
    pub created_at: Timestamp,
    /// Rows, of all tables together.
    pub rows: u64,
}

/// Why a backup was not made or not restored. For the operator. When a restore answers with one of these, the
/// database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file was never one of ours.
    #[error("this is no backup of Study Sharper")]
    NotOurs,
    /// A newer program wrote it.
    #[error(
        "this backup was made by a newer program ({what} {found}; this one reads up to {known}): restore it with that one"
    )]
    Newer {
        /// What is newer: `format` or `schema`.
        what: &'static str,
        /// The file's version.
        found: i64,
        /// This program's version.
        known: i64,
    },
    /// It is not as it was written.
    #[error("this backup is damaged: {0}. Nothing was restored from it; take another one")]
    Damaged(String),
    /// There is something in the database already.
    #[error(
        "the database is not empty ({0} has rows): restore into an empty one, or say --force to put the backup in \
         the place of everything that is there"
    )]
    NotEmpty(String),
    /// Somebody works with the database.
    #[error("another study-sharper works with this database: stop it first")]
    InUse,
    /// What was restored is not what stands in the backup.
    #[error("the database does not hold what stands in the backup ({0}); everything was taken back")]
    NotTheSame(String),
    /// The file cannot be read or written.
    #[error("the file cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("the database failed: {}", deepest(.0))]
    Store(#[from] StoreError),
}

fn damaged(what: impl Into<String>) -> BackupError {
    BackupError::Damaged(what.into())
}

/// The tables of a schema that stand in a backup, each after those that it refers to.
fn tables_of(version: i64) -> Vec<Table> {
    let mut tables = schema::tables_of(version);
    tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
    tables
}
