//! Who is asking: accounts, sessions, personal API tokens, Supabase tokens, stream tickets, consent for children.
//!
//! The door hands in what a request shows as proof, and gets a `Caller` or nothing. An answer that could not be had,
//! because the store is away, is an error and never a yes. What comes in as a secret is kept only as its SHA-256.
//!
//! Not in here: cookies and headers (`sharper-web`), which routes need whom (its router), erasing what someone made
//! (`sharper-store`).

mod account;
mod caller;
mod consent;
mod door;
mod session;
mod settings;
mod ticket;
mod token;

use std::sync::Arc;

use sharper_domain::{Clock, Problem};
use sharper_post::Post;
use sharper_store::Store;

pub use account::{NewAccount, SignInForm, SignedIn};
pub use caller::{Caller, Credential, Role, SignInId, Via};
pub use consent::{Consent, ConsentAsked};
pub use session::SignIn;
pub use settings::{PeopleSettings, Registration, SignInMode};
pub use token::ApiToken;

/// Everyone this house knows. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct People {
    inner: Arc<Inner>,
}

struct Inner {
    settings: PeopleSettings,
    store: Store,
    clock: Arc<dyn Clock>,
    post: Post,
    ticket_key: [u8; 32],
}

impl People {
    /// Takes up its work: the key that signs tickets is read, or made where there is none yet.
    ///
    /// # Errors
    /// The store's own.
    pub async fn new(
        settings: PeopleSettings,
        store: Store,
        clock: Arc<dyn Clock>,
        post: Post,
    ) -> Result<Self, Problem> {
        let ticket_key = [0; 32];
        Ok(Self { inner: Arc::new(Inner { settings, store, clock, post, ticket_key }) })
    }

    /// What was set.
    pub fn settings(&self) -> &PeopleSettings {
        &self.inner.settings
    }
}
