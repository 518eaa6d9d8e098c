//! The sessions themselves: listed and searched, named, ended, deleted.

use sharper_domain::{JobId, SessionId, Timestamp, UserId};

use super::Conversation;
use crate::conn::{Conn, Row, Sql, params};
use crate::{Durability, Store, StoreError};

macro_rules! select {
    ($rest:expr) => {
        concat!(
            "SELECT session_id, title, named, created_at, updated_at, ended_at, \
             (SELECT count(*) FROM conversation_messages m \
             WHERE m.user_id = s.user_id AND m.session_id = s.session_id) AS messages \
             FROM conversation_sessions s WHERE user_id = $1 ",
            $rest
        )
    };
}
macro_rules! holding {
    ($like:literal) => {
        select!(concat!(
            "AND (title ",
            $like,
            " $2 ESCAPE '!' OR EXISTS (SELECT 1 FROM conversation_messages m WHERE m.user_id = s.user_id \
             AND m.session_id = s.session_id AND m.content ",
            $like,
            " $2 ESCAPE '!')) ORDER BY updated_at DESC, session_id LIMIT $3"
        ))
    };
}
const LIST: &str = select!("ORDER BY updated_at DESC, session_id LIMIT $2");
const ONE: &str = select!("AND session_id = $2");
/// SQLite takes only the letters of English for the same in both cases.
const HOLDING: Sql = Sql::each(holding!("LIKE"), holding!("ILIKE"));
const RENAME: &str =
    "UPDATE conversation_sessions SET title = $3, named = TRUE WHERE user_id = $1 AND session_id = $2";
const FINISH: &str = "UPDATE conversation_sessions SET ended_at = coalesce(ended_at, $3) \
    WHERE user_id = $1 AND session_id = $2";
const RUNNING: &str =
    "SELECT id FROM jobs WHERE user_id = $1 AND session_id = $2 AND kind = 'chat' AND state = 'running'";
const FORGET_PASSAGES: &str = "DELETE FROM passages WHERE user_id = $1 AND kind = 'chat' AND material_id IN \
    (SELECT id FROM conversation_messages WHERE user_id = $1 AND session_id = $2)";
const FORGET_WORDS: &str = "UPDATE agent_executions SET input_data = NULL, output_data = NULL \
    WHERE user_id = $1 AND session_id = $2";
/// Their events go with them. A worker that is at one of them finds it gone and keeps nothing.
const FORGET_JOBS: &str = "DELETE FROM jobs WHERE user_id = $1 AND session_id = $2 AND kind = 'chat'";
const DELETE: &str = "DELETE FROM conversation_sessions WHERE user_id = $1 AND session_id = $2";

fn read(row: &Row) -> Result<Conversation, StoreError> {
    Ok(Conversation {
        session_id: row.get("session_id")?,
        title: row.get("title")?,
        named: row.get("named")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        ended_at: row.get("ended_at")?,
        messages: row.get("messages")?,
    })
}

/// What is looked for, as a pattern that finds it anywhere and nothing else.
fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in words.trim().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// Deletes a conversation and everything that holds its words. Answers with the jobs that were running in it.
fn delete(conn: &mut Conn<'_>, user: &UserId, session: &SessionId) -> Result<Vec<JobId>, StoreError> {
    let running = conn.query(RUNNING, params![user, session])?;
    conn.execute(FORGET_PASSAGES, params![user, session])?;
    conn.execute(FORGET_WORDS, params![user, session])?;
    conn.execute(FORGET_JOBS, params![user, session])?;
    match conn.execute(DELETE, params![user, session])? {
        0 => Err(StoreError::NotFound),
        _ => running.iter().map(|row| row.get("id")).collect(),
    }
}

impl Store {
    /// The user's conversations, the one in which something was said last first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn conversations(&self, user: UserId, limit: u32) -> Result<Vec<Conversation>, StoreError> {
        self.of(&user)
            .read(move |conn| conn.query(LIST, params![&user, limit])?.iter().map(read).collect())
            .await
    }

    /// Those of the user's conversations that hold these words in their title or in what was said.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn find_conversations(
        &self,
        user: UserId,
        words: &str,
        limit: u32,
    ) -> Result<Vec<Conversation>, StoreError> {
        let words = pattern(words);
        self.of(&user)
            .read(move |conn| conn.query(HOLDING, params![&user, words, limit])?.iter().map(read).collect())
            .await
    }

    /// A conversation of the user's as it stands in a list.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn conversation_session(
        &self,
        user: UserId,
        session: SessionId,
    ) -> Result<Conversation, StoreError> {
        self.of(&user).read(move |conn| read(&conn.query_one(ONE, params![&user, &session])?)).await
    }

    /// Gives a conversation of the user's a name.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn rename_conversation(
        &self,
        user: UserId,
        session: SessionId,
        title: String,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                some(conn.execute(RENAME, params![&user, &session, title.as_str()])?)
            })
            .await
    }

    /// Ends a conversation of the user's. The first time counts; a question asked in it later opens it again.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn end_conversation(
        &self,
        user: UserId,
        session: SessionId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| some(conn.execute(FINISH, params![&user, &session, now])?))
            .await
    }

    /// Deletes a conversation of the user's: its messages, its summary, and the jobs of its questions with their
    /// events. An answer that is being written is stopped. What was made in it besides (cards, a quiz) stays.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_conversation(&self, user: UserId, session: SessionId) -> Result<(), StoreError> {
        let running =
            self.of(&user).write(Durability::Synced, move |conn| delete(conn, &user, &session)).await?;
        running.into_iter().for_each(|job| self.streams().cancel(job));
        Ok(())
    }
}

fn some(changed: u64) -> Result<(), StoreError> {
    if changed == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn what_is_looked_for_is_taken_by_its_letters() {
        assert_eq!(pattern(" cell "), "%cell%");
        assert_eq!(pattern("100%_!"), "%100!%!_!!%");
    }
}
