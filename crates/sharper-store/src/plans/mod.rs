//! Plans while they are followed: the exam they lead to, the days that are ticked off, and their calendar feeds. What a
//! plan says is material like any other.

mod feeds;

use sharper_domain::{MaterialId, Timestamp, UserId};

pub use self::feeds::Feed;
use crate::conn::{Conn, Value, locking, params};
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError};

/// How far a plan was followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Followed {
    /// When the exam is; `None` where only the plan's days say it.
    pub exam_at: Option<Timestamp>,
    /// The numbers of the days that are ticked off, ascending.
    pub done: Vec<u32>,
    /// Whether a calendar feed tells of it.
    pub has_feed: bool,
}

const READ: &str = "SELECT exam_at, done, EXISTS (SELECT 1 FROM calendar_feeds f WHERE f.user_id = $1 \
    AND f.plan_id = study_plans.id) AS has_feed FROM study_plans WHERE user_id = $1 AND id = $2";
const DAYS: crate::Sql =
    locking!("SELECT done FROM study_plans WHERE user_id = $1 AND id = $2", "FOR UPDATE");
const TICK: &str = "UPDATE study_plans SET done = $3 WHERE user_id = $1 AND id = $2";
const EXAM: &str = "UPDATE study_plans SET exam_at = $3 WHERE user_id = $1 AND id = $2";

fn tick(
    conn: &mut Conn<'_>,
    user: &UserId,
    plan: MaterialId,
    day: u32,
    is_done: bool,
) -> Result<Vec<u32>, StoreError> {
    let mut done: Vec<u32> = conn.query_one(DAYS, params![user, plan])?.json("done")?;
    done.retain(|other| *other != day);
    if is_done {
        done.push(day);
        done.sort_unstable();
    }
    conn.execute(TICK, params![user, plan, Value::json(&done)?])?;
    raise_learning(conn, user)?;
    Ok(done)
}

impl Store {
    /// How far a plan of the user's was followed.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn followed(&self, user: UserId, plan: MaterialId) -> Result<Followed, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let row = conn.query_one(READ, params![&user, plan])?;
                Ok(Followed {
                    exam_at: row.get("exam_at")?,
                    done: row.json("done")?,
                    has_feed: row.get("has_feed")?,
                })
            })
            .await
    }

    /// Ticks a day of a plan off, or takes the tick back. Answers with the days that are ticked off.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn tick_plan_day(
        &self,
        user: UserId,
        plan: MaterialId,
        day: u32,
        is_done: bool,
    ) -> Result<Vec<u32>, StoreError> {
        self.of(&user).write(Durability::Synced, move |conn| tick(conn, &user, plan, day, is_done)).await
    }

    /// Says when the exam of a plan is; `None` takes the date away.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn set_plan_exam(
        &self,
        user: UserId,
        plan: MaterialId,
        exam_at: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                match conn.execute(EXAM, params![&user, plan, exam_at])? {
                    0 => Err(StoreError::NotFound),
                    _ => raise_learning(conn, &user),
                }
            })
            .await
    }
}
