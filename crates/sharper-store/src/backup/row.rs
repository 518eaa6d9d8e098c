//! A row as it stands in a backup: the same whichever database it comes from.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{BackupError, damaged};
use crate::conn::Value;
use crate::hex;
use crate::schema::{Column, Kind};

/// A row for the file.
pub(super) fn to_json(values: &[Value]) -> Json {
    values.iter().map(field).collect()
}

fn field(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Text(text) | Value::Json(text) => text.as_str().into(),
        Value::Int(n) => (*n).into(),
        // Written as text, so that no digit depends on who reads it.
        Value::Real(n) => json!({ "real": n.to_string() }),
        Value::Bool(b) => i64::from(*b).into(),
        Value::Bytes(bytes) => json!({ "hex": hex(bytes) }),
        Value::Time(at) => at.as_microsecond().into(),
        Value::Id(id) => id.to_string().into(),
    }
}

/// A row from the file, for these columns of either database.
pub(super) fn to_values(columns: &[Column], row: Vec<Json>) -> Result<Vec<Value>, BackupError> {
    if row.len() != columns.len() {
        return Err(damaged("a row has not as many fields as its table has columns"));
    }
    let fields = columns.iter().zip(row);
    fields
        .map(|(column, field)| {
            value(column.kind, field)
                .ok_or_else(|| damaged(format!("column {} holds something else", column.name)))
        })
        .collect()
}

fn value(kind: Kind, field: Json) -> Option<Value> {
    Some(match (kind, field) {
        (_, Json::Null) => Value::Null,
        (Kind::Text, Json::String(text)) => Value::Text(text),
        (Kind::Json, Json::String(text)) => Value::Json(text),
        (Kind::Id, Json::String(text)) => Value::Id(Uuid::parse_str(&text).ok()?),
        (Kind::Int, field) => Value::Int(field.as_i64()?),
        (Kind::Bool, field) => Value::Bool(field.as_i64()? != 0),
        (Kind::Real, field) => Value::Real(field["real"].as_str()?.parse().ok()?),
        (Kind::Bytes, field) => Value::Bytes(bytes(field["hex"].as_str()?)?),
        _ => return None,
    })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let halves = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<Vec<_>>>()?;
    let (pairs, []) = halves.as_chunks::<2>() else { return None };
    pairs.iter().map(|[high, low]| u8::try_from(high << 4 | low).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_comes_back_as_it_went() {
        let check = |kind, went: Value, stands: &str| {
            let column = Column { name: "c".into(), kind };
            let row = to_json(std::slice::from_ref(&went));
            assert_eq!(row.to_string(), stands);
            let Json::Array(row) = row else { panic!("a row is an array") };
            assert_eq!(to_values(&[column], row).unwrap(), [went]);
        };
        check(Kind::Text, Value::Text("\"\n\u{1F600}".into()), "[\"\\\"\\n\u{1F600}\"]");
        check(Kind::Json, Value::Json("{ \"a\":1}".into()), r#"["{ \"a\":1}"]"#);
        check(Kind::Int, Value::Int(i64::MIN), "[-9223372036854775808]");
        check(Kind::Real, Value::Real(0.1 + 0.2), r#"[{"real":"0.30000000000000004"}]"#);
        check(Kind::Real, Value::Real(f64::MAX), &format!("[{{\"real\":\"{}\"}}]", f64::MAX));
        check(Kind::Bool, Value::Bool(true), "[1]");
        check(Kind::Bytes, Value::Bytes(vec![0, 255]), r#"[{"hex":"00ff"}]"#);
        check(Kind::Id, Value::Id(Uuid::nil()), r#"["00000000-0000-0000-0000-000000000000"]"#);
        check(Kind::Text, Value::Null, "[null]");
    }

    #[test]
    fn what_cannot_be_in_a_column_is_refused() {
        for (kind, field) in [
            (Kind::Id, json!("no id")),
            (Kind::Int, json!("1")),
            (Kind::Int, json!(1.5)),
            (Kind::Bytes, json!({"hex": "0"})),
            (Kind::Bytes, json!({"hex": "zz"})),
            (Kind::Real, json!(1)),
            (Kind::Text, json!(1)),
        ] {
            let column = Column { name: "c".into(), kind };
            assert!(to_values(&[column], vec![field]).is_err());
        }
    }
}
