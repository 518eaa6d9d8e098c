//! Feedback: what students say of what was made for them, and what is done about it at once.

mod hide;
mod rejected;
mod said;

use sharper_domain::{NoteId, Timestamp, UserId};
use uuid::Uuid;

pub(crate) use self::hide::shown;
pub use self::rejected::Rejected;
pub(crate) use self::rejected::make_room;
pub use self::said::{Reasons, Said, SaidOf};
use crate::conn::{Conn, Value, params};
use crate::revisions::raise_learning;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// The highest rating that turns an item down.
pub const LOW: u8 = 2;

/// What a student says of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFeedback {
    /// What kind of item.
    pub content_type: String,
    /// Which, as the client names it.
    pub content_id: String,
    /// 1 (bad) to 5 (good).
    pub rating: u8,
    /// In their words.
    pub feedback_text: Option<String>,
    /// What is wrong with it.
    pub issues: Vec<String>,
}

/// What was done about feedback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// The card or question was turned down, and is not shown any more.
    Hidden,
    /// Another was written in its place.
    Remade,
    /// It was written down.
    Kept,
}

impl Effect {
    /// The word of the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Hidden => "hidden",
            Effect::Remade => "remade",
            Effect::Kept => "kept",
        }
    }

    fn of(word: Option<&str>) -> Self {
        match word {
            Some("hidden") => Effect::Hidden,
            Some("remade") => Effect::Remade,
            _ => Effect::Kept,
        }
    }
}

/// Feedback that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its id, to take it back.
    pub id: Uuid,
    /// Of which item, as the client named it.
    pub content_id: String,
    /// What was done about it.
    pub effect: Effect,
    /// The note from whose passage the item can be written anew; `None` where it cannot.
    pub remake: Option<NoteId>,
}

const INSERT: &str = "INSERT INTO content_feedback \
    (id, user_id, content_type, content_id, rating, feedback_text, issues, created_at, effect) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const READ: &str = "SELECT content_id, effect FROM content_feedback WHERE user_id = $1 AND id = $2";
const DELETE: &str = "DELETE FROM content_feedback WHERE user_id = $1 AND id = $2";

fn add(conn: &mut Conn<'_>, user: &UserId, new: NewFeedback, now: Timestamp) -> Result<Given, StoreError> {
    if !(1..=5).contains(&new.rating) {
        return Err(StoreError::Conflict("a rating is a number from 1 to 5"));
    }
    let item = Uuid::parse_str(&new.content_id).ok().filter(|_| new.rating <= LOW);
    let hidden = item.map(|item| hide::hide(conn, user, item, now)).transpose()?.flatten();
    let effect = if hidden.is_some() { Effect::Hidden } else { Effect::Kept };
    let id = fresh_id(now);
    let (kind, issues) = (new.content_type.as_str(), Value::json(&new.issues)?);
    // What is hidden is found again by its id, however the client spelled it.
    let content_id = item.filter(|_| hidden.is_some()).map_or(new.content_id, |item| item.to_string());
    let said = new.feedback_text;
    let about = content_id.as_str();
    conn.execute(INSERT, params![id, user, kind, about, new.rating, said, issues, now, effect.as_str()])?;
    raise_learning(conn, user)?;
    Ok(Given { id, content_id, effect, remake: hidden.and_then(|hidden| hidden.note) })
}

fn read(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<Given, StoreError> {
    let row = conn.query_one(READ, params![user, id])?;
    let effect = Effect::of(row.get::<Option<String>>("effect")?.as_deref());
    let content_id: String = row.get("content_id")?;
    let item = Uuid::parse_str(&content_id).ok().filter(|_| effect == Effect::Hidden);
    let remake = item.map(|item| hide::passage(conn, user, item)).transpose()?.flatten();
    Ok(Given { id, content_id, effect, remake })
}

fn take_back(conn: &mut Conn<'_>, user: &UserId, id: Uuid) -> Result<Given, StoreError> {
    let given = read(conn, user, id)?;
    if let (Effect::Hidden, Ok(item)) = (given.effect, Uuid::parse_str(&given.content_id)) {
        hide::show(conn, user, item)?;
    }
    conn.execute(DELETE, params![user, id])?;
    raise_learning(conn, user)?;
    Ok(given)
}

impl Store {
    /// Keeps feedback. A rating of at most `LOW` on a card or a question of the user's hides it in the same transaction.
    ///
    /// # Errors
    /// `Conflict` when the rating is not 1 to 5.
    pub async fn add_feedback(
        &self,
        user: UserId,
        new: NewFeedback,
        now: Timestamp,
    ) -> Result<Given, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| add(conn, &user, new, now)).await
    }

    /// Feedback of the user's.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn feedback(&self, user: UserId, id: Uuid) -> Result<Given, StoreError> {
        self.of(&user).read(move |conn| read(conn, &user, id)).await
    }

    /// Takes feedback back as if it had never been given: what it had hidden is shown again. What was written anew stays.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn take_back_feedback(&self, user: UserId, id: Uuid) -> Result<Given, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| take_back(conn, &user, id)).await
    }
}
