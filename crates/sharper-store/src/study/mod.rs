//! Studying: sessions over a set, and each review of a card.

mod ahead;
mod due;
mod memory;
mod period;
mod quarters;
mod queue;
mod recalls;
mod settings;
mod standing;

pub use self::ahead::{Begun, ExamAhead};
pub use self::due::{Coming, Due};
pub(crate) use self::memory::write_memory;
pub use self::memory::{Grading, Learned, ReviewKind, Standing as CardStanding};
pub use self::period::Reviewed;
pub use self::quarters::Quarter;
pub use self::queue::{Asked, Queue};
pub use self::recalls::Recall;
pub use self::settings::{Histories, StudySettings};
pub use self::standing::{Standing, TopicReviews};

use std::fmt;

use serde::{Deserialize, Serialize};
use sharper_domain::{CardId, Grade, SetId, Timestamp, UserId};
use uuid::Uuid;

use crate::conn::{Conn, FromValue, Row, Value, params};
use crate::revisions::raise_learning;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError, flashcards};

/// A sitting over one set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StudyId(pub Uuid);

impl fmt::Display for StudyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for StudyId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

impl FromValue for StudyId {
    fn from_value(value: &Value) -> Option<Self> {
        Uuid::from_value(value).map(Self)
    }
}

impl From<StudyId> for Value {
    fn from(id: StudyId) -> Self {
        Value::Id(id.0)
    }
}

impl FromValue for Grade {
    fn from_value(value: &Value) -> Option<Self> {
        Grade::from_number(u8::from_value(value)?)
    }
}

/// A review that is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewReview {
    /// The client's name for it, so that sending it twice keeps one; `None` makes one.
    pub id: Option<Uuid>,
    /// The card.
    pub card: CardId,
    /// The sitting, if it was in one.
    pub study: Option<StudyId>,
    /// How well it was remembered.
    pub grade: Grade,
    /// When.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
}

/// A review that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review {
    /// The card.
    pub card: CardId,
    /// How well it was remembered.
    pub grade: Grade,
    /// When.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
}

/// How far a sitting has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyProgress {
    /// The sitting.
    pub id: StudyId,
    /// The set.
    pub set_id: SetId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
    /// Cards in the set.
    pub cards: u32,
    /// Reviews in this sitting, the first first. A card may stand in it more than once.
    pub reviews: Vec<Review>,
}

const START: &str =
    "INSERT INTO flashcard_sessions (id, user_id, set_id, started_at) VALUES ($1, $2, $3, $4)";
const SESSION: &str =
    "SELECT id, set_id, started_at, finished_at FROM flashcard_sessions WHERE user_id = $1 AND id = $2";
const FINISH: &str =
    "UPDATE flashcard_sessions SET finished_at = coalesce(finished_at, $3) WHERE user_id = $1 AND id = $2";
const CARD: &str = "SELECT set_id FROM flashcards WHERE user_id = $1 AND id = $2";
const RECORD: &str = "INSERT INTO flashcard_reviews (id, user_id, card_id, session_id, grade, took_ms, reviewed_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING";
const LAST: &str = "SELECT id, card_id, grade, took_ms, reviewed_at FROM flashcard_reviews \
    WHERE user_id = $1 AND session_id = $2 ORDER BY reviewed_at DESC, id DESC LIMIT 1";
const REMOVE: &str = "DELETE FROM flashcard_reviews WHERE user_id = $1 AND id = $2";
const OF_SESSION: &str = "SELECT card_id, grade, took_ms, reviewed_at FROM flashcard_reviews \
    WHERE user_id = $1 AND session_id = $2 ORDER BY reviewed_at, id";
const OF_CARD: &str = "SELECT card_id, grade, took_ms, reviewed_at FROM flashcard_reviews \
    WHERE user_id = $1 AND card_id = $2 ORDER BY reviewed_at, id";

