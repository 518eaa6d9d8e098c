//! Reviews with what they do to a card's memory: each in one transaction, kept once, and taken back exactly.

use serde::{Deserialize, Serialize};
use sharper_domain::{CardId, Grade, Memory, SetId, SetRules, Timestamp, UserId};
use uuid::Uuid;

use super::StudyId;
use crate::conn::{Conn, Row, Value, params};
use crate::limits::one_by_one;
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError, flashcards};

/// What a review was given by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewKind {
    /// A grade on a card.
    Card,
    /// An answer of a quiz.
    Quiz,
    /// An answer of an exam.
    Exam,
}

impl ReviewKind {
    fn as_str(self) -> &'static str {
        match self {
            ReviewKind::Card => "card",
            ReviewKind::Quiz => "quiz",
            ReviewKind::Exam => "exam",
        }
    }
}

/// A grade on its way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grading {
    /// The client's name for it, so that sending it twice keeps one.
    pub id: Uuid,
    /// The card.
    pub card: CardId,
    /// The sitting, if it was in one.
    pub study: Option<StudyId>,
    /// How well it was remembered.
    pub grade: Grade,
    /// When it was given.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub took_ms: u32,
    /// What gave it.
    pub kind: ReviewKind,
    /// How many reviews the card had when it was shown; `None`: as many as it has.
    pub seen: Option<u32>,
}

/// What a grade meets: the memory that it builds on.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The set of the card.
    pub set: SetId,
    /// How that is to be learned.
    pub rules: SetRules,
    /// The memory to build on; `None` of a new card.
    pub base: Option<Memory>,
    /// The reviews that this one takes the place of: given to the same showing of the card, on another device, before it.
    pub replaces: Vec<Uuid>,
    /// Whether the grade changes nothing: it is here already, or a later one of the same showing is.
    pub settled: bool,
}

/// What a grade made of a card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learned {
    /// What is remembered now.
    pub memory: Memory,
    /// Whether it has become a leech.
    pub leech: bool,
    /// Whether it is suspended for that.
    pub suspend: bool,
    /// Until when the other cards of its note wait; `None`: they do not.
    pub bury_until: Option<Timestamp>,
}

/// The state before a review, for undo.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Before {
    /// What was remembered; its fields are missing of a new card.
    #[serde(flatten)]
    memory: Option<Memory>,
    /// Cards of the same note that the review buried.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    buried: Vec<CardId>,
    /// Whether the review made the card a leech …
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    leech: bool,
    /// … and suspended it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    suspended: bool,
}

const FIND: &str = "SELECT card_id FROM flashcard_reviews WHERE user_id = $1 AND id = $2";
const NEWEST: &str = "SELECT id, reviewed_at, before FROM flashcard_reviews WHERE user_id = $1 AND card_id = $2 \
    ORDER BY reviewed_at DESC, id DESC LIMIT $3";
const RECORD: &str = "INSERT INTO flashcard_reviews \
    (id, user_id, card_id, session_id, grade, took_ms, reviewed_at, kind, state, interval_s, before) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const REMOVE: &str = "DELETE FROM flashcard_reviews WHERE user_id = $1 AND id = $2";
const REMEMBER: &str = "INSERT INTO card_memory (card_id, user_id, set_id, state, step, stability, difficulty, due_at, \
    last_review_at, reviews, lapses) VALUES ($2, $1, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
    ON CONFLICT (card_id) DO UPDATE SET state = excluded.state, step = excluded.step, stability = excluded.stability, \
    difficulty = excluded.difficulty, due_at = excluded.due_at, last_review_at = excluded.last_review_at, \
    reviews = excluded.reviews, lapses = excluded.lapses";
