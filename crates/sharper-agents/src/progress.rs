//! How learning goes, for the student to see: days studied, what comes back when, what is remembered against what was predicted,
//! topics, and the exam ahead. All days are the student's own: their time zone, and the hour at which their day begins.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::civil::Date;
use serde::Serialize;
use sharper_domain::{SetId, TaskKind, Timestamp, UserId, Waiting};
use sharper_memory::{Days, retrievability};
use sharper_store::StoreError;
use sharper_store::study::{ExamAhead, Quarter, Recall, TopicReviews};

use crate::Agents;
use crate::context::progress::streak;
use crate::study::Study;

/// Days back that are told.
const BACK: u64 = 84;
/// Days ahead that are told.
const AHEAD: i32 = 14;
/// Reviews that the retention is reckoned from, at most.
const RECALLS: u32 = 5_000;
/// Days since the last review at which the parts of the retention curve end.
const PARTS: [(u32, u32); 6] = [(0, 1), (2, 3), (4, 7), (8, 14), (15, 30), (31, u32::MAX)];
const DAY: u64 = 24 * 60 * 60;

/// A day on which something was studied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DayStudied {
    /// Reviews of cards.
    pub reviews: u64,
    /// Those in which the card was remembered.
    pub remembered: u64,
    /// Quizzes and exams that were begun.
    pub attempts: u64,
    /// Minutes that it took.
    pub minutes: u64,
}

/// A day and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfDay<T> {
    /// The student's day.
    pub date: Date,
    /// What belongs to it.
    #[serde(flatten)]
    pub of: T,
}

/// How many cards come back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Cards {
    /// So many.
    pub cards: u64,
}

/// Cards that had come back after so many days: what was predicted, and what was remembered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Retention {
    /// Days since the review before, from …
    pub from_days: u32,
    /// … to; `None`: and more.
    pub to_days: Option<u32>,
    /// Reviews.
    pub reviews: usize,
    /// The mean of the probabilities that were predicted.
    pub predicted: f64,
    /// The share that was remembered.
    pub remembered: f64,
}

/// How well a topic is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Topic {
    /// The topic.
    pub topic: String,
    /// Reviews of its cards, and graded answers to its questions.
    pub reviews: u64,
    /// The share of them that was right.
    pub accuracy: f64,
}

/// The exam that comes next.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextExam {
    /// When.
    pub at: Timestamp,
    /// A line for people.
    pub title: String,
    /// The set that is to be known, where it is one.
    pub set_id: Option<SetId>,
    /// What share of it will be recalled on the day if nothing more is studied, 0 to 1; `None` of a plan.
    pub recall: Option<f64>,
    /// In nine of ten cases the share lies between these.
    pub between: Option<(f64, f64)>,
}

/// How learning goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Going {
    /// What waits now.
    pub waiting: Waiting,
    /// Days in a row, one missed day forgiven.
    pub streak_days: u32,
    /// Whether something was studied today.
    pub studied_today: bool,
    /// The days on which something was studied, of the last twelve weeks, the newest first.
    pub days: Vec<OfDay<DayStudied>>,
    /// How many cards come back on each of the next days, today first, with what is overdue.
    pub forecast: Vec<OfDay<Cards>>,
    /// What was predicted and what was remembered, by the days between.
    pub retention: Vec<Retention>,
    /// Topics, the weakest first.
    pub topics: Vec<Topic>,
    /// The exam that comes next.
    pub exam: Option<NextExam>,
}

impl Agents {
    /// How learning goes.
    ///
    /// # Errors
    /// Only the store's own.
    pub async fn going(&self, user: &UserId, now: Timestamp) -> Result<Going, StoreError> {
        let study = self.study_of(user).await?;
        let days = &study.days;
        let today = days.date(now);
        let since = now - Duration::from_secs(BACK * DAY);
        let quarters = self.store.studied_quarters(user.clone(), since).await?;
        let last = today.checked_add(jiff::Span::new().days(AHEAD)).unwrap_or(today);
        let coming = self.store.coming_cards(user.clone(), days.start_of(last)).await?;
        let recalls = self.store.recalls(user.clone(), since, RECALLS).await?;
        let topics = self.store.standing(user.clone(), since).await?.topics;
        let studied: BTreeSet<Date> = quarters.iter().map(|one| days.date(one.at)).collect();
        let streak = streak(&studied, today);
        Ok(Going {
            waiting: self.sit(user, None, 1, now).await?.waiting,
            streak_days: streak.days,
            studied_today: streak.today,
            days: by_day(&quarters, days),
            forecast: forecast(coming.iter().map(|one| (days.date(one.at), one.cards)), today),
            retention: retention(&study, &recalls),
            topics: weakest_first(&topics),
            exam: self.next_exam(user, now).await?,
        })
    }

