//! Vectors of passages: which notes wait for theirs, who is at work on them, and keeping what was made.
//!
//! A note waits while `embedded_version < version`. An instance claims it for a while (`embedding_until`), asks the model
//! outside of any transaction, and keeps the vectors only if the note is still of the version that they were made of.
//! Where they lie is told in `column`, how the nearest are found in a database that can do so in `nearest`.

pub(crate) mod column;
mod nearest;

use std::collections::HashMap;

use sharper_domain::{NoteId, Span, Timestamp, UserId};

pub use self::column::VectorPlace;
pub use self::nearest::{Asked, NearPassage, Nearest};
use crate::conn::{Conn, Row, Sql, Value, locking, params};
use crate::{Durability, Store, StoreError, revisions};

/// The vector of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct ChunkVector {
    /// The passage's bytes in its note.
    pub span: Span,
    /// SHA-256 of the words that were embedded.
    pub hash: String,
    /// Of length 1.
    pub embedding: Vec<f32>,
}

/// The vectors of a note, in the order of its passages.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteVectors {
    /// The version of the note that they are of.
    pub version: i32,
    /// The model that made them.
    pub model: String,
    /// The passages.
    pub chunks: Vec<ChunkVector>,
}

/// A note that waits for vectors, claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub id: NoteId,
    /// Whose.
    pub user: UserId,
    /// Its version.
    pub version: i32,
    /// Its text.
    pub content: String,
}

const OTHER_MODEL: &str =
    "UPDATE notes SET embedded_version = 0 WHERE embedded_version > 0 AND embedded_with <> $1";
const CLAIM: Sql = Sql::each(
    "UPDATE notes SET embedding_until = $2 WHERE id IN (SELECT id FROM notes WHERE deleted_at IS NULL \
     AND embedded_version < version AND (embedding_until IS NULL OR embedding_until <= $1) \
     ORDER BY updated_at LIMIT $3) RETURNING id, user_id, version, content",
    "UPDATE notes SET embedding_until = $2 WHERE id IN (SELECT id FROM notes WHERE deleted_at IS NULL \
     AND embedded_version < version AND (embedding_until IS NULL OR embedding_until <= $1) \
     ORDER BY updated_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING id, user_id, version, content",
);
const PUT_OFF: &str = "UPDATE notes SET embedding_until = $3 WHERE user_id = $1 AND id = $2";
const STILL: Sql = locking!(
    "SELECT version FROM notes WHERE user_id = $1 AND id = $2 AND version = $3 AND deleted_at IS NULL",
    "FOR UPDATE"
);
const DROP: &str = "DELETE FROM chunk_vectors WHERE user_id = $1 AND note_id = $2";
const INSERT: &str = "INSERT INTO chunk_vectors \
    (user_id, note_id, model, position, note_version, span_start, span_end, hash, embedding) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const INSERT_IN_COLUMN: &str = "INSERT INTO chunk_vectors \
    (user_id, note_id, model, position, note_version, span_start, span_end, hash, near) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CAST(CAST($9 AS TEXT) AS vector))";
const DONE: &str = "UPDATE notes SET embedded_version = $3, embedded_with = $4, embedding_until = NULL \
    WHERE user_id = $1 AND id = $2";
const OF: Sql = Sql::each(
    "SELECT note_id, note_version, span_start, span_end, hash, embedding FROM chunk_vectors \
     WHERE user_id = $1 AND model = $2 AND note_id IN (SELECT value FROM json_each($3)) ORDER BY note_id, position",
    "SELECT note_id, note_version, span_start, span_end, hash, embedding FROM chunk_vectors WHERE user_id = $1 AND model = $2 \
     AND note_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($3 AS JSON))) ORDER BY note_id, position",
);
/// As they are sent, the numbers of a vector are its last bytes, the first of each first.
const OF_COLUMN: &str = "SELECT note_id, note_version, span_start, span_end, hash, embedding, vector_send(near) AS near \
    FROM chunk_vectors WHERE user_id = $1 AND model = $2 \
    AND note_id IN (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST($3 AS JSON))) ORDER BY note_id, position";
const WAITING: &str =
    "SELECT count(*) AS notes FROM notes WHERE deleted_at IS NULL AND embedded_version < version";

/// The bytes of a vector: 32-bit floats, little-endian.
fn bytes(embedding: &[f32]) -> Vec<u8> {
    embedding.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|number| f32::from_le_bytes(*number)).collect()
}