fn record(conn: &mut Conn<'_>, user: &UserId, new: &NewReview) -> Result<(), StoreError> {
    let set: SetId = conn.query_one(CARD, params![user, new.card])?.get("set_id")?;
    if let Some(study) = new.study {
        let session = conn.query_one(SESSION, params![user, study])?;
        if session.get::<SetId>("set_id")? != set {
            return Err(StoreError::Conflict("this card is not in the set that is studied"));
        }
        if session.get::<Option<Timestamp>>("finished_at")?.is_some() {
            return Err(StoreError::Conflict("this sitting is finished"));
        }
    }
    let id = new.id.unwrap_or_else(|| fresh_id(new.at));
    let values = params![id, user, new.card, new.study, new.grade as u8, new.took_ms, new.at];
    conn.execute(RECORD, values)?;
    raise_learning(conn, user)
}

fn undo(conn: &mut Conn<'_>, user: &UserId, study: StudyId) -> Result<Review, StoreError> {
    let row = conn.query_one(LAST, params![user, study])?;
    conn.execute(REMOVE, params![user, row.get::<Uuid>("id")?])?;
    raise_learning(conn, user)?;
    read_review(&row)
}

fn progress(conn: &mut Conn<'_>, user: &UserId, study: StudyId) -> Result<StudyProgress, StoreError> {
    let session = conn.query_one(SESSION, params![user, study])?;
    let set_id = session.get("set_id")?;
    let reviews = conn.query(OF_SESSION, params![user, study])?;
    Ok(StudyProgress {
        id: study,
        set_id,
        started_at: session.get("started_at")?,
        finished_at: session.get("finished_at")?,
        cards: u32::try_from(flashcards::set(conn, user, set_id)?.card_count).map_err(StoreError::corrupt)?,
        reviews: reviews.iter().map(read_review).collect::<Result<_, _>>()?,
    })
}

fn read_review(row: &Row) -> Result<Review, StoreError> {
    Ok(Review {
        card: row.get("card_id")?,
        grade: row.get("grade")?,
        at: row.get("reviewed_at")?,
        took_ms: row.get("took_ms")?,
    })
}

impl Store {
    /// Begins a sitting over a set of the user's.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn start_study(&self, user: UserId, set: SetId, now: Timestamp) -> Result<StudyId, StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                flashcards::set(conn, &user, set)?;
                let id = StudyId(fresh_id(now));
                conn.execute(START, params![id, &user, set, now])?;
                Ok(id)
            })
            .await
    }

    /// Keeps a review. One whose id is there already changes nothing.
    ///
    /// # Errors
    /// `NotFound` when the card or the sitting is not the user's; `Conflict` when the sitting is finished or over
    /// another set.
    pub async fn record_review(&self, user: UserId, new: NewReview) -> Result<(), StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| record(conn, &user, &new)).await
    }

    /// Takes back the last review of a sitting and answers with it.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub async fn undo_review(&self, user: UserId, study: StudyId) -> Result<Review, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| undo(conn, &user, study)).await
    }

    /// Finishes a sitting. The first time counts.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn finish_study(&self, user: UserId, study: StudyId, now: Timestamp) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                match conn.execute(FINISH, params![&user, study, now])? {
                    0 => Err(StoreError::NotFound),
                    _ => Ok(()),
                }
            })
            .await
    }

    /// How far a sitting has come.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn study_progress(&self, user: UserId, study: StudyId) -> Result<StudyProgress, StoreError> {
        self.of(&user).read(move |conn| progress(conn, &user, study)).await
    }

    /// All reviews of a card, the first first.
    ///
    /// # Errors
    /// `NotFound` when the card is not the user's.
    pub async fn reviews_of_card(&self, user: UserId, card: CardId) -> Result<Vec<Review>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                conn.query_one(CARD, params![&user, card])?;
                conn.query(OF_CARD, params![&user, card])?.iter().map(read_review).collect()
            })
            .await
    }
}
