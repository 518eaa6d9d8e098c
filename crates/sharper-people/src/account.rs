//! Accounts: opening one, signing in, passwords, closing.

use sharper_domain::{Problem, Secret, Timestamp, UserId};

use crate::{Caller, People};

/// What someone fills in to open an account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Their e-mail address.
    pub email: String,
    /// Their password: 8 to 200 characters.
    pub password: Secret,
    /// Whether they are under 13.
    pub under_13: bool,
    /// A guardian's e-mail address; needed under 13.
    pub guardian_email: Option<String>,
    /// What they sit at, in words, for the list of their sessions.
    pub device: String,
    /// The network address they come from, for the throttle.
    pub address: String,
}

/// What someone fills in to sign in.
#[derive(Debug, Clone, Copy)]
pub struct SignInForm<'a> {
    /// Their e-mail address.
    pub email: &'a str,
    /// Their password.
    pub password: &'a str,
    /// What they sit at, in words, for the list of their sessions.
    pub device: &'a str,
    /// The network address they come from, for the throttle.
    pub address: &'a str,
}

/// A new session.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Its token, for the cookie. It is told this once.
    pub token: Secret,
    /// Whose it is.
    pub caller: Caller,
    /// When it ends if it is not used.
    pub expires_at: Timestamp,
}

fn not_here() -> Problem {
    Problem::new(sharper_domain::ProblemCode::NotAvailable, "There are no accounts here.")
}

impl People {
    /// Opens an account and signs in. The very first account is the administrator's.
    ///
    /// # Errors
    /// `Forbidden` when registration is closed; `InvalidRequest` names each wrong field; `Conflict` when the address
    /// has an account; `RateLimited`.
    pub async fn register(&self, new: NewAccount) -> Result<SignedIn, Problem> {
        let _ = new;
        Err(not_here())
    }

    /// Signs in.
    ///
    /// # Errors
    /// `Unauthorized`, the same whether the address is unknown or the password wrong; `RateLimited`.
    pub async fn sign_in(&self, form: SignInForm<'_>) -> Result<SignedIn, Problem> {
        let _ = form;
        Err(not_here())
    }

    /// A session for the admin pages, without an account.
    ///
    /// # Errors
    /// `Unauthorized` when it is not the admin token; `RateLimited`.
    pub async fn operator_sign_in(
        &self,
        admin_token: &str,
        device: &str,
        address: &str,
    ) -> Result<SignedIn, Problem> {
        let _ = (admin_token, device, address);
        Err(not_here())
    }

    /// Sends a link with which a new password can be set, if the address has an account. The answer never tells.
    ///
    /// # Errors
    /// `RateLimited`.
    pub async fn ask_reset(&self, email: &str, address: &str) -> Result<(), Problem> {
        let _ = (email, address);
        Err(not_here())
    }

    /// Sets a new password with the token of such a link. All sessions of the account end.
    ///
    /// # Errors
    /// `InvalidRequest` when the link is spent or too old, or the password too weak.
    pub async fn reset(&self, token: &str, new_password: &str) -> Result<(), Problem> {
        let _ = (token, new_password);
        Err(not_here())
    }

    /// Changes the password. All other sessions end, and this one gets a new token.
    ///
    /// # Errors
    /// `Forbidden` when the old one is wrong; `InvalidRequest` when the new one is too weak; `RateLimited`.
    pub async fn change_password(&self, caller: &Caller, old: &str, new: &str) -> Result<SignedIn, Problem> {
        let _ = (caller, old, new);
        Err(not_here())
    }

    /// Closes an account: its sessions and API tokens end at once, and nobody can sign in to it again. Erasing what
    /// it holds is the store's `erase_user`.
    ///
    /// # Errors
    /// The store's own.
    pub async fn close_account(&self, user: &UserId) -> Result<(), Problem> {
        let _ = user;
        Err(not_here())
    }
}
