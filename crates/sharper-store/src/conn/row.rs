//! Rows that come back, read by column name into the type that is wanted.

use std::str::FromStr;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use sharper_domain::{
    Author, CardId, CardStyle, Difficulty, ExecutionId, FolderId, JobId, MaterialId, MemoryState, NoteId,
    QuestionId, QuestionKind, SessionId, SetId, Speaker, TaskKind, Timestamp, UserId,
};
use uuid::Uuid;

use super::Value;
use crate::StoreError;

/// One row of an answer.
#[derive(Debug, Clone)]
pub struct Row {
    columns: Arc<[Box<str>]>,
    values: Vec<Value>,
}

impl Row {
    pub(crate) fn new(columns: Arc<[Box<str>]>, values: Vec<Value>) -> Self {
        Self { columns, values }
    }

    /// The field of this column.
    ///
    /// # Errors
    /// `Corrupt` when what is stored cannot be a `T`; `Internal` when the row has no such column.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, StoreError> {
        let value = self.value(column)?;
        T::from_value(value).ok_or_else(|| {
            let wanted = std::any::type_name::<T>();
            StoreError::corrupt(format!("column {column} holds no {wanted}"))
        })
    }

    /// The JSON of this column.
    ///
    /// # Errors
    /// As for `get`.
    pub fn json<T: DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        self.json_opt(column)?.ok_or_else(|| StoreError::corrupt(format!("column {column} is null")))
    }

    /// The JSON of this column, or `None` for NULL.
    ///
    /// # Errors
    /// As for `get`.
    pub fn json_opt<T: DeserializeOwned>(&self, column: &str) -> Result<Option<T>, StoreError> {
        match self.value(column)? {
            Value::Null => Ok(None),
            Value::Text(text) | Value::Json(text) => serde_json::from_str(text)
                .map(Some)
                .map_err(|error| StoreError::corrupt(format!("column {column} holds other JSON: {error}"))),
            _ => Err(StoreError::corrupt(format!("column {column} holds no JSON"))),
        }
    }

    /// Its fields, in the order of the statement's columns.
    pub(crate) fn values(&self) -> &[Value] {
        &self.values
    }

    pub(crate) fn value(&self, column: &str) -> Result<&Value, StoreError> {
        let place = self.columns.iter().position(|name| &**name == column);
        place
            .and_then(|place| self.values.get(place))
            .ok_or_else(|| StoreError::internal(format!("the row has no column {column}")))
    }
}

/// A type that a field can be read as.
pub trait FromValue: Sized {
    /// The value as this type, or `None` where it cannot be one.
    fn from_value(value: &Value) -> Option<Self>;
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) | Value::Json(text) => Some(text.clone()),
            _ => None,
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }
}

impl FromValue for f64 {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Real(n) => Some(*n),
            Value::Int(n) => Some(*n as f64),
            _ => None,
        }
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(b) => Some(*b),
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }
}

impl FromValue for Uuid {
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Id(id) => Some(*id),
            Value::Text(text) => Uuid::parse_str(text).ok(),
            _ => None,
        }
    }
}

impl FromValue for Timestamp {
    fn from_value(value: &Value) -> Option<Self> {
        Timestamp::from_microsecond(i64::from_value(value)?).ok()
    }
}

macro_rules! whole_numbers {
    ($($type:ty),*) => {$(
        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                <$type>::try_from(i64::from_value(value)?).ok()
            }
        }
    )*};
}

macro_rules! ids {
    ($($type:ident),*) => {$(
        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                Uuid::from_value(value).map($type)
            }
        }
    )*};
}

macro_rules! words {
    ($($type:ty),*) => {$(
        impl FromValue for $type {
            fn from_value(value: &Value) -> Option<Self> {
                match value {
                    Value::Text(word) => <$type>::from_str(word).ok(),
                    _ => None,
                }
            }
        }
    )*};
}

whole_numbers!(i32, u32, u64, u8, usize);
ids!(NoteId, FolderId, SetId, CardId, JobId, ExecutionId, MaterialId, QuestionId);
words!(UserId, SessionId, TaskKind, Difficulty, QuestionKind);

impl FromValue for Author {
    fn from_value(value: &Value) -> Option<Self> {
        [Author::Offline, Author::Model, Author::Person]
            .into_iter()
            .find(|author| matches!(value, Value::Text(word) if word == author.as_str()))
    }
}

impl FromValue for CardStyle {
    fn from_value(value: &Value) -> Option<Self> {
        CardStyle::ALL.into_iter().find(|style| matches!(value, Value::Text(word) if word == style.as_str()))
    }
}

impl FromValue for MemoryState {
    fn from_value(value: &Value) -> Option<Self> {
        MemoryState::ALL
            .into_iter()
            .find(|state| matches!(value, Value::Text(word) if word == state.as_str()))
    }
}

impl FromValue for Speaker {
    fn from_value(value: &Value) -> Option<Self> {
        [Speaker::User, Speaker::Assistant]
            .into_iter()
            .find(|speaker| matches!(value, Value::Text(word) if word == speaker.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_is_something_else_says_so() {
        let row = Row::new(Arc::from([Box::from("n")]), vec![Value::Text("seven".into())]);
        assert!(matches!(row.get::<i64>("n"), Err(StoreError::Corrupt(_))));
        assert!(matches!(row.get::<i64>("m"), Err(StoreError::Internal(_))));
        assert_eq!(row.get::<String>("n").unwrap(), "seven");
    }
}
