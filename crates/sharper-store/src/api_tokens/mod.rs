//! Personal API tokens: each is known by the SHA-256 of its text.

use sharper_domain::{Timestamp, UserId};
use uuid::Uuid;

use crate::conn::{Conn, Row, params};
use crate::sign_ins::Holder;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// A token to be.
#[derive(Debug, Clone)]
pub struct NewApiToken {
    /// Whose it is.
    pub user: UserId,
    /// What its owner calls it.
    pub name: String,
    /// The SHA-256 of its text, in hexadecimal.
    pub token_hash: String,
    /// Its first characters.
    pub hint: String,
    /// When it ends; `None`: when it is revoked.
    pub expires_at: Option<Timestamp>,
}

/// A token, as its owner may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Which.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// Its first characters.
    pub hint: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// When it ends; `None`: when it is revoked.
    pub expires_at: Option<Timestamp>,
}

/// Tokens that one user may have.
const MOST: u32 = 50;

const COUNT: &str = "SELECT count(*) AS n FROM api_tokens WHERE user_id = $1";
const INSERT: &str = "INSERT INTO api_tokens (id, user_id, name, token_hash, hint, created_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const WHO: &str = "SELECT t.id, t.user_id, t.used_at AS seen_at, a.email, a.role, a.state FROM api_tokens t \
    LEFT JOIN accounts a ON a.user_id = t.user_id \
    WHERE t.token_hash = $1 AND (t.expires_at IS NULL OR t.expires_at > $2)";
const USED: &str = "UPDATE api_tokens SET used_at = $2 WHERE id = $1 AND (used_at IS NULL OR used_at < $2)";
const LIST: &str = "SELECT id, name, hint, created_at, used_at, expires_at FROM api_tokens \
    WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 100";
const REVOKE: &str = "DELETE FROM api_tokens WHERE user_id = $1 AND id = $2";
const REVOKE_ALL: &str = "DELETE FROM api_tokens WHERE user_id = $1";

/// Ends all tokens of a user.
///
/// # Errors
/// Only the store's own.
pub fn revoke_all(conn: &mut Conn<'_>, user: &UserId) -> Result<u64, StoreError> {
    conn.execute(REVOKE_ALL, params![user])
}

impl Store {
    /// Keeps a token.
    ///
    /// # Errors
    /// `Conflict` when the user has as many as one may have.
    pub async fn add_api_token(&self, new: NewApiToken, now: Timestamp) -> Result<ApiToken, StoreError> {
        self.of(&new.user)
            .write(Durability::Synced, move |conn| {
                if conn.query_one(COUNT, params![&new.user])?.get::<u32>("n")? >= MOST {
                    return Err(StoreError::Conflict("there are 50 API tokens already: revoke one first"));
                }
                let NewApiToken { user, name, token_hash, hint, expires_at } = new;
                let id = fresh_id(now);
                conn.execute(INSERT, params![id, &user, &name, token_hash, &hint, now, expires_at])?;
                Ok(ApiToken { id, name, hint, created_at: now, used_at: None, expires_at })
            })
            .await
    }

    /// Whose token it is and which, unless it is over.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn api_token_holder(
        &self,
        token_hash: String,
        now: Timestamp,
    ) -> Result<Option<(Uuid, Holder)>, StoreError> {
        let read = |row: &Row| Ok((row.get("id")?, Holder::read(row)?));
        self.house()
            .read(move |conn| conn.query_opt(WHO, params![token_hash, now])?.as_ref().map(read).transpose())
            .await
    }

    /// Notes that a token is in use.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn api_token_used(&self, id: Uuid, now: Timestamp) -> Result<(), StoreError> {
        self.house()
            .write(Durability::Relaxed, move |conn| conn.execute(USED, params![id, now]).map(drop))
            .await
    }

    /// The tokens of a user, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn api_tokens(&self, user: UserId) -> Result<Vec<ApiToken>, StoreError> {
        let read = |row: &Row| {
            Ok(ApiToken {
                id: row.get("id")?,
                name: row.get("name")?,
                hint: row.get("hint")?,
                created_at: row.get("created_at")?,
                used_at: row.get("used_at")?,
                expires_at: row.get("expires_at")?,
            })
        };
        self.of(&user).read(move |conn| conn.query(LIST, params![&user])?.iter().map(read).collect()).await
    }

    /// Ends a token of a user at once.
    ///
    /// # Errors
    /// `NotFound` when they have no such token.
    pub async fn revoke_api_token(&self, user: UserId, id: Uuid) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| match conn.execute(REVOKE, params![&user, id])? {
                0 => Err(StoreError::NotFound),
                _ => Ok(()),
            })
            .await
    }
}
