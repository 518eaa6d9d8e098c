//! The progress agent: cards studied, how much is remembered, what is weak, and for how many days in a row.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use sharper_domain::Timestamp;
use sharper_store::study::{Standing, TopicReviews};

/// Days that a streak is looked for in; longer ones are told as this long.
pub(super) const STREAK_DAYS: i64 = 400;
/// Reviews from which something is said of a topic.
const ENOUGH: u64 = 5;
/// A topic is weak when less of it than this is remembered.
const WEAK_BELOW: f64 = 0.75;
/// Weak topics that are named.
const WEAK_MOST: usize = 5;

/// A topic that is remembered badly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct WeakTopic {
    /// Its name.
    pub(crate) topic: String,
    /// The share of its reviews in which the card was remembered.
    pub(crate) accuracy: f64,
    /// How many reviews that is from.
    pub(crate) reviews: u64,
}

/// Days in a row on which something was studied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Streak {
    /// How many days were studied.
    pub(crate) days: u32,
    /// Whether today is one of them.
    pub(crate) today: bool,
    /// Whether a day that was missed is forgiven in it.
    pub(crate) forgiven: bool,
}

/// How learning goes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Progress {
    /// Different cards that were reviewed.
    pub(crate) cards_studied: u64,
    /// Cards that were never reviewed.
    pub(crate) cards_new: u64,
    /// Reviews in all.
    pub(crate) reviews_total: u64,
    /// The share of them in which the card was remembered; `None` while there are none.
    pub(crate) accuracy: Option<f64>,
    /// The weakest topics, the weakest first.
    pub(crate) weak_topics: Vec<WeakTopic>,
    /// Days in a row.
    pub(crate) streak: Streak,
    /// Cards that are due. Nobody reckons that yet.
    pub(crate) due: Option<u64>,
}

impl Progress {
    /// Of what was reviewed, on the day that it is in this time zone.
    pub(crate) fn of(standing: &Standing, now: Timestamp, zone: &TimeZone) -> Self {
        let day = |at: &Timestamp| at.to_zoned(zone.clone()).date();
        let days = standing.quarters.iter().map(day).collect();
        Self {
            cards_studied: standing.cards_studied,
            cards_new: standing.cards_new,
            reviews_total: standing.reviews,
            accuracy: share(standing.remembered, standing.reviews),
            weak_topics: weak(&standing.topics),
            streak: streak(&days, day(&now)),
            due: None,
        }
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}

fn weak(topics: &[TopicReviews]) -> Vec<WeakTopic> {
    let weak = |one: &TopicReviews| {
        let accuracy = share(one.remembered, one.reviews)?;
        let weak = one.reviews >= ENOUGH && accuracy < WEAK_BELOW;
        weak.then(|| WeakTopic { topic: one.topic.clone(), accuracy, reviews: one.reviews })
    };
    let mut weak: Vec<WeakTopic> = topics.iter().filter_map(weak).collect();
    weak.sort_by(|a, b| a.accuracy.total_cmp(&b.accuracy).then(b.reviews.cmp(&a.reviews)));
    weak.truncate(WEAK_MOST);
    weak
}

/// The streak that is alive today: one missed day is forgiven, a second ends it. Today is not missed before it is over.
pub(crate) fn streak(days: &BTreeSet<Date>, today: Date) -> Streak {
    let mut streak = Streak { today: days.contains(&today), ..Streak::default() };
    let mut missed_at = None;
    let mut day = today;
    for back in 0..STREAK_DAYS {
        if days.contains(&day) {
            streak.days += 1;
            streak.forgiven = missed_at.is_some();
        } else if back > 0 {
            if missed_at.is_some() {
                break;
            }
            missed_at = Some(day);
        }
        let Ok(before) = day.yesterday() else { break };
        day = before;
    }
    streak
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(studied: &[i8], expected: (u32, bool, bool)) {
        let today = Date::constant(2026, 11, 23);
        let days = studied.iter().map(|back| today.checked_sub(jiff::Span::new().days(*back)).unwrap());
        let streak = streak(&days.collect(), today);
        assert_eq!((streak.days, streak.today, streak.forgiven), expected, "{studied:?}");
    }

    #[test]
    fn a_streak_forgives_one_day_and_not_two() {
        check(&[], (0, false, false));
        check(&[0], (1, true, false));
        check(&[0, 1, 2], (3, true, false));
        check(&[1, 2], (2, false, false));
        check(&[2, 3], (2, false, true));
        check(&[3, 4], (0, false, false));
        check(&[0, 2, 3], (3, true, true));
        check(&[0, 2, 4], (2, true, true));
        check(&[0, 1, 4], (2, true, false));
    }

    fn topic(name: &str, reviews: u64, remembered: u64) -> TopicReviews {
        TopicReviews { topic: name.into(), reviews, remembered, cards: 1 }
    }

    #[test]
    fn weak_is_what_is_remembered_least_of_what_was_reviewed_enough() {
        let standing = Standing {
            reviews: 40,
            remembered: 25,
            topics: vec![topic("a", 20, 18), topic("b", 10, 5), topic("c", 6, 2), topic("d", 4, 0)],
            ..Standing::default()
        };
        let progress = Progress::of(&standing, Timestamp::UNIX_EPOCH, &TimeZone::UTC);
        let weak: Vec<_> = progress.weak_topics.iter().map(|one| (one.topic.as_str(), one.reviews)).collect();
        assert_eq!((weak, progress.accuracy), (vec![("c", 6), ("b", 10)], Some(0.625)));
    }

    #[test]
    fn a_day_begins_where_the_student_is() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let standing = Standing {
            quarters: vec![at("2026-11-22T23:30:00Z"), at("2026-11-22T05:00:00Z")],
            ..Standing::default()
        };
        let streak = |zone: &str| {
            let zone = TimeZone::get(zone).unwrap();
            Progress::of(&standing, at("2026-11-23T10:00:00Z"), &zone).streak
        };
        assert_eq!((streak("UTC").days, streak("UTC").today), (1, false));
        assert_eq!((streak("Asia/Tokyo").days, streak("Asia/Tokyo").today), (2, true));
    }
}
