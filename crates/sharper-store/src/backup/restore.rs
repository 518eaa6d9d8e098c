//! Putting a backup in the place of a database, in one transaction: wholly, or not at all.
//!
//! The file is read twice: the first time nothing is touched, so that a damaged one is refused before anything is
//! opened. The tables are made anew as the backup's schema has them, filled, and then brought up to date like those of
//! any older database.

use std::fs::File;
use std::path::Path;

use tokio::sync::oneshot;

use super::lines::{Line, Reader};
use super::write::{Told, count};
use super::{BackupError, Begin, Holds, damaged, tables_of};
use crate::backup::row;
use crate::conn::{Conn, Dialect, Value, params};
use crate::schema::Table;
use crate::{Durability, Store, StoreError, StoreSettings, migrate, privacy, schema};

/// Rows that are inserted with one statement.
const AT_ONCE: usize = 50;
/// How long a connection that we closed may still be seen.
const GOING: std::time::Duration = std::time::Duration::from_millis(100);
const LOOKS: u32 = 20;

const OTHERS: &str = "SELECT count(*) AS others FROM pg_stat_activity WHERE datname = current_database() \
    AND application_name = 'study-sharper' AND pid <> pg_backend_pid()";

/// Reads a backup from end to end and says what it holds.
///
/// # Errors
/// `NotOurs`, `Newer`, `Damaged` or `File`.
pub fn verify(file: &Path) -> Result<Holds, BackupError> {
    let mut lines = Reader::new(File::open(file)?)?;
    let tables = tables_of(lines.header().schema);
    let mut counted: Vec<u64> = Vec::new();
    loop {
        match (lines.next()?, counted.last_mut()) {
            (Line::Begin(begin), _) => {
                expect_table(&begin, tables.get(counted.len()))?;
                counted.push(0);
            }
            (Line::Row(_), Some(rows)) => *rows += 1,
            (Line::Row(_), None) => return Err(damaged("a row stands before its table")),
            (Line::End, _) => break,
        }
    }
    let found = tables.iter().map(|table| table.name.clone()).zip(counted).collect();
    if lines.header().tables == found {
        Ok(lines.holds())
    } else {
        Err(damaged("tables or rows are missing"))
    }
}

fn expect_table(begin: &Begin, expected: Option<&Table>) -> Result<(), BackupError> {
    let fits = expected.is_some_and(|table| {
        table.name == begin.table && table.columns.iter().map(|column| &column.name).eq(&begin.columns)
    });
    if fits { Ok(()) } else { Err(damaged(format!("its table {} is not the schema's", begin.table))) }
}

impl Store {
    /// Puts a backup into the database that the settings name. One that is not empty is refused, unless `force` says
    /// that everything there may go. No server must work with it meanwhile. Nobody is signed in afterwards.
    ///
    /// # Errors
    /// `BackupError` says what is in the way. The database is as it was then, though brought up to date.
    pub async fn restore(settings: &StoreSettings, file: &Path, force: bool) -> Result<Holds, BackupError> {
        let holds = verify(file)?;
        let settings = StoreSettings { postgres_connections: 1, ..settings.clone() };
        let store = Store::open(&settings).await?;
        let lines = Reader::new(File::open(file)?)?;
        let (told, why) = oneshot::channel();
        let work = move |conn: &mut Conn<'_>| {
            put(conn, lines, force).map_err(|error| match error {
                BackupError::Store(error) => error,
                error => {
                    let _ = told.send(error);
                    StoreError::internal("a backup was not restored")
                }
            })
        };
        let end = store.house().write(Durability::Synced, work).await;
        store.close().await;
        end.map(|()| holds).map_err(|error| why.blocking_or(error))
    }
}

fn put(conn: &mut Conn<'_>, mut lines: Reader<File>, force: bool) -> Result<(), BackupError> {
    alone(conn)?;
    let now = schema::tables();
    let full = now.iter().filter(|table| privacy::is_of_users(&table.name));
    for table in full {
        if !force && count(conn, table)? > 0 {
            return Err(BackupError::NotEmpty(table.name.clone()));
        }
    }
    for table in now.iter().rev() {
        conn.script(&format!("DROP TABLE {}", table.name))?;
    }
    conn.script("DROP TABLE schema_migrations")?;

    let version = lines.header().schema;
    migrate::up_to(conn, version)?;
    let tables = tables_of(version);
    fill(conn, &mut lines, &tables)?;
    for table in &tables {
        if Some(&count(conn, table)?) != lines.header().tables.get(&table.name) {
            return Err(BackupError::NotTheSame(table.name.clone()));
        }
    }
    migrate::up_to(conn, migrate::known())?;
    // Who signed out since the backup stays signed out, and a letter's link that was used opens nothing again.
    conn.execute("DELETE FROM sign_ins", params![])?;
    conn.execute("DELETE FROM password_resets", params![])?;
    sound(conn)
}

