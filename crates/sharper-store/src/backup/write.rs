//! Making a backup while everybody goes on: everything is read as of one moment.

use std::io::Write;

use sharper_domain::Timestamp;
use tokio::sync::oneshot;

use super::lines::Writer;
use super::row::to_json;
use super::{BackupError, Begin, FORMAT, Header, Holds, tables_of};
use crate::conn::{Conn, Dialect, params};
use crate::page::{PAGE, Page};
use crate::schema::Table;
use crate::{Store, StoreError, migrate};

impl Store {
    /// Writes everything that is kept into `to`, as of one moment, while others read and write. Answers with `to` and
    /// what it now holds.
    ///
    /// # Errors
    /// `File` when it cannot be written; `Store`.
    pub async fn backup<W>(&self, to: W, now: Timestamp) -> Result<(W, Holds), BackupError>
    where
        W: Write + Send + 'static,
    {
        let (told, why) = oneshot::channel();
        let work = move |conn: &mut Conn<'_>| {
            write(conn, to, now).map_err(|error| match error {
                BackupError::Store(error) => error,
                error => {
                    let _ = told.send(error);
                    StoreError::internal("a backup was not written")
                }
            })
        };
        let end = self.house().read(work).await;
        end.map_err(|error| why.blocking_or(error))
    }
}

/// What a unit of work told of its end before it ended, or else the error that it ended with.
pub(super) trait Told {
    fn blocking_or(self, error: StoreError) -> BackupError;
}

impl Told for oneshot::Receiver<BackupError> {
    fn blocking_or(mut self, error: StoreError) -> BackupError {
        self.try_recv().unwrap_or(BackupError::Store(error))
    }
}

fn write<W: Write>(conn: &mut Conn<'_>, to: W, now: Timestamp) -> Result<(W, Holds), BackupError> {
    if conn.dialect() == Dialect::Postgres {
        // Whoever takes the file may be slow.
        conn.script("SET LOCAL idle_in_transaction_session_timeout = 0")?;
    }
    let schema = migrate::version(conn)?;
    let tables = tables_of(schema);
    let counts = tables.iter().map(|table| Ok((table.name.clone(), count(conn, table)?)));
    let tables_with_rows = counts.collect::<Result<_, StoreError>>()?;
    let header = Header { study_sharper_backup: FORMAT, schema, created_at: now, tables: tables_with_rows };
    let mut lines = Writer::new(to, &header)?;
    for table in &tables {
        let columns = table.columns.iter().map(|column| column.name.clone()).collect();
        lines.begin(&Begin { table: table.name.clone(), columns })?;
        let (page, mut last) = (Page::of(table), None);
        loop {
            let rows = page.read(conn, &[], last)?;
            for row in &rows {
                lines.row(&to_json(row.values()))?;
            }
            match rows.last() {
                Some(row) if rows.len() == PAGE => last = Some(Page::key(table, row)?),
                _ => break,
            }
        }
    }
    let (to, rows) = lines.end()?;
    Ok((to, Holds { schema, created_at: now, rows }))
}

/// The rows of a table.
pub(super) fn count(conn: &mut Conn<'_>, table: &Table) -> Result<u64, StoreError> {
    let text = format!("SELECT count(*) AS rows FROM {}", table.name);
    conn.query_made(&text, params![])?.first().ok_or(StoreError::NotFound)?.get("rows")
}
