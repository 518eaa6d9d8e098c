//! Values that go into a statement, the same for both databases.

use serde::Serialize;
use sharper_domain::{
    Author, CardId, CardStyle, Difficulty, ExecutionId, FolderId, JobId, MaterialId, MemoryState, NoteId,
    QuestionId, QuestionKind, SessionId, SetId, Speaker, TaskKind, Timestamp, UserId,
};
use uuid::Uuid;

use crate::StoreError;

/// A parameter of a statement, or a field of a row.
///
/// | value | SQLite | PostgreSQL |
/// |---|---|---|
/// | `Text` | TEXT | text |
/// | `Int` | INTEGER | smallint, integer, bigint |
/// | `Real` | REAL | double precision |
/// | `Bool` | INTEGER 0 or 1 | boolean |
/// | `Bytes` | BLOB | bytea |
/// | `Json` | TEXT | json (not jsonb: the bytes stay as they were written) |
/// | `Time` | INTEGER, microseconds since 1970 UTC | bigint, the same |
/// | `Id` | TEXT, hyphenated | uuid |
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Text. U+0000, which PostgreSQL cannot keep, becomes U+FFFD on the way in.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Bool(bool),
    /// Bytes.
    Bytes(Vec<u8>),
    /// JSON, as it is written.
    Json(String),
    /// A moment, kept to the microsecond.
    Time(Timestamp),
    /// An id.
    Id(Uuid),
}

impl Value {
    /// `value` as JSON.
    ///
    /// # Errors
    /// `Internal` when it cannot be JSON (a map whose keys are no strings).
    pub fn json(value: &impl Serialize) -> Result<Self, StoreError> {
        serde_json::to_string(value).map(Value::Json).map_err(StoreError::internal)
    }
}

/// Text as it can be kept: without U+0000.
pub(crate) fn storable(text: &str) -> String {
    if text.as_bytes().contains(&0) { text.replace('\0', "\u{FFFD}") } else { text.to_owned() }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(storable(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::from(text.as_str())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.as_bytes().contains(&0) { Value::Text(storable(&text)) } else { Value::Text(text) }
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

macro_rules! from {
    ($($type:ty: $value:ident => $made:expr),* $(,)?) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $made
            }
        }
    )*};
}

from! {
    i64: n => Value::Int(n),
    i32: n => Value::Int(i64::from(n)),
    u32: n => Value::Int(i64::from(n)),
    u8: n => Value::Int(i64::from(n)),
    f64: n => Value::Real(n),
    bool: b => Value::Bool(b),
    Vec<u8>: bytes => Value::Bytes(bytes),
    Timestamp: at => Value::Time(at),
    Uuid: id => Value::Id(id),
    NoteId: id => Value::Id(id.0),
    FolderId: id => Value::Id(id.0),
    SetId: id => Value::Id(id.0),
    CardId: id => Value::Id(id.0),
    JobId: id => Value::Id(id.0),
    ExecutionId: id => Value::Id(id.0),
    MaterialId: id => Value::Id(id.0),
    QuestionId: id => Value::Id(id.0),
    &UserId: id => Value::Text(id.as_str().to_owned()),
    &SessionId: id => Value::Text(id.as_str().to_owned()),
    TaskKind: kind => Value::Text(kind.as_str().to_owned()),
    Difficulty: level => Value::Text(level.as_str().to_owned()),
    CardStyle: style => Value::Text(style.as_str().to_owned()),
    MemoryState: state => Value::Text(state.as_str().to_owned()),
    Author: author => Value::Text(author.as_str().to_owned()),
    QuestionKind: kind => Value::Text(kind.as_str().to_owned()),
    Speaker: speaker => Value::Text(speaker.as_str().to_owned()),
}

/// The parameters of a statement, `$1` first: `params![user, id]`.
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::conn::Value::from($value)),*]
    };
}
pub(crate) use params;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_loses_the_one_character_that_cannot_be_kept() {
        assert_eq!(Value::from("a\0b"), Value::Text("a\u{FFFD}b".into()));
        assert_eq!(Value::from(String::from("a\0")), Value::Text("a\u{FFFD}".into()));
    }
}
