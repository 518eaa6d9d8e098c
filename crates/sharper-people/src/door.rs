//! The question of the door: who is asking, by what they show?

use sharper_domain::Problem;
use subtle::ConstantTimeEq;

use crate::{Caller, Credential, People};

impl People {
    /// Who shows this. `None`: it does not count, or no longer.
    ///
    /// # Errors
    /// It could not be told, because the store is away: then nobody is let in.
    pub async fn who(&self, credential: Credential<'_>) -> Result<Option<Caller>, Problem> {
        let _ = match credential {
            Credential::Session(text) | Credential::Bearer(text) => text,
        };
        Ok(None)
    }

    /// Whether this is the admin token, told in the same time whatever is shown. Never, where none is set.
    pub fn is_admin_token(&self, token: &str) -> bool {
        let set = self.settings().admin_token.expose();
        !set.is_empty() && bool::from(set.as_bytes().ct_eq(token.as_bytes()))
    }
}
