//! Consent: an account of someone under 13 waits until a guardian allows it, and waits again when they take it back.

use std::time::Duration;

use jiff::SignedDuration;
use sharper_domain::{Problem, ProblemCode, UserId};
use sharper_store::accounts::{self, Account, AccountState};
use sharper_store::{Durability, StoreError, consents};

use crate::{Consent, People, letters, random};

/// How long a guardian may take to answer.
const ANSWER: SignedDuration = SignedDuration::from_hours(24 * 30);
/// The shortest time between two letters to a guardian.
const LETTERS: SignedDuration = SignedDuration::from_mins(10);

/// What a guardian's link asks, for the page that it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentAsked {
    /// The e-mail address of the child's account.
    pub child: String,
    /// Whether they have consented, and can take it back; else they are asked.
    pub given: bool,
}

fn no_link() -> Problem {
    let detail =
        "This link is not one of ours, is older than 30 days, or was taken back. Let the account ask again.";
    Problem::new(ProblemCode::NotFound, detail)
}

impl People {
    /// Sends the guardian who was named at registration another link.
    ///
    /// # Errors
    /// `Conflict` when the account waits for nobody, or the guardian said no; `RateLimited` when the last letter is not ten minutes old.
    pub async fn ask_consent(&self, user: &UserId) -> Result<(), Problem> {
        let (now, token, user) = (self.now(), random::text()?, user.clone());
        let hash = random::kept(&token);
        let ask = self.inner.store.house().write(Durability::Synced, move |conn| {
            let account = accounts::of_user(conn, &user)?;
            let asked = consents::of_user(conn, &user)?;
            let (Some(account), Some(last)) = (account, asked.into_iter().next()) else { return Ok(None) };
            if account.state != AccountState::Waiting {
                return Ok(None);
            }
            if last.given_at.is_none() && last.withdrawn_at.is_some() {
                return Ok(None);
            }
            let wait = LETTERS - now.duration_since(last.asked_at);
            if wait.is_positive() {
                return Ok(Some(Err(wait)));
            }
            consents::ask(conn, &user, &last.given_by, &hash, now)?;
            Ok(Some(Ok((last.given_by, account.email))))
        });
        match ask.await.map_err(|error| error.problem())? {
            Some(Ok((guardian, child))) => {
                self.inner.post.send(letters::consent(guardian, &child, &self.settings().public_url, &token));
                Ok(())
            }
            Some(Err(wait)) => {
                let wait = Duration::from_secs(wait.as_secs().max(1).unsigned_abs());
                let detail = "A letter was sent a few minutes ago. Wait a little before the next.";
                Err(Problem::new(ProblemCode::RateLimited, detail).retry_after(wait))
            }
            None => Err(Problem::new(ProblemCode::Conflict, "This account waits for nobody's answer.")),
        }
    }

    /// What the link with this token asks.
    ///
    /// # Errors
    /// `NotFound` when there is no such link, or it is too old.
    pub async fn consent_asked(&self, token: &str) -> Result<ConsentAsked, Problem> {
        self.with_link(token, |_, consent, account| {
            Ok(ConsentAsked { child: account.email, given: consent.given_at.is_some() })
        })
        .await
    }

    /// Consents: the account stops waiting. Twice is the same as once.
    ///
    /// # Errors
    /// `NotFound` when there is no such link, or it is too old.
    pub async fn give_consent(&self, token: &str) -> Result<(), Problem> {
        let now = self.now();
        self.with_link(token, move |conn, consent, account| {
            if consents::give(conn, consent.id, now)? {
                accounts::set_state(conn, &account.user_id, AccountState::Waiting, AccountState::Active)?;
            }
            Ok(())
        })
        .await
    }

    /// Says no, or takes the consent back: the account waits (again), at once, and the link is spent. Answers whose
    /// account it is.
    ///
    /// # Errors
    /// `NotFound` when there is no such link, or it is too old.
    pub async fn withdraw_consent(&self, token: &str) -> Result<UserId, Problem> {
        let now = self.now();
        self.with_link(token, move |conn, _, account| {
            consents::withdraw(conn, &account.user_id, now)?;
            accounts::set_state(conn, &account.user_id, AccountState::Active, AccountState::Waiting)?;
            Ok(account.user_id)
        })
        .await
    }

    /// What stands on record for a user, the newest first.
    ///
    /// # Errors
    /// The store's own.
    pub async fn consents(&self, user: &UserId) -> Result<Vec<Consent>, Problem> {
        self.inner.store.consents(user.clone()).await.map_err(|error| error.problem())
    }

    /// Does something with the consent of a link and the account that it is about, in one transaction.
    async fn with_link<T: Send + 'static>(
        &self,
        token: &str,
        work: impl FnOnce(&mut sharper_store::Conn<'_>, Consent, Account) -> Result<T, StoreError>
        + Send
        + 'static,
    ) -> Result<T, Problem> {
        let (now, hash) = (self.now(), random::kept(token));
        let done = self.inner.store.house().write(Durability::Synced, move |conn| {
            let Some(consent) = consents::by_link(conn, &hash)? else { return Ok(None) };
            let late = consent.given_at.is_none() && now.duration_since(consent.asked_at) > ANSWER;
            if late || consent.withdrawn_at.is_some() {
                return Ok(None);
            }
            let account = accounts::of_user(conn, &consent.user)?;
            match account.filter(|account| account.state != AccountState::Closed) {
                Some(account) => work(conn, consent, account).map(Some),
                None => Ok(None),
            }
        });
        done.await.map_err(|error| error.problem())?.ok_or_else(no_link)
    }
}
