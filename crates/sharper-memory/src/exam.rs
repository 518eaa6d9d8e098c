//! The way to an exam: on which days a card comes back so that most is recalled on that day for the reviews spent.

use fsrs::MemoryState as State;
use jiff::civil::Date;
use sharper_domain::Grade;

use crate::days::days_after;
use crate::fuzz::{Chance, Load};
use crate::model::{Model, place};

/// What a review must add to the expected recall on the day of the exam to be worth its time.
const PRICE: f64 = 0.1;

/// A card that is recalled on the day with at least this probability needs no review before it.
const CERTAIN: f64 = 0.9;

/// Days that are worse than the best one by no more than this are as good.
const AS_GOOD: f64 = 0.003;

/// How a card goes on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Course {
    /// As if there were no exam.
    AsUsual,
    /// After one of these numbers of days, the best first: with what each is worth.
    Among(Vec<(u32, f64)>),
}

/// The course of a card that was just graded, `left` days before the day of the exam, if it may come back after
/// `least` days. The last review is before the day of the exam.
pub(crate) fn course(model: &Model, state: State, left: u32, least: u32) -> Course {
    let untouched = model.retrievability(state, f64::from(left));
    if left == 0 || least > left {
        return Course::AsUsual;
    }
    let mut days: Vec<(u32, f64)> = candidates(left)
        .filter(|days| *days >= least)
        .map(|days| (days, worth(model, state, left, days)))
        .collect();
    days.sort_by(|one, other| other.1.total_cmp(&one.1));
    match days.first() {
        None if untouched >= CERTAIN => Course::AsUsual,
        None => Course::Among(vec![(least, untouched)]),
        Some((_, best)) if untouched >= CERTAIN && untouched >= *best => Course::AsUsual,
        Some(_) => Course::Among(days),
    }
}

/// One of the days: among those that are as good as the best, and not full, one with the fewest reviews.
pub(crate) fn pick(days: &[(u32, f64)], full: u32, chance: Chance, today: Date, load: Load<'_>) -> u32 {
    let with_load: Vec<(u32, f64, u32)> =
        days.iter().map(|(day, worth)| (*day, *worth, load(days_after(today, *day)))).collect();
    let free = |(_, _, load): &&(u32, f64, u32)| *load < full;
    let Some((_, best, _)) = with_load.iter().find(free) else {
        // Every day is full: the least full of them.
        return with_load.iter().min_by_key(|(_, _, load)| *load).map_or(1, |(day, ..)| *day);
    };
    let as_good: Vec<_> =
        with_load.iter().filter(free).filter(|(_, worth, _)| *worth >= best - AS_GOOD).collect();
    let fewest = as_good.iter().map(|(_, _, load)| *load).min().unwrap_or(0);
    let emptiest: Vec<u32> =
        as_good.into_iter().filter(|(_, _, load)| *load == fewest).map(|(day, ..)| *day).collect();
    let one = chance.below(u32::try_from(emptiest.len()).unwrap_or(1));
    emptiest.get(one as usize).copied().unwrap_or(1)
}

/// The worth of a review after so many days, with one more review after it if that is worth its price: the expected
/// recall on the day of the exam, less the price of the reviews.
fn worth(model: &Model, state: State, left: u32, days: u32) -> f64 {
    let then = |state: State, left: u32| {
        let untouched = model.retrievability(state, f64::from(left));
        later_candidates(left).map(|days| worth_of_last(model, state, left, days)).fold(untouched, f64::max)
    };
    of_review(model, state, days, |state| then(state, left - days))
}

/// The worth of a review after so many days if it is the last.
fn worth_of_last(model: &Model, state: State, left: u32, days: u32) -> f64 {
    of_review(model, state, days, |state| model.retrievability(state, f64::from(left - days)))
}

/// The worth of a review after so many days, given the worth of what it may lead to.
fn of_review(model: &Model, state: State, days: u32, then: impl Fn(State) -> f64) -> f64 {
    let recalled = model.retrievability(state, f64::from(days));
    let after = model.after(Some(state), days);
    let known = after[place(Grade::Good)];
    // What was forgotten is learned again on the same day, which is one more review.
    let forgotten = model.after(Some(after[place(Grade::Again)]), 0)[place(Grade::Good)];
    recalled * then(known) + (1.0 - recalled) * (then(forgotten) - PRICE) - PRICE
}

/// Days after which a card may come back before an exam: all of the first and the last, fewer of those in between.
fn candidates(left: u32) -> impl Iterator<Item = u32> {
    let apart = 1 + left / 8;
    (1..left).filter(move |days| *days <= 3 || left - days <= 3 || days.is_multiple_of(apart))
}

/// The same for the review after next, which need not be known so exactly.
fn later_candidates(left: u32) -> impl Iterator<Item = u32> {
    [left / 2, (left * 3) / 4, left.saturating_sub(2), left.saturating_sub(1)]
        .into_iter()
        .filter(|days| *days > 0)
}
