//! Consents on record: who was asked to allow what for a user, when they did, and when they took it back.

use sharper_domain::{Timestamp, UserId};
use uuid::Uuid;

use crate::conn::{Conn, Row, params};
use crate::store::fresh_id;
use crate::{Store, StoreError};

/// A guardian's consent to an account of someone under 13.
pub const GUARDIAN: &str = "guardian";

/// What stands on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Which.
    pub id: Uuid,
    /// For whom.
    pub user: UserId,
    /// What for: `guardian`.
    pub kind: String,
    /// The e-mail address of whoever was asked.
    pub given_by: String,
    /// When they were asked.
    pub asked_at: Timestamp,
    /// When they consented.
    pub given_at: Option<Timestamp>,
    /// When they said no, or took it back.
    pub withdrawn_at: Option<Timestamp>,
}

const ASK: &str = "INSERT INTO consents (id, user_id, kind, given_by, token_hash, asked_at) \
    VALUES ($1, $2, $3, $4, $5, $6)";
const BY_LINK: &str = "SELECT id, user_id, kind, given_by, asked_at, given_at, withdrawn_at FROM consents \
    WHERE token_hash = $1";
const GIVE: &str =
    "UPDATE consents SET given_at = $2 WHERE id = $1 AND given_at IS NULL AND withdrawn_at IS NULL";
const WITHDRAW: &str = "UPDATE consents SET withdrawn_at = $3 \
    WHERE user_id = $1 AND kind = $2 AND withdrawn_at IS NULL";
const LIST: &str = "SELECT id, user_id, kind, given_by, asked_at, given_at, withdrawn_at FROM consents \
    WHERE user_id = $1 ORDER BY asked_at DESC, id DESC LIMIT 100";

fn read(row: &Row) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: row.get("id")?,
        user: row.get("user_id")?,
        kind: row.get("kind")?,
        given_by: row.get("given_by")?,
        asked_at: row.get("asked_at")?,
        given_at: row.get("given_at")?,
        withdrawn_at: row.get("withdrawn_at")?,
    })
}

/// Records that someone is asked, by a link whose token has this SHA-256.
///
/// # Errors
/// Only the store's own.
pub fn ask(
    conn: &mut Conn<'_>,
    user: &UserId,
    given_by: &str,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    conn.execute(ASK, params![fresh_id(now), user, GUARDIAN, given_by, token_hash, now]).map(drop)
}

/// What a link is about.
///
/// # Errors
/// Only the store's own.
pub fn by_link(conn: &mut Conn<'_>, token_hash: &str) -> Result<Option<Consent>, StoreError> {
    conn.query_opt(BY_LINK, params![token_hash])?.as_ref().map(read).transpose()
}

/// Records that it is given. Answers false when it was before, or was taken back.
///
/// # Errors
/// Only the store's own.
pub fn give(conn: &mut Conn<'_>, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    Ok(conn.execute(GIVE, params![id, now])? == 1)
}

/// Records that a guardian says no: what they gave is taken back, and what they were asked is answered. No link counts then.
///
/// # Errors
/// Only the store's own.
pub fn withdraw(conn: &mut Conn<'_>, user: &UserId, now: Timestamp) -> Result<bool, StoreError> {
    Ok(conn.execute(WITHDRAW, params![user, GUARDIAN, now])? > 0)
}

/// What stands on record for a user, the newest first.
///
/// # Errors
/// Only the store's own.
pub fn of_user(conn: &mut Conn<'_>, user: &UserId) -> Result<Vec<Consent>, StoreError> {
    conn.query(LIST, params![user])?.iter().map(read).collect()
}

impl Store {
    /// What stands on record for a user, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn consents(&self, user: UserId) -> Result<Vec<Consent>, StoreError> {
        self.of(&user).read(move |conn| of_user(conn, &user)).await
    }
}
