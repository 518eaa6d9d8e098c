//! Taking everything of mine along: one JSON document, a page of rows at a time.

use std::fmt::Write;

use sharper_domain::{Timestamp, UserId};

use super::{Holding, holdings};
use crate::conn::Value;
use crate::page::{PAGE, Page};
use crate::schema::{Column, Kind, Table};
use crate::{Store, StoreError};

/// Everything of a user's as one JSON document that comes in pieces: `next` until there is none.
///
/// `{"format": "study-sharper-export", "version": 1, "user_id": …, "made_at": …, "tables": {"notes": [{…}, …], …}}`.
/// Times are as RFC 3339 writes them. Hashes of what one signs in with are left out. No more than a page of rows is
/// in memory, and none is held while nobody asks: what changes meanwhile stands in it as it was when its page was read.
pub struct Export {
    store: Store,
    user: UserId,
    head: Option<String>,
    left: std::vec::IntoIter<(Table, &'static Holding)>,
    table: Option<(Table, &'static Holding)>,
    /// The key of the last row that was handed out.
    last: Option<Vec<Value>>,
    ended: bool,
}

impl Store {
    /// Everything of the user's, to be handed to them.
    pub fn export_user(&self, user: UserId, now: Timestamp) -> Export {
        let head = format!(
            "{{\n\"format\": \"study-sharper-export\",\n\"version\": 1,\n\"user_id\": {},\n\"made_at\": {},\n\"tables\": {{",
            quoted(user.as_str()),
            quoted(&now.to_string()),
        );
        let left = holdings().into_iter();
        Export { store: self.clone(), user, head: Some(head), left, table: None, last: None, ended: false }
    }
}

impl Export {
    /// The next piece of the document; `None` after the last.
    ///
    /// # Errors
    /// Only the store's own. The document is not whole then.
    pub async fn next(&mut self) -> Result<Option<String>, StoreError> {
        if self.ended {
            return Ok(None);
        }
        if let Some(head) = self.head.take() {
            let first = self.begin_table(head);
            return Ok(Some(first));
        }
        let Some((table, holding)) = self.table.clone() else {
            self.ended = true;
            return Ok(Some("\n}\n}\n".to_owned()));
        };
        let page = Page::of(&table).only(holding.condition());
        let (user, last) = (self.user.clone(), self.last.clone());
        let rows =
            self.store.of(&self.user).read(move |conn| page.read(conn, &[(&user).into()], last)).await?;
        let mut piece = String::new();
        for row in &rows {
            let comma = if self.last.is_some() { "," } else { "" };
            let _ = write!(piece, "{comma}\n{}", object(&table.columns, holding.secret, row.values()));
            self.last = Some(Page::key(&table, row)?);
        }
        if rows.len() < PAGE {
            let end = format!("{piece}\n]");
            return Ok(Some(self.begin_table(end)));
        }
        Ok(Some(piece))
    }

    /// Goes on to the next table, and says so after what has been said.
    fn begin_table(&mut self, mut said: String) -> String {
        let first = self.table.is_none();
        self.table = self.left.next();
        self.last = None;
        if let Some((table, _)) = &self.table {
            let comma = if first { "" } else { "," };
            let _ = write!(said, "{comma}\n{}: [", quoted(&table.name));
        }
        said
    }
}

/// A row as a JSON object in one line.
fn object(columns: &[Column], secret: &[&str], values: &[Value]) -> String {
    let fields = columns.iter().zip(values).filter(|(column, _)| !secret.contains(&column.name.as_str()));
    let fields = fields.map(|(column, value)| format!("{}: {}", quoted(&column.name), json(column, value)));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
}

fn json(column: &Column, value: &Value) -> String {
    match (column.kind, value) {
        (_, Value::Null) => "null".to_owned(),
        (Kind::Bool, Value::Int(n)) => (*n != 0).to_string(),
        (Kind::Json, Value::Text(text) | Value::Json(text)) if is_json(text) => text.clone(),
        (Kind::Int, Value::Int(n)) if is_time(&column.name) => Timestamp::from_microsecond(*n)
            .map_or_else(|_| n.to_string(), |moment| quoted(&moment.to_string())),
        (_, Value::Int(n)) => n.to_string(),
        (_, Value::Real(n)) => n.to_string(),
        (_, Value::Bool(b)) => b.to_string(),
        (_, Value::Id(id)) => quoted(&id.to_string()),
        (_, Value::Text(text) | Value::Json(text)) => quoted(text),
        (_, Value::Time(at)) => quoted(&at.to_string()),
        (_, Value::Bytes(bytes)) => quoted(&crate::hex(bytes)),
    }
}

/// Whether a column of whole numbers holds moments: all those that do are called so.
fn is_time(name: &str) -> bool {
    name.ends_with("_at") || matches!(name, "at" | "lease_until" | "run_after")
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_in_the_words_of_json() {
        let check = |name: &str, kind, value, expected: &str| {
            let column = Column { name: name.to_owned(), kind };
            assert_eq!(object(&[column], &["token_hash"], &[value]), expected);
        };
        check("title", Kind::Text, Value::Text("\"a\"\n".into()), r#"{"title": "\"a\"\n"}"#);
        check("created_at", Kind::Int, Value::Int(1_000_000), r#"{"created_at": "1970-01-01T00:00:01Z"}"#);
        check("took_ms", Kind::Int, Value::Int(5), r#"{"took_ms": 5}"#);
        check("cached", Kind::Bool, Value::Int(1), r#"{"cached": true}"#);
        check("cached", Kind::Bool, Value::Bool(false), r#"{"cached": false}"#);
        check("days", Kind::Json, Value::Text(r#"[{"a": 1}]"#.into()), r#"{"days": [{"a": 1}]}"#);
        check("days", Kind::Json, Value::Text("no json".into()), r#"{"days": "no json"}"#);
        check("note_id", Kind::Id, Value::Null, r#"{"note_id": null}"#);
        check("token_hash", Kind::Text, Value::Text("secret".into()), "{}");
    }
}
