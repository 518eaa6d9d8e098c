//! Personal API tokens, for scripts: `ssk_` and 256 random bits.
//!
//! A token acts for its owner as a student, also when its owner is an administrator: what runs unattended need not be
//! able to see everybody's figures. Scripts of the operator have the admin token.

use jiff::SignedDuration;
use sharper_domain::{FieldError, Problem, Secret, UserId};
use sharper_store::accounts::AccountState;
use sharper_store::api_tokens::NewApiToken;
use uuid::Uuid;

use crate::{ApiToken, Caller, People, Role, Via, random};

/// What every token begins with, so that one in the wrong place is known for what it is.
pub(crate) const PREFIX: &str = "ssk_";
/// Characters of a token that its owner is shown again.
const HINT: usize = 8;
/// The longest that a token may last, in days.
const LONGEST: u32 = 3650;

impl People {
    /// Makes a token that lasts so many days, or until it is revoked. Its text is told this once.
    ///
    /// # Errors
    /// `InvalidRequest` when the name or the days are not right; `Conflict` when there are too many.
    pub async fn make_token(
        &self,
        user: &UserId,
        name: &str,
        days: Option<u32>,
    ) -> Result<(Secret, ApiToken), Problem> {
        let (now, name) = (self.now(), name.trim());
        let mut faults = Vec::new();
        if !(1..=80).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            faults.push(FieldError::new("/name", "must have 1 to 80 characters"));
        }
        if days.is_some_and(|days| !(1..=LONGEST).contains(&days)) {
            faults.push(FieldError::new("/days", "must be 1 to 3650, or absent"));
        }
        if !faults.is_empty() {
            return Err(Problem::invalid(faults));
        }
        let text = format!("{PREFIX}{}", random::text()?);
        let lasts = days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
        let new = NewApiToken {
            user: user.clone(),
            name: name.to_owned(),
            token_hash: random::kept(&text),
            hint: text.chars().take(HINT).collect(),
            expires_at: lasts.and_then(|lasts| now.checked_add(lasts).ok()),
        };
        let token = self.inner.store.add_api_token(new, now).await.map_err(|error| error.problem())?;
        Ok((Secret::new(text), token))
    }

    /// The tokens of a user, the newest first.
    ///
    /// # Errors
    /// The store's own.
    pub async fn tokens(&self, user: &UserId) -> Result<Vec<ApiToken>, Problem> {
        self.inner.store.api_tokens(user.clone()).await.map_err(|error| error.problem())
    }

    /// Ends a token at once.
    ///
    /// # Errors
    /// `NotFound` when the user has no such token.
    pub async fn revoke_token(&self, user: &UserId, id: Uuid) -> Result<(), Problem> {
        self.inner.store.revoke_api_token(user.clone(), id).await.map_err(|error| error.problem())
    }

    /// Whose API token this is. A user of Supabase has no account here, and can have tokens.
    pub(crate) async fn token_holder(&self, text: &str) -> Result<Option<Caller>, Problem> {
        let now = self.now();
        let found = self.inner.store.api_token_holder(random::kept(text), now).await;
        let Some((id, holder)) = found.map_err(|error| error.problem())? else { return Ok(None) };
        let (Some(user), account) = (holder.user, holder.account) else { return Ok(None) };
        let state = account.as_ref().map(|(_, _, state)| *state);
        if state == Some(AccountState::Closed) {
            return Ok(None);
        }
        if holder.seen_at.is_none_or(|seen| crate::is_a_minute_ago(seen, now)) {
            crate::noted(self.inner.store.api_token_used(id, now).await);
        }
        let (waiting, name) = (state == Some(AccountState::Waiting), account.map(|(email, _, _)| email));
        Ok(Some(Caller {
            user,
            role: Role::Student,
            via: Via::ApiToken(id),
            name,
            waiting,
            prolonged: false,
        }))
    }
}
