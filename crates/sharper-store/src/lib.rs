//! Everything that is remembered: one store over SQLite and PostgreSQL, with one code base.
//!
//! A unit of work is a closure over a connection that runs in one transaction, for one user (`Store::of`) or for the
//! house (`Store::house`): `write` answers when it is kept as durably as was asked for, `read` sees one moment's
//! state. What the rooms around need stands ready as methods of `Store`, an entity a folder; each is made of
//! functions over a `Conn`, so that one transaction can do several of them. Every statement on a user's data names the user; on
//! PostgreSQL row security holds it a second time to whom the unit works for.
//!
//! Not in here: what to do with what is remembered, and the time, which callers bring along.

pub mod accounts;
pub mod admin_log;
pub mod alerts;
pub mod api_tokens;
pub mod attempts;
pub mod backup;
mod conn;
pub mod consents;
pub mod conversations;
mod engine;
mod error;
pub mod events;
mod examine;
pub mod executions;
pub mod experiments;
pub mod feedback;
pub mod flashcards;
pub mod folders;
pub mod jobs;
pub mod limits;
pub mod live;
pub mod material;
pub mod media;
mod migrate;
pub mod notes;
mod page;
pub mod passages;
pub mod plans;
pub mod preferences;
pub mod privacy;
pub mod responses;
pub mod retention;
pub mod revisions;
mod schema;
pub mod secrets;
mod security;
mod settings;
pub mod sign_ins;
pub mod spending;
mod store;
pub mod study;
pub mod uploads;
pub mod vectors;

pub use self::conn::{Conn, Dialect, FromValue, Row, Sql, Value};
pub use self::engine::{Durability, host_in_the_open};
pub use self::error::{BudgetOf, Cause, OpenError, QueueLimit, StoreError};
pub use self::examine::{Examined, examine};
pub use self::migrate::migrations;
pub use self::security::RowSecurity;
pub use self::settings::StoreSettings;
pub use self::store::{Scoped, Store};

/// What two texts have in common only if they are the same: SHA-256, in hexadecimal.
pub fn fingerprint(text: &str) -> String {
    migrate::checksum(text)
}

/// What two files have in common only if they are the same: SHA-256, in hexadecimal.
pub fn fingerprint_of_file(bytes: &[u8]) -> String {
    migrate::checksum_of(bytes)
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| DIGITS[usize::from(half)]).collect()
}
