//! `Breaker`: stops asking a server that keeps failing, and finds out by single calls when it is back.
//!
//! After M. Nygard, Release It!, ch. 5 (circuit breaker). Closed lets all pass; after `open_after` failures within
//! `open_within` it opens and lets one call pass each `probe_every`; the first that succeeds closes it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::settings::RetrySettings;

/// The circuit to one server or one model of it.
#[derive(Debug)]
pub(crate) struct Breaker {
    state: Mutex<State>,
    open_after: usize,
    open_within: Duration,
    probe_every: Duration,
}

#[derive(Debug)]
enum State {
    /// With the moments of the last failures, the oldest first.
    Closed(VecDeque<Instant>),
    /// Until a call succeeds; the next one may pass from this moment on.
    Open { next_probe: Instant },
}

impl Breaker {
    pub(crate) fn new(settings: &RetrySettings) -> Self {
        Self {
            state: Mutex::new(State::Closed(VecDeque::new())),
            open_after: settings.open_after as usize,
            open_within: settings.open_within,
            probe_every: settings.probe_every,
        }
    }

    /// Whether a call may pass now. On an open circuit this takes the one pass of the next `probe_every`, so that a
    /// probe that hangs delays the next by nothing.
    pub(crate) fn admits(&self, now: Instant) -> bool {
        match &mut *self.state() {
            State::Closed(_) => true,
            State::Open { next_probe } if now >= *next_probe => {
                *next_probe = now + self.probe_every;
                true
            }
            State::Open { .. } => false,
        }
    }

    /// A call succeeded: an open circuit closes. In a closed one the failures stay counted, they fade by themselves.
    pub(crate) fn succeeded(&self) {
        let mut state = self.state();
        if matches!(*state, State::Open { .. }) {
            *state = State::Closed(VecDeque::new());
        }
    }

    /// A call failed in a way that tells of the server's health.
    pub(crate) fn failed(&self, now: Instant) {
        let mut state = self.state();
        let State::Closed(failures) = &mut *state else { return };
        failures.push_back(now);
        while failures.front().is_some_and(|first| now.duration_since(*first) > self.open_within) {
            failures.pop_front();
        }
        if failures.len() >= self.open_after {
            *state = State::Open { next_probe: now + self.probe_every };
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // Each change under the lock is one assignment, so a panic elsewhere leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(n: f64) -> Duration {
        Duration::from_secs_f64(n)
    }

    /// Fails at these seconds; gives the breaker and its second 0.
    fn after_failures(at: &[f64]) -> (Breaker, Instant) {
        let (breaker, start) = (Breaker::new(&RetrySettings::default()), Instant::now());
        for &second in at {
            breaker.failed(start + seconds(second));
        }
        (breaker, start)
    }

    #[test]
    fn five_failures_within_ten_seconds_open_it() {
        let (breaker, start) = after_failures(&[0.0, 1.0, 2.0, 3.0]);
        assert!(breaker.admits(start + seconds(3.0)));
        breaker.failed(start + seconds(4.0));
        assert!(!breaker.admits(start + seconds(4.1)));
    }

    #[test]
    fn five_failures_in_more_than_ten_seconds_do_not() {
        let (breaker, start) = after_failures(&[0.0, 3.0, 6.0, 9.0, 12.0]);
        assert!(breaker.admits(start + seconds(12.0)));
    }

    #[test]
    fn an_open_circuit_lets_one_call_pass_in_five_seconds() {
        let (breaker, start) = after_failures(&[0.0; 5]);
        let passed =
            (0..600).filter(|tenth| breaker.admits(start + seconds(f64::from(*tenth) / 10.0))).count();
        assert_eq!(passed, 11, "one at 5.0 s and one each 5 s until 59.9 s");
    }

    #[test]
    fn a_probe_that_fails_keeps_it_open_and_one_that_succeeds_closes_it() {
        let (breaker, start) = after_failures(&[0.0; 5]);
        assert!(breaker.admits(start + seconds(5.0)));
        breaker.failed(start + seconds(5.1));
        assert!(!breaker.admits(start + seconds(9.9)));
        assert!(breaker.admits(start + seconds(10.0)));
        breaker.succeeded();
        assert!(breaker.admits(start + seconds(10.0)) && breaker.admits(start + seconds(10.0)));
    }
}