fn chunk(row: &Row, in_column: bool) -> Result<ChunkVector, StoreError> {
    let span = Span { start: row.get("span_start")?, end: row.get("span_end")? };
    let bytes: Option<Vec<u8>> = row.get("embedding")?;
    let sent: Option<Vec<u8>> = if in_column { row.get("near")? } else { None };
    let embedding = match (sent, bytes) {
        (Some(sent), _) => column::received(&sent),
        (None, bytes) => floats(&bytes.unwrap_or_default()),
    };
    Ok(ChunkVector { span, hash: row.get("hash")?, embedding })
}

fn keep(
    conn: &mut Conn<'_>,
    user: &UserId,
    note: NoteId,
    new: &NoteVectors,
    in_column: bool,
) -> Result<bool, StoreError> {
    if conn.query_opt(STILL, params![user, note, new.version])?.is_none() {
        return Ok(false);
    }
    conn.execute(DROP, params![user, note])?;
    for (position, chunk) in (0_u32..).zip(&new.chunks) {
        let (start, end) = (chunk.span.start as i64, chunk.span.end as i64);
        let (model, hash) = (new.model.as_str(), chunk.hash.as_str());
        if in_column {
            let near = column::written(&chunk.embedding);
            let values = params![user, note, model, position, new.version, start, end, hash, near];
            conn.execute(INSERT_IN_COLUMN, values)?;
        } else {
            let bytes = bytes(&chunk.embedding);
            conn.execute(INSERT, params![user, note, model, position, new.version, start, end, hash, bytes])?;
        }
    }
    conn.execute(DONE, params![user, note, new.version, new.model.as_str()])?;
    // What searches find changes with it.
    revisions::raise_library(conn, user)?;
    Ok(true)
}

impl Store {
    /// Has every note that another model embedded wait again. Answers how many.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn embed_with(&self, model: String) -> Result<u64, StoreError> {
        self.house().write(Durability::Relaxed, move |conn| conn.execute(OTHER_MODEL, params![model])).await
    }

    /// How many notes wait for vectors.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn waiting_for_vectors(&self) -> Result<u64, StoreError> {
        self.house().read(|conn| conn.query_one(WAITING, params![])?.get("notes")).await
    }

    /// Claims notes that wait for vectors until a moment, those that wait longest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn claim_unembedded(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Waiting>, StoreError> {
        let read = |row: &Row| {
            let (id, user) = (row.get("id")?, row.get("user_id")?);
            Ok(Waiting { id, user, version: row.get("version")?, content: row.get("content")? })
        };
        self.house()
            .write(Durability::Relaxed, move |conn| {
                conn.query(CLAIM, params![now, until, limit])?.iter().map(read).collect()
            })
            .await
    }

    /// Has a note wait until a moment before anybody claims it.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn put_off_embedding(
        &self,
        user: UserId,
        note: NoteId,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Relaxed, move |conn| {
                conn.execute(PUT_OFF, params![&user, note, until]).map(drop)
            })
            .await
    }

    /// Keeps the vectors of a note in the place of those that it had. False, and nothing is kept, where the note has
    /// another version by now or is gone.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn keep_vectors(
        &self,
        user: UserId,
        note: NoteId,
        new: NoteVectors,
    ) -> Result<bool, StoreError> {
        let in_column = self.finds_nearest();
        self.of(&user).write(Durability::Relaxed, move |conn| keep(conn, &user, note, &new, in_column)).await
    }

    /// The vectors that a model made of these notes of the user's.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn vectors(
        &self,
        user: UserId,
        model: String,
        notes: Vec<NoteId>,
    ) -> Result<HashMap<NoteId, NoteVectors>, StoreError> {
        let in_column = self.finds_nearest();
        let statement = if in_column { OF_COLUMN.into() } else { OF };
        self.of(&user)
            .read(move |conn| {
                let rows = conn.query(statement, params![&user, model.as_str(), Value::json(&notes)?])?;
                let mut found: HashMap<NoteId, NoteVectors> = HashMap::new();
                for row in &rows {
                    let version = row.get("note_version")?;
                    let new = || NoteVectors { version, model: model.clone(), chunks: Vec::new() };
                    found.entry(row.get("note_id")?).or_insert_with(new).chunks.push(chunk(row, in_column)?);
                }
                Ok(found)
            })
            .await
    }
}
