//! Reading a table of any kind page by page, in the order of its key.

use crate::conn::{Conn, Row, Value};
use crate::schema::Table;
use crate::{StoreError, schema};

/// Rows of a page. A note may be a megabyte, so it is not many.
pub(crate) const PAGE: usize = 64;

/// The statement that reads the next page of a table.
pub(crate) struct Page {
    columns: String,
    table: String,
    key: Vec<String>,
    condition: Option<String>,
}

impl Page {
    /// Pages of all rows of a table.
    pub(crate) fn of(table: &schema::Table) -> Self {
        Self { columns: table.names(), table: table.name.clone(), key: table.key.clone(), condition: None }
    }

    /// Only of the rows for which this is so.
    pub(crate) fn only(self, condition: String) -> Self {
        Self { condition: Some(condition), ..self }
    }

    /// The rows that come after the one with the key `last`; without one, the first. `params` are the condition's.
    pub(crate) fn read(
        &self,
        conn: &mut Conn<'_>,
        params: &[Value],
        last: Option<Vec<Value>>,
    ) -> Result<Vec<Row>, StoreError> {
        let mut conditions: Vec<String> = self.condition.iter().cloned().collect();
        let key = self.key.join(", ");
        if last.is_some() {
            let numbers = (1..=self.key.len()).map(|place| format!("${}", params.len() + place));
            conditions.push(format!("({key}) > ({})", numbers.collect::<Vec<_>>().join(", ")));
        }
        let only = if conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", conditions.join(" AND "))
        };
        let text = format!("SELECT {} FROM {}{only} ORDER BY {key} LIMIT {PAGE}", self.columns, self.table);
        let values: Vec<Value> = params.iter().cloned().chain(last.unwrap_or_default()).collect();
        conn.query_made(&text, &values)
    }

    /// The key of a row that was read.
    pub(crate) fn key(table: &Table, row: &Row) -> Result<Vec<Value>, StoreError> {
        table.key.iter().map(|column| row.value(column).cloned()).collect()
    }
}
