//! Another password: for who forgot the old one, and for who knows it.

use jiff::SignedDuration;
use sharper_domain::{FieldError, Problem, ProblemCode};
use sharper_store::accounts::{self, Account, AccountState};
use sharper_store::{Durability, sign_ins};

use crate::account::email_key;
use crate::password::{self, Compared};
use crate::throttle::By;
use crate::{Caller, People, SignInId, SignedIn, Via, letters, random};

/// How long a link counts.
const LINK: SignedDuration = SignedDuration::from_mins(15);

fn spent() -> Problem {
    let detail = "This link was used already, or is older than 15 minutes. Ask for a new one.";
    Problem::new(ProblemCode::NotFound, detail)
}

fn weak(pointer: &str, fault: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(pointer, fault)])
}

impl People {
    /// Sends a link with which a new password can be set, if the address has an account. The answer never tells, nor
    /// does its time: the same statement runs for every address, and the letter goes out later.
    ///
    /// # Errors
    /// `RateLimited`.
    pub async fn ask_reset(&self, email: &str, address: &str) -> Result<(), Problem> {
        let (now, key) = (self.now(), email_key(email));
        // These tries are others than those of signing in.
        self.inner.resets.take(&[By::Account(key.clone()), By::Address(address.to_owned())], now)?;
        let token = random::text()?;
        let (hash, until) = (random::kept(&token), now.checked_add(LINK).unwrap_or(now));
        let by = [By::Account(key.clone())];
        let ask = self.inner.store.house().write(Durability::Relaxed, move |conn| {
            let known = accounts::add_reset(conn, &hash, &key, now, until)?;
            let found = accounts::by_email(conn, &key)?;
            Ok(found.filter(|_| known).map(|account| account.email))
        });
        // Whoever has had many letters gets no more for a while, and nobody is told: it would tell that there is an
        // account.
        if let Some(email) = ask.await.map_err(|error| error.problem())?
            && self.inner.letters.take(&by, now).is_ok()
        {
            self.inner.post.send(letters::reset(email, &self.settings().public_url, &token));
        }
        Ok(())
    }

    /// Sets a new password with the token of such a link. All sessions of the account end; so does a lock.
    ///
    /// # Errors
    /// `NotFound` when the link is spent or too old; `InvalidRequest` when the password is too weak: the link still
    /// counts then.
    pub async fn reset(&self, token: &str, new_password: &str) -> Result<(), Problem> {
        let (now, hash) = (self.now(), random::kept(token));
        let link = hash.clone();
        let whose = self.inner.store.house().read(move |conn| match accounts::reset_of(conn, &link, now)? {
            Some(user) => accounts::of_user(conn, &user),
            None => Ok(None),
        });
        let account = whose.await.map_err(|error| error.problem())?.ok_or_else(spent)?;
        if let Some(fault) = password::fault(new_password, &account.email) {
            return Err(weak("/password", fault));
        }
        let kept = self.inner.hasher.hash(new_password).await?;
        let set = self.inner.store.house().write(Durability::Synced, move |conn| {
            let Some(user) = accounts::take_reset(conn, &hash, now)? else { return Ok(false) };
            sign_ins::end_all(conn, &user)?;
            accounts::set_password(conn, &user, &kept, now)
        });
        if !set.await.map_err(|error| error.problem())? {
            return Err(spent());
        }
        self.inner.post.send(letters::password_changed(account.email, &self.settings().public_url));
        Ok(())
    }

    /// Whether whoever asks knows the password of their account, before what cannot be taken back.
    ///
    /// # Errors
    /// `Forbidden` when it is wrong or there is no account; `RateLimited`.
    pub async fn prove(&self, caller: &Caller, password: &str) -> Result<(), Problem> {
        self.proven(caller, password, "The password is not right.").await.map(drop)
    }

    /// The account of whoever asks, if this is its password.
    async fn proven(&self, caller: &Caller, password: &str, wrong: &str) -> Result<Account, Problem> {
        let found = self.inner.store.account(caller.user.clone()).await.map_err(|error| error.problem())?;
        let Some(account) = found.filter(|account| account.state != AccountState::Closed) else {
            return Err(Problem::new(ProblemCode::Forbidden, "You have no account with a password here."));
        };
        let by = [By::Account(email_key(&account.email))];
        self.inner.throttle.take(&by, self.now())?;
        if self.inner.hasher.compare(password, Some(&account.password_hash)).await? == Compared::Other {
            return Err(Problem::new(ProblemCode::Forbidden, wrong));
        }
        self.inner.throttle.forgive(&by);
        Ok(account)
    }

    /// Changes the password. All sessions end; the answer holds a new one for who asked.
    ///
    /// # Errors
    /// `Forbidden` when the old one is wrong or there is no account; `InvalidRequest` when the new one is too weak;
    /// `RateLimited`.
    pub async fn change_password(&self, caller: &Caller, old: &str, new: &str) -> Result<SignedIn, Problem> {
        let now = self.now();
        let account = self.proven(caller, old, "The old password is not right.").await?;
        if let Some(fault) = password::fault(new, &account.email) {
            return Err(weak("/new_password", fault));
        }
        let kept = self.inner.hasher.hash(new).await?;
        let user = account.user_id.clone();
        let device = self.device_of(caller).await?;
        let (token, session) = self.session(Some(user.clone()), &device, now)?;
        let (id, expires_at) = (SignInId(session.token_hash.clone()), session.expires_at);
        let set = self.inner.store.house().write(Durability::Synced, move |conn| {
            sign_ins::end_all(conn, &user)?;
            sign_ins::add(conn, &session, now)?;
            accounts::set_password(conn, &user, &kept, now)
        });
        if !set.await.map_err(|error| error.problem())? {
            return Err(Problem::new(ProblemCode::Forbidden, "The account is closed."));
        }
        self.inner.post.send(letters::password_changed(account.email, &self.settings().public_url));
        Ok(SignedIn { token, caller: Caller { via: Via::Session(id), ..caller.clone() }, expires_at })
    }
}
