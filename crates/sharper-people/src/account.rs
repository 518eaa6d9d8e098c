//! Accounts: opening one, and closing it.

use sharper_domain::{FieldError, Problem, ProblemCode, Secret, SessionId, Timestamp, UserId};
pub(crate) use sharper_store::accounts::email_key;
use sharper_store::accounts::{self, NewAccount as StoredAccount, Opened};
use sharper_store::sign_ins::{self, NewSignIn};
use sharper_store::{Durability, api_tokens, consents};

use crate::throttle::By;
use crate::{Caller, People, Registration, SignInId, SignedIn, Via, letters, password, random};

/// What someone fills in to open an account.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Their e-mail address.
    pub email: String,
    /// Their password: 8 to 200 characters, each as it was typed (`Secret::exact`).
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

/// A device's name as it is kept: short, on one line.
pub(crate) fn device_name(device: &str) -> String {
    device.chars().filter(|c| !c.is_control()).take(120).collect()
}

impl NewAccount {
    fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        if !sharper_post::is_address(self.email.trim()) {
            faults.push(FieldError::new("/email", "must be an e-mail address"));
        }
        if let Some(fault) = password::fault(self.password.expose(), &self.email) {
            faults.push(FieldError::new("/password", fault));
        }
        if self.under_13 {
            let guardian = self.guardian_email.as_deref().unwrap_or_default().trim();
            if !sharper_post::is_address(guardian) {
                faults.push(FieldError::new("/guardian_email", "must be the e-mail address of a guardian"));
            } else if email_key(guardian) == email_key(&self.email) {
                faults.push(FieldError::new("/guardian_email", "must be another than the account's own"));
            }
        }
        faults
    }
}

impl People {
    /// Opens an account and signs in. The very first account of a grown-up is the administrator's, also where
    /// registration is closed. That an address is taken is told: whoever opens an account must know. (Signing in and
    /// forgotten passwords tell nothing.)
    ///
    /// # Errors
    /// `Forbidden` when registration is closed, or closed to those under 13; `InvalidRequest` names each wrong field;
    /// `Conflict` when the address has an account; `RateLimited`.
    pub async fn register(&self, new: NewAccount) -> Result<SignedIn, Problem> {
        let now = self.now();
        if new.under_13 && !self.settings().guardian_consent {
            let detail = "Whoever runs this server gives no accounts to people under 13.";
            return Err(Problem::new(ProblemCode::Forbidden, detail));
        }
        let faults = new.faults();
        if !faults.is_empty() {
            return Err(Problem::invalid(faults));
        }
        self.inner.registrations.take(&[By::Address(new.address.clone())], now)?;
        let account = StoredAccount {
            user_id: fresh_user(now),
            email: new.email.trim().to_owned(),
            email_key: email_key(&new.email),
            password_hash: self.inner.hasher.hash(new.password.expose()).await?,
            under_13: new.under_13,
            open: self.settings().registration == Registration::Open,
        };
        let (user, email) = (account.user_id.clone(), account.email.clone());
        let (token, session) = self.session(Some(user.clone()), &new.device, now)?;
        let expires_at = session.expires_at;
        let guardian = new.guardian_email.filter(|_| new.under_13).map(|email| email.trim().to_owned());
        let link = random::text()?;
        let asked = guardian.clone().map(|guardian| (guardian, random::kept(&link)));
        let caller = Caller::student(user, Via::Session(SignInId(session.token_hash.clone())));
        match self.open_account(account, session, asked).await? {
            Opened::Opened(role) => {
                if let Some(guardian) = guardian {
                    self.inner.post.send(letters::consent(
                        guardian,
                        &email,
                        &self.settings().public_url,
                        &link,
                    ));
                }
                let caller = Caller { role, name: Some(email), waiting: new.under_13, ..caller };
                Ok(SignedIn { token, caller, expires_at })
            }
            Opened::Taken => Err(Problem::new(
                ProblemCode::Conflict,
                "There is an account with this e-mail address already. Sign in, or ask for a new password.",
            )),
            Opened::Closed => Err(Problem::new(
                ProblemCode::Forbidden,
                "Registration is closed here. Ask whoever runs this server for an account.",
            )),
        }
    }

    /// The account, its first session and what a guardian is asked: all or nothing.
    async fn open_account(
        &self,
        account: StoredAccount,
        session: NewSignIn,
        asked: Option<(String, String)>,
    ) -> Result<Opened, Problem> {
        let now = self.now();
        let open = self.inner.store.house().write(Durability::Synced, move |conn| {
            let opened = accounts::open(conn, &account, now)?;
            if let Opened::Opened(_) = opened {
                sign_ins::add(conn, &session, now)?;
                if let Some((guardian, link)) = &asked {
                    consents::ask(conn, &account.user_id, guardian, link, now)?;
                }
            }
            Ok(opened)
        });
        open.await.map_err(|error| error.problem())
    }

    /// Closes an account: its sessions and API tokens end at once, and nobody can sign in to it again. Erasing what
    /// it holds is the store's work.
    ///
    /// # Errors
    /// The store's own.
    pub async fn close_account(&self, user: &UserId) -> Result<(), Problem> {
        let user = user.clone();
        let close = self.inner.store.house().write(Durability::Synced, move |conn| {
            accounts::close(conn, &user)?;
            api_tokens::revoke_all(conn, &user)?;
            sign_ins::end_all(conn, &user).map(drop)
        });
        close.await.map_err(|error| error.problem())
    }
}

/// A new user's id: a UUIDv7.
fn fresh_user(now: Timestamp) -> UserId {
    SessionId::new(now).as_str().parse().expect("a UUID is an id")
}
