//! The store's face: open, read, write, ready, close.

use std::sync::Arc;

use sharper_domain::{Timestamp, UserId};
use tokio::sync::oneshot;
use uuid::{NoContext, Uuid};

use crate::conn::{Conn, Dialect, Sql, params};
use crate::engine::{Access, Durability, Engine, Scope};
use crate::jobs::Limits;
use crate::live::{Handoff, Streams};
use crate::{OpenError, StoreError, StoreSettings, migrate};

const PULSE: Sql = Sql::each(
    "INSERT INTO store_pulse (id, at) VALUES (1, CAST(unixepoch('subsec') * 1000000 AS INTEGER)) \
     ON CONFLICT (id) DO UPDATE SET at = excluded.at",
    "INSERT INTO store_pulse (id, at) VALUES (1, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)) \
     ON CONFLICT (id) DO UPDATE SET at = excluded.at",
);

/// Everything that is remembered. Cheap to clone; all clones are the same store.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
    limits: Limits,
    streams: Streams,
    handoff: Handoff,
}

impl Store {
    /// Opens the database that the settings name and brings its schema up to date.
    ///
    /// # Errors
    /// `OpenError` says what to change.
    pub async fn open(settings: &StoreSettings) -> Result<Self, OpenError> {
        let (opened, answer) = oneshot::channel();
        let settings = settings.clone();
        opening(move || {
            let _ = opened.send(Self::open_here(&settings));
        })?;
        answer.await.unwrap_or_else(|_| Err(StoreError::internal("opening the store panicked").into()))
    }

    /// As `open`, for a caller that has no async runtime. (Inside one it would hold up a thread of it.)
    ///
    /// # Errors
    /// As for `open`.
    pub fn open_blocking(settings: &StoreSettings) -> Result<Self, OpenError> {
        let settings = settings.clone();
        let (opened, answer) = std::sync::mpsc::channel();
        opening(move || {
            let _ = opened.send(Self::open_here(&settings));
        })?;
        answer.recv().unwrap_or_else(|_| Err(StoreError::internal("opening the store panicked").into()))
    }

    /// Opens the database to look at it only, beside a server that may be at work with it: for backups and reports.
    /// It must have this program's schema; nothing is changed, and every write answers `Unavailable`.
    ///
    /// # Errors
    /// `OpenError` says what to change.
    pub async fn open_to_read(settings: &StoreSettings) -> Result<Self, OpenError> {
        let (opened, answer) = oneshot::channel();
        let settings = settings.clone();
        opening(move || {
            let _ = opened.send(Engine::open_to_read(&settings).map(|engine| Self::over(engine, &settings)));
        })?;
        answer.await.unwrap_or_else(|_| Err(StoreError::internal("opening the store panicked").into()))
    }

    fn open_here(settings: &StoreSettings) -> Result<Self, OpenError> {
        Ok(Self::over(Engine::open(settings)?, settings))
    }

    fn over(engine: Engine, settings: &StoreSettings) -> Self {
        let limits = Limits::new(settings.jobs_per_user, settings.jobs_in_all, settings.quotas);
        Self { engine: Arc::new(engine), limits, streams: Streams::default(), handoff: Handoff::default() }
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        self.engine.dialect()
    }

    /// Whether other processes may work with the same database.
    pub fn is_shared(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    /// The logs of the jobs that run in this process.
    pub fn streams(&self) -> &Streams {
        &self.streams
    }

    /// The short way from accepting a job to running it in this process.
    pub fn handoff(&self) -> &Handoff {
        &self.handoff
    }

    /// The way to one user's data: whatever the statements of a unit of work say, it is for this user.
    pub fn of(&self, user: &UserId) -> Scoped<'_> {
        Scoped { store: self, scope: Scope::Of(user.clone()) }
    }

    /// The way to everybody's data, for what the house does by itself: claiming jobs, looking up who signs in, sums,
    /// housekeeping. Whoever works for a user takes `of`.
    pub fn house(&self) -> Scoped<'_> {
        Scoped { store: self, scope: Scope::House }
    }

    /// Whether it can write now, tried by writing, and has the schema that this program knows.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn ready(&self) -> Result<(), StoreError> {
        let version = self
            .house()
            .write(Durability::Relaxed, |conn| {
                conn.execute(PULSE, params![])?;
                migrate::version(conn)
            })
            .await?;
        if version == migrate::known() {
            Ok(())
        } else {
            Err(StoreError::unavailable(format!("schema version {version} is not {}", migrate::known())))
        }
    }

    /// Units of work that wait for the database in this process.
    pub fn waiting_units(&self) -> usize {
        self.engine.waiting()
    }

    /// Takes nothing more in, does what is waiting, and lets go of the database. Clones are closed too: they
    /// answer `Unavailable` from then on.
    pub async fn close(&self) {
        self.engine.close().await;
    }

    /// Sees to it that what was deleted is in no file any more. (PostgreSQL's files are its own affair.)
    pub(crate) async fn scrub(&self) -> Result<(), StoreError> {
        self.engine.scrub().await
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// The store, for one user or for the house.
pub struct Scoped<'s> {
    store: &'s Store,
    scope: Scope,
}

impl Scoped<'_> {
    /// What `work` finds. It sees the state of one moment and can change nothing.
    ///
    /// # Errors
    /// What `work` answers; `Busy` when too much is waiting; `Unavailable` when the database cannot be reached.
    pub async fn read<T, F>(self, work: F) -> Result<T, StoreError>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.store.engine.run(self.scope, Access::Read, work).await
    }

    /// Does `work` in one transaction: wholly, or (when it answers an error or panics) not at all. It is done
    /// also when the caller stops waiting. `work` runs once and is never tried again.
    ///
    /// # Errors
    /// What `work` answers; `Busy`, `Full` or `Unavailable` when it could not be kept.
    pub async fn write<T, F>(self, durability: Durability, work: F) -> Result<T, StoreError>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        self.store.engine.run(self.scope, Access::Write(durability), work).await
    }
}

fn opening(open: impl FnOnce() + Send + 'static) -> Result<(), StoreError> {
    let thread = std::thread::Builder::new().name("store-open".into()).spawn(open);
    thread.map(drop).map_err(StoreError::unavailable)
}

/// A new UUIDv7 of this moment.
pub(crate) fn fresh_id(at: Timestamp) -> Uuid {
    let (seconds, nanos) = (at.as_second().max(0) as u64, at.subsec_nanosecond().max(0) as u32);
    Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, seconds, nanos))
}