/// On PostgreSQL, that no server works with the database. (SQLite's folder has a lock.)
fn alone(conn: &mut Conn<'_>) -> Result<(), BackupError> {
    if conn.dialect() == Dialect::Sqlite {
        return Ok(());
    }
    for _ in 0..LOOKS {
        if conn.query_one(OTHERS, params![])?.get::<i64>("others")? == 0 {
            return Ok(());
        }
        std::thread::sleep(GOING);
        // Within a transaction the server shows what it first showed.
        conn.query("SELECT pg_stat_clear_snapshot()::text AS cleared", params![])?;
    }
    Err(BackupError::InUse)
}

fn fill(conn: &mut Conn<'_>, lines: &mut Reader<File>, tables: &[Table]) -> Result<(), BackupError> {
    let mut tables = tables.iter();
    let mut filling: Option<Filling<'_>> = None;
    loop {
        match lines.next()? {
            Line::Begin(begin) => {
                if let Some(filling) = filling.take() {
                    filling.end(conn)?;
                }
                let table = tables.next();
                expect_table(&begin, table)?;
                filling = table.map(Filling::new);
            }
            Line::Row(fields) => match &mut filling {
                Some(filling) => filling.take(conn, fields)?,
                None => return Err(damaged("a row stands before its table")),
            },
            Line::End => return filling.map_or(Ok(()), |filling| filling.end(conn)),
        }
    }
}

/// A table that is being filled.
struct Filling<'t> {
    table: &'t Table,
    waiting: Vec<Vec<Value>>,
    /// Rows that refer to rows of their own table: they are told of their parents when all are there.
    parents: Vec<(usize, Value, Value)>,
    key: Option<usize>,
    own: Vec<usize>,
}

impl<'t> Filling<'t> {
    fn new(table: &'t Table) -> Self {
        let place = |name: &str| table.columns.iter().position(|column| column.name == name);
        let own = table.own_parents().filter_map(place).collect();
        let key = table.key.first().and_then(|name| place(name));
        Self { table, waiting: Vec::new(), parents: Vec::new(), key, own }
    }

    fn take(&mut self, conn: &mut Conn<'_>, fields: Vec<serde_json::Value>) -> Result<(), BackupError> {
        let mut values = row::to_values(&self.table.columns, fields)?;
        for place in &self.own {
            let parent = std::mem::replace(&mut values[*place], Value::Null);
            if let (Some(key), false) = (self.key, parent == Value::Null) {
                self.parents.push((*place, values[key].clone(), parent));
            }
        }
        self.waiting.push(values);
        if self.waiting.len() == AT_ONCE { self.insert(conn, AT_ONCE) } else { Ok(()) }
    }

    fn end(mut self, conn: &mut Conn<'_>) -> Result<(), BackupError> {
        self.insert(conn, 1)?;
        for (place, key, parent) in self.parents {
            let (table, column) = (&self.table.name, &self.table.columns[place].name);
            let text = format!("UPDATE {table} SET {column} = $2 WHERE {} = $1", self.table.key[0]);
            conn.execute_made(&text, &[key, parent])?;
        }
        Ok(())
    }

    /// Inserts what is waiting, so many rows with a statement.
    fn insert(&mut self, conn: &mut Conn<'_>, rows: usize) -> Result<(), BackupError> {
        let width = self.table.columns.len();
        let row = |first: usize| {
            let numbers: Vec<_> = (1..=width).map(|place| format!("${}", first * width + place)).collect();
            format!("({})", numbers.join(", "))
        };
        let all: Vec<_> = (0..rows).map(row).collect();
        let text =
            format!("INSERT INTO {} ({}) VALUES {}", self.table.name, self.table.names(), all.join(", "));
        let waiting = std::mem::take(&mut self.waiting);
        for values in waiting.chunks(rows) {
            conn.execute_made(&text, &values.concat())?;
        }
        Ok(())
    }
}

/// On SQLite, that every reference leads somewhere and every page is right. (PostgreSQL checks while it writes.)
fn sound(conn: &mut Conn<'_>) -> Result<(), BackupError> {
    if conn.dialect() == Dialect::Postgres {
        return Ok(());
    }
    if let Some(row) = conn.query_opt("PRAGMA foreign_key_check", params![])? {
        let table: String = row.get("table")?;
        return Err(BackupError::NotTheSame(format!("a row of {table} refers to nothing")));
    }
    let said: String = conn.query_one("PRAGMA integrity_check", params![])?.get("integrity_check")?;
    if said == "ok" { Ok(()) } else { Err(BackupError::NotTheSame(said)) }
}
