//! PostgreSQL: a fixed number of threads, each with a connection of its own that it opens when it is needed.
//!
//! A unit of work is a transaction. The server groups the syncs of transactions that commit together, so
//! nothing is grouped here.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::queue::Queue;
use super::unit::{Access, Durability, Scope, Unit};
use super::{spawn, tls};
use crate::conn::{Conn, Session};
use crate::vectors::column;
use crate::{OpenError, StoreError, StoreSettings, migrate};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How long the server may be silent on a connection before it counts as gone.
const SILENCE: Duration = Duration::from_secs(15);
/// After a connection could not be made, units are refused for this long before the next try; doubled to `WAIT_MAX`.
const WAIT: Duration = Duration::from_millis(100);
const WAIT_MAX: Duration = Duration::from_secs(2);
/// What every connection begins with. No statement of ours takes seconds; one that does is stuck.
const SETTLE: &str = "SET statement_timeout = '30s'; SET lock_timeout = '10s'; \
     SET idle_in_transaction_session_timeout = '60s'; SET client_min_messages = 'warning'";

type Units = Queue<Box<dyn Unit>>;

/// The queue; the threads behind it own the connections.
pub(crate) struct Postgres {
    units: Arc<Units>,
    /// Whether vectors lie in a column in which the server itself finds the nearest.
    finds_nearest: bool,
}

impl Postgres {
    /// Connects once to migrate, and starts the threads.
    pub(crate) fn open(
        url: &str,
        settings: &StoreSettings,
    ) -> Result<(Self, Vec<JoinHandle<()>>), OpenError> {
        let server = Server::new(url, settings)?;
        let mut session = server.connect()?;
        migrate::run(&mut Conn::postgres(&mut session), settings.migrate_at_start)?;
        let finds_nearest = column::prepare(&mut Conn::postgres(&mut session), settings.migrate_at_start);
        drop(session);
        Self::serving(&server, settings, finds_nearest)
    }

    /// To look only, at a database that is as this program knows it.
    pub(crate) fn open_to_read(
        url: &str,
        settings: &StoreSettings,
    ) -> Result<(Self, Vec<JoinHandle<()>>), OpenError> {
        let server = Server::new(url, settings)?;
        let mut session = server.connect()?;
        migrate::run(&mut Conn::postgres(&mut session), false)?;
        let finds_nearest = column::prepare(&mut Conn::postgres(&mut session), false);
        drop(session);
        Self::serving(&server, settings, finds_nearest)
    }

    /// The threads of connections.
    fn serving(
        server: &Server,
        settings: &StoreSettings,
        finds_nearest: bool,
    ) -> Result<(Self, Vec<JoinHandle<()>>), OpenError> {
        let units = Arc::new(Queue::new(settings.queue_length));
        let mut threads = Vec::new();
        for number in 1..=settings.postgres_connections {
            let units = Arc::clone(&units);
            let line = Line { server: server.clone(), session: None, wait: WAIT, not_before: None };
            threads.push(spawn(format!("store-pg-{number}"), move || line.serve(&units))?);
        }
        Ok((Self { units, finds_nearest }, threads))
    }

    pub(crate) fn finds_nearest(&self) -> bool {
        self.finds_nearest
    }

    pub(crate) fn queue(&self) -> &Units {
        &self.units
    }
}

/// Does `work` on a connection of its own.
pub(super) fn visit<T>(
    url: &str,
    settings: &StoreSettings,
    work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>,
) -> Result<T, OpenError> {
    let mut session = Server::new(url, settings)?.connect()?;
    Ok(work(&mut Conn::postgres(&mut session))?)
}

/// Where the database is, and how to talk to it.
#[derive(Clone)]
struct Server {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Server {
    fn new(url: &str, settings: &StoreSettings) -> Result<Self, OpenError> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            let text =
                "DATABASE_URL must begin with postgres://; leave it out to use SQLite in the data folder";
            return Err(OpenError::Settings(text.into()));
        }
        let mut config: Config = tls::known_mode(url)
            .parse()
            .map_err(|error| OpenError::Settings(format!("DATABASE_URL cannot be read: {error}")))?;
        config
            .application_name("study-sharper")
            .connect_timeout(CONNECT)
            .tcp_user_timeout(SILENCE)
            .keepalives_idle(SILENCE);
        let tls = tls::connector(&config, settings.database_ca_file.as_deref())?;
        Ok(Self { config, tls })
    }

    /// The one place where a connection is made.
    fn connect(&self) -> Result<Session, StoreError> {
        let client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        let client = client.map_err(|error| match StoreError::from(error) {
            // A server that answers with a refusal (wrong password, no such database) is as far away as a dead one.
            StoreError::Internal(cause) => StoreError::Unavailable(cause),
            other => other,
        })?;
        let mut session = Session::new(client);
        session.script(SETTLE)?;
        Ok(session)
    }
}

/// The statement after which the transaction, and it alone, works for `scope`. The policies of migration 0004 read it.
pub(crate) fn scoping(scope: &Scope) -> String {
    format!("SELECT set_config('sharper.user', {}, true)", literal(scope.as_str()))
}

/// A text as a literal (PostgreSQL manual, 4.1.2), whatever it holds and whatever `standard_conforming_strings` is.
fn literal(text: &str) -> String {
    format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''"))
}

/// One thread's line to the server.
struct Line {
    server: Server,
    session: Option<Session>,
    wait: Duration,
    not_before: Option<Instant>,
}

impl Line {
    fn serve(mut self, units: &Units) {
        while let Some(mut unit) = units.take() {
            let end = self.transaction(unit.as_mut());
            unit.answer(end);
        }
    }

    /// One unit in one transaction. A unit whose COMMIT got no answer is not tried again: it may have been
    /// kept, and a closure can run only once.
    fn transaction(&mut self, unit: &mut dyn Unit) -> Result<(), StoreError> {
        let mut session = self.begin(unit.access(), unit.scope())?;
        let done = unit.run(&mut Conn::postgres(&mut session));
        let ended = session.script(if done.is_ok() { "COMMIT" } else { "ROLLBACK" });
        if ended.is_ok() && !session.is_closed() {
            self.session = Some(session);
        }
        done.and(ended)
    }

    /// A connection with a transaction begun on it, which knows for whom it works. A connection that broke while it was idle is noticed here,
    /// before the unit has done anything, and replaced.
    fn begin(&mut self, access: Access, scope: &Scope) -> Result<Session, StoreError> {
        let begin = match access {
            Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Access::Write(Durability::Synced) => "BEGIN; SET LOCAL synchronous_commit = on",
            Access::Write(Durability::Relaxed) => "BEGIN; SET LOCAL synchronous_commit = off",
        };
        let begin = format!("{begin}; {}", scoping(scope));
        if let Some(mut session) = self.session.take()
            && session.script(&begin).is_ok()
        {
            return Ok(session);
        }
        let mut session = self.connect()?;
        session.script(&begin)?;
        Ok(session)
    }

    fn connect(&mut self) -> Result<Session, StoreError> {
        if self.not_before.is_some_and(|moment| Instant::now() < moment) {
            return Err(StoreError::unavailable("the last try to connect failed just now"));
        }
        match self.server.connect() {
            Ok(session) => {
                self.wait = WAIT;
                self.not_before = None;
                Ok(session)
            }
            Err(error) => {
                self.not_before = Some(Instant::now() + self.wait);
                self.wait = (self.wait * 2).min(WAIT_MAX);
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(literal("ada"), "E'ada'");
        assert_eq!(literal(r"\'; DROP TABLE notes; --"), r"E'\\''; DROP TABLE notes; --'");
    }
}
