//! Statements on SQLite: prepared once, bound by the number after the `$`.

use std::sync::Arc;

use rusqlite::types::{ToSql, ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{CachedStatement, Connection};

use super::{Row, Value};
use crate::StoreError;

pub(super) fn query(connection: &Connection, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
    let mut statement = prepared(connection, sql, params)?;
    let columns: Arc<[Box<str>]> = statement.column_names().map(Box::from).collect();
    let mut answer = Vec::new();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        let values =
            (0..columns.len()).map(|place| row.get_ref(place).map(field)).collect::<Result<_, _>>()?;
        answer.push(Row::new(Arc::clone(&columns), values));
    }
    Ok(answer)
}

pub(super) fn execute(connection: &Connection, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
    Ok(prepared(connection, sql, params)?.raw_execute()? as u64)
}

/// The statement with its parameters. SQLite takes `$2` for a name and numbers names as they appear, so each
/// is bound by the number in its name.
fn prepared<'c>(
    connection: &'c Connection,
    sql: &str,
    params: &[Value],
) -> Result<CachedStatement<'c>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    for index in 1..=statement.parameter_count() {
        let number =
            statement.parameter_name(index).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let value = number.and_then(|number| params.get(number.checked_sub(1)?));
        let value =
            value.ok_or_else(|| StoreError::internal("a statement has a parameter without a value"))?;
        statement.raw_bind_parameter(index, value)?;
    }
    Ok(statement)
}

fn field(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(n) => Value::Real(n),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Text(text) | Value::Json(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Int(n) => ToSqlOutput::Borrowed(ValueRef::Integer(*n)),
            Value::Real(n) => ToSqlOutput::Borrowed(ValueRef::Real(*n)),
            Value::Bool(b) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*b))),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Value::Time(at) => ToSqlOutput::Borrowed(ValueRef::Integer(at.as_microsecond())),
            Value::Id(id) => ToSqlOutput::Owned(Owned::Text(id.to_string())),
        })
    }
}
