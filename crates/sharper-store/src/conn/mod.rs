//! A connection inside a unit of work: one way to run a statement, over two databases.

mod postgres;
mod row;
mod sqlite;
mod value;

pub(crate) use self::postgres::Session;
pub use self::row::{FromValue, Row};
pub use self::value::Value;
pub(crate) use self::value::{params, storable};
use crate::StoreError;

/// One statement with parameters `$1`, `$2`, …, spelled for both databases.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Sql {
    /// A statement that the two databases spell differently.
    pub const fn each(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }
}

impl From<&'static str> for Sql {
    fn from(both: &'static str) -> Self {
        Sql::each(both, both)
    }
}

/// A statement that on PostgreSQL also locks what it reads. SQLite needs no such words: its one writer
/// already holds everything.
macro_rules! locking {
    ($statement:expr, $lock:literal) => {
        $crate::conn::Sql::each($statement, concat!($statement, " ", $lock))
    };
}
pub(crate) use locking;

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

enum Driver<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut Session),
}

/// The connection that a unit of work runs its statements on. It is inside a transaction that the engine
/// opened and will end: the unit ends it with its result, never with a statement.
pub struct Conn<'c> {
    driver: Driver<'c>,
    /// The first statement that failed. The databases differ in what is left of a transaction after that, so
    /// a unit with a failed statement is never committed, whatever it answers.
    failed: Option<StoreError>,
}

impl<'c> Conn<'c> {
    pub(crate) fn sqlite(connection: &'c rusqlite::Connection) -> Self {
        Self { driver: Driver::Sqlite(connection), failed: None }
    }

    pub(crate) fn postgres(session: &'c mut Session) -> Self {
        Self { driver: Driver::Postgres(session), failed: None }
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        match self.driver {
            Driver::Sqlite(_) => Dialect::Sqlite,
            Driver::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The rows that a statement answers with.
    ///
    /// # Errors
    /// What the database says, by what can be done about it.
    pub fn query(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let sql = sql.into();
        let rows = match &mut self.driver {
            Driver::Sqlite(connection) => sqlite::query(connection, sql.sqlite, params),
            Driver::Postgres(session) => session.query(sql.postgres, params),
        };
        self.noting(rows)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As for `query`.
    pub fn query_opt(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, params)?.into_iter().next())
    }

    /// The first row of a statement that always has one, such as a count.
    ///
    /// # Errors
    /// As for `query`; `NotFound` when there is none.
    pub fn query_one(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<Row, StoreError> {
        self.query_opt(sql, params)?.ok_or(StoreError::NotFound)
    }

    /// How many rows a statement changed.
    ///
    /// # Errors
    /// As for `query`.
    pub fn execute(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<u64, StoreError> {
        let sql = sql.into();
        let changed = match &mut self.driver {
            Driver::Sqlite(connection) => sqlite::execute(connection, sql.sqlite, params),
            Driver::Postgres(session) => session.execute(sql.postgres, params),
        };
        self.noting(changed)
    }

    /// As `query`, of a statement that was made here from the schema's own names, the same for both databases.
    pub(crate) fn query_made(&mut self, text: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let rows = match &mut self.driver {
            Driver::Sqlite(connection) => sqlite::query(connection, text, params),
            Driver::Postgres(session) => session.query(text, params),
        };
        self.noting(rows)
    }

    /// As `execute`, of a statement that was made here from the schema's own names, the same for both databases.
    pub(crate) fn execute_made(&mut self, text: &str, params: &[Value]) -> Result<u64, StoreError> {
        let changed = match &mut self.driver {
            Driver::Sqlite(connection) => sqlite::execute(connection, text, params),
            Driver::Postgres(session) => session.execute(text, params),
        };
        self.noting(changed)
    }

    /// Runs several statements without parameters or answers.
    pub(crate) fn script(&mut self, text: &str) -> Result<(), StoreError> {
        let done = match &mut self.driver {
            Driver::Sqlite(connection) => connection.execute_batch(text).map_err(StoreError::from),
            Driver::Postgres(session) => session.script(text),
        };
        self.noting(done)
    }

    /// The statement that failed, if one did.
    pub(crate) fn failed(&self) -> Option<StoreError> {
        self.failed.clone()
    }

    fn noting<T>(&mut self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        if let Err(error) = &done {
            self.failed.get_or_insert_with(|| error.clone());
        }
        done
    }
}
