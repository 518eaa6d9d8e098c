//! What the house made up for itself, and every instance must know: the key that signs stream tickets, for one.

use sharper_domain::Timestamp;

use crate::conn::{Conn, params};
use crate::{Durability, Store, StoreError};

const KEEP: &str =
    "INSERT INTO secrets (name, value, created_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING";
const FIND: &str = "SELECT value FROM secrets WHERE name = $1";

/// Keeps `value` under this name if there is nothing yet. Answers whether it was kept: of many who try at once, one is
/// told so.
///
/// # Errors
/// Only the store's own.
pub fn keep_first(
    conn: &mut Conn<'_>,
    name: &'static str,
    value: Vec<u8>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(conn.execute(KEEP, params![name, value, now])? == 1)
}

impl Store {
    /// The value of this name, the same for every instance: `fresh` if there was none.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn shared_secret(
        &self,
        name: &'static str,
        fresh: Vec<u8>,
        now: Timestamp,
    ) -> Result<Vec<u8>, StoreError> {
        self.house()
            .write(Durability::Synced, move |conn| {
                keep_first(conn, name, fresh, now)?;
                conn.query_one(FIND, params![name])?.get("value")
            })
            .await
    }
}
