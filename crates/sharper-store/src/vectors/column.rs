//! Where vectors lie: in a column of pgvector's own type where the database has that extension or lets us make it, else as
//! bytes that whoever searches holds in memory.
//!
//! The column is no part of the numbered migrations, because those must pass without the extension. It is made here, at each
//! start that may migrate, and nowhere else; vectors that were kept as bytes before move into it.

use uuid::Uuid;

use super::floats;
use crate::conn::{Conn, Dialect, Value, params};
use crate::engine::{Scope, scoping};
use crate::{Store, StoreError};

/// Where vectors are kept, and who finds the nearest of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VectorPlace {
    /// In pgvector, of this version: the database finds them.
    Database(String),
    /// In memory, because the server of the database does not have the extension.
    NotInstalled,
    /// In memory: the extension is there and was not used yet. A start that may migrate makes what is missing.
    NotUsed,
    /// In memory, as always with SQLite.
    Memory,
}

/// The installed version where the column is there, the one that could be installed, and whether there is a column.
const SEEN: &str = "SELECT \
    (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS installed, \
    (SELECT default_version FROM pg_available_extensions WHERE name = 'vector') AS available, \
    EXISTS (SELECT 1 FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
        WHERE c.relname = 'chunk_vectors' AND c.relnamespace = ANY \
            (SELECT oid FROM pg_namespace WHERE nspname = ANY (current_schemas(false))) \
        AND a.attname = 'near' AND NOT a.attisdropped) AS has_column";
/// No length: a model may be changed for one of another.
/// Making the extension takes a superuser where it is not marked as trusted; the column takes the owner of the table.
const MAKE: &str =
    "CREATE EXTENSION IF NOT EXISTS vector; ALTER TABLE chunk_vectors ADD COLUMN IF NOT EXISTS near vector";
const AS_BYTES: &str = "SELECT note_id, model, position, embedding FROM chunk_vectors \
    WHERE near IS NULL AND embedding IS NOT NULL LIMIT 500";
const MOVE: &str = "UPDATE chunk_vectors SET near = CAST(CAST($4 AS TEXT) AS vector), embedding = NULL \
    WHERE note_id = $1 AND model = $2 AND position = $3";
/// PostgreSQL's number for the lock that instances starting together pass through one by one.
const LOCK: i64 = 0x5368_6172_7065_7202;

/// Where vectors lie now.
pub(crate) fn place(conn: &mut Conn<'_>) -> Result<VectorPlace, StoreError> {
    if conn.dialect() == Dialect::Sqlite {
        return Ok(VectorPlace::Memory);
    }
    let seen = conn.query_one(SEEN, params![])?;
    let (installed, available): (Option<String>, Option<String>) =
        (seen.get("installed")?, seen.get("available")?);
    Ok(match (installed, available, seen.get("has_column")?) {
        (Some(version), _, true) => VectorPlace::Database(version),
        (None, None, _) => VectorPlace::NotInstalled,
        _ => VectorPlace::NotUsed,
    })
}

/// Makes the column where that is possible, and moves into it what was kept as bytes. Whether it is there then; why it is
/// not is told by the log and by the doctor, and nothing else fails of it.
pub(crate) fn prepare(conn: &mut Conn<'_>, may: bool) -> bool {
    match made(conn, may) {
        Ok(place) => matches!(place, VectorPlace::Database(_)),
        Err(error) => {
            tracing::info!(%error, "pgvector is not used; vectors are searched in memory (`doctor` says what to do)");
            false
        }
    }
}

fn made(conn: &mut Conn<'_>, may: bool) -> Result<VectorPlace, StoreError> {
    let found = place(conn)?;
    if !may || !matches!(found, VectorPlace::NotUsed | VectorPlace::Database(_)) {
        return Ok(found);
    }
    conn.script(&format!("BEGIN; {}; SELECT pg_advisory_xact_lock({LOCK})", scoping(&Scope::House)))?;
    let done = make(conn, found);
    let ended = conn.script(if done.is_ok() { "COMMIT" } else { "ROLLBACK" });
    done?;
    ended?;
    place(conn)
}

fn make(conn: &mut Conn<'_>, found: VectorPlace) -> Result<(), StoreError> {
    if found == VectorPlace::NotUsed {
        conn.script(MAKE)?;
    }
    loop {
        let rows = conn.query(AS_BYTES, params![])?;
        for row in &rows {
            let (note, model): (Uuid, String) = (row.get("note_id")?, row.get("model")?);
            let (position, bytes): (i64, Vec<u8>) = (row.get("position")?, row.get("embedding")?);
            let near = written(&floats(&bytes));
            conn.execute(MOVE, params![Value::Id(note), model, position, near])?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

/// A vector as pgvector reads it. Nothing for a vector of no numbers, which it does not know.
pub(super) fn written(vector: &[f32]) -> Option<String> {
    let numbers: Vec<String> = vector.iter().map(f32::to_string).collect();
    (!numbers.is_empty()).then(|| format!("[{}]", numbers.join(",")))
}

/// A vector as pgvector sends it: two bytes of dimensions, two that mean nothing, then the numbers, big-endian.
pub(super) fn received(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.get(4..).unwrap_or_default().as_chunks::<4>();
    numbers.iter().map(|number| f32::from_be_bytes(*number)).collect()
}

impl Store {
    /// Whether the database finds the nearest vectors by itself.
    pub fn finds_nearest(&self) -> bool {
        self.engine().finds_nearest()
    }
}