const FORGET: &str = "DELETE FROM card_memory WHERE user_id = $1 AND card_id = $2";
const LEECH: &str = "UPDATE flashcards SET leech_at = $3 WHERE user_id = $1 AND id = $2";
const SUSPEND: &str = "UPDATE flashcards SET suspended_at = $3 WHERE user_id = $1 AND id = $2";
const SIBLINGS: &str = "SELECT c.id FROM flashcards c LEFT JOIN card_memory m ON m.card_id = c.id \
    WHERE c.user_id = $1 AND c.group_id = $2 AND c.id <> $3 AND (c.buried_until IS NULL OR c.buried_until < $4) \
    AND (m.state IS NULL OR m.state = 'review')";
const BURY: &str = "UPDATE flashcards SET buried_until = $3 WHERE user_id = $1 AND id = $2";
const SITTING: &str = "SELECT set_id, finished_at FROM flashcard_sessions WHERE user_id = $1 AND id = $2";

/// Writes what is remembered of a card; `None` forgets it.
pub(crate) fn write_memory(
    conn: &mut Conn<'_>,
    user: &UserId,
    (card, set): (CardId, SetId),
    memory: Option<&Memory>,
) -> Result<(), StoreError> {
    let Some(memory) = memory else { return conn.execute(FORGET, params![user, card]).map(drop) };
    let values = params![
        user,
        card,
        set,
        memory.state,
        memory.step,
        memory.stability,
        memory.difficulty,
        memory.due_at,
        memory.last_review_at,
        memory.reviews,
        memory.lapses,
    ];
    conn.execute(REMEMBER, values).map(drop)
}

fn standing(conn: &mut Conn<'_>, user: &UserId, new: &Grading) -> Result<Standing, StoreError> {
    let card = flashcards::study_card(conn, user, new.card)?;
    let rules = flashcards::study_set(conn, user, card.card.set_id)?.rules;
    let mut found =
        Standing { set: card.card.set_id, rules, base: card.memory, replaces: Vec::new(), settled: false };
    if let Some(row) = conn.query_opt(FIND, params![user, new.id])? {
        if row.get::<CardId>("card_id")? != new.card {
            return Err(StoreError::Conflict("this review_id was used for another card"));
        }
        return Ok(Standing { settled: true, ..found });
    }
    let Some(memory) = card.memory else { return Ok(found) };
    if new.at < memory.last_review_at {
        return Ok(Standing { settled: true, ..found });
    }
    let since = new.seen.map_or(0, |seen| memory.reviews.saturating_sub(seen));
    if since > 0 {
        let rows = conn.query(NEWEST, params![user, new.card, since])?;
        if let Some(first) = rows.last() {
            found.base = before(first)?.memory;
        }
        found.replaces = rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
    }
    Ok(found)
}

fn before(row: &Row) -> Result<Before, StoreError> {
    Ok(row.json_opt("before")?.unwrap_or_default())
}

/// Keeps a review, if nothing changed since its standing was looked at.
fn keep(
    conn: &mut Conn<'_>,
    user: &UserId,
    new: &Grading,
    seen: &Standing,
    learned: &Learned,
) -> Result<(), StoreError> {
    one_by_one(conn, user)?;
    if standing(conn, user, new)? != *seen {
        return Err(StoreError::Conflict("the card was graded at the same moment; try again"));
    }
    sitting(conn, user, new, seen.set)?;
    for _ in &seen.replaces {
        take_back(conn, user, new.card, None)?;
    }
    let card = flashcards::study_card(conn, user, new.card)?;
    let mut past = Before { memory: seen.base, ..Before::default() };
    if learned.leech {
        past.leech = card.leech_at.is_none();
        past.suspended = learned.suspend && card.suspended_at.is_none();
        conn.execute(LEECH, params![user, new.card, card.leech_at.or(Some(new.at))])?;
        if past.suspended {
            conn.execute(SUSPEND, params![user, new.card, Some(new.at)])?;
        }
    }
    if let Some(until) = learned.bury_until {
        for row in conn.query(SIBLINGS, params![user, card.group_id, new.card, new.at])? {
            let sibling: CardId = row.get("id")?;
            conn.execute(BURY, params![user, sibling, Some(until)])?;
            past.buried.push(sibling);
        }
    }
    let interval = learned.memory.due_at.duration_since(new.at).as_secs().max(0);
    let state = seen.base.map_or("new", |memory| memory.state.as_str());
    let nothing = past.memory.is_none() && past.buried.is_empty() && !past.leech && !past.suspended;
    let past = if nothing { None } else { Some(Value::json(&past)?) };
    let past = past.unwrap_or(Value::Null);
    let (grade, kind) = (new.grade as u8, new.kind.as_str());
    let values =
        params![new.id, user, new.card, new.study, grade, new.took_ms, new.at, kind, state, interval, past];
    conn.execute(RECORD, values)?;
    write_memory(conn, user, (new.card, seen.set), Some(&learned.memory))?;
    raise_learning(conn, user)
}

