//! What every handler has at hand: the store, the intake, the agents, the settings, the clock.

use std::ops::Deref;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;
use sharper_agents::{Agents, Intake};
use sharper_domain::{Clock, Timestamp, UserId};
use sharper_pages::admin::{SettingGroup, Usage};
use sharper_pages::settings::Kept;
use sharper_people::People;
use sharper_store::Store;
use tokio::sync::Mutex;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::door::figures::Figures;
use crate::door::limits::Limits;
use crate::door::serve::Deadlines;
use crate::routes::health::LastLook;

/// How the server presents itself. `config/default.toml` says what each setting means.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerSettings {
    /// Address to listen on.
    pub host: String,
    /// Port to listen on.
    pub port: u16,
    /// Development or production.
    pub environment: Environment,
    /// Who a request acts for when it names nobody, in development.
    pub local_user: UserId,
    /// Origins of other sites whose pages may use the API.
    pub allowed_origins: Vec<String>,
    /// Trusted proxies in front of this server: how many addresses at the end of `X-Forwarded-For` are theirs to tell.
    pub proxy_hops: usize,
    /// Deadlines of connections.
    pub deadlines: Deadlines,
    /// Event streams.
    pub streams: StreamSettings,
}

impl ServerSettings {
    /// Whether this is a server for the public.
    pub fn is_production(&self) -> bool {
        self.environment == Environment::Production
    }

    /// Whether nobody but this machine can reach it.
    pub fn listens_on_this_machine_only(&self) -> bool {
        matches!(self.host.as_str(), "127.0.0.1" | "localhost" | "::1" | "[::1]")
    }

    /// The origins whose pages may use the API. In development, where none is named, those on which the usual web
    /// application of a developer runs.
    pub fn origins(&self) -> &[String] {
        static USUAL: LazyLock<[String; 2]> =
            LazyLock::new(|| ["http://localhost:3000", "http://127.0.0.1:3000"].map(str::to_owned));
        match &*self.allowed_origins {
            [] if !self.is_production() => &*USUAL,
            named => named,
        }
    }
}

/// Where it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// On the machine of whoever uses it.
    Development,
    /// For the public.
    Production,
}

impl Environment {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Environment::Development => "development",
            Environment::Production => "production",
        }
    }
}

/// How event streams behave.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StreamSettings {
    /// Seconds between two keep-alive events on a quiet stream.
    pub keepalive_seconds: u64,
    /// Seconds that a stream opened before its request is held.
    pub wait_seconds: u64,
    /// Milliseconds that a client waits before it connects again.
    pub retry_ms: u64,
    /// Seconds after which it is looked up again whether the reader of a stream may still read it.
    pub recheck_seconds: u64,
}

/// A text that the page offers to try with.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its id in forms.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Whose it is, and under which licence.
    pub attribution: &'static str,
    /// The text.
    pub text: &'static str,
}

/// The state that every handler shares.
#[derive(Clone)]
pub struct App(Arc<State>);

/// How the server is set up, as far as its pages tell of it.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// The settings in force, secrets masked.
    pub settings: Vec<SettingGroup>,
    /// The rules of the alerts, in their order.
    pub alerts: Vec<AlertSetup>,
    /// By what alerts are told; empty when they are only kept.
    pub told_by: Vec<String>,
    /// How long each thing is kept.
    pub kept: Kept,
    /// Days that things stay in the bin of a library; `None` for ever.
    pub bin_days: Option<u32>,
    /// What may be spent in a day, in billionths of a US dollar; `None`: there is no bound.
    pub nano_usd_per_day: Option<u64>,
    /// What each user may use: the limits of it, everything used being 0.
    pub per_user: Usage,
}

/// A rule of the alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertSetup {
    /// Its name.
    pub name: String,
    /// When it fires, in words.
    pub when: String,
    /// The unit of what it measures.
    pub unit: &'static str,
}

/// What the state is made of.
pub struct Parts {
    /// The store.
    pub store: Store,
    /// Where requests are taken in.
    pub intake: Intake,
    /// For what one agent is asked alone; whole requests go through the intake.
    pub agents: Agents,
    /// Who is who.
    pub people: People,
    /// How often one may ask.
    pub limits: Limits,
    /// How the server presents itself.
    pub settings: ServerSettings,
    /// How all of it is set up, for its pages.
    pub setup: Setup,
    /// Texts to try with.
    pub samples: Vec<Sample>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Cancelled when the server is told to stop: streams end on it.
    pub stop: CancellationToken,
    /// What the process counts; `None` where it counts nothing.
    pub figures: Option<Figures>,
}

/// The parts, and what the server counts while it runs.
pub struct State {
    parts: Parts,
    /// Event streams that are open now.
    pub(crate) open_streams: AtomicUsize,
    /// The last look at the database.
    pub(crate) last_look: LastLook,
    /// The last count of rows against the sums that the operator's pages show: when, and by how many they were off.
    pub(crate) last_count: Mutex<Option<(Instant, Option<u64>)>>,
}

impl Deref for App {
    type Target = State;
    fn deref(&self) -> &State {
        &self.0
    }
}

impl Deref for State {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl App {
    /// The state over these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(State {
            parts,
            open_streams: AtomicUsize::new(0),
            last_look: LastLook::default(),
            last_count: Mutex::default(),
        }))
    }

    /// The time to the microsecond, as the store keeps it: what was just written is told like what is read.
    pub(crate) fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}
