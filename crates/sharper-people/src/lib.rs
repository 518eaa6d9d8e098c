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
mod letters;
mod password;
mod random;
mod reset;
mod session;
mod settings;
mod supabase;
mod throttle;
mod ticket;
mod token;

use std::sync::Arc;

use jiff::SignedDuration;
use sharper_domain::{Clock, Problem, Timestamp};
use sharper_post::Post;
use sharper_store::{Store, StoreError};

pub use account::NewAccount;
pub use caller::{Caller, Credential, Role, SignInId, Via};
pub use consent::ConsentAsked;
pub use session::{SignIn, SignInForm, SignedIn};
pub use settings::{PeopleSettings, Registration, SignInMode};
pub use sharper_store::api_tokens::ApiToken;
pub use sharper_store::consents::Consent;

use self::password::Hasher;
use self::supabase::Supabase;
use self::throttle::Throttle;

/// The name of the key that signs tickets, among the secrets that all instances share.
const TICKET_KEY: &str = "ticket_key";

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
    hasher: Hasher,
    /// Wrong tries.
    throttle: Throttle,
    registrations: Throttle,
    /// Links that are asked for, whoever for.
    resets: Throttle,
    /// Links that were sent, by account.
    letters: Throttle,
    supabase: Option<Supabase>,
    ticket_key: Vec<u8>,
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
        let fresh = random::bytes::<32>()?.to_vec();
        let ticket_key = store.shared_secret(TICKET_KEY, fresh, clock.now()).await;
        let inner = Inner {
            hasher: Hasher::new()?,
            throttle: Throttle::new(throttle::GUESSES),
            registrations: Throttle::new(throttle::REGISTRATIONS),
            resets: Throttle::new(throttle::GUESSES),
            letters: Throttle::new(throttle::LETTERS),
            supabase: Supabase::new(&settings),
            ticket_key: ticket_key.map_err(|error| error.problem())?,
            settings,
            store,
            clock,
            post,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What was set.
    pub fn settings(&self) -> &PeopleSettings {
        &self.inner.settings
    }

    /// Lets go of the keys of Supabase that are known, so that one which was removed there counts no more. They are
    /// fetched again when the next token comes.
    pub fn forget_keys(&self) {
        if let Some(supabase) = &self.inner.supabase {
            supabase.forget_keys();
        }
    }

    fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }
}

/// Whether `then` is at least a minute ago: then it is time to note that something was used again.
fn is_a_minute_ago(then: Timestamp, now: Timestamp) -> bool {
    now.duration_since(then) >= SignedDuration::from_mins(1)
}

/// That a use could not be noted is no reason to turn its user away.
fn noted(noted: Result<(), StoreError>) {
    if let Err(error) = noted {
        tracing::warn!(%error, "that a session or token was used could not be noted");
    }
}
