//! Sessions: each is known by the SHA-256 of its token, and ends when it was not used for a while.

use sharper_domain::{Timestamp, UserId};

use crate::accounts::{AccountState, Role};
use crate::conn::{Conn, Row, params};
use crate::{Durability, Store, StoreError};

/// A session to be. `user` is `None` for an operator who came with the admin token.
#[derive(Debug, Clone)]
pub struct NewSignIn {
    /// The SHA-256 of its token, in hexadecimal.
    pub token_hash: String,
    /// Whose it is.
    pub user: Option<UserId>,
    /// What they sit at, in words.
    pub device: String,
    /// When it ends if it is not used.
    pub expires_at: Timestamp,
}

/// A session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// The SHA-256 of its token, in hexadecimal.
    pub token_hash: String,
    /// What they sat at, in words.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends if it is not used.
    pub expires_at: Timestamp,
}

/// Whose a session or a token is, and how it stands with their account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The user; `None` for an operator.
    pub user: Option<UserId>,
    /// The address, rights and state of their account, where they have one here.
    pub account: Option<(String, Role, AccountState)>,
    /// When it was last used, to the minute.
    pub seen_at: Option<Timestamp>,
}

impl Holder {
    pub(crate) fn read(row: &Row) -> Result<Self, StoreError> {
        let account = match row.get::<Option<String>>("email")? {
            Some(email) => Some((email, row.get("role")?, row.get("state")?)),
            None => None,
        };
        Ok(Self { user: row.get("user_id")?, account, seen_at: row.get("seen_at")? })
    }
}

/// Sessions that one user may have; a further one ends the one that was longest unused.
const MOST: u32 = 50;

const INSERT: &str = "INSERT INTO sign_ins (token_hash, user_id, device, created_at, seen_at, expires_at) \
    VALUES ($1, $2, $3, $4, $4, $5)";
const DROP_OLDEST: &str = "DELETE FROM sign_ins WHERE token_hash IN (SELECT token_hash FROM sign_ins \
    WHERE user_id = $1 ORDER BY seen_at DESC, token_hash LIMIT 1000 OFFSET $2)";
const WHO: &str = "SELECT s.user_id, s.seen_at, a.email, a.role, a.state FROM sign_ins s \
    LEFT JOIN accounts a ON a.user_id = s.user_id WHERE s.token_hash = $1 AND s.expires_at > $2";
const SEEN: &str = "UPDATE sign_ins SET seen_at = $2, expires_at = $3 WHERE token_hash = $1 AND seen_at < $2";
const LIST: &str = "SELECT token_hash, device, created_at, seen_at, expires_at FROM sign_ins \
    WHERE user_id = $1 AND expires_at > $2 ORDER BY seen_at DESC, token_hash LIMIT 100";
const END: &str = "DELETE FROM sign_ins WHERE token_hash = $1";
const END_OWN: &str = "DELETE FROM sign_ins WHERE user_id = $1 AND token_hash = $2";
const END_ALL: &str = "DELETE FROM sign_ins WHERE user_id = $1";
/// Begins a session.
///
/// # Errors
/// Only the store's own.
pub fn add(conn: &mut Conn<'_>, new: &NewSignIn, now: Timestamp) -> Result<(), StoreError> {
    conn.execute(INSERT, params![&new.token_hash, new.user.as_ref(), &new.device, now, new.expires_at])?;
    if let Some(user) = &new.user {
        conn.execute(DROP_OLDEST, params![user, MOST])?;
    }
    Ok(())
}

/// Ends all sessions of a user. Answers how many there were.
///
/// # Errors
/// Only the store's own.
pub fn end_all(conn: &mut Conn<'_>, user: &UserId) -> Result<u64, StoreError> {
    conn.execute(END_ALL, params![user])
}

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn add_sign_in(&self, new: NewSignIn, now: Timestamp) -> Result<(), StoreError> {
        self.house().write(Durability::Synced, move |conn| add(conn, &new, now)).await
    }

    /// Whose session it is, unless it is over.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn sign_in_holder(
        &self,
        token_hash: String,
        now: Timestamp,
    ) -> Result<Option<Holder>, StoreError> {
        self.house()
            .read(move |conn| {
                conn.query_opt(WHO, params![token_hash, now])?.as_ref().map(Holder::read).transpose()
            })
            .await
    }

    /// Notes that a session is in use, and puts off its end.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn sign_in_seen(
        &self,
        token_hash: String,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.house()
            .write(Durability::Relaxed, move |conn| {
                conn.execute(SEEN, params![token_hash, now, expires_at]).map(drop)
            })
            .await
    }

    /// The sessions of a user, the last used first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn sign_ins(&self, user: UserId, now: Timestamp) -> Result<Vec<SignIn>, StoreError> {
        let read = |row: &Row| {
            Ok(SignIn {
                token_hash: row.get("token_hash")?,
                device: row.get("device")?,
                created_at: row.get("created_at")?,
                seen_at: row.get("seen_at")?,
                expires_at: row.get("expires_at")?,
            })
        };
        self.of(&user)
            .read(move |conn| conn.query(LIST, params![&user, now])?.iter().map(read).collect())
            .await
    }

    /// Ends the session of this token; none is no error.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn end_sign_in(&self, token_hash: String) -> Result<(), StoreError> {
        self.house()
            .write(Durability::Synced, move |conn| conn.execute(END, params![token_hash]).map(drop))
            .await
    }

    /// Ends a session of a user.
    ///
    /// # Errors
    /// `NotFound` when they have no such session.
    pub async fn end_own_sign_in(&self, user: UserId, token_hash: String) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                match conn.execute(END_OWN, params![&user, token_hash])? {
                    0 => Err(StoreError::NotFound),
                    _ => Ok(()),
                }
            })
            .await
    }

    /// Ends all sessions of a user. Answers how many there were.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn end_all_sign_ins(&self, user: UserId) -> Result<u64, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| end_all(conn, &user)).await
    }
}
