//! Sessions: signing in, signing out, and which there are.

use sharper_domain::{Problem, ProblemCode, Secret, Timestamp, UserId};
use sharper_store::Durability;
use sharper_store::accounts::{self, Account, AccountState};
use sharper_store::sign_ins::{self, NewSignIn};

use crate::account::{device_name, email_key};
use crate::password::Compared;
use crate::throttle::By;
use crate::{Caller, Credential, People, SignInId, Via, letters, random};

/// Sign-ins that may fail in a row. From then on only a new password opens the account.
pub(crate) const FAILURES: u32 = 100;
/// How long an operator's session lasts without being used.
const OPERATOR_SESSION: jiff::SignedDuration = jiff::SignedDuration::from_hours(12);
/// What the tokens of operators' sessions begin with.
const OPERATOR: &str = "op.";

/// What someone fills in to sign in.
#[derive(Clone, Copy)]
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

/// The one answer to every sign-in that fails, whatever the reason.
fn wrong() -> Problem {
    let detail = "The e-mail address or the password is not right. After many failures in a row only a new password \
                  helps: ask for one.";
    Problem::new(ProblemCode::Unauthorized, detail)
}

impl People {
    /// Signs in. An unknown address does the same work as a known one, and is answered the same.
    ///
    /// # Errors
    /// `Unauthorized` for a wrong address, a wrong password, an account that is closed, or locked by too many failures;
    /// `RateLimited`.
    pub async fn sign_in(&self, form: SignInForm<'_>) -> Result<SignedIn, Problem> {
        let (now, key) = (self.now(), email_key(form.email));
        let (by, from) = ([By::Account(key.clone())], [By::Address(form.address.to_owned())]);
        // A class behind one address signs in within the same second: of an address only what was wrong counts.
        self.inner.throttle.check(&from, now)?;
        self.inner.throttle.take(&by, now)?;
        let found = self.inner.store.account_by_email(key.clone()).await;
        let found = found.map_err(|error| error.problem())?;
        let hash = found.as_ref().map(|account| &account.password_hash);
        let compared = self.inner.hasher.compare(form.password, hash).await?;
        let usable =
            |account: &Account| account.state != AccountState::Closed && account.failed_sign_ins < FAILURES;
        match (compared, found) {
            (Compared::Same { outdated }, Some(account)) if usable(&account) => {
                let kept = if outdated {
                    self.inner.hasher.hash(form.password).await?
                } else {
                    account.password_hash.clone()
                };
                self.inner.throttle.forgive(&by);
                self.begin(account, kept, form.device).await
            }
            (_, found) => {
                self.inner.throttle.count(&from, now);
                let failures = self.inner.store.count_failed_sign_in(key).await;
                if let (Some(FAILURES), Some(account)) = (failures.map_err(|error| error.problem())?, found) {
                    self.inner.post.send(letters::locked(account.email, &self.settings().public_url));
                }
                Err(wrong())
            }
        }
    }

    /// Begins the session of an account whose password was right, unless it was changed meanwhile.
    async fn begin(&self, account: Account, kept: Secret, device: &str) -> Result<SignedIn, Problem> {
        let now = self.now();
        let (token, session) = self.session(Some(account.user_id.clone()), device, now)?;
        let (id, expires_at) = (SignInId(session.token_hash.clone()), session.expires_at);
        let (user, hash) = (account.user_id.clone(), account.password_hash.clone());
        let begin = self.inner.store.house().write(Durability::Synced, move |conn| {
            let still = accounts::note_sign_in(conn, &user, &hash, &kept, now)?;
            if still {
                sign_ins::add(conn, &session, now)?;
            }
            Ok(still)
        });
        if !begin.await.map_err(|error| error.problem())? {
            return Err(wrong());
        }
        let caller = Caller {
            user: account.user_id,
            role: account.role,
            via: Via::Session(id),
            name: Some(account.email),
            waiting: account.state == AccountState::Waiting,
            prolonged: false,
        };
        Ok(SignedIn { token, caller, expires_at })
    }

    /// A session for the admin pages, without an account. It ends when the admin token is changed.
    ///
    /// # Errors
    /// `Unauthorized` when it is not the admin token; `RateLimited`.
    pub async fn operator_sign_in(
        &self,
        admin_token: &str,
        device: &str,
        address: &str,
    ) -> Result<SignedIn, Problem> {
        let (now, by) = (self.now(), [By::Address(address.to_owned())]);
        self.inner.throttle.take(&by, now)?;
        if !self.is_admin_token(admin_token) {
            return Err(Problem::new(ProblemCode::Unauthorized, "This is not the admin token."));
        }
        self.inner.throttle.forgive(&by);
        let (token, session) = self.session(None, device, now)?;
        let (id, expires_at) = (SignInId(session.token_hash.clone()), session.expires_at);
        self.inner.store.add_sign_in(session, now).await.map_err(|error| error.problem())?;
        Ok(SignedIn { token, caller: Caller::operator(Via::Session(id)), expires_at })
    }

