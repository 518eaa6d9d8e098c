//! Sets that a student makes, names, sets up and deletes.

use sharper_domain::{SetId, SetRules, StudySet, Timestamp, UserId};

use super::{SET, SETS, read_set};
use crate::conn::{Conn, Row, params};
use crate::limits::one_by_one;
use crate::revisions::raise_learning;
use crate::store::fresh_id;
use crate::{Durability, Store, StoreError};

/// A change of a set: what is `None` stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetChange {
    /// Its name.
    pub title: Option<String>,
    /// How it is to be learned, whole.
    pub rules: Option<SetRules>,
}

const INSERT: &str = "INSERT INTO flashcard_sets (id, user_id, title, exam_at, desired_retention, new_per_day, \
    reviews_per_day, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const CHANGE: &str = "UPDATE flashcard_sets SET title = coalesce($3, title), exam_at = $4, desired_retention = $5, \
    new_per_day = $6, reviews_per_day = $7 WHERE user_id = $1 AND id = $2";
const DELETE: &str = "DELETE FROM flashcard_sets WHERE user_id = $1 AND id = $2";
const PASSAGES: &str = "DELETE FROM passages WHERE user_id = $1 AND material_id = $2";

pub(crate) fn read_study_set(row: &Row) -> Result<StudySet, StoreError> {
    Ok(StudySet {
        set: read_set(row)?,
        rules: SetRules {
            exam_at: row.get("exam_at")?,
            desired_retention: row.get("desired_retention")?,
            new_per_day: row.get("new_per_day")?,
            reviews_per_day: row.get("reviews_per_day")?,
        },
    })
}

/// A set of the user's, with how it is to be learned.
pub(crate) fn study_set(conn: &mut Conn<'_>, user: &UserId, id: SetId) -> Result<StudySet, StoreError> {
    read_study_set(&conn.query_one(SET, params![user, id])?)
}

/// The user's sets, newest first.
pub(crate) fn study_sets(
    conn: &mut Conn<'_>,
    user: &UserId,
    limit: u32,
) -> Result<Vec<StudySet>, StoreError> {
    conn.query(SETS, params![user, limit])?.iter().map(read_study_set).collect()
}

fn change(conn: &mut Conn<'_>, user: &UserId, id: SetId, change: &SetChange) -> Result<StudySet, StoreError> {
    one_by_one(conn, user)?;
    let before = study_set(conn, user, id)?;
    let rules = change.rules.unwrap_or(before.rules);
    let SetRules { exam_at, desired_retention, new_per_day, reviews_per_day } = rules;
    let title = change.title.as_deref();
    let values = params![user, id, title, exam_at, desired_retention, new_per_day, reviews_per_day];
    conn.execute(CHANGE, values)?;
    raise_learning(conn, user)?;
    study_set(conn, user, id)
}

impl Store {
    /// Makes an empty set.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn add_set(
        &self,
        user: UserId,
        title: String,
        rules: SetRules,
        now: Timestamp,
    ) -> Result<StudySet, StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                let id = SetId(fresh_id(now));
                let SetRules { exam_at, desired_retention, new_per_day, reviews_per_day } = rules;
                let values =
                    params![id, &user, title, exam_at, desired_retention, new_per_day, reviews_per_day, now];
                conn.execute(INSERT, values)?;
                raise_learning(conn, &user)?;
                study_set(conn, &user, id)
            })
            .await
    }

    /// Changes the name of a set, or how it is to be learned.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn change_set(&self, user: UserId, id: SetId, what: SetChange) -> Result<StudySet, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| change(conn, &user, id, &what)).await
    }

    /// Deletes a set with its cards, their reviews and what is remembered of them.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_set(&self, user: UserId, id: SetId) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                one_by_one(conn, &user)?;
                conn.execute(PASSAGES, params![&user, id])?;
                if conn.execute(DELETE, params![&user, id])? == 0 {
                    return Err(StoreError::NotFound);
                }
                raise_learning(conn, &user)
            })
            .await
    }

    /// A set of the user's, with how it is to be learned.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn study_set(&self, user: UserId, id: SetId) -> Result<StudySet, StoreError> {
        self.of(&user).read(move |conn| study_set(conn, &user, id)).await
    }

    /// The user's sets, newest first, with how they are to be learned.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn study_sets(&self, user: UserId, limit: u32) -> Result<Vec<StudySet>, StoreError> {
        self.of(&user).read(move |conn| study_sets(conn, &user, limit)).await
    }
}
