//! Revisions: numbers that change whenever a user's library or learning does, for caches to be held against.

use sharper_domain::UserId;

use crate::conn::{Conn, Sql, params};
use crate::{Store, StoreError};

/// What a user's things were at, at one moment. Two that are the same mean that nothing changed in between; a number
/// says nothing by itself. A user of whom nothing is there has 0 and 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Revisions {
    /// Raised by every change of notes and folders.
    pub library: i64,
    /// Raised by reviews, feedback, preferences and new material.
    pub learning: i64,
}

/// A row begins with the time, in microseconds: so that a user who was erased and came back never has a number twice.
macro_rules! raise {
    ($column:literal) => {
        Sql::each(
            concat!(
                "INSERT INTO user_revisions (user_id, library, learning) VALUES \
                 ($1, CAST(unixepoch('subsec') * 1000000 AS INTEGER), CAST(unixepoch('subsec') * 1000000 AS INTEGER)) \
                 ON CONFLICT (user_id) DO UPDATE SET ",
                $column,
                " = user_revisions.",
                $column,
                " + 1"
            ),
            concat!(
                "INSERT INTO user_revisions (user_id, library, learning) VALUES \
                 ($1, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT), \
                 CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)) \
                 ON CONFLICT (user_id) DO UPDATE SET ",
                $column,
                " = user_revisions.",
                $column,
                " + 1"
            ),
        )
    };
}
const RAISE_LIBRARY: Sql = raise!("library");
const RAISE_LEARNING: Sql = raise!("learning");
const READ: &str = "SELECT library, learning FROM user_revisions WHERE user_id = $1";

/// Says that the user's notes or folders change in this transaction. The row stays locked to its end.
///
/// # Errors
/// Only the store's own.
pub fn raise_library(conn: &mut Conn<'_>, user: &UserId) -> Result<(), StoreError> {
    conn.execute(RAISE_LIBRARY, params![user]).map(drop)
}

/// Says that what is known of the user's learning changes in this transaction: a review, feedback, a preference, new
/// material.
///
/// # Errors
/// Only the store's own.
pub fn raise_learning(conn: &mut Conn<'_>, user: &UserId) -> Result<(), StoreError> {
    conn.execute(RAISE_LEARNING, params![user]).map(drop)
}

/// What the user's things are at.
///
/// # Errors
/// Only the store's own.
pub fn of(conn: &mut Conn<'_>, user: &UserId) -> Result<Revisions, StoreError> {
    let Some(row) = conn.query_opt(READ, params![user])? else { return Ok(Revisions::default()) };
    Ok(Revisions { library: row.get("library")?, learning: row.get("learning")? })
}

impl Store {
    /// What the user's things are at.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn revisions(&self, user: UserId) -> Result<Revisions, StoreError> {
        self.of(&user).read(move |conn| of(conn, &user)).await
    }
}
