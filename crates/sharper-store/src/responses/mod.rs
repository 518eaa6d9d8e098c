//! Answers of models that are worth keeping for a while, so that the same question is not paid for twice.
//!
//! They are kept for one user each and never shared. Losing some in a power cut costs a call, so nothing is synced.

use sharper_domain::{Timestamp, UserId};

use crate::conn::{Row, Sql, params};
use crate::{Durability, Store, StoreError};

/// A model's answer that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedResponse {
    /// What it said.
    pub text: String,
    /// The model that said it.
    pub model: String,
    /// Tokens of the prompt.
    pub prompt_tokens: u64,
    /// Tokens of the answer.
    pub completion_tokens: u64,
}

const FIND: &str = "SELECT text, model, prompt_tokens, completion_tokens FROM response_cache \
    WHERE user_id = $1 AND key = $2 AND expires_at > $3";
const KEEP: &str = "INSERT INTO response_cache \
    (user_id, key, model, text, prompt_tokens, completion_tokens, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
    ON CONFLICT (user_id, key) DO UPDATE SET model = excluded.model, text = excluded.text, \
    prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens, \
    expires_at = excluded.expires_at";
const PRUNE: Sql = Sql::each(
    "DELETE FROM response_cache WHERE (user_id, key) IN (SELECT user_id, key FROM response_cache \
     WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)",
    "DELETE FROM response_cache WHERE (user_id, key) IN (SELECT user_id, key FROM response_cache \
     WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)",
);

fn read(row: &Row) -> Result<CachedResponse, StoreError> {
    Ok(CachedResponse {
        text: row.get("text")?,
        model: row.get("model")?,
        prompt_tokens: row.get("prompt_tokens")?,
        completion_tokens: row.get("completion_tokens")?,
    })
}

impl Store {
    /// The answer that is kept for this user under this key (`fingerprint` of all that the answer depends on), unless
    /// its time is over.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn cached_response(
        &self,
        user: UserId,
        key: String,
        now: Timestamp,
    ) -> Result<Option<CachedResponse>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query_opt(FIND, params![&user, key, now])?.as_ref().map(read).transpose())
            .await
    }

    /// Keeps an answer until `expires_at`, in the place of the one that is there under this key.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn cache_response(
        &self,
        user: UserId,
        key: String,
        response: CachedResponse,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let tokens = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        self.of(&user)
            .write(Durability::Relaxed, move |conn| {
                let values = params![
                    &user,
                    key,
                    response.model,
                    response.text,
                    tokens(response.prompt_tokens),
                    tokens(response.completion_tokens),
                    expires_at,
                ];
                conn.execute(KEEP, values).map(drop)
            })
            .await
    }

    /// Lets go of at most `limit` answers whose time is over, the oldest first. Answers how many went.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn prune_responses(&self, now: Timestamp, limit: u32) -> Result<u64, StoreError> {
        self.house().write(Durability::Relaxed, move |conn| conn.execute(PRUNE, params![now, limit])).await
    }
}
