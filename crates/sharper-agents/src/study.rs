//! Studying: what waits, what each grade would make of a card, what a grade made of it, and how ready a set is.
//!
//! The store knows what was, `sharper_memory` what follows from it; here the one is given to the other. A grade is worked
//! out from what was read and kept only if that still holds, so two devices at once never count double.

use std::collections::HashMap;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use sharper_domain::{CardId, Memory, SetId, SetRules, StudyCard, StudyRules, Timestamp, UserId, Waiting};
use sharper_memory::{Days, Scheduler, Sitting, Weights};
pub use sharper_memory::{NEEDED_REVIEWS, Readiness};
use sharper_store::StoreError;
use sharper_store::study::{Asked, Grading, Learned};
use uuid::Uuid;

use crate::Agents;

/// How often a grade is worked out anew when another comes first.
const ATTEMPTS: u32 = 5;
/// Time ahead within which a card on its steps is studied when nothing else waits.
const AHEAD: Duration = Duration::from_secs(20 * 60);
/// Days whose load is looked at: intervals beyond are spread thinly enough.
const LOAD_DAYS: u64 = 100;

/// How a student studies, ready to reckon with.
pub struct Study {
    /// What they chose.
    pub rules: StudyRules,
    /// Their own weights, or the usual ones.
    pub weights: Weights,
    /// Their days.
    pub days: Days,
    /// The name of their time zone.
    pub zone: Option<String>,
    /// When weights were fitted to their reviews, …
    pub fitted_at: Option<Timestamp>,
    /// … and to how many.
    pub fitted_reviews: u32,
}

impl Study {
    /// The student's day of a moment: when it began, and when it ends.
    pub fn day(&self, at: Timestamp) -> (Timestamp, Timestamp) {
        let date = self.days.date(at);
        (self.days.start_of(date), self.days.start_of(date.tomorrow().unwrap_or(date)))
    }

    fn rules_of(&self, set: &SetRules) -> StudyRules {
        let mut rules = self.rules.clone();
        rules.desired_retention = set.desired_retention.unwrap_or(rules.desired_retention);
        rules
    }
}

/// A card in the queue, with what each grade would make of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The card.
    pub card: StudyCard,
    /// What would be remembered, in the order of `Grade::ALL`.
    pub choices: [Memory; 4],
}

/// What waits to be studied.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sit {
    /// The next cards, in their order.
    pub turns: Vec<Turn>,
    /// How many wait in all.
    pub waiting: Waiting,
    /// When the next card comes back that does not wait yet.
    pub next_at: Option<Timestamp>,
}

/// What a grade came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// The card as it is now.
    pub card: StudyCard,
    /// What each grade would make of it next.
    pub choices: [Memory; 4],
    /// Whether this grade counted now; `false` where it had, or a later one of the same showing did.
    pub counted: bool,
    /// Whether the card has become a leech.
    pub leech: bool,
}

/// What fitting weights came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fit {
    /// They were looked at again; the better ones are kept.
    Done {
        /// To so many reviews.
        reviews: u32,
        /// How far off the predictions were before, and are now (log loss).
        loss: (f64, f64),
    },
    /// There is too little to learn from.
    TooFew {
        /// Reviews that count.
        have: usize,
        /// How many must be there.
        needed: usize,
    },
}

/// The reviews that come due on each of a student's days.
struct Load(HashMap<Date, u32>);

