//! Statements on PostgreSQL: prepared once a connection, parameters written as the type the server wants.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut};
use postgres::{Client, Statement};
use uuid::Uuid;

use super::{Row, Value};
use crate::StoreError;

type Failure = Box<dyn Error + Sync + Send>;

/// A connection with the statements that were prepared on it.
pub(crate) struct Session {
    client: Client,
    statements: HashMap<Box<str>, Statement>,
}

impl Session {
    pub(crate) fn new(client: Client) -> Self {
        Self { client, statements: HashMap::new() }
    }

    /// Whether the connection is known to be gone.
    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    pub(crate) fn script(&mut self, text: &str) -> Result<(), StoreError> {
        Ok(self.client.batch_execute(text)?)
    }

    pub(super) fn query(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepared(sql)?;
        let columns: Arc<[Box<str>]> =
            statement.columns().iter().map(|column| Box::from(column.name())).collect();
        let rows = self.client.query(&statement, &references(params))?;
        rows.iter()
            .map(|row| {
                let values = (0..columns.len()).map(|place| Ok(row.try_get::<_, Field>(place)?.0));
                let values: Result<_, postgres::Error> = values.collect();
                Ok(Row::new(Arc::clone(&columns), values?))
            })
            .collect()
    }

    pub(super) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql)?;
        Ok(self.client.execute(&statement, &references(params))?)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql)?;
        self.statements.insert(sql.into(), statement.clone());
        Ok(statement)
    }
}

fn references(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

impl ToSql for Value {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match (self, wanted) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(n), &Type::INT2) => i16::try_from(*n)?.to_sql(wanted, out),
            (Value::Int(n), &Type::INT4) => i32::try_from(*n)?.to_sql(wanted, out),
            (Value::Int(n), &Type::INT8) => n.to_sql(wanted, out),
            (Value::Real(n), &Type::FLOAT8) => n.to_sql(wanted, out),
            (Value::Bool(b), &Type::BOOL) => b.to_sql(wanted, out),
            (Value::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(wanted, out),
            (Value::Text(text), &Type::TEXT | &Type::VARCHAR) => text.to_sql(wanted, out),
            (Value::Json(text), &Type::JSON | &Type::TEXT) => text.as_str().to_sql(&Type::TEXT, out),
            (Value::Time(at), &Type::INT8) => at.as_microsecond().to_sql(wanted, out),
            (Value::Id(id), &Type::UUID) => {
                out.extend_from_slice(id.as_bytes());
                Ok(IsNull::No)
            }
            _ => Err(format!("{wanted} is wanted where {} is given", self.kind()).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}

impl Value {
    /// What it is, without what it holds.
    fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Text(_) => "text",
            Value::Int(_) => "a whole number",
            Value::Real(_) => "a number",
            Value::Bool(_) => "a truth value",
            Value::Bytes(_) => "bytes",
            Value::Json(_) => "JSON",
            Value::Time(_) => "a time",
            Value::Id(_) => "an id",
        }
    }
}

/// A field as it comes.
struct Field(Value);

impl<'a> FromSql<'a> for Field {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(Field(match *kind {
            Type::INT2 => Value::Int(i64::from(i16::from_sql(kind, raw)?)),
            Type::INT4 => Value::Int(i64::from(i32::from_sql(kind, raw)?)),
            Type::INT8 => Value::Int(i64::from_sql(kind, raw)?),
            Type::FLOAT8 => Value::Real(f64::from_sql(kind, raw)?),
            Type::BOOL => Value::Bool(bool::from_sql(kind, raw)?),
            Type::BYTEA => Value::Bytes(raw.to_vec()),
            Type::TEXT | Type::VARCHAR | Type::NAME => Value::Text(String::from_sql(kind, raw)?),
            Type::JSON => Value::Json(String::from_sql(&Type::TEXT, raw)?),
            Type::UUID => Value::Id(Uuid::from_slice(raw)?),
            _ => return Err(format!("a column of type {kind} is not read here").into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Field(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}
