//! When to try again: full jitter, `Retry-After`, and the share of calls that may be repeated.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use crate::settings::RetrySettings;

/// Longest `Retry-After` that is believed and passed on: a server that says a day is asked again after an hour.
const RETRY_AFTER_BELIEVED: Duration = Duration::from_secs(3600);

/// A small generator (SplitMix64, Steele et al. 2014) for pauses: not for secrets.
#[derive(Debug)]
pub(crate) struct Jitter(AtomicU64);

impl Jitter {
    pub(crate) fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }

    /// Evenly from 0 up to `most`.
    pub(crate) fn up_to(&self, most: Duration) -> Duration {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let share = ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        most.mul_f64(share)
    }

    /// The pause before the try after `failed` failed ones (from 1): 0 to `backoff`·2^`failed`, with the cap.
    pub(crate) fn pause(&self, failed: u32, settings: &RetrySettings) -> Duration {
        let most = settings.backoff.saturating_mul(1 << failed.min(20));
        self.up_to(most.min(settings.backoff_cap))
    }
}

/// Reads `Retry-After` (RFC 9110 §10.2.3): seconds, or a date that is compared with the server's own `Date`, else
/// with our clock. `None` for what is neither.
pub(crate) fn retry_after(value: &str, date: Option<&str>, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let wait = match value.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).ok()?,
        Err(_) => {
            let moment = |text: &str| jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
            let from = date.and_then(moment).unwrap_or(now);
            Duration::try_from(moment(value)?.duration_since(from)).unwrap_or(Duration::ZERO)
        }
    };
    Some(wait.min(RETRY_AFTER_BELIEVED))
}

/// Allows repeated tries up to a share of the calls of the last minute, so that an outage is not made worse by us.
#[derive(Debug)]
pub(crate) struct RetryShare {
    share: f64,
    floor: u32,
    seconds: Mutex<VecDeque<Second>>,
    start: Instant,
}

/// What happened in one second since the start.
#[derive(Debug)]
struct Second {
    number: u64,
    calls: u32,
    repeats: u32,
}

impl RetryShare {
    pub(crate) fn new(settings: &RetrySettings, now: Instant) -> Self {
        Self { share: settings.share, floor: settings.floor, seconds: Mutex::default(), start: now }
    }

    /// A first try.
    pub(crate) fn call(&self, now: Instant) {
        self.at(now, |seconds| {
            if let Some(this) = seconds.back_mut() {
                this.calls += 1;
            }
        });
    }

    /// Whether a try may be repeated now; if so it is counted.
    pub(crate) fn repeat(&self, now: Instant) -> bool {
        self.at(now, |seconds| {
            let sum = |of: fn(&Second) -> u32| seconds.iter().map(of).fold(0, u32::saturating_add);
            let (calls, repeats) = (sum(|s| s.calls), sum(|s| s.repeats));
            let allowed = (f64::from(calls) * self.share).floor() as u32;
            let may = repeats < allowed.max(self.floor);
            if let (true, Some(this)) = (may, seconds.back_mut()) {
                this.repeats += 1;
            }
            may
        })
    }

    fn at<T>(&self, now: Instant, act: impl FnOnce(&mut VecDeque<Second>) -> T) -> T {
        let number = now.duration_since(self.start).as_secs();
        let mut seconds = self.seconds.lock().unwrap_or_else(PoisonError::into_inner);
        while seconds.front().is_some_and(|first| first.number + 60 <= number) {
            seconds.pop_front();
        }
        // Two threads may come in the wrong order; the later second then counts for both.
        if seconds.back().is_none_or(|last| last.number < number) {
            seconds.push_back(Second { number, calls: 0, repeats: 0 });
        }
        act(&mut seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(value: &str) -> Option<u64> {
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        retry_after(value, None, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(read("7"), Some(7));
        assert_eq!(read(" 0 "), Some(0));
        assert_eq!(read("Mon, 23 Nov 2026 12:00:30 GMT"), Some(30));
    }

    #[test]
    fn a_date_that_has_passed_is_now_and_a_day_is_an_hour() {
        assert_eq!(read("Mon, 23 Nov 2026 11:00:00 GMT"), Some(0));
        assert_eq!(read("86400"), Some(3600));
        assert_eq!(read("Tue, 24 Nov 2026 12:00:00 GMT"), Some(3600));
        assert_eq!(read("1e300"), None);
    }

    #[test]
    fn what_is_no_time_is_ignored() {
        for value in ["-1", "", "soon", "NaN", "inf", "Mon, 99 Nov 2026 12:00:00 GMT"] {
            assert_eq!(read(value), None, "{value}");
        }
    }

    #[test]
    fn a_date_is_compared_with_the_servers_own() {
        let now = "2000-01-01T00:00:00Z".parse().unwrap();
        let date = Some("Mon, 23 Nov 2026 12:00:00 GMT");
        assert_eq!(retry_after("Mon, 23 Nov 2026 12:00:05 GMT", date, now), Some(Duration::from_secs(5)));
    }

    #[test]
    fn a_fifth_of_a_minutes_calls_may_be_repeated() {
        let start = Instant::now();
        let share = RetryShare::new(&RetrySettings::default(), start);
        for _ in 0..100 {
            share.call(start);
        }
        assert_eq!((0..100).filter(|_| share.repeat(start)).count(), 20);
        assert!(!share.repeat(start + Duration::from_secs(59)));
    }

    #[test]
    fn a_quiet_server_may_repeat_three_times_a_minute() {
        let start = Instant::now();
        let share = RetryShare::new(&RetrySettings::default(), start);
        share.call(start);
        assert_eq!((0..10).filter(|_| share.repeat(start)).count(), 3);
        assert!(share.repeat(start + Duration::from_secs(60)));
    }

    proptest! {
        #[test]
        fn a_pause_is_never_longer_than_its_bound(seed: u64, failed in 1u32..40) {
            let settings = RetrySettings::default();
            let pause = Jitter::new(seed).pause(failed, &settings);
            prop_assert!(pause <= settings.backoff_cap);
            prop_assert!(pause <= settings.backoff.saturating_mul(1 << failed.min(20)));
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_pauses_and_they_differ() {
        let pauses = |seed| {
            let jitter = Jitter::new(seed);
            (1..6).map(|n| jitter.pause(n, &RetrySettings::default())).collect::<Vec<_>>()
        };
        assert_eq!(pauses(7), pauses(7));
        assert_ne!(pauses(7), pauses(8));
    }
}
