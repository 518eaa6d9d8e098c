//! Migrations: numbered pairs, forward only, each kept wholly or not at all.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::conn::{Conn, Dialect, Sql, params};
use crate::engine::{Scope, scoping};
use crate::{OpenError, StoreError};

/// One step of the schema, spelled for both databases.
struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migration {
    ($version:literal, $name:literal, $file:literal) => {
        Migration {
            version: $version,
            name: $name,
            sqlite: include_str!(concat!("../migrations/sqlite/", $file)),
            postgres: include_str!(concat!("../migrations/postgres/", $file)),
        }
    };
}

/// All of them. A new one goes last; one that was released is never changed.
const MIGRATIONS: &[Migration] = &[
    migration!(1, "start", "0001_start.sql"),
    migration!(2, "material_and_money", "0002_material_and_money.sql"),
    migration!(3, "people_and_operation", "0003_people_and_operation.sql"),
    migration!(4, "row_security", "0004_row_security.sql"),
    migration!(5, "library", "0005_library.sql"),
    migration!(6, "study", "0006_study.sql"),
];

/// What a transaction that migrates begins with on PostgreSQL: however long a large table takes, and the instance
/// before this one.
const PATIENCE: &str = "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0";
/// PostgreSQL's number for the lock that instances starting together pass through one by one.
const LOCK: i64 = 0x5368_6172_7065_7201;

const RECORDS: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL
)";
const BEGUN: Sql = Sql::each(
    "SELECT count(*) AS tables FROM sqlite_master WHERE name = 'schema_migrations'",
    "SELECT count(*) AS tables FROM pg_tables \
     WHERE tablename = 'schema_migrations' AND schemaname = ANY (current_schemas(false))",
);
const APPLIED: &str = "SELECT version, checksum FROM schema_migrations ORDER BY version";
const RECORD: Sql = Sql::each(
    "INSERT INTO schema_migrations (version, name, checksum, applied_at) \
     VALUES ($1, $2, $3, CAST(unixepoch('subsec') * 1000000 AS INTEGER))",
    "INSERT INTO schema_migrations (version, name, checksum, applied_at) \
     VALUES ($1, $2, $3, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT))",
);

impl Migration {
    fn text(&self, dialect: Dialect) -> &'static str {
        match dialect {
            Dialect::Sqlite => self.sqlite,
            Dialect::Postgres => self.postgres,
        }
    }
}

/// Brings the schema to this program's version, one transaction a step, so that a start that was killed is
/// finished by the next. With `may` false nothing is changed, and an older schema is refused.
pub(crate) fn run(conn: &mut Conn<'_>, may: bool) -> Result<(), OpenError> {
    if !may {
        return look(conn);
    }
    while step(conn)? {}
    Ok(())
}

/// The migrations of this program: version and name, in their order.
pub fn migrations() -> impl Iterator<Item = (i64, &'static str)> {
    MIGRATIONS.iter().map(|migration| (migration.version, migration.name))
}

/// Whether the schema is this program's.
fn look(conn: &mut Conn<'_>) -> Result<(), OpenError> {
    let applied = if has_begun(conn)? { applied(conn)? } else { BTreeMap::new() };
    verify(&applied, conn.dialect())?;
    let found = applied.keys().next_back().copied().unwrap_or(0);
    if found < known() {
        return Err(OpenError::SchemaOlder { found, known: known() });
    }
    Ok(())
}

/// Whether the database was ever migrated.
pub(crate) fn has_begun(conn: &mut Conn<'_>) -> Result<bool, StoreError> {
    let tables: i64 = conn.query_one(BEGUN, params![])?.get("tables")?;
    Ok(tables > 0)
}

/// The schema's version in the database.
pub(crate) fn version(conn: &mut Conn<'_>) -> Result<i64, StoreError> {
    let row =
        conn.query_one("SELECT coalesce(max(version), 0) AS version FROM schema_migrations", params![])?;
    row.get("version")
}

/// The schema's version in this program.
pub(crate) fn known() -> i64 {
    MIGRATIONS.last().map_or(0, |last| last.version)
}

/// What the migrations up to a version say to PostgreSQL.
pub(crate) fn scripts(version: i64) -> impl Iterator<Item = &'static str> {
    MIGRATIONS
        .iter()
        .filter(move |migration| migration.version <= version)
        .map(|migration| migration.postgres)
}

/// As `run`, up to a version and in the transaction that is under way.
pub(crate) fn up_to(conn: &mut Conn<'_>, version: i64) -> Result<(), StoreError> {
    if conn.dialect() == Dialect::Postgres {
        conn.script(PATIENCE)?;
    }
    conn.script(RECORDS)?;
    let reached = self::version(conn)?;
    MIGRATIONS
        .iter()
        .filter(|next| next.version > reached && next.version <= version)
        .try_for_each(|next| apply(conn, next))
}

