//! What was done with an administrator's rights, and by whom.

use sharper_domain::Timestamp;
use uuid::Uuid;

use crate::conn::{Row, params};
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// One use of an administrator's rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdminAct {
    /// Who: an account's id, or the first characters of a token's SHA-256.
    pub actor: String,
    /// What: method and route.
    pub action: String,
    /// Whom or what it was about, if it was about one.
    pub about: Option<String>,
    /// The request.
    pub request_id: String,
    /// The HTTP status that was answered.
    pub status: u16,
    /// When.
    pub at: Timestamp,
}

const INSERT: &str = "INSERT INTO admin_log (id, actor, action, about, request_id, status, at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const LIST: &str =
    "SELECT actor, action, about, request_id, status, at FROM admin_log ORDER BY at DESC LIMIT $1";

impl Store {
    /// Records a use of an administrator's rights. Answers its id.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn log_admin_act(&self, act: AdminAct) -> Result<Uuid, StoreError> {
        self.house()
            .write(Durability::Relaxed, move |conn| {
                let id = fresh_id(act.at);
                let AdminAct { actor, action, about, request_id, status, at } = act;
                conn.execute(INSERT, params![id, actor, action, about, request_id, u32::from(status), at])?;
                Ok(id)
            })
            .await
    }

    /// The last uses of administrators' rights, the newest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn admin_acts(&self, limit: u32) -> Result<Vec<AdminAct>, StoreError> {
        let read = |row: &Row| {
            let status: u32 = row.get("status")?;
            Ok(AdminAct {
                actor: row.get("actor")?,
                action: row.get("action")?,
                about: row.get("about")?,
                request_id: row.get("request_id")?,
                status: u16::try_from(status).unwrap_or_default(),
                at: row.get("at")?,
            })
        };
        self.house().read(move |conn| conn.query(LIST, params![limit])?.iter().map(read).collect()).await
    }
}
