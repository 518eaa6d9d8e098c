//! What the tutor remembers of a conversation: the newest messages, and what was said before them in short.

use sharper_domain::{SessionId, UserId};

use super::Said;
use crate::conn::params;
use crate::{Durability, Store, StoreError};

/// What is remembered of a conversation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Memory {
    /// What was said up to and with position `summary_to`, in short.
    pub summary: Option<String>,
    /// The last position that the summary covers; 0 for none.
    pub summary_to: u32,
    /// The newest messages, the oldest of them first; some of them may be in the summary too.
    pub newest: Vec<Said>,
}

const SUMMARY: &str =
    "SELECT summary, summary_to FROM conversation_sessions WHERE user_id = $1 AND session_id = $2";
const NEWEST: &str = "SELECT id, position, role, content, created_at FROM conversation_messages \
    WHERE user_id = $1 AND session_id = $2 ORDER BY position DESC LIMIT $3";
/// Never back: of two instances the one that has read further counts.
const KEEP: &str = "UPDATE conversation_sessions SET summary = $3, summary_to = $4 \
    WHERE user_id = $1 AND session_id = $2 AND summary_to < $4";
/// The same stretch in better words.
const KEEP_BETTER: &str = "UPDATE conversation_sessions SET summary = $3, summary_to = $4 \
    WHERE user_id = $1 AND session_id = $2 AND summary_to <= $4";

impl Store {
    /// What is remembered of a conversation of the user's, with at most `limit` messages; nothing where there is none.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn conversation_memory(
        &self,
        user: UserId,
        session: SessionId,
        limit: u32,
    ) -> Result<Memory, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let Some(row) = conn.query_opt(SUMMARY, params![&user, &session])? else {
                    return Ok(Memory::default());
                };
                let said = |row: &crate::conn::Row| {
                    let (id, position) = (row.get("id")?, row.get("position")?);
                    Ok(Said { id, position, message: super::read(row)?, reply: None })
                };
                let newest = conn.query(NEWEST, params![&user, &session, limit])?;
                Ok(Memory {
                    summary: row.get("summary")?,
                    summary_to: row.get("summary_to")?,
                    newest: newest.iter().rev().map(said).collect::<Result<_, StoreError>>()?,
                })
            })
            .await
    }

    /// Keeps what was said up to and with position `to` in short. With `better` it takes the place of a summary that
    /// reaches as far; else only of one that does not. One that is gone, or reaches further, stays as it is.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn keep_conversation_summary(
        &self,
        user: UserId,
        session: SessionId,
        summary: String,
        to: u32,
        better: bool,
    ) -> Result<(), StoreError> {
        let statement = if better { KEEP_BETTER } else { KEEP };
        self.of(&user)
            .write(Durability::Relaxed, move |conn| {
                conn.execute(statement, params![&user, &session, summary.as_str(), to]).map(drop)
            })
            .await
    }
}
