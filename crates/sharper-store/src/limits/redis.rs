//! The Redis that instances count in together: one script for each decision, and a way back when it was away.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisError, Script};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::LimitRule;
use super::table::Tried;
use crate::OpenError;

/// What a decision may take; then it is made without Redis. A little less than the 250 ms that are promised.
const PATIENCE: Duration = Duration::from_millis(200);
/// The pause between two tries to find a Redis that is away.
const RETRY_EVERY: Duration = Duration::from_millis(250);
/// What is put before each caller's name.
const PREFIX: &str = "study-sharper:limit:";
/// The rule under which Redis is tried out: it must be able to write before it is believed to be there.
const TRIAL: &[LimitRule] = &[LimitRule::new(u32::MAX, Duration::from_millis(1))];

/// Whether an admitted request is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    Yes,
    No,
}

/// Redis did not answer, not in time, or not sensibly.
#[derive(Debug)]
pub(super) struct Away(String);

impl fmt::Display for Away {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RedisError> for Away {
    fn from(error: RedisError) -> Self {
        Self(error.to_string())
    }
}

/// A Redis, there or away.
pub(super) struct Redis {
    line: Arc<Line>,
    /// Looks for it while it is away; ends with this value.
    _keeper: JoinSet<()>,
}

/// The connection, while there is one.
struct Line {
    client: Client,
    script: Script,
    open: Mutex<Open>,
    lost: Notify,
}

#[derive(Default)]
struct Open {
    connection: Option<MultiplexedConnection>,
    /// Which connection it is, so that a late failure of one is not taken for a failure of the next.
    number: u64,
}

impl Redis {
    /// Knows where it is, and tries once to reach it. Must be called within a runtime.
    pub(super) async fn open(url: &str) -> Result<Self, OpenError> {
        let client = Client::open(url).map_err(|_| {
            // The error could repeat the URL with its password.
            OpenError::Settings(
                "the Redis URL is not one: write redis://HOST:PORT, redis://:PASSWORD@HOST:PORT/DATABASE or unix:///PATH"
                    .into(),
            )
        })?;
        let script = Script::new(include_str!("window.lua"));
        let line = Arc::new(Line { client, script, open: Mutex::default(), lost: Notify::new() });
        if let Err(away) = line.connect().await {
            tracing::warn!(error = %away, "Redis is away: limits are kept by this instance alone");
        }
        let mut keeper = JoinSet::new();
        keeper.spawn(Arc::clone(&line).keep());
        Ok(Self { line, _keeper: keeper })
    }

    /// Whether it answered last.
    pub(super) fn is_there(&self) -> bool {
        self.line.opened().connection.is_some()
    }

    /// One decision.
    pub(super) async fn decide(&self, key: &str, rules: &[LimitRule], count: Count) -> Result<Tried, Away> {
        let (connection, number) = {
            let open = self.line.opened();
            (open.connection.clone(), open.number)
        };
        let Some(mut connection) = connection else { return Err(Away("it is not connected".into())) };
        let answer = self.line.ask(&mut connection, key, rules, count).await;
        if let Err(away) = &answer {
            self.line.lose(number, away);
        }
        answer
    }
}

impl Line {
    fn opened(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(
        &self,
        connection: &mut MultiplexedConnection,
        key: &str,
        rules: &[LimitRule],
        count: Count,
    ) -> Result<Tried, Away> {
        let mut call = self.script.key(format!("{PREFIX}{key}"));
        call.arg(u8::from(count == Count::Yes));
        for rule in rules {
            call.arg(rule.most()).arg(u64::try_from(rule.per().as_micros()).unwrap_or(u64::MAX));
        }
        let asked = timeout(PATIENCE, call.invoke_async::<(u8, usize, u32, u64)>(connection));
        let Ok(answer) = asked.await else { return Err(Away("it did not answer in time".into())) };
        let (admitted, rule, remaining, micros) = answer?;
        let (rule, in_time) = (rule.wrapping_sub(1), Duration::from_micros(micros));
        Ok(match admitted {
            0 => Tried::Refused { rule, wait: in_time },
            _ => Tried::Admitted { rule, remaining, free_in: in_time, at: 0 },
        })
    }

    /// Lets go of a connection that failed, so that nobody else waits for it.
    fn lose(&self, number: u64, away: &Away) {
        let mut open = self.opened();
        if open.number == number && open.connection.take().is_some() {
            tracing::warn!(error = %away, "Redis is away: limits are kept by this instance alone");
            self.lost.notify_one();
        }
    }

    /// Makes a connection and tries it out.
    async fn connect(&self) -> Result<(), Away> {
        // Each wait has one end, and it is the one set here.
        let config = AsyncConnectionConfig::new().set_connection_timeout(None).set_response_timeout(None);
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        let Ok(connection) = timeout(PATIENCE, connecting).await else {
            return Err(Away("it could not be reached in time".into()));
        };
        let mut connection = connection?;
        self.ask(&mut connection, "trial", TRIAL, Count::Yes).await?;
        let mut open = self.opened();
        open.connection = Some(connection);
        open.number += 1;
        Ok(())
    }

    /// Finds Redis again whenever it was lost.
    async fn keep(self: Arc<Self>) {
        loop {
            while self.opened().connection.is_none() {
                sleep(RETRY_EVERY).await;
                if self.connect().await.is_ok() {
                    tracing::info!("Redis is there: limits are shared again");
                }
            }
            self.lost.notified().await;
        }
    }
}
