//! SQLite: one thread that writes, with one sync for all who wait, and a few that read.
//!
//! A sync takes milliseconds and a statement microseconds, so the writer takes every unit that is waiting,
//! runs each inside a savepoint of one transaction, commits once and answers all.

use std::collections::VecDeque;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, ffi};

use super::queue::Queue;
use super::unit::{Access, Durability, Unit};
use super::{Submit, spawn};
use crate::conn::Conn;
use crate::{OpenError, StoreError, StoreSettings, migrate};

/// The file in the data folder.
const FILE: &str = "study-sharper.sqlite3";
/// The file whose lock says that a process works in the folder.
const LOCK: &str = "study-sharper.lock";
/// Most units in one transaction.
const BATCH_UNITS: usize = 256;
/// A transaction takes no further unit after this time, so that those in it are answered.
const BATCH_TIME: Duration = Duration::from_millis(20);
/// How long another process may hold the file before `Busy`.
const BUSY: Duration = Duration::from_secs(5);
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 128;

type Units = Arc<Queue<Box<dyn Unit>>>;

/// The two queues; the threads behind them own the connections.
pub(crate) struct Sqlite {
    file: PathBuf,
    writes: Units,
    reads: Units,
}

impl Sqlite {
    /// Opens and migrates the file, and starts the threads.
    pub(crate) fn open(settings: &StoreSettings) -> Result<(Self, Vec<JoinHandle<()>>), OpenError> {
        let folder = prepare_folder(&settings.data_dir)?;
        let lock = lock(&folder)?;
        let file = folder.join(FILE);
        let writer = open_writer(&file)?;
        migrate::run(&mut Conn::sqlite(&writer), settings.migrate_at_start)?;

        let (engine, mut threads) = Self::reading(file, settings)?;
        let writes = Arc::clone(&engine.writes);
        let writer = Writer { connection: writer, level: None, distrusted: None, _lock: lock };
        threads.push(spawn("store-write".into(), move || writer.serve(&writes))?);
        Ok((engine, threads))
    }

    /// The file to look at only, beside whoever writes: a reader needs no lock of the folder, since SQLite's own see to
    /// it that it finds one moment's state.
    pub(crate) fn open_to_read(settings: &StoreSettings) -> Result<(Self, Vec<JoinHandle<()>>), OpenError> {
        let file = settings.data_dir.join(FILE);
        if !file.is_file() {
            return Err(OpenError::Settings(format!(
                "there is no database in {}",
                settings.data_dir.display()
            )));
        }
        migrate::run(&mut Conn::sqlite(&open_reader(&file)?), false)?;
        Self::reading(file, settings)
    }

    /// The file with its readers.
    fn reading(file: PathBuf, settings: &StoreSettings) -> Result<(Self, Vec<JoinHandle<()>>), OpenError> {
        let engine = Self {
            file,
            writes: Arc::new(Queue::new(settings.queue_length)),
            reads: Arc::new(Queue::new(settings.queue_length)),
        };
        let mut threads = Vec::new();
        for number in 1..=settings.sqlite_readers {
            let connection = open_reader(&engine.file)?;
            let reads = Arc::clone(&engine.reads);
            threads.push(spawn(format!("store-read-{number}"), move || read(&connection, &reads))?);
        }
        Ok((engine, threads))
    }

    pub(crate) fn file(&self) -> &Path {
        &self.file
    }

    pub(crate) fn queue_for(&self, access: Access) -> &dyn Submit {
        match access {
            Access::Read => &*self.reads,
            Access::Write(_) => &*self.writes,
        }
    }

    /// Units of work that wait.
    pub(crate) fn waiting(&self) -> usize {
        self.writes.waiting() + self.reads.waiting()
    }

    pub(crate) fn close(&self) {
        self.writes.close();
        self.reads.close();
    }
}

/// Makes the folder, for its owner only, and sees to it that its name is on the disk too.
fn prepare_folder(folder: &Path) -> Result<PathBuf, OpenError> {
    let name = folder.display();
    let refused =
        |error: std::io::Error| OpenError::Settings(format!("data_dir {name} cannot be used: {error}"));
    if !folder.is_dir() {
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(folder).map_err(refused)?;
    }
    let folder = folder.canonicalize().map_err(refused)?;
    if let Some(parent) = folder.parent() {
        // Not every file system lets a folder be synced; where it does not, there is nothing more to do.
        let _ = std::fs::File::open(parent).and_then(|parent| parent.sync_all());
    }
    Ok(folder)
}

