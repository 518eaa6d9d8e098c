//! The question of the door: who is asking, by what they show?

use sharper_domain::Problem;
use subtle::ConstantTimeEq;

use crate::session::is_plausible;
use crate::{Caller, Credential, People, random, token};

impl People {
    /// Who shows this. `None`: it does not count, or no longer. It is looked up every time and never remembered, so a
    /// session is over everywhere at the moment it is ended.
    ///
    /// # Errors
    /// It could not be told, because the store is away: then nobody is let in.
    pub async fn who(&self, credential: Credential<'_>) -> Result<Option<Caller>, Problem> {
        if !is_plausible(credential) {
            return Ok(None);
        }
        match credential {
            Credential::Session(text) => self.session_holder(text).await,
            Credential::Bearer(text) if text.starts_with(token::PREFIX) => self.token_holder(text).await,
            Credential::Bearer(text) => match &self.inner.supabase {
                Some(supabase) => Ok(supabase.holder(text, self.now()).await),
                None => Ok(None),
            },
        }
    }

    /// Whether this is the admin token, told in the same time whatever is shown. Never, where none is set.
    pub fn is_admin_token(&self, token: &str) -> bool {
        let set = self.settings().admin_token.expose();
        // Of the hashes, which have the same length, no time tells how much of the token was right.
        let same = random::kept(set).as_bytes().ct_eq(random::kept(token).as_bytes());
        !set.is_empty() && bool::from(same)
    }
}