fn sitting(conn: &mut Conn<'_>, user: &UserId, new: &Grading, set: SetId) -> Result<(), StoreError> {
    let Some(study) = new.study else { return Ok(()) };
    let row = conn.query_one(SITTING, params![user, study])?;
    if row.get::<SetId>("set_id")? != set {
        return Err(StoreError::Conflict("this card is not in the set that is studied"));
    }
    if row.get::<Option<Timestamp>>("finished_at")?.is_some() {
        return Err(StoreError::Conflict("this sitting is finished"));
    }
    Ok(())
}

/// Takes back the last review of a card, or that one if it is the last; answers whether there was one.
fn take_back(
    conn: &mut Conn<'_>,
    user: &UserId,
    card: CardId,
    review: Option<Uuid>,
) -> Result<bool, StoreError> {
    let Some(row) = conn.query_opt(NEWEST, params![user, card, 1])? else { return Ok(false) };
    let id: Uuid = row.get("id")?;
    if let Some(wanted) = review.filter(|wanted| *wanted != id) {
        return match conn.query_opt(FIND, params![user, wanted])? {
            Some(_) => Err(StoreError::Conflict("the card was graded again since; take that back first")),
            None => Ok(false),
        };
    }
    let set = flashcards::study_card(conn, user, card)?.card.set_id;
    let past = before(&row)?;
    write_memory(conn, user, (card, set), past.memory.as_ref())?;
    if past.leech {
        conn.execute(LEECH, params![user, card, None::<Timestamp>])?;
    }
    if past.suspended {
        conn.execute(SUSPEND, params![user, card, None::<Timestamp>])?;
    }
    for sibling in past.buried {
        conn.execute(BURY, params![user, sibling, None::<Timestamp>])?;
    }
    conn.execute(REMOVE, params![user, id])?;
    Ok(true)
}

impl Store {
    /// What a grade meets.
    ///
    /// # Errors
    /// `NotFound` when the card is not the user's; `Conflict` when the review's id is another card's.
    pub async fn standing_of(&self, user: UserId, new: Grading) -> Result<Standing, StoreError> {
        self.of(&user).read(move |conn| standing(conn, &user, &new)).await
    }

    /// Keeps a review with what it made of its card.
    ///
    /// # Errors
    /// `Conflict` when the card stands otherwise by now: look again and work it out anew; and when the sitting is
    /// finished or over another set. `NotFound`.
    pub async fn keep_review(
        &self,
        user: UserId,
        new: Grading,
        seen: Standing,
        learned: Learned,
    ) -> Result<(), StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| keep(conn, &user, &new, &seen, &learned)).await
    }

    /// Takes back the last review of a card: what was remembered, and which cards waited, is as it was before. With
    /// `review`, only that one; where it is not there (any more) nothing is done. Answers whether something was.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the card was graded again after `review`.
    pub async fn undo_last_review(
        &self,
        user: UserId,
        card: CardId,
        review: Option<Uuid>,
    ) -> Result<bool, StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                one_by_one(conn, &user)?;
                flashcards::study_card(conn, &user, card)?;
                let undone = take_back(conn, &user, card, review)?;
                if undone {
                    raise_learning(conn, &user)?;
                }
                Ok(undone)
            })
            .await
    }
}
