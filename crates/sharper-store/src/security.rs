//! Row security: whether the database itself keeps one user's rows from another (migration 0004).

use crate::conn::{Conn, Dialect, params};
use crate::schema::Table;
use crate::{Store, StoreError, schema};

/// Whether the second net holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowSecurity {
    /// The database holds every transaction to the user it works for.
    Holds,
    /// It does not: the server runs as a superuser or as a role with BYPASSRLS, or a table has no forced policy.
    Bypassed,
    /// SQLite has no such thing; its file belongs to one process.
    NotHere,
}

const BOUND: &str =
    "SELECT NOT (rolsuper OR rolbypassrls) AS bound FROM pg_roles WHERE rolname = current_user";
const FORCED: &str = "SELECT relname::text AS name FROM pg_class \
    WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity AND relforcerowsecurity";

impl Store {
    /// Whether the database itself keeps one user's rows from another.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn row_security(&self) -> Result<RowSecurity, StoreError> {
        if self.dialect() == Dialect::Sqlite {
            return Ok(RowSecurity::NotHere);
        }
        let holds = self.house().read(holds).await?;
        Ok(if holds { RowSecurity::Holds } else { RowSecurity::Bypassed })
    }
}

fn holds(conn: &mut Conn<'_>) -> Result<bool, StoreError> {
    let bound: bool = conn.query_one(BOUND, params![])?.get("bound")?;
    let forced = conn.query(FORCED, params![])?;
    let forced: Vec<String> = forced.iter().map(|row| row.get("name")).collect::<Result<_, _>>()?;
    let tables = schema::tables();
    let mut of_users = tables.iter().filter(|table| table.has("user_id"));
    Ok(bound && of_users.all(|Table { name, .. }| forced.contains(name)))
}
