//! A look at the database from outside, for whoever sees after it: beside a server that runs, changing nothing.

use sharper_domain::Timestamp;

use crate::conn::{Conn, Dialect, Sql, params};
use crate::engine::visit;
use crate::vectors::{VectorPlace, column};
use crate::{OpenError, StoreError, StoreSettings, migrate};

/// What a look at the database found.
#[derive(Debug, Clone, PartialEq)]
pub struct Examined {
    /// The version of its schema; 0 where there is none yet.
    pub schema: i64,
    /// The version that this program needs.
    pub needed: i64,
    /// Its clock.
    pub clock: Timestamp,
    /// Whether its role passes by row-level security, as superusers do. Never with SQLite, which has none.
    pub bypasses_row_security: bool,
    /// Where vectors are kept and searched.
    pub vectors: VectorPlace,
}

const CLOCK: Sql = Sql::each(
    "SELECT CAST(unixepoch('subsec') * 1000000 AS INTEGER) AS at",
    "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) AS at",
);
const BYPASSES: Sql = Sql::each(
    "SELECT 0 AS bypasses",
    "SELECT count(*) AS bypasses FROM pg_roles \
     WHERE rolname = current_user AND (rolsuper OR rolbypassrls)",
);

/// Looks. Blocks; call it outside of an async runtime. `None` where the SQLite file is not made yet.
///
/// # Errors
/// What is in the way of reaching the database.
pub fn examine(settings: &StoreSettings) -> Result<Option<Examined>, OpenError> {
    visit(settings, look)
}

fn look(conn: &mut Conn<'_>) -> Result<Examined, StoreError> {
    let begun = migrate::has_begun(conn)?;
    let schema = if begun { migrate::version(conn)? } else { 0 };
    let at: i64 = conn.query_one(CLOCK, params![])?.get("at")?;
    let clock = Timestamp::from_microsecond(at).map_err(StoreError::internal)?;
    let bypasses: i64 = conn.query_one(BYPASSES, params![])?.get("bypasses")?;
    let bypasses_row_security = bypasses > 0 && conn.dialect() == Dialect::Postgres;
    let vectors = column::place(conn)?;
    Ok(Examined { schema, needed: migrate::known(), clock, bypasses_row_security, vectors })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_looked_at_before_and_after_the_store_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let settings = StoreSettings { data_dir: folder.path().join("data"), ..StoreSettings::default() };
        assert_eq!(examine(&settings).unwrap(), None);
        assert!(!settings.data_dir.exists(), "a look makes nothing");
        let store = crate::Store::open_blocking(&settings).unwrap();
        let seen = examine(&settings).unwrap().expect("also beside the one who works there");
        assert_eq!((seen.schema, seen.bypasses_row_security), (seen.needed, false));
        drop(store);
    }

    #[tokio::test]
    async fn a_store_that_may_not_migrate_refuses_an_old_schema() {
        let folder = tempfile::tempdir().unwrap();
        let settings = StoreSettings { data_dir: folder.path().to_owned(), ..StoreSettings::default() };
        let careful = StoreSettings { migrate_at_start: false, ..settings.clone() };
        let refused = crate::Store::open(&careful).await.err().unwrap();
        assert!(matches!(refused, OpenError::SchemaOlder { found: 0, .. }), "{refused}");
        crate::Store::open(&settings).await.unwrap().close().await;
        crate::Store::open(&careful).await.unwrap().close().await;
    }
}
