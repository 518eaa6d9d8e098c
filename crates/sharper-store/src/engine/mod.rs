//! The engines: threads that own the connections and run units of work.

mod postgres;
mod queue;
mod sqlite;
mod tls;
mod unit;

use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use tokio::sync::oneshot;

use self::postgres::Postgres;
pub(crate) use self::postgres::scoping;
use self::queue::{NotTaken, Queue};
use self::sqlite::Sqlite;
pub use self::tls::host_in_the_open;
pub use self::unit::Durability;
pub(crate) use self::unit::{Access, Scope};
use self::unit::{Unit, unit};
use crate::conn::{Conn, Dialect};
use crate::{OpenError, StoreError, StoreSettings};

/// The database behind a store, with its threads.
pub(crate) struct Engine {
    kind: Kind,
    /// Whether it was opened to look only.
    looks_only: bool,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

enum Kind {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Where units of work are handed in.
trait Submit {
    fn submit(&self, unit: Box<dyn Unit>) -> Result<(), StoreError>;
}

impl Submit for Queue<Box<dyn Unit>> {
    fn submit(&self, unit: Box<dyn Unit>) -> Result<(), StoreError> {
        self.put(unit).map_err(|why| match why {
            NotTaken::Full => StoreError::Busy,
            NotTaken::Closed => closed(),
        })
    }
}

fn closed() -> StoreError {
    StoreError::unavailable("the store is closed")
}

/// Does `work` on a connection of its own, beside whoever works with the database. `None` where the file of SQLite is
/// not there. Blocks.
pub(crate) fn visit<T>(
    settings: &StoreSettings,
    work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, OpenError> {
    match &settings.database_url {
        Some(url) => Ok(Some(postgres::visit(url, settings, work)?)),
        None => Ok(sqlite::visit(&settings.data_dir, work)?),
    }
}

impl Engine {
    /// Opens and migrates the database that the settings name. Blocks.
    pub(crate) fn open(settings: &StoreSettings) -> Result<Self, OpenError> {
        check(settings)?;
        let (kind, threads) = match &settings.database_url {
            Some(url) => {
                let (engine, threads) = Postgres::open(url, settings)?;
                (Kind::Postgres(engine), threads)
            }
            None => {
                let (engine, threads) = Sqlite::open(settings)?;
                (Kind::Sqlite(engine), threads)
            }
        };
        Ok(Self { kind, looks_only: false, threads: Mutex::new(threads) })
    }

    /// Opens the database to look at it only, beside a process that may be at work with it. Changes nothing. Blocks.
    pub(crate) fn open_to_read(settings: &StoreSettings) -> Result<Self, OpenError> {
        check(settings)?;
        let (kind, threads) = match &settings.database_url {
            Some(url) => {
                let (engine, threads) = Postgres::open_to_read(url, settings)?;
                (Kind::Postgres(engine), threads)
            }
            None => {
                let (engine, threads) = Sqlite::open_to_read(settings)?;
                (Kind::Sqlite(engine), threads)
            }
        };
        Ok(Self { kind, looks_only: true, threads: Mutex::new(threads) })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.kind {
            Kind::Sqlite(_) => Dialect::Sqlite,
            Kind::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Whether the database finds the nearest vectors by itself.
    pub(crate) fn finds_nearest(&self) -> bool {
        match &self.kind {
            Kind::Sqlite(_) => false,
            Kind::Postgres(engine) => engine.finds_nearest(),
        }
    }

    /// Has `work` done and waits for its answer. The work is done also when nobody waits any more.
    pub(crate) async fn run<T, F>(&self, scope: Scope, access: Access, work: F) -> Result<T, StoreError>
    where
        F: FnOnce(&mut Conn<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        if self.looks_only && access != Access::Read {
            return Err(StoreError::unavailable("the store was opened to look only"));
        }
        let (unit, answer) = unit(scope, access, work);
        let begun = Instant::now();
        match &self.kind {
            Kind::Sqlite(engine) => engine.queue_for(access).submit(unit)?,
            Kind::Postgres(engine) => engine.queue().submit(unit)?,
        }
        let answer = answer.await.unwrap_or_else(|_| Err(closed()));
        let kind = if access == Access::Read { "read" } else { "write" };
        metrics::histogram!("study_sharper_store_seconds", "kind" => kind).record(begun.elapsed());
        answer
    }

    /// Units of work that wait.
    pub(crate) fn waiting(&self) -> usize {
        match &self.kind {
            Kind::Sqlite(engine) => engine.waiting(),
            Kind::Postgres(engine) => engine.queue().waiting(),
        }
    }

    /// Empties SQLite's write-ahead log into its file, where what was deleted has been overwritten.
    pub(crate) async fn scrub(&self) -> Result<(), StoreError> {
        let Kind::Sqlite(engine) = &self.kind else { return Ok(()) };
        let file = engine.file().to_owned();
        let (done, ended) = oneshot::channel();
        spawn("store-scrub".into(), move || {
            let _ = done.send(sqlite::scrub(&file));
        })?;
        ended.await.unwrap_or_else(|_| Err(StoreError::internal("emptying the log panicked")))
    }

    /// Takes nothing more in, does what is waiting, and ends the threads.
    pub(crate) async fn close(&self) {
        self.stop();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let (done, ended) = oneshot::channel();
        let joined = spawn("store-close".into(), move || {
            for thread in threads {
                if thread.join().is_err() {
                    tracing::error!("a thread of the store panicked");
                }
            }
            let _ = done.send(());
        });
        if joined.is_ok() {
            let _ = ended.await;
        }
    }

    fn stop(&self) {
        match &self.kind {
            Kind::Sqlite(engine) => engine.close(),
            Kind::Postgres(engine) => engine.queue().close(),
        }
    }
}

/// Without this the threads would wait for ever for a store that nobody has any more.
impl Drop for Engine {
    fn drop(&mut self) {
        self.stop();
    }
}

fn check(settings: &StoreSettings) -> Result<(), OpenError> {
    let within = |name: &str, value: usize, most: usize| {
        let fits = (1..=most).contains(&value);
        if fits {
            Ok(())
        } else {
            Err(OpenError::Settings(format!("{name} is {value}; it must be 1 to {most}")))
        }
    };
    within("sqlite_readers", settings.sqlite_readers, 16)?;
    within("postgres_connections", settings.postgres_connections, 100)?;
    within("queue_length", settings.queue_length, 1_000_000)
}

/// A named thread of the store. (A unit of work is a closure that blocks, so it must not run on the threads of
/// an async runtime.)
fn spawn(name: String, life: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, StoreError> {
    thread::Builder::new().name(name).spawn(life).map_err(StoreError::unavailable)
}