/// Holds the folder for this process alone: a second one would take the first one's jobs for orphans.
fn lock(folder: &Path) -> Result<File, OpenError> {
    let file = File::create(folder.join(LOCK)).map_err(StoreError::unavailable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Settings(format!(
            "another study-sharper works in {}: stop it, or set DATA_DIR to another folder",
            folder.display()
        ))),
        Err(TryLockError::Error(error)) => Err(StoreError::unavailable(error).into()),
    }
}

fn open_writer(file: &Path) -> Result<Connection, StoreError> {
    let connection = open(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA cache_size = -2048;
         PRAGMA wal_autocheckpoint = 1000;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    Ok(connection)
}

/// Moves the whole write-ahead log into the file and empties it. Waits for those who write and read.
pub(crate) fn scrub(file: &Path) -> Result<(), StoreError> {
    let connection = open(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(StoreError::Busy) } else { Ok(()) }
}

fn open_reader(file: &Path) -> Result<Connection, StoreError> {
    let connection = open(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -1024;")?;
    Ok(connection)
}

/// Does `work` on a connection of its own that only reads; `None` where there is no file.
pub(super) fn visit<T>(
    folder: &Path,
    work: impl FnOnce(&mut Conn<'_>) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let file = folder.join(FILE);
    if !file.exists() {
        return Ok(None);
    }
    let reader = open_reader(&file)?;
    work(&mut Conn::sqlite(&reader)).map(Some)
}

/// A connection with what every one of ours has.
fn open(file: &Path, how: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(file, how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without this SQLite prepares some statements anew for each value, to plan by it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // A word in double quotes is a name and never, by mistake, a text.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.execute_batch("PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF;")?;
    Ok(connection)
}

/// A reader's life: each unit sees one moment's state.
fn read(connection: &Connection, reads: &Queue<Box<dyn Unit>>) {
    while let Some(mut unit) = reads.take() {
        let end = read_once(connection, unit.as_mut());
        unit.answer(end);
    }
}

fn read_once(connection: &Connection, unit: &mut dyn Unit) -> Result<(), StoreError> {
    step(connection, "BEGIN")?;
    let read = unit.run(&mut Conn::sqlite(connection));
    step(connection, "ROLLBACK")?;
    read
}

fn step(connection: &Connection, statement: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(statement)?.raw_execute().map(|_| ())
}

struct Writer {
    connection: Connection,
    /// What `PRAGMA synchronous` is set to, once it is known.
    level: Option<Durability>,
    /// Held until the writer ends.
    _lock: File,
    /// Set when a sync failed: see `commit`.
    distrusted: Option<StoreError>,
}

impl Writer {
    fn serve(mut self, writes: &Queue<Box<dyn Unit>>) {
        let mut waiting = VecDeque::new();
        while let Some(first) = writes.take() {
            waiting.push_back(first);
            writes.take_waiting(&mut waiting, BATCH_UNITS - 1);
            while !waiting.is_empty() {
                self.transaction(&mut waiting);
            }
        }
        if let Err(error) = self.connection.execute_batch("PRAGMA optimize;") {
            tracing::debug!(%error, "the planner's statistics were not renewed");
        }
    }

    /// One transaction with as many of the waiting units as its time allows. Every unit that it takes from
    /// `waiting` is answered before it returns.
    fn transaction(&mut self, waiting: &mut VecDeque<Box<dyn Unit>>) {
        if let Err(error) = self.begin(waiting) {
            return answer_all(waiting.drain(..), &Err(error));
        }
        let (began, alone) = (Instant::now(), waiting.len() == 1);
        let mut done = Vec::with_capacity(waiting.len());
        while let Some(mut unit) = waiting.pop_front() {
            match self.run(unit.as_mut(), alone) {
                Ok(()) => done.push(unit),
                Err(error) if self.connection.is_autocommit() => {
                    // The whole transaction is gone, with what was done before in it: SQLite ended it (disk
                    // full, I/O error), or the unit was alone in it.
                    unit.answer(Err(error.clone()));
                    return answer_all(done.into_iter(), &Err(error));
                }
                Err(error) => unit.answer(Err(error)),
            }
            if began.elapsed() >= BATCH_TIME {
                break;
            }
        }
        let end = self.commit();
        answer_all(done.into_iter(), &end);
    }

    fn begin(&mut self, waiting: &VecDeque<Box<dyn Unit>>) -> Result<(), StoreError> {
        if let Some(error) = &self.distrusted {
            return Err(error.clone());
        }
        let synced = waiting.iter().any(|unit| unit.access() == Access::Write(Durability::Synced));
        let level = if synced { Durability::Synced } else { Durability::Relaxed };
        if self.level != Some(level) {
            // In WAL mode FULL syncs the log at each commit and NORMAL only before a checkpoint. It cannot be
            // changed inside a transaction.
            self.level = None;
            self.connection.execute_batch(match level {
                Durability::Synced => "PRAGMA synchronous = FULL;",
                Durability::Relaxed => "PRAGMA synchronous = NORMAL;",
            })?;
            self.level = Some(level);
        }
        Ok(step(&self.connection, "BEGIN IMMEDIATE")?)
    }

    /// Runs a unit so that its failure takes back what it did and nothing else.
    fn run(&self, unit: &mut dyn Unit, alone: bool) -> Result<(), StoreError> {
        if !alone {
            step(&self.connection, "SAVEPOINT unit")?;
        }
        let done = unit.run(&mut Conn::sqlite(&self.connection));
        match (&done, alone) {
            _ if self.connection.is_autocommit() => {}
            (Ok(()), true) => {}
            (Err(_), true) => step(&self.connection, "ROLLBACK")?,
            (Ok(()), false) => step(&self.connection, "RELEASE unit")?,
            (Err(_), false) => {
                step(&self.connection, "ROLLBACK TO unit")?;
                step(&self.connection, "RELEASE unit")?;
            }
        }
        done
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let Err(error) = step(&self.connection, "COMMIT") else { return Ok(()) };
        if !self.connection.is_autocommit()
            && let Err(error) = step(&self.connection, "ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
        let lost_sync = sync_failed(&error);
        let error = StoreError::from(error);
        if lost_sync {
            // After a failed sync the kernel may have dropped the pages and call the next sync a success; what
            // is written behind such a hole in the log cannot be recovered. So nothing more is written until
            // the process starts again and recovers from what the disk really holds. Reading goes on.
            tracing::error!("a sync failed: this store takes no more writes until it is opened again");
            self.distrusted = Some(error.clone());
        }
        Err(error)
    }
}

/// Whether the disk said that it did not keep what it was given.
fn sync_failed(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(code, Some(ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC))
}

fn answer_all(units: impl Iterator<Item = Box<dyn Unit>>, end: &Result<(), StoreError>) {
    units.for_each(|unit| unit.answer(end.clone()));
}

#[cfg(test)]
mod tests {
    use super::super::unit::{Scope, unit};
    use super::*;

    #[test]
    fn only_a_failed_sync_makes_the_disk_untrustworthy() {
        let error = |code| rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        assert!(sync_failed(&error(ffi::SQLITE_IOERR_FSYNC)));
        assert!(sync_failed(&error(ffi::SQLITE_IOERR_DIR_FSYNC)));
        assert!(!sync_failed(&error(ffi::SQLITE_IOERR_WRITE)));
        assert!(!sync_failed(&error(ffi::SQLITE_FULL)));
    }

    #[test]
    fn after_a_failed_sync_nothing_is_written_and_everybody_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open_writer(&folder.path().join(FILE)).unwrap();
        let failed = StoreError::unavailable("the disk did not keep it");
        let lock = lock(folder.path()).unwrap();
        let mut writer = Writer { connection, level: None, distrusted: Some(failed), _lock: lock };
        let work = |_: &mut Conn<'_>| -> Result<(), StoreError> { panic!("it must not run") };
        let (unit, answer) = unit(Scope::House, Access::Write(Durability::Synced), work);
        writer.transaction(&mut VecDeque::from([unit]));
        assert!(matches!(answer.blocking_recv(), Ok(Err(StoreError::Unavailable(_)))));
    }
}
