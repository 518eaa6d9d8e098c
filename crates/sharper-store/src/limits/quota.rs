//! Quotas: what one user may start in a day, and how much of their text is kept.
//!
//! Both are held inside the transaction that would exceed them, and one user's transactions pass one by one: so no two
//! are each the last that fits.

use serde::Deserialize;
use sharper_domain::{Timestamp, UserId};

use crate::conn::{Conn, Dialect, params};
use crate::spending::{day_of, tomorrow};
use crate::{Store, StoreError};

/// What one user may have; 0 sets no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quotas {
    /// Requests that start work, in a UTC day.
    pub generations_per_day: u32,
    /// Bytes of notes in UTF-8, with their older versions and what lies in the bin.
    pub storage_bytes: u64,
    /// Files that are sent, read or not, in a UTC day.
    pub files_per_day: u32,
    /// Older versions of each note; the oldest go.
    pub versions_per_note: u32,
}

/// What one user has used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Requests that started work this UTC day.
    pub generations_today: u32,
    /// Bytes of notes in UTF-8, with their older versions and what lies in the bin.
    pub storage_bytes: u64,
}

const LOCK_USER: &str = "SELECT pg_advisory_xact_lock(hashtextextended($1, 20))::text AS locked";
/// Changes no row where the day's last was taken.
const COUNT: &str = "INSERT INTO usage_days (user_id, day, generations) VALUES ($1, $2, 1) \
    ON CONFLICT (user_id, day) DO UPDATE SET generations = usage_days.generations + 1 \
    WHERE usage_days.generations < $3";
const COUNTED: &str = "SELECT coalesce(max(generations), 0) AS generations FROM usage_days \
    WHERE user_id = $1 AND day = $2";
/// What lies in the bin takes room until it is gone.
const STORED: &str = "SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) AS bytes FROM notes WHERE user_id = $1";

/// Lets one user's transactions pass one by one; on SQLite all do. It comes first in a transaction, before any row is
/// touched, so that no two wait for each other.
pub(crate) fn one_by_one(conn: &mut Conn<'_>, user: &UserId) -> Result<(), StoreError> {
    if conn.dialect() == Dialect::Postgres {
        conn.query(LOCK_USER, params![user])?;
    }
    Ok(())
}

impl Quotas {
    /// Counts one more generation of this UTC day.
    ///
    /// # Errors
    /// `DayIsUsedUp`.
    pub(crate) fn count_generation(
        &self,
        conn: &mut Conn<'_>,
        user: &UserId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let limit = self.generations_per_day;
        let most = if limit == 0 { i64::MAX } else { i64::from(limit) };
        if conn.execute(COUNT, params![user, day_of(now), most])? > 0 {
            return Ok(());
        }
        let (until, wait) = tomorrow(now);
        Err(StoreError::DayIsUsedUp { limit, until, wait })
    }

    /// Whether what the user has now, with what this transaction added, is still within the quota.
    ///
    /// # Errors
    /// `NotesFull`.
    pub(crate) fn check_storage(&self, conn: &mut Conn<'_>, user: &UserId) -> Result<(), StoreError> {
        let limit = self.storage_bytes;
        if limit == 0 || stored(conn, user)? <= limit {
            return Ok(());
        }
        Err(StoreError::NotesFull { limit })
    }
}

fn stored(conn: &mut Conn<'_>, user: &UserId) -> Result<u64, StoreError> {
    conn.query_one(STORED, params![user])?.get("bytes")
}

impl Store {
    /// What the user has used at this moment.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn usage(&self, user: UserId, now: Timestamp) -> Result<Usage, StoreError> {
        let used = move |conn: &mut Conn<'_>| {
            let today = conn.query_one(COUNTED, params![&user, day_of(now)])?;
            Ok(Usage { generations_today: today.get("generations")?, storage_bytes: stored(conn, &user)? })
        };
        self.house().read(used).await
    }
}