impl Agents {
    /// How the user studies.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn study_of(&self, user: &UserId) -> Result<Study, StoreError> {
        let kept = self.store.study_settings(user.clone()).await?;
        let zone = self.store.preferences(user.clone()).await?.time_zone;
        let place = zone.as_deref().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
        Ok(Study {
            days: Days { zone: place, starts: kept.rules.day_starts },
            weights: Weights::from_stored(&kept.weights).unwrap_or_default(),
            rules: kept.rules,
            zone,
            fitted_at: kept.fitted_at,
            fitted_reviews: kept.fitted_reviews,
        })
    }

    /// What waits to be studied in a set, or in all.
    ///
    /// # Errors
    /// `NotFound` when the set is not the user's.
    pub async fn sit(
        &self,
        user: &UserId,
        set: Option<SetId>,
        limit: u32,
        now: Timestamp,
    ) -> Result<Sit, StoreError> {
        let study = self.study_of(user).await?;
        let (day_from, day_to) = study.day(now);
        let rules = study.rules.clone();
        let asked = Asked { set, now, day_from, day_to, ahead: now + AHEAD, rules, limit };
        let queue = self.store.queue(user.clone(), asked).await?;
        let turns = self.turns(user, &study, queue.cards, now).await?;
        Ok(Sit { turns, waiting: queue.waiting, next_at: queue.next_at })
    }

    /// A card with what each grade would make of it.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn turn(&self, user: &UserId, card: CardId, now: Timestamp) -> Result<Turn, StoreError> {
        let study = self.study_of(user).await?;
        let card = self.store.card(user.clone(), card).await?;
        self.turns(user, &study, vec![card], now).await?.pop().ok_or(StoreError::NotFound)
    }

    async fn turns(
        &self,
        user: &UserId,
        study: &Study,
        cards: Vec<StudyCard>,
        now: Timestamp,
    ) -> Result<Vec<Turn>, StoreError> {
        let load = self.load(user, study, now).await?;
        let mut rules: HashMap<SetId, SetRules> = HashMap::new();
        for card in &cards {
            let set = card.card.set_id;
            if let std::collections::hash_map::Entry::Vacant(place) = rules.entry(set) {
                place.insert(self.store.study_set(user.clone(), set).await?.rules);
            }
        }
        let turn = |card: StudyCard| {
            let choices = choices(study, &rules[&card.card.set_id], &load, (card.card.id, card.memory), now);
            Turn { card, choices }
        };
        Ok(cards.into_iter().map(turn).collect())
    }

    async fn load(&self, user: &UserId, study: &Study, now: Timestamp) -> Result<Load, StoreError> {
        let until = now + Duration::from_secs(LOAD_DAYS * 24 * 60 * 60);
        let mut load = HashMap::new();
        for (quarter, cards) in self.store.load(user.clone(), now, until).await? {
            *load.entry(study.days.date(quarter)).or_default() += cards;
        }
        Ok(Load(load))
    }

    /// Keeps a grade, and answers with what it made of the card. The same grade again changes nothing. Of two grades of
    /// one showing of a card the later counts.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when its sitting is finished or over another set.
    pub async fn grade(&self, user: &UserId, new: Grading) -> Result<Graded, StoreError> {
        let study = self.study_of(user).await?;
        let load = self.load(user, &study, new.at).await?;
        let mut attempts = 1;
        let (counted, leech) = loop {
            let standing = self.store.standing_of(user.clone(), new).await?;
            if standing.settled {
                break (false, false);
            }
            let rules = study.rules_of(&standing.rules);
            let one = (new.card, standing.base);
            let all = choices(&study, &standing.rules, &load, one, new.at);
            let memory = all[usize::from(new.grade.number()) - 1];
            let lapsed = standing.base.is_some_and(|base| memory.lapses > base.lapses);
            let leech = lapsed && sharper_memory::leech(&memory, &rules);
            let bury_until = rules.bury_siblings.then(|| study.day(new.at).1);
            let learned = Learned { memory, leech, suspend: leech && rules.leech_suspends, bury_until };
            match self.store.keep_review(user.clone(), new, standing.clone(), learned).await {
                Err(StoreError::Conflict(_))
                    if attempts < ATTEMPTS
                        && self.store.standing_of(user.clone(), new).await? != standing =>
                {
                    attempts += 1;
                }
                kept => {
                    kept?;
                    break (true, leech);
                }
            }
        };
        let turn = self.turn(user, new.card, new.at).await?;
        Ok(Graded { card: turn.card, choices: turn.choices, counted, leech })
    }

    /// Takes back the last grade of a card, or that one. Answers with the card, and whether something was taken back.
    ///
    /// # Errors
    /// `NotFound`; `Conflict` when the card was graded again after `review`.
    pub async fn undo(
        &self,
        user: &UserId,
        card: CardId,
        review: Option<Uuid>,
        now: Timestamp,
    ) -> Result<(Turn, bool), StoreError> {
        let undone = self.store.undo_last_review(user.clone(), card, review).await?;
        Ok((self.turn(user, card, now).await?, undone))
    }

    /// How much of a set will be recalled at a moment, if nothing more is studied until then.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn readiness(&self, user: &UserId, set: SetId, at: Timestamp) -> Result<Readiness, StoreError> {
        let study = self.study_of(user).await?;
        let cards = self.store.study_cards_of_set(user.clone(), set).await?;
        let memories: Vec<_> = cards.into_iter().map(|card| card.memory).collect();
        Ok(sharper_memory::readiness(&study.weights, &memories, at))
    }

    /// Fits weights to the user's own reviews, on a thread of its own, and keeps the better ones.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn fit(&self, user: &UserId, now: Timestamp) -> Result<Fit, StoreError> {
        let study = self.study_of(user).await?;
        let histories = self.store.histories(user.clone()).await?;
        let reviews = u32::try_from(histories.iter().map(Vec::len).sum::<usize>()).unwrap_or(u32::MAX);
        let fitting = self.desk(move || sharper_memory::fit(&histories, &study.weights, &study.days)).await;
        match fitting.map_err(|problem| StoreError::internal(problem.detail))? {
            Ok(fitted) => {
                let weights = fitted.weights.as_slice().to_vec();
                self.store.set_fit(user.clone(), weights, reviews, now).await?;
                Ok(Fit::Done { reviews, loss: (fitted.log_loss_before, fitted.log_loss_after) })
            }
            Err(too_few) => Ok(Fit::TooFew { have: too_few.have, needed: too_few.needed }),
        }
    }

    /// Fits weights to the reviews of those who have enough new ones. Answers with how many there were.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn fit_some(&self, most: u32, now: Timestamp) -> Result<u32, StoreError> {
        let needed = u32::try_from(NEEDED_REVIEWS).unwrap_or(u32::MAX);
        let users = self.store.users_to_fit(needed, most).await?;
        let mut fitted = 0;
        for user in users {
            if let Fit::TooFew { .. } = self.fit(&user, now).await? {
                // Reviews of the same days say nothing; they are counted, so that it is tried again when there are more.
                let kept = self.store.study_settings(user.clone()).await?;
                let reviews = self.store.histories(user.clone()).await?.iter().map(Vec::len).sum::<usize>();
                let reviews = u32::try_from(reviews).unwrap_or(u32::MAX);
                self.store.set_fit(user, kept.weights, reviews, now).await?;
            } else {
                fitted += 1;
            }
        }
        Ok(fitted)
    }
}

/// What each grade would make of a card.
fn choices(
    study: &Study,
    set: &SetRules,
    load: &Load,
    (card, memory): (CardId, Option<Memory>),
    at: Timestamp,
) -> [Memory; 4] {
    let scheduler = Scheduler::new(&study.weights, study.rules_of(set));
    let on_day = |date: Date| load.0.get(&date).copied().unwrap_or_default();
    let exam = set.exam_at.filter(|exam| *exam > at);
    scheduler.choices(card, memory.as_ref(), &Sitting { at, days: &study.days, load: &on_day, exam })
}

/// How long it is until a card with this memory comes back, in seconds.
pub fn interval_s(memory: &Memory) -> u64 {
    u64::try_from(memory.due_at.duration_since(memory.last_review_at).as_secs()).unwrap_or_default()
}
