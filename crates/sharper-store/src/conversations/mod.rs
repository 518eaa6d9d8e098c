//! Conversations with the tutor: messages in their order, each reply with what it stands on; `sessions` lists, names,
//! ends and deletes them, `memory` keeps what was said before in short.

mod memory;
mod sessions;

use serde::{Deserialize, Serialize};
use sharper_domain::material::Body;
use sharper_domain::{
    ContextUsed, Material, MaterialId, Message, NoteId, SessionId, Speaker, Statement, Timestamp, UserId,
};

pub use self::memory::Memory;
use crate::conn::{Conn, Row, Value, params};
use crate::store::fresh_id;
use crate::{Store, StoreError};

/// Longest title of a conversation, in characters.
const TITLE_CHARS: usize = 80;

/// A conversation, as it stands in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its session.
    pub session_id: SessionId,
    /// How its first question begins, or the name that the student gave it.
    pub title: String,
    /// Whether the student gave it its name.
    pub named: bool,
    /// When its first question was answered.
    pub created_at: Timestamp,
    /// When something was last said.
    pub updated_at: Timestamp,
    /// When the student ended it; asking again opens it once more.
    pub ended_at: Option<Timestamp>,
    /// How many messages it holds.
    pub messages: u32,
}

/// One message, with what it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Its id.
    pub id: MaterialId,
    /// Its place in the conversation, from 1.
    pub position: u32,
    /// Who, what and when.
    pub message: Message,
    /// Of a reply: its statements with their passages and the titles of their notes.
    pub reply: Option<Body>,
}

/// What a reply is made of, in JSON.
#[derive(Serialize, Deserialize)]
struct Detail {
    question: String,
    statements: Vec<Statement>,
    titles: Vec<(NoteId, String)>,
    context: ContextUsed,
}

impl Detail {
    fn body(self) -> Body {
        let Self { question, statements, titles, context } = self;
        Body::Reply { question, statements, titles, context }
    }
}

/// On PostgreSQL this locks the conversation until the messages stand in it, so no two get one position.
const TOUCH: &str = "INSERT INTO conversation_sessions (user_id, session_id, title, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $4) ON CONFLICT (user_id, session_id) DO UPDATE SET \
    updated_at = excluded.updated_at, ended_at = NULL";
/// A note in the bin is referred to all the same: it may come back.
const INSERT: &str = "INSERT INTO conversation_messages \
    (id, user_id, session_id, role, content, created_at, note_id, title, model_used, detail, position) \
    VALUES ($1, $2, $3, $4, $5, $6, (SELECT id FROM notes WHERE id = $7 AND user_id = $2), $8, $9, $10, \
    (SELECT 1 + coalesce(max(position), 0) FROM conversation_messages WHERE user_id = $2 AND session_id = $3))";
const NEWEST: &str = "SELECT role, content, created_at FROM conversation_messages \
    WHERE user_id = $1 AND session_id = $2 ORDER BY position DESC LIMIT $3";
const WHOLE: &str = "SELECT id, position, role, content, created_at, detail FROM conversation_messages \
    WHERE user_id = $1 AND session_id = $2 ORDER BY position DESC LIMIT $3";

/// Keeps a reply and its question as the next two messages of a conversation, and begins it if there is none yet.
pub(crate) fn add_reply(
    conn: &mut Conn<'_>,
    reply: &Material,
    session: &SessionId,
) -> Result<(), StoreError> {
    let Body::Reply { question, statements, titles, context } = &reply.body else {
        return Err(StoreError::internal("only a reply is kept in a conversation"));
    };
    let (user, at) = (&reply.user_id, reply.created_at);
    conn.execute(TOUCH, params![user, session, title(question), at])?;
    let nothing = || Value::Null;
    let asked = params![
        fresh_id(at),
        user,
        session,
        Speaker::User,
        question.as_str(),
        at,
        nothing(),
        nothing(),
        nothing(),
        nothing(),
    ];
    conn.execute(INSERT, asked)?;
    let detail = Detail {
        question: question.clone(),
        statements: statements.clone(),
        titles: titles.clone(),
        context: *context,
    };
    let said = params![
        reply.id,
        user,
        session,
        Speaker::Assistant,
        reply.response(),
        at,
        reply.note_id,
        reply.title.as_str(),
        reply.model_used.as_str(),
        Value::json(&detail)?,
    ];
    conn.execute(INSERT, said).map(drop)
}

/// The body of a reply that was kept.
pub(crate) fn read_reply(row: &Row) -> Result<Body, StoreError> {
    row.json("detail").map(Detail::body)
}

/// How a question begins, on one line and in whole words.
fn title(question: &str) -> String {
    let line = question.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(TITLE_CHARS) else { return line };
    let begin = &line[..end];
    let begin = begin.rsplit_once(' ').map_or(begin, |(words, _)| words);
    format!("{begin}…")
}

fn read(row: &Row) -> Result<Message, StoreError> {
    Ok(Message { role: row.get("role")?, content: row.get("content")?, created_at: row.get("created_at")? })
}

impl Store {
    /// The newest messages of a conversation of the user's, the oldest of them first; none where there is none.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn conversation(
        &self,
        user: UserId,
        session: SessionId,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                conn.query(NEWEST, params![&user, &session, limit])?.iter().rev().map(read).collect()
            })
            .await
    }

    /// The newest messages of a conversation of the user's with what they stand on, the oldest of them first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn conversation_said(
        &self,
        user: UserId,
        session: SessionId,
        limit: u32,
    ) -> Result<Vec<Said>, StoreError> {
        let whole = |row: &Row| {
            let detail: Option<Detail> = row.json_opt("detail")?;
            Ok(Said {
                id: row.get("id")?,
                position: row.get("position")?,
                message: read(row)?,
                reply: detail.map(Detail::body),
            })
        };
        self.of(&user)
            .read(move |conn| {
                conn.query(WHOLE, params![&user, &session, limit])?.iter().rev().map(whole).collect()
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_beginning_of_the_question_in_whole_words() {
        assert_eq!(title("What is\n osmosis?"), "What is osmosis?");
        assert_eq!(title(&"ab ".repeat(40)), format!("{}…", ["ab"; 26].join(" ")));
        assert_eq!(title(&"ä".repeat(81)), format!("{}…", "ä".repeat(80)));
    }
}
