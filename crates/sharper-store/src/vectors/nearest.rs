//! The nearest vectors, found by the database: an exact scan over one user's own, with pgvector's cosine distance.
//!
//! There is no approximate index: it would be over all users' vectors and be filtered to one user's afterwards, which
//! loses recall; and of no fixed length, which such an index must have.

use sharper_domain::{NoteId, UserId};

use super::column::written;
use crate::conn::{Conn, Row, Value, params};
use crate::{Store, StoreError};

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// The model whose vectors are meant.
    pub model: String,
    /// The vector; those of another length are not looked at.
    pub vector: Vec<f32>,
    /// Only in these notes; empty means all.
    pub notes: Vec<NoteId>,
    /// How many of the nearest.
    pub most: u32,
    /// Passages whose nearness is wanted also where they are not among the nearest: note and position in it.
    pub also: Vec<(NoteId, usize)>,
}

/// A passage, and how near it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearPassage {
    /// The note that it is of,
    pub note: NoteId,
    /// in this version.
    pub version: i32,
    /// Which of the note's passages, from 0.
    pub place: usize,
    /// The cosine of the angle between its vector and the one asked for.
    pub cosine: f32,
}

/// What is near.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Nearest {
    /// The passages, nearest first.
    pub passages: Vec<NearPassage>,
    /// The mean cosine of all that were looked at,
    pub mean: f32,
    /// and its standard deviation.
    pub deviation: f32,
}

/// Only vectors of notes as they stand: none of the bin, none of an older version. The position of the passage decides
/// between two that are alike, so that the same question finds the same. A vector of zeros is near to nothing.
const NEAREST: &str = "WITH asked AS MATERIALIZED (SELECT CAST(CAST($3 AS TEXT) AS vector) AS vector), \
    cosines AS MATERIALIZED ( \
        SELECT c.note_id, c.note_version, c.position, coalesce(nullif(1 - (c.near <=> asked.vector), 'NaN'), 0) AS cosine \
        FROM asked, chunk_vectors c JOIN notes n ON n.id = c.note_id AND n.version = c.note_version \
        WHERE c.user_id = $1 AND c.model = $2 AND n.user_id = $1 AND n.deleted_at IS NULL \
            AND vector_dims(c.near) = vector_dims(asked.vector) \
            AND (CAST($4 AS TEXT) IS NULL OR c.note_id IN \
                (SELECT CAST(value AS UUID) FROM json_array_elements_text(CAST(CAST($4 AS TEXT) AS JSON))))), \
    nearest AS (SELECT note_id, position FROM cosines ORDER BY cosine DESC, note_id, position LIMIT $5), \
    wanted AS (SELECT note_id, position FROM nearest UNION \
        SELECT CAST(value->>0 AS UUID), CAST(value->>1 AS INTEGER) FROM json_array_elements(CAST($6 AS JSON))) \
    SELECT c.note_id, c.note_version, c.position, c.cosine, \
        (SELECT avg(cosine) FROM cosines) AS mean, (SELECT stddev_pop(cosine) FROM cosines) AS deviation \
    FROM cosines c JOIN wanted w ON w.note_id = c.note_id AND w.position = c.position \
    ORDER BY c.cosine DESC, c.note_id, c.position";
const MEAN: &str = "SELECT vector_send(avg(c.near)) AS mean FROM chunk_vectors c \
    JOIN notes n ON n.id = c.note_id AND n.version = c.note_version \
    WHERE c.user_id = $1 AND c.model = $2 AND c.note_id = $3 AND n.deleted_at IS NULL";

fn near(row: &Row) -> Result<NearPassage, StoreError> {
    let cosine: f64 = row.get("cosine")?;
    let (note, version) = (row.get("note_id")?, row.get("note_version")?);
    Ok(NearPassage { note, version, place: row.get("position")?, cosine: cosine as f32 })
}

fn nearest(conn: &mut Conn<'_>, user: &UserId, asked: &Asked) -> Result<Nearest, StoreError> {
    let Some(vector) = written(&asked.vector) else { return Ok(Nearest::default()) };
    let notes = if asked.notes.is_empty() { Value::Null } else { Value::json(&asked.notes)? };
    let also = Value::json(&asked.also)?;
    let values = params![user, asked.model.as_str(), vector, notes, asked.most, also];
    let rows = conn.query(NEAREST, values)?;
    let Some(first) = rows.first() else { return Ok(Nearest::default()) };
    let (mean, deviation): (f64, f64) = (first.get("mean")?, first.get("deviation")?);
    let passages = rows.iter().map(near).collect::<Result<_, _>>()?;
    Ok(Nearest { passages, mean: mean as f32, deviation: deviation as f32 })
}

impl Store {
    /// The user's passages whose vectors are nearest to one. Only where `finds_nearest`.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn nearest(&self, user: UserId, asked: Asked) -> Result<Nearest, StoreError> {
        self.of(&user).read(move |conn| nearest(conn, &user, &asked)).await
    }

    /// The mean of the vectors of one of the user's notes; `None` where it has none. Only where `finds_nearest`.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn mean_vector(
        &self,
        user: UserId,
        model: String,
        note: NoteId,
    ) -> Result<Option<Vec<f32>>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let mean: Option<Vec<u8>> = conn.query_one(MEAN, params![&user, model, note])?.get("mean")?;
                Ok(mean.map(|mean| super::column::received(&mean)))
            })
            .await
    }
}
