//! How a student wants to study, and the weights that were fitted to their own reviews.

use sharper_domain::{CardId, Grade, StudyRules, Timestamp, UserId};

use crate::conn::{Row, Value, params};
use crate::revisions::raise_learning;
use crate::{Durability, Store, StoreError};

/// How a student studies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StudySettings {
    /// What they chose.
    pub rules: StudyRules,
    /// The weights of FSRS that were fitted to their reviews; empty where none were.
    pub weights: Vec<f32>,
    /// When those were fitted, …
    pub fitted_at: Option<Timestamp>,
    /// … and to how many reviews.
    pub fitted_reviews: u32,
}

/// The grades of each card, the oldest first.
pub type Histories = Vec<Vec<(Grade, Timestamp)>>;

/// Microseconds of a quarter of an hour: days begin at a whole one in every time zone there is.
const QUARTER: i64 = 15 * 60 * 1_000_000;

const READ: &str =
    "SELECT settings, parameters, fitted_at, fitted_reviews FROM study_settings WHERE user_id = $1";
const WRITE: &str = "INSERT INTO study_settings (user_id, settings, updated_at) VALUES ($1, $2, $3) \
    ON CONFLICT (user_id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at";
const FITTED: &str = "INSERT INTO study_settings (user_id, settings, parameters, fitted_at, fitted_reviews, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $4) ON CONFLICT (user_id) DO UPDATE SET parameters = excluded.parameters, \
    fitted_at = excluded.fitted_at, fitted_reviews = excluded.fitted_reviews";
const REVIEWS: &str = "SELECT card_id, grade, reviewed_at FROM flashcard_reviews WHERE user_id = $1 \
    ORDER BY card_id, reviewed_at, id";
const LOAD: &str = "SELECT m.due_at / 900000000 AS quarter, count(*) AS cards FROM card_memory m \
    WHERE m.user_id = $1 AND m.due_at >= $2 AND m.due_at < $3 AND m.state = 'review' GROUP BY 1";
/// Enough reviews, and a quarter more than the last fit had.
const TO_FIT: &str = "SELECT r.user_id FROM flashcard_reviews r LEFT JOIN study_settings s ON s.user_id = r.user_id \
    GROUP BY r.user_id, s.fitted_reviews HAVING count(*) >= $1 \
    AND count(*) * 4 >= coalesce(s.fitted_reviews, 0) * 5 AND count(*) > coalesce(s.fitted_reviews, 0) \
    ORDER BY r.user_id LIMIT $2";

fn read(row: &Row) -> Result<StudySettings, StoreError> {
    Ok(StudySettings {
        rules: row.json("settings")?,
        weights: row.json_opt("parameters")?.unwrap_or_default(),
        fitted_at: row.get("fitted_at")?,
        fitted_reviews: row.get("fitted_reviews")?,
    })
}

impl Store {
    /// How the user studies; the usual where they chose nothing.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn study_settings(&self, user: UserId) -> Result<StudySettings, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let kept = conn.query_opt(READ, params![&user])?;
                kept.map_or_else(|| Ok(StudySettings::default()), |row| read(&row))
            })
            .await
    }

    /// Keeps how the user wants to study.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn set_study_rules(
        &self,
        user: UserId,
        rules: StudyRules,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                conn.execute(WRITE, params![&user, Value::json(&rules)?, now])?;
                raise_learning(conn, &user)
            })
            .await
    }

    /// Keeps weights that were fitted to so many of the user's reviews; without weights, only that it was tried.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn set_fit(
        &self,
        user: UserId,
        weights: Vec<f32>,
        reviews: u32,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.of(&user)
            .write(Durability::Synced, move |conn| {
                let usual = Value::json(&StudyRules::default())?;
                let weights = if weights.is_empty() { Value::Null } else { Value::json(&weights)? };
                conn.execute(FITTED, params![&user, usual, weights, now, reviews]).map(drop)
            })
            .await
    }

    /// All grades of the user's, card by card, the oldest first.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn histories(&self, user: UserId) -> Result<Histories, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let (mut all, mut last): (Histories, Option<CardId>) = (Vec::new(), None);
                for row in conn.query(REVIEWS, params![&user])? {
                    let card: CardId = row.get("card_id")?;
                    if last != Some(card) {
                        all.push(Vec::new());
                        last = Some(card);
                    }
                    if let Some(history) = all.last_mut() {
                        history.push((row.get("grade")?, row.get("reviewed_at")?));
                    }
                }
                Ok(all)
            })
            .await
    }

    /// How many reviews come due in each quarter of an hour between two moments: where it begins, and how many.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn load(
        &self,
        user: UserId,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(Timestamp, u32)>, StoreError> {
        self.of(&user)
            .read(move |conn| {
                let rows = conn.query(LOAD, params![&user, from, to])?;
                let read = |row: &Row| {
                    let quarter = row.get::<i64>("quarter")?.saturating_mul(QUARTER);
                    let begins = Timestamp::from_microsecond(quarter).map_err(StoreError::corrupt)?;
                    Ok((begins, row.get("cards")?))
                };
                rows.iter().map(read).collect()
            })
            .await
    }

    /// Users with at least so many reviews, and a quarter more than when weights were last fitted to them.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn users_to_fit(&self, needed: u32, limit: u32) -> Result<Vec<UserId>, StoreError> {
        self.house()
            .read(move |conn| {
                let rows = conn.query(TO_FIT, params![needed, limit])?;
                rows.iter().map(|row| row.get("user_id")).collect()
            })
            .await
    }
}
