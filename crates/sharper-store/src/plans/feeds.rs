//! Calendar feeds: secret addresses under which a plan is read without signing in. Only the SHA-256 of a token is kept.

use sharper_domain::{MaterialId, Timestamp, UserId};

use crate::conn::params;
use crate::{Durability, Store, StoreError, fingerprint};

/// What the token of a feed opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Whose it is.
    pub user: UserId,
    /// The plan.
    pub plan: MaterialId,
}

const OF_PLAN: &str = "SELECT id FROM study_plans WHERE user_id = $1 AND id = $2";
const REVOKE: &str = "DELETE FROM calendar_feeds WHERE user_id = $1 AND plan_id = $2";
const MAKE: &str =
    "INSERT INTO calendar_feeds (token_hash, user_id, plan_id, created_at) VALUES ($1, $2, $3, $4)";
const OPEN: &str =
    "SELECT user_id, plan_id FROM calendar_feeds WHERE token_hash = $1 AND plan_id IS NOT NULL";

impl Store {
    /// Opens a feed of a plan of the user's under a token, and closes the one that there was.
    ///
    /// # Errors
    /// `NotFound` when the plan is not the user's.
    pub async fn make_feed(
        &self,
        user: UserId,
        plan: MaterialId,
        token: String,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                conn.query_one(OF_PLAN, params![&user, plan])?;
                conn.execute(REVOKE, params![&user, plan])?;
                conn.execute(MAKE, params![fingerprint(&token), &user, plan, now]).map(drop)
            })
            .await
    }

    /// Closes the feed of a plan, if there is one.
    ///
    /// # Errors
    /// `NotFound` when the plan is not the user's.
    pub async fn revoke_feed(&self, user: UserId, plan: MaterialId) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                conn.query_one(OF_PLAN, params![&user, plan])?;
                conn.execute(REVOKE, params![&user, plan]).map(drop)
            })
            .await
    }

    /// What a token opens.
    ///
    /// # Errors
    /// `NotFound` when it opens nothing, or nothing any more.
    pub async fn feed(&self, token: String) -> Result<Feed, StoreError> {
        self.house()
            .read(move |conn| {
                let row = conn.query_one(OPEN, params![fingerprint(&token)])?;
                Ok(Feed { user: row.get("user_id")?, plan: row.get("plan_id")? })
            })
            .await
    }
}