    async fn next_exam(&self, user: &UserId, now: Timestamp) -> Result<Option<NextExam>, StoreError> {
        let Some(ExamAhead { at, id, kind, title }) =
            self.store.exams_ahead(user.clone(), now, 1).await?.into_iter().next()
        else {
            return Ok(None);
        };
        let set_id = (kind == TaskKind::FlashcardGeneration).then_some(SetId(id));
        let ready = match set_id {
            Some(set) => Some(self.readiness(user, set, at).await?),
            None => None,
        };
        let recall = ready.as_ref().map(|ready| ready.recall);
        Ok(Some(NextExam { at, title, set_id, recall, between: ready.map(|ready| (ready.low, ready.high)) }))
    }
}

fn by_day(quarters: &[Quarter], days: &Days) -> Vec<OfDay<DayStudied>> {
    let mut all: BTreeMap<Date, (DayStudied, u64)> = BTreeMap::new();
    for one in quarters {
        let (day, took_ms) = all.entry(days.date(one.at)).or_default();
        day.reviews += one.reviews;
        day.remembered += one.remembered;
        day.attempts += one.attempts;
        *took_ms += one.took_ms;
    }
    let whole = |(date, (day, took_ms)): (Date, (DayStudied, u64))| OfDay {
        date,
        of: DayStudied { minutes: took_ms.div_ceil(60_000), ..day },
    };
    all.into_iter().rev().map(whole).collect()
}

/// Every day from today on; what is overdue stands on today.
fn forecast(coming: impl Iterator<Item = (Date, u64)>, today: Date) -> Vec<OfDay<Cards>> {
    let mut all: BTreeMap<Date, u64> = BTreeMap::new();
    for (date, cards) in coming {
        *all.entry(date.max(today)).or_default() += cards;
    }
    let day = |n: i32| today.checked_add(jiff::Span::new().days(n)).unwrap_or(today);
    let of = |date: Date| OfDay { date, of: Cards { cards: all.get(&date).copied().unwrap_or_default() } };
    (0..AHEAD).map(day).map(of).collect()
}

fn retention(study: &Study, recalls: &[Recall]) -> Vec<Retention> {
    let part = |(from, to): (u32, u32)| {
        let within = recalls.iter().filter(|one| {
            let days = study.days.between(one.before.last_review_at, one.at);
            (from..=to).contains(&days)
        });
        let mut sum = (0, 0.0, 0);
        for one in within {
            sum.0 += 1;
            sum.1 += retrievability(&study.weights, &one.before, one.at);
            sum.2 += usize::from(one.remembered);
        }
        let (reviews, predicted, remembered) = sum;
        (reviews > 0).then(|| Retention {
            from_days: from,
            to_days: Some(to).filter(|to| *to < u32::MAX),
            reviews,
            predicted: predicted / reviews as f64,
            remembered: remembered as f64 / reviews as f64,
        })
    };
    PARTS.into_iter().filter_map(part).collect()
}

fn weakest_first(topics: &[TopicReviews]) -> Vec<Topic> {
    let told = |one: &TopicReviews| Topic {
        topic: one.topic.clone(),
        reviews: one.reviews,
        accuracy: one.remembered as f64 / one.reviews.max(1) as f64,
    };
    let mut all: Vec<Topic> = topics.iter().map(told).collect();
    all.sort_by(|a, b| a.accuracy.total_cmp(&b.accuracy).then(b.reviews.cmp(&a.reviews)));
    all.truncate(50);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(at: &str, reviews: u64, took_ms: u64) -> Quarter {
        let at = at.parse().unwrap();
        Quarter { at, reviews, remembered: reviews, returned: 0, recalled: 0, attempts: 0, took_ms }
    }

    #[test]
    fn a_day_is_the_students_own_across_zones_and_daylight_saving() {
        // Each pair is one day in its zone, the second a quarter of an hour before the next day begins at four.
        let check = |zone: &str, first: &str, second: &str| {
            let days = Days { zone: jiff::tz::TimeZone::get(zone).unwrap(), starts: 4 };
            let all = by_day(&[quarter(second, 1, 60_000), quarter(first, 2, 30_000)], &days);
            assert_eq!(all.len(), 1, "{zone}: {all:?}");
            assert_eq!((all[0].of.reviews, all[0].of.minutes), (3, 2));
        };
        // 25 hours, 23 hours, 25 hours on the other half of the world, and fourteen hours ahead.
        check("Europe/Berlin", "2026-10-24T02:00:00Z", "2026-10-25T02:45:00Z");
        check("America/New_York", "2026-03-07T09:00:00Z", "2026-03-08T07:45:00Z");
        check("Australia/Sydney", "2026-04-03T17:00:00Z", "2026-04-04T17:45:00Z");
        check("Pacific/Kiritimati", "2026-11-23T14:00:00Z", "2026-11-24T13:45:00Z");
    }

    #[test]
    fn what_is_overdue_comes_back_today() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let coming = [(day("2026-11-01"), 3), (day("2026-11-24"), 2), (day("2026-11-26"), 1)];
        let all = forecast(coming.into_iter(), day("2026-11-24"));
        assert_eq!(all.iter().map(|one| one.of.cards).take(4).collect::<Vec<_>>(), [5, 0, 1, 0]);
        assert_eq!((all.len(), all[13].date), (14, day("2026-12-07")));
    }
}
