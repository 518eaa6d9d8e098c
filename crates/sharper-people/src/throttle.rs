//! The throttle of guesses: so many tries in any window, for each account and for each network address.
//!
//! It is each process's own; what holds across processes is the lock of an account after a hundred failures.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sharper_domain::{Problem, ProblemCode, Timestamp};

/// So many tries in a window of so many microseconds.
pub(crate) type Rule = (usize, i64);

/// A minute, in microseconds.
const MINUTE: i64 = 60_000_000;
/// Wrong passwords and links, of one account and of one address.
pub(crate) const GUESSES: &[Rule] = &[(5, MINUTE)];
/// Accounts opened from one address: a class has one.
pub(crate) const REGISTRATIONS: &[Rule] = &[(30, MINUTE)];
/// Letters with a link to one account: its owner's post is no plaything of others.
pub(crate) const LETTERS: &[Rule] = &[(5, 60 * MINUTE), (20, 24 * 60 * MINUTE)];
/// Accounts and addresses that are watched at once. Beyond, nobody new may try until the window has passed.
const MOST: usize = 100_000;

/// Who tries.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum By {
    /// An account, by the key of its e-mail address, whether there is one or not.
    Account(String),
    /// A network address.
    Address(String),
}

/// Counts tries.
#[derive(Debug)]
pub(crate) struct Throttle {
    rules: &'static [Rule],
    tries: Mutex<HashMap<By, VecDeque<i64>>>,
}

impl Throttle {
    /// One that holds these rules, all of them.
    pub(crate) fn new(rules: &'static [Rule]) -> Self {
        Self { rules, tries: Mutex::default() }
    }

    /// Counts one try for all of these, or for none of them: `RateLimited` when one has none left.
    pub(crate) fn take(&self, by: &[By], now: Timestamp) -> Result<(), Problem> {
        self.check(by, now)?;
        self.count(by, now);
        Ok(())
    }

    /// Whether all of these have a try left; `RateLimited` when one has not.
    pub(crate) fn check(&self, by: &[By], now: Timestamp) -> Result<(), Problem> {
        let now = now.as_microsecond();
        let longest = self.rules.iter().map(|(_, window)| *window).max().unwrap_or_default();
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() + by.len() > MOST {
            tries.retain(|_, times| times.back().is_some_and(|last| now - last < longest));
        }
        let mut wait = if tries.len() + by.len() > MOST { longest } else { 0 };
        for times in by.iter().filter_map(|by| tries.get(by)) {
            for (most, window) in self.rules {
                // The try that must be out of the window before there is room for another.
                let last = times.len().checked_sub(*most).and_then(|place| times.get(place));
                wait = wait.max(last.map_or(0, |last| last + window - now));
            }
        }
        if wait > 0 { Err(too_many(wait)) } else { Ok(()) }
    }

    /// Counts one try for all of these, whether they have one left or not.
    pub(crate) fn count(&self, by: &[By], now: Timestamp) {
        let now = now.as_microsecond();
        let most = self.rules.iter().map(|(most, _)| *most).max().unwrap_or_default();
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        for by in by {
            let times = tries.entry(by.clone()).or_default();
            times.push_back(now);
            if times.len() > most {
                times.pop_front();
            }
        }
    }

    /// Takes back the last try of these: it was no guess, it was right.
    pub(crate) fn forgive(&self, by: &[By]) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        for by in by {
            if let Some(times) = tries.get_mut(by) {
                times.pop_back();
            }
        }
    }
}

fn too_many(wait: i64) -> Problem {
    let seconds = (wait.unsigned_abs()).div_ceil(1_000_000).max(1);
    let detail = format!("There were too many tries. Try again in {seconds} seconds.");
    Problem::new(ProblemCode::RateLimited, detail).retry_after(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_790_000_000_000 + millis).unwrap()
    }

    fn account(name: &str) -> By {
        By::Account(name.to_owned())
    }

    #[test]
    fn five_tries_pass_in_any_minute_and_the_wait_that_is_told_is_true() {
        let throttle = Throttle::new(GUESSES);
        for n in 0..5 {
            throttle.take(&[account("ada")], at(n * 10_000)).unwrap();
        }
        let refused = throttle.take(&[account("ada")], at(50_000)).unwrap_err();
        assert_eq!(
            (refused.code, refused.retry_after),
            (ProblemCode::RateLimited, Some(Duration::from_secs(10)))
        );
        assert!(throttle.take(&[account("ada")], at(59_999)).is_err());
        throttle.take(&[account("ada")], at(60_000)).unwrap();
        assert!(throttle.take(&[account("ada")], at(60_001)).is_err(), "no window of a minute has a sixth");
        throttle.take(&[account("eve")], at(50_000)).unwrap();
    }

    #[test]
    fn an_address_that_tries_many_accounts_is_one_address() {
        let throttle = Throttle::new(GUESSES);
        let home = By::Address("10.0.0.1".into());
        for n in 0..5 {
            throttle.take(&[account(&n.to_string()), home.clone()], at(n)).unwrap();
        }
        assert!(throttle.take(&[account("5"), home.clone()], at(5)).is_err());
        throttle.take(&[account("5"), By::Address("10.0.0.2".into())], at(5)).unwrap();
    }

    #[test]
    fn a_refused_try_counts_for_nobody_and_a_right_one_is_taken_back() {
        let throttle = Throttle::new(GUESSES);
        let home = By::Address("10.0.0.1".into());
        for n in 0..20 {
            throttle.take(&[account("ada"), home.clone()], at(n)).unwrap();
            throttle.forgive(&[account("ada"), home.clone()]);
        }
        for n in 20..25 {
            throttle.take(&[account("ada")], at(n)).unwrap();
        }
        for n in 25..40 {
            assert!(throttle.take(&[account("ada"), home.clone()], at(n)).is_err());
        }
        throttle.take(&[home], at(40)).unwrap();
    }

    #[test]
    fn ever_new_addresses_do_not_fill_the_memory() {
        let throttle = Throttle::new(GUESSES);
        for n in 0..MOST {
            throttle.take(&[By::Address(n.to_string())], at(0)).unwrap();
        }
        assert!(throttle.take(&[account("ada")], at(1)).is_err());
        throttle.take(&[account("ada")], at(60_000)).unwrap();
        assert_eq!(throttle.tries.lock().unwrap().len(), 1);
    }
}