/// Applies the first migration that is missing. Answers whether there was one.
fn step(conn: &mut Conn<'_>) -> Result<bool, OpenError> {
    match conn.dialect() {
        Dialect::Sqlite => conn.script("BEGIN IMMEDIATE")?,
        // A migration that moves rows moves everybody's.
        Dialect::Postgres => conn.script(&format!("BEGIN; {}", scoping(&Scope::House)))?,
    }
    let applied = apply_next(conn);
    let end = if matches!(applied, Ok(true)) { "COMMIT" } else { "ROLLBACK" };
    let ended = conn.script(end);
    let applied = applied?;
    ended?;
    Ok(applied)
}

fn apply_next(conn: &mut Conn<'_>) -> Result<bool, OpenError> {
    let dialect = conn.dialect();
    if dialect == Dialect::Postgres {
        conn.script(&format!("{PATIENCE}; SELECT pg_advisory_xact_lock({LOCK})"))?;
    }
    conn.script(RECORDS)?;
    let applied = applied(conn)?;
    verify(&applied, dialect)?;
    let Some(next) = MIGRATIONS.iter().find(|migration| !applied.contains_key(&migration.version)) else {
        return Ok(false);
    };
    apply(conn, next)?;
    Ok(true)
}

fn apply(conn: &mut Conn<'_>, next: &Migration) -> Result<(), StoreError> {
    let text = next.text(conn.dialect());
    conn.script(text)?;
    conn.execute(RECORD, params![next.version, next.name, checksum(text)])?;
    tracing::info!(version = next.version, name = next.name, "the database was migrated");
    Ok(())
}

fn applied(conn: &mut Conn<'_>) -> Result<BTreeMap<i64, String>, StoreError> {
    let rows = conn.query(APPLIED, params![])?;
    rows.iter().map(|row| Ok((row.get("version")?, row.get("checksum")?))).collect()
}

fn verify(applied: &BTreeMap<i64, String>, dialect: Dialect) -> Result<(), OpenError> {
    let found = applied.keys().next_back().copied().unwrap_or(0);
    if found > known() {
        return Err(OpenError::SchemaNewer { found, known: known() });
    }
    for migration in MIGRATIONS {
        if applied.get(&migration.version).is_some_and(|sum| *sum != checksum(migration.text(dialect))) {
            return Err(OpenError::SchemaDiffers { version: migration.version, name: migration.name });
        }
    }
    Ok(())
}

/// SHA-256 of a text's bytes, in hexadecimal.
pub(crate) fn checksum(text: &str) -> String {
    checksum_of(text.as_bytes())
}

/// SHA-256 in hexadecimal.
pub(crate) fn checksum_of(bytes: &[u8]) -> String {
    crate::hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of a file's tables, with their columns.
    fn tables(script: &str) -> BTreeMap<String, Vec<String>> {
        let tables = script.split("CREATE TABLE ").skip(1);
        tables
            .map(|table| {
                let (name, body) = table.split_once('(').unwrap();
                let body = body.split("\n)").next().unwrap();
                let columns = body.lines().filter_map(|line| line.split_whitespace().next());
                let columns = columns.filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
                (name.trim().to_owned(), columns.map(str::to_owned).collect())
            })
            .collect()
    }

    /// The columns that a file adds to tables that were there before, with their names only.
    fn added(script: &str) -> Vec<Vec<&str>> {
        let lines =
            script.lines().filter(|line| line.starts_with("ALTER TABLE") && line.contains(" ADD COLUMN "));
        lines.map(|line| line.split_whitespace().take(6).collect()).collect()
    }

    /// The indexes that a file makes. What one of them holds may differ where the databases do.
    fn indexes(script: &str) -> Vec<&str> {
        const OF_ITS_DATABASE: &str = "CREATE INDEX notes_newest ON notes";
        let lines = script.lines().filter(|line| line.starts_with("CREATE") && line.contains("INDEX"));
        lines.map(|line| if line.starts_with(OF_ITS_DATABASE) { OF_ITS_DATABASE } else { line }).collect()
    }

    #[test]
    fn a_checksum_is_that_of_the_standard() {
        let of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(checksum("abc"), of_abc);
    }

    #[test]
    fn numbers_follow_each_other() {
        assert!(MIGRATIONS.iter().map(|migration| migration.version).eq(1..=known()));
    }

    #[test]
    fn both_databases_get_the_same_tables_columns_and_indexes() {
        for migration in MIGRATIONS {
            let sqlite = tables(migration.sqlite);
            assert!(!sqlite.is_empty());
            assert_eq!(sqlite, tables(migration.postgres));
            assert_eq!(added(migration.sqlite), added(migration.postgres));
            assert_eq!(indexes(migration.sqlite), indexes(migration.postgres));
        }
    }

    #[test]
    fn every_file_in_the_folders_is_used() {
        for folder in ["sqlite", "postgres"] {
            let path = format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR"));
            let mut files: Vec<_> =
                std::fs::read_dir(path).unwrap().map(|file| file.unwrap().file_name()).collect();
            files.sort();
            let expected: Vec<_> =
                MIGRATIONS.iter().map(|m| format!("{:04}_{}.sql", m.version, m.name).into()).collect();
            assert_eq!(files, expected as Vec<std::ffi::OsString>);
        }
    }
}
