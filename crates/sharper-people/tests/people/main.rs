//! People as the door meets them: a real store, a real mail server, and a clock that the test sets.

#![allow(clippy::unwrap_used, reason = "a test stops short at what cannot be")]

mod accounts;
mod children;
mod passwords;
mod sessions;
mod tokens;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use sharper_domain::{Clock, Problem, ProblemCode, Secret, Timestamp};
use sharper_people::{Caller, Credential, NewAccount, People, PeopleSettings, SignInForm, SignedIn};
use sharper_post::Post;
use sharper_post::testing::Office;
use sharper_store::{Store, StoreSettings};
use sharper_testkit::TempFolder;

pub(crate) const PASSWORD: &str = "lighthouse-mango-47";

/// A clock that stands still until it is set.
struct Clockwork(AtomicI64);

impl Clock for Clockwork {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// The people of a house, its store and the mail that it sends.
pub(crate) struct House {
    pub(crate) people: People,
    pub(crate) store: Store,
    pub(crate) office: Office,
    clock: Arc<Clockwork>,
    settings: PeopleSettings,
    addresses: Mutex<u32>,
    _folder: TempFolder,
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::with(|_| ()).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut PeopleSettings)) -> Self {
        let folder = TempFolder::new();
        let store = StoreSettings { data_dir: folder.path().join("data"), ..StoreSettings::default() };
        let store = Store::open(&store).await.unwrap();
        let mut settings = PeopleSettings {
            public_url: "https://study.example.org/".into(),
            admin_token: Secret::new("an-admin-token-of-more-than-32-characters"),
            ..PeopleSettings::default()
        };
        change(&mut settings);
        let (clock, office) = (Arc::new(Clockwork(AtomicI64::new(1_790_000_000))), Office::new(vec![]));
        let people = people(&settings, &store, &clock, &office).await;
        Self { people, store, office, clock, settings, addresses: Mutex::new(0), _folder: folder }
    }

    /// Another instance over the same store, after a change of the settings.
    pub(crate) async fn another(&self, change: impl FnOnce(&mut PeopleSettings)) -> People {
        let mut settings = self.settings.clone();
        change(&mut settings);
        people(&settings, &self.store, &self.clock, &self.office).await
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A network address that nobody came from before.
    pub(crate) fn address(&self) -> String {
        let mut addresses = self.addresses.lock().unwrap();
        *addresses += 1;
        format!("address {addresses}")
    }

    pub(crate) fn form(&self, email: &str) -> NewAccount {
        NewAccount {
            email: email.to_owned(),
            password: Secret::exact(PASSWORD),
            under_13: false,
            guardian_email: None,
            device: "A test".to_owned(),
            address: self.address(),
        }
    }

    pub(crate) async fn register(&self, email: &str) -> SignedIn {
        self.people.register(self.form(email)).await.unwrap()
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Result<SignedIn, Problem> {
        self.sign_in_from(email, password, &self.address()).await
    }

    pub(crate) async fn sign_in_from(
        &self,
        email: &str,
        password: &str,
        address: &str,
    ) -> Result<SignedIn, Problem> {
        self.people.sign_in(SignInForm { email, password, device: "A test", address }).await
    }

    pub(crate) async fn who(&self, token: &Secret) -> Option<Caller> {
        self.people.who(Credential::Session(token.expose())).await.unwrap()
    }
}

async fn people(settings: &PeopleSettings, store: &Store, clock: &Arc<Clockwork>, office: &Office) -> People {
    let (post, delivery) = Post::new(&office.settings()).unwrap();
    #[allow(clippy::disallowed_methods, reason = "it ends with the runtime of the test")]
    tokio::spawn(delivery);
    People::new(settings.clone(), store.clone(), clock.clone(), post).await.unwrap()
}

#[track_caller]
pub(crate) fn refused<T>(answer: Result<T, Problem>, code: ProblemCode) -> Problem {
    let problem = answer.err().expect("this is refused");
    assert_eq!(problem.code, code, "{problem:?}");
    problem
}
