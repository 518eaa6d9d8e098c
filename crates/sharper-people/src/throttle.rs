//! The throttle of guesses: five tries in any minute, for each account and for each network address.
//!
//! It is each process's own; what holds across processes is the lock of an account after a hundred failures.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sharper_domain::{Problem, ProblemCode, Timestamp};

/// Tries in a window.
const TRIES: usize = 5;
/// The window, in microseconds.
const WINDOW: i64 = 60_000_000;
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
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    tries: Mutex<HashMap<By, VecDeque<i64>>>,
}

impl Throttle {
    /// Counts one try for all of these, or for none of them: `RateLimited` when one has none left.
    pub(crate) fn take(&self, by: &[By], now: Timestamp) -> Result<(), Problem> {
        let now = now.as_microsecond();
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() + by.len() > MOST {
            tries.retain(|_, times| times.back().is_some_and(|last| now - last < WINDOW));
        }
        let mut wait = if tries.len() + by.len() > MOST { WINDOW } else { 0 };
        for by in by {
            if let Some(times) = tries.get_mut(by) {
                times.retain(|time| now - time < WINDOW);
                if let (true, Some(first)) = (times.len() >= TRIES, times.front()) {
                    wait = wait.max(first + WINDOW - now);
                }
            }
        }
        if wait > 0 {
            return Err(too_many(wait));
        }
        for by in by {
            tries.entry(by.clone()).or_default().push_back(now);
        }
        Ok(())
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
    let seconds = (wait.unsigned_abs()).div_ceil(1_000_000).clamp(1, 60);
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
        let throttle = Throttle::default();
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
        let throttle = Throttle::default();
        let home = By::Address("10.0.0.1".into());
        for n in 0..5 {
            throttle.take(&[account(&n.to_string()), home.clone()], at(n)).unwrap();
        }
        assert!(throttle.take(&[account("5"), home.clone()], at(5)).is_err());
        throttle.take(&[account("5"), By::Address("10.0.0.2".into())], at(5)).unwrap();
    }

    #[test]
    fn a_refused_try_counts_for_nobody_and_a_right_one_is_taken_back() {
        let throttle = Throttle::default();
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
        let throttle = Throttle::default();
        for n in 0..MOST {
            throttle.take(&[By::Address(n.to_string())], at(0)).unwrap();
        }
        assert!(throttle.take(&[account("ada")], at(1)).is_err());
        throttle.take(&[account("ada")], at(60_000)).unwrap();
        assert_eq!(throttle.tries.lock().unwrap().len(), 1);
    }
}
