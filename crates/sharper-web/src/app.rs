//! What every handler has at hand: the store, the intake, the agents, the settings, the clock.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use serde::Deserialize;
use sharper_agents::{Agents, Intake};
use sharper_domain::{Clock, Timestamp, UserId};
use sharper_store::Store;
use tokio_util::sync::CancellationToken;

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
pub struct App(Arc<Parts>);

/// The parts of the state.
pub struct Parts {
    pub(crate) store: Store,
    pub(crate) intake: Intake,
    /// For what one agent is asked alone; whole requests go through the intake.
    pub(crate) agents: Agents,
    pub(crate) settings: ServerSettings,
    pub(crate) samples: Vec<Sample>,
    pub(crate) clock: Arc<dyn Clock>,
    /// Cancelled when the server is told to stop: streams end on it.
    pub(crate) stop: CancellationToken,
    /// Event streams that are open now.
    pub(crate) open_streams: AtomicUsize,
    /// The last look at the database.
    pub(crate) last_look: LastLook,
}

impl Deref for App {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// The state over these parts.
    pub fn new(
        store: Store,
        intake: Intake,
        agents: Agents,
        settings: ServerSettings,
        samples: Vec<Sample>,
        clock: Arc<dyn Clock>,
        stop: CancellationToken,
    ) -> Self {
        let (open_streams, last_look) = Default::default();
        Self(Arc::new(Parts {
            store,
            intake,
            agents,
            settings,
            samples,
            clock,
            stop,
            open_streams,
            last_look,
        }))
    }

    /// The time to the microsecond, as the store keeps it: what was just written is told like what is read.
    pub(crate) fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}