    /// A session to be, of a user or an operator, and its token.
    pub(crate) fn session(
        &self,
        user: Option<UserId>,
        device: &str,
        now: Timestamp,
    ) -> Result<(Secret, NewSignIn), Problem> {
        let text = random::text()?;
        let token = if user.is_some() { text } else { format!("{OPERATOR}{text}") };
        let (token_hash, expires_at) = (self.kept_session(&token), self.session_end(user.is_some(), now));
        Ok((Secret::new(&token), NewSignIn { token_hash, user, device: device_name(device), expires_at }))
    }

    /// What is kept of a session's token. That of an operator is bound to the admin token.
    pub(crate) fn kept_session(&self, token: &str) -> String {
        match token.strip_prefix(OPERATOR) {
            Some(_) => random::kept(&format!("{token}\n{}", self.settings().admin_token.expose())),
            None => random::kept(token),
        }
    }

    /// When a session ends that is used for the last time now.
    pub(crate) fn session_end(&self, of_user: bool, now: Timestamp) -> Timestamp {
        let days = i64::from(self.settings().session_days);
        let lasts = if of_user { jiff::SignedDuration::from_hours(24 * days) } else { OPERATOR_SESSION };
        now.checked_add(lasts).unwrap_or(Timestamp::MAX)
    }

    /// Ends the session of this token. One that is none is no error.
    ///
    /// # Errors
    /// The store's own.
    pub async fn sign_out(&self, token: &str) -> Result<(), Problem> {
        self.inner.store.end_sign_in(self.kept_session(token)).await.map_err(|error| error.problem())
    }

    /// Ends one session of a user.
    ///
    /// # Errors
    /// `NotFound` when the user has no such session.
    pub async fn end_session(&self, user: &UserId, session: &SignInId) -> Result<(), Problem> {
        let end = self.inner.store.end_own_sign_in(user.clone(), session.0.clone());
        end.await.map_err(|error| error.problem())
    }

    /// Ends all sessions of a user. Answers how many there were.
    ///
    /// # Errors
    /// The store's own.
    pub async fn sign_out_everywhere(&self, user: &UserId) -> Result<u64, Problem> {
        self.inner.store.end_all_sign_ins(user.clone()).await.map_err(|error| error.problem())
    }

    /// The sessions of a user, the last used first.
    ///
    /// # Errors
    /// The store's own.
    pub async fn sessions(&self, user: &UserId) -> Result<Vec<SignIn>, Problem> {
        let sessions = self.inner.store.sign_ins(user.clone(), self.now()).await;
        let shown = |session: sign_ins::SignIn| SignIn {
            id: SignInId(session.token_hash),
            device: session.device,
            created_at: session.created_at,
            seen_at: session.seen_at,
            expires_at: session.expires_at,
        };
        Ok(sessions.map_err(|error| error.problem())?.into_iter().map(shown).collect())
    }

    /// The device of the session by which a caller is known.
    pub(crate) async fn device_of(&self, caller: &Caller) -> Result<String, Problem> {
        let Via::Session(id) = &caller.via else { return Ok("unknown".to_owned()) };
        let this = self.sessions(&caller.user).await?.into_iter().find(|session| session.id == *id);
        Ok(this.map_or_else(|| "unknown".to_owned(), |session| session.device))
    }

    /// Whose session this token is.
    pub(crate) async fn session_holder(&self, token: &str) -> Result<Option<Caller>, Problem> {
        let (now, hash) = (self.now(), self.kept_session(token));
        let found = self.inner.store.sign_in_holder(hash.clone(), now).await;
        let Some(holder) = found.map_err(|error| error.problem())? else { return Ok(None) };
        let via = Via::Session(SignInId(hash.clone()));
        let (of_user, mut caller) = match (holder.user, holder.account) {
            (None, _) if token.starts_with(OPERATOR) && !self.settings().admin_token.is_empty() => {
                (false, Caller::operator(via))
            }
            (Some(user), Some((email, role, state))) if state != AccountState::Closed => {
                let waiting = state == AccountState::Waiting;
                (true, Caller { user, role, via, name: Some(email), waiting, prolonged: false })
            }
            _ => return Ok(None),
        };
        if holder.seen_at.is_none_or(|seen| crate::is_a_minute_ago(seen, now)) {
            let seen = self.inner.store.sign_in_seen(hash, now, self.session_end(of_user, now)).await;
            caller.prolonged = seen.is_ok();
            crate::noted(seen);
        }
        Ok(Some(caller))
    }
}

/// Whether a credential may be one of ours at all: hashing megabytes is no favour to anybody.
pub(crate) fn is_plausible(credential: Credential<'_>) -> bool {
    match credential {
        Credential::Session(text) => (1..=128).contains(&text.len()),
        Credential::Bearer(text) => (1..=crate::supabase::LONGEST).contains(&text.len()),
    }
}
