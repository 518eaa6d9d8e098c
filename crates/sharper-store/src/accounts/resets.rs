//! Links with which a forgotten password is set anew: each counts once, for a short while.

use sharper_domain::{Timestamp, UserId};

use crate::StoreError;
use crate::conn::{Conn, params};

// One statement, whether the address is known or not, so that the answer takes the same time.
const ADD: &str = "INSERT INTO password_resets (token_hash, user_id, created_at, expires_at) \
    SELECT $1, user_id, $3, $4 FROM accounts WHERE email_key = $2 AND state <> 'closed'";
const OF: &str = "SELECT user_id FROM password_resets WHERE token_hash = $1 AND expires_at > $2";
const TAKE: &str = "DELETE FROM password_resets WHERE token_hash = $1 AND expires_at > $2 RETURNING user_id";
const DROP_OTHERS: &str = "DELETE FROM password_resets WHERE user_id = $1";

/// Keeps a link for the account of an address until `until`. Answers whether there is such an account.
///
/// # Errors
/// Only the store's own.
pub fn add_reset(
    conn: &mut Conn<'_>,
    token_hash: &str,
    email_key: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(ADD, params![token_hash, email_key, now, until])? == 1)
}

/// Whose link it is, if it still counts.
///
/// # Errors
/// Only the store's own.
pub fn reset_of(conn: &mut Conn<'_>, token_hash: &str, now: Timestamp) -> Result<Option<UserId>, StoreError> {
    conn.query_opt(OF, params![token_hash, now])?.map(|row| row.get("user_id")).transpose()
}

/// Uses up a link, and with it all others of the account. Answers whose it was, if it still counted.
///
/// # Errors
/// Only the store's own.
pub fn take_reset(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<UserId>, StoreError> {
    let taken: Option<UserId> =
        conn.query_opt(TAKE, params![token_hash, now])?.map(|row| row.get("user_id")).transpose()?;
    if let Some(user) = &taken {
        conn.execute(DROP_OTHERS, params![user])?;
    }
    Ok(taken)
}
